"""Keeps the index of the journal's search up with the journal, behind the answers and never in their way.

Which entries are new is told by the transaction that wrote them: every transaction below `ended_before` had ended when
the index was last brought up, and of later ones those are taken that are not in it yet. So an entry that is committed
late is found late, and none is left out.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, Final

import psycopg
import structlog

from openclets.journal.search_terms import terms_of

BATCH: Final = 2_000
"""Entries taken into the index in one transaction. Own decision."""

LOOK_EVERY_SECONDS: Final = 1.0
"""How long the index may lie behind a quiet journal; a search brings it up itself. Own decision."""

LOCK_WAIT_MILLISECONDS: Final = 3_000
"""How long a search waits for another that brings the index up. Own decision."""

_log = structlog.get_logger(__name__)


def bring_up(connection: psycopg.Connection[Any], *, batches: int) -> bool:
    """Takes new entries into the index, in at most so many batches. True when everything committed before is in it;
    false when more is left, or when another has been at it for longer than a search waits."""
    try:
        return any(_bring_up_batch(connection) < BATCH for _ in range(batches))
    except psycopg.errors.LockNotAvailable:
        return False


def keep_up(connect: Callable[[], psycopg.Connection[Any]], *, until: Callable[[], bool]) -> None:
    """Brings the index up until told to stop. `connect` gives connections in autocommit."""
    while not until():
        try:
            with connect() as connection:
                while not until():
                    if bring_up(connection, batches=1):
                        time.sleep(LOOK_EVERY_SECONDS)
        except psycopg.Error as error:
            _log.warning("search_index_behind", failure=type(error).__name__)
            time.sleep(LOOK_EVERY_SECONDS)


def forget_everything(connection: psycopg.Connection[Any]) -> None:
    """Empties the index, so that it is made anew. For the owner of the tables."""
    with connection.transaction():
        connection.execute("TRUNCATE journal_search")
        connection.execute("UPDATE journal_search_place SET ended_before = '0'")


def _bring_up_batch(connection: psycopg.Connection[Any]) -> int:
    """One batch, one transaction. Returns how many entries it found new."""
    with connection.transaction():
        connection.execute(f"SET LOCAL lock_timeout = {LOCK_WAIT_MILLISECONDS}")
        place = connection.execute(_PLACE).fetchone()
        if place is None:
            raise psycopg.DataError("the table journal_search_place has lost its row")
        here, there, ended_before, horizon = place
        # Transactions of another server had other numbers: after a move all entries are compared, once.
        since = ended_before if here == there else "0"
        rows = connection.execute(_NEW, [since, BATCH], prepare=False).fetchall()
        with connection.cursor() as cursor:
            cursor.executemany(_INSERT, [_row(*row[:-1]) for row in rows])
        reached = horizon if len(rows) < BATCH else str(rows[-1][-1])
        if (here, reached) != (there, ended_before):
            connection.execute(_REMEMBER, [here, reached])
    return len(rows)


def _row(number: int, at: Any, records: list[str], asked: str, answered: str, personal: str) -> tuple[Any, ...]:
    terms = terms_of(asked, answered, json.loads(personal), records)
    return number, at, sorted(terms.about), sorted(terms.words)


_PLACE: Final = """
    SELECT (SELECT system_identifier FROM pg_control_system()), cluster, ended_before::text,
           pg_snapshot_xmin(pg_current_snapshot())::text
      FROM journal_search_place FOR UPDATE
"""
"""The horizon is older than the snapshot in which the new entries are looked for, so none falls between the two."""

_NEW: Final = """
    SELECT e.number, e.at, e.records, coalesce(b.asked, ''), coalesce(b.answered, ''), coalesce(b.personal::text, '{}'),
           e.written_in::text
      FROM journal_entry e LEFT JOIN journal_body b ON b.entry_number = e.number AND b.at = e.at
     WHERE e.written_in >= %s::xid8
       AND NOT EXISTS (SELECT FROM journal_search s WHERE s.entry_number = e.number)
     ORDER BY e.written_in
     LIMIT %s
"""

_INSERT: Final = """
    INSERT INTO journal_search (entry_number, at, about, words)
    VALUES (%s, %s, array_to_tsvector(%s::text[]), array_to_tsvector(%s::text[]))
    ON CONFLICT (entry_number) DO NOTHING
"""

_REMEMBER: Final = "UPDATE journal_search_place SET cluster = %s, ended_before = %s::xid8"
