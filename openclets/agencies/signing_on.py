"""Signing on from a socket: a known device, a person's password and one-time code, or a ticket issued for both.

The pages sign people in through allauth; both doors check the same stored password and the same authenticator, and
a code spent at one is spent at the other (allauth keeps spent codes in the shared cache).
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password, make_password
from django.utils.functional import SimpleLazyObject

from openclets.agencies.actor import Actor, Channel
from openclets.agencies.models import Affiliation, Device, Ticket, User
from openclets.journal.leaf import Receipt
from openclets.journal.lookup import refused_in_a_row
from openclets.journal.record import EntryDraft, record_durably
from openclets.vocabulary.errors import Refused
from openclets.vocabulary.identifiers import USER_NAME_SHAPE, Mnemonic, Ori, UserName

TICKET_LIFE = timedelta(hours=12)
"""After this a person gives a code again. Source: CJIS Security Policy IA-11, re-authentication every 12 hours."""

MAX_WRONG_IN_A_ROW = 10
WRONG_COUNT_FOR = timedelta(minutes=15)
"""Source: CJIS Security Policy AC-7, which names five in 15 minutes; ten is an own decision, because a code that
another terminal of the person spent a moment ago counts too. Each device counts by itself, so that nobody can keep an
officer out of their own car from elsewhere."""

PAGE_SIGN_ON = "sign-on at the pages with password and code"


@dataclass(frozen=True, slots=True)
class Caller:
    """A device known by its certificate, before anyone has signed on at it."""

    device: Mnemonic
    channel: Channel


@dataclass(frozen=True, slots=True)
class Claim:
    """What a person shows: a password with a one-time code, or a ticket. The unused ones are empty."""

    user: UserName
    agency: Ori
    password: str = ""
    code: str = ""
    ticket: str = ""


@dataclass(frozen=True, slots=True)
class SignedOn:
    """The actor from now on, a ticket for the next sign-on from this device, and the sign-on's own receipt. Ticket and
    sign-on are good until `good_until` and no longer."""

    actor: Actor
    full_name: str
    ticket: str
    good_until: datetime
    receipt: Receipt


def sign_on(*, actor: Caller, claim: Claim, now: datetime) -> SignedOn:
    """Signs a person on at a device. Leaves one entry, `sign-on`, also when refused.

    Whatever is wrong with name, password, code or ticket is answered with the same words. After `MAX_WRONG_IN_A_ROW`
    neither password nor code is looked at for a while.
    Raises: Refused.
    """
    refusal = _WRONG
    asked = "sign-on with ticket" if claim.ticket else _WITH_BOTH_FACTORS
    person = User.objects.filter(user_name=claim.user).first()
    device = Device.objects.filter(mnemonic=actor.device, is_active=True).select_related("agency").first()
    if device is None:
        refusal, proven = "the device is disabled or unknown", False
    elif not claim.ticket and _is_guessing(actor.device, claim.user, now):
        minutes = WRONG_COUNT_FOR.seconds // 60
        refusal, proven = f"too many wrong sign-ons in a row at this device: wait {minutes} minutes", False
    else:
        proven = _is_proven(person, device, claim, now)
    if proven and not Affiliation.objects.filter(user=person, agency_id=claim.agency).exists():
        refusal, proven = f"no duty at agency {claim.agency}", False
    if proven and device is not None and device.agency_id != claim.agency:
        refusal, proven = "this device belongs to another agency", False
    if proven and device is not None and not device.agency.is_active:
        # Every question would be refused, but answers that are still waiting would be handed over.
        refusal, proven = "the agency's subscription is not active", False

    receipt = record_durably(
        EntryDraft(
            at=now,
            kind="sign-on",
            outcome="done" if proven else "refused",
            user_name=claim.user,
            agency=claim.agency,
            device=actor.device,
            channel=actor.channel,
            asked=asked,
            answered="" if proven else refusal,
        )
    )
    if not proven or person is None or device is None:
        refused = Refused(rule="sign-on needs two factors", missing=refusal, source="CJIS Security Policy IA-2(1)(2)")
        refused.receipt = str(receipt)
        raise refused
    signed_on = Actor(person.pk, UserName(person.user_name), claim.agency, actor.device, actor.channel)
    ticket = claim.ticket or issue_ticket(person, device, now=now)
    good_until = Ticket.objects.values_list("expires_at", flat=True).get(token_hash=_ticket_hash(ticket))
    return SignedOn(signed_on, person.full_name, ticket, good_until, receipt)


def record_page_sign_on(*, actor: Actor, now: datetime) -> Receipt:
    """Journals that a person signed on at the pages, where the sign-in library has proven both factors.

    Raises: Unavailable; then the person must not be let in.
    """
    return record_durably(
        EntryDraft(
            at=now,
            kind="sign-on",
            outcome="done",
            user_name=actor.user,
            agency=actor.agency,
            device=actor.device,
            channel=actor.channel,
            asked=PAGE_SIGN_ON,
        )
    )


def record_page_refusal(*, actor: Caller, now: datetime, user_name: str, refusal: str) -> Receipt:
    """Journals that somebody was not let in at the pages, and why. `user_name` as typed.

    What does not look like a sign-in name is left out of the entry: it may be a password in the wrong box.
    Raises: Unavailable.
    """
    is_a_name = USER_NAME_SHAPE.fullmatch(user_name) is not None
    return record_durably(
        EntryDraft(
            at=now,
            kind="sign-on",
            outcome="refused",
            user_name=user_name if is_a_name else "",
            device=actor.device,
            channel=actor.channel,
            asked=PAGE_SIGN_ON if is_a_name else f"{PAGE_SIGN_ON}, under no possible sign-in name",
            answered=refusal,
        )
    )


def record_sign_off(*, actor: Actor, now: datetime) -> Receipt:
    """Journals that the person signed off or the session ended."""
    return record_durably(
        EntryDraft(
            at=now,
            kind="sign-off",
            outcome="done",
            user_name=actor.user,
            agency=actor.agency,
            device=actor.device,
            channel=actor.channel,
            asked="sign-off",
        )
    )


def record_credential_change(*, actor: Actor, now: datetime, what: str) -> Receipt:
    """Journals that a person changed what they sign in with, and ends every ticket issued for the old.

    Raises: Unavailable. The sign-in library has made the change by then; the tickets are gone in any case.
    """
    Ticket.objects.filter(user_id=actor.user_id).delete()
    return record_durably(
        EntryDraft(
            at=now,
            kind="sign-in secret changed",
            outcome="done",
            user_name=actor.user,
            agency=actor.agency,
            device=actor.device,
            channel=actor.channel,
            asked=what,
        )
    )


def issue_ticket(person: User, device: Device, *, now: datetime) -> str:
    """A ticket for `person` at `device`: 43 characters of base64url. Ground: the caller has proven the person."""
    ticket = secrets.token_urlsafe(32)
    Ticket.objects.filter(user=person, expires_at__lte=now).delete()
    Ticket.objects.create(token_hash=_ticket_hash(ticket), user=person, device=device, expires_at=now + TICKET_LIFE)
    return ticket


def _is_guessing(device: Mnemonic, user: UserName, now: datetime) -> bool:
    wrong = refused_in_a_row(
        kind="sign-on",
        user_name=user,
        device=device,
        asked=_WITH_BOTH_FACTORS,
        answered=_WRONG,
        since=now - WRONG_COUNT_FOR,
    )
    return wrong >= MAX_WRONG_IN_A_ROW


def _is_proven(person: User | None, device: Device, claim: Claim, now: datetime) -> bool:
    if claim.ticket:
        return (
            person is not None
            and person.is_active
            and Ticket.objects.filter(
                token_hash=_ticket_hash(claim.ticket), user=person, device=device, expires_at__gt=now
            ).exists()
        )
    # An unknown name costs the same time as a wrong password.
    password_right = check_password(claim.password, person.password if person else str(_NOBODYS_PASSWORD))
    if person is None or not person.is_active or not password_right:
        return False
    authenticator = Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.TOTP).first()
    return authenticator is not None and bool(authenticator.wrap().validate_code(claim.code))


def _ticket_hash(ticket: str) -> bytes:
    return hashlib.sha256(ticket.encode()).digest()


_WITH_BOTH_FACTORS = "sign-on with password and code"
_WRONG = "the name, password, one-time code or ticket is not right, or the code was used before"
_NOBODYS_PASSWORD = SimpleLazyObject(lambda: make_password(secrets.token_hex(16)))
