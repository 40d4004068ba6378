"""The journal's tables are parted by month: each entry lies in its own, and a new month stops nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import psycopg
import pytest
from django.db import connection, transaction

from openclets.config import embedded_postgres
from openclets.journal.record import EntryDraft, record_durably, record_in_transaction
from openclets.vocabulary.errors import Unavailable
from tests.conftest import DATA_FOLDER

DRAFT = EntryDraft(at=datetime(2005, 5, 31, 23, 59, 59, tzinfo=UTC), kind="question", outcome="answered", asked="?")


def test_an_entry_and_its_body_lie_in_the_month_of_their_moment_in_utc(database: None) -> None:
    number = record_durably(DRAFT).number
    assert tables_of(number) == ["journal_body_2005_05", "journal_entry_2005_05"]
    west = timezone(timedelta(hours=-8))
    number = record_durably(replace(DRAFT, at=datetime(2005, 5, 31, 16, 0, tzinfo=west))).number
    assert tables_of(number) == ["journal_body_2005_06", "journal_entry_2005_06"]


def test_entries_of_several_months_in_one_transaction_and_none_is_left_of_one_rolled_back(database: None) -> None:
    with transaction.atomic():
        numbers = [
            record_in_transaction(replace(DRAFT, at=datetime(year, 2, 29, tzinfo=UTC))).number for year in (2008, 2012)
        ]
    assert [tables_of(number)[1] for number in numbers] == ["journal_entry_2008_02", "journal_entry_2012_02"]
    late = replace(DRAFT, at=datetime(2016, 2, 29, tzinfo=UTC))
    with transaction.atomic():
        record_in_transaction(late)
        record_in_transaction(late)
        transaction.set_rollback(True)
    # The month went with the transaction; the next entry makes it again.
    assert tables_of(record_durably(late).number) == ["journal_body_2016_02", "journal_entry_2016_02"]


def test_a_month_cannot_be_reached_past_the_journal(database: None) -> None:
    record_durably(DRAFT)
    for role in (embedded_postgres.PROGRAM_ROLE, embedded_postgres.RETENTION_ROLE):
        for statement in (
            "SELECT count(*) FROM journal_entry_2005_05",
            "DELETE FROM journal_body_2005_05",
            "INSERT INTO journal_body_2005_05 SELECT * FROM journal_body LIMIT 1",
        ):
            with role_as(role) as session, pytest.raises(psycopg.errors.InsufficientPrivilege, match="denied"):
                session.execute(statement.encode())
    for statement in (
        "UPDATE journal_entry_2005_05 SET outcome = 'refused'",
        "DELETE FROM journal_body_2005_05",
        "TRUNCATE journal_body_2005_05",
    ):
        with role_as(embedded_postgres.ADMIN_ROLE) as session:
            session.execute("SET session_replication_role = replica")
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="the journal refuses"):
                session.execute(statement.encode())


def test_a_moment_out_of_all_reason_makes_no_table(database: None) -> None:
    with pytest.raises(Unavailable):
        record_durably(replace(DRAFT, at=datetime(1066, 10, 14, tzinfo=UTC)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('journal_entry_1066_10')")
        assert cursor.fetchall() == [(None,)]


def test_a_question_about_one_month_reads_no_other(database: None) -> None:
    record_durably(DRAFT)
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN SELECT number FROM journal_entry WHERE at >= '2005-05-01 00:00+0' AND at < '2005-06-01 00:00+0'"
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "journal_entry_2005_05" in plan
    assert "journal_entry_2005_06" not in plan
    assert "journal_entry_2008" not in plan


def role_as(role: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(embedded_postgres.conninfo(DATA_FOLDER, role))


def tables_of(number: int) -> list[str]:
    """The tables in which the entry and its body lie."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tableoid::regclass::text FROM journal_entry WHERE number = %s"
            " UNION ALL SELECT tableoid::regclass::text FROM journal_body WHERE entry_number = %s",
            [number, number],
        )
        return sorted(name for (name,) in cursor.fetchall())
