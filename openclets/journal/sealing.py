"""The sealer: gives every committed entry one place, fixed once, and signs the log that results.

One round is four steps, each safe to be killed in and to be taken again:

1. *Place*. In one transaction, the entries that are visible now and were not when the last round looked get the next
   places, in the order of their numbers. Which those are is told by the database's own snapshots: an entry's
   transaction either had ended before the last look or it had not. So nothing is skipped that commits late, nothing
   comes twice, a number that is never used is not waited for, and a transaction open for minutes holds up only its own
   entry. An entry whose answer was out before another was asked always has the earlier place.
2. *Write*. The placed entries become tiles and bundles, durable before the next step.
3. *Sign*. A checkpoint over them goes to the database. Only the sealer that has the lock can do that, so that one that
   lost its connection, and with it the lock, can publish nothing.
4. *Publish*. The checkpoint file is replaced.

Source: RFC 6962 section 2.1; PostgreSQL documentation, 9.27 Transaction ID and Snapshot Information Functions.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import psycopg
import structlog

from openclets.journal.archive import ArchiveReader, archive_of
from openclets.journal.leaf import LEAF_COLUMNS, leaf_bytes, leaf_hash, leaf_of
from openclets.journal.log_folder import CHECKPOINT, LogUnreadable, LogWriter, root_at
from openclets.journal.log_key import LogKey
from openclets.journal.outage import ALARM
from openclets.journal.verify_log import Checkpoint, Wrong, read_checkpoint, root_of

LOCK: Final = 0x6F63736C
"""Advisory lock of the one sealer at work. Own decision."""

PACE_SECONDS: Final = 0.25
"""From one round to the next; a receipt waits no longer than this and the round itself. Nobody wakes the sealer: NOTIFY
lets only one commit at a time reach the disk, which costs every writer more than four looks a second. Own decision."""

AGAIN_AFTER_SECONDS: Final = 0.5
"""How long a sealer waits that has found another at work, or could not go on. Own decision."""

CHUNK: Final = 5_000
"""Entries held in memory at once while tiles are written. Own decision."""

_log = structlog.get_logger(__name__)


class LogDisagrees(Exception):
    """Journal and log do not fit each other: signing on would make a fork. Somebody has to look."""


class Sealer:
    """Seals the journal behind one connection into one folder. Made only when it has the lock."""

    def __init__(self, connection: psycopg.Connection[Any], folder: Path, key: LogKey) -> None:
        """`connection` is in autocommit and the sealer's alone.

        Raises: LogDisagrees when the log in the folder, or what was signed before, is not the journal's.
        """
        self._connection = connection
        self._key = key
        self._archive = ArchiveReader(connection, archive_of(folder))
        connection.execute(_BY_INDEX)
        self._check_cluster()
        self._signed = self._last_checkpoint()
        self._writer = self._open_log(folder)

    @property
    def size(self) -> int:
        """Entries under the newest checkpoint."""
        return self._signed.size

    def seal(self) -> int:
        """One round. Returns how many entries were added.

        Raises: LogDisagrees; OSError and psycopg.Error, after which a new Sealer continues where this one was.
        """
        placed = self._place()
        self._write(placed)
        added = self._writer.size - self._signed.size
        if added:
            self._sign_and_publish()
        return added

    def _check_cluster(self) -> None:
        """Snapshots mean nothing in another database server: after a move, the entries without a place are found by
        comparing all, once."""
        here = _one(self._connection, "SELECT system_identifier FROM pg_control_system()")
        with self._connection.transaction():
            self._connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            (there,) = self._row("SELECT cluster FROM journal_sealing")
            if there != here:
                self._connection.execute(_PLACE_BY_COMPARING)
                self._connection.execute(_REMEMBER, [here])

    def _last_checkpoint(self) -> Checkpoint:
        found = self._connection.execute("SELECT note FROM journal_checkpoint ORDER BY size DESC LIMIT 1").fetchone()
        if found is None:
            return Checkpoint(self._key.verifier.name, 0, root_of(()))
        try:
            return read_checkpoint(str(found[0]).encode(), self._key.verifier)
        except Wrong as wrong:
            raise LogDisagrees(f"the journal's last checkpoint was not signed with the key at hand: {wrong}") from None

    def _open_log(self, folder: Path) -> LogWriter:
        """The log at the size last signed; made anew from the journal when its files are not all there."""
        shown = self._shown_in(folder)
        if self._signed.size == 0:
            writer = LogWriter(folder)
            writer.publish(str(self._key.sign(self._signed)))
            return writer
        try:
            writer = LogWriter(folder, self._signed.size)
            whole = writer.root() == self._signed.root
            if whole and root_at(folder, shown.size, self._signed.size) != shown.root:
                raise LogDisagrees(f"the published checkpoint of {shown.size} entries is not of this log: a fork")
        except LogUnreadable:
            whole = False
        if not whole:
            writer = self._made_anew(folder, shown)
        writer.flush()
        writer.publish(str(self._key.sign(self._signed)))
        return writer

    def _shown_in(self, folder: Path) -> Checkpoint:
        """What the folder shows to the world. A database set back to an older state may not sign on after it."""
        published = folder / CHECKPOINT
        if not published.is_file():
            return Checkpoint(self._key.verifier.name, 0, root_of(()))
        try:
            shown = read_checkpoint(published.read_bytes(), self._key.verifier)
        except Wrong as wrong:
            raise LogDisagrees(f"the published checkpoint does not hold: {wrong}") from None
        if shown.size > self._signed.size:
            raise LogDisagrees(
                f"the published log has {shown.size} entries and the journal has signed {self._signed.size}:"
                " the database was set back"
            )
        return shown

    def _made_anew(self, folder: Path, shown: Checkpoint) -> LogWriter:
        """The log written again from the journal, put in place only if it gives the roots that were signed."""
        anew = folder / ".anew"
        shutil.rmtree(anew, ignore_errors=True)
        self._writer = writer = LogWriter(anew)
        for signed in (shown, self._signed):
            self._write(signed.size)
            if writer.root() != signed.root:
                raise LogDisagrees(
                    f"the journal's first {signed.size} entries no longer give the root that was signed over them:"
                    " `openclets journal verify --database` names the first that was changed"
                )
        if (folder / "tile").is_dir():
            # Kept: it may show who changed what.
            kept = sum(1 for _ in folder.glob("replaced-*"))
            (folder / "tile").rename(folder / f"replaced-{kept + 1}")
        (anew / "tile").rename(folder / "tile")
        anew.rmdir()
        _log.warning("log_made_anew", count=self._signed.size)
        writer.folder = folder
        return writer

    def _place(self) -> int:
        """Step 1. Returns how many entries have a place."""
        with self._connection.transaction():
            # One snapshot for what is looked at and for what is remembered as seen.
            self._connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            seen, size = self._row("SELECT seen::text, size FROM journal_sealing")
            # "oldest open:next:open,open". Source: PostgreSQL documentation, 9.27, pg_snapshot.
            _, ended_before, open_then = str(seen).split(":")
            # As values, not joined: the plan must follow from how few they are.
            cursor = self._connection.execute(
                _PLACE_NEW, {"size": size, "from": ended_before, "open": f"{{{open_then}}}"}, prepare=False
            )
            if cursor.rowcount:
                self._connection.execute(_REMEMBER, [None])
        return int(size) + cursor.rowcount

    def _write(self, placed: int) -> None:
        """Step 2."""
        while self._writer.size < placed:
            rows = self._connection.execute(
                _PLACED, [self._writer.size, min(placed, self._writer.size + CHUNK)]
            ).fetchall()
            leaves: list[bytes] = []
            for row in rows:
                place, entry_number, stored_hash, *columns = row
                if place != self._writer.size + len(leaves):
                    raise LogDisagrees(f"the entry at {self._writer.size + len(leaves)} is no longer in the journal")
                leaf = leaf_of(columns) if columns[0] is not None else self._archive.leaf_at(place)
                if leaf is None:
                    raise LogDisagrees(f"entry {entry_number} has a place in the log and is no longer in the journal")
                if stored_hash is not None and leaf_hash(leaf) != stored_hash:
                    # It is sealed as it is, so that verification can name it; hiding it would stop every later one.
                    _log.error(ALARM, reason=f"entry {leaf.number} was changed before it was sealed")
                leaves.append(leaf_bytes(leaf))
            if not leaves:
                raise LogDisagrees(f"the entry at {self._writer.size} is no longer in the journal")
            self._writer.append(leaves)
        self._writer.flush()

    def _sign_and_publish(self) -> None:
        """Steps 3 and 4."""
        checkpoint = Checkpoint(self._key.verifier.name, self._writer.size, self._writer.root())
        note = str(self._key.sign(checkpoint))
        self._connection.execute("INSERT INTO journal_checkpoint (size, note) VALUES (%s, %s)", [checkpoint.size, note])
        self._signed = checkpoint
        self._writer.publish(note)

    def _row(self, query: str) -> tuple[Any, ...]:
        row = self._connection.execute(query).fetchone()
        if row is None:
            raise LogDisagrees("the table journal_sealing has lost its row")
        return tuple(row)


def has_lock(connection: psycopg.Connection[Any]) -> bool:
    """Takes the lock of the one sealer for as long as the connection lasts; false while another has it."""
    return bool(_one(connection, f"SELECT pg_try_advisory_lock({LOCK})"))


def keep_sealing(
    connect: Callable[[], psycopg.Connection[Any]],
    folder: Path,
    key: LogKey,
    *,
    until: Callable[[], bool],
    sealed: Callable[[int], None] = lambda _: None,
) -> None:
    """Seals until told to stop, and begins again after whatever went wrong. `sealed` hears of each round's count.

    `connect` gives connections in autocommit. What goes wrong is told by the alarm of `outage`; a second sealer waits.
    """
    while not until():
        try:
            with connect() as connection:
                if not has_lock(connection):
                    time.sleep(AGAIN_AFTER_SECONDS)
                    continue
                sealer = Sealer(connection, folder, key)
                _log.info("sealing", count=sealer.size)
                while not until():
                    began = time.monotonic()
                    sealed(sealer.seal())
                    time.sleep(max(0.0, PACE_SECONDS - (time.monotonic() - began)))
        except (LogDisagrees, LogUnreadable, Wrong) as error:
            _log.error(ALARM, reason=str(error))
            _wait(10 * AGAIN_AFTER_SECONDS, until)
        except (psycopg.Error, OSError) as error:
            _log.error(ALARM, reason="the journal cannot be sealed", failure=type(error).__name__)
            _wait(AGAIN_AFTER_SECONDS, until)


def _wait(seconds: float, until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + seconds
    while not until() and time.monotonic() < deadline:
        time.sleep(0.1)


def _one(connection: psycopg.Connection[Any], query: str) -> Any:
    row = connection.execute(query).fetchone()
    return row[0] if row else None


_PLACE_NEW: Final = """
    INSERT INTO journal_sealed (leaf_index, entry_number, at)
    SELECT %(size)s + row_number() OVER (ORDER BY e.number) - 1, e.number, e.at
      FROM journal_entry e
     WHERE (e.written_in >= %(from)s::xid8 OR e.written_in = ANY (%(open)s::xid8[]))
       AND NOT EXISTS (SELECT FROM journal_sealed d WHERE d.entry_number = e.number)
