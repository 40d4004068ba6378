"""Writing entries. Two ways, one content:

- `record_in_transaction`: with a change, on the change's own connection, so that both become durable or neither;
- `record_durably`: for questions and refusals, through a writer that commits what is waiting together; it returns
  when the entry is on disk. No answer may leave before it has returned.
"""

from __future__ import annotations

import os
import queue
import select
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import psycopg
from django.db import connection as django_connection
from django.db import connections

from openclets.journal.leaf import Leaf, Receipt, canonical_personal, salted_hash
from openclets.journal.outage import Ended, Outage
from openclets.journal.rows import Row, insert
from openclets.vocabulary.errors import Unavailable

MAX_GROUP = 256
"""Most entries that share one commit; bounds what one failing commit takes with it. Own decision."""

DURABLE_WITHIN_SECONDS = 10.0
"""How long a question waits for its entry before it is refused. Own decision."""

BUSY_SECONDS = 0.02
"""A connection that answered so lately is not looked at before it is used again: looking lets every other thread go
first, at each commit. One that ends just then is found by the commit, as one that ends a moment later. Own decision."""

SALTS_AT_ONCE = 256
"""Salts drawn together: drawing lets every other thread go first. Own decision."""

_NO_FIELDS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An entry before it has a number. `asked`, `answered` and `personal` go to the body, the rest to the entry."""

    at: datetime
    kind: str
    outcome: str
    user_name: str = ""
    agency: str = ""
    device: str = ""
    channel: str = ""
    message_key: str = ""
    purpose: str = ""
    records: tuple[str, ...] = ()
    asked: str = ""
    answered: str = ""
    personal: Mapping[str, str] = field(default_factory=lambda: _NO_FIELDS)

    def storable(self) -> EntryDraft:
        """The draft with what PostgreSQL's text cannot hold (zero characters, lone surrogates) shown as U+FFFD, so that
        nothing a person types can keep its own entry from being written. What is hashed is what is stored."""
        together = "".join((self.user_name, self.asked, self.answered, *self.personal.values()))
        if together.isascii() and "\x00" not in together:
            return self
        return replace(
            self,
            user_name=_storable(self.user_name),
            asked=_storable(self.asked),
            answered=_storable(self.answered),
            personal={name: _storable(text) for name, text in self.personal.items()},
        )


def record_in_transaction(draft: EntryDraft) -> Receipt:
    """Writes the entry on this thread's connection, inside the transaction that makes the change."""
    django_connection.ensure_connection()
    if not django_connection.in_atomic_block:
        raise RuntimeError("a change and its journal entry belong in one transaction")
    raw: psycopg.Connection[Any] = django_connection.connection
    return record_on(raw, [draft])[0]


def record_on(connection: psycopg.Connection[Any], drafts: Sequence[EntryDraft]) -> list[Receipt]:
    """Writes entries on a connection inside the caller's transaction; receipts in the drafts' order."""
    psycopg.Cursor(connection).execute(MAKE_MONTHS, [[draft.at for draft in drafts]], prepare=True)
    rows = [row_of(draft) for draft in drafts]
    return [row.receipt(number) for row, number in zip(rows, insert(connection, rows), strict=True)]


def record_durably(draft: EntryDraft) -> Receipt:
    """Writes the entry in the next shared commit and returns once that commit is durable.

    Raises: Unavailable when it could not be made durable; then nothing may be answered.
    """
    return _writer.submit(draft)


class _Waiting:
    """One draft in the queue, and the thread that waits for it until `done` can be taken."""

    __slots__ = ("at", "done", "error", "month", "number", "row")

    def __init__(self, draft: EntryDraft) -> None:
        """Made by the thread that waits, so that the writer has less to do. Raises: psycopg.DataError."""
        self.at = draft.at
        self.row = row_of(draft)
        self.month = (self.row.at.year, self.row.at.month)
        self.done = threading.Lock()
        self.done.acquire()
        self.number = 0
        """0 until the entry is durable: the sequence begins at 1."""
        self.error: Exception | None = None


