"""Whether a device's certificate still stands, beyond what the handshake proved: ground functions for the switch.

The handshake proves that a trusted authority signed it, that it is in date and that the device has its key. Here it is
asked who that authority may speak for, and whether the certificate was revoked or has been replaced. Whatever
certificate a device came with is on record afterwards, so that it can be revoked.
Source: CJIS Security Policy IA-3, SC-17.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

import psycopg
from cryptography import x509
from django.db import connection

from openclets.agencies.certificates.paper import AuthorityFiles, fingerprint_of, is_issued_by, load_authority, pem_of
from openclets.agencies.models import AgencyAuthority, Device, DeviceCertificate
from openclets.agencies.signing_on import Caller
from openclets.journal.leaf import Receipt
from openclets.journal.record import EntryDraft, record_durably
from openclets.vocabulary.errors import Refused
from openclets.vocabulary.identifiers import Mnemonic

_RULE: Final = "a device is known by a certificate that stands"
_SOURCE: Final = "CJIS Security Policy IA-3, SC-17"


def admit_device(device: Mnemonic, certificate: bytes, *, node_authority: AuthorityFiles, now: datetime) -> str:
    """The fingerprint of a certificate (DER) with which a device may stay connected at `now`.

    A device that is not on file is let through: its sign-on is refused and recorded as such.
    Raises: Refused, naming what is wrong.
    """
    paper = x509.load_der_x509_certificate(certificate)
    fingerprint = fingerprint_of(paper)
    known = DeviceCertificate.objects.filter(fingerprint=fingerprint).first()
    if known is None:
        _record_unknown(device, paper, fingerprint, node_authority, now)
    elif known.device_id != device:
        raise _refused("the certificate is another device's")
    if reason := reasons_against({fingerprint}, now=now).get(fingerprint):
        raise _refused(reason)
    return fingerprint


def reasons_against(fingerprints: Collection[str], *, now: datetime) -> dict[str, str]:
    """Which of these certificates do not stand at `now`, and why; those that stand are left out. One query."""
    connection.ensure_connection()
    cursor: psycopg.Cursor[Any] = psycopg.Cursor(connection.connection)
    rows = cursor.execute(_REASONS, {"fingerprints": list(fingerprints), "now": now}, prepare=True).fetchall()
    return {fingerprint: reason for fingerprint, reason in rows}


_REASONS: Final = """
    SELECT fingerprint, reason
      FROM (SELECT c.fingerprint,
                   CASE WHEN c.revoked_at IS NOT NULL THEN 'the certificate was revoked'
                        WHEN c.good_until <= %(now)s THEN 'the certificate is out of date or was replaced'
                        WHEN a.ended_at IS NOT NULL THEN 'the authority of the certificate is no longer trusted'
                        WHEN NOT d.is_active THEN 'the device is disabled'
                   END AS reason
              FROM agencies_certificate c
              JOIN agencies_device d ON d.mnemonic = c.device_id
              LEFT JOIN agencies_authority a ON a.fingerprint = c.authority_id
             WHERE c.fingerprint = ANY(%(fingerprints)s)) AS each
     WHERE reason IS NOT NULL
"""


def agency_authorities(*, now: datetime) -> list[str]:
    """Certificates (PEM) of the agencies' own authorities that are trusted at `now`, for the handshake."""
    trusted = AgencyAuthority.objects.filter(ended_at=None, not_after__gt=now).order_by("fingerprint")
    return list(trusted.values_list("pem", flat=True))


def record_turned_away(*, actor: Caller, now: datetime, reason: str) -> Receipt:
    """Journals that a device with a certificate of a trusted authority was not let in, or was disconnected.

    Leaves `device turned away`. Raises: Unavailable.
    """
    return record_durably(
        EntryDraft(
            at=now,
            kind="device turned away",
            outcome="refused",
            user_name="",
            agency="",
            device=actor.device,
            channel=actor.channel,
            asked="connection of a device",
            answered=reason,
        )
    )


def _record_unknown(
    device: Mnemonic, paper: x509.Certificate, fingerprint: str, node_authority: AuthorityFiles, now: datetime
) -> None:
    """Puts a certificate on record that was issued elsewhere. Raises: Refused."""
    on_file = Device.objects.filter(mnemonic=device).first()
    if on_file is None:
        return
    authority = None
    if is_issued_by(paper, load_authority(node_authority)):
        if DeviceCertificate.objects.filter(device=on_file, issued_by__isnull=False).exists():
            # From the first one issued on record there is no other: one made with a stolen key is met here.
            raise _refused("this certificate is not the one that was issued to the device")
    else:
        authority = next(
            (
                each
                for each in AgencyAuthority.objects.filter(agency_id=on_file.agency_id, ended_at=None)
                if is_issued_by(paper, x509.load_pem_x509_certificate(each.pem.encode()))
            ),
            None,
        )
        if authority is None:
            raise _refused("the authority of the certificate does not speak for this device's agency")
    DeviceCertificate.objects.get_or_create(
        fingerprint=fingerprint,
        defaults={
            "device": on_file,
            "authority": authority,
            "pem": pem_of(paper),
            "not_before": paper.not_valid_before_utc,
            "good_until": paper.not_valid_after_utc,
            "recorded_at": now,
        },
    )


def _refused(missing: str) -> Refused:
    return Refused(rule=_RULE, missing=missing, source=_SOURCE)
