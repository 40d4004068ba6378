"""How long the wire takes: `python -m tests.bench.wire`. Prints each figure beside its limit; 1 when one is over.

Times are of the processor, not of the wall, so that a busy machine does not change them. Limits: a ten-field inquiry
read, checked and composed in 60 us, the catalogue loaded in 150 ms, no hostile text over 50 ms.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date

import click

from openclets.wire.echo import echo_of
from openclets.wire.message_text import compose_tagged
from openclets.wire.parse import decode_text, parse_message, read_message

TODAY = date(2026, 11, 22)
INQUIRY = (
    "QW.CA0990100.*AB12345678.TXT\nNAM/DOE,JOHN QUINCY.DOB/19800214.SEX/M.RAC/W.FBI/123456AB1.SOC/123456789"
    ".OLN/A1234567.PUR/C.CAS/26-001234.ATN/CHEN 4711"
)
LIMIT_INQUIRY_MICROSECONDS = 60
LIMIT_LOADING_MILLISECONDS = 150
LIMIT_HOSTILE_MILLISECONDS = 50

_LONG = 65_000
HOSTILE: Mapping[str, str] = {
    "a megabyte of one letter": "Q" * 1_048_576,
    "a megabyte of fields": "QW.CA0990100." + "ABC/1." * 174_000,
    "fields without end": "QW.CA0990100." + "ABC/1." * 10_000,
    "wrong codes of a long table": "EPO.CA0990100." + ".".join(f"SMT/ZZTAT LEG{place}" for place in range(200)),
    "one wrong code of the longest table": "EV.CA0990100.VMA/AQQQ",
    "unknown fields": "EPO.CA0990100." + ".".join(f"X{place:03d}/1" for place in range(200)),
    "slashes": "QW.CA0990100." + "/" * _LONG,
    "periods": "." * _LONG,
    "line breaks": "QW\n" * (_LONG // 3),
    "keys": "QPQQ." * (_LONG // 5),
    "blanks in a name": "QW.CA0990100.NAM/" + " " * _LONG,
    "commas in a list": "EPO.CA0990100.PCO/" + "," * _LONG,
    "commas in a name": "QW.CA0990100.NAM/" + "A," * (_LONG // 2),
    "ligatures": "QW.CA0990100.NAM/" + "\ufb01" * _LONG,
    "blanks where the header ends": "." + " " * _LONG + "TXT",
    "the beginning of a secret": "P" + " " * _LONG + "W",
    "beginnings of secrets": "QW.CA0990100." + "P W D " * (_LONG // 6),
    "destinations": "AM.CA0990100." + "NV," * (_LONG // 3) + ".TXT\nA",
}


def main() -> int:
    """Prints every figure; 1 when one is over its limit."""
    figures = [
        (
            "read, check and compose a ten-field inquiry, median",
            inquiry_microseconds(),
            LIMIT_INQUIRY_MICROSECONDS,
            "us",
        ),
        ("load the catalogue", loading_milliseconds(), LIMIT_LOADING_MILLISECONDS, "ms"),
    ]
    for name, text in HOSTILE.items():
        figures.append((f"hostile: {name}", _best_milliseconds(text), LIMIT_HOSTILE_MILLISECONDS, "ms"))
    for name, measured, limit, unit in figures:
        click.echo(f"{name:<55} {measured:8.1f} {unit}, limit {limit} {unit}{'  OVER' if measured > limit else ''}")
    return int(any(measured > limit for _, measured, limit, _ in figures))


def inquiry_microseconds() -> float:
    """A ten-field inquiry read, checked and composed again: microseconds of the processor, the median."""
    if compose_tagged(parse_message(INQUIRY, today=TODAY)) != INQUIRY:
        raise RuntimeError("what was composed is another message")
    return _median_microseconds(lambda: compose_tagged(parse_message(INQUIRY, today=TODAY)))


def loading_milliseconds() -> float:
    """The catalogue loaded in a process of its own, as every command does it, the interpreter's own start not counted:
    milliseconds of the processor, the best of three."""
    program = (
        "import time; begun = time.process_time_ns(); import openclets.vocabulary.messages; "
        "print((time.process_time_ns() - begun) / 1e6)"
    )
    runs = [
        subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
        for _ in range(3)
    ]
    return min(float(run) for run in runs)


def _median_microseconds(call: Callable[[], object], *, rounds: int = 60, calls: int = 100) -> float:
    taken = []
    for _ in range(rounds):
        begun = time.process_time_ns()
        for _ in range(calls):
            call()
        taken.append((time.process_time_ns() - begun) / calls / 1000)
    return statistics.median(taken)


def _best_milliseconds(text: str) -> float:
    """Of three: tables are read from their files once, and that is not the text's doing."""
    taken = []
    data = text.encode()
    for _ in range(3):
        begun = time.process_time_ns()
        read_message(decode_text(data), today=TODAY)
        echo_of(data)
        taken.append((time.process_time_ns() - begun) / 1_000_000)
    return min(taken)


if __name__ == "__main__":
    sys.exit(main())
