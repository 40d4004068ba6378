"""The journal's two tables. Entries hold no personal text; bodies hold it, with the salt that ties it to the entry.

No foreign keys: an entry must outlive whatever it speaks of, and the body may be erased while the entry stays.
Written only by `record`; UPDATE, DELETE and TRUNCATE are refused by trigger (migration 0001) and by privilege.

Both tables are parted by month of `at`, in UTC. What looks one entry up gives its moment beside its number where it
knows it: then one month is looked into, otherwise each. That a number is there once is seen to by the sequence, and by
the sealer, which gives a number one place.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Entry(models.Model):
    """One question, answer, change or refusal."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(help_text="When it was decided, UTC.")
    kind = models.CharField(max_length=40)
    outcome = models.CharField(max_length=12)
    user_name = models.CharField(max_length=30, blank=True)
    agency = models.CharField(max_length=9, blank=True)
    device = models.CharField(max_length=10, blank=True)
    channel = models.CharField(max_length=10, blank=True)
    message_key = models.CharField(max_length=10, blank=True)
    purpose = models.CharField(max_length=2, blank=True)
    records = ArrayField(models.CharField(max_length=64), default=list)
    asked_hash = models.BinaryField(max_length=32)
    answered_hash = models.BinaryField(max_length=32)
    personal_hash = models.BinaryField(max_length=32)
    leaf_hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "journal_entry"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(outcome__in=["answered", "done", "refused", "rejected", "unavailable", "failed"]),
                name="journal_entry_outcome_known",
            ),
        )
        indexes = (
            models.Index(fields=["at"], name="journal_entry_at"),
            models.Index(fields=["user_name", "at"], name="journal_entry_user_at"),
            models.Index(fields=["agency", "at"], name="journal_entry_agency_at"),
        )


class Body(models.Model):
    """The personal part of one entry: words asked and answered, names, numbers, and the salt of the three hashes."""

    entry_number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(help_text="As in the entry.")
    salt = models.BinaryField(max_length=32)
    asked = models.TextField()
    answered = models.TextField()
    personal = models.JSONField(
        help_text="case_number, attention, subject_name, subject_birth_date, refusal, ...: text."
    )

    class Meta:
        db_table = "journal_body"
