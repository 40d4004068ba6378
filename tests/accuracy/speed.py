"""How long a search and a filing take in the index the card was measured in, one after another in one thread."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import psutil
import psycopg
from django.db import transaction

from openclets.people.candidates import BY_KEYS, by_keys_parameters
from openclets.people.index import IndexedPerson, index_person
from openclets.people.keys import keys_of_question
from openclets.people.search import MAX_COMPARED, PersonQuery, search
from openclets.people.statements import django_connection, run
from tests.accuracy.census import Census, CensusPerson
from tests.accuracy.measure import Asked
from tests.accuracy.questions import innocent, innocent_with_common_names, with_common_names, with_mistake

WARM_UP = 100
SEARCHES = 1_000
FILED_ONE_BY_ONE = 200


@dataclass(frozen=True, slots=True)
class Timed:
    """Milliseconds of `count` searches. `own`, `of_database`: processor time of one search here and in the database's
    process; `floor`: of both together for the search's first statement alone, its rows fetched by bare psycopg.
    `a_second_of_one_core` by the processor time of both together."""

    title: str
    count: int
    p50: float
    p95: float
    p99: float
    own: float
    of_database: float
    floor: float

    @property
    def a_second_of_one_core(self) -> float:
        return 1000 / (self.own + self.of_database)


@dataclass(frozen=True, slots=True)
class Speed:
    """`filing_p50`, `filing_p95`: milliseconds to file one person inside a transaction; the commit is the record's.
    `filing_processor`: of them, processor time here and in the database.
    `names`: rows of the index; `index_bytes`: all its tables and indexes. `load`: the machine's load average before."""

    searches: tuple[Timed, ...]
    filing_p50: float
    filing_p95: float
    filing_processor: float
    names: int
    index_bytes: int
    load: float
    cores: int


def measure_speed(census: Census, people: Sequence[CensusPerson], *, seed: int) -> Speed:
    """Everything, on a database at rest whose index is in memory."""
    groups = {
        "mix: half known, half innocent": [
            *with_mistake(people, "no mistake, middle name not asked", SEARCHES // 2, seed=seed + 10),
            *innocent(census, SEARCHES // 2, seed=seed + 11),
        ],
        "a typo in each name": with_mistake(people, "a typo in each name", SEARCHES // 2, seed=seed + 12),
        "the 50 commonest names, birth date": with_common_names(people, SEARCHES // 4, seed=seed + 13),
        "the 50 commonest names, another birth date": innocent_with_common_names(
            people, census, SEARCHES // 4, seed=seed + 14
        ),
        "no birth date, whole name": with_mistake(people, "no birth date, whole name", SEARCHES // 4, seed=seed + 15),
        "the 50 commonest names alone": _without_birth_date(with_common_names(people, SEARCHES // 4, seed=seed + 16)),
    }
    _read_into_memory()
    load, rng = os.getloadavg()[0], Random(f"{seed} order")
    timed = []
    for title, asked in groups.items():
        rng.shuffle(asked)
        timed.append(_timed(title, asked))
    filing, processor = _filing(census, seed=seed + 17)
    names, size = _size()
    return Speed(
        tuple(timed),
        _percentile(filing, 50),
        _percentile(filing, 95),
        processor,
        names,
        size,
        load,
        os.cpu_count() or 1,
    )


def _without_birth_date(asked: Sequence[Asked]) -> list[Asked]:
    return [Asked(PersonQuery(one.query.name), one.kind, one.record_id) for one in asked if one.query is not None]


def _timed(title: str, asked: Sequence[Asked]) -> Timed:
    queries = [one.query for one in asked if one.query is not None]
    for query in queries[:WARM_UP]:
        search(query)
    backend = psutil.Process(django_connection().info.backend_pid)
    times, (own, of_database) = [], _processor_seconds(backend)
    for query in queries:
        started = time.perf_counter()
        search(query)
        times.append(1000 * (time.perf_counter() - started))
    own_after, database_after = _processor_seconds(backend)
    return Timed(
        title,
        len(queries),
        _percentile(times, 50),
        _percentile(times, 95),
        _percentile(times, 99),
        own=1000 * (own_after - own) / len(queries),
        of_database=1000 * (database_after - of_database) / len(queries),
        floor=_floor(queries, backend),
    )


def _floor(queries: Sequence[PersonQuery], backend: psutil.Process) -> float:
    """Processor milliseconds of one statement, here and in the database."""
    asked = [
        by_keys_parameters(keys_of_question(query.name, query.birth_date), kinds=(), roles=(), most=MAX_COMPARED)
        for query in queries
        if query.name is not None
    ]
    connection = django_connection()
    before = sum(_processor_seconds(backend))
    for parameters in asked:
        psycopg.Cursor(connection).execute(BY_KEYS, parameters, prepare=True, binary=True).fetchall()
    return 1000 * (sum(_processor_seconds(backend)) - before) / len(asked)


def _read_into_memory() -> None:
    """What a server that has run for a day has in its memory: otherwise the disk is measured."""
    with transaction.atomic():
        run("SET LOCAL enable_seqscan = off", [])
        run("SELECT count(*) FROM people_namekey", [])
        run("SELECT count(*) FROM people_indexedname WHERE id > 0 AND surname <> ''", [])


def _processor_seconds(backend: psutil.Process) -> tuple[float, float]:
    """Of this process and of the database's."""
    of_backend = backend.cpu_times()
    return time.process_time(), of_backend.user + of_backend.system


def _filing(census: Census, *, seed: int) -> tuple[list[float], float]:
    """Milliseconds of each, and processor milliseconds of one."""
    times = []
    backend = psutil.Process(django_connection().info.backend_pid)
    before = sum(_processor_seconds(backend))
    with transaction.atomic():
        for one in census.people(FILED_ONE_BY_ONE, seed=seed):
            person = IndexedPerson("timed", one.number, "person", (one.name,), one.birth_date, sex=one.sex)
            started = time.perf_counter()
            index_person(person)
            times.append(1000 * (time.perf_counter() - started))
        used = sum(_processor_seconds(backend)) - before
        transaction.set_rollback(True)
    return times, 1000 * used / len(times)


def _size() -> tuple[int, int]:
    row = (
        django_connection()
        .execute("""
            SELECT (SELECT count(*) FROM people_indexedname),
                   pg_total_relation_size('people_indexedname') + pg_total_relation_size('people_namekey')
        """)
        .fetchone()
    )
    assert row is not None
    return row[0], row[1]


def _percentile(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
