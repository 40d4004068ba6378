"""Courses passed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from openclets.agencies.models.person import User


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
