"""When an order begins, ends and binds. All expected moments are typed from the statutes and forms by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from openclets.orders.catalogue import Policy
from openclets.orders.on_file import Service, ServiceManner
from openclets.orders.rules.court_days import court_day_after, holidays_after, judicial_holidays, years_after
from openclets.orders.rules.standing import Status, ending_of, standing_at, starting_of
from tests.rules.orders_examples import entry, on_file

Moment = tuple[int, int, int, int, int]


def utc(moment: Moment) -> datetime:
    return datetime(*moment, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expires_on", "expires_time", "ends"),
    [
        # No time: midnight at the end of the day named (form DV-130 item 4). Winter is UTC-8, summer UTC-7.
        (date(2028, 1, 15), None, (2028, 1, 16, 8, 0)),
        (date(2028, 7, 15), None, (2028, 7, 16, 7, 0)),
        (date(2028, 7, 15), time(0, 0), (2028, 7, 16, 7, 0)),
        (date(2028, 7, 15), time(23, 59), (2028, 7, 16, 7, 0)),
        (date(2028, 7, 15), time(17, 0), (2028, 7, 16, 0, 0)),
        # The day clocks go forward has 23 hours, the day they go back 25.
        (date(2026, 3, 7), None, (2026, 3, 8, 8, 0)),
        (date(2026, 3, 8), None, (2026, 3, 9, 7, 0)),
        (date(2026, 10, 31), None, (2026, 11, 1, 7, 0)),
        (date(2026, 11, 1), None, (2026, 11, 2, 8, 0)),
        # 02:30 does not exist that day: the later reading. 01:30 exists twice: the later one.
        (date(2026, 3, 8), time(2, 30), (2026, 3, 8, 10, 30)),
        (date(2026, 11, 1), time(1, 30), (2026, 11, 1, 9, 30)),
        # Year end and leap day.
        (date(2026, 12, 31), None, (2027, 1, 1, 8, 0)),
        (date(2028, 2, 29), None, (2028, 3, 1, 8, 0)),
    ],
)
def test_an_order_after_hearing_binds_to_the_end_of_the_day_on_its_face(
    expires_on: date, expires_time: time | None, ends: Moment
) -> None:
    entered = entry("OAH", date(2026, 2, 2), expires_on=expires_on, expires_time=expires_time)
    assert ending_of(entered, holidays=()).at == utc(ends)


@pytest.mark.parametrize(
    ("issued_on", "ends"),
    [
        # Fam. Code 6345: no date on the face, three years from issue; that day included.
        (date(2026, 1, 15), (2029, 1, 16, 8, 0)),
        (date(2026, 12, 31), (2030, 1, 1, 8, 0)),
        (date(2026, 7, 1), (2029, 7, 2, 7, 0)),
        # 29 February 2027 does not exist: 1 March.
        (date(2024, 2, 29), (2027, 3, 2, 8, 0)),
    ],
)
def test_an_order_after_hearing_without_a_date_lasts_three_years(issued_on: date, ends: Moment) -> None:
    assert ending_of(entry("OAH", issued_on), holidays=()).at == utc(ends)


def test_an_end_before_the_issue_counts_as_no_date_so_that_the_order_stays_answerable() -> None:
    entered = entry("OAH", date(2026, 3, 2), expires_on=date(2025, 3, 2))
    assert ending_of(entered, holidays=()).at == utc((2029, 3, 3, 8, 0))


def test_an_end_on_the_day_of_issue_before_the_hour_of_issue_counts_as_no_date() -> None:
    entered = entry("OAH", date(2026, 3, 2), issued_time=time(15), expires_on=date(2026, 3, 2), expires_time=time(9))
    assert ending_of(entered, holidays=()).at == utc((2029, 3, 3, 8, 0))


def test_a_far_date_means_no_end() -> None:
    assert ending_of(entry("OAH", expires_on=date(9999, 12, 31)), holidays=()).at is None


@pytest.mark.parametrize(
    ("issued_on", "hearing_on", "ends"),
    [
        # Fam. Code 242, form DV-110 item 4: the end of the hearing, shown through that day.
        (date(2026, 3, 2), date(2026, 3, 23), (2026, 3, 24, 7, 0)),
        (date(2026, 2, 16), date(2026, 3, 8), (2026, 3, 9, 7, 0)),
        (date(2026, 12, 14), date(2026, 12, 31), (2027, 1, 1, 8, 0)),
        # A hearing on the day of issue.
        (date(2026, 3, 2), date(2026, 3, 2), (2026, 3, 3, 8, 0)),
        # No hearing, or one before the issue: 25 days, the longest the law gives.
        (date(2026, 3, 2), None, (2026, 3, 28, 7, 0)),
        (date(2026, 3, 2), date(2026, 2, 23), (2026, 3, 28, 7, 0)),
        # Longer than the law allows: what the judge signed is shown.
        (date(2026, 3, 2), date(2026, 5, 1), (2026, 5, 2, 7, 0)),
    ],
)
def test_a_temporary_order_lapses_when_its_hearing_day_has_passed(
    issued_on: date, hearing_on: date | None, ends: Moment
) -> None:
    assert ending_of(entry("TRO", issued_on, hearing_on=hearing_on), holidays=()).at == utc(ends)


def test_a_temporary_order_with_hearing_and_end_date_ends_with_the_later() -> None:
    entered = entry("TRO", date(2026, 3, 2), hearing_on=date(2026, 3, 20), expires_on=date(2026, 3, 25))
    assert ending_of(entered, holidays=()).at == utc((2026, 3, 26, 7, 0))


@pytest.mark.parametrize(
    ("issued_on", "ends"),
    [
        # Fam. Code 6256: the earlier of close of business (17:00) on the fifth court day after issue and the end of the
        # seventh calendar day. Monday 2 March: fifth court day Monday 9 March, 17:00 in summer time.
        (date(2026, 3, 2), (2026, 3, 10, 0, 0)),
        # Friday 6 March: fifth court day Friday 13 March.
        (date(2026, 3, 6), (2026, 3, 14, 0, 0)),
        # Saturday 7 March: fifth court day Friday 13 March, before the seventh day, Saturday 14 March.
        (date(2026, 3, 7), (2026, 3, 14, 0, 0)),
        # Friday 27 March: Tuesday 31 March is a court holiday, so the fifth court day is Monday 6 April, and the
        # seventh calendar day, Friday 3 April, comes first.
        (date(2026, 3, 27), (2026, 4, 4, 7, 0)),
        # Monday 23 November: Thanksgiving and the day after are holidays; the seventh day is Monday 30 November.
        (date(2026, 11, 23), (2026, 12, 1, 8, 0)),
        # Monday 28 December: New Year's Day is a Friday; the seventh calendar day is Monday 4 January.
        (date(2026, 12, 28), (2027, 1, 5, 8, 0)),
        # Monday 2 November, the day after clocks went back: fifth court day Monday 9 November, 17:00 winter time.
        (date(2026, 11, 2), (2026, 11, 10, 1, 0)),
    ],
)
def test_an_emergency_order_ends_on_the_fifth_court_day_or_the_seventh_day(issued_on: date, ends: Moment) -> None:
    assert ending_of(entry("EPO", issued_on), holidays=holidays_after(issued_on)).at == utc(ends)


def test_an_emergency_orders_close_of_business_is_a_setting() -> None:
    at_noon = Policy(close_of_business=time(12, 0))
    end = ending_of(entry("EPO", date(2026, 3, 2)), holidays=holidays_after(date(2026, 3, 2)), policy=at_noon)
    assert end.at == utc((2026, 3, 9, 19, 0))


def test_a_county_holiday_moves_the_fifth_court_day() -> None:
    closed = frozenset({date(2026, 3, 4)})
    holidays = holidays_after(date(2026, 3, 2), further=closed)
    assert ending_of(entry("EPO", date(2026, 3, 2)), holidays=holidays).at == utc((2026, 3, 10, 7, 0))


@pytest.mark.parametrize(
    ("expires_on", "expires_time", "ends"),
    [
        # The fifth court day without a time: close of business. Any other day: its end. A time on the face: that time.
        (date(2026, 3, 9), None, (2026, 3, 10, 0, 0)),
        (date(2026, 3, 6), None, (2026, 3, 7, 8, 0)),
        (date(2026, 3, 9), time(15, 0), (2026, 3, 9, 22, 0)),
    ],
)
def test_an_emergency_order_ends_as_its_face_says(expires_on: date, expires_time: time | None, ends: Moment) -> None:
    entered = entry("EPO", date(2026, 3, 2), expires_on=expires_on, expires_time=expires_time)
    assert ending_of(entered, holidays=holidays_after(date(2026, 3, 2))).at == utc(ends)


def test_the_court_holidays_of_2026_are_the_courts_own_list() -> None:
    assert judicial_holidays(2026) == {
        date(2026, 1, 1),
        date(2026, 1, 19),
        date(2026, 2, 12),
        date(2026, 2, 16),
        date(2026, 3, 31),
        date(2026, 5, 25),
        date(2026, 6, 19),
        date(2026, 7, 3),
        date(2026, 9, 7),
        date(2026, 9, 25),
        date(2026, 11, 11),
        date(2026, 11, 26),
        date(2026, 11, 27),
        date(2026, 12, 25),
    }


def test_new_years_day_on_a_saturday_is_kept_on_the_last_day_of_the_year_before() -> None:
    assert date(2027, 12, 31) in judicial_holidays(2027)
    assert date(2028, 1, 1) not in judicial_holidays(2028)


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2024, 2, 29), 1, date(2025, 3, 1)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2025, 3, 1), 5, date(2030, 3, 1)),
        (date(2026, 12, 31), 3, date(2029, 12, 31)),
    ],
)
def test_years_are_counted_to_the_same_day(day: date, years: int, expected: date) -> None:
    assert years_after(day, years) == expected


def test_court_days_skip_weekends_and_holidays() -> None:
    assert court_day_after(date(2026, 12, 23), 3, judicial_holidays(2026)) == date(2026, 12, 29)


@pytest.mark.parametrize(
    ("issued_on", "issued_time", "starts"),
    [
        (date(2026, 3, 2), None, (2026, 3, 2, 8, 0)),
        (date(2026, 3, 2), time(14, 30), (2026, 3, 2, 22, 30)),
        # 01:30 exists twice that day: it begins at the earlier.
        (date(2026, 11, 1), time(1, 30), (2026, 11, 1, 8, 30)),
    ],
)
def test_an_order_is_effective_when_made(issued_on: date, issued_time: time | None, starts: Moment) -> None:
    assert starting_of(entry("OAH", issued_on, issued_time=issued_time)) == utc(starts)


# One order after hearing, issued 2 March 2026 and ending with 2 March 2027 (8:00 UTC on the 3rd).
ORDER = on_file(entry("OAH", date(2026, 3, 2), expires_on=date(2027, 3, 2)))
END = utc((2027, 3, 3, 8, 0))
SERVED = Service(date(2026, 3, 5), ServiceManner.IN_PERSON, "Deputy Lane", time(9, 15))
IN_JUNE = utc((2026, 6, 1, 12, 0))
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("changes", "at", "status"),
    [
        ({}, utc((2026, 3, 2, 7, 59)), Status.NOT_YET_EFFECTIVE),
        ({}, utc((2026, 3, 2, 8, 0)), Status.IN_FORCE_UNSERVED),
        ({}, END - TICK, Status.IN_FORCE_UNSERVED),
        ({}, END, Status.EXPIRED),
        ({"ends_at": None}, END, Status.IN_FORCE_UNSERVED),
        ({"services": (SERVED,)}, utc((2026, 3, 5, 17, 14)), Status.IN_FORCE_UNSERVED),
        ({"services": (SERVED,)}, utc((2026, 3, 5, 17, 15)), Status.IN_FORCE_SERVED),
        ({"services": (replace(SERVED, served_time=None),)}, utc((2026, 3, 5, 8, 0)), Status.IN_FORCE_SERVED),
        ({"services": (SERVED,)}, END, Status.EXPIRED),
        ({"terminated_at": IN_JUNE}, IN_JUNE - TICK, Status.IN_FORCE_UNSERVED),
        ({"terminated_at": IN_JUNE}, IN_JUNE, Status.TERMINATED),
        ({"terminated_at": IN_JUNE, "services": (SERVED,)}, IN_JUNE, Status.TERMINATED),
        ({"terminated_at": IN_JUNE}, END, Status.TERMINATED),
        ({"terminated_at": END + TICK}, END + TICK, Status.EXPIRED),
        ({"superseded_at": IN_JUNE, "superseded_by": "2"}, IN_JUNE, Status.SUPERSEDED),
        ({"superseded_at": IN_JUNE, "superseded_by": "2", "terminated_at": IN_JUNE}, IN_JUNE, Status.TERMINATED),
        ({"superseded_at": IN_JUNE - TICK, "superseded_by": "2", "terminated_at": IN_JUNE}, IN_JUNE, Status.SUPERSEDED),
        ({"cancelled_at": IN_JUNE}, IN_JUNE - TICK, Status.IN_FORCE_UNSERVED),
        ({"cancelled_at": IN_JUNE}, IN_JUNE, Status.CANCELLED),
        ({"cancelled_at": IN_JUNE, "terminated_at": utc((2026, 4, 1, 0, 0))}, IN_JUNE, Status.CANCELLED),
        ({"cancelled_at": IN_JUNE}, END, Status.CANCELLED),
        # Ended before it began: it never binds.
        ({"terminated_at": utc((2026, 3, 1, 0, 0))}, utc((2026, 3, 1, 12, 0)), Status.TERMINATED),
    ],
)
def test_where_an_order_stands(changes: dict[str, object], at: datetime, status: Status) -> None:
    assert standing_at(replace(ORDER, **changes), at).status is status  # type: ignore[arg-type]


def test_an_order_ended_by_the_court_is_never_shown_as_in_force() -> None:
    ended = replace(ORDER, terminated_at=IN_JUNE, services=(SERVED,))
    for hours in range(0, 24 * 400, 7):
        assert not standing_at(ended, IN_JUNE + timedelta(hours=hours)).status.binds


def test_only_an_order_in_force_binds_and_one_not_yet_effective_is_not_over() -> None:
    assert {status for status in Status if status.binds} == {Status.IN_FORCE_SERVED, Status.IN_FORCE_UNSERVED}
    assert {status for status in Status if status.is_over} == {
        Status.EXPIRED,
        Status.TERMINATED,
        Status.CANCELLED,
        Status.SUPERSEDED,
    }
