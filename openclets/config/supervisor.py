"""Keeps the demo's programs running: a program that ends is started again, a database that died too.

For demos. In service this is the init system's work, one unit per command (docs/guides/operator.md).
"""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import structlog

from openclets.config import embedded_postgres

LOOK_EVERY_SECONDS: Final = 0.2
STOP_WITHIN_SECONDS: Final = 10.0
STEADY_AFTER_SECONDS: Final = 5.0
MAX_PAUSE_SECONDS: Final = 5.0
"""A program that ends sooner than STEADY_AFTER is started again after a pause that doubles up to this. Own decision."""

_PR_SET_PDEATHSIG: Final = 1
"""Source: prctl(2). The kernel ends the children when this process is killed, so that a new demo finds free ports."""

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Program:
    """One program under care: `arguments` follow `python -m openclets`; `log` takes its standard error."""

    name: str
    arguments: Sequence[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause_seconds: float = LOOK_EVERY_SECONDS
    not_before: float = 0.0
    restarts: int = field(default=0)
    log_bytes_before: int = 0

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.log_bytes_before = log.tell()
            self.process = subprocess.Popen(  # noqa: S603 (our own command)
                [sys.executable, "-m", "openclets", *self.arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=_end_with_parent,  # one prctl call that takes no locks
            )
        self.started_at = time.monotonic()

    def said(self) -> str:
        """What the program has logged since it was last started."""
        with self.log.open("rb") as log:
            log.seek(self.log_bytes_before)
            return log.read().decode("utf-8", "replace")

    def look(self) -> None:
        """Starts the program again when it has ended, after its pause."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            _log.warning("program_ended", program=self.name, status=self.process.returncode)
            steady = now - self.started_at > STEADY_AFTER_SECONDS
            self.pause_seconds = LOOK_EVERY_SECONDS if steady else min(self.pause_seconds * 2, MAX_PAUSE_SECONDS)
            self.not_before = now + self.pause_seconds
            self.process = None
        if self.process is None and now >= self.not_before:
            self.restarts += 1
            self.start()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_WITHIN_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def keep_running(programs: Sequence[Program], *, data_folder: Path, embedded: bool, until: Callable[[], bool]) -> None:
    """Looks after programs and database until `until` says stop. Programs must have been started."""
    while not until():
        if embedded and not embedded_postgres.is_running(data_folder):
            _log.warning("database_ended")
            try:
                embedded_postgres.start(data_folder)
            except embedded_postgres.DatabaseNotStarted as error:
                _log.error("database_not_started", reason=str(error))
                time.sleep(1)
        for program in programs:
            program.look()
        time.sleep(LOOK_EVERY_SECONDS)


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
