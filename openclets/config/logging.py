"""Logs for operators: one line per event on standard error, an action word, a correlation id, and nothing personal.

Keys that may appear are a list; any other is left out and only its name is told. A line from a library is its
template without what was filled in, and a traceback is places without messages: both could hold names of people.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Mapping
from typing import Any, Final

import structlog
from structlog.typing import EventDict, WrappedLogger

SHOWN_KEYS: Final = frozenset(
    {
        "at",
        "level",
        "event",
        "correlation",
        "logger",
        "program",
        "device",
        "agency",
        "channel",
        "message_key",
        "outcome",
        "receipt",
        "isn",
        "osn",
        "host",
        "port",
        "status",
        "reason",
        "count",
        "seconds",
        "bytes",
        "failure",
        "places",
        "withheld",
    }
)
"""`reason` is a text of this program's own; `device` and `agency` are no persons. Own decision."""

MAX_PLACES: Final = 12


def configure_logging(wishes: Mapping[str, str]) -> None:
    """Sets up structlog and the standard library's logging alike. `wishes["level"]` is a level's name.

    Django calls this with its LOGGING setting when it starts.
    """
    level = logging.getLevelNamesMapping()[wishes["level"].upper()]
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_template_only, *shared, structlog.stdlib.add_logger_name],
            processors=[
                _places_instead_of_messages,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _only_shown_keys,
                structlog.processors.LogfmtRenderer(
                    key_order=["at", "level", "event", "correlation"], drop_missing=True
                ),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in ("django", "django.server", "uvicorn", "uvicorn.error"):
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
    # Addresses of pages hold numbers of records; each page's verb is in the journal, which is the place for that.
    access = logging.getLogger("uvicorn.access")
    access.handlers = []
    access.propagate = False


def _template_only(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """A library's line: what it says of itself, without the values put in."""
    record = event.get("_record")
    if isinstance(record, logging.LogRecord):
        # asyncio puts what it tells of a task's error, words of the error included, behind its first line.
        event["event"] = str(record.msg).partition("\n")[0]
    return event


def _places_instead_of_messages(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """The kind of an error and where it rose, latest last; never its words, which may quote a record."""
    found: Any = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    error = found if isinstance(found, BaseException) else found[1] if isinstance(found, tuple) else None
    if error is not None:
        frames = traceback.extract_tb(error.__traceback__)[-MAX_PLACES:]
        event["failure"] = type(error).__qualname__
        event["places"] = " ".join(f"{os.path.basename(frame.filename)}:{frame.lineno}" for frame in frames)
    return event


def _only_shown_keys(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    withheld = sorted(key for key in event if key not in SHOWN_KEYS)
    shown = {key: value for key, value in event.items() if key in SHOWN_KEYS}
    if withheld:
        shown["withheld"] = ",".join(withheld)
    return shown
