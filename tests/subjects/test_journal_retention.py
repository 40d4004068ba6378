"""Bodies go after their keeping time, unless they are held; each erasure is an entry and the log stays whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from openclets.config.environment import EnvironmentWrong, read_environment
from openclets.journal import retention
from openclets.journal.absence import erased_hash
from openclets.journal.record import EntryDraft, record_on
from openclets.journal.retention import NoSuchHold, end_hold, erase_batch, holds, keeping_years, place_hold
from openclets.journal.verify_log import Wrong
from tests.simulators.sealed_journal import DRAFT, SealedJournal, sealed_journal

NOW = datetime(2030, 1, 1, tzinfo=UTC)
OLD = NOW - timedelta(days=3 * 365 + 2)
YOUNG = NOW - timedelta(days=3 * 365 - 2)


@pytest.fixture(scope="module")
def own() -> Iterator[SealedJournal]:
    with sealed_journal() as journal:
        yield journal


def write(own: SealedJournal, *drafts: EntryDraft) -> list[int]:
    with own.connect() as connection, connection.transaction():
        return [receipt.number for receipt in record_on(connection, drafts)]


def erase(own: SealedJournal, **changes: int) -> list[int]:
    """What was erased, by number."""
    before = with_bodies(own)
    with own.connect("openclets_retention") as connection:
        while erase_batch(connection, kept=keeping_years(changes), operator="root", now=NOW):
            pass
    return sorted(before - with_bodies(own))


def with_bodies(own: SealedJournal) -> set[int]:
    with own.connect() as connection:
        return {row[0] for row in connection.execute("SELECT entry_number FROM journal_body")}


def test_bodies_go_after_three_years_and_what_is_left_still_verifies(own: SealedJournal) -> None:
    old, young = write(own, replace(DRAFT, at=OLD), replace(DRAFT, at=YOUNG))
    own.seal()
    assert erase(own) == [old]
    own.seal()
    assert own.verify().startswith("holds: 3 entries")
    with own.connect() as connection:
        row = connection.execute(
            "SELECT kind, outcome FROM journal_entry JOIN journal_erased ON erased_by = number WHERE entry_number = %s",
            [old],
        ).fetchone()
    assert row == ("bodies erased", "done")
    assert young in with_bodies(own)


def test_an_operator_may_keep_a_kind_longer_or_shorter(own: SealedJournal) -> None:
    sign_on, question = write(own, replace(DRAFT, at=OLD, kind="sign-on"), replace(DRAFT, at=OLD))
    assert erase(own, question=5) == [sign_on]
    assert erase(own) == [question]
    young = write(own, replace(DRAFT, at=NOW - timedelta(days=400), kind="sign-on"))
    assert erase(own, **{"sign-on": 1}) == young


def test_entries_of_erasures_themselves_are_kept(own: SealedJournal) -> None:
    with own.connect() as connection:
        found = connection.execute("SELECT number FROM journal_entry WHERE kind = 'bodies erased'").fetchall()
    assert {number for (number,) in found} <= with_bodies(own)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("user_name", "held.user"),
        ("agency", "CA0990999"),
        ("record", "0990000099999"),
        ("subject_name", "held,person"),
        ("case_number", "held-1"),
    ],
)
def test_what_is_held_is_not_erased_until_the_hold_ends(
    own: SealedJournal, field: retention.HoldField, value: str
) -> None:
    held = {
        "user_name": replace(DRAFT, user_name="held.user"),
        "agency": replace(DRAFT, agency="CA0990999"),
        "record": replace(DRAFT, records=("1", "0990000099999")),
        "subject_name": replace(DRAFT, personal={"subject_name": "HELD,PERSON"}),
        "case_number": replace(DRAFT, personal={"case_number": "HELD-1"}),
    }[field]
    number, other = write(own, replace(held, at=OLD), replace(DRAFT, at=OLD))
    with own.connect() as connection:
        receipt = place_hold(connection, field=field, value=value, reason="a trial", operator="root", now=NOW)
        assert [(hold.field, hold.value) for hold in holds(connection)] == [(field, value)]
        assert erase(own) == [other]
        # Erasing goes by an entry or not at all.
        with (
            own.connect("openclets_retention") as hasty,
            pytest.raises(psycopg.errors.InsufficientPrivilege, match="the journal refuses to erase"),
        ):
            hasty.execute("DELETE FROM journal_body WHERE entry_number = %s", [number])
        end_hold(connection, placed_by=receipt.number, reason="over", operator="root", now=NOW)
        assert holds(connection) == []
        with pytest.raises(NoSuchHold):
            end_hold(connection, placed_by=receipt.number, reason="again", operator="root", now=NOW)
    assert erase(own) == [number]
    own.seal()
    own.verify()


def test_the_database_refuses_to_erase_what_is_held_even_with_an_entry_that_says_so(own: SealedJournal) -> None:
    (number,) = write(own, replace(DRAFT, at=OLD))
    with own.connect() as connection:
        receipt = place_hold(connection, field="number", value=str(number), reason="a trial", operator="root", now=NOW)
    with (
        own.connect("openclets_retention") as hasty,
        hasty.transaction(force_rollback=True),
    ):
        hasty.execute("INSERT INTO journal_erased VALUES (%s, %s)", [number, receipt.number])
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="which is held"):
            hasty.execute("DELETE FROM journal_body WHERE entry_number = %s", [number])


def test_the_program_itself_can_neither_erase_nor_say_that_something_was_erased(own: SealedJournal) -> None:
    (number,) = write(own, replace(DRAFT, at=OLD))
    for statement in (
        f"INSERT INTO journal_erased VALUES ({number}, {number})",
        f"DELETE FROM journal_body WHERE entry_number = {number}",
    ):
        with own.connect() as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement.encode())


def test_an_erasure_that_names_other_bodies_than_it_took_is_found(own: SealedJournal) -> None:
    write(own, replace(DRAFT, at=OLD))
    own.seal()
    own.verify()
    with own.connect("openclets_retention") as connection, connection.transaction():
        (erasure,) = write(
            own, EntryDraft(at=NOW, kind="bodies erased", outcome="done", records=(erased_hash([1, 2]),))
        )
        (victim,) = write(own, replace(DRAFT, at=OLD, user_name="victim"))
        connection.execute("INSERT INTO journal_erased VALUES (%s, %s)", [victim, erasure])
        connection.execute("DELETE FROM journal_body WHERE entry_number = %s", [victim])
    own.seal()
    with pytest.raises(Wrong, match=f"^entry {victim}: entry {erasure} does not say that its body was erased"):
        own.verify()


def test_keeping_times_are_read_from_the_environment_and_checked() -> None:
    environment = read_environment({"OPENCLETS_KEEP_YEARS": "5, sign-on=7"})
    kept = keeping_years(environment.keep_years)
    assert (kept["question"], kept["sign-on"], kept["bodies erased"], kept["*"]) == (5, 7, 100, 5)
    for wrong in ("0", "three", "no such kind=3", "question=101"):
        with pytest.raises(EnvironmentWrong, match="OPENCLETS_KEEP_YEARS must hold years"):
            read_environment({"OPENCLETS_KEEP_YEARS": wrong})