class _GroupWriter:
    """One thread with one connection of its own. While one commit is on its way to disk, the next group gathers."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[_Waiting] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._pid = 0
        self._connection: psycopg.Connection[Any] | None = None
        self._months: set[tuple[int, int]] = set()
        self._answered_at = 0.0
        self._outage = Outage()

    def submit(self, draft: EntryDraft) -> Receipt:
        self._ensure_thread()
        try:
            waiting = _Waiting(draft)
        except psycopg.DataError as error:
            raise Unavailable("the journal cannot record") from error
        self._waiting.put(waiting)
        if not waiting.done.acquire(timeout=DURABLE_WITHIN_SECONDS):
            self._outage.went_wrong("NotInTime")
            raise Unavailable("the journal did not confirm the entry in time")
        if not waiting.number:
            self._outage.went_wrong(type(waiting.error).__name__)
            raise Unavailable("the journal cannot record") from waiting.error
        return waiting.row.receipt(waiting.number)

    def _ensure_thread(self) -> None:
        # Asked for every entry, so without the lock first.
        if self._thread is not None and self._thread.is_alive() and self._pid == os.getpid():
            return
        with self._lock:
            if self._thread is None or not self._thread.is_alive() or self._pid != os.getpid():
                self._pid = os.getpid()
                self._waiting = queue.SimpleQueue()
                self._connection = None
                self._thread = threading.Thread(target=self._run, name="journal-writer", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            group = self._gathered()
            try:
                self._record(group)
            except (psycopg.DataError, psycopg.IntegrityError) as error:
                # One draft that cannot be stored must not take its neighbours with it.
                for waiting in group:
                    self._record_alone(waiting, error if len(group) == 1 else None)
            except Exception as error:  # noqa: BLE001 (whatever it was, each waiting thread must be told; they raise it)
                self._forget_connection()
                for waiting in group:
                    waiting.error = error
            for waiting in group:
                waiting.done.release()
            if group[-1].number and (ended := self._outage.over()):
                self._record_alone(_Waiting(_outage_entry(group[-1].at, ended)), None)

    def _gathered(self) -> list[_Waiting]:
        """What waits, at least one."""
        group = [self._waiting.get()]
        while len(group) < MAX_GROUP and not self._waiting.empty():
            group.append(self._waiting.get())
        return group

    def _record(self, group: Sequence[_Waiting]) -> None:
        """Commits the group at once and gives each its number, or raises and has committed nothing that counts."""
        connection = self._connection_for(group)
        # One statement outside a transaction: a commit of its own, with no further way to the server and back.
        for waiting, number in zip(group, insert(connection, [waiting.row for waiting in group]), strict=True):
            waiting.number = number
        self._answered_at = time.monotonic()

    def _record_alone(self, waiting: _Waiting, known: Exception | None) -> None:
        if known is not None:
            waiting.error = known
            return
        try:
            self._record([waiting])
        except Exception as error:  # noqa: BLE001 (as above)
            self._forget_connection()
            waiting.error = error

    def _connection_for(self, group: Sequence[_Waiting]) -> psycopg.Connection[Any]:
        """A live connection, with room in the tables for the months of the group.

        Whether a kept connection still lives is seen before anything is written on it, so that another can be tried.
        Later no attempt is repeated: what was sent may count.
        """
        if self._connection is not None and self._was_idle() and _has_ended(self._connection):
            self._forget_connection()
        if self._connection is None:
            self._connection = own_connection()
        missing = {waiting.month: waiting.at for waiting in group}
        if missing.keys() - self._months:
            self._connection.execute(MAKE_MONTHS, [list(missing.values())])
            self._months |= missing.keys()
        return self._connection

    def _was_idle(self) -> bool:
        return time.monotonic() - self._answered_at > BUSY_SECONDS

    def _forget_connection(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._months = set()


_writer = _GroupWriter()


def _outage_entry(at: datetime, ended: Ended) -> EntryDraft:
    """The gap in the record, on record. `at` is the moment of the first entry that was durable again."""
    return EntryDraft(
        at=at,
        kind="journal outage ended",
        outcome="done",
        answered=f"{ended.not_recorded} entries could not be made durable, {ended.seconds:.0f} seconds long;"
        " nothing was answered",
    )


def connection_parameters(alias: str = "default") -> dict[str, Any]:
    """What psycopg needs to connect as Django does; `owner` for the role that owns the tables."""
    return {
        key: value
        for key, value in connections[alias].get_connection_params().items()
        if key not in ("context", "cursor_factory", "prepare_threshold")
    }


def own_connection() -> psycopg.Connection[Any]:
    """A connection beside Django's, with the same parameters, in autocommit, for one thread alone."""
    return psycopg.connect(**connection_parameters(), prepare_threshold=1, autocommit=True)


MAKE_MONTHS = "SELECT journal_months(%s)"


def row_of(draft: EntryDraft) -> Row:
    """The draft with a fresh salt and its hashes, all but the number. Raises: psycopg.DataError."""
    draft = draft.storable()
    salt, personal = _fresh_salt(), canonical_personal(draft.personal)
    leaf = Leaf(
        0,
        draft.at.astimezone(UTC),
        draft.kind,
        draft.outcome,
        draft.user_name,
        draft.agency,
        draft.device,
        draft.channel,
        draft.message_key,
        draft.purpose,
        draft.records,
        salted_hash(salt, draft.asked),
        salted_hash(salt, draft.answered),
        salted_hash(salt, personal),
    )
    return Row(leaf, salt=salt, asked=draft.asked, answered=draft.answered, personal=personal)


_salts: deque[bytes] = deque()
# Two processes must not use the same salts.
os.register_at_fork(after_in_child=_salts.clear)


def _fresh_salt() -> bytes:
    """32 random bytes, given to nobody else. Several threads may ask at once."""
    while True:
        try:
            return _salts.popleft()
        except IndexError:
            drawn = os.urandom(32 * SALTS_AT_ONCE)
            _salts.extend(drawn[at : at + 32] for at in range(0, len(drawn), 32))


def _has_ended(connection: psycopg.Connection[Any]) -> bool:
    """Whether the server has ended an idle connection: then there is something to read, the end."""
    if connection.closed:
        return True
    readable = select.poll()
    readable.register(connection.fileno(), select.POLLIN)
    return bool(readable.poll(0))


def _storable(text: str) -> str:
    return text.replace("\x00", "\ufffd").encode("utf-8", "surrogatepass").decode("utf-8", "replace")
