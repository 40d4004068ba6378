"""How long the person search takes by itself, and the bare SQL under it.

    python -m tests.bench.person_search [--people 100000] [--growing-to 0] [--searches 1000] [--seed 7]

Makes a database of its own in a temporary folder, fills the index with made-up people and asks in each shape, one
after another on one connection. The floor is the same statement with the same keys by bare psycopg: what is above it
is making keys, comparing and explaining. The made-up names come from lists shorter than life, so that common names are
commoner here. With `--growing-to` the index is filled up to so many afterwards and the same questions are asked again,
to see how the time grows.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import click
import psutil

from openclets.config import embedded_postgres
from openclets.config.preparation import prepare_database
from openclets.config.synthetic.population import Resident, residents
from openclets.vocabulary.persons import PersonName

if TYPE_CHECKING:
    import psycopg

    from openclets.people.search import PersonQuery

TODAY = date(2026, 11, 22)
KIND = "bench"
WARM_UP_SEARCHES = 200
FILED_AT_ONCE = 25_000


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and the record it is after, or None for an innocent person."""

    query: PersonQuery
    record_id: int | None


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of each search, its processor time in this process, the floor's time, and how often the person was
    first and among ten. `database`: processor milliseconds of one search in the database's process."""

    search: Sequence[float]
    processor: Sequence[float]
    floor: Sequence[float]
    database: float
    first: float
    among_ten: float
    shown: float


