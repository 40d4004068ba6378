"""Agencies, devices, people, what they do for whom, and their training."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from openclets.agencies.permissions import Duty


class Agency(models.Model):
    """A public agency with an ORI. `county` is the three-digit county code."""

    class Kind(models.TextChoices):
        LAW_ENFORCEMENT = "law_enforcement", "law enforcement"
        CRIMINAL_JUSTICE = "criminal_justice", "criminal justice"
        COURT = "court", "court"
        TRIBAL_COURT = "tribal_court", "tribal court"
        TRIBAL_POLICE = "tribal_police", "tribal police"
        OTHER = "other", "other by statute"

    ori = models.CharField(max_length=9, primary_key=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind)
    county = models.CharField(max_length=3)
    telephone = models.CharField(max_length=20, blank=True, help_text="Answered around the clock for confirmations.")
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "agencies_agency"
        constraints = (
            models.CheckConstraint(condition=Q(ori__regex=r"^[A-Z]{2}[A-Z0-9]{7}$"), name="agency_ori_shape"),
            models.CheckConstraint(condition=Q(county__regex=r"^[0-9]{3}$"), name="agency_county_shape"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.ori})"


class Device(models.Model):
    """A terminal with a mnemonic. A `workstation` or `host` signs on with a client certificate; a `browser` is the
    agency's web pages, whose replies are kept under this mnemonic."""

    class Kind(models.TextChoices):
        WORKSTATION = "workstation", "workstation"
        HOST = "host", "host"
        BROWSER = "browser", "browser"

    mnemonic = models.CharField(max_length=10, primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="devices")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.WORKSTATION)
    place = models.CharField(max_length=80, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "agencies_device"
        constraints = (
            models.CheckConstraint(condition=Q(mnemonic__regex=r"^[A-Z][A-Z0-9]{1,9}$"), name="device_mnemonic_shape"),
            models.UniqueConstraint(
                fields=["agency"], condition=Q(kind="browser"), name="device_one_browser_per_agency"
            ),
        )

    def __str__(self) -> str:
        return self.mnemonic


class UserManager(BaseUserManager["User"]):
    """What Django asks of a manager of people."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(user_name=username)


class User(AbstractBaseUser):
    """A person who signs on."""

    user_name = models.CharField(max_length=30, unique=True)
    full_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "user_name"
    EMAIL_FIELD = "email"

    objects = UserManager()

    class Meta:
        db_table = "agencies_user"
        constraints = (
            models.CheckConstraint(condition=Q(user_name__regex=r"^[a-z][a-z0-9.-]{1,29}$"), name="user_name_shape"),
        )

    def __str__(self) -> str:
        return f"{self.full_name} ({self.user_name})"


class Affiliation(models.Model):
    """One duty of one person at one agency. A person may have several."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="affiliations")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="affiliations")
    duty = models.CharField(max_length=12, choices=[(duty.value, duty.value) for duty in Duty])

    class Meta:
        db_table = "agencies_affiliation"
        constraints = (
            models.UniqueConstraint(fields=["user", "agency", "duty"], name="affiliation_once"),
            models.CheckConstraint(condition=Q(duty__in=[duty.value for duty in Duty]), name="affiliation_duty_known"),
        )


class Training(models.Model):
    """A course passed. The person is trained on days before `expires_on` (that day no longer)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="trainings")
    course = models.CharField(max_length=20)
    passed_on = models.DateField()
    expires_on = models.DateField()

    class Meta:
        db_table = "agencies_training"
        constraints = (
            models.UniqueConstraint(fields=["user", "course", "passed_on"], name="training_once"),
            models.CheckConstraint(
                condition=Q(expires_on__gt=models.F("passed_on")), name="training_expires_after_pass"
            ),
        )


class Ticket(models.Model):
    """A short-lived permission to sign on again from one device without a second code. Only its hash is kept."""

    token_hash = models.BinaryField(max_length=32, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tickets")
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="tickets")
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "agencies_ticket"
        indexes = (models.Index(fields=["expires_at"], name="ticket_expiry"),)
