"""Agencies, and the agreements their access rests on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Agency(models.Model):
    """A public agency with an ORI. `county` is the three-digit county code."""

    class Kind(models.TextChoices):
        LAW_ENFORCEMENT = "law_enforcement", "law enforcement"
        CRIMINAL_JUSTICE = "criminal_justice", "criminal justice"
        COURT = "court", "court"
        TRIBAL_COURT = "tribal_court", "tribal court"
        TRIBAL_POLICE = "tribal_police", "tribal police"
        OTHER = "other", "other by statute"

    class Status(models.TextChoices):
        APPLIED = "applied", "applied"
        IN_REVIEW = "in_review", "in review"
        APPROVED = "approved", "approved, agreement not signed"
        ACTIVE = "active", "active"
        SUSPENDED = "suspended", "suspended"
        ENDED = "ended", "ended"

    ori = models.CharField(max_length=9, primary_key=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind)
    county = models.CharField(max_length=3)
    telephone = models.CharField(max_length=20, blank=True, help_text="Answered around the clock for confirmations.")
    status = models.CharField(max_length=12, choices=Status, default=Status.APPLIED)

    class Meta:
        db_table = "agencies_agency"
        constraints = (
            models.CheckConstraint(condition=Q(ori__regex=r"^[A-Z]{2}[A-Z0-9]{7}$"), name="agency_ori_shape"),
            models.CheckConstraint(condition=Q(county__regex=r"^[0-9]{3}$"), name="agency_county_shape"),
            models.CheckConstraint(
                condition=Q(status__in=["applied", "in_review", "approved", "active", "suspended", "ended"]),
                name="agency_status_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.ori})"

    @property
    def is_active(self) -> bool:
        """Whether it is served: no other status is."""
        return self.status == self.Status.ACTIVE


class Agreement(models.Model):
    """One signed agreement. It counts from `begins_on` up to, and not on, `ends_on`, or `ended_on` before that.

    `other` is the second agency of an interagency agreement: the one whose devices are used. Of the other kinds the
    second party is the department of justice, or for management control the justice agency that keeps control.
    """

    class Kind(models.TextChoices):
        SUBSCRIBER = "subscriber", "subscriber agreement"
        MANAGEMENT_CONTROL = "management_control", "management control agreement"
        HOST = "host", "host agreement"
        INTERAGENCY = "interagency", "interagency agreement for placing a terminal"
        TRIBAL_READING = "tribal_reading", "agreement on tribal reading"
        TRIBAL_FILING = "tribal_filing", "agreement on tribal filing"
        RECIPROCITY = "reciprocity", "reciprocity agreement"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agreements")
    kind = models.CharField(max_length=20, choices=Kind)
    other = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agreements_with", null=True, blank=True)
    signed_by = models.CharField(max_length=120)
    countersigned_by = models.CharField(max_length=120)
    signed_on = models.DateField()
    begins_on = models.DateField()
    ends_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "agencies_agreement"
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gt=models.F("begins_on")), name="agreement_ends_after_begin"),
            models.CheckConstraint(
                condition=Q(kind="interagency", other__isnull=False) | ~Q(kind="interagency"),
                name="agreement_between_two_agencies",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.agency_id}"
