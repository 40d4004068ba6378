"""What named people decided about two records being of one person, and what follows from it for an answer.

A link shows records together; it merges nothing and changes no record. Ground functions: no right is checked and
nothing journalled here; the verbs that decide and ask do both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from openclets.people.compared import Candidate
from openclets.people.on_record import people_on_record
from openclets.people.person import RecordPerson, Ruling
from openclets.people.statements import run
from openclets.people.weights import LIKELY_FROM, Verdict

MAX_LINKED: Final = 50
"""People of one linked group that are looked at. Own decision: more is a mistake, not a person."""

PAGE_DECISIONS: Final = 50


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision as it was made. `by` is the person's name, `agency` the one acted for; `number` grows with time."""

    number: int
    one: RecordPerson
    other: RecordPerson
    ruling: Ruling
    reason: str
    decided_at: datetime
    by: str
    agency: str

    def partner(self, person: RecordPerson) -> RecordPerson:
        """The other one of the two."""
        return self.other if person == self.one else self.one


@dataclass(frozen=True, slots=True)
class LinkedCandidate:
    """A candidate and the decisions that link it with others of the answer. `by_link`: found by nothing else."""

    candidate: Candidate
    links: tuple[Decision, ...]
    by_link: bool


def in_order(one: RecordPerson, other: RecordPerson) -> tuple[RecordPerson, RecordPerson]:
    """The pair as it is stored."""
    return (one, other) if one < other else (other, one)


def record_decision(
    one: RecordPerson, other: RecordPerson, ruling: Ruling, *, reason: str, at: datetime, user_id: int, agency: str
) -> None:
    """Adds a decision in the caller's transaction. See `lock_decisions`."""
    first, second = in_order(one, other)
    run(_INSERT, [*first, *second, ruling.value, reason, at, user_id, agency])


def lock_decisions() -> None:
    """Until the end of the caller's transaction nobody else decides: what was looked up before deciding still holds."""
    run("SELECT pg_advisory_xact_lock(hashtext('people_identitydecision'))", [])


def standing_decisions(people: Collection[RecordPerson]) -> list[Decision]:
    """The last decision of each pair that one of these people is in, undone ones included. One query, none for none."""
    if not people:
        return []
    wanted = list(people)
    columns: list[list[object]] = [[person[place] for person in wanted] for place in range(3)]
    return [_decision(row) for row in run(STANDING, columns).fetchall()]


def standing_decision(one: RecordPerson, other: RecordPerson) -> Decision | None:
    """How the pair stands, or None where nothing was decided or the last decision was undone."""
    pair = in_order(one, other)
    last = next((each for each in standing_decisions([one]) if (each.one, each.other) == pair), None)
    return last if last is not None and last.ruling is not Ruling.UNDONE else None


def decisions_about(one: RecordPerson, other: RecordPerson) -> list[Decision]:
    """Every decision ever made about the pair, newest first."""
    first, second = in_order(one, other)
    return [_decision(row) for row in run(_OF_PAIR, [*first, *second]).fetchall()]


def newest_decisions(*, older_than: int | None = None) -> list[Decision]:
    """One page of all decisions, newest first."""
    return [_decision(row) for row in run(_NEWEST, [older_than, older_than, PAGE_DECISIONS]).fetchall()]


def linked_group(person: RecordPerson) -> set[RecordPerson]:
    """Everybody linked with the person, directly or through others, the person included; MAX_LINKED at most."""
    group, fresh = {person}, {person}
    while fresh and len(group) < MAX_LINKED:
        links = [each for each in standing_decisions(fresh) if each.ruling is Ruling.LINKED]
        fresh = {each for link in links for each in (link.one, link.other)} - group
        group |= fresh
    return group


def held_apart(ones: Iterable[RecordPerson], others: Collection[RecordPerson]) -> Decision | None:
    """A standing decision that somebody of the one group is nobody of the other."""
    every = list(ones)
    for each in standing_decisions(every):
        if each.ruling is Ruling.APART and any(
            each.partner(one) in others for one in every if one in (each.one, each.other)
        ):
            return each
    return None


