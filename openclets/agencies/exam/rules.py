"""Courses and their exam: who needs which, what is drawn, what passes, when one may try again. Pure."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from openclets.agencies.permissions import Course, Duty

_PPP = "CLETS PPP 1.8"
_OWN = "own decision"


@dataclass(frozen=True, slots=True)
class CourseTerms:
    """`questions` are drawn, `right_needed` of them pass, within `minutes`; passing holds for `months`.

    `letter` is how data files and addresses call the course.
    """

    course: Course
    letter: str
    title: str
    about: str
    months: int
    questions: int
    right_needed: int
    minutes: int
    source: str


COURSES: Final = (
    CourseTerms(
        Course.FULL,
        "full",
        "Full access",
        "For those who enter, change or keep records, and for coordinators. It includes inquiry only.",
        months=24,
        questions=25,
        right_needed=20,
        minutes=60,
        source=f"{_PPP}: every two years; numbers, minutes and the mark of 80 percent: {_OWN}",
    ),
    CourseTerms(
        Course.INQUIRY,
        "inquiry",
        "Inquiry only",
        "For those who ask and read answers.",
        months=24,
        questions=20,
        right_needed=16,
        minutes=45,
        source=f"{_PPP}: every two years; numbers, minutes and the mark of 80 percent: {_OWN}",
    ),
    CourseTerms(
        Course.SECURITY,
        "security",
        "Security awareness",
        "For everybody, each year.",
        months=12,
        questions=10,
        right_needed=8,
        minutes=20,
        source=f"CJIS Security Policy AT-2: before access and every year; numbers, minutes and the mark: {_OWN}",
    ),
)

DUE_WITHIN_MONTHS: Final = 6
"""How soon after joining the course for the system is due. Source: CLETS PPP 1.8, within six months. Until it is passed
there is no access (CJIS Security Policy AT-3), so that nobody asks untrained meanwhile: own decision."""

REMIND_DAYS: Final = 60
"""So long before its end a course counts as due again. Source: own decision, with the coordinator's list."""

DUTIES_OF_FULL: Final = frozenset({Duty.CLERK, Duty.RECORDS, Duty.COORDINATOR})
"""Duties that enter or keep records or train others. Source: CLETS PPP 1.8, full access is for those who update."""

WAIT_AFTER_FAILING: Final = timedelta(hours=24)
WAIT_AFTER_FAILING_OFTEN: Final = timedelta(days=7)
OFTEN: Final = 3
"""After a failure one waits a day, from the third in a row on a week, so that the bank is learned from the lessons and
not from sittings. Source: own decision; the policies ask for re-examination and name no wait."""


@dataclass(frozen=True, slots=True)
class Question:
    """One of the bank. `courses` are those it may be drawn for."""

    number: str
    subject: str
    courses: frozenset[Course]
    ask: str
    right: str
    wrong: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A question as it lies before the learner. `right_at` is the place of the right choice, from 0."""

    number: str
    subject: str
    ask: str
    choices: tuple[str, ...]
    right_at: int


@dataclass(frozen=True, slots=True)
class Mark:
    """`read_again`: subjects of the questions not answered right, each once, in the paper's order."""

    right: int
    asked: int
    passed: bool
    read_again: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldCourse:
    """A course passed: it counts from `passed_on` up to, and not including, `expires_on`."""

    course: Course
    passed_on: date
    expires_on: date


class Standing(StrEnum):
    """How a person stands with a course they need."""

    CURRENT = "current"
    DUE_SOON = "due soon"
    MISSING = "missing"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class CourseStanding:
    """`until` is the first day it no longer counts (None: never passed); `due_on` the day by which it is to be passed,
    None where it was never passed and nobody knows since when it is needed."""

    course: Course
    standing: Standing
    until: date | None
    due_on: date | None


def terms_of(course: Course) -> CourseTerms:
    return next(row for row in COURSES if row.course == course)


def courses_needed(duties: Collection[Duty]) -> tuple[Course, ...]:
    """What a person with these duties must have passed: one course for the system, and security awareness."""
    return (Course.FULL if DUTIES_OF_FULL & set(duties) else Course.INQUIRY, Course.SECURITY)


