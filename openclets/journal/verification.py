"""Checks the whole store: the public log, every entry and body against it, every signed checkpoint, every erasure.

Reads one snapshot of the database while everything goes on. A long journal is read by several processes.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql

from openclets.journal.absence import check_archive, check_erasures, check_nothing_beside
from openclets.journal.archive import Archived, archive_of, archived_files, archived_leaves
from openclets.journal.leaf import LEAF_COLUMNS, Leaf, canonical_personal, leaf_hash, leaf_of, salted_hash
from openclets.journal.log_folder import CHECKPOINT, LogUnreadable, read_tile
from openclets.journal.verify_log import (
    HASH_BYTES,
    MOVING_FOR_SECONDS,
    TILE_WIDTH,
    Checkpoint,
    Frontier,
    Verifier,
    Wrong,
    read_checkpoint,
    verify_folder,
)
from openclets.journal.verify_progress import read_frontier, write_frontier

CHUNK: Final = 64 * TILE_WIDTH
"""Entries read at once. Own decision."""

ALONE_UP_TO: Final = 4 * CHUNK
"""Journals up to here are read by this process alone: starting others would take longer. Own decision."""


REMEMBER_EVERY_SECONDS: Final = 5.0
"""How much of a run is lost at most when it is broken off. Own decision."""

CHANGED: Final = "was changed: its fields no longer give its hash"


@dataclass(frozen=True, slots=True)
class _Part:
    """What was found in one range of places: the leaf hashes in order, and in words the first that does not hold."""

    hashes: bytes
    fault: str


def verify_store(
    parameters: Mapping[str, Any],
    folder: Path,
    log: Verifier,
    *,
    progress: Callable[[int, int], None] = lambda done, of: None,
    resume: Path | None = None,
) -> str:
    """Checks everything and says in a line what holds. `parameters` are those of a connection.

    `progress` hears how many entries were checked, of how many. `resume` is a file that remembers how far a run came
    that was broken off: the next one begins there, and what was checked before is not looked at again, which the line
    says. It is gone when everything holds.

    Raises: Wrong, naming the first bad entry; psycopg.Error when the database cannot be read.
    """
    published = verify_folder(folder, log, progress=progress)
    frontier = read_frontier(resume, log) if resume else Frontier()
    since = frontier.size
    if published.size == since and published.root != frontier.root():
        raise Wrong(f"entries before {since}: not what they were when they were checked; the log was forked")
    with psycopg.connect(**parameters) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        (snapshot, placed) = _row(
            connection, "SELECT pg_export_snapshot(), coalesce(max(leaf_index) + 1, 0) FROM journal_sealed"
        )
        if placed < since:
            raise Wrong(f"entry at {placed}: missing from the journal, which once had {since} sealed entries")
        signed = _checkpoints(connection, log)
        archived = archived_files(connection)
        parts = _parts(
            parameters, str(snapshot), range(since, int(placed), CHUNK), int(placed), folder, published.size, archived
        )
        last = _compare_roots(
            next(signed), signed, frontier, published, _told(parts, frontier, int(placed), progress, log, resume)
        )
        check_nothing_beside(connection)
        check_erasures(connection)
        check_archive(connection, archive_of(folder))
    _check_not_behind(folder, log, last)
    if resume:
        resume.unlink(missing_ok=True)
    return (
        f"holds: {placed} entries with their bodies, {published.size} of them signed by {log.name},"
        f" root {published.root.hex()}" + (f"; the first {since} were checked in a run before" if since else "")
    )


def _told(
    parts: Iterator[_Part],
    frontier: Frontier,
    placed: int,
    progress: Callable[[int, int], None],
    log: Verifier,
    resume: Path | None,
) -> Iterator[_Part]:
    """The parts; whenever the next is asked for, the one before holds, which is told and remembered."""
    remembered_at = time.monotonic()
    for part in parts:
        yield part
        progress(frontier.size, placed)
        if resume and time.monotonic() - remembered_at >= REMEMBER_EVERY_SECONDS:
            write_frontier(resume, log, frontier)
            remembered_at = time.monotonic()


def _compare_roots(
    first: Checkpoint, others: Iterator[Checkpoint], frontier: Frontier, published: Checkpoint, parts: Iterator[_Part]
) -> Checkpoint:
    """Holds every checkpoint ever signed, and the published one, against the entries. Returns the last signed.

    What is at the frontier already was held against them in a run before.
    """
    due: Checkpoint | None = first
    last = first
    while due and due.size <= frontier.size:
        last, due = due, next(others, None)
    for part in parts:
        for at in range(0, len(part.hashes), HASH_BYTES):
            frontier.append(part.hashes[at : at + HASH_BYTES])
            for checkpoint in (due, published):
                if checkpoint and checkpoint.size == frontier.size and checkpoint.root != frontier.root():
                    raise Wrong(
                        f"entries before {checkpoint.size}: not what was signed when the log had {checkpoint.size}"
                        " entries; the log was forked"
                    )
            while due and due.size <= frontier.size:
                last, due = due, next(others, None)
        if part.fault:
            raise Wrong(part.fault)
    if due or frontier.size < published.size:
        size = due.size if due else published.size
        raise Wrong(f"entry at {frontier.size}: missing from the journal, which once had {size} sealed entries")
    return last


def _checkpoints(connection: psycopg.Connection[Any], log: Verifier) -> Iterator[Checkpoint]:
    """An empty one, then every checkpoint that was signed, by size."""
    yield Checkpoint(log.name, 0, hashlib.sha256().digest())
    with connection.cursor("checkpoints") as cursor:
        cursor.execute("SELECT size, note FROM journal_checkpoint ORDER BY size")
        for size, note in cursor:
            try:
                checkpoint = read_checkpoint(note.encode(), log)
            except Wrong as wrong:
                raise Wrong(f"checkpoint of {size} entries: {wrong}") from None
            if checkpoint.size != size:
                raise Wrong(f"checkpoint of {size} entries: speaks of {checkpoint.size}")
            yield checkpoint


def _parts(
    parameters: Mapping[str, Any],
    snapshot: str,
    starts: range,
    placed: int,
    folder: Path,
    published: int,
    archived: Sequence[Archived],
) -> Iterator[_Part]:
    """Every range of places, in order."""
    fixed = tuple(map(repeat, (dict(parameters), snapshot, placed, folder, published, archived)))
    if len(starts) * CHUNK <= ALONE_UP_TO:
        yield from map(_check_part, starts, *fixed)
        return
    # Spawned, not forked: this process has threads.
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        yield from pool.map(_check_part, starts, *fixed)


def _check_part(
    start: int,
    parameters: dict[str, Any],
    snapshot: str,
    placed: int,
    folder: Path,
    published: int,
    archived: Sequence[Archived],
) -> _Part:
    """Reads the places from `start` on and holds each against its leaf, its body and its tile."""
    end = min(start + CHUNK, placed)
    hashes: list[bytes] = []
    with psycopg.connect(**parameters) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        # A literal: the statement takes no parameters.
        connection.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(sql.Literal(snapshot)))
        connection.execute(_BY_INDEX)
        sealed = _Tiles(folder, published)
        moved: Mapping[int, tuple[str, Leaf]] | None = None
        for row in connection.execute(_STORED, [start, end]):
            place, number, erased_by, body_number, *body, stored_hash = row[:9]
            expected = start + len(hashes)
            if place != expected:
                return _Part(b"".join(hashes), f"entry at {expected}: its place in the log is empty")
            if stored_hash is None:
                try:
                    moved = archived_leaves(archive_of(folder), archived, start, end) if moved is None else moved
                except Wrong as wrong:
                    return _Part(b"".join(hashes), str(wrong))
                if place in moved and erased_by is not None:
                    file, leaf = moved[place]
                    if place < published and leaf_hash(leaf) != sealed.hash_at(place):
                        fault = f"entry {number} (at {place}): was changed in the archive, in {file}"
                        return _Part(b"".join(hashes), fault)
                    hashes.append(leaf_hash(leaf))
                    continue
                return _Part(b"".join(hashes), f"entry {number} (at {place}): {_fault_of_missing(connection, number)}")
            leaf = leaf_of(row[9:])
            hashed = leaf_hash(leaf)
            fault = ""
            if hashed != stored_hash:
                fault = CHANGED
            elif place < published and hashed != sealed.hash_at(place):
                fault = "is not the entry that was sealed here"
            elif body_number is not None:
                fault = _fault_of_body(leaf, *body)
            elif erased_by is None:
                fault = "its body is gone, and no entry says that it was erased"
            if fault:
                return _Part(b"".join(hashes), f"entry {number} (at {place}): {fault}")
            hashes.append(hashed)
    if len(hashes) < end - start:
        return _Part(b"".join(hashes), f"entry at {start + len(hashes)}: its place in the log is empty")
    return _Part(b"".join(hashes), "")


def _fault_of_missing(connection: psycopg.Connection[Any], number: int) -> str:
    """In words, why there is no entry of that number at the moment that its place tells."""
    row = _row(connection, _BY_NUMBER.format(int(number)))
    if not row:
        return "gone from the journal"
    if leaf_hash(leaf_of(row[1:])) != row[0]:
        return CHANGED
    return "its place in the log tells another moment than the entry"


class _Tiles:
    """The sealed leaf hashes of a log, read tile by tile in order."""

    def __init__(self, folder: Path, size: int) -> None:
        self._folder, self._size, self._tile, self._hashed = folder, size, -1, b""

    def hash_at(self, place: int) -> bytes:
        tile, at = divmod(place, TILE_WIDTH)
        if tile != self._tile:
            width = min(TILE_WIDTH, self._size - tile * TILE_WIDTH)
            try:
                self._tile, self._hashed = tile, read_tile(self._folder, 0, tile, width)
            except LogUnreadable as unreadable:
                raise Wrong(f"entry at {place}: {unreadable}") from None
        return self._hashed[at * HASH_BYTES : (at + 1) * HASH_BYTES]


def _fault_of_body(leaf: Leaf, salt: bytes, asked: str, answered: str, personal: str) -> str:
    """In words, which part of the body does not give its hash in the entry; empty when all do."""
    for name, text, expected in (
        ("what was asked", asked, leaf.asked_hash),
        ("what was answered", answered, leaf.answered_hash),
        ("its personal fields", canonical_personal(json.loads(personal)), leaf.personal_hash),
    ):
        if salted_hash(salt, text) != expected:
            return f"{name} was changed: it no longer gives its hash in the entry"
    return ""


def _check_not_behind(folder: Path, log: Verifier, last: Checkpoint) -> None:
    """The published log has caught up with what was signed; publishing follows signing at once."""
    deadline = time.monotonic() + MOVING_FOR_SECONDS
    while (shown := read_checkpoint((folder / CHECKPOINT).read_bytes(), log)).size < last.size:
        if time.monotonic() > deadline:
            raise Wrong(
                f"entry at {shown.size}: the published log was rolled back from {last.size} entries to {shown.size}"
            )
        time.sleep(MOVING_FOR_SECONDS / 20)


def _row(connection: psycopg.Connection[Any], query: str) -> tuple[Any, ...]:
    row = connection.execute(query).fetchone()
    return tuple(row) if row else ()


_STORED: Final = f"""
    SELECT s.leaf_index, s.entry_number, r.erased_by, b.entry_number, b.salt, b.asked, b.answered, b.personal::text,
           e.leaf_hash, {", ".join(f"e.{column}" for column in LEAF_COLUMNS)}
      FROM journal_sealed s
      LEFT JOIN journal_entry e ON e.number = s.entry_number AND e.at = s.at
      LEFT JOIN journal_body b ON b.entry_number = s.entry_number AND b.at = s.at
      LEFT JOIN journal_erased r ON r.entry_number = s.entry_number
     WHERE s.leaf_index >= %s AND s.leaf_index < %s
     ORDER BY s.leaf_index
"""  # noqa: S608 (fixed names)

_BY_INDEX: Final = (
    "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off;"
    " SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off"
)
"""A part is little in a large journal. Left to itself the database reads the whole journal for each of them."""

_BY_NUMBER: Final = f"SELECT leaf_hash, {', '.join(LEAF_COLUMNS)} FROM journal_entry WHERE number = {{}}"  # noqa: S608
