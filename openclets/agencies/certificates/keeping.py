"""What a coordinator does with the certificates of the agency's devices: issue, rotate, revoke, trust an authority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cryptography import x509

from openclets.agencies.access import LOCAL_ZONE
from openclets.agencies.actor import Actor
from openclets.agencies.certificates.paper import (
    AuthorityFiles,
    fingerprint_of,
    load_authority,
    pem_of,
    read_authority,
    read_request,
    sign_device,
)
from openclets.agencies.deed import asking, changing
from openclets.agencies.models import AgencyAuthority, Device, DeviceCertificate
from openclets.agencies.permissions import Right
from openclets.journal.leaf import Receipt
from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import Mnemonic

ROTATION: Final = timedelta(days=7)
"""How long the certificate before still counts when a new one is issued. Own decision: a week to install it."""

MAX_REASON_CHARACTERS: Final = 200


@dataclass(frozen=True, slots=True)
class CertificateListed:
    """One certificate. `is_issued_here` says whether it was issued on record; others were met when the device came.
    `ended` says why it no longer counts, '' while it does. `lapses_soon`: within 60 days."""

    fingerprint: str
    good_until: datetime
    is_issued_here: bool
    authority: str
    ended: str
    lapses_soon: bool
    pem: str


@dataclass(frozen=True, slots=True)
class DeviceListed:
    """A device with its certificates, the newest first."""

    mnemonic: Mnemonic
    kind: str
    place: str
    is_active: bool
    takes_certificates: bool
    certificates: tuple[CertificateListed, ...]


@dataclass(frozen=True, slots=True)
class AuthorityListed:
    """An authority of the agency's own. `ended_at` None: trusted."""

    fingerprint: str
    name: str
    not_after: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class AgencyDevices:
    """The agency's devices by mnemonic, and its own authorities by name."""

    devices: tuple[DeviceListed, ...]
    authorities: tuple[AuthorityListed, ...]
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Issued:
    """A new certificate (PEM), and how many older ones end a week from now."""

    mnemonic: Mnemonic
    pem: str
    fingerprint: str
    good_until: datetime
    replaced: int
    receipt: Receipt


def devices_of_agency(*, actor: Actor, now: datetime) -> AgencyDevices:
    """The actor's agency's devices and authorities. Leaves `agency devices listed`. Raises: Refused, Unavailable."""
    asked = f"devices of {actor.agency}"
    with asking(actor, Right.KEEP_CERTIFICATES, kind="agency devices listed", now=now, asked=asked) as deed:
        certificates: dict[str, list[CertificateListed]] = {}
        found = DeviceCertificate.objects.filter(device__agency_id=actor.agency).select_related("authority")
        for each in found.order_by("-recorded_at", "fingerprint"):
            certificates.setdefault(each.device_id, []).append(_listed(each, now))
        devices = tuple(
            DeviceListed(
                Mnemonic(device.mnemonic),
                device.kind,
                device.place,
                device.is_active,
                device.kind != Device.Kind.BROWSER,
                tuple(certificates.get(device.mnemonic, ())),
            )
            for device in Device.objects.filter(agency_id=actor.agency).order_by("mnemonic")
        )
        authorities = tuple(
            AuthorityListed(each.fingerprint, each.name, each.not_after, each.ended_at)
            for each in AgencyAuthority.objects.filter(agency_id=actor.agency).order_by("name", "fingerprint")
        )
        deed.answered = f"{len(devices)} devices"
    return AgencyDevices(devices, authorities, deed.receipt)


def issue_certificate(
    *, actor: Actor, now: datetime, device: Mnemonic, request: str, node_authority: AuthorityFiles
) -> Issued:
    """A certificate for a device of the actor's agency, from the device's own request (PEM). Those it has had end a
    week from now; what was revoked stays revoked. Leaves `certificate issued`.

    Raises: Rejected for a device that is not the agency's or takes none, or a request that cannot be taken; Refused;
    Unavailable when this node has no authority of its own.
    """
    asked = f"a certificate for {device}"
    with changing(actor, Right.KEEP_CERTIFICATES, kind="certificate issued", now=now, asked=asked) as deed:
        on_file = Device.objects.select_for_update().filter(mnemonic=device, agency_id=actor.agency).first()
        if on_file is None or on_file.kind == Device.Kind.BROWSER:
            raise Rejected(
                Fault(FaultCode.NOT_THERE, "device", f"no device '{device}' of yours takes one", "one of your devices")
            )
        certificate = sign_device(read_request(request), device, node_authority, now=now)
        older = DeviceCertificate.objects.filter(device=on_file, revoked_at=None, good_until__gt=now + ROTATION)
        replaced = older.update(good_until=now + ROTATION)
        row = DeviceCertificate.objects.create(
            fingerprint=fingerprint_of(certificate),
            device=on_file,
            pem=pem_of(certificate),
            not_before=certificate.not_valid_before_utc,
            good_until=certificate.not_valid_after_utc,
            issued_by_id=actor.user_id,
            recorded_at=now,
        )
        deed.answered = f"{device}: certificate {row.fingerprint}, {replaced} older end by {now + ROTATION:%Y-%m-%d}"
    return Issued(device, row.pem, row.fingerprint, row.good_until, replaced, deed.receipt)