"""
"""The entries the last look could not see: of transactions that began after it, or were open then. The last condition
holds for all of them, except after a move from another server, whose transactions had other numbers."""

_PLACE_BY_COMPARING: Final = """
    INSERT INTO journal_sealed (leaf_index, entry_number, at)
    SELECT s.size + row_number() OVER (ORDER BY e.number) - 1, e.number, e.at
      FROM journal_sealing s, journal_entry e
     WHERE NOT EXISTS (SELECT FROM journal_sealed d WHERE d.entry_number = e.number)
"""

_REMEMBER: Final = """
    UPDATE journal_sealing
       SET seen = pg_current_snapshot(), cluster = coalesce(%s, cluster),
           size = (SELECT coalesce(max(leaf_index) + 1, 0) FROM journal_sealed)
"""

_PLACED: Final = f"""
    SELECT s.leaf_index, s.entry_number, e.leaf_hash, {", ".join(f"e.{column}" for column in LEAF_COLUMNS)}
      FROM journal_sealed s LEFT JOIN journal_entry e ON e.number = s.entry_number AND e.at = s.at
     WHERE s.leaf_index >= %s AND s.leaf_index < %s
     ORDER BY s.leaf_index
"""  # noqa: S608 (fixed names)

_BY_INDEX: Final = "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off"
"""What the sealer looks for is little in a large table, whatever the statistics say after a burst."""
