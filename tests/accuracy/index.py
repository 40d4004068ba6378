"""The index that is asked: made-up others by the census' counts, and the originals of FEBRL beside them."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from openclets.config import embedded_postgres
from openclets.config.preparation import prepare_database
from openclets.people.keys import VERSION
from openclets.people.numbers import NumberKind, PersonNumber
from tests.accuracy.census import CensusPerson
from tests.accuracy.febrl import FebrlPerson, FebrlSet

if TYPE_CHECKING:
    from openclets.people.index import IndexedPerson

OTHERS = "other"
BATCH = 25_000


@contextmanager
def database_in(folder: Path, *, holding: dict[str, object]) -> Iterator[None]:
    """A database of its own; nothing configured is touched. What an earlier run left there is kept where it is of the
    same description, which the version of the keys belongs to."""
    for name in ("DATABASE_URL", "OPENCLETS_DATABASE_OWNER_URL"):
        os.environ.pop(name, None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "openclets.config.settings"
    os.environ["OPENCLETS_DATA"] = str(folder)
    stamp, wanted = folder / "holding.json", json.dumps({**holding, "keys": VERSION.decode()}, sort_keys=True)
    if not stamp.exists() or stamp.read_text() != wanted:
        embedded_postgres.stop(folder)
        for left in ("postgres", "answers"):
            shutil.rmtree(folder / left, ignore_errors=True)
        stamp.write_text(wanted)
    try:
        prepare_database(durable=False)
        yield
    finally:
        embedded_postgres.stop(folder)


def fill(people: Sequence[CensusPerson], sets: Sequence[FebrlSet]) -> None:
    """Files everybody, going on where an earlier run was stopped.

    `people` are numbered from 0 in their order, so that the highest number filed tells how far an earlier run came.
    """
    from django.db import transaction

    from openclets.people.index import index_people, settle_index
    from openclets.people.statements import run

    last = run(
        "SELECT coalesce(max(record_id), -1) FROM people_indexedname WHERE record_kind = %s", [OTHERS]
    ).fetchone()
    assert last is not None
    for first in range(last[0] + 1, len(people), BATCH):
        batch = people[first : first + BATCH]
        with transaction.atomic():
            index_people(_other(person) for person in batch)
        click.echo(f"filed {first + len(batch):,} of {len(people):,}", err=True)
    if run("SELECT 1 FROM people_indexedname WHERE record_kind = %s LIMIT 1", [sets[-1].title]).fetchone() is None:
        with transaction.atomic():
            for each in sets:
                index_people(_in_full(each, person) for person in each.filed if person.name is not None)
        settle_index()


def _other(person: CensusPerson) -> IndexedPerson:
    from openclets.people.index import IndexedPerson

    return IndexedPerson(
        OTHERS, person.number, "person", (person.name,), person.birth_date, sex=person.sex, race=person.race
    )


def _in_full(each: FebrlSet, person: FebrlPerson) -> IndexedPerson:
    """All fields are filed; a question with name and birth date only is not helped by the others."""
    from openclets.people.index import IndexedPerson

    assert person.name is not None
    return IndexedPerson(
        each.title,
        person.person,
        "person",
        (person.name,),
        person.birth_date,
        numbers=(PersonNumber(NumberKind.SOCIAL_SECURITY, person.number),) if person.number else (),
        address=person.address,
    )