def revoke_certificate(*, actor: Actor, now: datetime, fingerprint: str, reason: str) -> Receipt:
    """Revokes a certificate of a device of the actor's agency, for good: a connection with it ends within a minute.

    Leaves `certificate revoked`. Raises: Rejected when there is none that still counts, or no reason; Refused.
    """
    with changing(
        actor,
        Right.KEEP_CERTIFICATES,
        kind="certificate revoked",
        now=now,
        asked=f"revoke {fingerprint[:64]}",
        personal={"reason": reason[:MAX_REASON_CHARACTERS]},
    ) as deed:
        if not reason.strip() or len(reason) > MAX_REASON_CHARACTERS:
            raise Rejected(
                Fault(FaultCode.MISSING, "reason", "why is not said", f"1 to {MAX_REASON_CHARACTERS} characters")
            )
        row = (
            DeviceCertificate.objects.select_for_update()
            .filter(fingerprint=fingerprint, device__agency_id=actor.agency, revoked_at=None)
            .first()
        )
        if row is None:
            raise Rejected(
                Fault(FaultCode.NOT_THERE, "fingerprint", "no such certificate of yours counts", "one listed")
            )
        DeviceCertificate.objects.filter(pk=row.pk).update(
            revoked_at=now, revoked_by_id=actor.user_id, revoked_why=reason.strip()
        )
        deed.answered = f"{row.device_id}: certificate {row.fingerprint} no longer counts"
    return deed.receipt


def trust_authority(*, actor: Actor, now: datetime, authority: str, node_authority: AuthorityFiles) -> Receipt:
    """Trusts an authority of the agency's own (PEM), for that agency's devices and no others.

    Leaves `authority trusted`. Raises: Rejected when it is none, is this node's own or is on file already; Refused.
    """
    asked = "trust an authority of the agency's own"
    with changing(actor, Right.KEEP_CERTIFICATES, kind="authority trusted", now=now, asked=asked) as deed:
        certificate = read_authority(authority, now=now)
        fingerprint = fingerprint_of(certificate)
        is_known = AgencyAuthority.objects.filter(fingerprint=fingerprint).exists()
        if is_known or _has_the_key_of(certificate, node_authority):
            raise Rejected(
                Fault(FaultCode.TWICE, "authority", "this authority is on file already", "one that was never on file")
            )
        AgencyAuthority.objects.create(
            fingerprint=fingerprint,
            agency_id=actor.agency,
            name=certificate.subject.rfc4514_string()[:300],
            pem=pem_of(certificate),
            not_after=certificate.not_valid_after_utc,
            trusted_by_id=actor.user_id,
            trusted_at=now,
        )
        deed.answered = f"authority {fingerprint} is trusted for {actor.agency}"
    return deed.receipt


def distrust_authority(*, actor: Actor, now: datetime, fingerprint: str) -> Receipt:
    """Ends the trust in an authority of the agency's own, for good: connections of its devices end within a minute.

    Leaves `authority distrusted`. Raises: Rejected when the agency has no such authority that is trusted; Refused.
    """
    asked = f"end trust in {fingerprint[:64]}"
    with changing(actor, Right.KEEP_CERTIFICATES, kind="authority distrusted", now=now, asked=asked) as deed:
        trusted = AgencyAuthority.objects.filter(fingerprint=fingerprint, agency_id=actor.agency, ended_at=None)
        if not trusted.update(ended_at=now):
            raise Rejected(
                Fault(FaultCode.NOT_THERE, "fingerprint", "no such authority of yours is trusted", "one listed")
            )
        deed.answered = f"authority {fingerprint} is no longer trusted"
    return deed.receipt


def _has_the_key_of(certificate: x509.Certificate, node_authority: AuthorityFiles) -> bool:
    """An agency that could bring this node's own authority along would speak for everybody's devices."""
    try:
        own = load_authority(node_authority)
    except (OSError, ValueError):
        return False
    return own.public_key() == certificate.public_key()


def _listed(row: DeviceCertificate, now: datetime) -> CertificateListed:
    if row.revoked_at is not None:
        ended = f"revoked {row.revoked_at.astimezone(LOCAL_ZONE):%Y-%m-%d}: {row.revoked_why}"
    elif row.good_until <= now:
        ended = "out of date or replaced"
    elif row.authority is not None and row.authority.ended_at is not None:
        ended = "its authority is no longer trusted"
    else:
        ended = ""
    return CertificateListed(
        row.fingerprint,
        row.good_until,
        row.issued_by_id is not None,
        row.authority.name if row.authority else "",
        ended,
        not ended and row.good_until <= now + timedelta(days=60),
        row.pem,
    )
