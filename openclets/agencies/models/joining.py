"""How agencies join: applications, the steps taken with them, agreements proposed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from openclets.agencies.models.agency import Agency, Agreement
from openclets.agencies.models.person import User


class Application(models.Model):
    """What an agency applied with: who coordinates, who is told of security matters, by which law it takes part."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, primary_key=True, related_name="application")
    coordinator = models.CharField(max_length=120)
    coordinator_email = models.EmailField()
    security_contact = models.CharField(max_length=120)
    security_email = models.EmailField()
    basis = models.CharField(max_length=300)

    class Meta:
        db_table = "agencies_application"


class AgencyStep(models.Model):
    """One step taken with an agency, never changed afterwards."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        db_table = "agencies_agencystep"
        indexes = (models.Index(fields=["agency", "id"], name="agencystep_in_order"),)


class AgreementProposal(models.Model):
    """An agreement as the agency's head signed it, waiting to be countersigned; then `agreement` is what came of it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=20, choices=Agreement.Kind)
    other = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True)
    signed_by = models.CharField(max_length=120)
    signed_on = models.DateField()
    begins_on = models.DateField()
    ends_on = models.DateField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, null=True, related_name="proposal")

    class Meta:
        db_table = "agencies_agreementproposal"
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="proposal_not_decided_by_oneself",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, agreement__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="proposal_decided_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["agency", "kind"], condition=Q(decided_at__isnull=True), name="proposal_one_open_of_a_kind"
            ),
        )
