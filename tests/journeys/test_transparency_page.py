"""The public figures: anybody can read them, and whoever has the entries can count again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client, override_settings

from openclets.journal.figures import check, publish
from openclets.journal.record import record_on
from openclets.journal.verify_log import Wrong
from tests.simulators.sealed_journal import DRAFT, SealedJournal, sealed_journal

OCTOBER = datetime(2025, 10, 31, 23, 59, 59, tzinfo=UTC)
NOVEMBER = datetime(2025, 11, 1, tzinfo=UTC)
NOW = datetime(2025, 12, 1, 12, tzinfo=UTC)
PUBLISHED = """\
# month 2025-10, first 52 entries of the log
agency,kind,outcome,count
*,*,*,51
CA0990100,*,*,51
CA0990100,question,answered,30
CA0990100,question,refused,21
"""


@pytest.fixture(scope="module")
def own() -> Iterator[SealedJournal]:
    with sealed_journal() as journal:
        drafts = [replace(DRAFT, at=OCTOBER)] * 30 + [replace(DRAFT, at=OCTOBER, outcome="refused")] * 21
        with journal.connect() as connection, connection.transaction():
            record_on(connection, [*drafts, replace(DRAFT, at=NOVEMBER)])
        journal.seal()
        # On the first of December November is not over for a whole day.
        assert publish(journal.log, now=NOW) == ["2025-10.csv"]
        yield journal


@pytest.fixture
def published(own: SealedJournal) -> Iterator[Path]:
    """The log's folder; October's figures are put back afterwards."""
    yield own.log
    (own.log / "figures" / "2025-10.csv").write_text(PUBLISHED)


def test_a_month_that_is_over_is_counted_once_from_the_log_alone(published: Path, own: SealedJournal) -> None:
    assert (published / "figures" / "2025-10.csv").read_text() == PUBLISHED
    with own.connect() as connection, connection.transaction():
        record_on(connection, [replace(DRAFT, at=OCTOBER)])
    own.seal()
    assert publish(published, now=NOW) == []
    assert (published / "figures" / "2025-10.csv").read_text() == PUBLISHED
    assert check(published) == 1
    own.verify()


def test_a_figure_that_the_log_does_not_give_is_found(published: Path, own: SealedJournal) -> None:
    file = published / "figures" / "2025-10.csv"
    file.write_text(PUBLISHED.replace("refused,21", "refused,20"))
    said = subprocess.run(
        [sys.executable, "-m", "openclets", "journal", "figures", "--check", "--log", str(published)],
        env=own.environment, cwd="/", check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert (said.returncode, said.stdout) == (1, "figures of 2025-10: the first 52 entries of the log give others\n")
    file.write_text(PUBLISHED.replace("first 52", "first 5200"))
    with pytest.raises(Wrong, match="do not say over which entries of this log"):
        check(published)


def test_everybody_sees_the_newest_month_without_signing_in(published: Path) -> None:
    visitor = Client(HTTP_HOST="localhost")
    with override_settings(LOG_FOLDER=published):
        page = visitor.get("/transparency/").content.decode()
        assert visitor.get("/transparency/2025-10/").content.decode() == page
        assert visitor.get("/transparency/2025-10.csv").content.decode() == PUBLISHED
        assert visitor.get("/transparency/2025-11/").status_code == 404
        assert visitor.get("/transparency/2025-11.csv").status_code == 404
    assert "month 2025-10, first 52 entries of the log" in page
    assert "<td>refused</td><td>21</td>" in page
    assert "chen" not in page


def test_before_the_first_month_the_page_says_that_nothing_was_counted(tmp_path: Path) -> None:
    with override_settings(LOG_FOLDER=tmp_path):
        page = Client(HTTP_HOST="localhost").get("/transparency/")
    assert page.status_code == 200
    assert "No month has been counted yet." in page.content.decode()
