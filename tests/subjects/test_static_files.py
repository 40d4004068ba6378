"""Style sheets and scripts as a browser gets them, through the whole ASGI application."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import openclets.web
from openclets.config.asgi import application

SHEET = Path(openclets.web.__file__).parent / "static" / "openclets" / "base.css"


@dataclass(frozen=True, slots=True)
class Got:
    status: int
    headers: dict[str, str]
    body: bytes


def get(method: str = "GET", headers: Iterable[tuple[bytes, bytes]] = ()) -> Got:
    """The sheet, asked for as uvicorn asks; a warning of Django's is an error."""
    sent: list[Any] = []
    waiting = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Any:
        if waiting:
            return waiting.pop()
        await asyncio.Event().wait()

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": "/static/openclets/base.css",
        "raw_path": b"/static/openclets/base.css",
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"localhost"), *headers],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8043),
    }
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        asyncio.run(application(scope, receive, send))
    return Got(
        sent[0]["status"],
        {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]},
        b"".join(message.get("body", b"") for message in sent[1:]),
    )


def test_a_sheet_goes_out_whole_and_without_a_warning() -> None:
    got = get()
    assert (got.status, got.headers["content-type"]) == (200, 'text/css; charset="utf-8"')
    assert got.body == SHEET.read_bytes()
    assert got.headers["content-length"] == str(len(got.body))
    assert got.headers["x-content-type-options"] == "nosniff"


def test_a_sheet_that_has_not_changed_is_not_sent_again() -> None:
    etag = get().headers["etag"].encode()
    got = get(headers=[(b"if-none-match", etag)])
    assert (got.status, got.body) == (304, b"")
    assert "content-type" not in got.headers


def test_a_part_of_a_sheet_and_its_headers_alone_can_be_asked_for() -> None:
    part = get(headers=[(b"range", b"bytes=0-9")])
    assert (part.status, part.body) == (206, SHEET.read_bytes()[:10])
    head = get("HEAD")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(SHEET.stat().st_size))


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_a_sheet_takes_nothing(method: str) -> None:
    assert get(method).status == 405
