"""A program that records questions from several threads and writes down each receipt before its next question.

    python -m tests.simulators.journal_load THREADS RECEIPTS_FILE

Runs until its standard input closes. Prints `UNAVAILABLE` when a question was turned away, and `AGAIN` for the first
that was recorded after that.
"""

from __future__ import annotations

import os
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openclets.config.settings")
django.setup()

from openclets.journal.record import EntryDraft, record_durably  # noqa: E402 (after Django is set up)
from openclets.vocabulary.errors import Unavailable  # noqa: E402


def main(threads: int, receipts_file: Path) -> None:
    stop, failing, lock = threading.Event(), threading.Event(), threading.Lock()
    receipts = os.open(receipts_file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def ask() -> None:
        while not stop.is_set():
            try:
                receipt = record_durably(
                    EntryDraft(at=datetime.now(UTC), kind="load", outcome="answered", user_name="chen", asked="?")
                )
            except Unavailable:
                failing.set()
                _say("UNAVAILABLE")
                stop.wait(0.05)
                continue
            with lock:
                os.write(receipts, f"{receipt}\n".encode())
            if failing.is_set():
                failing.clear()
                _say("AGAIN")

    workers = [threading.Thread(target=ask) for _ in range(threads)]
    for worker in workers:
        worker.start()
    _say("ASKING")
    sys.stdin.read()
    stop.set()
    for worker in workers:
        worker.join(15)
    _say("HUNG" if any(worker.is_alive() for worker in workers) else "ENDED")


def _say(word: str) -> None:
    # One write, so that the words of several threads are not mixed.
    os.write(sys.stdout.fileno(), f"{word}\n".encode())


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
