"""Old months lie in files, and every one of their entries is still checked; nothing else is ever moved."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet
import pytest

from openclets.config import embedded_postgres
from openclets.journal.archive import archive_month, archive_of, drop_when_empty, months_over
from openclets.journal.record import EntryDraft, record_on
from openclets.journal.retention import erase_batch, keeping_years, place_hold
from openclets.journal.verify_log import Wrong, verify_folder, verify_proof
from tests.simulators.sealed_journal import DRAFT, SealedJournal, sealed_journal

NOW = datetime(2030, 1, 15, 12, tzinfo=UTC)
MARCH = datetime(2024, 3, 5, 9, 30, 0, 123456, tzinfo=UTC)
APRIL = datetime(2024, 4, 30, 23, 59, 59, 999999, tzinfo=UTC)
MAY = datetime(2024, 5, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def own() -> Iterator[SealedJournal]:
    """Entries 1 to 300 of March 2024, 301 of April, 302 of May, which is held (by entry 303), 304 of this month; all
    but the last two bodies are erased (by 305) and the months up to April archived (by 306 and 307)."""
    with sealed_journal() as journal:
        march = [replace(DRAFT, at=MARCH, records=(f'"{number}"', "ä,{}\\")) for number in range(300)]
        write(journal, march)
        write(journal, [replace(DRAFT, at=APRIL), replace(DRAFT, at=MAY, user_name="held")])
        with journal.connect() as connection:
            place_hold(connection, field="user_name", value="held", reason="a case", operator="root", now=NOW)
        write(journal, [replace(DRAFT, at=NOW)])
        journal.seal()
        with journal.connect(embedded_postgres.RETENTION_ROLE) as connection:
            while erase_batch(connection, kept=keeping_years({}), operator="root", now=NOW):
                pass
        journal.seal()
        assert archive(journal) == {"2024_03": True, "2024_04": True, "2024_05": False}
        journal.seal()
        yield journal


def write(own: SealedJournal, drafts: list[EntryDraft]) -> None:
    with own.connect() as connection, connection.transaction():
        record_on(connection, drafts)


def archive(own: SealedJournal) -> dict[str, bool]:
    """Each month that is over, and whether anything was moved; tables left empty are dropped."""
    moved = {}
    with own.connect(embedded_postgres.OWNER_ROLE) as connection:
        for month in months_over(connection, NOW):
            receipt = archive_month(connection, archive_of(own.log), month, operator="root", now=NOW)
            moved[month] = receipt is not None
            drop_when_empty(connection, month)
    return moved


@pytest.fixture
def march(own: SealedJournal) -> Iterator[Path]:
    """March's file, put back afterwards."""
    path = archive_of(own.log) / "2024-03-1.parquet"
    kept = path.read_bytes()
    yield path
    path.write_bytes(kept)


def test_archived_entries_are_gone_from_the_database_and_everything_holds(own: SealedJournal) -> None:
    with own.connect() as connection:
        numbers = [row[0] for row in connection.execute("SELECT number FROM journal_entry ORDER BY number")]
        tables = connection.execute(
            "SELECT to_regclass('journal_entry_2024_03'), to_regclass('journal_body_2024_04'),"
            " to_regclass('journal_entry_2024_05')::text"
        ).fetchone()
    assert numbers == [302, 303, 304, 305, 306, 307]
    assert tables == (None, None, "journal_entry_2024_05")
    assert own.verify().startswith("holds: 307 entries")


def test_the_file_is_read_by_any_program_that_knows_parquet(own: SealedJournal) -> None:
    table = pyarrow.parquet.read_table(archive_of(own.log) / "2024-03-1.parquet")
    assert table.num_rows == 300
    last = table.slice(299).to_pylist()[0]
    assert (last["leaf_index"], last["number"], last["at"], last["records"]) == (299, 300, MARCH, ['"299"', "ä,{}\\"])
    assert "salt" not in table.schema.names


def test_what_is_held_and_what_is_of_this_month_stays_and_nothing_is_moved_twice(own: SealedJournal) -> None:
    assert archive(own) == {"2024_05": False}
    assert sorted(path.name for path in archive_of(own.log).iterdir()) == ["2024-03-1.parquet", "2024-04-1.parquet"]


