"""Names found, held against the question: the best of each record, in order, with the reasons."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from openclets.people.candidates import FoundName
from openclets.people.described import Described, describe, with_names_exchanged
from openclets.people.learned import Learned
from openclets.people.score import Comparison, FieldComparison, compare, explain
from openclets.people.weights import NUMBER_SAME, Verdict
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
    recorded: Described
    comparison: Comparison


def compare_all(asked: Described, names: Iterable[FoundName], learned: Learned) -> list[Compared]:
    """Each name as found, compared with one run of the question, in the same order."""
    exchanged = with_names_exchanged(asked)
    share = learned.share if learned.has_shares else None
    compared = []
    for found in names:
        recorded = recorded_as(found)
        comparison = compare(asked, recorded, exchanged=exchanged, share=share, trained=learned.bits)
        compared.append(Compared(found, asked, recorded, comparison))
    return compared


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
    return Candidate(
        record_kind=one.found.record_kind,
        record_id=one.found.record_id,
        role=one.found.role,
        name=one.recorded.name,
        birth_date=one.found.birth_date,
        score=one.comparison.score,
        verdict=one.comparison.verdict,
        why=explain(one.comparison, one.asked, one.recorded),
    )
