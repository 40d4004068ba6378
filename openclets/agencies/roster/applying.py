"""Looking a roster through, and applying it: what was shown is what is done, or nothing is.

1. `check_roster` reads it, plans it against what is on file and keeps it; nothing is changed.
2. `apply_roster` plans it again inside its transaction. Where the plan is another by now, nothing is done.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.contrib.auth.hashers import make_password

from openclets.agencies.access import LOCAL_ZONE
from openclets.agencies.actor import Actor
from openclets.agencies.deed import changing
from openclets.agencies.exam.rules import held_after
from openclets.agencies.models import Affiliation, Agency, Roster, Training, User
from openclets.agencies.permissions import Course, Duty, Right
from openclets.agencies.roster.lines import RosterRead, read_roster
from openclets.agencies.roster.rules import Change, ChangeKind, PersonOnFile, RosterPlan, plan_roster
from openclets.journal.leaf import Receipt
from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import Ori, UserName

_AT_ONCE: Final = 5_000
"""Rows of one statement."""


@dataclass(frozen=True, slots=True)
class CheckedRoster:
    """What a roster would do. `number` is what to apply it by; None when it has faults or changes nothing."""

    plan: RosterPlan
    number: int | None
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class AppliedRoster:
    """How many changes of each kind were made, in the order of `ChangeKind`; kinds without one are left out."""

    counts: tuple[tuple[ChangeKind, int], ...]
    receipt: Receipt


def check_roster(*, actor: Actor, now: datetime, data: bytes, ends_absent: bool) -> CheckedRoster:
    """What this roster would change at the actor's agency. Changes nobody.

    Leaves `roster looked through`. Raises: Refused.
    """
    asked = f"roster {hashlib.sha256(data).hexdigest()}"
    with changing(actor, Right.APPLY_ROSTER, kind="roster looked through", now=now, asked=asked) as deed:
        plan = _planned(read_roster(data), actor, now, ends_absent=ends_absent)
        number = None
        Roster.objects.filter(agency_id=actor.agency, uploaded_by_id=actor.user_id, applied_at=None).delete()
        if plan.changes and not plan.faults:
            number = Roster.objects.create(
                agency_id=actor.agency,
                uploaded_by_id=actor.user_id,
                uploaded_at=now,
                content=data,
                ends_absent=ends_absent,
                digest=plan.digest,
            ).pk
        deed.answered = f"{_in_words(_counts(plan.changes))}; {len(plan.faults)} faults"
    return CheckedRoster(plan, number, deed.receipt)


def apply_roster(*, actor: Actor, now: datetime, number: int) -> AppliedRoster:
    """Makes every change of the roster that the actor was shown, in one transaction.

    A new person gets an account that is switched off and has no password. Leaves `roster applied`.
    Raises: Rejected when there is no such roster of the actor's that waits, or what is on file has changed since it was
    looked through; Refused.
    """
    with changing(actor, Right.APPLY_ROSTER, kind="roster applied", now=now, asked=f"roster {number}") as deed:
        # Whoever else changes this agency by a roster waits here, so that two never work from the same state.
        Agency.objects.select_for_update().get(ori=actor.agency)
        roster = Roster.objects.filter(
            pk=number, agency_id=actor.agency, uploaded_by_id=actor.user_id, applied_at=None
        ).first()
        if roster is None:
            raise Rejected(Fault(FaultCode.NOT_THERE, "", "no such roster of yours waits", "upload it again"))
        plan = _planned(read_roster(bytes(roster.content)), actor, now, ends_absent=roster.ends_absent)
        if plan.faults or plan.digest != roster.digest:
            raise Rejected(
                Fault(FaultCode.VALUE, "", "what is on file has changed since you looked", "upload it again and look")
            )
        _apply(plan, read_roster(bytes(roster.content)), actor, number)
        Roster.objects.filter(pk=number).update(applied_at=now)
        counts = _counts(plan.changes)
        deed.answered = f"{_in_words(counts)}; plan {plan.digest}"
    return AppliedRoster(counts, deed.receipt)


def _planned(read: RosterRead, actor: Actor, now: datetime, *, ends_absent: bool) -> RosterPlan:
    return plan_roster(
        read,
        _on_file({line.user_name for line in read.lines}, actor.agency),
        agency=actor.agency,
        by=actor.user,
        today=now.astimezone(LOCAL_ZONE).date(),
        ends_absent=ends_absent,
    )


def _on_file(names: set[UserName], agency: Ori) -> dict[UserName, PersonOnFile]:
    """Everybody of these names who exists, and everybody with a duty at the agency."""
    here = Affiliation.objects.filter(agency_id=agency).values_list("user__user_name", flat=True)
    at_agency = {UserName(name) for name in here}
    found: dict[UserName, PersonOnFile] = {}
    for some in _in_parts(sorted({*names, *at_agency})):
        duties: dict[int, set[Duty]] = {}
        elsewhere: set[int] = set()
        trainings: dict[int, set[tuple[str, date]]] = {}
        held = Affiliation.objects.filter(user__user_name__in=some)
        for user_id, ori, duty in held.values_list("user_id", "agency_id", "duty"):
            if ori == agency:
                duties.setdefault(user_id, set()).add(Duty(duty))
            else:
                elsewhere.add(user_id)
        passed = Training.objects.filter(user__user_name__in=some)
        for user_id, course, passed_on in passed.values_list("user_id", "course", "passed_on"):
            trainings.setdefault(user_id, set()).add((course, passed_on))
        for user in User.objects.filter(user_name__in=some).only("pk", "user_name", "full_name", "email"):
            name = UserName(user.user_name)
            found[name] = PersonOnFile(
                name,
                user.full_name,
                user.email,
                frozenset(duties.get(user.pk, ())),
                user.pk in elsewhere,
                frozenset(trainings.get(user.pk, ())),
            )
    return found


def _apply(plan: RosterPlan, read: RosterRead, actor: Actor, roster: int) -> None:
    by_line = {line.line: line for line in read.lines}
    joining = [by_line[change.line] for change in plan.changes if change.kind is ChangeKind.JOINS]
    # One for all: it fits no password, and hashing a hundred thousand of them would take a day.
    no_password = make_password(None)
    User.objects.bulk_create(
        (
            User(
                user_name=line.user_name,
                full_name=line.full_name,
                email=line.email,
                is_active=False,
                password=no_password,
            )
            for line in joining
        ),
        batch_size=_AT_ONCE,
    )
    ids = _ids({change.user_name for change in plan.changes})
    for change in plan.changes:
        if change.kind is ChangeKind.RENAMED:
            User.objects.filter(pk=ids[change.user_name]).update(full_name=change.becomes)
        elif change.kind is ChangeKind.NEW_ADDRESS:
            User.objects.filter(pk=ids[change.user_name]).update(email=change.becomes)
        elif change.kind is ChangeKind.LOSES_DUTY:
            Affiliation.objects.filter(user_id=ids[change.user_name], agency_id=actor.agency, duty=change.duty).delete()
    Affiliation.objects.bulk_create(
        (
            Affiliation(user_id=ids[change.user_name], agency_id=actor.agency, duty=change.duty)
            for change in plan.changes
            if change.kind is ChangeKind.GETS_DUTY and change.duty is not None
        ),
        batch_size=_AT_ONCE,
    )
    Training.objects.bulk_create(
        (
            Training(
                user_id=ids[change.user_name],
                course=change.course,
                passed_on=change.passed_on,
                expires_on=held_after(Course(change.course), change.passed_on).expires_on,
                recorded_by_id=actor.user_id,
                proof=f"roster {roster}",
            )
            for change in plan.changes
            if change.kind is ChangeKind.TRAINED and change.passed_on is not None
        ),
        batch_size=_AT_ONCE,
    )


def _ids(names: set[UserName]) -> dict[UserName, int]:
    return {
        UserName(name): user_id
        for some in _in_parts(sorted(names))
        for name, user_id in User.objects.filter(user_name__in=some).values_list("user_name", "pk")
    }


def _in_parts(names: list[UserName]) -> Iterable[list[UserName]]:
    return (names[start : start + _AT_ONCE] for start in range(0, len(names), _AT_ONCE))


def _counts(changes: Iterable[Change]) -> tuple[tuple[ChangeKind, int], ...]:
    counted = Counter(change.kind for change in changes)
    return tuple((kind, counted[kind]) for kind in ChangeKind if counted[kind])


def _in_words(counts: tuple[tuple[ChangeKind, int], ...]) -> str:
    return ", ".join(f"{kind.value}: {count}" for kind, count in counts) or "no changes"
