"""How much a request may carry, decided before any of it is kept: a body that is too large is refused by its stated
length, or at the byte where it passes the limit, and never lies in memory or on disk as a whole.

ASGI, outside Django: Django would first take in the whole body.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from openclets.agencies.roster.lines import MAX_ROSTER_BYTES
from openclets.orders.rendering import MAX_DOCUMENT_BYTES

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_BODY_BYTES: Final = 1024 * 1024
"""An entry with a hundred protected people and a form's reading is far below this. Own decision."""

MAX_UPLOAD_BYTES: Final = MAX_DOCUMENT_BYTES + 64 * 1024
"""One document and the form around it."""

MAX_ROSTER_UPLOAD_BYTES: Final = MAX_ROSTER_BYTES + 64 * 1024

MOST_BY_PATH: Final = {
    "/court/file/signed/": MAX_UPLOAD_BYTES,
    "/court/file/form/": MAX_UPLOAD_BYTES,
    "/agency/roster/look-through/": MAX_ROSTER_UPLOAD_BYTES,
}
"""Where documents and rosters are handed in."""

TOO_LARGE: Final = (
    "Error 61: what was sent is too large. "
    f"Accepted: documents of at most {MAX_DOCUMENT_BYTES // 1024 // 1024} megabytes.\n"
).encode()


class _TooLarge(Exception):
    """The body passed the limit while it was being taken in."""


class BodyLimit:
    """Wraps an ASGI application; answers 413 in its place."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        most = MOST_BY_PATH.get(scope["path"], MAX_BODY_BYTES)
        if _stated_length(scope) > most:
            await _refuse(send)
            return
        taken = 0
        is_answered = False

        async def receive_within_limit() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise _TooLarge
            return message

        async def send_and_note(message: Message) -> None:
            nonlocal is_answered
            is_answered = True
            await send(message)

        try:
            await self._application(scope, receive_within_limit, send_and_note)
        except _TooLarge:
            if not is_answered:
                await _refuse(send)


def _stated_length(scope: Scope) -> int:
    """0 where none is stated, as in a chunked body: then the bytes are counted."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


async def _refuse(send: Send) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(TOO_LARGE)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": TOO_LARGE})
