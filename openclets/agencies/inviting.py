"""The first sign-in of a person who was let in: a code from the coordinator, by which they set password and
authenticator once.

Only who has neither second factor is invited, so that no code ever takes an account over that somebody uses.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from openclets.agencies.actor import Actor
from openclets.agencies.deed import Outcome, changing
from openclets.agencies.joining.status import APART_SOURCE
from openclets.agencies.models import Affiliation, Invitation, User
from openclets.agencies.permissions import Right
from openclets.agencies.signing_on import Caller
from openclets.journal.leaf import Receipt
from openclets.journal.record import EntryDraft, record_durably, record_in_transaction
from openclets.vocabulary.errors import Fault, NotAnswered, Refused, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import UserName

INVITATION_LIFE: Final = timedelta(days=3)
"""Own decision: long enough for a shift away, short enough that a paper left lying is worthless soon."""

_CODE_BYTES: Final = 15
_GROUP_CHARACTERS: Final = 4
_LOOKS_LIKE: Final = str.maketrans("018", "OIB")
"""Figures that no code has, for the letters they are read as."""

NOT_RIGHT: Final = "the name or the invitation code is not right, or the code was used before or is over"


@dataclass(frozen=True, slots=True)
class Invited:
    """`code` is told once and kept nowhere: 24 letters and figures in groups of four. It counts before `until`."""

    full_name: str
    code: str
    until: datetime
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class FirstSecrets:
    """What a person sets with an invitation: `secret` is the authenticator's (base32), `one_time` a code it shows now,
    so that it is known to work."""

    password: str
    secret: str
    one_time: str


def issue_invitation(*, actor: Actor, now: datetime, user: UserName) -> Invited:
    """A code for the first sign-in of one of the agency's people; one issued before counts no longer. Records
    `invitation issued`.

    Raises: Refused for oneself and for who is not cleared; Rejected for who has no duty here, or signs in already;
    Unavailable.
    """
    with changing(
        actor, Right.KEEP_PEOPLE, kind="invitation issued", now=now, asked=f"first sign-in of {user}"
    ) as deed:
        person = User.objects.select_for_update().filter(user_name=user).first()
        if person is None or not Affiliation.objects.filter(user=person, agency_id=actor.agency).exists():
            raise Rejected(Fault(FaultCode.NOT_THERE, "person", f"'{user}' has no duty here", "somebody with a duty"))
        if person.pk == actor.user_id:
            raise Refused(
                rule="nobody invites themselves", missing="another coordinator of the agency", source=APART_SOURCE
            )
        if person.clearance != User.Clearance.CLEARED or person.felony == User.Felony.BARRED:
            raise Refused(
                rule="who is not cleared gets no sign-in",
                missing="fingerprint and background clearance on record",
                source="CJIS Security Policy PS-3",
            )
        if has_second_factor(person):
            text = f"'{user}' has a second factor and signs in with it"
            raise Rejected(Fault(FaultCode.TWICE, "person", text, "somebody who never signed in"))
        code = base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode("ascii")
        until = now + INVITATION_LIFE
        Invitation.objects.update_or_create(
            user=person,
            defaults={
                "code_hash": _hash(code),
                "issued_by_id": actor.user_id,
                "issued_at": now,
                "expires_at": until,
                "used_at": None,
            },
        )
        full_name = person.full_name
        deed.answered = f"counts until {until.isoformat(timespec='minutes')}"
    shown = "-".join(code[start : start + _GROUP_CHARACTERS] for start in range(0, len(code), _GROUP_CHARACTERS))
    return Invited(full_name, shown, until, deed.receipt)


def use_invitation(*, actor: Caller, now: datetime, user: UserName, code: str, first: FirstSecrets) -> Receipt:
    """Sets the person's first password and authenticator, and switches the account on; the code is spent with it, and
    so is the one-time code. Records `invitation used`, also when refused.

    `code` as typed: spaces, hyphens and small letters do not matter. Whatever is wrong with name or code is refused in
    the same words, before anything else is looked at.
    Raises: Refused; Rejected (`one_time`, `password`), then the code still counts; Unavailable.
    """
    try:
        with transaction.atomic():
            # Of two uses at once the second finds it used.
            row = Invitation.objects.select_for_update().filter(user__user_name=user).first()
            _check_counts(row, code, now)
            person = User.objects.select_for_update().get(user_name=user)
            _check_first(person, first)
            person.set_password(first.password)
            person.is_active = True
            person.save(update_fields=["password", "is_active"])
            TOTP.activate(person, first.secret).validate_code(first.one_time)
            Invitation.objects.filter(pk=person.pk).update(used_at=now)
            return record_in_transaction(_draft(actor, user, now, "done", "password and authenticator set"))
    except NotAnswered as error:
        outcome, why = _not_answered(error)
        error.receipt = str(record_durably(_draft(actor, user, now, outcome, why)))
        raise


def has_second_factor(person: User) -> bool:
    """Whether the person could sign in. Ground: checks no right."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user_id=person.pk, type__in=kinds).exists())


def invited_until(person: User, now: datetime) -> datetime | None:
    """Until when a code that was issued counts; None where none does. Ground: checks no right."""
    row = Invitation.objects.filter(user=person, used_at=None, expires_at__gt=now).first()
    return row.expires_at if row else None


def _check_counts(row: Invitation | None, code: str, now: datetime) -> None:
    """Raises: Refused. Somebody barred since, or without a duty, is told the same."""
    counts = (
        row is not None
        and row.used_at is None
        and now < row.expires_at
        and secrets.compare_digest(bytes(row.code_hash), _hash(code))
        and row.user.clearance == User.Clearance.CLEARED
        and row.user.felony != User.Felony.BARRED
        and row.user.affiliations.exists()
        and not has_second_factor(row.user)
    )
    if not counts:
        raise Refused(
            rule="the first sign-in is by invitation", missing=NOT_RIGHT, source="CJIS Security Policy IA-5, AC-2"
        )


def _check_first(person: User, first: FirstSecrets) -> None:
    """Raises: Rejected with everything that is wrong."""
    faults = []
    if not validate_totp_code(first.secret, first.one_time):
        text = "this is not the code that the authenticator shows now"
        faults.append(Fault(FaultCode.VALUE, "one_time", text, "the six digits it shows for this key"))
    try:
        validate_password(first.password, person)
    except ValidationError as wrong:
        faults += [Fault(FaultCode.VALUE, "password", text.rstrip("."), "") for text in wrong.messages]
    if faults:
        raise Rejected(*faults)


def _not_answered(error: NotAnswered) -> tuple[Outcome, str]:
    if isinstance(error, Refused):
        return "refused", error.missing
    if isinstance(error, Rejected):
        # The fields alone: the words of a fault may tell something of a password.
        return "rejected", ", ".join(fault.field for fault in error.faults)
    return "unavailable", str(error)


def _draft(actor: Caller, user: UserName, now: datetime, outcome: Outcome, answered: str) -> EntryDraft:
    return EntryDraft(
        at=now,
        kind="invitation used",
        outcome=outcome,
        user_name=user,
        device=actor.device,
        channel=actor.channel,
        asked="first sign-in by invitation",
        answered=answered,
    )


def _hash(code: str) -> bytes:
    plain = "".join(character for character in code.upper() if character.isalnum()).translate(_LOOKS_LIKE)
    return hashlib.sha256(plain.encode()).digest()
