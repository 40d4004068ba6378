"""Days as typed: any day, one that has come, an end that may be none, a day with a time of day."""

from __future__ import annotations

import re
from datetime import date

from openclets.vocabulary.checked import Checked, quoted, raised, wrong
from openclets.vocabulary.faults import FaultCode

NO_EXPIRY = "NONEXP"
"""Stands for the end of an order that has none. Source: NCIC field EXP."""

_DAY = re.compile(r"[0-9]{8}|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3])[0-5][0-9]")


def read_day(
    text: str, *, field: str, accepted: str = "a real day as CCYYMMDD", code: FaultCode = FaultCode.VALUE
) -> date:
    """The day in `text`, `CCYYMMDD` or `CCYY-MM-DD`. Raises: Rejected with the number `code`."""
    if not _DAY.fullmatch(text):
        raise wrong(field, f"{quoted(text)} is not a date", accepted, code=code)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise wrong(field, f"there is no such day as {text}", accepted, code=code) from None


def written_day(day: date) -> str:
    """The day as `CCYYMMDD`."""
    return day.isoformat().replace("-", "")


def parse_day(text: str, *, field: str) -> Checked:
    """A day as `CCYYMMDD`. Raises: Rejected (32)."""
    return Checked(written_day(read_day(text, field=field)))


def parse_past_day(text: str, *, today: date, field: str) -> Checked:
    """A day that is not after `today`. Raises: Rejected (32)."""
    accepted = "a real day as CCYYMMDD, not after today"
    day = read_day(text, field=field, accepted=accepted)
    if day > today:
        raise wrong(field, f"{quoted(text)} has not come yet", accepted)
    return Checked(written_day(day))


def parse_expiry(text: str, *, field: str = "EXP") -> Checked:
    """The last day of an order, or NONEXP. Raises: Rejected (32)."""
    if raised(text) == NO_EXPIRY:
        return Checked(NO_EXPIRY)
    return Checked(written_day(read_day(text, field=field, accepted=f"a real day as CCYYMMDD, or {NO_EXPIRY}")))


def parse_moment(text: str, *, field: str) -> Checked:
    """A day, or a day and a time of day: `20261122@0930`. Raises: Rejected (32). Source: Nlets NLQ."""
    accepted = "CCYYMMDD or CCYYMMDD@HHMM, such as 20261122@0930"
    typed_day, at, time = text.partition("@")
    day = written_day(read_day(typed_day, field=field, accepted=accepted))
    if not at:
        return Checked(day)
    if not _TIME.fullmatch(time):
        raise wrong(field, f"{quoted(time)} is no time", accepted)
    return Checked(f"{day}@{time}")
