"""Heights, weights and years as typed: one spelling each."""

from __future__ import annotations

import re
from datetime import date

from openclets.vocabulary.checked import OWN, Checked, plain_capitals, quoted, wrong

LIGHTEST_POUNDS = 50
HEAVIEST_POUNDS = 499
"""Source: NCIC weight edit, 050 to 499, which stands for more as well (general knowledge)."""

EARLIEST_VEHICLE_YEAR = 1880

NEVER_EXPIRES = "NX"
"""Stands for the year of a plate or licence that does not expire. Source: NCIC license fields (general knowledge)."""

_HEIGHT_ACCEPTED = "feet and two digits of inches, 400 to 711, such as 511; also 5'11\" and 5 11"
_DIGITS_HEIGHT = re.compile(r"([4-7])(0[0-9]|1[01])")
_SPOKEN_HEIGHT = re.compile(r"([4-7]) ?(?:'|-| |FT\.?|FEET) ?(?:(0?[0-9]|1[01]) ?(?:\"|''|IN\.?|INCHES)?)?")
_WEIGHT = re.compile(r"([0-9]{2,3}) ?(?:LBS?\.?|POUNDS)?")
_YEAR = re.compile(r"[0-9]{4}")


def parse_height(text: str, *, field: str = "HGT") -> Checked:
    """A height as three digits, feet and inches: `511`. Raises: Rejected (14, 32). Source: NCIC height edit."""
    value = plain_capitals(text, field=field, accepted=_HEIGHT_ACCEPTED)
    match = _DIGITS_HEIGHT.fullmatch(value) or _SPOKEN_HEIGHT.fullmatch(value)
    if not match:
        raise wrong(field, f"{quoted(value)} is not a height", _HEIGHT_ACCEPTED)
    return Checked(f"{match[1]}{int(match[2] or 0):02d}")


def parse_weight(text: str, *, field: str = "WGT") -> Checked:
    """A weight in whole pounds, three digits: `095`; more than 499 becomes 499, with a warning.

    Raises: Rejected (14, 32).
    """
    accepted = f"whole pounds, {LIGHTEST_POUNDS} to {HEAVIEST_POUNDS}, such as 185"
    value = plain_capitals(text, field=field, accepted=accepted)
    match = _WEIGHT.fullmatch(value)
    if not match or int(match[1]) < LIGHTEST_POUNDS:
        raise wrong(field, f"{quoted(value)} is not a weight", accepted)
    pounds = int(match[1])
    if pounds > HEAVIEST_POUNDS:
        return Checked(str(HEAVIEST_POUNDS), (f"{pounds} pounds: {HEAVIEST_POUNDS} stands for that and more",))
    return Checked(f"{pounds:03d}")


def parse_vehicle_year(text: str, *, today: date, field: str = "VYR") -> Checked:
    """A model year of four digits. One far off is taken with a warning. Raises: Rejected (14, 32)."""
    value = _year(text, field=field, accepted="four digits, such as 2019")
    if not EARLIEST_VEHICLE_YEAR <= int(value) <= today.year + 2:
        return Checked(value, (f"{field}: {value} is an unlikely model year ({OWN})",))
    return Checked(value)


def parse_expiry_year(text: str, *, field: str) -> Checked:
    """The year a plate or licence expires, or `NX`. Raises: Rejected (14, 32)."""
    accepted = f"four digits, or {NEVER_EXPIRES} for one that does not expire"
    if text.strip().upper() == NEVER_EXPIRES:
        return Checked(NEVER_EXPIRES)
    return Checked(_year(text, field=field, accepted=accepted))


def _year(text: str, *, field: str, accepted: str) -> str:
    value = plain_capitals(text, field=field, accepted=accepted)
    if not _YEAR.fullmatch(value):
        raise wrong(field, f"{quoted(value)} is not a year", accepted)
    return value
