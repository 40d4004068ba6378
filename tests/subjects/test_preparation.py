"""What the program's role may do once the database is prepared, whatever the roles are called."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from openclets.config import embedded_postgres
from tests.conftest import DATA_FOLDER

INDEX_TABLES = ("people_indexedname", "people_namekey")
OWNER, PROGRAM, NAME = "county_owner", "county_program", "county"


@pytest.fixture(scope="module")
def program_url(database: None) -> Iterator[str]:
    """A second database on the run's server, prepared as a configured one; how the program's role connects to it."""
    administrator = embedded_postgres.conninfo(DATA_FOLDER, embedded_postgres.ADMIN_ROLE)
    with psycopg.connect(administrator, autocommit=True) as session:
        session.execute(f"CREATE ROLE {OWNER} LOGIN")
        session.execute(f"CREATE ROLE {PROGRAM} LOGIN")
        session.execute(f"CREATE DATABASE {NAME} OWNER {OWNER}")
    subprocess.run(
        [sys.executable, "-m", "openclets", "database", "prepare"],
        env={**os.environ, "DATABASE_URL": _url(PROGRAM), "OPENCLETS_DATABASE_OWNER_URL": _url(OWNER)},
        check=True,
    )
    yield _url(PROGRAM)
    with psycopg.connect(administrator, autocommit=True) as session:
        session.execute(f"DROP DATABASE {NAME} WITH (FORCE)")
        session.execute(f"DROP ROLE {OWNER}, {PROGRAM}")


def test_a_loader_may_settle_the_index_whatever_the_roles_are_called(program_url: str) -> None:
    with psycopg.connect(program_url, autocommit=True) as session:
        # VACUUM without the right to it is no error, only a warning.
        warnings: list[str | None] = []
        session.add_notice_handler(lambda notice: warnings.append(notice.message_primary))
        for table in INDEX_TABLES:
            session.execute(f"VACUUM (ANALYZE) {table}")
        assert warnings == []


def test_the_program_has_no_say_over_the_journals_tables_but_to_read_and_add(program_url: str) -> None:
    with psycopg.connect(program_url) as session:
        for table in ("journal_entry", "journal_body"):
            rights = "SELECT INSERT UPDATE DELETE TRUNCATE REFERENCES TRIGGER MAINTAIN".split()
            had = [
                right
                for right in rights
                if session.execute("SELECT has_table_privilege(%s, %s)", [table, right]).fetchone() == (True,)
            ]
            assert had == ["SELECT", "INSERT"], table


def _url(role: str) -> str:
    host = conninfo_to_dict(embedded_postgres.conninfo(DATA_FOLDER, role))["host"]
    return f"postgresql://{role}@/{NAME}?host={host}&port=5432"
