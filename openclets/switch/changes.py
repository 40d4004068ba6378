"""Hearing from PostgreSQL that something a session depends on has changed: a person, agency, device or agreement."""

from __future__ import annotations

import asyncio
from typing import Final, NoReturn

import psycopg
import structlog

from openclets.journal.record import connection_parameters

AGAIN_AFTER_SECONDS: Final = 2.0
"""How long after a lost connection the next one is tried. Own decision; meanwhile everything is looked at in turn."""

_log = structlog.get_logger("switch")


async def hear_changes(changed: asyncio.Event) -> NoReturn:
    """Sets `changed` after each change that is committed, until cancelled. On a connection of its own.

    What changed while nobody listened is never told, so every new connection counts as a change.
    """
    while True:
        try:
            listening = await psycopg.AsyncConnection.connect(**connection_parameters(), autocommit=True)
            async with listening:
                await listening.execute("LISTEN agencies_changed")
                changed.set()
                async for _ in listening.notifies():
                    changed.set()
        except psycopg.Error as error:
            _log.warning("changes_not_heard", reason=type(error).__name__)
        await asyncio.sleep(AGAIN_AFTER_SECONDS)
