"""What stays behind of a signing on."""

from __future__ import annotations

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
