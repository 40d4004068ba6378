"""Everything the index knows of a person of one record: names, birth dates, numbers, as one. A ground function."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from openclets.people.numbers import NumberKind, PersonNumber
from openclets.people.person import PersonOnRecord, RecordPerson
from openclets.people.search import PersonQuery
from openclets.people.statements import run
from openclets.vocabulary.persons import PersonName


def people_on_record(people: Collection[RecordPerson]) -> dict[RecordPerson, PersonOnRecord]:
    """Those of these people that are in the index. One query, none for none."""
    if not people:
        return {}
    wanted = list(people)
    columns: list[list[object]] = [[person[place] for person in wanted] for place in range(3)]
    rows: dict[RecordPerson, list[Sequence[Any]]] = {}
    for row in run(NAMES, columns).fetchall():
        rows.setdefault(RecordPerson(*row[:3]), []).append(row[3:])
    return {person: _whole(person, names) for person, names in rows.items()}


def question_about(whole: PersonOnRecord) -> PersonQuery:
    """The question that asks for this person with all that is on record."""
    first, *names = whole.names
    days = whole.birth_dates
    return PersonQuery(
        first,
        days[0] if days else None,
        age=whole.age,
        age_as_of=whole.age_as_of,
        sex=whole.sex,
        race=whole.race,
        other_names=tuple(names),
        other_birth_dates=days[1:],
        numbers=whole.numbers,
        address=whole.address,
    )


NAMES: Final = """
    SELECT n.record_kind, n.record_id, n.role, n.id, n.surname, n.given, n.middle, n.suffix, n.birth_date, n.age,
           n.age_as_of, n.sex, n.race, n.numbers, n.address
      FROM unnest(%s::text[], %s::bigint[], %s::text[]) AS asked (kind, id, role)
      JOIN people_indexedname n
        ON n.record_kind = asked.kind AND n.record_id = asked.id AND n.role = asked.role
     ORDER BY n.record_kind, n.record_id, n.role, n.id
"""


def _whole(person: RecordPerson, rows: Sequence[Sequence[Any]]) -> PersonOnRecord:
    aged = next((row for row in rows if row[6] is not None), None)
    return PersonOnRecord(
        person=person,
        names=tuple(dict.fromkeys(PersonName(*row[1:5]) for row in rows)),
        birth_dates=tuple(dict.fromkeys(row[5] for row in rows if row[5] is not None)),
        age=aged[6] if aged else None,
        age_as_of=aged[7] if aged else None,
        sex=_first(row[8] for row in rows),
        race=_first(row[9] for row in rows),
        numbers=tuple(dict.fromkeys(_number(text) for row in rows for text in row[10])),
        address=_first(row[11] for row in rows),
        newest_name=max(row[0] for row in rows),
    )


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")


def _number(text: str) -> PersonNumber:
    kind, _, value = text.partition(":")
    return PersonNumber(NumberKind(kind), value)