def main() -> None:
    arguments = _arguments()
    os.environ.pop("DATABASE_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "openclets.config.settings"
    # In /tmp itself, so that the database's own user can pass through.
    with tempfile.TemporaryDirectory(prefix="openclets-bench-", dir="/tmp") as folder:
        os.environ["OPENCLETS_DATA"] = folder
        try:
            prepare_database()
            _run(arguments)
        finally:
            embedded_postgres.stop(Path(folder))


def _run(arguments: argparse.Namespace) -> None:
    most = max(arguments.people, arguments.growing_to)
    coming = residents(most, seed=arguments.seed, today=TODAY)
    people = list(islice(coming, arguments.people))
    _fill(people)
    click.echo(f"filing one by itself: {_filing_one_ms(people):.2f} ms (median of 50)")
    asked = {}
    for shape, ask in _SHAPES.items():
        rng = Random(arguments.seed)
        asked[shape] = [ask(person, rng) for person in rng.choices(people, k=arguments.searches)]
    small = _ask_each(asked)
    if arguments.growing_to > arguments.people:
        _fill(coming)
        large = _ask_each(asked)
        for shape, before in small.items():
            growth = _percentile(large[shape].search, 95) / _percentile(before.search, 95)
            used = [statistics.mean(one.processor) + one.database for one in (before, large[shape])]
            click.echo(f"{shape:<34} p95 x {growth:.2f}; processor time {used[0]:.2f} -> {used[1]:.2f} ms")


def _ask_each(asked: Mapping[str, Sequence[Asked]]) -> dict[str, Measured]:
    click.echo(
        f"\n{'question':<34}{'p50':>7}{'p95':>7}{'p99':>7}{'cpu p50':>9}{'floor p50':>11}{'floor p95':>11}"
        f"{'first':>8}{'in 10':>8}{'shown':>7}   (ms)"
    )
    measured = {}
    for shape, questions in asked.items():
        result = measured[shape] = _measure(questions)
        numbers = "".join(f"{_percentile(result.search, share):7.2f}" for share in (50, 95, 99))
        floor = "".join(f"{_percentile(result.floor, share):11.2f}" for share in (50, 95))
        click.echo(
            f"{shape:<34}{numbers}{_percentile(result.processor, 50):9.2f}{floor}"
            f"{result.first:8.1%}{result.among_ten:8.1%}{result.shown:7.1f}",
        )
    return measured


def _fill(people: Iterable[Resident]) -> None:
    """In parts, each a transaction of its own."""
    # Django is set up by now and not before.
    from django.db import transaction

    from openclets.people.index import IndexedPerson, index_people, settle_index

    started, names, rest = time.perf_counter(), 0, iter(people)
    while part := list(islice(rest, FILED_AT_ONCE)):
        with transaction.atomic():
            names += index_people(
                IndexedPerson(KIND, one.number, "person", (one.name,), one.birth_date, sex=one.sex, race=one.race)
                for one in part
            )
    seconds = time.perf_counter() - started
    settle_index()
    click.echo(f"{names} people filed in {seconds:.1f} s, {1000 * seconds / names:.2f} ms each")


def _filing_one_ms(people: Sequence[Resident]) -> float:
    """Inside a transaction, as a record is filed; the commit is the record's."""
    from django.db import transaction

    from openclets.people.index import IndexedPerson, index_person

    times = []
    with transaction.atomic():
        for one in people[:50]:
            started = time.perf_counter()
            index_person(IndexedPerson(KIND, -1 - one.number, "person", (one.name,), one.birth_date))
            times.append(time.perf_counter() - started)
        transaction.set_rollback(True)
    return 1000 * statistics.median(times)


def _measure(asked: Sequence[Asked]) -> Measured:
    from openclets.people.search import search
    from openclets.people.statements import django_connection
    from openclets.people.weights import Verdict

    for one in asked[:WARM_UP_SEARCHES]:
        search(one.query)
    backend = psutil.Process(django_connection().info.backend_pid)
    times, processor, shown, database = [], [], 0, sum(backend.cpu_times()[:2])
    for one in asked:
        started, cpu = time.perf_counter(), time.process_time()
        shown += len(search(one.query).candidates)
        processor.append(1000 * (time.process_time() - cpu))
        times.append(1000 * (time.perf_counter() - started))
    database = sum(backend.cpu_times()[:2]) - database
    ranks = [
        [found.record_id for found in search(one.query, limit=10, least=Verdict.UNLIKELY).candidates] for one in asked
    ]
    wanted = [one.record_id for one in asked]
    return Measured(
        search=times,
        processor=processor,
        floor=_floor(asked),
        database=1000 * database / len(asked),
        first=statistics.mean(bool(rank) and rank[0] == record for rank, record in zip(ranks, wanted, strict=True)),
        among_ten=statistics.mean(record in rank for rank, record in zip(ranks, wanted, strict=True)),
        shown=shown / len(asked),
    )


def _floor(asked: Sequence[Asked]) -> list[float]:
    import psycopg
    from django.db import connection

    from openclets.people.candidates import BY_KEYS, by_keys_parameters
    from openclets.people.keys import keys_of_question
    from openclets.people.search import MAX_COMPARED

    raw: psycopg.Connection[tuple[object, ...]] = connection.connection
    times = []
    for one in asked:
        if one.query.name is None:
            continue
        keys = keys_of_question(one.query.name, one.query.birth_date)
        parameters = by_keys_parameters(keys, kinds=(), roles=(), most=MAX_COMPARED)
        started = time.perf_counter()
        psycopg.Cursor(raw).execute(BY_KEYS, parameters, prepare=True, binary=True).fetchall()
        times.append(1000 * (time.perf_counter() - started))
    return times


def _as_known(person: Resident, rng: Random) -> Asked:
    return _about(person, PersonName(person.name.surname, person.name.given), person.birth_date)


def _surname_mistyped(person: Resident, rng: Random) -> Asked:
    return _about(person, PersonName(mistyped(person.name.surname, rng), person.name.given), person.birth_date)


def _both_mistyped(person: Resident, rng: Random) -> Asked:
    name = PersonName(mistyped(person.name.surname, rng), mistyped(person.name.given, rng))
    return _about(person, name, person.birth_date)


def _exchanged(person: Resident, rng: Random) -> Asked:
    return _about(person, PersonName(person.name.given, person.name.surname), person.birth_date)


def _year_off(person: Resident, rng: Random) -> Asked:
    born = person.birth_date
    leap_day = (born.month, born.day) == (2, 29)
    born = born.replace(year=born.year + rng.choice((-1, 1)), day=28 if leap_day else born.day)
    return _about(person, PersonName(person.name.surname, person.name.given), born)


def _whole_name_no_birth_date(person: Resident, rng: Random) -> Asked:
    return _about(person, person.name, None)


def _surname_alone(person: Resident, rng: Random) -> Asked:
    return _about(person, PersonName(person.name.surname), None)


def _innocent(person: Resident, rng: Random) -> Asked:
    """A name at its real share, with a birth date of somebody else."""
    born = date.fromordinal(rng.randrange(date(1940, 1, 1).toordinal(), date(2008, 1, 1).toordinal()))
    return replace(_about(person, PersonName(person.name.surname, person.name.given), born), record_id=None)


def _about(person: Resident, name: PersonName, born: date | None) -> Asked:
    from openclets.people.search import PersonQuery

    return Asked(PersonQuery(name, born), person.number)


def mistyped(name: str, rng: Random) -> str:
    place, letter = rng.randrange(len(name)), rng.choice("AEIOULNRST")
    if len(name) > 3 and rng.random() < 0.3:
        return name[:place] + name[place + 1 :]
    return name[:place] + letter + name[place + rng.choice((0, 1)) :]


_SHAPES: dict[str, Callable[[Resident, Random], Asked]] = {
    "name and birth date": _as_known,
    "surname mistyped": _surname_mistyped,
    "both names mistyped": _both_mistyped,
    "names exchanged": _exchanged,
    "year of birth off by one": _year_off,
    "whole name, no birth date": _whole_name_no_birth_date,
    "surname alone": _surname_alone,
    "innocent: name, another birth date": _innocent,
}


def _percentile(values: Sequence[float], percent: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--growing-to", type=int, default=0)
    parser.add_argument("--searches", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


if __name__ == "__main__":
    main()
