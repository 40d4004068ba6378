"""No journal, no answer: when entries cannot be made durable, nothing is answered and an alarm is raised at once."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from openclets.agencies import signing_on
from openclets.config import embedded_postgres
from openclets.inquiry.ask import ask
from openclets.inquiry.question import Question
from openclets.journal.leaf import Receipt
from openclets.vocabulary.errors import Unavailable
from openclets.vocabulary.persons import parse_wire_name
from tests.conftest import DATA_FOLDER
from tests.county import County

ROOT = Path(__file__).resolve().parents[2]
LIMIT_BYTES = 17 * 1024 * 1024
"""A little more than a file of the write-ahead log, which the server makes whole."""

ALARM_WITHIN_SECONDS = 60
"""Source: what is promised, an alarm within a minute."""


def newest() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(number) FROM journal_entry")
        return int(cursor.fetchall()[0][0])


@contextmanager
def administrators(*, without: str, back: str) -> Iterator[None]:
    """What the administrator takes away, and gives back."""
    with psycopg.connect(
        embedded_postgres.conninfo(DATA_FOLDER, embedded_postgres.ADMIN_ROLE), autocommit=True
    ) as administrator:
        administrator.execute(without.encode())
        try:
            yield
        finally:
            administrator.execute(back.encode())


TAKEN_AWAY = {
    "role revoked on entries": (
        "REVOKE INSERT ON journal_entry FROM openclets",
        "GRANT INSERT ON journal_entry TO openclets",
    ),
    "role revoked on bodies": (
        "REVOKE INSERT ON journal_body FROM openclets",
        "GRANT INSERT ON journal_body TO openclets",
    ),
    "database read-only": (
        "ALTER SYSTEM SET default_transaction_read_only = on",
        "ALTER SYSTEM RESET default_transaction_read_only",
    ),
}


@pytest.mark.parametrize("what", TAKEN_AWAY)
def test_nothing_is_answered_that_cannot_be_recorded(
    county: County, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    signing_on.record_sign_off(actor=county.actor("chen"), now=county.now)
    without, back = TAKEN_AWAY[what]
    system = "SYSTEM" in without
    time.sleep(0.5)  # until an earlier outage, if there was one, is on record
    before = newest()
    with administrators(without=without, back=back):
        if system:
            reload_settings()
            end_sessions()
        began = time.monotonic()
        for _ in range(3):
            with pytest.raises(Unavailable, match="the journal cannot record"):
                put_question(county)
        assert time.monotonic() - began < ALARM_WITHIN_SECONDS
        assert newest() == before
    if system:
        reload_settings()
        end_sessions()
    said = [record.levelname for record in caplog.records if "'event': 'journal_alarm'" in str(record.msg)]
    assert said == ["ERROR"]
    receipt = put_question(county)
    assert receipt.number > before
    assert outage_entry(after=before) == "3 entries could not be made durable"


def put_question(county: County) -> Receipt:
    question = Question("QW", "QW.CA0990100.NAM/NOBODY,AT ALL", name=parse_wire_name("NOBODY,AT ALL"))
    return ask(actor=county.actor("chen"), now=county.now, question=question).receipt


def outage_entry(*, after: int) -> str:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT answered FROM journal_body JOIN journal_entry ON number = entry_number"
                " WHERE kind = 'journal outage ended' AND number > %s ORDER BY number DESC",
                [after],
            )
            row = cursor.fetchone()
        if row:
            return str(row[0]).partition(",")[0]
        time.sleep(0.05)
    return ""


def reload_settings() -> None:
    with psycopg.connect(embedded_postgres.conninfo(DATA_FOLDER, embedded_postgres.ADMIN_ROLE)) as administrator:
        administrator.execute("SELECT pg_reload_conf()")
    time.sleep(0.2)


def end_sessions() -> None:
    """Sessions take a setting over when they begin or are idle; ending them makes it sure."""
    connection.close()


@contextmanager
def small_disk(parent: Path) -> Iterator[None]:
    """A file system of 160 MB at `parent` when root may mount one."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=160m,mode=0711", "tmpfs", str(parent)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(parent)], check=True)


@pytest.fixture
def place() -> Iterator[Path]:
    parent = Path(tempfile.mkdtemp(prefix="openclets-tests-", dir="/tmp"))
    parent.chmod(0o711)
    yield parent
    shutil.rmtree(parent)


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "OPENCLETS_DATA": str(folder), "PYTHONPATH": str(ROOT)}


