"""`openclets parse` as a program of its own: its JSON, its exit status, and that it needs no Django and no server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

PROGRAM = "from openclets.config.commands.parse import parse; parse()"


def run(*arguments: str | bytes, sent: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("OPENCLETS_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], input=sent, capture_output=True, env=bare, check=False
    )


def printed(done: subprocess.CompletedProcess[bytes]) -> dict[str, Any]:
    """The one object on standard output."""
    (line,) = done.stdout.decode().splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def test_a_good_message_is_one_json_object_and_status_0() -> None:
    done = run("--json", "QW.CA0990100.NAM/DOE,JOHN QUINCY.DOB/1980-02-14")
    assert printed(done) == {
        "ok": True,
        "key": "QW",
        "fields": {"NAM": ["DOE,JOHN QUINCY"], "DOB": ["19800214"]},
        "errors": [],
        "warnings": [],
    }
    assert done.returncode == 0
    assert done.stderr == b""


def test_a_wrong_message_names_every_error_and_ends_with_status_2() -> None:
    done = run("--json", "QW.CA0990100.NAM/DOE,JOHN.DOB/19800230.SEX/Q")
    assert printed(done) == {
        "ok": False,
        "key": "QW",
        "fields": {"NAM": ["DOE,JOHN"]},
        "errors": [
            {
                "code": "05",
                "field": "DOB",
                "text": "there is no such day as 19800230",
                "accepted": "a real day as CCYYMMDD, not in the future",
            },
            {
                "code": "31",
                "field": "SEX",
                "text": "'Q' is not a code for sex",
                "accepted": "F female, M male, X nonbinary, U unknown",
            },
        ],
        "warnings": [],
    }
    assert done.returncode == 2


def test_a_hyphen_reads_the_message_from_standard_input() -> None:
    done = run("--json", "-", sent=b"QPO.CA0990100.TXT\r\nFCN/0992632700012\r\n")
    assert printed(done)["fields"] == {"FCN": ["0992632700012"]}


def test_bytes_that_are_no_text_are_rejected_from_either_side() -> None:
    for done in (run("--json", "-", sent=b"QW.\xff"), run("--json", b"QW.\xff")):
        assert [error["code"] for error in printed(done)["errors"]] == ["37"]
        assert done.returncode == 2


def test_a_flood_on_standard_input_is_rejected() -> None:
    done = run("--json", "-", sent=b"A" * 3_000_000)
    assert [error["code"] for error in printed(done)["errors"]] == ["36"]


def test_without_json_it_speaks_in_words() -> None:
    done = run("QW.CA0990100.NAM/DOE,JOHN")
    assert done.stdout.decode() == "QW: good\n  NAM/DOE,JOHN  name\n"


def test_secrets_are_not_printed() -> None:
    for option in ("--json", "--"):
        done = run(option, "SON.CA0990100.USR/CHEN.PWD/aHVudGVyMg.OTP/123456")
        assert done.returncode == 0
        assert b"aHVudGVyMg" not in done.stdout
        assert b"123456" not in done.stdout


def test_it_brings_neither_django_nor_a_database_along() -> None:
    program = "import sys, openclets.config.commands.parse; sys.exit(bool({'django', 'psycopg'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
