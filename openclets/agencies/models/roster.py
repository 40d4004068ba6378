"""Rosters that were looked through and may be applied."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from openclets.agencies.models.agency import Agency
from openclets.agencies.models.person import User


class Roster(models.Model):
    """A roster without faults, as uploaded. `digest` is that of the plan its uploader was shown. Those applied stay, as
    the record of who let whom join; of the others a person keeps only the last."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="rosters")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="rosters")
    uploaded_at = models.DateTimeField()
    content = models.BinaryField()
    ends_absent = models.BooleanField()
    digest = models.CharField(max_length=64)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "agencies_roster"
        constraints = (
            models.UniqueConstraint(
                fields=["agency", "uploaded_by"], condition=Q(applied_at=None), name="roster_one_waiting"
            ),
        )