@contextmanager
def asking(folder: Path, receipts: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A program that records questions until its input is closed; it and what it says on standard error."""
    errors = receipts.with_name("errors")
    with errors.open("w") as standard_error:
        program = subprocess.Popen(
            [sys.executable, "-m", "tests.simulators.journal_load", "4", str(receipts)],
            cwd=ROOT, env=environment(folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=standard_error,
            text=True,
        )  # fmt: skip
        try:
            yield program, errors
        finally:
            program.kill()
            program.wait()


def acknowledged_and_stored(folder: Path, receipts: Path) -> tuple[set[str], set[str]]:
    with psycopg.connect(embedded_postgres.conninfo(folder, embedded_postgres.PROGRAM_ROLE)) as session:
        stored = {
            f"{number:012d}.{leaf_hash.hex()}"
            for number, leaf_hash in session.execute("SELECT number, leaf_hash FROM journal_entry")
        }
    return set(receipts.read_text().split()), stored


def wait_for(program: subprocess.Popen[str], word: str) -> float:
    """Seconds until the program said the word."""
    began = time.monotonic()
    assert program.stdout is not None
    assert next((line for line in iter(program.stdout.readline, "") if line == f"{word}\n"), None)
    return time.monotonic() - began


def alarm_in(errors: Path) -> bool:
    return "event=journal_alarm" in errors.read_text()


def test_on_a_full_disk_nothing_is_acknowledged_that_is_not_stored_and_it_goes_on_when_there_is_room(
    place: Path,
) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small file system; the limit on files is tested instead")
    receipts = Path(tempfile.mkdtemp(prefix="openclets-tests-", dir="/tmp")) / "receipts"
    with small_disk(place):
        folder = place / "data"
        try:
            subprocess.run(
                [sys.executable, "-m", "openclets", "database", "prepare"], env=environment(folder), check=True
            )
            with asking(folder, receipts) as (program, errors):
                wait_for(program, "ASKING")
                ballast = place / "ballast"
                with ballast.open("wb", buffering=0) as file, suppress(OSError):
                    while file.write(bytes(65_536)):
                        pass
                assert wait_for(program, "UNAVAILABLE") < ALARM_WITHIN_SECONDS
                deadline = time.monotonic() + ALARM_WITHIN_SECONDS
                while not alarm_in(errors):
                    assert time.monotonic() < deadline
                    time.sleep(0.1)
                ballast.unlink()
                embedded_postgres.start(folder)
                wait_for(program, "AGAIN")
                assert program.stdin is not None
                program.stdin.close()
                wait_for(program, "ENDED")
            acknowledged, stored = acknowledged_and_stored(folder, receipts)
            assert len(acknowledged) > 10
            assert acknowledged <= stored
        finally:
            embedded_postgres.stop(folder)
            shutil.rmtree(receipts.parent)


def test_at_a_limit_on_the_size_of_files_nothing_is_acknowledged_that_is_not_stored(place: Path) -> None:
    """Needs no root: a server whose files may not grow has run out of space as well."""
    folder, receipts = place / "data", place / "receipts"
    subprocess.run([sys.executable, "-m", "openclets", "database", "prepare"], env=environment(folder), check=True)
    try:
        with psycopg.connect(embedded_postgres.conninfo(folder, embedded_postgres.PROGRAM_ROLE)) as session:
            # Pages as full as they can be, close to the limit, so that the load reaches it soon.
            session.execute("SELECT journal_months(ARRAY[now()])")
            session.execute(
                "INSERT INTO journal_body SELECT -number, now(), '', repeat('x', 1100), '', '{}'"
                " FROM generate_series(1, %s) AS number",
                [7 * (LIMIT_BYTES // 8192 - 3)],
            )
        embedded_postgres.stop(folder)
        subprocess.run(
            [sys.executable, "-m", "openclets", "database", "start"], env=environment(folder), check=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT_BYTES, resource.RLIM_INFINITY)),
        )  # fmt: skip
        with asking(folder, receipts) as (program, errors):
            wait_for(program, "UNAVAILABLE")
            deadline = time.monotonic() + ALARM_WITHIN_SECONDS
            while not alarm_in(errors):
                assert time.monotonic() < deadline
                time.sleep(0.1)
            embedded_postgres.stop(folder)
            embedded_postgres.start(folder)
            wait_for(program, "AGAIN")
            assert program.stdin is not None
            program.stdin.close()
            wait_for(program, "ENDED")
        acknowledged, stored = acknowledged_and_stored(folder, receipts)
        assert len(acknowledged) > 10
        assert acknowledged <= stored
    finally:
        embedded_postgres.stop(folder)
