"""Erasing bodies after their keeping time, and holds that prevent it.

An entry stays for ever and with it its place in the log; only the body, with names and words, goes. Each erasure is
itself an entry, which names the bodies by a hash over their numbers, and is one transaction with what it erases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import psycopg

from openclets.journal.absence import erased_hash
from openclets.journal.events import BODIES_ERASED, KEPT_BY_KIND, KEPT_YEARS
from openclets.journal.leaf import Receipt
from openclets.journal.record import EntryDraft, record_on

BATCH: Final = 5_000
"""Most bodies that one entry speaks for; bounds the transaction. Own decision."""

HOLD_PLACED: Final = "hold placed"
HOLD_ENDED: Final = "hold ended"

HoldField = Literal["number", "user_name", "agency", "record", "subject_name", "case_number"]


class NoSuchHold(Exception):
    """No hold was placed by that entry, or it has ended."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Bodies whose `field` has this value may not be erased. `placed_by` is the number of the entry that says so."""

    placed_by: int
    field: str
    value: str


def keeping_years(changes: Mapping[str, int]) -> dict[str, int]:
    """Years for which each kind's bodies are kept, with an operator's changes; the kind `*` stands for all others."""
    usual = changes.get("*", KEPT_YEARS)
    kept = {kind: usual if years == KEPT_YEARS else years for kind, years in KEPT_BY_KIND.items()}
    return {**kept, **{kind: years for kind, years in changes.items() if kind != "*"}, "*": usual}


def erase_batch(
    connection: psycopg.Connection[Any], *, kept: Mapping[str, int], operator: str, now: datetime
) -> Receipt | None:
    """Erases the oldest bodies that have outlived their time, at most `BATCH`; None when there are none.

    `connection` is that of the retention role; `operator` is the account that asks for it. What is held stays.
    """
    with connection.transaction():
        due = connection.execute(_DUE, _due(kept, now)).fetchall()
        if not due:
            return None
        numbers = [row[0] for row in due]
        receipt = record_on(
            connection,
            [
                EntryDraft(
                    at=now,
                    kind=BODIES_ERASED,
                    outcome="done",
                    channel="command",
                    records=(erased_hash(numbers),),
                    asked=f"erasure by {operator} of bodies that have outlived their keeping time",
                    answered=f"{len(numbers)} bodies erased, of entries {numbers[0]} to {numbers[-1]}",
                )
            ],
        )[0]
        connection.execute(
            "INSERT INTO journal_erased (entry_number, erased_by) SELECT unnest(%s::bigint[]), %s",
            [numbers, receipt.number],
        )
        connection.execute(_ERASE, [numbers, [row[1] for row in due]])
    return receipt


def place_hold(
    connection: psycopg.Connection[Any], *, field: HoldField, value: str, reason: str, operator: str, now: datetime
) -> Receipt:
    """Keeps every body whose field has the value, those to come included, until the hold is ended."""
    with connection.transaction():
        receipt = record_on(
            connection,
            [
                EntryDraft(
                    at=now,
                    kind=HOLD_PLACED,
                    outcome="done",
                    channel="command",
                    asked=f"hold by {operator}: {field} {value}; {reason}",
                )
            ],
        )[0]
        connection.execute(
            "INSERT INTO journal_hold (placed_by, field, value) VALUES (%s, %s, %s)", [receipt.number, field, value]
        )
    return receipt


def end_hold(
    connection: psycopg.Connection[Any], *, placed_by: int, reason: str, operator: str, now: datetime
) -> Receipt:
    """Ends the hold that the entry `placed_by` placed. Raises: NoSuchHold."""
    with connection.transaction():
        if placed_by not in {hold.placed_by for hold in holds(connection)}:
            raise NoSuchHold(f"no hold was placed by entry {placed_by}, or it has ended")
        receipt = record_on(
            connection,
            [
                EntryDraft(
                    at=now,
                    kind=HOLD_ENDED,
                    outcome="done",
                    channel="command",
                    records=(str(placed_by),),
                    asked=f"end of hold {placed_by} by {operator}; {reason}",
                )
            ],
        )[0]
        connection.execute(
            "INSERT INTO journal_hold_ended (placed_by, ended_by) VALUES (%s, %s)", [placed_by, receipt.number]
        )
    return receipt


def holds(connection: psycopg.Connection[Any]) -> list[Hold]:
    """Holds that have not ended, oldest first."""
    return [Hold(*row) for row in connection.execute(_HOLDS)]


def _due(kept: Mapping[str, int], now: datetime) -> dict[str, Any]:
    kinds = [kind for kind in kept if kind != "*"]
    return {
        "now": now,
        "kinds": kinds,
        "years": [kept[kind] for kind in kinds],
        "usual": kept["*"],
        "least": min(kept.values()),
        "batch": BATCH,
    }


_HOLDS: Final = """
    SELECT placed_by, field, value FROM journal_hold h
     WHERE NOT EXISTS (SELECT FROM journal_hold_ended d WHERE d.placed_by = h.placed_by)
     ORDER BY placed_by
"""

_DUE: Final = f"""
    WITH held AS ({_HOLDS}), kept AS (SELECT * FROM unnest(%(kinds)s::text[], %(years)s::int[]) AS k (kind, years))
    SELECT e.number, e.at
      FROM journal_entry e JOIN journal_body b ON b.entry_number = e.number AND b.at = e.at
      LEFT JOIN kept k ON k.kind = e.kind
     WHERE e.at < %(now)s - make_interval(years => %(least)s)
       AND e.at < %(now)s - make_interval(years => coalesce(k.years, %(usual)s))
       AND NOT EXISTS (
           SELECT FROM held h
            WHERE CASE h.field
                  WHEN 'number' THEN h.value = e.number::text
                  WHEN 'user_name' THEN h.value = e.user_name
                  WHEN 'agency' THEN h.value = e.agency
                  WHEN 'record' THEN h.value = ANY (e.records)
                  WHEN 'subject_name' THEN upper(h.value) = upper(b.personal ->> 'subject_name')
                  ELSE upper(h.value) = upper(b.personal ->> 'case_number') END)
     ORDER BY e.number
     LIMIT %(batch)s
"""  # noqa: S608 (fixed text)
"""The trigger on journal_body holds whatever this overlooks."""

_ERASE: Final = """
    DELETE FROM journal_body b USING unnest(%s::bigint[], %s::timestamptz[]) AS due (number, at)
     WHERE b.entry_number = due.number AND b.at = due.at
"""
