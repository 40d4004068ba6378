"""What is gone from the journal must have gone on record, and nothing may lie in it that did not come by the sealer."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import psycopg

from openclets.journal.events import BODIES_ERASED, ENTRIES_ARCHIVED
from openclets.journal.verify_log import Wrong


def erased_hash(numbers: Sequence[int]) -> str:
    """What the entry of an erasure says of the entries whose bodies it erased. `numbers` ascending."""
    return hashlib.sha256("\n".join(map(str, numbers)).encode()).hexdigest()


def check_nothing_beside(connection: psycopg.Connection[Any]) -> None:
    """Nothing lies in the store that never went through the sealer."""
    for query, fault in (
        (_NEVER_SEALED, "was put into the journal behind the sealer's back"),
        (_NO_ENTRY, "does not exist and has a body"),
    ):
        found = connection.execute(query).fetchone()
        if found:
            raise Wrong(f"entry {found[0]}: {fault}")


def check_erasures(connection: psycopg.Connection[Any]) -> None:
    """Every erasure is told by an entry that names, by hash, exactly the bodies that are gone."""
    for erased_by, numbers, kind, records in connection.execute(_ERASURES):
        if kind != BODIES_ERASED or not records or records[0] != erased_hash(numbers):
            raise Wrong(f"entry {numbers[0]}: entry {erased_by} does not say that its body was erased")
    found = connection.execute(_ERASED_AND_THERE).fetchone()
    if found:
        raise Wrong(f"entry {found[0]}: its body was erased and is there")


def check_archive(connection: psycopg.Connection[Any], folder: Path) -> None:
    """Every archived file is, byte for byte, the one that an entry names."""
    for file, sha256, first, last, archived_by, kind, records in connection.execute(_ARCHIVED):
        places = f"entries at {first} to {last}"
        if kind != ENTRIES_ARCHIVED or records != [file, bytes(sha256).hex()]:
            raise Wrong(f"{places}: entry {archived_by} does not say that they were archived in {file}")
        try:
            with (folder / file).open("rb") as content:
                found = hashlib.file_digest(content, "sha256").digest()
        except FileNotFoundError:
            raise Wrong(f"{places}: {file} is missing from the archive") from None
        if found != bytes(sha256):
            raise Wrong(f"{places}: {file} is not the file that was archived")


_NEVER_SEALED: Final = """
    SELECT min(e.number) FROM journal_entry e, journal_sealing z
     WHERE pg_visible_in_snapshot(e.written_in, z.seen)
       AND NOT EXISTS (SELECT FROM journal_sealed s WHERE s.entry_number = e.number AND s.at = e.at)
    HAVING count(*) > 0
"""

_NO_ENTRY: Final = """
    SELECT min(b.entry_number) FROM journal_body b
     WHERE NOT EXISTS (SELECT FROM journal_entry e WHERE e.number = b.entry_number AND e.at = b.at)
    HAVING count(*) > 0
"""

_ERASURES: Final = """
    SELECT r.erased_by, array_agg(r.entry_number ORDER BY r.entry_number), e.kind, e.records
      FROM journal_erased r LEFT JOIN journal_entry e ON e.number = r.erased_by
     GROUP BY r.erased_by, e.kind, e.records
     ORDER BY r.erased_by
"""

_ARCHIVED: Final = """
    SELECT a.file, a.sha256, a.first_index, a.last_index, a.archived_by, e.kind, e.records
      FROM journal_archived a LEFT JOIN journal_entry e ON e.number = a.archived_by
     ORDER BY a.file
"""

_ERASED_AND_THERE: Final = """
    SELECT min(r.entry_number) FROM journal_erased r JOIN journal_body b ON b.entry_number = r.entry_number
    HAVING count(*) > 0
"""
