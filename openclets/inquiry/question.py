"""A question as the inquiry understands it, whatever wire or page it came by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from openclets.agencies.access import LOCAL_ZONE
from openclets.agencies.oneself import Subject
from openclets.people.numbers import NumberKind, PersonNumber
from openclets.people.search import PersonQuery
from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.persons import PersonName, parse_birth_date, parse_wire_name
from openclets.wire.message import Message

STRICT: Final = "S"
"""Value of RUL that asks for the strict answer. Source: docs/protocol.md, fields."""


@dataclass(frozen=True, slots=True)
class Question:
    """Who or which record is asked about, for what. A name or a record number is always there.

    `text` is the message as sent; `sex` and `race` are codes or empty; `notes` are warnings the asker is shown.
    `is_strict`: exactly whom the national rule finds, and with `is_expanded` birth dates near the given ones too;
    otherwise the most probable people.
    """

    key: str
    text: str
    name: PersonName | None = None
    birth_date: date | None = None
    sex: str = ""
    race: str = ""
    other_names: tuple[PersonName, ...] = ()
    other_birth_dates: tuple[date, ...] = ()
    numbers: tuple[PersonNumber, ...] = ()
    is_strict: bool = False
    is_expanded: bool = False
    record_number: str = ""
    purpose: str = ""
    case_number: str = ""
    attention: str = ""
    notes: tuple[str, ...] = ()

    def about(self) -> dict[str, str]:
        """The personal part of the journal entry: who was asked about, for which case, for whom."""
        return {
            "subject_name": self.name.wire if self.name else "",
            "subject_birth_date": self.birth_date.isoformat() if self.birth_date else "",
            "subject_other_names": "; ".join(name.wire for name in self.other_names),
            "subject_numbers": ", ".join(number.text for number in self.numbers),
            "record_number": self.record_number,
            "case_number": self.case_number,
            "attention": self.attention,
        }

    def subject(self) -> Subject:
        """Whom it is about, for the rule that nobody asks about themselves."""
        names = (self.name, *self.other_names) if self.name else self.other_names
        days = (self.birth_date, *self.other_birth_dates) if self.birth_date else self.other_birth_dates
        return Subject(names, days, tuple(number.text for number in self.numbers))

    def person(self) -> PersonQuery:
        """Who is asked about, for the name index."""
        return PersonQuery(
            self.name,
            self.birth_date,
            sex=self.sex,
            race=self.race,
            other_names=self.other_names,
            other_birth_dates=self.other_birth_dates,
            numbers=self.numbers,
        )


def question_from(message: Message, *, now: datetime) -> Question:
    """The question in a parsed inquiry message.

    Raises: Rejected when it names neither a person nor a record (code 14).
    """
    name, number = message.first("NAM"), message.first("FCN")
    if not name and not number:
        raise Rejected(
            Fault("14", "NAM", "nobody and no record is asked about", "NAM/SURNAME,GIVEN or FCN/ with 13 digits")
        )
    today = now.astimezone(LOCAL_ZONE).date()
    birth_dates = [parse_birth_date(day, today=today) for day in message.values("DOB")]
    return Question(
        key=message.key,
        text=message.text,
        name=parse_wire_name(name) if name else None,
        birth_date=birth_dates[0] if birth_dates else None,
        sex=message.first("SEX"),
        race=message.first("RAC"),
        other_names=tuple(parse_wire_name(other, field="AKA") for other in message.values("AKA")),
        other_birth_dates=tuple(birth_dates[1:]),
        numbers=tuple(PersonNumber(kind, value) for kind in NumberKind for value in message.values(kind.value)),
        is_strict=message.first("RUL") == STRICT,
        is_expanded=bool(message.first("EBD")),
        record_number=number,
        purpose=message.first("PUR"),
        case_number=message.first("CAS"),
        attention=message.first("ATN"),
        notes=message.warnings,
    )
