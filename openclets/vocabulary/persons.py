"""Names, birth dates and descriptors of people as value types. Whole names are kept; only the wire shortens them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from openclets.vocabulary.errors import Fault, Rejected

MAX_NAME_CHARACTERS = 100
"""Longest name accepted for keeping. Own decision: the wire's field is 30 (Nlets), records keep the whole name."""

EARLIEST_BIRTH_YEAR = 1880

_NOT_IN_NAMES = re.compile(r"[0-9<>{}\[\]|\\@#$%^&*_=+~`\"!?;:/]")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in parts, in capitals, diacritics kept. `surname` is never empty; a single name is a surname."""

    surname: str
    given: str = ""
    middle: str = ""
    suffix: str = ""

    @property
    def wire(self) -> str:
        """`SURNAME,GIVEN MIDDLE SUFFIX`, whole, not cut to a field's length."""
        rest = " ".join(part for part in (self.given, self.middle, self.suffix) if part)
        return f"{self.surname},{rest}" if rest else self.surname

    @property
    def plain(self) -> str:
        """`GIVEN MIDDLE SURNAME SUFFIX`, for reading."""
        return " ".join(part for part in (self.given, self.middle, self.surname, self.suffix) if part)


SUFFIXES = frozenset({"JR", "SR", "II", "III", "IV", "V"})


def parse_wire_name(text: str, *, field: str = "NAM") -> PersonName:
    """A name as typed on the wire: `SURNAME,GIVEN MIDDLE SUFFIX`; the comma may be missing for a single name.

    Raises: Rejected (code 14 empty, 06 malformed).
    """
    cleaned = " ".join(unicodedata.normalize("NFC", text).upper().replace(",", " , ").split())
    surname, _, rest = (part.strip() for part in cleaned.partition(","))
    if not surname:
        raise Rejected(Fault("14", field, "no surname given", "SURNAME,GIVEN MIDDLE"))
    if not any(character.isalpha() for character in surname):
        raise Rejected(Fault("06", field, "a surname without a letter", "SURNAME,GIVEN MIDDLE"))
    if "," in rest:
        raise Rejected(Fault("06", field, "more than one comma", "SURNAME,GIVEN MIDDLE"))
    if len(cleaned) > MAX_NAME_CHARACTERS:
        raise Rejected(Fault("06", field, f"longer than {MAX_NAME_CHARACTERS} characters", "a shorter name"))
    wrong = _NOT_IN_NAMES.search(cleaned) or _first_symbol(cleaned)
    if wrong:
        raise Rejected(
            Fault(
                "06",
                field,
                f"'{wrong.group() if isinstance(wrong, re.Match) else wrong}' cannot stand in a name",
                "letters, hyphen, apostrophe, space and one comma",
            )
        )
    parts = rest.split()
    suffix = parts.pop() if len(parts) > 1 and parts[-1].rstrip(".") in SUFFIXES else ""
    given, middle = (parts[0], " ".join(parts[1:])) if parts else ("", "")
    return PersonName(surname, given, middle, suffix.rstrip("."))


def parse_plain_name(text: str, *, field: str) -> PersonName:
    """A name as written on a court form, `Given Middle Surname Suffix`, or with the surname first and a comma.

    Without a comma the last word is the surname (so a double surname must be written with a comma or a hyphen, or
    be corrected by the reader). Raises: Rejected as `parse_wire_name`.
    """
    if "," in text:
        before, _, after = text.partition(",")
        if after.strip().upper().rstrip(".") not in SUFFIXES:
            return parse_wire_name(text, field=field)
        text = f"{before} {after}"
    words = text.upper().split()
    suffix = words.pop() if len(words) > 2 and words[-1].rstrip(".") in SUFFIXES else ""
    if len(words) < 2:
        return parse_wire_name(" ".join(words), field=field)
    return parse_wire_name(f"{words[-1]},{' '.join([*words[:-1], suffix])}".strip(), field=field)


def parse_birth_date(text: str, *, today: date, field: str = "DOB") -> date:
    """A birth date as `CCYYMMDD` or `CCYY-MM-DD`, not after `today`.

    Raises: Rejected (code 05).
    """
    digits = text.replace("-", "")
    accepted = "a real day as CCYYMMDD, not in the future"
    if not re.fullmatch(r"[0-9]{8}", digits):
        raise Rejected(Fault("05", field, f"'{text[:12]}' is not a date", accepted))
    try:
        day = datetime.strptime(digits, "%Y%m%d").date()  # noqa: DTZ007 (a calendar day has no time zone)
    except ValueError:
        raise Rejected(Fault("05", field, f"there is no such day as {text[:12]}", accepted)) from None
    if day > today or day.year < EARLIEST_BIRTH_YEAR:
        raise Rejected(Fault("05", field, f"{text[:12]} cannot be a birth date", accepted))
    return day


def _first_symbol(text: str) -> str:
    """The first character that is neither letter, mark, space nor name punctuation (emoji, control, ...), or ''."""
    for character in text:
        if character in " ,-'.’":
            continue
        if unicodedata.category(character)[0] not in "LM":
            return character
    return ""
