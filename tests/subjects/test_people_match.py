"""`openclets people match` as its callers see it: two files in, one file out, a fixed exit status."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from openclets.config.commands.people import read_birth_date, read_list
from openclets.vocabulary.errors import Rejected
from openclets.vocabulary.persons import PersonName

INDEX = """\
id,surname,given,middle,birth_date,sex,remark
a1,HOLLOWAY,DEREK,ALAN,1984-05-17,M,extra columns are ignored
a2,HOLLOWAY,DANIEL,,1984-05-17,M,
a3,"DE LA CRUZ",ANA,,19881130,F,
a4,NÚÑEZ,JOSÉ,,1991-02-03,M,
a5,,,,1991-02-03,,nobody
a6,PETERSEN,OLE,,,,
"""

QUERIES = """\
id,surname,given,middle,birth_date,sex
q1,Halloway,Derrick,,1984-05-17,
q2,cruz,ana,,1988-11-30,f
q3,NUNEZ,PEPE,,19910203,M
q4,HOLLOWAY,DEREK,ALAN,1984-17-05,
q5,,,,1984-05-17,
q6,PETERSEN,OLE,,never,
q7,ZZYZX,QUINCY,,1950-01-01,
"""

BEST = {
    "q1": ("a1", "likely"),
    "q2": ("a3", "likely"),
    "q3": ("a4", "likely"),
    "q4": ("a1", "likely"),
    "q6": ("a6", "possible"),
}


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    (tmp_path / "A.csv").write_text(INDEX, encoding="utf-8")
    (tmp_path / "B.csv").write_text(QUERIES, encoding="utf-8")
    return tmp_path


def test_each_query_gets_its_best_people_in_a_fixed_form(lists: Path) -> None:
    done = _match(lists, "--top", "2")
    assert done.returncode == 0, done.stderr
    header, *lines = (lists / "C.csv").read_text(encoding="utf-8").splitlines()
    assert header == "query_id,rank,id,score,verdict"
    found = [line.split(",") for line in lines]
    assert {query: (best, verdict) for query, rank, best, _, verdict in found if rank == "1"} == BEST
    assert all(0 <= float(score) <= 1 for _, _, _, score, _ in found)
    assert [rank for query, rank, *_ in found if query == "q1"] == ["1", "2"]
    assert done.stdout == ""
    assert "A.csv: 1 of 6 people without any name: left out" in done.stderr
    assert "B.csv: 1 of 7 people with a birth date that is none: taken as not given" in done.stderr


def test_the_strict_answer_is_whom_the_national_rule_finds_and_no_others(lists: Path) -> None:
    """By hand: HALLOWAY sounds like HOLLOWAY and D meets both DEREK and DANIEL; CRUZ is not hyphenated to DE LA CRUZ
    and sounds otherwise; NUNEZ is NÚÑEZ, but PEPE and JOSÉ meet by nickname; OLE has no birth date to be found by."""
    done = _match(lists, "--answer", "strict")
    assert done.returncode == 0, done.stderr
    _, *lines = (lists / "C.csv").read_text(encoding="utf-8").splitlines()
    assert sorted((query, found) for query, _, found, *_ in (line.split(",") for line in lines)) == [
        ("q1", "a1"),
        ("q1", "a2"),
        ("q3", "a4"),
        ("q4", "a1"),
        ("q4", "a2"),
    ]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"number,surname\n1,DOE\n", "no column 'id'"),
        (b"", "no column 'id'"),
        (b"id,surname\n1,DOE\n,ROE\n", "line 3 has no id"),
        (b"id,surname\n1,\xff\xfe\n", "can't decode"),
    ],
)
def test_a_file_that_is_no_list_of_people_is_rejected(lists: Path, content: bytes, what: str) -> None:
    (lists / "A.csv").write_bytes(content)
    done = _match(lists)
    assert done.returncode == 2
    assert what in done.stderr
    assert "accepted: a CSV file" in done.stderr
    assert not (lists / "C.csv").exists()


def test_a_single_name_is_read_as_a_surname_and_a_long_one_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"id,surname,given,middle\n1,,madonna,\n2,,,x\n3,{'A' * 300},b,c\n", encoding="utf-8-sig")
    assert [person.name for person in read_list(path)] == [
        PersonName("MADONNA"),
        PersonName("X"),
        PersonName("A" * 100, "B", "C"),
    ]


def test_a_list_without_an_id_is_rejected_with_what_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("id;surname\n1;DOE\n", encoding="utf-8")
    with pytest.raises(Rejected, match="no column 'id'"):
        list(read_list(path))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1984-05-17", date(1984, 5, 17)),
        ("19840517", date(1984, 5, 17)),
        ("1984-17-05", date(1984, 5, 17)),
        ("19840230", None),
        ("19841332", None),
        ("840517", None),
        ("17.05.1984", None),
        ("", None),
        ("0000-01-01", None),
    ],
)
def test_a_birth_date_of_a_list_is_read_tolerantly(text: str, day: date | None) -> None:
    assert read_birth_date(text) == day


def _match(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    files = ("--index", folder / "A.csv", "--queries", folder / "B.csv", "--out", folder / "C.csv")
    # A configured database must not be touched: this one could not even be reached.
    environment = {**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    return subprocess.run(
        [sys.executable, "-m", "openclets", "people", "match", *map(str, files), *more],
        env=environment,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
