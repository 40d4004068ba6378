"""The public log over HTTP: anybody can fetch and check it, and only auditors see entries."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from openclets.agencies import signing_on
from openclets.journal.log_key import read_key
from openclets.journal.verify_log import read_checkpoint, read_verifier, verify_folder
from tests.conftest import DATA_FOLDER
from tests.county import County
from tests.simulators.sealed_journal import seal_the_journal


@pytest.fixture
def visitor() -> Client:
    """Somebody who never signed in."""
    return Client(HTTP_HOST="localhost")


@pytest.fixture
def log(county: County) -> Path:
    signing_on.record_sign_off(actor=county.actor("chen"), now=county.now)
    return seal_the_journal()


def test_anybody_can_fetch_the_log_and_check_it(log: Path, visitor: Client, tmp_path: Path) -> None:
    assert log == settings.LOG_FOLDER
    for path in [path.relative_to(log).as_posix() for path in log.rglob("*") if path.is_file()]:
        if path.startswith("tile/entries/"):
            continue
        response = visitor.get(f"/log/{path}")
        assert response.status_code == 200, path
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(response.content)
    key = read_verifier(str(read_key(DATA_FOLDER / "log-key").verifier))
    assert verify_folder(tmp_path, key, hashes_only=True).size > 0


def test_the_checkpoint_is_text_that_is_not_kept_and_tiles_are_bytes_that_are(log: Path, visitor: Client) -> None:
    checkpoint = visitor.get("/log/checkpoint")
    assert (checkpoint["Content-Type"], checkpoint["Cache-Control"]) == (
        "text/plain; charset=utf-8",
        "public, max-age=1",
    )
    size = read_checkpoint(checkpoint.content, read_key(DATA_FOLDER / "log-key").verifier).size
    tile = visitor.get("/log/tile/0/000" if size >= 256 else f"/log/tile/0/000.p/{size}")
    assert (tile["Content-Type"], tile["Cache-Control"]) == (
        "application/octet-stream",
        "public, max-age=31536000, immutable",
    )


@pytest.mark.parametrize("path", ["tile/entries/000", "tile/entries/000.p/1"])
def test_entries_are_not_for_everybody(log: Path, visitor: Client, path: str) -> None:
    response = visitor.get(f"/log/{path}")
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0/00",
        "tile/0/000.p/0",
        "tile/64/000",
        "tile/0/999",
        "tile/0/" + "x000/" * 1_200 + "000",
        "tile/0/../../../log-key",
        "../log-key",
        "log-key",
    ],
)
def test_nothing_else_is_served(log: Path, visitor: Client, path: str) -> None:
    assert visitor.get(f"/log/{path}").status_code == 404


def test_the_log_cannot_be_written(log: Path, visitor: Client) -> None:
    assert visitor.post("/log/checkpoint").status_code == 405
    assert visitor.put("/log/tile/0/000").status_code == 405
