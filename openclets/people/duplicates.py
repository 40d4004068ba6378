"""Possible duplicates: two records that may be of one person, found by asking the index about its own people.

Nothing is stored of what is found, so that the list is always as the records and decisions are now. Ground functions:
no right is checked and nothing journalled; nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import product
from typing import Final

from openclets.people.decisions import standing_decisions
from openclets.people.described import Described, describe
from openclets.people.learned import current_weights
from openclets.people.numbers import texts
from openclets.people.on_record import people_on_record, question_about
from openclets.people.person import PersonOnRecord, RecordPerson, Ruling
from openclets.people.score import Comparison, compare, words_of
from openclets.people.search import search
from openclets.people.statements import run
from openclets.people.weights import Field, Outcome, Verdict

PAGE_PAIRS: Final = 20
MAX_LOOKED_AT: Final = 150
"""Pairs of one page, and people looked at for it: about half a second. Own decisions."""

_NEAR_ONE: Final = 20
"""Candidates looked at for one person. Own decision."""


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One field of two people beside each other. `outcome` None: shown, not held against each other. `note` says in
    what it is similar or differs."""

    field: str
    one: str
    other: str
    outcome: Outcome | None
    note: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two people on record held against each other; `score` and `verdict` as for a question."""

    one: PersonOnRecord
    other: PersonOnRecord
    score: float
    verdict: Verdict
    fields: tuple[FieldPair, ...]


@dataclass(frozen=True, slots=True)
class FoundPairs:
    """Most probable first. `looked_at`: people compared for it; `go_on_before`: where the next page begins, None at the
    end of the index."""

    pairs: tuple[SideBySide, ...]
    looked_at: int
    go_on_before: int | None


def find_duplicates(*, kinds: Collection[str], roles: Collection[str], before: int | None = None) -> FoundPairs:
    """Undecided pairs of these kinds and roles, going from the people filed last to those before them.

    A pair belongs to the one of the two that was filed later. It is one where the same person is likely, or where a
    number is the same whatever the name. `before` is `go_on_before` of the page before.
    """
    pairs: list[SideBySide] = []
    looked_at, last = 0, before
    newest = [(row[0], RecordPerson(*row[1:])) for row in _people_newest_first(kinds, roles, before)]
    whole = people_on_record([person for _, person in newest])
    for name_id, person in newest:
        if len(pairs) >= PAGE_PAIRS:
            return FoundPairs(_by_score(pairs), looked_at, last)
        pairs += _pairs_of(whole[person], kinds, roles)
        looked_at, last = looked_at + 1, name_id
    return FoundPairs(_by_score(pairs), looked_at, last if len(newest) == MAX_LOOKED_AT else None)


def hold_side_by_side(one: PersonOnRecord, other: PersonOnRecord) -> SideBySide:
    """The two, by the names and birth dates that fit best; what else they have stands below."""
    learned = current_weights()
    share = learned.share if learned.has_shares else None
    best: Comparison | None = None
    for mine, theirs in product(_every_description(one), _every_description(other)):
        comparison = compare(mine, theirs, share=share, trained=learned.bits)
        if best is None or comparison.bits > best.bits:
            best, asked, recorded = comparison, mine, theirs
    assert best is not None  # noqa: S101 (a person on record has a name)
    fields = [
        FieldPair(level.field.value, mine, theirs, level.outcome, note)
        for level, mine, theirs in zip(best.levels, words_of(asked), words_of(recorded), strict=True)
        for note in ("" if level.outcome in (Outcome.AGREES, Outcome.MISSING) else level.text,)
    ]
    shown = tuple(pair for pair in fields if pair.one or pair.other)
    return SideBySide(one, other, best.score, best.verdict, (*shown, *_alternates(one, other, asked, recorded)))


def _pairs_of(one: PersonOnRecord, kinds: Collection[str], roles: Collection[str]) -> list[SideBySide]:
    found = search(question_about(one), kinds=kinds, roles=roles, limit=_NEAR_ONE).candidates
    near = [
        RecordPerson(candidate.record_kind, candidate.record_id, candidate.role)
        for candidate in found
        if candidate.verdict is Verdict.LIKELY
        or any(line.field is Field.NUMBER and line.outcome is Outcome.AGREES for line in candidate.why)
    ]
    others = people_on_record([person for person in near if person != one.person])
    if not others:
        return []
    decided = {
        each.partner(one.person) for each in standing_decisions([one.person]) if each.ruling is not Ruling.UNDONE
    }
    return [
        hold_side_by_side(one, other)
        for person, other in others.items()
        if person not in decided and other.newest_name < one.newest_name
    ]


def _by_score(pairs: list[SideBySide]) -> tuple[SideBySide, ...]:
    return tuple(sorted(pairs, key=lambda pair: (-pair.score, pair.one.person, pair.other.person)))


def _every_description(whole: PersonOnRecord) -> list[Described]:
    return [
        describe(
            name,
            day,
            age=whole.age,
            age_as_of=whole.age_as_of,
            sex=whole.sex,
            race=whole.race,
            numbers=texts(whole.numbers),
            address=whole.address,
        )
        for name, day in product(whole.names, whole.birth_dates or (None,))
    ]


def _alternates(
    one: PersonOnRecord, other: PersonOnRecord, shown_one: Described, shown_other: Described
) -> tuple[FieldPair, ...]:
    """Further names and birth dates of either, which the best comparison did not use."""
    rows = (
        (
            "other names",
            "; ".join(name.wire for name in one.names if name != shown_one.name),
            "; ".join(name.wire for name in other.names if name != shown_other.name),
        ),
        (
            "other birth dates",
            ", ".join(f"{day}" for day in one.birth_dates if day != shown_one.birth_date),
            ", ".join(f"{day}" for day in other.birth_dates if day != shown_other.birth_date),
        ),
    )
    return tuple(FieldPair(what, mine, theirs, None, "") for what, mine, theirs in rows if mine or theirs)


PEOPLE_NEWEST_FIRST: Final = """
    SELECT n.id, n.record_kind, n.record_id, n.role
      FROM people_indexedname n
     WHERE (%s::bigint IS NULL OR n.id < %s::bigint)
       AND n.record_kind = ANY (%s::text[])
       AND n.role = ANY (%s::text[])
       AND NOT EXISTS (
           SELECT 1
             FROM people_indexedname later
            WHERE later.record_kind = n.record_kind AND later.record_id = n.record_id AND later.role = n.role
              AND later.id > n.id
           )
     ORDER BY n.id DESC
     LIMIT %s
"""
"""Each person once, at the name of theirs that was filed last."""


def _people_newest_first(
    kinds: Collection[str], roles: Collection[str], before: int | None
) -> list[tuple[int, str, int, str]]:
    rows: list[tuple[int, str, int, str]] = run(
        PEOPLE_NEWEST_FIRST, [before, before, list(kinds), list(roles), MAX_LOOKED_AT]
    ).fetchall()
    return rows
