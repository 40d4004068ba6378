"""Courses and their exam: who needs which, what is drawn, what passes, when one may try again."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from openclets.agencies.exam.bank import course_of_letter, lesson_on, lessons, questions
from openclets.agencies.exam.rules import (
    COURSES,
    CourseStanding,
    Drawn,
    HeldCourse,
    Standing,
    courses_needed,
    covers,
    draw,
    held_after,
    mark,
    may_sit_from,
    months_after,
    standings,
    terms_of,
)
from openclets.agencies.permissions import Course, Duty

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("duties", "needed"),
    [
        ({Duty.OFFICER}, (Course.INQUIRY, Course.SECURITY)),
        ({Duty.JUDGE}, (Course.INQUIRY, Course.SECURITY)),
        ({Duty.AUDITOR}, (Course.INQUIRY, Course.SECURITY)),
        ({Duty.CLERK}, (Course.FULL, Course.SECURITY)),
        ({Duty.RECORDS}, (Course.FULL, Course.SECURITY)),
        ({Duty.COORDINATOR}, (Course.FULL, Course.SECURITY)),
        ({Duty.OFFICER, Duty.RECORDS}, (Course.FULL, Course.SECURITY)),
    ],
)
def test_who_enters_records_needs_the_full_course_and_everybody_security_awareness(
    duties: set[Duty], needed: tuple[Course, ...]
) -> None:
    assert courses_needed(duties) == needed


def test_full_access_covers_inquiry_and_nothing_covers_security_awareness() -> None:
    enough = {(held, needed) for held in Course for needed in Course if covers(held, needed)}
    assert enough == {
        (Course.FULL, Course.FULL),
        (Course.INQUIRY, Course.INQUIRY),
        (Course.SECURITY, Course.SECURITY),
        (Course.FULL, Course.INQUIRY),
    }


@pytest.mark.parametrize(
    ("course", "until"),
    [
        (Course.FULL, date(2028, 11, 22)),
        (Course.INQUIRY, date(2028, 11, 22)),
        (Course.SECURITY, date(2027, 11, 22)),
    ],
)
def test_the_system_course_holds_two_years_and_security_awareness_one(course: Course, until: date) -> None:
    assert held_after(course, TODAY) == HeldCourse(course, TODAY, until)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 8, 31), 6, date(2027, 3, 1)),
        (date(2028, 2, 29), 12, date(2029, 3, 1)),
        (date(2028, 2, 29), 24, date(2030, 3, 1)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
        (date(2026, 11, 22), 1, date(2026, 12, 22)),
        (date(2026, 12, 31), 2, date(2027, 3, 1)),
    ],
)
def test_a_month_without_that_day_ends_on_the_first_of_the_next(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ([], CourseStanding(Course.INQUIRY, Standing.MISSING, None, date(2027, 3, 1))),
        (
            [HeldCourse(Course.INQUIRY, date(2024, 3, 1), date(2026, 3, 1))],
            CourseStanding(Course.INQUIRY, Standing.LAPSED, date(2026, 3, 1), date(2026, 3, 1)),
        ),
        (
            [HeldCourse(Course.INQUIRY, date(2024, 11, 22), date(2026, 11, 22))],
            CourseStanding(Course.INQUIRY, Standing.LAPSED, date(2026, 11, 22), date(2026, 11, 22)),
        ),
        (
            [HeldCourse(Course.FULL, date(2024, 11, 23), date(2026, 11, 23))],
            CourseStanding(Course.INQUIRY, Standing.DUE_SOON, date(2026, 11, 23), date(2026, 11, 23)),
        ),
        (
            [HeldCourse(Course.INQUIRY, date(2025, 1, 21), date(2027, 1, 21))],
            CourseStanding(Course.INQUIRY, Standing.DUE_SOON, date(2027, 1, 21), date(2027, 1, 21)),
        ),
        (
            [HeldCourse(Course.INQUIRY, date(2025, 1, 22), date(2027, 1, 22))],
            CourseStanding(Course.INQUIRY, Standing.CURRENT, date(2027, 1, 22), date(2027, 1, 22)),
        ),
        (
            [HeldCourse(Course.SECURITY, date(2026, 11, 1), date(2027, 11, 1))],
            CourseStanding(Course.INQUIRY, Standing.MISSING, None, date(2027, 3, 1)),
        ),
    ],
)
def test_how_an_officer_who_joined_in_september_stands_with_the_inquiry_course(
    held: list[HeldCourse], expected: CourseStanding
) -> None:
    found = standings({Duty.OFFICER}, held, joined_on=date(2026, 9, 1), today=TODAY)
    assert found[0] == expected


def test_security_awareness_is_due_on_the_day_of_joining() -> None:
    found = standings({Duty.OFFICER}, [], joined_on=date(2026, 9, 1), today=TODAY)
    assert found[1] == CourseStanding(Course.SECURITY, Standing.MISSING, None, date(2026, 9, 1))


@pytest.mark.parametrize(("course", "asked"), [(Course.FULL, 25), (Course.INQUIRY, 20), (Course.SECURITY, 10)])
def test_a_paper_has_its_number_of_different_questions_and_one_of_every_subject(course: Course, asked: int) -> None:
    for seed in (b"first", b"second", b"third"):
        paper = draw(questions(), course, seed=seed)
        assert len({row.number for row in paper}) == asked
        assert {row.subject for row in paper} == {row.subject for row in lessons() if course in row.courses}


def test_the_seed_alone_decides_the_paper() -> None:
    assert draw(questions(), Course.FULL, seed=b"one") == draw(questions(), Course.FULL, seed=b"one")
    assert draw(questions(), Course.FULL, seed=b"one") != draw(questions(), Course.FULL, seed=b"two")


def test_what_was_asked_last_time_is_asked_again_only_where_its_subject_has_nothing_else() -> None:
    first = draw(questions(), Course.INQUIRY, seed=b"first")
    again = draw(questions(), Course.INQUIRY, seed=b"second", seen={row.number for row in first})
    assert {row.number for row in first} & {row.number for row in again} == set()


def test_the_right_choice_is_found_at_every_place() -> None:
    places = Counter(
        row.right_at for number in range(40) for row in draw(questions(), Course.FULL, seed=number.to_bytes(2, "big"))
    )
    assert set(places) == {0, 1, 2, 3}
    assert min(places.values()) > 150


def test_the_choice_counted_right_is_the_banks_right_answer() -> None:
    right = {row.number: row.right for row in questions()}
    paper = draw(questions(), Course.FULL, seed=b"any")
    assert [row.choices[row.right_at] for row in paper] == [right[row.number] for row in paper]


def test_a_bank_that_is_too_small_is_told_and_not_stretched() -> None:
    with pytest.raises(ValueError, match="cannot give 10 questions"):
        draw(questions()[:5], Course.SECURITY, seed=b"any")


PAPER = tuple(Drawn(f"n{place}", "even" if place % 2 else "odd", "?", ("a", "b"), 1) for place in range(10))


@pytest.mark.parametrize(("right", "passed"), [(0, False), (7, False), (8, True), (10, True)])
def test_eight_of_ten_pass_security_awareness(right: int, passed: bool) -> None:
    answers = {place: 1 if place < right else 0 for place in range(10)}
    marked = mark(PAPER, answers, Course.SECURITY, in_time=True)
    assert (marked.right, marked.asked, marked.passed) == (right, 10, passed)


def test_what_is_not_answered_is_not_right_and_its_subject_is_to_be_read_again() -> None:
    answers = {place: 1 for place in range(10) if place != 3}
    marked = mark(PAPER, answers, Course.SECURITY, in_time=True)
    assert (marked.right, marked.read_again) == (9, ("even",))


def test_a_paper_handed_in_too_late_has_nothing_right() -> None:
    marked = mark(PAPER, dict.fromkeys(range(10), 1), Course.SECURITY, in_time=False)
    assert (marked.right, marked.passed) == (0, False)


@pytest.mark.parametrize(("course", "needed", "asked"), [("full", 20, 25), ("inquiry", 16, 20), ("security", 8, 10)])
def test_the_passing_mark_is_four_fifths(course: str, needed: int, asked: int) -> None:
    found = course_of_letter(course)
    assert found is not None
    assert (terms_of(found).right_needed, terms_of(found).questions) == (needed, asked)


@pytest.mark.parametrize(
    ("failures", "wait"),
    [(0, None), (1, timedelta(days=1)), (2, timedelta(days=1)), (3, timedelta(days=7)), (5, timedelta(days=7))],
)
def test_after_failing_one_waits_a_day_and_from_the_third_time_a_week(failures: int, wait: timedelta | None) -> None:
    failed_at = [NOON - timedelta(days=place) for place in range(failures)]
    assert may_sit_from(failed_at) == (None if wait is None else NOON + wait)


def test_the_bank_has_its_size_and_every_question_a_source_and_four_different_choices() -> None:
    bank = questions()
    assert len(bank) == 69
    assert len({row.number for row in bank}) == 69
    assert len({row.ask for row in bank}) == 69
    assert [row.number for row in bank if not row.source or len({row.right, *row.wrong}) != 4] == []


def test_every_question_belongs_to_a_lesson_and_every_lesson_has_enough_for_another_try() -> None:
    asked = Counter(row.subject for row in questions())
    assert set(asked) == {row.subject for row in lessons()}
    assert [subject for subject, many in asked.items() if many < 4] == []


def test_no_right_answer_stands_out_by_its_length() -> None:
    standing_out = [row.number for row in questions() if len(row.right) > max(map(len, row.wrong)) * 1.5]
    assert standing_out == []


def test_every_lesson_names_its_source_and_is_found_by_its_subject() -> None:
    assert [row.subject for row in lessons() if not row.source or not row.text] == []
    lesson = lesson_on("penalties")
    assert lesson is not None
    assert lesson.title == "What misuse costs"
    assert lesson_on("nothing") is None


def test_every_course_names_its_source() -> None:
    assert [row.letter for row in COURSES if not row.source] == []
    assert course_of_letter("other") is None
