"""Certificates of devices, and the authorities that agencies brought along."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from openclets.agencies.models.agency import Agency
from openclets.agencies.models.device import Device
from openclets.agencies.models.person import User


class AgencyAuthority(models.Model):
    """A certificate authority of an agency's own: it vouches for that agency's devices and for no others.
    `fingerprint` is the SHA-256 of the certificate in hexadecimal."""

    fingerprint = models.CharField(max_length=64, primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="authorities")
    name = models.CharField(max_length=300)
    pem = models.TextField()
    not_after = models.DateTimeField()
    trusted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    trusted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "agencies_authority"
        constraints = (
            models.CheckConstraint(condition=Q(fingerprint__regex=r"^[0-9a-f]{64}$"), name="authority_fingerprint"),
        )


class DeviceCertificate(models.Model):
    """A device's certificate: issued here (`issued_by` is somebody), or met when the device came with it.

    `good_until` is the end of its life, or earlier when a newer one has taken its place. `authority` is the agency's
    own; empty: this node's. `fingerprint` as above.
    """

    fingerprint = models.CharField(max_length=64, primary_key=True)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="certificates")
    authority = models.ForeignKey(AgencyAuthority, null=True, on_delete=models.PROTECT, related_name="certificates")
    pem = models.TextField()
    not_before = models.DateTimeField()
    good_until = models.DateTimeField()
    issued_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    revoked_why = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "agencies_certificate"
        constraints = (
            models.CheckConstraint(condition=Q(fingerprint__regex=r"^[0-9a-f]{64}$"), name="certificate_fingerprint"),
            models.CheckConstraint(condition=Q(good_until__gt=F("not_before")), name="certificate_life"),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_by__isnull=False), name="certificate_revoked_by_somebody"
            ),
        )
        indexes = (models.Index(fields=["device", "good_until"], name="certificate_of_device"),)
