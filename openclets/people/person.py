"""A person as one record has them: which record, which role, and everything the index knows of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from openclets.people.numbers import PersonNumber
from openclets.vocabulary.persons import PersonName


class RecordPerson(NamedTuple):
    """Who, by record: only for roles of which a record has one person, such as an order's restrained person."""

    record_kind: str
    record_id: int
    role: str


class Ruling(StrEnum):
    """What was decided about two people on record. Values are stored."""

    LINKED = "linked"
    APART = "apart"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class PersonOnRecord:
    """All a record says of one person. `names` has the name first, then the aliases; `birth_dates` likewise.

    `newest_name` orders people by when they were filed last. `age` with its day only where there is no birth date.
    """

    person: RecordPerson
    names: tuple[PersonName, ...]
    birth_dates: tuple[date, ...]
    age: int | None
    age_as_of: date | None
    sex: str
    race: str
    numbers: tuple[PersonNumber, ...]
    address: str
    newest_name: int
