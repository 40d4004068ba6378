"""Signing on from a socket: a known device, a person's password and one-time code, or a ticket issued for both.

The pages sign people in through allauth; both doors check the same stored password and the same authenticator, count
what is wrong in the same place (`attempts`), and a code spent at one is spent at the other (allauth keeps spent codes
in the shared cache).
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password, make_password
from django.db.models import Q
from django.utils.functional import SimpleLazyObject

from openclets.agencies.access import LOCAL_ZONE
from openclets.agencies.actor import Actor, Channel
from openclets.agencies.attempts import is_right_and_counted
from openclets.agencies.deed import Outcome
from openclets.agencies.hashing import hashing_turn
from openclets.agencies.models import Affiliation, Agreement, Device, Ticket, User
from openclets.journal.leaf import Receipt
from openclets.journal.record import EntryDraft, record_durably
from openclets.vocabulary.errors import Refused, Unavailable
from openclets.vocabulary.identifiers import USER_NAME_SHAPE, Mnemonic, Ori, UserName

TICKET_LIFE = timedelta(hours=12)
"""After this a person gives a code again. Source: CJIS Security Policy IA-11, re-authentication every 12 hours."""

PAGE_SIGN_ON = "sign-on at the pages with two factors"


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

    Whatever is wrong with name, password, code or ticket is answered with the same words. Once a name is locked
    (`attempts`), neither password nor code is looked at; a ticket goes on a sign-on made before and is.
    Raises: Refused; Unavailable when too many sign on at once.
    """
    asked = "sign-on with ticket" if claim.ticket else "sign-on with password and code"
    person = User.objects.filter(user_name=claim.user).first()
    device = Device.objects.filter(mnemonic=actor.device, is_active=True).select_related("agency").first()
    proven = False
    if device is None:
        refused = _refused("the device is disabled or unknown")
    else:
        try:
            proven = _is_proven(person, device, claim, now)
            refused = _refused(_WRONG)
        except Refused as error:
            refused = error
        except Unavailable as error:
            error.receipt = str(record_durably(_draft(actor, claim, now, "unavailable", asked, error.what)))
            raise
    if proven and not Affiliation.objects.filter(user=person, agency_id=claim.agency).exists():
        refused, proven = _refused(f"no duty at agency {claim.agency}"), False
    if proven and person is not None and person.felony == User.Felony.BARRED:
        refused, proven = _refused("a felony conviction without a documented review"), False
    if proven and device is not None and not _may_stand_at(device, claim.agency, now):
        refused, proven = _refused("this device belongs to another agency"), False
    if proven and device is not None and not device.agency.is_active:
        # Every question would be refused, but answers that are still waiting would be handed over.
        refused, proven = _refused("the agency's subscription is not active"), False

    receipt = record_durably(
        _draft(actor, claim, now, "done" if proven else "refused", asked, "" if proven else refused.missing)
    )
    if not proven or person is None or device is None:
        refused.receipt = str(receipt)
        raise refused
    signed_on = Actor(person.pk, UserName(person.user_name), claim.agency, actor.device, actor.channel)
    ticket = claim.ticket or issue_ticket(person, device, now=now)
    good_until = Ticket.objects.values_list("expires_at", flat=True).get(token_hash=_ticket_hash(ticket))
    return SignedOn(signed_on, person.full_name, ticket, good_until, receipt)


def _may_stand_at(device: Device, agency: Ori, now: datetime) -> bool:
    """Whether people of the agency sign on at the device: its own, or placed by an interagency agreement."""
    if device.agency_id == agency:
        return True
    today = now.astimezone(LOCAL_ZONE).date()
    placed = Agreement.objects.filter(agency_id=agency, other_id=device.agency_id, kind=Agreement.Kind.INTERAGENCY)
    in_force = placed.filter(begins_on__lte=today, ends_on__gt=today)
    return in_force.filter(Q(ended_on=None) | Q(ended_on__gt=today)).exists()


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
            asked=f"{PAGE_SIGN_ON}, after agreeing to the notice",
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


def record_unlocking(*, actor: Actor, now: datetime) -> Receipt:
    """Journals that a person opened the locked screen of the pages with their password.

    Raises: Unavailable; then the screen must stay locked.
    """
    return record_durably(
        EntryDraft(
            at=now,
            kind="screen unlocked",
            outcome="done",
            user_name=actor.user,
            agency=actor.agency,
            device=actor.device,
            channel=actor.channel,
            asked="unlock the screen",
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


def _is_proven(person: User | None, device: Device, claim: Claim, now: datetime) -> bool:
    """Raises: Refused when the name is locked or too much was wrong from this device."""
    if claim.ticket:
        return (
            person is not None
            and person.is_active
            and Ticket.objects.filter(
                token_hash=_ticket_hash(claim.ticket), user=person, device=device, expires_at__gt=now
            ).exists()
        )
    return is_right_and_counted(
        lambda: _are_right(person, claim), user_name=claim.user, place=device.mnemonic, is_last_factor=True, now=now
    )


def _are_right(person: User | None, claim: Claim) -> bool:
    """Whether password and code are."""
    if person is None:
        # An unknown name costs the same time as a wrong password.
        with hashing_turn():
            check_password(claim.password, str(_NOBODYS_PASSWORD))
        return False
    if not person.check_password(claim.password) or not person.is_active:
        return False
    authenticator = Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.TOTP).first()
    return authenticator is not None and bool(authenticator.wrap().validate_code(claim.code))


def _draft(actor: Caller, claim: Claim, now: datetime, outcome: Outcome, asked: str, answered: str) -> EntryDraft:
    return EntryDraft(
        at=now,
        kind="sign-on",
        outcome=outcome,
        user_name=claim.user,
        agency=claim.agency,
        device=actor.device,
        channel=actor.channel,
        asked=asked,
        answered=answered,
    )


def _refused(missing: str) -> Refused:
    return Refused(rule="sign-on needs two factors", missing=missing, source="CJIS Security Policy IA-2(1)(2)")


def _ticket_hash(ticket: str) -> bytes:
    return hashlib.sha256(ticket.encode()).digest()


_WRONG = "the name, password, one-time code or ticket is not right, or the code was used before"
_NOBODYS_PASSWORD = SimpleLazyObject(lambda: make_password(secrets.token_hex(16)))
