"""The journal: what an entry is, and that nobody can change one."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import psycopg
import pytest
from django.db import connection, transaction

from openclets.config import embedded_postgres
from openclets.journal.leaf import Leaf, Receipt, canonical_personal, leaf_bytes, leaf_hash, salted_hash
from openclets.journal.lookup import entry_by_number
from openclets.journal.record import EntryDraft, record_durably, record_in_transaction
from openclets.vocabulary.errors import Unavailable
from tests.conftest import DATA_FOLDER

DRAFT = EntryDraft(
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

LEAF = Leaf(
    number=12345,
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
    asked_hash=b"\x11" * 32,
    answered_hash=b"\x22" * 32,
    personal_hash=b"\x33" * 32,
)


def test_the_leaf_of_an_entry_is_written_exactly_so() -> None:
    assert leaf_bytes(LEAF) == (
        b'{"agency":"CA0990100",'
        b'"answered":"2222222222222222222222222222222222222222222222222222222222222222",'
        b'"asked":"1111111111111111111111111111111111111111111111111111111111111111",'
        b'"at":"2026-11-22T17:36:27.410000Z","channel":"socket","device":"CADEMO01","key":"QW","kind":"question",'
        b'"number":12345,"outcome":"answered",'
        b'"personal":"3333333333333333333333333333333333333333333333333333333333333333",'
        b'"purpose":"C","records":["0990012345678"],"user":"chen"}'
    )


def test_the_leaf_hash_is_what_openssl_makes_of_a_zero_byte_and_the_leaf() -> None:
    assert leaf_hash(LEAF).hex() == "0899101a6f78ee7bb75ba2ad48ec7c045ffcbad0e09970bb7dd42034505b2553"


def test_the_salted_hash_is_what_openssl_makes_of_salt_and_text() -> None:
    assert salted_hash(b"\x07" * 32, "José").hex() == "cb9023be8dafee068a55960ba26c145b22ccf3ddc42ce7b90a0326661a613814"


def test_the_same_moment_told_in_another_zone_gives_the_same_leaf() -> None:
    pacific = LEAF.at.astimezone(timezone(timedelta(hours=-8)))
    assert leaf_bytes(replace(LEAF, at=pacific)) == leaf_bytes(LEAF)


@pytest.mark.parametrize(
    "changed",
    [
        replace(LEAF, number=12346),
        replace(LEAF, at=LEAF.at + timedelta(microseconds=1)),
        replace(LEAF, kind="order"),
        replace(LEAF, outcome="refused"),
        replace(LEAF, user_name="dorn"),
        replace(LEAF, agency="CA0990200"),
        replace(LEAF, device="CADEMO02"),
        replace(LEAF, channel="web"),
        replace(LEAF, message_key="QPO"),
        replace(LEAF, purpose="F"),
        replace(LEAF, records=()),
        replace(LEAF, asked_hash=b"\x00" * 32),
        replace(LEAF, answered_hash=b"\x00" * 32),
        replace(LEAF, personal_hash=b"\x00" * 32),
    ],
)
def test_no_part_of_an_entry_can_change_without_its_hash(changed: Leaf) -> None:
    assert leaf_hash(changed) != leaf_hash(LEAF)


def test_personal_fields_have_one_spelling_whatever_their_order() -> None:
    assert (
        canonical_personal({"b": "Ø", "a": "1"})
        == canonical_personal({"a": "1", "b": "Ø"})
        == '{"a":"1","b":"\\u00d8"}'
    )


def test_a_receipt_is_the_number_and_the_hash_of_the_entry_as_it_is_stored(database: None) -> None:
    receipt = record_durably(DRAFT)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT at, kind, outcome, user_name, agency, device, channel, message_key, purpose, records,"
            " asked_hash, answered_hash, personal_hash FROM journal_entry WHERE number = %s",
            [receipt.number],
        )
        ((at, kind, outcome, user, agency, device, channel, key, purpose, records, asked, answered, personal),) = (
            cursor.fetchall()
        )
        cursor.execute("SELECT salt, asked, answered FROM journal_body WHERE entry_number = %s", [receipt.number])
        ((salt, asked_text, answered_text),) = cursor.fetchall()
    assert (kind, outcome, user, agency, device) == ("question", "answered", "chen", "CA0990100", "CADEMO01")
    assert (asked_text, answered_text) == (DRAFT.asked, DRAFT.answered)
    assert bytes(asked) == salted_hash(bytes(salt), asked_text)
    leaf = Leaf(
        receipt.number, at, kind, outcome, user, agency, device, channel, key, purpose, tuple(records),
        bytes(asked), bytes(answered), bytes(personal),
    )  # fmt: skip
    assert leaf_hash(leaf) == receipt.leaf_hash
    assert str(receipt) == f"{receipt.number:012d}.{receipt.leaf_hash.hex()}"


def test_an_entry_holds_no_personal_text(database: None) -> None:
    receipt = record_durably(DRAFT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(e)::text FROM journal_entry e WHERE number = %s", [receipt.number])
        (text,) = cursor.fetchone() or ("",)
    assert "chen" in text
    for personal in ("HOLLOWAY", "DEREK", "26-004711"):
        assert personal not in text


def test_two_entries_about_the_same_words_cannot_be_told_to_be_so_from_their_hashes(database: None) -> None:
    numbers = [record_durably(DRAFT).number, record_durably(DRAFT).number]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT asked_hash) FROM journal_entry WHERE number = ANY(%s)", [numbers])
        assert cursor.fetchone() == (2,)


def test_a_change_that_is_rolled_back_takes_its_entry_with_it(database: None) -> None:
    with transaction.atomic():
        receipt = record_in_transaction(DRAFT)
        transaction.set_rollback(True)
    assert not _exists(receipt.number)


def test_a_change_that_is_committed_leaves_its_entry(database: None) -> None:
    with transaction.atomic():
        receipt = record_in_transaction(DRAFT)
    assert _exists(receipt.number)


def test_a_change_cannot_be_journalled_outside_its_transaction(database: None) -> None:
    with pytest.raises(RuntimeError, match="one transaction"):
        record_in_transaction(DRAFT)


def test_questions_that_come_together_share_commits_and_each_gets_its_own_receipt(database: None) -> None:
    receipts = _record_together([DRAFT] * 200)
    numbers = [receipt.number for receipt in receipts if not isinstance(receipt, Unavailable)]
    assert len(set(numbers)) == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM journal_entry WHERE number = ANY(%s)", [numbers])
        (commits,) = cursor.fetchone() or (0,)
    assert 1 <= commits < 100


def test_an_entry_that_cannot_be_stored_does_not_take_its_neighbours_with_it(database: None) -> None:
    impossible = replace(DRAFT, outcome="no such outcome")
    too_long = replace(DRAFT, purpose="FAR TOO LONG")
    results = _record_together([impossible, too_long, *[DRAFT] * 30])
    assert [type(result).__name__ for result in results[:2]] == ["Unavailable", "Unavailable"]
    assert all(not isinstance(result, Unavailable) and _exists(result.number) for result in results[2:])


def test_a_leaf_spells_what_is_unusual_as_json_in_ascii() -> None:
    spelt = leaf_bytes(replace(LEAF, user_name='O"N\\\u00e9\U0001f600\n', records=("A", 'B"'), agency="", number=7))
    assert spelt.startswith(b'{"agency":"","answered":"22')
    assert spelt.endswith(
        b',"number":7,"outcome":"answered","personal":"' + b"33" * 32 + b'","purpose":"C","records":["A","B\\""],'
        b'"user":"O\\"N\\\\\\u00e9\\ud83d\\ude00\\n"}'
    )


def test_texts_that_look_like_parts_of_an_entry_or_of_an_array_are_stored_as_they_are(database: None) -> None:
    odd = 'x","number":0,"outcome":"{a,\\b}" NULL'
    draft = replace(DRAFT, records=("a,b", '{"c"}', "\\", "", "NULL"), kind=odd, asked=odd, personal={odd: odd})
    receipt = record_durably(draft)
    opened = entry_by_number(receipt.number)
    assert opened is not None
    assert (opened.asked, opened.personal, opened.listed.kind) == (odd, {odd: odd}, odd)
    assert opened.listed.records == ("a,b", '{"c"}', "\\", "", "NULL")
    assert opened.receipt == receipt
    assert opened.leaf_holds
    assert opened.body_holds


REFUSED_TO_EVERYBODY = [
    "UPDATE journal_entry SET outcome = 'refused' WHERE number = {number}",
    "DELETE FROM journal_entry WHERE number = {number}",
    "TRUNCATE journal_entry",
    "UPDATE journal_body SET asked = '' WHERE entry_number = {number}",
    "TRUNCATE journal_body",
]
ERASING = "DELETE FROM journal_body WHERE entry_number = {number}"


@pytest.fixture(scope="module")
def entry_number(database: None) -> int:
    return record_durably(DRAFT).number


@pytest.mark.parametrize("statement", [*REFUSED_TO_EVERYBODY, ERASING])
def test_the_program_can_only_add_to_the_journal(entry_number: int, statement: str) -> None:
    with _as(embedded_postgres.PROGRAM_ROLE) as session, pytest.raises(psycopg.errors.InsufficientPrivilege) as refusal:
        session.execute(statement.format(number=entry_number))
    # By privilege, before any trigger is asked.
    assert "permission denied for table" in str(refusal.value)


@pytest.mark.parametrize("statement", [*REFUSED_TO_EVERYBODY, ERASING])
def test_the_owner_of_the_tables_is_stopped_by_trigger(entry_number: int, statement: str) -> None:
    with _as(embedded_postgres.OWNER_ROLE) as session, pytest.raises(psycopg.errors.InsufficientPrivilege) as refusal:
        session.execute(statement.format(number=entry_number))
    assert "the journal refuses" in str(refusal.value)


@pytest.mark.parametrize("statement", [*REFUSED_TO_EVERYBODY, ERASING])
def test_the_administrator_is_stopped_even_with_ordinary_triggers_switched_off(
    entry_number: int, statement: str
) -> None:
    with _as(embedded_postgres.ADMIN_ROLE) as session:
        session.execute("SET session_replication_role = replica")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="the journal refuses"):
            session.execute(statement.format(number=entry_number))


@pytest.mark.parametrize("statement", REFUSED_TO_EVERYBODY)
def test_retention_can_neither_change_nor_remove_an_entry(entry_number: int, statement: str) -> None:
    with _as(embedded_postgres.RETENTION_ROLE) as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
        session.execute(statement.format(number=entry_number))


def test_retention_can_erase_a_body_that_an_entry_says_to_be_erased_and_no_other(database: None) -> None:
    erased, other = record_durably(DRAFT).number, record_durably(DRAFT).number
    with _as(embedded_postgres.RETENTION_ROLE) as session:
        session.execute("INSERT INTO journal_erased VALUES (%s, %s)", [erased, other])
        assert session.execute(ERASING.format(number=erased)).rowcount == 1
    assert _exists(erased)
    with (
        _as(embedded_postgres.RETENTION_ROLE) as session,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="without an entry"),
    ):
        session.execute(ERASING.format(number=other))


def _as(role: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(embedded_postgres.conninfo(DATA_FOLDER, role))


def _exists(number: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_entry WHERE number = %s", [number])
        return bool(cursor.fetchone() == (1,))


def _record_together(drafts: list[EntryDraft]) -> list[Receipt | Unavailable]:
    """Records each draft on a thread of its own, all released at one moment; receipts or errors in order."""
    results: dict[int, Receipt | Unavailable] = {}
    together = threading.Barrier(len(drafts))

    def record(place: int) -> None:
        together.wait()
        try:
            results[place] = record_durably(drafts[place])
        except Unavailable as error:
            results[place] = error

    threads = [threading.Thread(target=record, args=(place,)) for place in range(len(drafts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [results[place] for place in range(len(drafts))]


def test_what_postgresql_cannot_store_never_keeps_an_entry_from_being_written(database: None) -> None:
    hostile = "QW.CA0990100.NAM/A\x00B\ud800C"
    receipt = record_durably(replace(DRAFT, asked=hostile, answered=hostile, personal={"subject_name": hostile}))
    opened = entry_by_number(receipt.number)
    assert opened is not None
    assert opened.asked == "QW.CA0990100.NAM/A\ufffdB\ufffd\ufffd\ufffdC"
    assert opened.leaf_holds
    assert opened.body_holds
