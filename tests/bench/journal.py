"""The journal by itself: how long a proof takes to be there, how fast all is sealed and verified, and random edits.

    python -m tests.bench.journal [--entries 1000000] [--edits 10000] [--seconds 20]

Works on a server of its own in a temporary folder, which it removes. `make bench` runs the proof's delay alone.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Final

from openclets.journal.log_folder import CHECKPOINT, LogWriter
from openclets.journal.log_key import LogKey
from openclets.journal.record import record_on
from openclets.journal.verify_log import Checkpoint, Wrong, verify_folder
from tests.simulators.sealed_journal import SealedJournal, drafts, sealed_journal

WITHIN_SECONDS: Final = 1.0
VERIFIED_WITHIN_SECONDS: Final = 60.0
"""Aims: a proof one second after the answer (p99), a million entries verified in a minute."""

AT_ONCE: Final = 5_000
EDITED: Final = 700
"""Entries of the log that is edited: two full tiles of hashes and of entries, a partial one, and one above."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=1_000_000, help="0 leaves the long journal out")
    parser.add_argument("--edits", type=int, default=10_000, help="0 leaves the edits out")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long proofs are waited for")
    given = parser.parse_args()
    with sealed_journal() as journal:
        delay = proof_delay(journal, given.seconds)
        said = f"{delay[0]:.2f} / {delay[1]:.2f} / {delay[2]:.2f}"
        _row("proof there after the answer, p50 / p99 / longest, s", said, f"p99 <= {WITHIN_SECONDS:g}", delay[1])
        if given.entries:
            _long_journal(journal, given.entries)
        if given.edits:
            found, named = found_edits(journal.folder / "edits", journal.key, given.edits)
            _row("single-byte edits found", f"{found} of {given.edits}", "all")
            _row("of those, the very entry or tile was named", f"{named} of {given.edits}", "all")


def proof_delay(journal: SealedJournal, seconds: float) -> tuple[float, float, float]:
    """Seconds from an entry's commit to the published checkpoint over it, while four writers keep on: half of them,
    99 % of them, all of them."""
    sealer = subprocess.Popen([sys.executable, "-m", "openclets", "sealer"], env=journal.environment, cwd="/")
    stop = threading.Event()
    committed: list[tuple[float, int]] = []

    def write() -> None:
        with journal.connect() as connection:
            while not stop.wait(0.01):
                with connection.transaction():
                    receipts = record_on(connection, drafts(4))
                committed.extend((time.monotonic(), receipt.number) for receipt in receipts)

    writers = [threading.Thread(target=write) for _ in range(4)]
    seen: list[tuple[float, int]] = []
    try:
        while not (journal.log / CHECKPOINT).is_file():
            time.sleep(0.05)
        for writer in writers:
            writer.start()
        until = time.monotonic() + seconds
        while time.monotonic() < until + 2:
            seen.append((time.monotonic(), int((journal.log / CHECKPOINT).read_text().split("\n")[1])))
            if time.monotonic() > until:
                stop.set()
            time.sleep(0.02)
    finally:
        stop.set()
        for writer in writers:
            writer.join()
        sealer.terminate()
        sealer.wait()
    with journal.connect() as connection:
        places = dict(connection.execute("SELECT entry_number, leaf_index FROM journal_sealed").fetchall())
    delays, at_look = [], 0
    for at, number in sorted(committed):
        while seen[at_look][0] < at:
            at_look += 1
        there = next((when for when, size in seen[at_look:] if size > places[number]), float("inf"))
        delays.append(there - at)
    delays.sort()
    return delays[len(delays) // 2], delays[int(len(delays) * 0.99)], delays[-1]


def _long_journal(journal: SealedJournal, count: int) -> None:
    began = time.monotonic()
    with journal.connect() as connection:
        for start in range(0, count, AT_ONCE):
            with connection.transaction():
                record_on(connection, drafts(min(AT_ONCE, count - start), since=start))
            _progress(f"written {start + AT_ONCE:,} of {count:,}")
    _row("entries written together, a second", f"{count / (time.monotonic() - began):,.0f}", "")
    with journal.connect("postgres") as administrator:
        administrator.execute("VACUUM (ANALYZE)")
    _progress("sealing")
    began = time.monotonic()
    journal.seal()
    _row("entries sealed, a second", f"{count / (time.monotonic() - began):,.0f}", ">= 5,000")
    _progress("verifying the store")
    began, processor = time.monotonic(), _processor_seconds()
    held = journal.verify()
    took = time.monotonic() - began
    _row(f"whole store of {count:,} verified, s", f"{took:.1f}", f"<= {VERIFIED_WITHIN_SECONDS:g} for 1 M")
    spent = _processor_seconds() - processor
    _row("of that, processor time of all cores beside the database's, s", f"{spent:.1f}", "")
    _progress(held)
    began = time.monotonic()
    verify_folder(journal.log, journal.key.verifier)
    _row("log folder alone verified, s", f"{time.monotonic() - began:.1f}", "")


def _processor_seconds() -> float:
    """Of this process and of those it has waited for."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in spent)


def found_edits(folder: Path, key: LogKey, count: int) -> tuple[int, int]:
    """Edits one random byte of a log, verifies and puts it back, so many times. How many were found, and for how many
    of them the very entry was named, or what the edited file is over."""
    writer = LogWriter(folder)
    writer.append(b'{"kind":"question","number":%d}' % number for number in range(EDITED))
    writer.flush()
    writer.publish(str(key.sign(Checkpoint(key.verifier.name, writer.size, writer.root()))))
    chance, found, named = random.Random(20261122), 0, 0
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    weights = [path.stat().st_size for path in files]
    for done in range(count):
        path = chance.choices(files, weights=weights)[0]
        before = path.read_bytes()
        changed, place = bytearray(before), chance.randrange(len(before))
        changed[place] ^= chance.randrange(1, 256)
        path.write_bytes(changed)
        try:
            verify_folder(folder, key.verifier)
        except Wrong as wrong:
            found += 1
            named += is_named(str(wrong), path.relative_to(folder).as_posix(), before, place)
        path.write_bytes(before)
        if done % 500 == 0:
            _progress(f"edited {done} of {count}")
    return found, named


def is_named(said: str, path: str, content: bytes, place: int) -> bool:
    """Whether what was said names the entry whose byte at `place` was edited, or the entries that the file is over."""
    if not path.startswith("tile/"):
        return "checkpoint" in said or "signature" in said or "signed" in said or "base64" in said
    level, tile = path.split("/")[1], int(re.findall(r"/(\d{3})", path)[0])
    if level in ("0", "entries"):
        if level == "0":
            index = tile * 256 + place // 32
        else:
            index, at = tile * 256, 0
            while at + 2 + int.from_bytes(content[at : at + 2], "big") <= place:
                at += 2 + int.from_bytes(content[at : at + 2], "big")
                index += 1
        return f"(at {index})" in said or f"entry at {index}" in said
    return said.startswith("entries ")


def _row(what: str, measured: str, aim: str, figure: float | None = None) -> None:
    met = "" if figure is None else "met" if figure <= WITHIN_SECONDS else "**missed**"
    sys.stdout.write(f"| {what} | {measured} | {aim} | {met} |\n")
    sys.stdout.flush()


def _progress(what: str) -> None:
    sys.stderr.write(f"... {what}\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openclets.config.settings")
    main()
