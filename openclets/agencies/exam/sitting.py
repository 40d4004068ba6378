"""Learning: where one stands, sitting an exam, handing it in. What is passed counts from the next question on."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Final

from openclets.agencies.access import LOCAL_ZONE
from openclets.agencies.actor import Actor
from openclets.agencies.deed import asking, changing
from openclets.agencies.exam.bank import questions
from openclets.agencies.exam.rules import (
    CourseStanding,
    Drawn,
    HeldCourse,
    Mark,
    Standing,
    courses_needed,
    draw,
    held_after,
    mark,
    may_sit_from,
    standing_with,
    standings,
    terms_of,
)
from openclets.agencies.lookup import duties_of
from openclets.agencies.models import ExamSitting, Training, User
from openclets.agencies.permissions import Course, Right
from openclets.journal.leaf import Receipt
from openclets.vocabulary.errors import Fault, Refused, Rejected
from openclets.vocabulary.faults import FaultCode

GRACE: Final = timedelta(minutes=1)
"""What is handed in so soon after the end was sent in time. Source: own decision."""


@dataclass(frozen=True, slots=True)
class CourseOfMine:
    """A course as its learner sees it. `standing` is None for a course that is not needed; `sit_from` says from when
    it can be tried again after failing (None: now); `has_open_paper`: one is begun and its time is not over."""

    course: Course
    standing: CourseStanding | None
    has_open_paper: bool
    sit_from: datetime | None


@dataclass(frozen=True, slots=True)
class Passed:
    """A course passed; `number` is that of its certificate."""

    number: int
    course: str
    passed_on: date
    expires_on: date
    by_exam: bool


@dataclass(frozen=True, slots=True)
class MyTraining:
    """`courses`: those needed first, then the others. `passed`: newest first."""

    courses: tuple[CourseOfMine, ...]
    passed: tuple[Passed, ...]
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Begun:
    sitting: int
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as shown: without what is right."""

    ask: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    sitting: int
    course: Course
    questions: tuple[Asked, ...]
    ends_at: datetime
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class HandedIn:
    """`training` is the number of the certificate, None when not passed; `sit_from` when one may try again."""

    course: Course
    mark: Mark
    in_time: bool
    training: int | None
    expires_on: date | None
    sit_from: datetime | None
    receipt: Receipt


def my_training(*, actor: Actor, now: datetime) -> MyTraining:
    """Where the actor stands with each course. Records `training looked at`. Raises: Refused, Unavailable."""
    with asking(actor, Right.LEARN, kind="training looked at", now=now, asked="own training") as deed:
        duties = duties_of(actor)
        held = held_courses(actor.user_id)
        stands = standings(duties, held, joined_on=None, today=_today(now))
        needed = courses_needed(duties)
        courses = (*needed, *(course for course in Course if course not in needed))
        found = tuple(_of_mine(actor.user_id, course, stands, now) for course in courses)
        rows = Training.objects.filter(user_id=actor.user_id).order_by("-passed_on", "-pk")
        passed = tuple(
            Passed(row.pk, row.course, row.passed_on, row.expires_on, row.sitting_id is not None) for row in rows
        )
        deed.answered = "; ".join(f"{stand.course}: {stand.standing}" for stand in stands)
    return MyTraining(found, passed, deed.receipt)


def begin_exam(*, actor: Actor, now: datetime, course: Course) -> Begun:
    """Draws a paper, or goes on with the one begun. Records `exam begun`.

    1. A paper whose time is not over is gone on with. 2. One that ran out counts as failed. 3. After failing one waits.
    4. What counts for longer than the reminder is not sat again.
    Raises: Refused when one must wait; Rejected when the course is held; Unavailable.
    """
    with changing(actor, Right.LEARN, kind="exam begun", now=now, asked=f"exam {course}") as deed:
        User.objects.select_for_update().get(pk=actor.user_id)
        sitting = _open_sitting(actor.user_id, course)
        if sitting is not None and now <= sitting.ends_at:
            deed.answered = f"sitting {sitting.pk} gone on with"
        else:
            if sitting is not None:
                _close(sitting, at=sitting.ends_at, right=0, passed=False)
            _check_may_sit(actor.user_id, course, now)
            sitting = _drawn_sitting(actor.user_id, course, now)
            deed.answered = f"sitting {sitting.pk}"
        begun = sitting.pk
    return Begun(begun, deed.receipt)


def open_exam(*, actor: Actor, now: datetime, course: Course) -> Paper:
    """The paper begun, whose time may be over. Records `exam opened`. Raises: Rejected when none is begun; Refused."""
    with asking(actor, Right.LEARN, kind="exam opened", now=now, asked=f"exam {course}") as deed:
        sitting = _open_sitting(actor.user_id, course)
        if sitting is None:
            raise Rejected(Fault(FaultCode.NOT_THERE, "exam", "no exam of this course is begun", "begin it first"))
        shown = tuple(Asked(row.ask, row.choices) for row in _paper_of(sitting))
        deed.answered = f"sitting {sitting.pk}"
    return Paper(sitting.pk, course, shown, sitting.ends_at, deed.receipt)


