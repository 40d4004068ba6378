"""What stays behind of a signing on."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from openclets.agencies.models.device import Device
from openclets.agencies.models.person import User


class Ticket(models.Model):
    """A short-lived permission to sign on again from one device without a second code. Only its hash is kept."""

    token_hash = models.BinaryField(max_length=32, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tickets")
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="tickets")
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "agencies_ticket"
        indexes = (models.Index(fields=["expires_at"], name="ticket_expiry"),)


class Attempts(models.Model):
    """Recent attempts that were not right, of one person (`person:NAME`) or from one place (`place:ADDRESS`), and since
    when the person's name is locked."""

    subject = models.CharField(max_length=120, primary_key=True)
    wrong_at = ArrayField(models.DateTimeField())
    last_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "agencies_attempts"
        indexes = (models.Index(fields=["last_at"], name="attempts_last"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(locked_at=None) | models.Q(subject__startswith="person:"),
                name="attempts_only_people_are_locked",
            ),
        )


class Invitation(models.Model):
    """What lets one person set their first password and authenticator, once. Only the code's hash is kept; a new one
    takes the place of the last."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, primary_key=True, related_name="invitation")
    code_hash = models.BinaryField(max_length=32)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "agencies_invitation"
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(issued_by=models.F("user")), name="invitation_not_issued_to_oneself"
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("issued_at")), name="invitation_ends_after_it_began"
            ),
        )
