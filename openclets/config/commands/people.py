"""`openclets people match`: two lists of people held against each other by the index, keys and score of an inquiry."""

from __future__ import annotations

import csv
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from openclets.config import embedded_postgres
from openclets.config.environment import read_environment
from openclets.config.preparation import prepare_database
from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.persons import MAX_NAME_CHARACTERS, PersonName

if TYPE_CHECKING:
    from openclets.people.search import Candidate

COLUMNS: Final = ("id", "surname", "given", "middle", "birth_date", "sex")
"""Columns of both lists; all but `id` may be empty or missing. Source: docs/protocol.md, command line (fixed)."""

OUT_COLUMNS: Final = ("query_id", "rank", "id", "score", "verdict")
"""Source: docs/protocol.md, command line (fixed)."""

MAX_FIELD_CHARACTERS: Final = 1_000_000

_KIND: Final = "match"


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One line of a list. `name` is None where both names are empty; `odd_birth_date` where it is no date at all."""

    id: str
    name: PersonName | None
    birth_date: date | None
    sex: str
    odd_birth_date: bool


@click.group()
def people() -> None:
    """Work with the name index."""


@people.command()
@click.option("--out", "out_file", type=click.Path(dir_okay=False, path_type=Path), help="Instead of the data folder.")
def train(out_file: Path | None) -> None:
    """Learn from the index, without labels, how common names are and what each agreement is worth.

    The weights are written to the data folder and hold from the next start of each program.
    """
    environment = read_environment()
    prepare_database()
    # Django is set up only now; what needs it is imported here.
    from openclets.people.learned import FILE_NAME, write_weights
    from openclets.people.train import train as learn

    try:
        trained = learn()
    except ValueError as error:
        raise Rejected(Fault("06", "index", str(error), "an index with people in it")) from None
    path = out_file or environment.data_folder / FILE_NAME
    write_weights(path, trained.learned)
    click.echo(f"{trained.names} names, {trained.pairs} pairs, about {trained.same_person:.0f} of one person: {path}")


@people.command()
@click.option("--index", "index_file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--queries", "queries_file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--top", default=10, show_default=True, type=click.IntRange(1, 1_000), help="Most lines for each query.")
@click.option("--out", "out_file", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--answer", type=click.Choice(["ranked", "strict"]), default="ranked", show_default=True)
@click.option("--expanded", is_flag=True, help="With --answer strict: birth dates near by too.")
def match(index_file: Path, queries_file: Path, top: int, out_file: Path, answer: str, expanded: bool) -> None:
    """Find for each person of --queries the most probable ones of --index; write them to --out, best first.

    With --answer strict: exactly those whom the national rule finds, in the same order. Both lists are CSV files in
    UTF-8 with a header: id, surname, given, middle, birth_date, sex. The work is done in a database of its own in a
    temporary folder; a configured one is not touched.
    """
    indexed = tuple(read_list(index_file))
    asked = tuple(read_list(queries_file))
    for path, listed in ((index_file, indexed), (queries_file, asked)):
        _say_what_is_odd(path, listed)
    with tempfile.TemporaryDirectory(prefix="openclets-match-", dir="/tmp") as folder:
        # In /tmp itself, with an unguessable name: the database's own user must be able to pass through.
        _use_database_in(Path(folder))
        try:
            prepare_database(durable=False)
            _index(indexed)
            _write(out_file, _matches(indexed, asked, top, is_strict=answer == "strict", is_expanded=expanded))
        finally:
            embedded_postgres.stop(Path(folder))
            shutil.rmtree(Path(folder) / "postgres", ignore_errors=True)


def read_list(path: Path) -> Iterator[ListedPerson]:
    """The people of a CSV list, in its order.

    A single name is a surname. A birth date is CCYY-MM-DD or CCYYMMDD; with day and month exchanged where only that is
    a date; anything else counts as none and is marked. Raises: Rejected, when it is not such a list.
    """
    csv.field_size_limit(MAX_FIELD_CHARACTERS)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        try:
            if "id" not in (rows.fieldnames or ()):
                raise _not_a_list(path, "no column 'id'")
            for row in rows:
                yield _person(path, rows.line_num, {column: (row.get(column) or "").strip() for column in COLUMNS})
        except (csv.Error, UnicodeDecodeError) as error:
            raise _not_a_list(path, str(error)) from None


def read_birth_date(text: str) -> date | None:
    """The birth date, tolerantly: lists hold impossible ones, most often with day and month exchanged."""
    found = re.fullmatch(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})", text)
    if found is None:
        return None
    year, month, day = map(int, found.groups())
    for one, other in ((month, day), (day, month)):
        try:
            return date(year, one, other)
        except ValueError:
            continue
    return None


def _person(path: Path, line: int, row: dict[str, str]) -> ListedPerson:
    if not row["id"]:
        raise _not_a_list(path, f"line {line} has no id")
    surname, given, middle = (row[column].upper()[:MAX_NAME_CHARACTERS] for column in ("surname", "given", "middle"))
    if not surname:
        surname, given, middle = given or middle, middle if given else "", ""
    birth_date = read_birth_date(row["birth_date"])
    return ListedPerson(
        id=row["id"],
        name=PersonName(surname, given, middle) if surname else None,
        birth_date=birth_date,
        sex=row["sex"].upper() if row["sex"].upper() in ("M", "F", "X") else "",
        odd_birth_date=bool(row["birth_date"]) and birth_date is None,
    )


def _not_a_list(path: Path, what: str) -> Rejected:
    return Rejected(Fault("06", path.name, what, f"a CSV file in UTF-8 with the columns {', '.join(COLUMNS)}"))


def _say_what_is_odd(path: Path, listed: Sequence[ListedPerson]) -> None:
    for count, what in (
        (sum(person.name is None for person in listed), "without any name: left out"),
        (sum(person.odd_birth_date for person in listed), "with a birth date that is none: taken as not given"),
    ):
        if count:
            click.echo(f"{path.name}: {count} of {len(listed)} people {what}", err=True)


def _use_database_in(folder: Path) -> None:
    """Settings are read from the environment when Django is first set up, which is only now."""
    for name in ("DATABASE_URL", "OPENCLETS_DATABASE_OWNER_URL"):
        os.environ.pop(name, None)
    os.environ["OPENCLETS_DATA"] = str(folder)


def _index(listed: Sequence[ListedPerson]) -> None:
    # Django is set up only now; what needs it is imported here.
    from django.db import transaction

    from openclets.people.index import IndexedPerson, index_people, settle_index

    with transaction.atomic():
        index_people(
            IndexedPerson(_KIND, place, "listed", (person.name,), person.birth_date, sex=person.sex)
            for place, person in enumerate(listed)
            if person.name is not None
        )
    settle_index()


def _matches(
    indexed: Sequence[ListedPerson],
    asked: Sequence[ListedPerson],
    top: int,
    *,
    is_strict: bool,
    is_expanded: bool,
) -> Iterator[tuple[str, int, str, str, str]]:
    from openclets.people.search import PersonQuery, search
    from openclets.people.strict import search_strict
    from openclets.people.weights import Verdict

    for person in asked:
        if person.name is None:
            continue
        query = PersonQuery(person.name, person.birth_date, sex=person.sex)
        found = (
            search_strict(query, expanded=is_expanded, kinds=(_KIND,), limit=top)
            if is_strict
            else search(query, kinds=(_KIND,), limit=top, least=Verdict.UNLIKELY)
        )
        for rank, candidate in enumerate(found.candidates, start=1):
            yield _line(person.id, rank, indexed[candidate.record_id].id, candidate)


def _line(query_id: str, rank: int, found_id: str, candidate: Candidate) -> tuple[str, int, str, str, str]:
    return query_id, rank, found_id, f"{candidate.score:.6f}", candidate.verdict.value


def _write(path: Path, lines: Iterator[tuple[str, int, str, str, str]]) -> None:
    """Whole or not at all: written beside its place and moved there."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(OUT_COLUMNS)
            out.writerows(lines)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
