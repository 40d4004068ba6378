"""Two tables: the sequence numbers of every device, and the messages stored for it until it acknowledges them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class DeviceCounter(models.Model):
    """The last input and output sequence number given at one device. No foreign key: numbers outlive the device."""

    device = models.CharField(max_length=10, primary_key=True)
    last_isn = models.BigIntegerField(default=0)
    last_osn = models.BigIntegerField(default=0)

    class Meta:
        db_table = "delivery_counter"
        constraints = (
            models.CheckConstraint(condition=Q(last_isn__gte=0, last_osn__gte=0), name="delivery_counter_not_negative"),
        )


class StoredMessage(models.Model):
    """One message for one device: what it says, not how a link writes it, so that every link writes its own form."""

    pk = models.CompositePrimaryKey("device", "osn")
    device = models.CharField(max_length=10)
    osn = models.BigIntegerField(help_text="Output sequence number at the device.")
    for_user = models.CharField(
        max_length=30, blank=True, help_text="The one person it is for; empty: whoever is there."
    )
    isn = models.BigIntegerField(help_text="Input sequence number of the message it answers.")
    kind = models.CharField(max_length=12)
    echo = models.CharField(max_length=100, blank=True, help_text="Header of the message it answers, for the RE line.")
    receipt = models.CharField(max_length=90, blank=True)
    body = models.TextField()
    received_at = models.DateTimeField(help_text="When the message it answers was received.")
    stored_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    sends = models.IntegerField(default=1, help_text="How often it was handed to the link.")

    class Meta:
        db_table = "delivery_message"
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["answered", "rejected", "refused", "unavailable"]),
                name="delivery_message_kind_known",
            ),
        )
        indexes = (
            models.Index(
                fields=["device", "osn"], condition=Q(acknowledged_at__isnull=True), name="delivery_unacknowledged"
            ),
        )
