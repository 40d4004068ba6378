"""Hashing passwords by turns: it is slow on purpose, and however many sign on, the rest must go on being answered."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from openclets.vocabulary.errors import Unavailable

AT_ONCE: Final = 2
WAITING: Final = 128
WAIT_SECONDS: Final = 20.0
"""In one process. Own decision: half a second each, so that the last who waits is served in half a minute at worst."""

_turns = threading.BoundedSemaphore(AT_ONCE)
_places = threading.BoundedSemaphore(AT_ONCE + WAITING)


@contextmanager
def hashing_turn() -> Iterator[None]:
    """Waits for a turn and holds it. Raises: Unavailable when too many wait already, or for too long."""
    if not _places.acquire(blocking=False):
        raise _too_many()
    try:
        if not _turns.acquire(timeout=WAIT_SECONDS):
            raise _too_many()
        try:
            yield
        finally:
            _turns.release()
    finally:
        _places.release()


def _too_many() -> Unavailable:
    return Unavailable("too many people are signing on at once; nothing was looked at; try again in a minute")
