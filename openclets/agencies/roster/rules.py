"""What a roster would change, and what it may not: pure functions over what was read and what is on file.

A roster changes its own agency's people only. It lets nobody in by itself: a new person waits for clearance and
training like every other, and who keeps or watches the others' access is never made by a file.
Source: CJIS Security Policy AC-2, AC-5; CLETS PPP 1.3 (the coordinator keeps users and training records).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from openclets.agencies.permissions import Duty
from openclets.agencies.roster.lines import LineFault, RosterLine, RosterRead
from openclets.vocabulary.identifiers import Ori, UserName

NOT_BY_ROSTER: Final = frozenset({Duty.COORDINATOR, Duty.AUDITOR, Duty.REVIEWER})
"""Duties that no roster gives or takes. Own decision after CJIS Security Policy AC-5, separation of duties."""


class ChangeKind(StrEnum):
    """What one change does. Values are shown."""

    JOINS = "joins"
    RENAMED = "another name"
    NEW_ADDRESS = "another address"
    GETS_DUTY = "gets a duty"
    TRAINED = "training recorded"
    LOSES_DUTY = "loses a duty"


@dataclass(frozen=True, slots=True)
class PersonOnFile:
    """Somebody as stored. `duties` are those at the roster's agency, `works_elsewhere` says there are others;
    `trainings` are courses with the day they were passed."""

    user_name: UserName
    full_name: str
    email: str
    duties: frozenset[Duty]
    works_elsewhere: bool
    trainings: frozenset[tuple[str, date]]


@dataclass(frozen=True, slots=True)
class Change:
    """One change for one person. `line` is where the roster asks for it, 0 where it follows from no line at all.

    `was` and `becomes` are in words; `duty`, `course`, `passed_on` say the same for who applies it.
    """

    line: int
    kind: ChangeKind
    user_name: UserName
    was: str
    becomes: str
    duty: Duty | None = None
    course: str = ""
    passed_on: date | None = None


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """Every change by line, every fault by line, and who is on file at the agency but not in the roster.

    With a fault nothing of it may be applied. `unchanged` counts lines that change nothing.
    """

    changes: tuple[Change, ...]
    faults: tuple[LineFault, ...]
    absent: tuple[UserName, ...]
    unchanged: int

    @property
    def digest(self) -> str:
        """SHA-256 over the changes in hexadecimal: the same plan, the same digest."""
        told = "\n".join("\x1f".join((str(c.line), c.kind, c.user_name, c.was, c.becomes)) for c in self.changes)
        return hashlib.sha256(told.encode()).hexdigest()


def plan_roster(
    read: RosterRead,
    on_file: Mapping[UserName, PersonOnFile],
    *,
    agency: Ori,
    by: UserName,
    today: date,
    ends_absent: bool,
) -> RosterPlan:
    """What `by` would change at `agency` with this roster on the day `today`.

    `on_file` holds everybody named in the roster who exists and everybody with a duty at the agency. With `ends_absent`
    whoever is not in the roster loses their duties here, except those in `NOT_BY_ROSTER` and `by`.
    """
    changes: list[Change] = []
    faults: list[LineFault] = list(read.faults)
    unchanged = 0
    met: set[UserName] = set()
    trained: set[tuple[UserName, str, date]] = set()
    for line in read.lines:
        person = on_file.get(line.user_name)
        if fault := _fault_of(line, person, agency, by, today):
            faults.append(fault)
            continue
        wanted = list(_changes_of(line, person, is_first=line.user_name not in met))
        if line.passed_on is not None and (line.user_name, line.course, line.passed_on) in trained:
            wanted = [change for change in wanted if change.kind is not ChangeKind.TRAINED]
        if line.passed_on is not None:
            trained.add((line.user_name, line.course, line.passed_on))
        met.add(line.user_name)
        changes.extend(wanted)
        unchanged += not wanted
    named = {line.user_name for line in read.lines}
    absent = tuple(sorted(name for name, person in on_file.items() if person.duties and name not in named))
    if ends_absent:
        changes.extend(_endings(absent, on_file, by))
    return RosterPlan(tuple(changes), tuple(sorted(faults, key=lambda fault: fault.line)), absent, unchanged)


def _fault_of(
    line: RosterLine, person: PersonOnFile | None, agency: Ori, by: UserName, today: date
) -> LineFault | None:
    """The first thing that forbids the line."""

    def fault(column: str, text: str, accepted: str) -> LineFault:
        return LineFault(line.line, column, text, accepted)

    if line.ori != agency:
        return fault("ori", f"{line.ori} is not your agency", str(agency))
    if line.passed_on is not None and line.passed_on > today:
        return fault("passed_on", f"{line.passed_on} has not come yet", f"a day up to {today}")
    has_duty = person is not None and line.duty in person.duties
    if line.duty in NOT_BY_ROSTER and not has_duty:
        named = ", ".join(duty.value for duty in Duty if duty not in NOT_BY_ROSTER)
        return fault("duty", f"{line.duty.value} is not given by a roster", named)
    if person is None:
        return None
    if line.user_name == by and (not has_duty or _is_new_training(line, person)):
        return fault("", "nobody changes their own duties or training", "another coordinator, or the line as on file")
    is_stranger = not person.duties
    if person.full_name != line.full_name and (is_stranger or person.works_elsewhere):
        # Whether the name is that of the same person is not known here, and it is not told whose it is.
        return fault("full_name", f"{line.user_name} is on file under another name", "another sign-in name")
    if person.email != line.email and person.works_elsewhere:
        return fault("email", f"{line.user_name} works for another agency too, and is on file with another address", "")
    return None


def _changes_of(line: RosterLine, person: PersonOnFile | None, *, is_first: bool) -> Iterable[Change]:
    """What the line asks for beyond what is on file; what is said of a person once is changed once (`is_first`)."""
    if person is None:
        if is_first:
            yield Change(line.line, ChangeKind.JOINS, line.user_name, "", _in_words(line.full_name, line.email))
        yield Change(line.line, ChangeKind.GETS_DUTY, line.user_name, "", line.duty.value, duty=line.duty)
    else:
        if is_first and person.full_name != line.full_name:
            yield Change(line.line, ChangeKind.RENAMED, line.user_name, person.full_name, line.full_name)
        if is_first and person.email != line.email:
            yield Change(line.line, ChangeKind.NEW_ADDRESS, line.user_name, person.email, line.email)
        if line.duty not in person.duties:
            yield Change(line.line, ChangeKind.GETS_DUTY, line.user_name, "", line.duty.value, duty=line.duty)
    if line.passed_on is not None and (person is None or _is_new_training(line, person)):
        yield Change(
            line.line,
            ChangeKind.TRAINED,
            line.user_name,
            "",
            f"{line.course} passed {line.passed_on}",
            course=line.course,
            passed_on=line.passed_on,
        )


def _endings(absent: Iterable[UserName], on_file: Mapping[UserName, PersonOnFile], by: UserName) -> Iterable[Change]:
    for name in absent:
        if name == by:
            continue
        for duty in sorted(on_file[name].duties - NOT_BY_ROSTER):
            yield Change(0, ChangeKind.LOSES_DUTY, name, duty.value, "", duty=duty)


def _is_new_training(line: RosterLine, person: PersonOnFile) -> bool:
    return line.passed_on is not None and (line.course, line.passed_on) not in person.trainings


def _in_words(full_name: str, email: str) -> str:
    return f"{full_name}, {email}" if email else full_name
