"""Asking many questions whose answer is known, and counting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import log2

from openclets.people.search import PersonQuery, SearchResult, search
from openclets.people.weights import LIKELY_FROM, POSSIBLE_FROM, Verdict
from openclets.vocabulary.persons import PersonName

LOOKED_AT = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the record it is after; None for an innocent person, who is in no record. `query` is None where
    the question has no name at all: it counts as not found."""

    query: PersonQuery | None
    kind: str
    record_id: int | None


@dataclass(frozen=True, slots=True)
class Filed:
    """A person of the index, as another way to search sees one."""

    kind: str
    record_id: int
    name: PersonName
    birth_date: date | None


@dataclass(frozen=True, slots=True)
class Answered:
    """`rank` of the right record, from 1, or None; its log odds in bits, and those of the best wrong one."""

    rank: int | None
    right_bits: float | None
    wrong_bits: float | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Shares, 0 to 1, of `count` questions. `shown`: the right record was at least possible; `likely`: likely."""

    count: int
    first: float
    among_five: float
    among_ten: float
    shown: float
    likely: float


def ranked(asked: Iterable[Asked], kinds: Sequence[str]) -> list[Answered]:
    """The ranked answers, unlikely ones included, so that what is measured is the order."""
    return [
        _answered(one, search(one.query, kinds=kinds, limit=LOOKED_AT, least=Verdict.UNLIKELY) if one.query else None)
        for one in asked
    ]


def by(answer: Callable[[PersonQuery], SearchResult], asked: Iterable[Asked]) -> list[Answered]:
    """The answers of another way to search. Its limit must be `LOOKED_AT`."""
    return [_answered(one, answer(one.query) if one.query else None) for one in asked]


def tally(answers: Sequence[Answered]) -> Tally:
    """How often the right one was found."""
    count = max(1, len(answers))
    ranks = [answer.rank for answer in answers]
    return Tally(
        count=len(answers),
        first=sum(rank == 1 for rank in ranks) / count,
        among_five=sum(rank is not None and rank <= 5 for rank in ranks) / count,
        among_ten=sum(rank is not None for rank in ranks) / count,
        shown=sum(one.right_bits is not None and one.right_bits >= POSSIBLE_BITS for one in answers) / count,
        likely=sum(one.right_bits is not None and one.right_bits >= LIKELY_BITS for one in answers) / count,
    )


def false_hits_per_thousand(answers: Sequence[Answered], *, from_bits: float) -> float:
    """Innocent questions answered with somebody at or above a threshold."""
    wrong = sum(answer.wrong_bits is not None and answer.wrong_bits >= from_bits for answer in answers)
    return 1000 * wrong / max(1, len(answers))


def _answered(asked: Asked, found: SearchResult | None) -> Answered:
    rank, right, wrong = None, None, None
    for place, candidate in enumerate(found.candidates if found else (), start=1):
        bits = in_bits(candidate.score)
        if asked.record_id is not None and (candidate.record_kind, candidate.record_id) == (
            asked.kind,
            asked.record_id,
        ):
            rank, right = place, bits
        else:
            wrong = bits if wrong is None else max(wrong, bits)
    return Answered(rank, right, wrong)


def in_bits(probability: float) -> float:
    """Log odds to the base of two."""
    bounded = min(max(probability, 1e-15), 1 - 1e-15)
    return log2(bounded / (1 - bounded))


LIKELY_BITS = in_bits(LIKELY_FROM)
POSSIBLE_BITS = in_bits(POSSIBLE_FROM)
