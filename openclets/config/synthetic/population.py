"""Synthetic people in households. Names are drawn from Faker's lists with their published shares where it has them.

Every draw goes through one `random.Random`, so that one seed always gives the same county.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from faker.providers.person import en_IN, en_US, es_MX, vi_VN

from openclets.vocabulary.persons import PersonName


@dataclass(frozen=True, slots=True)
class Resident:
    """One synthetic person. `sex` M, F or X; `height` feet and inches as three digits; codes as in the code tables."""

    number: int
    household: int
    name: PersonName
    sex: str
    race: str
    birth_date: date
    height: str
    weight_pounds: int
    hair: str
    eyes: str
    address: str

    def age_on(self, day: date) -> int:
        """Whole years on that day."""
        had_birthday = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - (0 if had_birthday else 1)


@dataclass(frozen=True, slots=True)
class _NameLists:
    """Names of one origin and how many of a thousand households have it. Shares: own decision, roughly California's."""

    per_thousand: int
    surnames: _Weighted
    male: _Weighted
    female: _Weighted
    races: tuple[str, ...]
    doubles_surname: bool = False


class _Weighted:
    """Names with their shares; equal shares where a list has none."""

    def __init__(self, names: Sequence[str] | dict[str, float]) -> None:
        shares = names if isinstance(names, dict) else dict.fromkeys(names, 1.0)
        self._names = [name.upper() for name in shares]
        self._sums = list(accumulate(shares.values()))

    def draw(self, rng: random.Random) -> str:
        return rng.choices(self._names, cum_weights=self._sums)[0]


def _lists(provider: type, per_thousand: int, races: tuple[str, ...], *, doubles_surname: bool = False) -> _NameLists:
    return _NameLists(
        per_thousand,
        _Weighted(provider.last_names),  # type: ignore[attr-defined]  # every Faker person provider has the three lists
        _Weighted(provider.first_names_male),  # type: ignore[attr-defined]
        _Weighted(provider.first_names_female),  # type: ignore[attr-defined]
        races,
        doubles_surname,
    )


_ORIGINS = (
    _lists(en_US.Provider, 520, ("W", "W", "W", "W", "B")),
    _lists(es_MX.Provider, 360, ("W", "W", "H"), doubles_surname=True),
    _lists(vi_VN.Provider, 60, ("A",)),
    _lists(en_IN.Provider, 60, ("A",)),
)
_ORIGIN_SUMS = list(accumulate(origin.per_thousand for origin in _ORIGINS))
_STREETS = (
    "ALDER",
    "BUCKEYE",
    "CEDAR",
    "DOGWOOD",
    "ELDERBERRY",
    "FOOTHILL",
    "GRANITE",
    "HAWTHORN",
    "JUNIPER",
    "MANZANITA",
)
_TOWNS = ("SIERRA VISTA", "PINE FLAT", "GOLD FORK", "OAK LANDING")
_HAIR, _EYES = ("BLK", "BRO", "BLN", "RED", "GRY"), ("BRO", "BLU", "GRN", "HAZ")


def residents(count: int, *, seed: int, today: date) -> Iterator[Resident]:
    """`count` people in households of one to six, ages 0 to 94, oldest of a household first."""
    rng = random.Random(seed)  # noqa: S311 (made-up people, not secrets)
    number = household = 0
    while number < count:
        household += 1
        origin = rng.choices(_ORIGINS, cum_weights=_ORIGIN_SUMS)[0]
        surname = _surname(rng, origin)
        address = (
            f"{rng.randint(1, 99) * 10 + rng.randint(0, 9)} {rng.choice(_STREETS)} ST, {rng.choice(_TOWNS)} CA 99099"
        )
        adults = rng.choice((1, 2, 2, 2, 3))
        for position in range(min(adults + rng.choice((0, 0, 1, 2, 3)), count - number)):
            number += 1
            is_adult = position < adults
            own_surname = surname if not is_adult or rng.random() < 0.7 else _surname(rng, origin)
            yield _resident(rng, number, household, origin, own_surname, address, is_adult=is_adult, today=today)


def _surname(rng: random.Random, origin: _NameLists) -> str:
    first = origin.surnames.draw(rng)
    if origin.doubles_surname and rng.random() < 0.35:
        return f"{first}{rng.choice((' ', '-'))}{origin.surnames.draw(rng)}"
    return first


def _resident(
    rng: random.Random,
    number: int,
    household: int,
    origin: _NameLists,
    surname: str,
    address: str,
    *,
    is_adult: bool,
    today: date,
) -> Resident:
    sex = rng.choices("MFX", weights=(495, 495, 10))[0]
    given = origin.male if sex == "M" or (sex == "X" and rng.random() < 0.5) else origin.female
    age_days = rng.randint(18 * 366, 90 * 365) if is_adult else rng.randint(0, 17 * 365)
    middle = given.draw(rng) if rng.random() < 0.7 else ""
    suffix = "JR" if sex == "M" and is_adult and rng.random() < 0.02 else ""
    return Resident(
        number=number,
        household=household,
        name=PersonName(surname, given.draw(rng), middle, suffix),
        sex=sex,
        race=rng.choice(origin.races),
        birth_date=today - timedelta(days=age_days),
        height=f"{rng.choice((5, 5, 5, 6))}{rng.randint(0, 11):02d}",
        weight_pounds=rng.randint(110, 260),
        hair=rng.choice(_HAIR),
        eyes=rng.choice(_EYES),
        address=address,
    )
