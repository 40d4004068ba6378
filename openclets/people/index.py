"""Keeping the index: a record's people are filed with the record, in the record's own transaction.

Ground functions: no right is checked and nothing is journalled here; the verb that changes the record does both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, product
from typing import Any

import psycopg
from django.db import connection

from openclets.people.candidates import UNDATED_FROM
from openclets.people.fold import fold
from openclets.people.keys import keys_of_record
from openclets.people.numbers import PersonNumber, texts
from openclets.people.statements import django_connection, run
from openclets.vocabulary.persons import PersonName

BATCH_PEOPLE = 5_000
"""People of one COPY; bounds a loader's memory. Own decision."""


@dataclass(frozen=True, slots=True)
class IndexedPerson:
    """One person of one record. `names` has the name first, then the aliases; each is filed with each birth date.

    `age` (with the day it was true on, `age_as_of`) counts only where there is no birth date. `sex` and `race` are
    one-letter codes, empty where unknown. `address` is street, place and postal code in one line.
    """

    record_kind: str
    record_id: int
    role: str
    names: tuple[PersonName, ...]
    birth_date: date | None = None
    age: int | None = None
    age_as_of: date | None = None
    sex: str = ""
    race: str = ""
    other_birth_dates: tuple[date, ...] = ()
    numbers: tuple[PersonNumber, ...] = ()
    address: str = ""


def index_person(person: IndexedPerson) -> None:
    """Files every name of the person; found from the caller's commit on. Adds: see `reindex_record` for a change."""
    for row in _rows(person):
        run(_INSERT, [*row.columns, row.added, f"{{{','.join(map(str, row.keys))}}}"])


def index_people(people: Iterable[IndexedPerson]) -> int:
    """Files many people by COPY, in the caller's transaction; returns how many names. For loaders.

    After the commit a loader should call `settle_index`, so that the planner and the index-only scans know the rows.
    """
    raw, names, rest = django_connection(), 0, iter(people)
    while batch := list(islice(rest, BATCH_PEOPLE)):
        names += _copy(raw, [row for person in batch for row in _rows(person)])
    return names


def remove_record(record_kind: str, record_id: int) -> int:
    """Takes every name of the record out; returns how many there were."""
    removed = run(_DELETE, [record_kind, record_id]).fetchall()
    for name_id, surname, given, middle, suffix, birth_date, numbers in removed:
        keys = keys_of_record(PersonName(surname, given, middle, suffix), birth_date, numbers)
        run(_DELETE_KEYS, [list(keys), name_id + _added(birth_date)])
    return len(removed)


def reindex_record(record_kind: str, record_id: int, people: Iterable[IndexedPerson]) -> None:
    """Files a changed record anew, with these people and no others.

    Raises: ValueError when one of the people is of another record.
    """
    now_in_it = tuple(people)
    for person in now_in_it:
        if (person.record_kind, person.record_id) != (record_kind, record_id):
            raise ValueError(f"{person.record_kind} {person.record_id} is not {record_kind} {record_id}")
    remove_record(record_kind, record_id)
    for person in now_in_it:
        index_person(person)


def settle_index() -> None:
    """Brings the planner's figures and the visibility map up to date after a bulk load. Not inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) people_indexedname")
        cursor.execute("VACUUM (ANALYZE) people_namekey")


@dataclass(frozen=True, slots=True)
class _Row:
    columns: tuple[str | int | date | list[str] | None, ...]
    keys: tuple[int, ...]
    added: int
    """To its number, under the keys."""


MAX_ADDRESS_CHARACTERS = 200

_COLUMNS = (
    "record_kind, record_id, role, surname, given, middle, suffix, birth_date, age, age_as_of, sex, race, "
    "numbers, address, folded"
)

_INSERT = f"""
    WITH name AS (
        INSERT INTO people_indexedname ({_COLUMNS})
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::text[], %s, %s)
        RETURNING id
    )
    INSERT INTO people_namekey (key, name_id)
    SELECT key, name.id + %s FROM name, unnest(%s::bigint[]) AS key
"""  # noqa: S608 (column names of our own)

_DELETE = """
    DELETE FROM people_indexedname
     WHERE record_kind = %s AND record_id = %s
 RETURNING id, surname, given, middle, suffix, birth_date, numbers
"""

_DELETE_KEYS = "DELETE FROM people_namekey WHERE key = ANY(%s::bigint[]) AND name_id = %s"


def _rows(person: IndexedPerson) -> Iterator[_Row]:
    age_counts = person.birth_date is None and person.age is not None and person.age_as_of is not None
    numbers = texts(person.numbers)
    days = dict.fromkeys((person.birth_date, *person.other_birth_dates))
    for name, birth_date in product(dict.fromkeys(person.names), days):
        yield _Row(
            columns=(
                person.record_kind,
                person.record_id,
                person.role,
                name.surname,
                name.given,
                name.middle,
                name.suffix,
                birth_date,
                person.age if age_counts and birth_date is None else None,
                person.age_as_of if age_counts and birth_date is None else None,
                person.sex,
                person.race,
                list(numbers),
                person.address[:MAX_ADDRESS_CHARACTERS],
                folded_whole(name),
            ),
            keys=keys_of_record(name, birth_date, numbers),
            added=_added(birth_date),
        )


def _added(birth_date: date | None) -> int:
    return 0 if birth_date else UNDATED_FROM


def folded_whole(name: PersonName) -> str:
    """The whole name as the trigram net sees it; the order of words does not matter to trigrams."""
    return fold(f"{name.surname} {name.given} {name.middle}")


def _copy(raw: psycopg.Connection[Any], rows: Sequence[_Row]) -> int:
    """Numbers are taken first, so that names and keys can each go in one COPY."""
    numbers = raw.execute(
        "SELECT nextval(pg_get_serial_sequence('people_indexedname', 'id')) FROM generate_series(1, %s)", [len(rows)]
    ).fetchall()
    with raw.cursor() as cursor:
        with cursor.copy(f"COPY people_indexedname (id, {_COLUMNS}) FROM STDIN") as copy:
            for (number,), row in zip(numbers, rows, strict=True):
                copy.write_row((number, *row.columns))
        with cursor.copy("COPY people_namekey (key, name_id) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["int8", "int8"])
            # In key order the index grows at few places instead of everywhere.
            for posting in sorted(
                (key, number + row.added) for (number,), row in zip(numbers, rows, strict=True) for key in row.keys
            ):
                copy.write_row(posting)
    return len(rows)
