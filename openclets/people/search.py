"""Who might this be: candidates, scored, most probable first, with the reasons.

A ground function on the hot path: no right is checked and nothing is journalled here; the verb that asks does both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from openclets.people.candidates import Found, FoundName, names_by_keys, names_by_net
from openclets.people.described import Described, describe, with_names_exchanged
from openclets.people.fold import MAX_WORDS, fold
from openclets.people.index import folded_whole
from openclets.people.keys import keys_of_question
from openclets.people.score import (
    Comparison,
    FieldComparison,
    NameShare,
    compare,
    explain,
)
from openclets.people.weights import Verdict
from openclets.vocabulary.persons import PersonName

MAX_COMPARED: Final = 40
"""Names compared when there is a birth date to tell them apart. On FEBRL 3 within 100,000 others, 40 names lost 1 in
1,500 of the persons that 64 had."""

MAX_COMPARED_BY_NAME: Final = 200
"""Names compared when there is none: then many share as many keys as the right one."""

FEWEST_BY_KEYS: Final = 3
FEWEST_POSTINGS: Final = 60
"""Where the keys find fewer names than this, and there are next to no posting lists behind them, the trigram net is
thrown too. Of a kind with few records the keys find nobody mostly, which is no reason to throw it: it is slow."""

DEFAULT_LIMIT: Final = 20

_AT_LEAST: Final = {
    Verdict.LIKELY: frozenset({Verdict.LIKELY}),
    Verdict.POSSIBLE: frozenset({Verdict.LIKELY, Verdict.POSSIBLE}),
    Verdict.UNLIKELY: frozenset(Verdict),
}


@dataclass(frozen=True, slots=True)
class PersonQuery:
    """Who is asked about. `age` (true on `age_as_of`) counts only without a birth date; `sex` and `race` are one-letter
    codes, empty where not given."""

    name: PersonName
    birth_date: date | None = None
    age: int | None = None
    age_as_of: date | None = None
    sex: str = ""
    race: str = ""


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


@dataclass(frozen=True, slots=True)
class SearchResult:
    """`candidates`: most probable first. `more`: how many others were good enough, beyond the limit. `truncated`: the
    question is so wide that not every name that fits it was compared. `notes`: sentences on what was asked badly and
    what would narrow it."""

    candidates: tuple[Candidate, ...]
    truncated: bool = False
    more: int = 0
    notes: tuple[str, ...] = ()


def search(
    query: PersonQuery,
    *,
    kinds: Collection[str] = (),
    roles: Collection[str] = (),
    limit: int = DEFAULT_LIMIT,
    least: Verdict = Verdict.POSSIBLE,
    share: NameShare | None = None,
) -> SearchResult:
    """The records this person may stand in, of these kinds and roles (none given: all), `least` or better.

    Ordered by score, then record. Bounded in time and size whatever the name is; a name without a letter finds
    nothing and says so. Where several names of one record and role fit, the best counts.
    """
    asked = describe(
        query.name, query.birth_date, age=query.age, age_as_of=query.age_as_of, sex=query.sex, race=query.race
    )
    if asked.family is None and asked.others.first is None:
        return SearchResult((), notes=("The name has no letter to search by.",))
    # 1. Names that share keys; 2. next to none: names that look alike.
    most = MAX_COMPARED if query.birth_date else MAX_COMPARED_BY_NAME
    found = names_by_keys(keys_of_question(query.name, query.birth_date), kinds=kinds, roles=roles, most=most)
    names = found.names
    if len(names) < FEWEST_BY_KEYS and found.postings < FEWEST_POSTINGS:
        names += names_by_net(folded_whole(query.name), kinds=kinds, roles=roles, most=most)
    # 3. Compared; 4. the best name of each record and role; 5. ranked and cut.
    compared = _compared(asked, names, share)
    truncated = found.list_cut or (found.crowded and _may_have_missed(found, compared))
    good = [one for one in _best_of_each(compared) if one.comparison.verdict in _AT_LEAST[least]]
    good.sort(key=_rank)
    more = max(0, len(good) - limit)
    return SearchResult(
        candidates=tuple(_shown(one, asked) for one in good[:limit]),
        truncated=truncated,
        more=more,
        notes=_notes(asked, is_wide=truncated or more > 0),
    )


class _Compared(NamedTuple):
    found: FoundName
    recorded: Described
    comparison: Comparison


def _compared(asked: Described, names: Iterable[FoundName], share: NameShare | None) -> list[_Compared]:
    exchanged = with_names_exchanged(asked)
    compared = []
    for found in names:
        name = PersonName(found.surname, found.given, found.middle, found.suffix)
        recorded = describe(
            name, found.birth_date, age=found.age, age_as_of=found.age_as_of, sex=found.sex, race=found.race
        )
        compared.append(_Compared(found, recorded, compare(asked, recorded, exchanged=exchanged, share=share)))
    return compared


def _may_have_missed(found: Found, compared: list[_Compared]) -> bool:
    """Whether names left out may be as good as some shown: those left out share no more keys than the last looked at,
    so it is enough that one sharing so few was good."""
    fewest = found.names[-1].shared
    return any(
        one.found.shared <= fewest and one.comparison.verdict is not Verdict.UNLIKELY
        for one in compared[: len(found.names)]
    )


def _best_of_each(compared: Iterable[_Compared]) -> list[_Compared]:
    best: dict[tuple[str, int, str], _Compared] = {}
    for one in compared:
        person = (one.found.record_kind, one.found.record_id, one.found.role)
        if person not in best or _rank(one) < _rank(best[person]):
            best[person] = one
    return list(best.values())


def _rank(one: _Compared) -> tuple[float, float, str, int, str, int]:
    """Score first; where that is held at a threshold, what lies behind it; then the record, so the order is fixed."""
    found, comparison = one.found, one.comparison
    return (-comparison.score, -comparison.bits, found.record_kind, found.record_id, found.role, found.name_id)


def _shown(one: _Compared, asked: Described) -> Candidate:
    return Candidate(
        record_kind=one.found.record_kind,
        record_id=one.found.record_id,
        role=one.found.role,
        name=one.recorded.name,
        birth_date=one.found.birth_date,
        score=one.comparison.score,
        verdict=one.comparison.verdict,
        why=explain(one.comparison, asked, one.recorded),
    )


def _notes(asked: Described, *, is_wide: bool) -> tuple[str, ...]:
    notes = []
    if asked.birth_date is None:
        notes.append("No birth date was given: a name alone is never more than a possible match.")
    if asked.others.first is None or asked.others.first.is_initial:
        notes.append("No full given name was given: matches are possible at most.")
    if (
        max(len(fold(asked.name.surname).split()), len(fold(f"{asked.name.given} {asked.name.middle}").split()))
        > MAX_WORDS
    ):
        notes.append(f"Only the first {MAX_WORDS} words of the surname and of the given names were looked at.")
    if is_wide:
        missing = [
            what
            for what, is_missing in (
                ("a birth date or an age", asked.birth_date is None and asked.born_to is None),
                ("a full given name", asked.others.first is None or asked.others.first.is_initial),
                ("a middle name", not asked.others.others),
                ("the sex", not asked.sex),
            )
            if is_missing
        ]
        notes.append(f"Many people fit. What would narrow it: {', '.join(missing) or 'a number such as a licence'}.")
    return tuple(notes)
