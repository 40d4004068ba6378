"""Days and times of day as people type them into court forms. Pure functions; nothing is guessed silently."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from openclets.vocabulary.persons import EARLIEST_BIRTH_YEAR

OLDEST_YEARS: Final = 110
"""An age beyond this is not believed when a two-digit year is completed. Own decision."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was made of something typed: the value (empty when it cannot be read) and a doubt to be shown with it.

    A doubt without a value says why nothing is pre-filled."""

    value: str
    doubt: str = ""


_NUMBERS: Final = re.compile(r"(\d{1,4})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{1,4})")
_MONTH_FIRST: Final = re.compile(r"([a-z]{3,9})\.? *(\d{1,2})(?:st|nd|rd|th)?,? *'?(\d{4}|\d{2})")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: day)?(?: of)?[ -]*([a-z]{3,9})\.?,?[ -]*'?(\d{4}|\d{2})")
_DIGITS: Final = re.compile(r"\d{8}")


def read_date(text: str, today: date) -> Typed:
    """A day the court writes: `YYYY-MM-DD`. A two-digit year is of this century, with a doubt."""
    return _read_day(text, lambda year: [2000 + year])


def read_birth_date(text: str, today: date) -> Typed:
    """A birth date: a two-digit year only where one century makes a living person, and with a doubt all the same."""

    def centuries(year: int) -> list[int]:
        return [full for full in (1900 + year, 2000 + year) if today.year - OLDEST_YEARS <= full <= today.year]

    typed = _read_day(text, centuries)
    if typed.value and (day := date.fromisoformat(typed.value)) and (day > today or day.year < EARLIEST_BIRTH_YEAR):
        return Typed("", f"'{text}' cannot be a birth date")
    return typed


def read_age_from_birth_date(text: str, today: date) -> Typed:
    """Full years of age on `today`."""
    born = read_birth_date(text, today)
    if not born.value:
        return born
    day = date.fromisoformat(born.value)
    years = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
    return Typed(str(years), born.doubt)


def _read_day(text: str, centuries: Callable[[int], list[int]]) -> Typed:
    parts = _day_parts(text)
    if parts is None:
        return Typed("", f"'{text}' cannot be read as a date")
    year_text, month, day, doubt = parts
    if len(year_text) == 2:
        full_years = centuries(int(year_text))
        if len(full_years) != 1:
            return Typed("", f"'{text}' has a year of two digits: the century is not clear")
        year = full_years[0]
        doubt = f"'{text}' has a year of two digits, read as {year}"
    else:
        year = int(year_text)
    try:
        found = date(year, month, day)
    except ValueError:
        return Typed("", f"there is no such day as '{text}'")
    if not EARLIEST_BIRTH_YEAR <= found.year <= 2200:
        return Typed("", f"'{text}' has a year that cannot be meant")
    return Typed(found.isoformat(), doubt)


def _day_parts(text: str) -> tuple[str, int, int, str] | None:
    """Year as typed, month, day, and a doubt. Months come first, as in this country, unless that cannot be."""
    plain = re.sub(r"^(mon|tues|wednes|thurs|fri|satur|sun)day,? +", "", text.lower().strip(" .,"))
    if _DIGITS.fullmatch(plain):
        if plain[:2] in {"18", "19", "20", "21"}:
            return plain[:4], int(plain[4:6]), int(plain[6:]), ""
        return plain[4:], int(plain[:2]), int(plain[2:4]), ""
    if found := _NUMBERS.fullmatch(plain):
        first, second, third = found.groups()
        if len(first) == 4:
            return first, int(second), int(third), ""
        if len(first) > 2 or len(third) not in {2, 4}:
            return None
        if int(first) > 12 >= int(second):
            return third, int(second), int(first), f"'{text}' is read with the day first"
        return third, int(first), int(second), ""
    if (found := _MONTH_FIRST.fullmatch(plain)) and (month := _month(found[1])):
        return found[3], month, int(found[2]), ""
    if (found := _DAY_FIRST.fullmatch(plain)) and (month := _month(found[2])):
        return found[3], month, int(found[1]), ""
    return None


_LONG_MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


def _month(word: str) -> int:
    """1 to 12; 0 for a word that is no month. `Sept` is one."""
    for number, name in enumerate(_LONG_MONTHS, start=1):
        if len(word) >= 3 and name.startswith(word):
            return number
    return 0


_CLOCK: Final = re.compile(r"(\d{1,2})(?:[:.](\d{2}))? *(am|pm|noon|midnight)?")
_FOUR_DIGITS: Final = re.compile(r"(\d{2})(\d{2})(?: *h(?:rs?|ours)?)?")


def read_time(text: str, *, am: bool, pm: bool, midnight: bool) -> Typed:
    """A time of day as `HH:MM` from what was typed and which boxes are ticked.

    Midnight as an end is the end of that day, which an entry says by leaving the time empty (DV-130 item 4). Half of
    the day is never guessed: without a.m. or p.m. only a time that can mean nothing else is read.
    """
    plain = text.lower().replace("a.m.", "am").replace("p.m.", "pm").replace("a.m", "am").replace("p.m", "pm")
    if am + pm + midnight > 1:
        return Typed("", "more than one of a.m., p.m. and midnight is ticked")
    if midnight or plain in {"midnight", "12 midnight", "12:00 midnight", "24:00", "2400"}:
        is_only_midnight = plain in {"", "midnight", "12", "12:00", "12 midnight", "12:00 midnight", "24:00", "2400"}
        if not is_only_midnight or am or pm:
            return Typed("", f"midnight is ticked or written beside '{text}'")
        return Typed("")
    if not plain:
        return Typed("", "a.m. or p.m. is ticked without a time") if am or pm else Typed("")
    if plain in {"noon", "12 noon", "12:00 noon"}:
        return Typed("", f"a.m. is ticked beside '{text}'") if am else Typed("12:00")
    if found := _FOUR_DIGITS.fullmatch(plain):
        return _clock(text, int(found[1]), int(found[2]), "am" * am + "pm" * pm, is_full_day=True)
    found = _CLOCK.fullmatch(plain)
    if not found:
        return Typed("", f"'{text}' cannot be read as a time")
    ticked = "am" * am + "pm" * pm
    written = found[3] or ""
    if ticked and written and ticked != written:
        return Typed("", f"'{text}' does not agree with the box that is ticked")
    return _clock(text, int(found[1]), int(found[2] or 0), written or ticked, is_full_day=False)


def _clock(text: str, hour: int, minute: int, half: str, *, is_full_day: bool) -> Typed:
    if hour > 23 or minute > 59:
        return Typed("", f"'{text}' is not a time of day")
    if half and (hour == 0 or (hour > 12 and half == "am")):
        return Typed("", f"'{text}' does not agree with a.m. or p.m.")
    if hour == 12 and half == "am":
        return Typed("", f"'{text}' in the morning may mean the beginning or the end of the day")
    if half == "pm" and hour < 12:
        hour += 12
    elif not half and not is_full_day and 1 <= hour <= 12:
        return Typed("", f"'{text}' does not say whether a.m. or p.m.")
    return Typed(time(hour, minute).strftime("%H:%M"))
