"""The journal when its database is killed: nobody hangs, nothing acknowledged is lost, and it goes on by itself."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from openclets.config import embedded_postgres

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A prepared database of its own that writes through to the disk."""
    parent = Path(tempfile.mkdtemp(prefix="openclets-tests-", dir="/tmp"))
    parent.chmod(0o711)
    folder = parent / "data"
    subprocess.run([sys.executable, "-m", "openclets", "database", "prepare"], env=_environment(folder), check=True)
    yield folder
    embedded_postgres.stop(folder)
    shutil.rmtree(parent)


def test_a_killed_database_loses_no_acknowledged_entry_and_the_writer_recovers(folder: Path) -> None:
    receipts = folder.parent / "receipts"
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.simulators.journal_load", "8", str(receipts)],
        cwd=ROOT,
        env=_environment(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    said = iter(program.stdout.readline, "")
    assert next(said) == "ASKING\n"
    for _ in range(3):
        time.sleep(0.5)
        os.kill(int((folder / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        assert next(line for line in said if line != "AGAIN\n") == "UNAVAILABLE\n"
        embedded_postgres.start(folder)
        assert next(line for line in said if line != "UNAVAILABLE\n") == "AGAIN\n"
    assert program.communicate(timeout=60)[0].split()[-1] == "ENDED"
    acknowledged = receipts.read_text().split()
    assert len(acknowledged) > 100
    with psycopg.connect(embedded_postgres.conninfo(folder, embedded_postgres.PROGRAM_ROLE)) as session:
        stored = {
            f"{number:012d}.{leaf_hash.hex()}"
            for number, leaf_hash in session.execute("SELECT number, leaf_hash FROM journal_entry")
        }
    assert set(acknowledged) <= stored


def test_with_one_role_for_everything_the_triggers_protect_alone(folder: Path) -> None:
    with psycopg.connect(
        embedded_postgres.conninfo(folder, embedded_postgres.ADMIN_ROLE), autocommit=True
    ) as administrator:
        administrator.execute("CREATE ROLE single LOGIN")
        administrator.execute("CREATE DATABASE single OWNER single")
    url = f"postgresql://single@/single?host={folder / 'postgres-socket'}"
    environment = {**_environment(folder), "DATABASE_URL": url}
    subprocess.run([sys.executable, "-m", "openclets", "database", "prepare"], env=environment, check=True)
    with psycopg.connect(url, autocommit=True) as session:
        session.execute("SELECT journal_months('{2026-11-22}')")
        session.execute("INSERT INTO journal_body VALUES (1, '2026-11-22', '', 'asked', 'answered', '{}')")
        for statement in (
            "UPDATE journal_entry SET outcome = 'refused'",
            "DELETE FROM journal_entry",
            "TRUNCATE journal_entry",
            "UPDATE journal_body SET asked = ''",
            "DELETE FROM journal_body",
            "TRUNCATE journal_body",
            "UPDATE journal_entry_2026_11 SET outcome = 'refused'",
            "DELETE FROM journal_body_2026_11",
            "TRUNCATE journal_entry_2026_11",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="the journal refuses"):
                session.execute(statement)


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "OPENCLETS_DATA": str(folder), "PYTHONPATH": str(ROOT)}
