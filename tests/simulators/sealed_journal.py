"""A journal of its own for a test that changes, seals or breaks one: a server, a log folder and a key.

What a test puts wrong with the administrator's hands it can put right again, so one server serves a whole module.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg.conninfo import conninfo_to_dict

from openclets.config import embedded_postgres
from openclets.journal.leaf import Receipt
from openclets.journal.log_key import LogKey, key_in
from openclets.journal.record import EntryDraft, own_connection, record_on
from openclets.journal.sealing import Sealer, has_lock
from openclets.journal.verification import verify_store
from tests.conftest import DATA_FOLDER

ROOT: Final = Path(__file__).resolve().parents[2]
LOG_NAME: Final = "clets.example.gov/journal"

DRAFT: Final = EntryDraft(
    at=datetime(2026, 11, 22, 17, 36, 27, 410000, tzinfo=UTC),
    kind="question",
    outcome="answered",
    user_name="chen",
    agency="CA0990100",
    device="CADEMO01",
    channel="socket",
    message_key="QW",
    purpose="C",
    records=("0990012345678",),
    asked="QW.CA0990100.NAM/HOLLOWAY,DEREK",
    answered="HOLLOWAY, DEREK ALAN IS RESTRAINED",
    personal={"subject_name": "HOLLOWAY,DEREK", "case_number": "26-004711"},
)


@dataclass(slots=True)
class SealedJournal:
    """`folder` is a data folder. The sealer is this process's own."""

    folder: Path
    key: LogKey

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def environment(self) -> dict[str, str]:
        """For a program of ours that shall work on this journal."""
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        return {**kept, "OPENCLETS_DATA": str(self.folder), "PYTHONPATH": str(ROOT)}

    def connect(self, role: str = embedded_postgres.PROGRAM_ROLE) -> psycopg.Connection[Any]:
        return psycopg.connect(embedded_postgres.conninfo(self.folder, role), autocommit=True)

    def write(self, count: int, *, since: int = 0) -> list[Receipt]:
        """Commits entries together, each about something else."""
        with self.connect() as connection, connection.transaction():
            return record_on(connection, drafts(count, since=since))

    def seal(self) -> int:
        """One sealer, one round, and away again; how many entries it added."""
        with self.connect() as connection:
            assert has_lock(connection)
            return Sealer(connection, self.log, self.key).seal()

    def verify(self) -> str:
        parameters = conninfo_to_dict(embedded_postgres.conninfo(self.folder, embedded_postgres.PROGRAM_ROLE))
        return verify_store(parameters, self.log, self.key.verifier)

    @contextmanager
    def tampering(self) -> Iterator[psycopg.Connection[Any]]:
        """The administrator's connection with every protection off, as one who rules the server has it."""
        with self.connect(embedded_postgres.ADMIN_ROLE) as administrator:
            triggers = administrator.execute(
                "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
                " WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'journal%'"
            ).fetchall()
            for table, trigger in triggers:
                administrator.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
            try:
                yield administrator
            finally:
                for table, trigger in triggers:
                    administrator.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}")


def drafts(count: int, *, since: int = 0) -> Sequence[EntryDraft]:
    return [
        replace(
            DRAFT,
            at=DRAFT.at + timedelta(seconds=number),
            asked=f"{DRAFT.asked} {number}",
            personal={**DRAFT.personal, "case_number": f"26-{number:06d}"},
        )
        for number in range(since, since + count)
    ]


@contextmanager
def sealed_journal() -> Iterator[SealedJournal]:
    """A prepared server of its own with an empty journal; gone afterwards."""
    parent = Path(tempfile.mkdtemp(prefix="openclets-tests-", dir="/tmp"))
    parent.chmod(0o711)
    journal = SealedJournal(parent / "data", key_in(parent / "data" / "log-key", name=LOG_NAME))
    (parent / "data").chmod(0o711)
    try:
        subprocess.run(
            [sys.executable, "-m", "openclets", "database", "prepare"], env=journal.environment, check=True, cwd="/"
        )
        yield journal
    finally:
        embedded_postgres.stop(journal.folder)
        shutil.rmtree(parent)


def seal_the_journal() -> Path:
    """Seals the journal of the whole run into its data folder; the log's folder, as the pages serve it."""
    folder = DATA_FOLDER / "log"
    with own_connection() as connection:
        deadline = time.monotonic() + 10
        while not has_lock(connection):
            if time.monotonic() > deadline:
                raise TimeoutError("another sealer is at work")
            time.sleep(0.05)
        Sealer(connection, folder, key_in(DATA_FOLDER / "log-key", name=LOG_NAME)).seal()
    return folder
