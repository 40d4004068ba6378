"""Old entries moved out of the database: into one Parquet file a month, which `verify` checks like the rows.

Only an entry whose body has been erased is moved, so nothing personal leaves the database, and what is held stays. The
place of an entry stays in the database, as does what says that its body was erased. Each file is itself spoken for by
an entry, which names it by its hash and is one transaction with the removal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql

from openclets.journal.events import BODIES_ERASED, ENTRIES_ARCHIVED
from openclets.journal.leaf import LEAF_COLUMNS, Leaf, Receipt
from openclets.journal.record import EntryDraft, record_on
from openclets.journal.verify_log import Wrong

LOCK: Final = 0x6F636172
"""Advisory lock of the one that archives. Own decision."""

READ_AT_ONCE: Final = 5_000
"""Places looked for together. Own decision."""

FOLDER: Final = "archive"
"""Beside the log's folder."""


@dataclass(frozen=True, slots=True)
class Archived:
    """One file, and the places of the log from its first entry to its last; not every place between is in it."""

    file: str
    sha256: bytes
    count: int
    first_index: int
    last_index: int


def archive_of(log: Path) -> Path:
    """The folder of the files, which lies beside that of the log."""
    return log.parent / FOLDER


def months_of(connection: psycopg.Connection[Any]) -> list[datetime]:
    """The beginnings, in UTC, of the months that have a table of entries, oldest first."""
    found = connection.execute(_MONTHS).fetchall()
    return sorted(datetime.strptime(month, "%Y_%m").replace(tzinfo=UTC) for (month,) in found)


def next_month(month: datetime) -> datetime:
    """The beginning of the month after the one that begins at `month`."""
    return month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)


def months_over(connection: psycopg.Connection[Any], now: datetime) -> list[str]:
    """Months with a table of entries that ended before `now`, as `2026_11`, oldest first."""
    return [f"{month:%Y_%m}" for month in months_of(connection) if next_month(month) <= now]


def archive_month(
    connection: psycopg.Connection[Any], folder: Path, month: str, *, operator: str, now: datetime
) -> Receipt | None:
    """Moves the month's entries whose bodies are erased into a file; None when there are none.

    `connection` is that of the role that owns the tables, in autocommit; `operator` the account that asks for it.
    Broken off at any moment and called again, it begins the month anew.

    Raises: Wrong when what was written does not read back; OSError.
    """
    # Only here: it takes long to load.
    from openclets.journal.parquet import read_back, write_entries

    part = sql.Identifier(f"journal_entry_{month}")
    guard = sql.Identifier(f"journal_entry_{month}_by_parent")
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        # Nobody adds to the month between the reading and the removal.
        connection.execute(sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(part))
        file = f"{month.replace('_', '-')}-{_files_of(connection, month) + 1}.parquet"
        written = write_entries(folder / file, _movable(connection, part))
        if written is None:
            return None
        hashed = read_back(folder / file, written)
        receipt = record_on(
            connection,
            [
                EntryDraft(
                    at=now,
                    kind=ENTRIES_ARCHIVED,
                    outcome="done",
                    channel="command",
                    records=(file, hashed.hex()),
                    asked=f"archiving by {operator} of entries whose bodies have been erased",
                    answered=f"{written.count} entries, at places {written.first_index} to {written.last_index}",
                )
            ],
        )[0]
        connection.execute(
            "INSERT INTO journal_archived (file, sha256, count, first_index, last_index, archived_by)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [file, hashed, written.count, written.first_index, written.last_index, receipt.number],
        )
        connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER {}").format(part, guard))
        removed = connection.execute(_REMOVE.format(part=part, kinds=_KINDS_THAT_STAY)).rowcount
        connection.execute(sql.SQL("ALTER TABLE {} ENABLE ALWAYS TRIGGER {}").format(part, guard))
        if removed != written.count:
            raise Wrong(f"{file}: {written.count} entries were written and {removed} would be removed")
    return receipt


def drop_when_empty(connection: psycopg.Connection[Any], month: str) -> bool:
    """Drops the month's tables when nothing is left in them; others go on reading and writing meanwhile."""
    parts = [(parent, f"{parent}_{month}") for parent in ("journal_entry", "journal_body")]
    if any(_has_rows(connection, part) for _, part in parts):
        return False
    for parent, part in parts:
        names = {"parent": sql.Identifier(parent), "part": sql.Identifier(part)}
        bounds = connection.execute(_BOUNDS, [part]).fetchone()
        connection.execute(sql.SQL("ALTER TABLE {parent} DETACH PARTITION {part} CONCURRENTLY").format(**names))
        if _has_rows(connection, part) and bounds:
            # Somebody wrote into it at the last moment.
            attach = sql.SQL("ALTER TABLE {parent} ATTACH PARTITION {part} ").format(**names)
            connection.execute(attach + sql.SQL(bounds[0]))
            return False
        connection.execute(sql.SQL("DROP TABLE {part}").format(**names))
    return True