def hand_in_exam(*, actor: Actor, now: datetime, sitting: int, answers: Mapping[int, int]) -> HandedIn:
    """Marks the actor's paper; a course passed is recorded and counts at once. Records `exam handed in`.

    `answers`: place of the question to place of the choice, both from 0.
    Raises: Rejected when there is no such paper or it was handed in before; Refused, Unavailable.
    """
    asked = f"sitting {sitting}, {len(answers)} answers"
    with changing(actor, Right.LEARN, kind="exam handed in", now=now, asked=asked) as deed:
        # One row at a time: of two hands-in at once the second finds it closed.
        row = ExamSitting.objects.select_for_update().filter(pk=sitting, user_id=actor.user_id).first()
        if row is None:
            raise Rejected(Fault(FaultCode.NOT_THERE, "exam", "there is no such paper of yours", "a paper you began"))
        if row.handed_in_at is not None:
            raise Rejected(Fault(FaultCode.TWICE, "exam", "this paper was handed in before", "each paper once"))
        course, in_time = Course(row.course), now <= row.ends_at + GRACE
        marked = mark(_paper_of(row), answers, course, in_time=in_time)
        _close(row, at=now, right=marked.right, passed=marked.passed)
        training = _record_passed(actor.user_id, course, row, _today(now)) if marked.passed else None
        deed.answered = f"{course}: {'passed' if marked.passed else 'failed'}, {marked.right} of {marked.asked}"
        again = None if marked.passed else may_sit_from(_failures(actor.user_id, course, now))
    return HandedIn(
        course,
        marked,
        in_time,
        training.pk if training else None,
        training.expires_on if training else None,
        again,
        deed.receipt,
    )


def held_courses(user_id: int) -> tuple[HeldCourse, ...]:
    """What the person ever passed. Ground: checks no right."""
    known = set(Course)
    return tuple(
        HeldCourse(Course(row.course), row.passed_on, row.expires_on)
        for row in Training.objects.filter(user_id=user_id).order_by("passed_on", "pk")
        if row.course in known
    )


def _of_mine(user_id: int, course: Course, stands: tuple[CourseStanding, ...], now: datetime) -> CourseOfMine:
    sitting = _open_sitting(user_id, course)
    standing = next((stand for stand in stands if stand.course == course), None)
    sit_from = may_sit_from(_failures(user_id, course, now))
    return CourseOfMine(
        course,
        standing,
        sitting is not None and now <= sitting.ends_at,
        sit_from if sit_from is not None and sit_from > now else None,
    )


def _check_may_sit(user_id: int, course: Course, now: datetime) -> None:
    """Raises: Refused, Rejected."""
    sit_from = may_sit_from(_failures(user_id, course, now))
    if sit_from is not None and now < sit_from:
        raise Refused(
            rule="after failing one waits before trying again",
            missing=f"the next try is possible from {sit_from.astimezone(LOCAL_ZONE):%Y-%m-%d %H:%M}",
            source="own decision: the lessons are to be read meanwhile",
        )
    counts = standing_with(course, held_courses(user_id), joined_on=None, today=_today(now))
    if counts.standing == Standing.CURRENT:
        text = f"you hold this course until {counts.until}"
        raise Rejected(Fault(FaultCode.FIELD_SET, "exam", text, "a course that is due within 60 days"))


def _failures(user_id: int, course: Course, now: datetime) -> list[datetime]:
    """When the person failed since last passing, counting papers that ran out."""
    failed: list[datetime] = []
    rows = ExamSitting.objects.filter(user_id=user_id, course=course).order_by("-begun_at", "-pk")
    for row in rows:
        if row.passed:
            break
        if row.handed_in_at is not None or now > row.ends_at:
            failed.append(row.handed_in_at or row.ends_at)
    return failed


def _drawn_sitting(user_id: int, course: Course, now: datetime) -> ExamSitting:
    last = ExamSitting.objects.filter(user_id=user_id, course=course).order_by("-begun_at", "-pk").first()
    seen = {row.number for row in _paper_of(last)} if last else set()
    paper = draw(questions(), course, seed=secrets.token_bytes(16), seen=seen)
    return ExamSitting.objects.create(
        user_id=user_id,
        course=course,
        begun_at=now,
        ends_at=now + timedelta(minutes=terms_of(course).minutes),
        paper=[asdict(row) for row in paper],
    )


def _record_passed(user_id: int, course: Course, sitting: ExamSitting, today: date) -> Training:
    """Where a coordinator recorded the same course of the same day, that record stands and now names the sitting."""
    worth = held_after(course, today)
    training, _ = Training.objects.update_or_create(
        user_id=user_id,
        course=course,
        passed_on=today,
        defaults={"sitting": sitting},
        create_defaults={"sitting": sitting, "expires_on": worth.expires_on},
    )
    return training


def _close(sitting: ExamSitting, *, at: datetime, right: int, passed: bool) -> None:
    sitting.handed_in_at, sitting.right_answers, sitting.passed = at, right, passed
    sitting.save(update_fields=["handed_in_at", "right_answers", "passed"])


def _open_sitting(user_id: int, course: Course) -> ExamSitting | None:
    return ExamSitting.objects.filter(user_id=user_id, course=course, handed_in_at__isnull=True).first()


def _paper_of(sitting: ExamSitting) -> tuple[Drawn, ...]:
    return tuple(
        Drawn(row["number"], row["subject"], row["ask"], tuple(row["choices"]), row["right_at"])
        for row in sitting.paper
    )


def _today(now: datetime) -> date:
    return now.astimezone(LOCAL_ZONE).date()
