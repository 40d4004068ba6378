"""How people come to what they may do: vettings, privileges proposed, privileges reviewed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from openclets.agencies.models.agency import Agency
from openclets.agencies.models.person import User


class Vetting(models.Model):
    """One screening of a person, or the review of a felony (`is_review`). Never changed: the last one counts."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="vettings")
    is_review = models.BooleanField(default=False)
    fingerprinted_on = models.DateField(null=True)
    background_on = models.DateField(null=True)
    has_felony = models.BooleanField(default=False)
    is_let_in = models.BooleanField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        db_table = "agencies_vetting"
        constraints = (
            models.CheckConstraint(condition=~Q(recorded_by=F("user")), name="vetting_not_of_oneself"),
            models.CheckConstraint(
                condition=Q(is_review=True) | Q(fingerprinted_on__isnull=False, background_on__isnull=False),
                name="vetting_has_its_days",
            ),
        )


class PrivilegeProposal(models.Model):
    """A duty that somebody is to have at an agency, waiting for somebody else's decision."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="privilege_proposals")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="privilege_proposals")
    duty = models.CharField(max_length=12)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    is_granted = models.BooleanField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "agencies_privilegeproposal"
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, is_granted__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False, is_granted__isnull=False)
                & ~Q(decided_by=F("proposed_by"))
                & ~Q(decided_by=F("user")),
                name="privilege_decided_by_somebody_else",
            ),
            models.UniqueConstraint(
                fields=["user", "agency", "duty"],
                condition=Q(decided_at__isnull=True),
                name="privilege_one_open_proposal",
            ),
        )


class PrivilegeReview(models.Model):
    """One look at one person's duty at one agency: kept or taken away, by whom and why."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="privilege_reviews")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="privilege_reviews")
    duty = models.CharField(max_length=12)
    is_kept = models.BooleanField()
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        db_table = "agencies_privilegereview"
        indexes = (models.Index(fields=["agency", "user", "duty", "reviewed_at"], name="privilegereview_last"),)
        constraints = (
            models.CheckConstraint(condition=~Q(reviewed_by=F("user")), name="privilege_not_reviewed_by_oneself"),
        )
