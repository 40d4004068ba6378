"""Whether a question is about the person who asks. A namesake is not oneself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from openclets.vocabulary.persons import PersonName

_NOT_A_LETTER = re.compile(r"[^\w]|_")


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a question is about. `numbers` as `KIND:VALUE`, the value in capitals and digits alone."""

    names: tuple[PersonName, ...] = ()
    birth_dates: tuple[date, ...] = ()
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnIdentity:
    """Who the person asking is, as far as known; nothing known: None and no numbers. `numbers` as in `Subject`."""

    name: PersonName | None = None
    birth_date: date | None = None
    numbers: frozenset[str] = frozenset()


NOTHING_KNOWN: Final = OwnIdentity()


def is_oneself(own: OwnIdentity, subject: Subject) -> bool:
    """Whether `subject` is the person `own`: a number of one's own, or one's own name with one's own birth date.

    A given name counts also shortened to its beginning, or left out: with the surname and the birth date that still
    finds the own record.
    """
    if not own.numbers.isdisjoint(subject.numbers):
        return True
    if own.name is None or own.birth_date not in subject.birth_dates:
        return False
    return any(_is_same_name(own.name, name) for name in subject.names)


def _is_same_name(own: PersonName, asked: PersonName) -> bool:
    if _letters(own.surname) != _letters(asked.surname):
        return False
    mine, theirs = _letters(own.given), _letters(asked.given)
    return mine.startswith(theirs) or theirs.startswith(mine)


def _letters(text: str) -> str:
    return _NOT_A_LETTER.sub("", text.upper())
