"""How people join, stay and leave: vettings, statements, reviews, accounts nobody uses."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from openclets.agencies.membership.rules import (
    STATEMENT,
    Screening,
    cleared_on,
    is_unused,
    review_due_on,
    screening_faults,
    statement_until,
)

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
OCTOBER, NOVEMBER = date(2026, 10, 5), date(2026, 11, 4)


@pytest.mark.parametrize(
    ("found", "faults"),
    [
        (Screening(OCTOBER, NOVEMBER, is_clear=True, has_felony=False), []),
        (Screening(OCTOBER, NOVEMBER, is_clear=False, has_felony=True), []),
        (Screening(OCTOBER, NOVEMBER, is_clear=False, has_felony=False), []),
        (
            Screening(OCTOBER, date(2026, 11, 23), is_clear=True, has_felony=False),
            [("background_on", "this day has not come yet")],
        ),
        (
            Screening(date(2026, 11, 23), NOVEMBER, is_clear=True, has_felony=True),
            [
                ("fingerprinted_on", "this day has not come yet"),
                ("is_clear", "a felony conviction is not clear: the review decides"),
            ],
        ),
    ],
)
def test_a_vetting_has_days_that_have_come_and_a_felony_is_never_simply_clear(
    found: Screening, faults: list[tuple[str, str]]
) -> None:
    assert [(fault.field, fault.text) for fault in screening_faults(found, today=TODAY)] == faults


def test_a_clear_vetting_counts_from_its_later_result() -> None:
    assert cleared_on(Screening(OCTOBER, NOVEMBER, is_clear=True, has_felony=False)) == NOVEMBER
    assert cleared_on(Screening(NOVEMBER, OCTOBER, is_clear=True, has_felony=False)) == NOVEMBER


@pytest.mark.parametrize(("signed_on", "until"), [(TODAY, date(2027, 11, 22)), (date(2028, 2, 29), date(2029, 3, 1))])
def test_a_statement_counts_a_year(signed_on: date, until: date) -> None:
    assert statement_until(signed_on) == until


@pytest.mark.parametrize(
    ("granted_on", "reviewed_on", "due_on"),
    [
        (date(2025, 3, 1), None, date(2026, 3, 1)),
        (date(2020, 3, 1), date(2026, 2, 1), date(2027, 2, 1)),
    ],
)
def test_a_privilege_is_looked_at_again_after_a_year(granted_on: date, reviewed_on: date | None, due_on: date) -> None:
    assert review_due_on(granted_on, reviewed_on) == due_on


@pytest.mark.parametrize(
    ("ago", "unused"),
    [(timedelta(days=89, hours=23), False), (timedelta(days=90), True), (timedelta(days=400), True)],
)
def test_an_account_is_unused_after_ninety_days(ago: timedelta, unused: bool) -> None:
    assert is_unused(NOW - ago, now=NOW) is unused


def test_the_statement_cites_the_penalties() -> None:
    whole = " ".join(STATEMENT)
    for statute in ("Pen. Code 502", "11141-11143", "13302-13304"):
        assert statute in whole
