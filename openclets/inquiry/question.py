"""A question as the inquiry understands it, whatever wire or page it came by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.persons import PersonName, parse_birth_date, parse_wire_name
from openclets.wire.message import Message


@dataclass(frozen=True, slots=True)
class Question:
    """Who or which record is asked about, for what. A name or a record number is always there.

    `text` is the message as sent; `sex` and `race` are codes or empty; `notes` are warnings the asker is shown.
    """

    key: str
    text: str
    name: PersonName | None = None
    birth_date: date | None = None
    sex: str = ""
    race: str = ""
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
            "record_number": self.record_number,
            "case_number": self.case_number,
            "attention": self.attention,
        }


def question_from(message: Message, *, now: datetime) -> Question:
    """The question in a parsed inquiry message.

    Raises: Rejected when it names neither a person nor a record (code 14).
    """
    name, number = message.first("NAM"), message.first("FCN")
    if not name and not number:
        raise Rejected(
            Fault("14", "NAM", "nobody and no record is asked about", "NAM/SURNAME,GIVEN or FCN/ with 13 digits")
        )
    birth_date = message.first("DOB")
    return Question(
        key=message.key,
        text=message.text,
        name=parse_wire_name(name) if name else None,
        birth_date=parse_birth_date(birth_date, today=now.date()) if birth_date else None,
        sex=message.first("SEX"),
        race=message.first("RAC"),
        record_number=number,
        purpose=message.first("PUR"),
        case_number=message.first("CAS"),
        attention=message.first("ATN"),
        notes=message.warnings,
    )
