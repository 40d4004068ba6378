"""The floor: the same statements with the same parameters by bare psycopg, and nothing of OpenCLETS around them.

    python -m tests.bench.floor < plan.pickle > results.json

Each thread asks the SELECTs of one question after another on its own connection, then waits until the entry and after
that the reply are committed; two writers commit what waits for them together, as the journal and the post do. No rule
is applied, no name compared, no answer worded, no byte sent. Imports nothing of OpenCLETS; the plan brings the SQL.
"""

from __future__ import annotations

import json
import pickle
import queue
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import cycle, islice
from typing import Any, Final

import psycopg

MAX_GROUP: Final = 256


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL and its parameters. In binary, or as the statement's user has it."""

    sql: Any
    parameters: Sequence[Any] | Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One question: its SELECTs in order, and the rows it leaves. `entry` lacks number (its first column) and leaf
    hash (its last), `body` number and moment; `row` is both as elements of the arrays that INSERT takes."""

    selects: Sequence[Statement]
    entry: Sequence[Any]
    body: Sequence[Any]
    row: Sequence[str]
    reply: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do. Without `reads` and `replies`, entries alone are written."""

    conninfo: str
    threads: int
    seconds: float
    windows: int
    insert: Any
    store_reply: Any
    inquiries: Sequence[Inquiry]
    reads: bool = True
    replies: bool = True


@dataclass(slots=True)
class Counted:
    """Questions done in each window, and how many shared one commit on average."""

    per_second: list[float] = field(default_factory=list)
    group: float = 0.0


Commit = Callable[[psycopg.Connection[Any], Sequence[Inquiry]], None]
"""Writes and commits a group, and returns when it is durable."""


class Writer:
    """Commits what waits together, by the way of committing it is given."""

    def __init__(self, conninfo: str, commit: Commit) -> None:
        self.connection = psycopg.connect(conninfo, autocommit=True, prepare_threshold=0)
        self.commit = commit
        self.waiting: queue.SimpleQueue[tuple[Inquiry, threading.Lock] | None] = queue.SimpleQueue()
        self.commits = 0
        self.rows = 0
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def write(self, inquiry: Inquiry, done: threading.Lock) -> None:
        """Returns when the rows are committed. `done` is the caller's own, held."""
        self.waiting.put((inquiry, done))
        done.acquire()

    def _run(self) -> None:
        while (first := self.waiting.get()) is not None:
            group = [first]
            while len(group) < MAX_GROUP and not self.waiting.empty() and (more := self.waiting.get()) is not None:
                group.append(more)
            self.commit(self.connection, [inquiry for inquiry, _ in group])
            self.commits += 1
            self.rows += len(group)
            for _, done in group:
                done.release()


def entries_by(insert: Any) -> Commit:
    """Entries as the journal writes them: one statement with the numbers in it and a commit of its own."""

    def commit(connection: psycopg.Connection[Any], group: Sequence[Inquiry]) -> None:
        columns = ["{" + ",".join(column) + "}" for column in zip(*(one.row for one in group), strict=True)]
        connection.execute(insert, columns, prepare=True).fetchall()

    return commit


def replies_by(store_reply: Any) -> Commit:
    """Replies in one transaction, each its own statement, sent without waiting for the one before."""

    def commit(connection: psycopg.Connection[Any], group: Sequence[Inquiry]) -> None:
        with connection.pipeline(), connection.transaction(), connection.cursor() as cursor:
            cursor.executemany(store_reply, [one.reply for one in group])

    return commit


def main() -> None:
    plan = pickle.load(sys.stdin.buffer)
    json.dump(asdict(_run(plan)), sys.stdout)


def _run(plan: Plan) -> Counted:
    journal = Writer(plan.conninfo, entries_by(plan.insert))
    replies = Writer(plan.conninfo, replies_by(plan.store_reply))
    counts = [0] * plan.threads
    stop = threading.Event()
    threads = [
        threading.Thread(target=_ask, args=(plan, place, counts, stop, journal, replies))
        for place in range(plan.threads)
    ]
    for thread in threads:
        thread.start()
    time.sleep(plan.seconds / 2)
    counted = Counted()
    for _ in range(plan.windows):
        before, began = sum(counts), time.perf_counter()
        time.sleep(plan.seconds)
        counted.per_second.append((sum(counts) - before) / (time.perf_counter() - began))
    stop.set()
    for thread in threads:
        thread.join()
    for writer in (journal, replies):
        writer.waiting.put(None)
        writer.thread.join()
    counted.group = journal.rows / max(1, journal.commits)
    return counted


def _ask(plan: Plan, place: int, counts: list[int], stop: threading.Event, journal: Writer, replies: Writer) -> None:
    done = threading.Lock()
    done.acquire()
    with psycopg.connect(plan.conninfo, autocommit=True) as connection, connection.cursor(binary=True) as cursor:
        start = place * len(plan.inquiries) // plan.threads
        for inquiry in islice(cycle(plan.inquiries), start, None):
            if stop.is_set():
                return
            if plan.reads:
                for select in inquiry.selects:
                    cursor.execute(select.sql, select.parameters, prepare=True).fetchall()
            journal.write(inquiry, done)
            if plan.replies:
                replies.write(inquiry, done)
            counts[place] += 1


if __name__ == "__main__":
    main()
