"""Names found, held against the question: the best of each record, in order, with the reasons."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from openclets.people.candidates import FoundName
from openclets.people.described import NO_NUMBERS, Described, describe, with_names_exchanged
from openclets.people.fold import given, surname
from openclets.people.learned import Learned
from openclets.people.score import (
    Comparison,
    FieldComparison,
    NamesFit,
    RestFit,
    birth_level,
    compare_birth_dates,
    explain,
    fit_names,
    fit_rest,
    judge,
)
from openclets.people.weights import NUMBER_SAME, Level, Verdict
from openclets.vocabulary.persons import PersonName


@dataclass(frozen=True, slots=True)
class Candidate:
    """One record and role. `name` is the name that fitted best, which may be an alias. `score` is a probability."""

    record_kind: str
    record_id: int
    role: str
    name: PersonName
    birth_date: date | None
    score: float
    verdict: Verdict
    why: tuple[FieldComparison, ...]


class Compared(NamedTuple):
    found: FoundName
    asked: Described
    comparison: Comparison


class Comparer:
    """Holds one run of the question against many names; says what `score.compare` says of each.

    What fits is found once for each different name and for each different rest of a row that the question looks at:
    those who share a name, or a birth date, repeat one or the other.
    """

    def __init__(self, asked: Described, learned: Learned) -> None:
        self._asked = asked
        self._exchanged = with_names_exchanged(asked)
        self._share = learned.share if learned.has_shares else None
        self._trained = learned.bits
        self._names: dict[tuple[str, str, str], NamesFit] = {}
        self._rest: dict[tuple[object, ...], RestFit] = {}

    def against(self, names: Iterable[FoundName]) -> list[Compared]:
        """Each name as found, compared, in the same order."""
        asked = self._asked
        return [Compared(found, asked, judge(self._names_of(found), self._rest_of(found))) for found in names]

    def _names_of(self, found: FoundName) -> NamesFit:
        name = (found.surname, found.given, found.middle)
        fit = self._names.get(name)
        if fit is None:
            family, others = surname(found.surname), given(found.given, found.middle)
            fit = fit_names(self._asked, self._exchanged, family, others, self._share, self._trained)
            self._names[name] = fit
        return fit

    def _rest_of(self, found: FoundName) -> RestFit:
        asked = self._asked
        suffix = found.suffix if asked.name.suffix else ""
        sex = found.sex if asked.sex else ""
        race = found.race if asked.race else ""
        numbers = frozenset(found.numbers) if asked.numbers else NO_NUMBERS
        address = found.address if asked.address else ""
        looked_at = (found.birth_date, found.age, found.age_as_of, suffix, sex, race, numbers, address)
        fit = self._rest.get(looked_at)
        if fit is None:
            fit = fit_rest(
                asked,
                suffix=suffix,
                born=_born(asked, found),
                sex=sex,
                race=race,
                numbers=numbers,
                address=address,
                trained=self._trained,
            )
            self._rest[looked_at] = fit
        return fit


def _born(asked: Described, found: FoundName) -> Level:
    if asked.birth_date is not None and found.birth_date is not None:
        return compare_birth_dates(asked.birth_date, found.birth_date)
    return birth_level(asked, recorded_as(found))


def recorded_as(found: FoundName) -> Described:
    """The person of a row of the index, ready to be compared."""
    return describe(
        PersonName(found.surname, found.given, found.middle, found.suffix),
        found.birth_date,
        age=found.age,
        age_as_of=found.age_as_of,
        sex=found.sex,
        race=found.race,
        numbers=found.numbers,
        address=found.address,
    )


def best_of_each(compared: Iterable[Compared]) -> list[Compared]:
    """The best name of each record and role."""
    best: dict[tuple[str, int, str], Compared] = {}
    for one in compared:
        person = (one.found.record_kind, one.found.record_id, one.found.role)
        if person not in best or rank(one) < rank(best[person]):
            best[person] = one
    return list(best.values())


def rank(one: Compared) -> tuple[bool, float, float, str, int, str, int]:
    """Who has the number; then the score; where that is held at a threshold, what lies behind it; then the record, so
    that the order is fixed."""
    found, comparison = one.found, one.comparison
    has_number = NUMBER_SAME in comparison.levels
    return (
        not has_number,
        -comparison.score,
        -comparison.bits,
        found.record_kind,
        found.record_id,
        found.role,
        found.name_id,
    )


ToShowFirst = Callable[[Sequence[int]], Collection[int]]
"""Of more records than can be shown, by their numbers: which are to stand before the others."""


def cut(good: Iterable[Compared], limit: int, first: ToShowFirst | None) -> tuple[tuple[Candidate, ...], int]:
    """The best `limit` of them, and how many more there are. `first` is asked only where some are left out."""
    best = sorted(good, key=rank)
    more = max(0, len(best) - limit)
    if more and first is not None:
        preferred = frozenset(first([one.found.record_id for one in best]))
        kept = sorted(best, key=lambda one: one.found.record_id not in preferred)[:limit]
        best = sorted(kept, key=rank)
    return tuple(shown(one) for one in best[:limit]), more


def shown(one: Compared) -> Candidate:
    """What a caller sees of it."""
    recorded = recorded_as(one.found)
    return Candidate(
        record_kind=one.found.record_kind,
        record_id=one.found.record_id,
        role=one.found.role,
        name=recorded.name,
        birth_date=one.found.birth_date,
        score=one.comparison.score,
        verdict=one.comparison.verdict,
        why=explain(one.comparison, one.asked, recorded),
    )