@pytest.mark.parametrize("field", ["user_name", "asked_hash"])
def test_an_entry_edited_in_the_archive_is_found_and_named(own: SealedJournal, march: Path, field: str) -> None:
    rows = pyarrow.parquet.read_table(march)
    changed = rows.to_pylist()
    changed[41][field] = "dorn" if field == "user_name" else b"\x07" * 32
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(changed, schema=rows.schema), march)
    with pytest.raises(Wrong, match=r"^entry 42 \(at 41\): was changed in the archive, in 2024-03-1.parquet"):
        own.verify()


def test_an_entry_taken_out_of_the_archive_is_found_and_named(own: SealedJournal, march: Path) -> None:
    rows = pyarrow.parquet.read_table(march)
    kept = pyarrow.concat_tables([rows.slice(0, 41), rows.slice(42)])
    pyarrow.parquet.write_table(kept, march)
    with pytest.raises(Wrong, match=r"^entry 42 \(at 41\): gone from the journal"):
        own.verify()


def test_every_byte_of_a_file_counts(own: SealedJournal, march: Path) -> None:
    whole = march.read_bytes()
    for place in (*range(0, len(whole), len(whole) // 40), len(whole) - 1):
        march.write_bytes(whole[:place] + bytes([whole[place] ^ 0x20]) + whole[place + 1 :])
        with pytest.raises(Wrong, match=r"^(entry \d+ \(at \d+\)|entries at 0 to 299): "):
            own.verify()


def test_a_file_that_is_missing_cut_off_or_another_is_found(own: SealedJournal, march: Path) -> None:
    march.write_bytes(march.read_bytes()[:-100])
    with pytest.raises(Wrong, match=r"^entries at 0 to 299: 2024-03-1.parquet in the archive cannot be read"):
        own.verify()
    shutil.copyfile(march.with_name("2024-04-1.parquet"), march)
    with pytest.raises(Wrong, match=r"^entry 1 \(at 0\): gone from the journal"):
        own.verify()
    march.unlink()
    with pytest.raises(Wrong, match=r"^entries at 0 to 299: 2024-03-1.parquet is missing from the archive"):
        own.verify()


def test_a_file_that_no_entry_speaks_for_is_found(own: SealedJournal, march: Path) -> None:
    with own.tampering() as administrator:
        administrator.execute("UPDATE journal_archived SET sha256 = sha256(sha256) WHERE file = '2024-03-1.parquet'")
        with pytest.raises(Wrong, match=r"^entries at 0 to 299: entry 306 does not say that they were archived"):
            own.verify()
        administrator.execute(
            "UPDATE journal_archived SET sha256 = %s WHERE file = '2024-03-1.parquet'", [sha256_of(march)]
        )
    own.verify()


def sha256_of(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()


def test_the_command_goes_through_the_months_and_can_be_called_again(own: SealedJournal) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "openclets", "journal", "archive"],
        env=own.environment, cwd="/", check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert said == "2024-05 (1 of 1): nothing to move\nnothing more can be archived\n"


def test_an_archived_entry_still_has_its_proof(own: SealedJournal) -> None:
    proof = subprocess.run(
        [sys.executable, "-m", "openclets", "receipt", "42"],
        env=own.environment, cwd="/", check=True, capture_output=True,
    ).stdout  # fmt: skip
    proven, checkpoint = verify_proof(proof, own.key.verifier)
    assert (proven.index, checkpoint.size) == (41, 307)
    assert b'"at":"2024-03-05T09:30:00.123456Z"' in proven.leaf


def test_a_lost_log_is_made_again_from_the_database_and_the_archive(own: SealedJournal) -> None:
    own.seal()
    checkpoint = (own.log / "checkpoint").read_text()
    shutil.rmtree(own.log / "tile")
    own.seal()
    assert verify_folder(own.log, own.key.verifier).size >= 307
    assert (own.log / "checkpoint").read_text() == checkpoint
