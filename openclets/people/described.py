"""A person as asked or as recorded, folded and coded once, ready to be compared."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final, NamedTuple

from openclets.people.fold import Given, Surname, given, surname
from openclets.vocabulary.persons import PersonName

NO_NUMBERS: Final = frozenset[str]()


class Described(NamedTuple):
    """A person as asked or as recorded, ready to be compared. `born_from`/`born_to` (both included) only where there is
    an age instead of a birth date."""

    name: PersonName
    family: Surname | None
    others: Given
    birth_date: date | None
    born_from: date | None
    born_to: date | None
    age: int | None
    sex: str
    race: str
    numbers: frozenset[str]
    address: str


def describe(
    name: PersonName,
    birth_date: date | None = None,
    *,
    age: int | None = None,
    age_as_of: date | None = None,
    sex: str = "",
    race: str = "",
    numbers: Collection[str] = (),
    address: str = "",
) -> Described:
    """The person, folded and coded. An age counts only without a birth date and with its day. `numbers`: as
    `numbers.texts` has them."""
    born_from = born_to = None
    if birth_date is None and age is not None and age_as_of is not None:
        born_to = _years_before(age_as_of, age)
        born_from = _years_before(age_as_of, age + 1) + timedelta(days=1)
    return Described(
        name=name,
        family=surname(name.surname),
        others=given(name.given, name.middle),
        birth_date=birth_date,
        born_from=born_from,
        born_to=born_to,
        age=age if born_to else None,
        sex=sex,
        race=race,
        numbers=frozenset(numbers) if numbers else NO_NUMBERS,
        address=address,
    )


def with_names_exchanged(asked: Described) -> Described:
    """The same person with surname and given name in each other's place; a single name becomes the given name."""
    return asked._replace(
        family=surname(asked.name.given),
        others=given(asked.name.surname, asked.name.middle if asked.name.given else ""),
    )


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