def archived_files(connection: psycopg.Connection[Any]) -> list[Archived]:
    """Every file that was archived, by name."""
    cursor = psycopg.Cursor(connection)
    cursor.execute("SELECT file, sha256, count, first_index, last_index FROM journal_archived ORDER BY file")
    return [Archived(file, bytes(sha256), *rest) for file, sha256, *rest in cursor]


def archived_leaves(folder: Path, files: Sequence[Archived], start: int, end: int) -> Mapping[int, tuple[str, Leaf]]:
    """The archived entries at places from `start` to before `end`: by place, the file and the entry.

    Raises: Wrong when a file cannot be read; it names the places.
    """
    reached = [each for each in files if each.first_index < end and each.last_index >= start]
    if not reached:
        return {}
    # Only where there is an archive: it takes long to load.
    from openclets.journal.parquet import read_places

    leaves: dict[int, tuple[str, Leaf]] = {}
    for each in reached:
        places = f"entries at {each.first_index} to {each.last_index}"
        leaves |= {place: (each.file, leaf) for place, leaf in read_places(folder / each.file, places, start, end)}
    return leaves


class ArchiveReader:
    """Gives archived entries by their places, one after another or a single one."""

    def __init__(self, connection: psycopg.Connection[Any], folder: Path) -> None:
        self._connection, self._folder = connection, folder
        self._leaves: Mapping[int, tuple[str, Leaf]] = {}

    def leaf_at(self, place: int) -> Leaf | None:
        """The entry at that place; None when it is not in the archive. Raises: Wrong when a file cannot be read."""
        if place not in self._leaves:
            self._leaves = archived_leaves(self._folder, archived_files(self._connection), place, place + READ_AT_ONCE)
        return self._leaves[place][1] if place in self._leaves else None


def _movable(connection: psycopg.Connection[Any], part: sql.Identifier) -> Iterator[Sequence[Any]]:
    with connection.cursor("movable") as cursor:
        cursor.itersize = 20_000
        yield from cursor.execute(_MOVABLE.format(part=part, kinds=_KINDS_THAT_STAY, columns=_COLUMNS))


def _files_of(connection: psycopg.Connection[Any], month: str) -> int:
    like = f"{month.replace('_', '-')}-%"
    row = connection.execute("SELECT count(*) FROM journal_archived WHERE file LIKE %s", [like]).fetchone()
    return int(row[0]) if row else 0


def _has_rows(connection: psycopg.Connection[Any], table: str) -> bool:
    row = connection.execute(sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(table))).fetchone()
    return bool(row and row[0])


_KINDS_THAT_STAY: Final = sql.SQL(", ").join([sql.Literal(BODIES_ERASED), sql.Literal(ENTRIES_ARCHIVED)])
"""What speaks for bodies and entries that are gone must be there to be asked."""

_COLUMNS: Final = sql.SQL(", ").join(sql.SQL("e.{}").format(sql.Identifier(column)) for column in LEAF_COLUMNS)

_MONTHS: Final = """
    SELECT right(inhrelid::regclass::text, 7) FROM pg_inherits WHERE inhparent = 'journal_entry'::regclass
"""

_BOUNDS: Final = "SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE oid = %s::regclass"

_MOVABLE: Final = sql.SQL("""
    SELECT s.leaf_index, {columns}
      FROM {part} e
      JOIN journal_sealed s ON s.entry_number = e.number AND s.at = e.at
      JOIN journal_erased r ON r.entry_number = e.number
     WHERE e.kind NOT IN ({kinds})
       AND s.leaf_index < (SELECT max(size) FROM journal_checkpoint)
       AND NOT EXISTS (SELECT FROM journal_body b WHERE b.entry_number = e.number AND b.at = e.at)
     ORDER BY s.leaf_index
""")

_REMOVE: Final = sql.SQL("""
    DELETE FROM {part} e USING journal_sealed s, journal_erased r
     WHERE s.entry_number = e.number AND s.at = e.at AND r.entry_number = e.number
       AND e.kind NOT IN ({kinds})
       AND s.leaf_index < (SELECT max(size) FROM journal_checkpoint)
       AND NOT EXISTS (SELECT FROM journal_body b WHERE b.entry_number = e.number AND b.at = e.at)
""")
