"""One person of the agency as the coordinator sees them: duties, vetting, courses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from openclets.agencies.access import LOCAL_ZONE
from openclets.agencies.actor import Actor
from openclets.agencies.deed import asking
from openclets.agencies.inviting import has_second_factor, invited_until
from openclets.agencies.membership.vetting import check_of_agency
from openclets.agencies.models import Affiliation, PrivilegeProposal, Training, User, Vetting
from openclets.agencies.permissions import Duty, Right
from openclets.journal.leaf import Receipt
from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import UserName


@dataclass(frozen=True, slots=True)
class DutyHeld:
    """`since` is the local day."""

    duty: Duty
    since: date


@dataclass(frozen=True, slots=True)
class VettingListed:
    """One screening, or the review of a felony, which has no days of its own."""

    is_review: bool
    fingerprinted_on: date | None
    background_on: date | None
    has_felony: bool
    is_let_in: bool
    recorded_by: str
    recorded_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class CourseHeld:
    """`until` is the first day on which it counts no longer; `is_over` says that this day has come."""

    course: str
    passed_on: date
    until: date
    is_over: bool


@dataclass(frozen=True, slots=True)
class PersonFile:
    """Everything the coordinator decides by. `clearance` and `felony` in words; `statement_until` is the first day on
    which the signed statement counts no longer, None: none was signed. `proposed` are duties that wait for a decision;
    `vettings` and `courses` newest first. Who has no second factor never signed in. `invited_until`: so long an
    invitation counts, None: there is none. Of oneself (`is_oneself`) somebody else records vetting and courses."""

    user: UserName
    full_name: str
    email: str
    is_oneself: bool
    is_active: bool
    clearance: str
    is_cleared: bool
    felony: str
    is_barred: bool
    statement_until: date | None
    duties: tuple[DutyHeld, ...]
    proposed: tuple[str, ...]
    vettings: tuple[VettingListed, ...]
    courses: tuple[CourseHeld, ...]
    has_second_factor: bool
    invited_until: datetime | None
    receipt: Receipt


def person_file(*, actor: Actor, now: datetime, user: UserName) -> PersonFile:
    """One person who works at the actor's agency or is proposed to. Records `person opened`.

    Raises: Rejected when nobody of that name is; Refused, Unavailable.
    """
    with asking(actor, Right.KEEP_PEOPLE, kind="person opened", now=now, asked=f"person {user}") as deed:
        person = User.objects.filter(user_name=user).first()
        if person is None:
            raise Rejected(Fault(FaultCode.NOT_THERE, "person", f"nobody is called '{user}'", "a sign-in name"))
        check_of_agency(actor, person)
        today = now.astimezone(LOCAL_ZONE).date()
        duties = tuple(
            DutyHeld(Duty(row.duty), row.began_at.astimezone(LOCAL_ZONE).date())
            for row in Affiliation.objects.filter(user=person, agency_id=actor.agency).order_by("duty")
        )
        proposed = PrivilegeProposal.objects.filter(user=person, agency_id=actor.agency, decided_at=None)
        waiting = tuple(proposed.order_by("duty").values_list("duty", flat=True))
        vettings, courses = _vettings(person), _courses(person, today)
        can_sign_in, until = has_second_factor(person), invited_until(person, now)
        deed.answered = f"{len(duties)} duties, {len(vettings)} vettings, {len(courses)} courses"
    return PersonFile(
        user=user,
        full_name=person.full_name,
        email=person.email,
        is_oneself=person.pk == actor.user_id,
        is_active=person.is_active,
        clearance=person.get_clearance_display(),
        is_cleared=person.clearance == User.Clearance.CLEARED,
        felony=person.get_felony_display(),
        is_barred=person.felony == User.Felony.BARRED,
        statement_until=person.statement_until,
        duties=duties,
        proposed=waiting,
        vettings=vettings,
        courses=courses,
        has_second_factor=can_sign_in,
        invited_until=until,
        receipt=deed.receipt,
    )


def _vettings(person: User) -> tuple[VettingListed, ...]:
    return tuple(
        VettingListed(
            row.is_review,
            row.fingerprinted_on,
            row.background_on,
            row.has_felony,
            row.is_let_in,
            row.recorded_by.full_name,
            row.recorded_at,
            row.reason,
        )
        for row in Vetting.objects.filter(user=person).select_related("recorded_by").order_by("-pk")
    )


def _courses(person: User, today: date) -> tuple[CourseHeld, ...]:
    rows = Training.objects.filter(user=person).order_by("-passed_on", "-pk")
    return tuple(CourseHeld(row.course, row.passed_on, row.expires_on, row.expires_on <= today) for row in rows)
