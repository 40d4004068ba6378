"""A roster as it is uploaded: comma-separated text, one line for each duty of each person, and what is wrong with it.

    user_name,full_name,email,ori,duty,course,passed_on
    gupta,Records Clerk Asha Gupta,gupta@example.gov,CA0990100,records,full access,2026-03-01

Reading never stops at a fault: every line is read and every fault is told with its line, so that one look mends all.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from openclets.agencies.permissions import Course, Duty
from openclets.vocabulary.identifiers import ORI_SHAPE, USER_NAME_SHAPE, Ori, UserName

COLUMNS: Final = ("user_name", "full_name", "email", "ori", "duty", "course", "passed_on")

MAX_LINES: Final = 100_000
"""People and duties of one agency. Own decision: ten times the largest agency of the country's counties."""

MAX_ROSTER_BYTES: Final = 16 * 1024 * 1024
"""A hundred thousand lines of ordinary length, half as much again. Own decision."""

MAX_NAME_CHARACTERS: Final = 120
MAX_EMAIL_CHARACTERS: Final = 254
"""As in the table of people. Source of the last: RFC 5321, 4.5.3.1.3, less two brackets."""

_COURSES: Final = frozenset(course.value for course in Course)
_DUTIES: Final = frozenset(duty.value for duty in Duty)
_EMAIL_SHAPE: Final = re.compile(r"[^@\s,;:<>()\"\\]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,}")
_FORMULA: Final = ("=", "+", "-", "@")
"""A spreadsheet that opens the file again would run a field that begins so."""


@dataclass(frozen=True, slots=True)
class LineFault:
    """One thing wrong. `line` counts the file's lines from 1, 0: the file as a whole; `column` '': the whole line."""

    line: int
    column: str
    text: str
    accepted: str


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One person's one duty. `course` and `passed_on` are both given or both not."""

    line: int
    user_name: UserName
    full_name: str
    email: str
    ori: Ori
    duty: Duty
    course: str
    passed_on: date | None


@dataclass(frozen=True, slots=True)
class RosterRead:
    """What could be read, in the file's order, and every fault, by line. A line with a fault is not among `lines`."""

    lines: tuple[RosterLine, ...]
    faults: tuple[LineFault, ...]


