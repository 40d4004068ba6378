"""Screening before access: what was found, the review of a felony, and the statement each person signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from openclets.agencies.access import LOCAL_ZONE
from openclets.agencies.actor import Actor
from openclets.agencies.deed import changing
from openclets.agencies.joining.status import APART_SOURCE, check_reason
from openclets.agencies.membership.rules import Screening, cleared_on, screening_faults, statement_until
from openclets.agencies.models import Affiliation, PrivilegeProposal, User, Vetting
from openclets.agencies.permissions import Right
from openclets.journal.leaf import Receipt
from openclets.vocabulary.errors import Fault, Refused, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import UserName


@dataclass(frozen=True, slots=True)
class Signed:
    """`until` is the first day on which the statement counts no longer."""

    until: date
    receipt: Receipt


def record_vetting(*, actor: Actor, now: datetime, user: UserName, found: Screening, reason: str) -> Receipt:
    """Records what fingerprints and background check of one of the agency's people found; it counts at once. A felony
    bars until it is reviewed. Records `vetting recorded`.

    Raises: Refused for oneself; Rejected with everything that is wrong; Unavailable.
    """
    with changing(
        actor,
        Right.KEEP_PEOPLE,
        kind="vetting recorded",
        now=now,
        asked=f"vetting of {user}",
        personal={"reason": reason},
    ) as deed:
        check_reason(reason)
        person = _person(user)
        _check_not_oneself(actor, person)
        check_of_agency(actor, person)
        faults = screening_faults(found, today=now.astimezone(LOCAL_ZONE).date())
        if faults:
            raise Rejected(*faults)
        Vetting.objects.create(
            user=person,
            fingerprinted_on=found.fingerprinted_on,
            background_on=found.background_on,
            has_felony=found.has_felony,
            is_let_in=found.is_clear,
            recorded_by_id=actor.user_id,
            recorded_at=now,
            reason=reason.strip(),
        )
        person.clearance = User.Clearance.CLEARED if found.is_clear else User.Clearance.DENIED
        person.cleared_on = cleared_on(found) if found.is_clear else None
        if found.has_felony:
            person.felony = User.Felony.BARRED
        person.save(update_fields=["clearance", "cleared_on", "felony"])
        deed.answered = f"{person.clearance}, felony: {person.felony}"
    return deed.receipt


def review_felony(*, actor: Actor, now: datetime, user: UserName, let_in: bool, reason: str) -> Receipt:
    """Decides, with a documented reason, whether a person barred by a felony is let in; anew where it was decided
    before. Records `felony reviewed`. Source: CJIS Security Policy PS-3.

    Raises: Refused for oneself, for one's own agency and for who recorded the vetting; Rejected when nobody of that
    name has a felony on record; Unavailable.
    """
    with changing(
        actor,
        Right.REVIEW_FELONIES,
        kind="felony reviewed",
        now=now,
        asked=f"felony of {user}: {'let in' if let_in else 'keep out'}",
        personal={"reason": reason},
    ) as deed:
        check_reason(reason)
        person = _person(user)
        _check_not_oneself(actor, person)
        last = person.vettings.filter(is_review=False).order_by("-pk").first()
        if person.felony == User.Felony.NONE or last is None:
            raise Rejected(Fault(FaultCode.FIELD_SET, "person", "no felony is on record", "somebody who is barred"))
        missing = who_else_reviews(actor, person, last)
        if missing:
            raise Refused(rule="a felony is reviewed by somebody apart", missing=missing, source=APART_SOURCE)
        Vetting.objects.create(
            user=person,
            is_review=True,
            has_felony=True,
            is_let_in=let_in,
            recorded_by_id=actor.user_id,
            recorded_at=now,
            reason=reason.strip(),
        )
        person.felony = User.Felony.REVIEWED if let_in else User.Felony.BARRED
        person.clearance = User.Clearance.CLEARED if let_in else User.Clearance.DENIED
        person.cleared_on = now.astimezone(LOCAL_ZONE).date() if let_in else None
        person.save(update_fields=["felony", "clearance", "cleared_on"])
        deed.answered = person.felony
    return deed.receipt


def sign_statement(*, actor: Actor, now: datetime, typed_name: str) -> Signed:
    """The actor signs the confidentiality statement by typing their full name. Records `statement signed`.

    Raises: Rejected when it is not their name as on file; Refused, Unavailable.
    """
    with changing(actor, Right.LEARN, kind="statement signed", now=now, asked="confidentiality statement") as deed:
        person = User.objects.select_for_update().get(pk=actor.user_id)
        if " ".join(typed_name.split()).casefold() != " ".join(person.full_name.split()).casefold():
            raise Rejected(
                Fault(FaultCode.VALUE, "name", "this is not your name as on file", f"exactly: {person.full_name}")
            )
        today = now.astimezone(LOCAL_ZONE).date()
        person.statement_signed_on, person.statement_until = today, statement_until(today)
        person.save(update_fields=["statement_signed_on", "statement_until"])
        deed.answered = f"until {person.statement_until.isoformat()}"
    return Signed(statement_until(today), deed.receipt)


def who_else_reviews(actor: Actor, person: User, last: Vetting) -> str:
    """Who is needed in the actor's place to review a felony, `last` being the vetting that found it; '' when they may.
    Ground: checks no right."""
    is_colleague = Affiliation.objects.filter(user=person, agency_id=actor.agency).exists()
    if is_colleague or last.recorded_by_id == actor.user_id or person.pk == actor.user_id:
        return "somebody of another agency who did not record the vetting"
    return ""


def check_of_agency(actor: Actor, person: User) -> None:
    """Ground. Raises: Rejected for somebody who neither works at the actor's agency nor is proposed to."""
    here = Affiliation.objects.filter(user=person, agency_id=actor.agency).exists()
    proposed = PrivilegeProposal.objects.filter(user=person, agency_id=actor.agency, decided_at=None).exists()
    if not (here or proposed):
        text = f"'{person.user_name}' neither works here nor is proposed to"
        raise Rejected(Fault(FaultCode.NOT_THERE, "person", text, "somebody of this agency"))


def _person(user: UserName) -> User:
    """The person, locked until the deed is done. Raises: Rejected."""
    person = User.objects.select_for_update().filter(user_name=user).first()
    if person is None:
        raise Rejected(Fault(FaultCode.NOT_THERE, "person", f"nobody is called '{user}'", "a sign-in name"))
    return person


def _check_not_oneself(actor: Actor, person: User) -> None:
    if person.pk == actor.user_id:
        raise Refused(rule="nobody vets themselves", missing="somebody else who may", source=APART_SOURCE)
