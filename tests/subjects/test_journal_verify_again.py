"""A check of the whole store that takes long: it tells how far it is, and goes on where it was broken off."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from openclets.config import embedded_postgres
from openclets.journal import verification
from openclets.journal.verification import _BY_INDEX as BY_INDEX
from openclets.journal.verification import _STORED as STORED
from openclets.journal.verification import verify_store
from openclets.journal.verify_log import Frontier, Told, Wrong
from openclets.journal.verify_progress import read_frontier, write_frontier
from tests.simulators.sealed_journal import SealedJournal, sealed_journal


@pytest.fixture(scope="module")
def own() -> Iterator[SealedJournal]:
    """Entries 1 to 40 at places 0 to 39."""
    with sealed_journal() as journal:
        journal.write(40)
        journal.seal()
        yield journal


@pytest.fixture(autouse=True)
def in_steps_of_sixteen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "CHUNK", 16)
    monkeypatch.setattr(verification, "REMEMBER_EVERY_SECONDS", 0.0)


def verify(own: SealedJournal, resume: Path | None, told: list[tuple[int, int]] | None = None) -> str:
    parameters = conninfo_to_dict(embedded_postgres.conninfo(own.folder, embedded_postgres.PROGRAM_ROLE))

    def progress(done: int, of: int) -> None:
        if told is not None:
            told.append((done, of))

    return verify_store(parameters, own.log, own.key.verifier, progress=progress, resume=resume)


def change(own: SealedJournal, number: int, answered: str) -> str:
    """What was answered before."""
    with own.tampering() as administrator:
        row = administrator.execute(
            "SELECT answered FROM journal_body WHERE entry_number = %s FOR UPDATE", [number]
        ).fetchone()
        assert row is not None
        administrator.execute("UPDATE journal_body SET answered = %s WHERE entry_number = %s", [answered, number])
    return str(row[0])


def test_it_tells_how_many_entries_were_checked_of_how_many(own: SealedJournal) -> None:
    told: list[tuple[int, int]] = []
    verify(own, None, told)
    # First the log, which is so short that it tells once, then the store.
    assert told == [(40, 40), (16, 40), (32, 40), (40, 40)]


def test_a_check_that_was_broken_off_goes_on_where_it_was_and_says_so(own: SealedJournal, tmp_path: Path) -> None:
    remembered = tmp_path / "checked"
    before = change(own, 38, "nothing")
    # A fault stops it in the third step; so does whatever else breaks it off.
    with pytest.raises(Wrong, match=r"^entry 38 \(at 37\): what was answered"):
        verify(own, remembered)
    with pytest.raises(Wrong, match=r"^entry 38 \(at 37\): what was answered"):
        verify(own, remembered)
    change(own, 38, before)
    told: list[tuple[int, int]] = []
    said = verify(own, remembered, told)
    assert said.startswith("holds: 40 entries with their bodies, 40 of them signed by clets.example.gov/journal, root ")
    assert said.endswith("; the first 32 were checked in a run before")
    assert told == [(40, 40), (40, 40)]
    assert not remembered.exists(), "the next check begins at the beginning"
    assert "run before" not in verify(own, remembered)


def test_a_journal_that_became_shorter_than_what_was_checked_is_found(own: SealedJournal, tmp_path: Path) -> None:
    remembered, longer = tmp_path / "checked", Frontier()
    for place in range(41):
        longer.append(place.to_bytes(32))
    write_frontier(remembered, own.key.verifier, longer)
    with pytest.raises(Wrong, match=r"^entry at 40: missing from the journal, which once had 41 sealed entries"):
        verify(own, remembered)


def test_what_was_checked_must_be_the_beginning_of_what_is_there(own: SealedJournal, tmp_path: Path) -> None:
    remembered, other = tmp_path / "checked", Frontier()
    for place in range(16):
        other.append(place.to_bytes(32))
    write_frontier(remembered, own.key.verifier, other)
    with pytest.raises(Wrong, match=r"^entries before 40: .* forked"):
        verify(own, remembered)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "does not say how far"),
        ("{}", "does not say how far"),
        ('{"log": "LOG", "checked": 3, "roots": ["00"]}', "does not say how far"),
        ('{"log": "LOG", "checked": -1, "roots": []}', "does not say how far"),
        ('{"log": "another", "checked": 0, "roots": []}', "of a check of another log, another"),
    ],
)
def test_a_file_that_does_not_say_how_far_a_check_came_is_refused(
    own: SealedJournal, tmp_path: Path, text: str, said: str
) -> None:
    remembered = tmp_path / "checked"
    remembered.write_text(text.replace("LOG", str(own.key.verifier)))
    with pytest.raises(Wrong, match=said):
        read_frontier(remembered, own.key.verifier)


def test_progress_is_told_every_few_seconds_and_never_of_what_is_done_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[str] = []
    told = Told(lines.append)
    told(16_384, 1_000_000)
    assert lines == []
    monkeypatch.setattr("openclets.journal.verify_log.TELL_EVERY_SECONDS", 0.0)
    told(163_840, 1_000_000)
    assert lines == ["... 163,840 of 1,000,000 entries\n"]


def test_the_command_takes_the_file_with_the_database_alone(own: SealedJournal, tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "openclets", "journal", "verify", *arguments],
            env=own.environment, cwd="/", capture_output=True, text=True, check=False,
        )  # fmt: skip

    held = run("--database", "--resume", str(tmp_path / "checked"))
    assert (held.returncode, held.stdout[:35]) == (0, "holds: 40 entries with their bodies")
    assert run("--resume", str(tmp_path / "checked")).returncode == 2


def test_a_part_of_the_journal_is_read_by_index_and_the_rest_of_it_not_at_all(own: SealedJournal) -> None:
    with own.connect("postgres") as administrator:
        administrator.execute("ANALYZE journal_sealed, journal_entry, journal_body, journal_erased")
    with own.connect() as connection, connection.transaction():
        # So few rows would be read whole if the database were left to itself.
        alone = "\n".join(row[0] for row in connection.execute(f"EXPLAIN {STORED}", [16, 32]))
        connection.execute(BY_INDEX)
        plan = "\n".join(row[0] for row in connection.execute(f"EXPLAIN {STORED}", [16, 32]))
    assert "Seq Scan on journal_body" in alone
    assert "Seq Scan" not in plan
    assert "Hash" not in plan
