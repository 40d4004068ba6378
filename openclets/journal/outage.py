"""The alarm when entries cannot be made durable, and the entry that tells of it afterwards."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import Final

import structlog

AGAIN_AFTER_SECONDS: Final = 30.0
"""An alarm that goes on is repeated so often. Source: own decision, within the minute that is promised."""

ALARM: Final = "journal_alarm"
"""Action word of the log line. Operators set their monitoring on it: docs/journal.md."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Ended:
    """What an outage was like, once it is over."""

    not_recorded: int
    seconds: float


class Outage:
    """Counts what could not be recorded, and says so at once and again while it goes on. For several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._since: float | None = None
        self._told_at = float("-inf")
        self._count = 0

    def went_wrong(self, failure: str) -> None:
        """One entry could not be made durable; `failure` is the name of an error."""
        with self._lock:
            now = time.monotonic()
            self._since = now if self._since is None else self._since
            self._count += 1
            if now - self._told_at < AGAIN_AFTER_SECONDS:
                return
            self._told_at = now
            count, seconds = self._count, now - self._since
        _log.error(
            ALARM,
            reason="entries cannot be made durable, nothing is answered",
            failure=failure,
            count=count,
            seconds=round(seconds, 1),
        )

    def over(self) -> Ended | None:
        """Entries are durable again. What it was, the first time this is called after an outage; else None."""
        # Read without the lock: asked at every commit, and a moment late is soon enough.
        if not self._count:
            return None
        with self._lock:
            ended = Ended(self._count, time.monotonic() - (self._since or time.monotonic()))
            self._since, self._count, self._told_at = None, 0, float("-inf")
        if not ended.not_recorded:
            return None
        _log.warning("journal_records_again", count=ended.not_recorded, seconds=round(ended.seconds, 1))
        return ended
