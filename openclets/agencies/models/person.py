"""People who sign on, and what they do for whom."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from openclets.agencies.hashing import hashing_turn
from openclets.agencies.models.agency import Agency
from openclets.agencies.permissions import Duty


class UserManager(BaseUserManager["User"]):
    """What Django asks of a manager of people."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(user_name=username)


class User(AbstractBaseUser):
    """A person who signs on, how they were vetted, and who they are, so that nobody asks about themselves.

    `cleared_on` is the day of the result. `statement_until` is the first day on which the signed statement no longer
    counts. `wire_name` is the person's own name as `SURNAME,GIVEN MIDDLE`, in capitals.
    """

    class Clearance(models.TextChoices):
        PENDING = "pending", "no result yet"
        CLEARED = "cleared", "cleared"
        DENIED = "denied", "denied"

    class Felony(models.TextChoices):
        NONE = "none", "none found"
        BARRED = "barred", "barred"
        REVIEWED = "reviewed", "reviewed and let in, documented"

    user_name = models.CharField(max_length=30, unique=True)
    full_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    clearance = models.CharField(max_length=8, choices=Clearance, default=Clearance.PENDING)
    cleared_on = models.DateField(null=True, blank=True)
    felony = models.CharField(max_length=8, choices=Felony, default=Felony.NONE)
    statement_signed_on = models.DateField(null=True, blank=True)
    statement_until = models.DateField(null=True, blank=True)
    wire_name = models.CharField(max_length=120, blank=True)
    birth_date = models.DateField(null=True, blank=True)

    USERNAME_FIELD = "user_name"
    EMAIL_FIELD = "email"

    objects = UserManager()

    class Meta:
        db_table = "agencies_user"
        constraints = (
            models.CheckConstraint(condition=Q(user_name__regex=r"^[a-z][a-z0-9.-]{1,29}$"), name="user_name_shape"),
            models.CheckConstraint(
                condition=~Q(clearance="cleared") | Q(cleared_on__isnull=False), name="user_cleared_on_a_day"
            ),
            models.CheckConstraint(
                condition=Q(statement_until=None) | Q(statement_until__gt=models.F("statement_signed_on")),
                name="user_statement_counts_after_signing",
            ),
        )

    def __str__(self) -> str:
        return f"{self.full_name} ({self.user_name})"

    def check_password(self, raw_password: str) -> bool:
        """Raises: Unavailable when too many passwords are being checked."""
        with hashing_turn():
            return super().check_password(raw_password)

    def set_password(self, raw_password: str | None) -> None:
        """Raises: as above."""
        with hashing_turn():
            super().set_password(raw_password)


class Affiliation(models.Model):
    """One duty of one person at one agency, since `began_at`. A person may have several."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="affiliations")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="affiliations")
    duty = models.CharField(max_length=12, choices=[(duty.value, duty.value) for duty in Duty])
    began_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "agencies_affiliation"
        constraints = (
            models.UniqueConstraint(fields=["user", "agency", "duty"], name="affiliation_once"),
            models.CheckConstraint(condition=Q(duty__in=[duty.value for duty in Duty]), name="affiliation_duty_known"),
        )


class OwnNumber(models.Model):
    """A number that stands for one person with an account, as such numbers are compared: `kind` is the wire's field."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="own_numbers")
    kind = models.CharField(max_length=3)
    value = models.CharField(max_length=40)

    class Meta:
        db_table = "agencies_ownnumber"
        constraints = (models.UniqueConstraint(fields=["user", "kind", "value"], name="own_number_once"),)
