"""Devices."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from openclets.agencies.models.agency import Agency


class Device(models.Model):
    """A terminal with a mnemonic. A `workstation` or `host` signs on with a client certificate; a `browser` is the
    agency's web pages, whose replies are kept under this mnemonic."""

    class Kind(models.TextChoices):
        WORKSTATION = "workstation", "workstation"
        HOST = "host", "host"
        BROWSER = "browser", "browser"

    class Class(models.TextChoices):
        VEHICLE = "vehicle", "vehicle"
        DISPATCH = "dispatch", "dispatch"
        OFFICE = "office", "office"
        COURT = "court", "court"

    mnemonic = models.CharField(max_length=10, primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="devices")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.WORKSTATION)
    device_class = models.CharField(max_length=8, choices=Class, default=Class.OFFICE)
    place = models.CharField(max_length=80, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "agencies_device"
        constraints = (
            models.CheckConstraint(condition=Q(mnemonic__regex=r"^[A-Z][A-Z0-9]{1,9}$"), name="device_mnemonic_shape"),
            models.UniqueConstraint(
                fields=["agency"], condition=Q(kind="browser"), name="device_one_browser_per_agency"
            ),
        )

    def __str__(self) -> str:
        return self.mnemonic