def read_roster(data: bytes) -> RosterRead:
    """Reads a roster: UTF-8 with or without a byte-order mark, a heading with `COLUMNS` in any order and case.

    Faults are told for the file (not text, no heading, too long), for each line by itself, and between lines: the same
    duty of the same person twice, one sign-in name with two names or two addresses.
    """
    if len(data) > MAX_ROSTER_BYTES:
        return _unread(0, f"the file has {len(data)} bytes", f"at most {MAX_ROSTER_BYTES}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _unread(line, "the file is not text in UTF-8", "a file saved as CSV UTF-8")
    rows = _Rows(text)
    heading = next(rows, None)
    if heading is None and (broken := rows.broken()):
        return RosterRead((), broken)
    if heading is None:
        return _unread(0, "the file is empty", f"a heading {','.join(COLUMNS)} and a line for each duty")
    names = [name.strip().lower() for name in heading.fields]
    if sorted(names) != sorted(COLUMNS):
        return _unread(heading.line, f"the heading is {','.join(names)[:120]!r}", ",".join(COLUMNS))
    lines: list[RosterLine] = []
    faults: list[LineFault] = []
    count = 0
    for row in rows:
        count += 1
        if count > MAX_LINES:
            faults.append(LineFault(row.line, "", f"there are more than {MAX_LINES} lines", "a file for each part"))
            break
        if len(row.fields) != len(names):
            told = f"the line has {len(row.fields)} fields"
            faults.append(LineFault(row.line, "", told, f"{len(names)} fields, empty ones too"))
            continue
        read = _read_line(row.line, dict(zip(names, (field.strip() for field in row.fields), strict=True)))
        if isinstance(read, RosterLine):
            lines.append(read)
        else:
            faults.extend(read)
    kept, contradictions = _without_contradictions(lines)
    faults = [*faults, *rows.broken(), *contradictions]
    return RosterRead(kept, tuple(sorted(faults, key=lambda fault: fault.line)))


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    fields: list[str]


class _Rows(Iterator[_Row]):
    """The records with the line each begins at; empty lines are passed over."""

    def __init__(self, text: str) -> None:
        self._reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        self._fault: LineFault | None = None

    def __next__(self) -> _Row:
        while True:
            line = self._reader.line_num + 1
            try:
                fields = next(self._reader)
            except csv.Error:
                told = "a quotation mark is not closed, or stands where none may; nothing after it was read"
                self._fault = LineFault(line, "", told, 'a field in quotation marks, and "" for one inside it')
                raise StopIteration from None
            if any(field.strip() for field in fields):
                return _Row(line, fields)

    def broken(self) -> tuple[LineFault, ...]:
        """Why the records ended before the file did, if they did."""
        return (self._fault,) if self._fault else ()


def _read_line(line: int, given: dict[str, str]) -> RosterLine | list[LineFault]:
    faults = []

    def wrong(column: str, text: str, accepted: str) -> None:
        faults.append(LineFault(line, column, text, accepted))

    def shown(column: str) -> str:
        return repr(given[column][:30]) if given[column] else "empty"

    if not USER_NAME_SHAPE.fullmatch(given["user_name"]):
        wrong("user_name", f"is {shown('user_name')}", "2 to 30 small letters, digits, dots or hyphens, a letter first")
    if not _is_plain(given["full_name"], MAX_NAME_CHARACTERS):
        wrong("full_name", f"is {shown('full_name')}", f"a name of at most {MAX_NAME_CHARACTERS} characters")
    if given["email"] and not (
        len(given["email"]) <= MAX_EMAIL_CHARACTERS and _EMAIL_SHAPE.fullmatch(given["email"]) is not None
    ):
        wrong("email", f"is {shown('email')}", "one address such as gupta@example.gov, or nothing")
    if not ORI_SHAPE.fullmatch(given["ori"]):
        wrong("ori", f"is {shown('ori')}", "two letters and seven letters or digits, such as CA0990100")
    if given["duty"] not in _DUTIES:
        wrong("duty", f"is {shown('duty')}", ", ".join(duty.value for duty in Duty))
    if given["course"] and given["course"] not in _COURSES:
        wrong("course", f"is {shown('course')}", ", ".join(course.value for course in Course))
    passed_on = _day(given["passed_on"])
    if given["passed_on"] and passed_on is None:
        wrong("passed_on", f"is {shown('passed_on')}", "a day such as 2026-03-01")
    if bool(given["course"]) != bool(given["passed_on"]):
        empty = "course" if given["passed_on"] else "passed_on"
        wrong(empty, "is empty", "a course and the day it was passed, or neither")
    if faults:
        return faults
    return RosterLine(
        line,
        UserName(given["user_name"]),
        given["full_name"],
        given["email"],
        Ori(given["ori"]),
        Duty(given["duty"]),
        given["course"],
        passed_on,
    )


def _without_contradictions(lines: list[RosterLine]) -> tuple[tuple[RosterLine, ...], list[LineFault]]:
    """The lines that stand, and a fault for each that says again or otherwise what a line before it said."""
    kept, faults = [], []
    first_of_duty: dict[tuple[UserName, Ori, Duty], int] = {}
    first_of_person: dict[UserName, RosterLine] = {}
    for line in lines:
        before = first_of_duty.setdefault((line.user_name, line.ori, line.duty), line.line)
        person = first_of_person.setdefault(line.user_name, line)
        if before != line.line:
            told = f"{line.user_name} as {line.duty.value} stands in line {before} already"
            faults.append(LineFault(line.line, "", told, "each duty of a person once"))
        elif line.full_name != person.full_name:
            told = f"{line.user_name} has another name in line {person.line}"
            faults.append(LineFault(line.line, "full_name", told, "one name for one person"))
        elif line.email != person.email:
            told = f"{line.user_name} has another address in line {person.line}"
            faults.append(LineFault(line.line, "email", told, "one address for one person"))
        else:
            kept.append(line)
    return tuple(kept), faults


def _is_plain(text: str, most: int) -> bool:
    return 0 < len(text) <= most and text.isprintable() and not text.startswith(_FORMULA)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _unread(line: int, text: str, accepted: str) -> RosterRead:
    return RosterRead((), (LineFault(line, "", text, accepted),))
