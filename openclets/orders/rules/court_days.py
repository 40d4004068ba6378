"""Counting days as the law counts them: court days, years, and the moments at which local days begin and end."""

from __future__ import annotations

from collections.abc import Container
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MONDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = 0, 3, 4, 5, 6

_FIXED_HOLIDAYS = ((1, 1), (2, 12), (3, 31), (6, 19), (7, 4), (11, 11), (12, 25))
_WEEKDAY_HOLIDAYS = ((1, MONDAY, 3), (2, MONDAY, 3), (9, MONDAY, 1), (9, FRIDAY, 4), (11, THURSDAY, 4))
"""Month, weekday, which one in the month. Source of both: Code Civ. Proc. 135 (background knowledge, check yearly)."""


def judicial_holidays(year: int) -> frozenset[date]:
    """The weekdays of a year on which the courts of California are closed.

    A fixed day that falls on a Saturday is kept on the Friday before, on a Sunday the Monday after; the first of
    January may so be kept on the last day of the year before, which is in that year's set.
    Source: Code Civ. Proc. 135 (background knowledge).
    """
    days = {_kept(date(year, month, day)) for month, day in _FIXED_HOLIDAYS}
    days |= {_nth_weekday(year, month, weekday, nth) for month, weekday, nth in _WEEKDAY_HOLIDAYS}
    memorial_day = date(year, 5, 31) - timedelta(days=(date(year, 5, 31).weekday() - MONDAY) % 7)
    after_thanksgiving = _nth_weekday(year, 11, THURSDAY, 4) + timedelta(days=1)
    if year < date.max.year:
        days.add(_kept(date(year + 1, 1, 1)))
    return frozenset(day for day in days | {memorial_day, after_thanksgiving} if day.year == year)


def holidays_after(day: date, *, further: frozenset[date] = frozenset()) -> frozenset[date]:
    """The court holidays of the year of `day` and of the next, and `further` ones: enough to count some days on."""
    next_year = min(day.year + 1, date.max.year)
    return judicial_holidays(day.year) | judicial_holidays(next_year) | further


def is_court_day(day: date, holidays: Container[date]) -> bool:
    """Whether the courts are open: no weekend, no holiday."""
    return day.weekday() not in (SATURDAY, SUNDAY) and day not in holidays


def court_day_after(day: date, count: int, holidays: Container[date]) -> date:
    """The `count`-th court day after `day`; `day` itself is not counted. Source: Code Civ. Proc. 12."""
    while count > 0:
        day += timedelta(days=1)
        if is_court_day(day, holidays):
            count -= 1
    return day


def years_after(day: date, years: int) -> date:
    """The same day `years` later. From 29 February it is 1 March where there is no such day.

    Own decision: of the two readings the later one, so that nobody is without protection for a day.
    """
    year = min(day.year + years, date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def moment(day: date, at: time, zone: ZoneInfo, *, latest: bool) -> datetime:
    """A local day and time as a moment in UTC.

    When clocks change a local time can be two moments or none; `latest` takes the later reading, otherwise the earlier.
    Own decision: an order begins at the earlier and ends at the later.
    """
    readings = [datetime.combine(day, at, tzinfo=zone).replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    return max(readings) if latest else min(readings)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a local day, in UTC."""
    return moment(day, time(0), zone, latest=False)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The first moment after a local day, in UTC: the open end of the day."""
    return start_of_day(day + timedelta(days=1), zone)


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The local day a moment falls on."""
    return at.astimezone(zone).date()


def _kept(day: date) -> date:
    if day.weekday() == SATURDAY:
        return day - timedelta(days=1)
    return day + timedelta(days=1) if day.weekday() == SUNDAY else day


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
