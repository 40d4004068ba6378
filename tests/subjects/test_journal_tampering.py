"""The whole store against the log: whatever one who rules the database server changes is found, and named."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest

from openclets.journal.leaf import LEAF_COLUMNS, Leaf, leaf_hash, leaf_of
from openclets.journal.log_folder import CHECKPOINT
from openclets.journal.verify_log import Checkpoint, Wrong, read_checkpoint
from tests.simulators.sealed_journal import SealedJournal, sealed_journal

COUNT = 600
"""Entries 1 to 600 lie at places 0 to 599, sealed in three rounds."""


@pytest.fixture(scope="module")
def own() -> Iterator[SealedJournal]:
    with sealed_journal() as journal:
        for start in (0, 200, 400):
            journal.write(200, since=start)
            journal.seal()
        yield journal


ENTRY_COLUMNS = [column for column in LEAF_COLUMNS if column != "number"]
SWAPPED_ENTRIES = f"""
    UPDATE journal_entry e SET {", ".join(f"{column} = o.{column}" for column in ENTRY_COLUMNS)}
      FROM journal_entry o WHERE (e.number, o.number) IN ((300, 301), (301, 300))
"""

TAMPERINGS = {
    "entry edited": (
        "UPDATE journal_entry SET user_name = 'dorn' WHERE number = 300",
        r"^entry 300 \(at 299\): .*field",
    ),
    "moment edited": (
        "UPDATE journal_entry SET at = at + interval '1 microsecond' WHERE number = 300",
        r"^entry 300 \(at 299\): .*fields",
    ),
    "entry deleted": ("DELETE FROM journal_entry WHERE number = 300", r"^entry 300 \(at 299\): gone"),
    "entry and place deleted": (
        "DELETE FROM journal_entry WHERE number = 300; DELETE FROM journal_sealed WHERE entry_number = 300",
        r"^entry at 299: its place in the log is empty",
    ),
    "last entry and place deleted": (
        "DELETE FROM journal_entry WHERE number = 600; DELETE FROM journal_sealed WHERE entry_number = 600",
        r"^entry at 599: missing from the journal, which once had 600",
    ),
    "entry inserted": (
        "INSERT INTO journal_entry SELECT (jsonb_populate_record(e, jsonb_build_object('number', 9000,"
        " 'leaf_hash', '\\x' || repeat('ab', 32), 'written_in', '3'))).* FROM journal_entry e WHERE number = 300",
        r"^entry 9000: was put into the journal behind",
    ),
    "entries swapped": (SWAPPED_ENTRIES, r"^entry 300 \(at 299\): .*fields"),
    "places swapped": (
        "UPDATE journal_sealed SET leaf_index = leaf_index + 9000 WHERE leaf_index IN (299, 300);"
        "UPDATE journal_sealed SET leaf_index = 599 - (leaf_index - 9000) WHERE leaf_index > 9000",
        r"^entry 301 \(at 299\): is not the entry that was sealed here",
    ),
    "moment of a place edited": (
        "UPDATE journal_sealed SET at = at + interval '1 month' WHERE entry_number = 300",
        r"^entry 300 \(at 299\): its place in the log tells another moment",
    ),
    "moment of a body edited": (
        "UPDATE journal_body SET at = at + interval '1 minute' WHERE entry_number = 300",
        r"^entry 300 \(at 299\): its body is gone, and no entry",
    ),
    "number given twice": (
        "INSERT INTO journal_entry SELECT (jsonb_populate_record(e, jsonb_build_object('at', e.at + interval '1 hour',"
        " 'written_in', '3'))).* FROM journal_entry e WHERE number = 300",
        r"^entry 300: was put into the journal behind",
    ),
    "question edited": (
        "UPDATE journal_body SET asked = asked || '.' WHERE entry_number = 300",
        r"^entry 300 \(at 299\): .*asked",
    ),
    "answer edited": (
        "UPDATE journal_body SET answered = 'NO RECORD' WHERE entry_number = 300",
        r"^entry 300 \(at 299\): .*answered",
    ),
    "name edited": (
        'UPDATE journal_body SET personal = personal || \'{"subject_name": "DOE,JOHN"}\' WHERE entry_number = 300',
        r"^entry 300 \(at 299\): its personal fields",
    ),
    "salt edited": (
        "UPDATE journal_body SET salt = sha256(salt) WHERE entry_number = 300",
        r"^entry 300 \(at 299\): what was asked",
    ),
    "bodies swapped": (
        "UPDATE journal_body b SET (salt, asked, answered, personal) = (o.salt, o.asked, o.answered, o.personal)"
        " FROM journal_body o WHERE (b.entry_number, o.entry_number) IN ((300, 301), (301, 300))",
        r"^entry 300 \(at 299\): what was asked",
    ),
    "body deleted": (
        "DELETE FROM journal_body WHERE entry_number = 300",
        r"^entry 300 \(at 299\): its body is gone, and no entry",
    ),
    "body deleted as if erased": (
        "DELETE FROM journal_body WHERE entry_number = 300; INSERT INTO journal_erased VALUES (300, 301)",
        r"^entry 300: entry 301 does not say that its body was erased",
    ),
    "body inserted": (
        "INSERT INTO journal_body SELECT 9000, at, salt, asked, answered, personal"
        " FROM journal_body WHERE entry_number = 9",
        r"^entry 9000: does not exist and has a body",
    ),
    "checkpoint edited": (
        "UPDATE journal_checkpoint SET note = replace(note, '400', '401') WHERE size = 400",
        r"^checkpoint of 400 entries: the signature .* is false",
    ),
    "checkpoint moved": (
        "UPDATE journal_checkpoint SET size = 399 WHERE size = 400",
        r"^checkpoint of 399 entries: speaks of 400",
    ),
}

KEPT = ("journal_entry", "journal_body", "journal_sealed", "journal_checkpoint", "journal_erased")


@pytest.fixture
def untouched(own: SealedJournal) -> Iterator[SealedJournal]:
    """Puts every table and file back afterwards."""
    shutil.copytree(own.log, own.folder / "kept-log")
    with own.tampering() as administrator:
        for table in KEPT:
            administrator.execute(f"CREATE TABLE kept_{table} AS TABLE {table}")
        yield own
        for table in KEPT:
            administrator.execute(f"TRUNCATE {table}")
            administrator.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")
            administrator.execute(f"DROP TABLE kept_{table}")
    shutil.rmtree(own.log)
    (own.folder / "kept-log").rename(own.log)


def test_an_untouched_store_holds(own: SealedJournal) -> None:
    assert own.verify().startswith("holds: 600 entries with their bodies, 600 of them signed by clets.example.gov/jour")


@pytest.mark.parametrize("what", TAMPERINGS)
def test_what_the_administrator_changes_is_found_and_named(untouched: SealedJournal, what: str) -> None:
    statements, named = TAMPERINGS[what]
    with untouched.connect("postgres") as administrator:
        for statement in statements.split(";"):
            administrator.execute(statement.encode())
    with pytest.raises(Wrong, match=named):
        untouched.verify()


def rewrite_with_its_hash(own: SealedJournal, number: int) -> Leaf:
    """As one would who knows how entries are hashed: the entry says something else and its own hash agrees."""
    with own.connect("postgres") as administrator:
        administrator.execute("UPDATE journal_entry SET user_name = 'dorn' WHERE number = %s", [number])
        row = administrator.execute(
            f"SELECT {', '.join(LEAF_COLUMNS)} FROM journal_entry WHERE number = {number}".encode()
        ).fetchone()
        assert row is not None
        leaf = leaf_of(row)
        administrator.execute("UPDATE journal_entry SET leaf_hash = %s WHERE number = %s", [leaf_hash(leaf), number])
    return leaf


def test_an_entry_rewritten_together_with_its_hash_is_found_by_the_log(untouched: SealedJournal) -> None:
    rewrite_with_its_hash(untouched, 300)
    with pytest.raises(Wrong, match=r"^entry 300 \(at 299\): is not the entry that was sealed here"):
        untouched.verify()


def test_a_whole_log_made_anew_without_the_key_is_found(untouched: SealedJournal) -> None:
    rewrite_with_its_hash(untouched, 300)
    shutil.rmtree(untouched.log / "tile")
    forger = SealedJournal(untouched.folder, untouched.key)
    with pytest.raises(Exception, match="first 600 entries no longer give the root"):
        forger.seal()
    with pytest.raises(Wrong, match="missing"):
        untouched.verify()


def test_a_log_forked_by_one_who_has_the_key_is_found_by_the_checkpoints_once_signed(untouched: SealedJournal) -> None:
    kept = read_checkpoint((untouched.log / CHECKPOINT).read_bytes(), untouched.key.verifier)
    rewrite_with_its_hash(untouched, 300)
    shutil.rmtree(untouched.log)
    with untouched.connect("postgres") as administrator:
        removed = administrator.execute(
            "DELETE FROM journal_checkpoint WHERE size > 200 RETURNING size, note"
        ).fetchall()
    untouched.seal()
    untouched.verify()
    forked = read_checkpoint((untouched.log / CHECKPOINT).read_bytes(), untouched.key.verifier)
    assert forked == Checkpoint(kept.origin, kept.size, forked.root)
    assert forked.root != kept.root
    with untouched.connect("postgres") as administrator:
        administrator.execute("DELETE FROM journal_checkpoint WHERE size > 200")
        for row in removed:
            administrator.execute("INSERT INTO journal_checkpoint (size, note) VALUES (%s, %s)", row)
    with pytest.raises(Wrong, match=r"^entries before 400: .* forked"):
        untouched.verify()


def test_a_published_log_that_was_rolled_back_is_found(untouched: SealedJournal) -> None:
    with untouched.connect() as connection:
        row = connection.execute("SELECT note FROM journal_checkpoint WHERE size = 400").fetchone()
    assert row is not None
    (untouched.log / CHECKPOINT).write_text(row[0], encoding="utf-8")
    with pytest.raises(Wrong, match=r"^entry at 400: .* rolled back"):
        untouched.verify()
    for path in ("tile/0/002.p", "tile/entries/002.p"):
        shutil.rmtree(untouched.log / path)
    for path in ("tile/0/001", "tile/entries/001"):
        partial = untouched.log / f"{path}.p"
        partial.mkdir()
        content = (untouched.log / path).read_bytes()
        (untouched.log / path).rename(partial / "144")
        (partial / "144").write_bytes(content[: 144 * 32] if "entries" not in path else content)
    with pytest.raises(Wrong):
        untouched.verify()


def test_the_command_says_what_holds_and_ends_with_zero_or_names_the_entry_and_ends_with_one(
    untouched: SealedJournal,
) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "openclets", *arguments],
            env=untouched.environment, cwd="/", capture_output=True, text=True, check=False,
        )  # fmt: skip

    key = run("journal", "key")
    assert key.stdout == f"{untouched.key.verifier}\n"
    proof = run("receipt", "300")
    assert proof.returncode == 0, proof.stderr
    path = untouched.folder / "300.tlog-proof"
    path.write_text(proof.stdout, encoding="utf-8")
    held = run("journal", "verify", str(path))
    assert (held.returncode, held.stdout[:42]) == (0, "holds: entry 300 (at 299) of 600 in clets.")
    assert run("journal", "verify", str(untouched.log)).returncode == 0
    assert run("journal", "verify").returncode == 0
    assert run("journal", "verify", "--database").returncode == 0
    path.write_text(proof.stdout.replace("index 299", "index 298"), encoding="utf-8")
    wrong = run("journal", "verify", str(path))
    assert (wrong.returncode, wrong.stdout[:23]) == (1, "entry 300 (at 298): the")
    assert run("receipt", "90000").returncode == 2
    with untouched.connect("postgres") as administrator:
        administrator.execute("UPDATE journal_body SET answered = '' WHERE entry_number = 77")
    found = run("journal", "verify", "--database")
    assert (found.returncode, found.stdout) == (
        1,
        "entry 77 (at 76): what was answered was changed: it no longer gives its hash in the entry\n",
    )
