"""The published rules by which a national index finds a person, as a table, and whether a record meets one.

They are sets, not scores: a record meets the rule or does not. Kept beside the ranked answer so that what another
system shows can be checked. Sources: [TIME] the public training text of Wisconsin's TIME system on NCIC person files;
[III] the public description of the Interstate Identification Index; [own] where these are silent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from openclets.people.fold import given
from openclets.people.sounds import PhoneticCode, strict_sounds
from openclets.vocabulary.persons import PersonName


class RaceRule(StrEnum):
    CLASSES = "classes"
    ABSOLUTE = "absolute"


@dataclass(frozen=True, slots=True)
class StrictRule:
    """One published rule. Years either way are of the birth date with month and day unchanged; the expanded ones hold
    only where the asker sets the flag. `numbers_alone`: with a number, nothing else is looked at."""

    name: str
    surname_code: PhoneticCode
    years_either_way: int
    expanded_years_either_way: int
    expanded_exchanges_day_and_month: bool
    race: RaceRule
    given_names_must_fit: bool
    numbers_alone: bool
    source: str


RULES: Final = {
    rule.name: rule
    for rule in (
        StrictRule(
            name="national",
            surname_code=PhoneticCode.NYSIIS,
            years_either_way=0,
            expanded_years_either_way=1,
            expanded_exchanges_day_and_month=True,
            race=RaceRule.CLASSES,
            given_names_must_fit=True,
            numbers_alone=True,
            source="[TIME]; day and month, given names: [own]",
        ),
        StrictRule(
            name="history",
            surname_code=PhoneticCode.SOUNDEX,
            years_either_way=3,
            expanded_years_either_way=3,
            expanded_exchanges_day_and_month=False,
            race=RaceRule.ABSOLUTE,
            given_names_must_fit=True,
            numbers_alone=True,
            source="[III]; given names by initial: [own]",
        ),
    )
}

NATIONAL: Final = RULES["national"]
HISTORY: Final = RULES["history"]

NOT_FOUND_BY_RACE: Final = {"B": frozenset("W"), "W": frozenset("B")}
"""Asked race: recorded races that are left out. Every other race asked (A, I, U, none) leaves out nobody. Source:
[TIME]."""


def birth_dates_meant(asked: date, rule: StrictRule, *, expanded: bool) -> tuple[date, ...]:
    """The recorded birth dates that meet the asked one, the asked one first. A 29 February has no neighbour years
    but leap years."""
    years = rule.expanded_years_either_way if expanded else rule.years_either_way
    meant = [asked, *_in_other_years(asked, years)]
    if expanded and rule.expanded_exchanges_day_and_month and asked.day <= 12:
        meant.append(date(asked.year, asked.day, asked.month))
    return tuple(dict.fromkeys(meant))


def surname_meets(asked: str, recorded: str, rule: StrictRule) -> bool:
    """Whether the surnames sound alike: the whole, or a half of a hyphenated one."""
    return not set(strict_sounds(asked, rule.surname_code)).isdisjoint(strict_sounds(recorded, rule.surname_code))


def given_name_meets(asked: PersonName, recorded: PersonName) -> bool:
    """Whether the given names have one initial, or may be nicknames of each other; a missing one meets every one."""
    one, other = given(asked.given, "").first, given(recorded.given, "").first
    if one is None or other is None or one.letters[0] == other.letters[0]:
        return True
    return not set(one.groups).isdisjoint(other.groups)


def sex_meets(asked: str, recorded: str) -> bool:
    """Unknown meets everybody; what is neither M nor F counts as unknown. Source: [TIME], [III]; X: [own]."""
    return asked not in ("M", "F") or recorded not in ("M", "F") or asked == recorded


def race_meets(asked: str, recorded: str, rule: StrictRule) -> bool:
    """Whether a record of this race may be shown. Absolute: the same, and U meets everybody."""
    if not asked or not recorded:
        return True
    if rule.race is RaceRule.ABSOLUTE:
        return asked == recorded or "U" in (asked, recorded)
    return recorded not in NOT_FOUND_BY_RACE.get(asked, frozenset())


def _in_other_years(day: date, years: int) -> Iterable[date]:
    for apart in range(1, years + 1):
        for year in (day.year - apart, day.year + apart):
            try:
                yield day.replace(year=year)
            except ValueError:
                continue
