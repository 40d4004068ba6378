"""Courses passed, and the sittings of the built-in exam."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from openclets.agencies.models.person import User


class ExamSitting(models.Model):
    """One try at the built-in exam. `paper` holds the questions as shown, each with the place of its right choice; it
    stands by itself, whatever becomes of the question bank. Without `handed_in_at` it is open, or ran out at `ends_at`.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sittings")
    course = models.CharField(max_length=20)
    begun_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    paper = models.JSONField()
    handed_in_at = models.DateTimeField(null=True)
    right_answers = models.PositiveSmallIntegerField(null=True)
    passed = models.BooleanField(null=True)

    class Meta:
        db_table = "agencies_examsitting"
        constraints = (
            models.UniqueConstraint(
                fields=["user", "course"], condition=Q(handed_in_at__isnull=True), name="sitting_one_open"
            ),
            models.CheckConstraint(
                condition=Q(handed_in_at__isnull=True, passed__isnull=True, right_answers__isnull=True)
                | Q(handed_in_at__isnull=False, passed__isnull=False, right_answers__isnull=False),
                name="sitting_marked_when_handed_in",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("begun_at")), name="sitting_ends_after_begin"),
        )


class Training(models.Model):
    """A course passed. The person is trained on days before `expires_on` (that day no longer). By the built-in exam
    (`sitting`), or elsewhere: then `recorded_by` answers for it and `proof` says what they saw."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="trainings")
    course = models.CharField(max_length=20)
    passed_on = models.DateField()
    expires_on = models.DateField()
    sitting = models.OneToOneField(ExamSitting, on_delete=models.PROTECT, null=True, related_name="training")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    proof = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "agencies_training"
        constraints = (
            models.UniqueConstraint(fields=["user", "course", "passed_on"], name="training_once"),
            models.CheckConstraint(
                condition=Q(expires_on__gt=models.F("passed_on")), name="training_expires_after_pass"
            ),
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=True) | ~Q(recorded_by=models.F("user")),
                name="training_not_recorded_by_oneself",
            ),
        )