def with_linked(candidates: Sequence[Candidate]) -> tuple[LinkedCandidate, ...]:
    """The candidates as they were, each with its links, then those that only a link leads to.

    Who is found by a link alone is POSSIBLE at most, however sure the one is that it is linked with: a person decided,
    the question did not. One query where nothing is linked.
    """
    found = {_person_of(candidate): candidate for candidate in candidates}
    links: dict[tuple[RecordPerson, RecordPerson], Decision] = {}
    fresh, seen = set(found), set(found)
    best: dict[RecordPerson, Candidate] = dict(found)
    while fresh and len(seen) < len(found) + MAX_LINKED:
        standing = [each for each in standing_decisions(fresh) if each.ruling is Ruling.LINKED]
        reached: set[RecordPerson] = set()
        for link in standing:
            links[link.one, link.other] = link
            for person in (link.one, link.other):
                if person not in seen:
                    reached.add(person)
                    best[person] = best[link.partner(person)]
        seen |= reached
        fresh = reached
    by_link = [person for person in seen if person not in found]
    on_record = people_on_record(by_link)
    shown = [LinkedCandidate(candidate, _links_of(_person_of(candidate), links), False) for candidate in candidates]
    for person in sorted(by_link):
        if person in on_record:
            whole = on_record[person]
            candidate = replace(
                best[person],
                record_kind=person.record_kind,
                record_id=person.record_id,
                role=person.role,
                name=whole.names[0],
                birth_date=whole.birth_dates[0] if whole.birth_dates else None,
                score=min(best[person].score, LIKELY_FROM * 0.999),
                verdict=Verdict.POSSIBLE,
                why=(),
            )
            shown.append(LinkedCandidate(candidate, _links_of(person, links), True))
    return tuple(shown)


def _links_of(person: RecordPerson, links: dict[tuple[RecordPerson, RecordPerson], Decision]) -> tuple[Decision, ...]:
    return tuple(link for pair, link in sorted(links.items()) if person in pair)


def _person_of(candidate: Candidate) -> RecordPerson:
    return RecordPerson(candidate.record_kind, candidate.record_id, candidate.role)


_COLUMNS = """
    d.id, d.one_kind, d.one_id, d.one_role, d.other_kind, d.other_id, d.other_role, d.ruling, d.reason, d.decided_at,
    u.full_name, d.agency
"""

_INSERT: Final = """
    INSERT INTO people_identitydecision
           (one_kind, one_id, one_role, other_kind, other_id, other_role, ruling, reason, decided_at, decided_by_id,
            agency)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""

STANDING: Final = f"""
      WITH asked AS (
           SELECT * FROM unnest(%s::text[], %s::bigint[], %s::text[]) AS asked (kind, id, role)
           ),
           touching AS (
           SELECT d.*
             FROM asked JOIN people_identitydecision d
               ON d.one_kind = asked.kind AND d.one_id = asked.id AND d.one_role = asked.role
            UNION
           SELECT d.*
             FROM asked JOIN people_identitydecision d
               ON d.other_kind = asked.kind AND d.other_id = asked.id AND d.other_role = asked.role
           )
    SELECT DISTINCT ON (d.one_kind, d.one_id, d.one_role, d.other_kind, d.other_id, d.other_role) {_COLUMNS}
      FROM touching d
      JOIN agencies_user u ON u.id = d.decided_by_id
     ORDER BY d.one_kind, d.one_id, d.one_role, d.other_kind, d.other_id, d.other_role, d.id DESC
"""  # noqa: S608 (columns of our own)

_OF_PAIR: Final = f"""
    SELECT {_COLUMNS}
      FROM people_identitydecision d
      JOIN agencies_user u ON u.id = d.decided_by_id
     WHERE d.one_kind = %s AND d.one_id = %s AND d.one_role = %s
       AND d.other_kind = %s AND d.other_id = %s AND d.other_role = %s
     ORDER BY d.id DESC
"""  # noqa: S608 (columns of our own)

_NEWEST: Final = f"""
    SELECT {_COLUMNS}
      FROM people_identitydecision d
      JOIN agencies_user u ON u.id = d.decided_by_id
     WHERE %s::bigint IS NULL OR d.id < %s::bigint
     ORDER BY d.id DESC
     LIMIT %s
"""  # noqa: S608 (columns of our own)


def _decision(row: Sequence[Any]) -> Decision:
    number, one_kind, one_id, one_role, other_kind, other_id, other_role, ruling, reason, at, by, agency = row
    return Decision(
        number,
        RecordPerson(one_kind, one_id, one_role),
        RecordPerson(other_kind, other_id, other_role),
        Ruling(ruling),
        reason,
        at,
        by,
        agency,
    )