def covers(held: Course, needed: Course) -> bool:
    """Whether having passed `held` is enough where `needed` is needed."""
    return held == needed or (held == Course.FULL and needed == Course.INQUIRY)


def standings(
    duties: Collection[Duty], held: Collection[HeldCourse], *, joined_on: date | None, today: date
) -> tuple[CourseStanding, ...]:
    """How a person stands with each course needed, in the order of `courses_needed`."""
    return tuple(standing_with(needed, held, joined_on=joined_on, today=today) for needed in courses_needed(duties))


def standing_with(
    needed: Course, held: Collection[HeldCourse], *, joined_on: date | None, today: date
) -> CourseStanding:
    """How a person stands with one course."""
    until = max((row.expires_on for row in held if covers(row.course, needed)), default=None)
    if until is None:
        # Security awareness comes before access and has no six months. Source: CJIS Security Policy AT-2.
        months = 0 if needed == Course.SECURITY else DUE_WITHIN_MONTHS
        due_on = months_after(joined_on, months) if joined_on else None
        return CourseStanding(needed, Standing.MISSING, None, due_on)
    if today >= until:
        return CourseStanding(needed, Standing.LAPSED, until, until)
    if until - today <= timedelta(days=REMIND_DAYS):
        return CourseStanding(needed, Standing.DUE_SOON, until, until)
    return CourseStanding(needed, Standing.CURRENT, until, until)


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later; where that month has no such day, the first of the next."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)


def held_after(course: Course, passed_on: date) -> HeldCourse:
    """What passing on that day is worth."""
    return HeldCourse(course, passed_on, months_after(passed_on, terms_of(course).months))


def draw(bank: Sequence[Question], course: Course, *, seed: bytes, seen: Collection[str] = ()) -> tuple[Drawn, ...]:
    """A paper for the course: at least one question of each of its subjects, those not `seen` in the last sitting
    first, in an order and with choices by the seed. The same seed gives the same paper.

    Raises: ValueError when the bank has too few questions, or more subjects than are drawn (a bug in the data).
    """
    wanted = terms_of(course).questions
    by_seed = random.Random(seed)  # noqa: S311 (the seed itself comes from the system's own source of chance)
    suitable = sorted((row for row in bank if course in row.courses), key=lambda row: row.number)
    subjects = sorted({row.subject for row in suitable})
    if len(suitable) < wanted or len(subjects) > wanted:
        raise ValueError(f"the bank cannot give {wanted} questions on {len(subjects)} subjects for {course}")
    by_seed.shuffle(suitable)
    suitable.sort(key=lambda row: row.number in seen)
    chosen = [next(row for row in suitable if row.subject == subject) for subject in subjects]
    chosen += [row for row in suitable if row not in chosen][: wanted - len(chosen)]
    by_seed.shuffle(chosen)
    return tuple(_drawn(row, by_seed) for row in chosen)


def _drawn(row: Question, by_seed: random.Random) -> Drawn:
    choices = [row.right, *row.wrong]
    by_seed.shuffle(choices)
    return Drawn(row.number, row.subject, row.ask, tuple(choices), choices.index(row.right))


def mark(paper: Sequence[Drawn], answers: Mapping[int, int], course: Course, *, in_time: bool) -> Mark:
    """Marks a paper. `answers`: place of the question to place of the choice, both from 0; what is not answered is not
    right, and handed in too late nothing is."""
    right = {place for place, row in enumerate(paper) if in_time and answers.get(place) == row.right_at}
    again = dict.fromkeys(row.subject for place, row in enumerate(paper) if place not in right)
    return Mark(len(right), len(paper), len(right) >= terms_of(course).right_needed, tuple(again))


def may_sit_from(failed_at: Sequence[datetime]) -> datetime | None:
    """When one who failed at these moments since last passing may sit again; None: at once."""
    if not failed_at:
        return None
    wait = WAIT_AFTER_FAILING_OFTEN if len(failed_at) >= OFTEN else WAIT_AFTER_FAILING
    return max(failed_at) + wait
