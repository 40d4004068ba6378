"""Names, birth dates and descriptors of people as value types. Whole names are kept; only the wire shortens them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from openclets.vocabulary.checked import quoted, wrong
from openclets.vocabulary.days import read_day
from openclets.vocabulary.faults import FaultCode

MAX_NAME_CHARACTERS = 100
"""Longest name accepted for keeping. Own decision: the wire's field is 30 (Nlets), records keep the whole name."""

NEIGHBOUR_NAME_CHARACTERS = 30
"""Longest name a neighbour's file takes. Source: Nlets NAM; NCIC NAM, 3 to 30."""

EARLIEST_BIRTH_YEAR = 1880

_PLAIN_NAME = re.compile(r"[A-Z ,'-]+")
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
        rest = " ".join(filter(None, (self.given, self.middle, self.suffix)))
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
    before, _, after = cleaned.partition(",")
    surname, rest = before.rstrip(), after.lstrip()
    shape = "SURNAME,GIVEN MIDDLE"
    if not surname:
        raise wrong(field, "no surname given", shape, code=FaultCode.MISSING)
    if not surname[0].isalpha() and not any(character.isalpha() for character in surname):
        raise wrong(field, f"{quoted(surname)} is a surname without a letter", shape, code=FaultCode.NAME)
    if "," in rest:
        raise wrong(field, f"{quoted(text)} has more than one comma", shape, code=FaultCode.NAME)
    if len(cleaned) > MAX_NAME_CHARACTERS:
        text = f"{quoted(cleaned)} is longer than {MAX_NAME_CHARACTERS} characters"
        raise wrong(field, text, "a shorter name", code=FaultCode.NAME)
    if not _PLAIN_NAME.fullmatch(cleaned):
        sign = _NOT_IN_NAMES.search(cleaned)
        symbol = sign.group() if sign else _first_symbol(cleaned)
        if symbol:
            accepted = "letters, hyphen, apostrophe, space and one comma"
            raise wrong(field, f"'{symbol}' cannot stand in a name", accepted, code=FaultCode.NAME)
    parts = rest.split()
    suffix = parts.pop() if len(parts) > 1 and parts[-1].rstrip(".") in SUFFIXES else ""
    given, middle = (parts[0], " ".join(parts[1:])) if parts else ("", "")
    return PersonName(surname, given, middle, suffix.rstrip("."))


def parse_plain_name(text: str, *, field: str) -> PersonName:
    """A name as written on a court form, `Given Middle Surname Suffix`, or with the surname first and a comma.

    Without a comma the last word is the surname, with the particles before it: `Maria de la Cruz` (so a double surname
    must be written with a comma or a hyphen, or be corrected by the reader). Raises: Rejected as `parse_wire_name`.
    """
    if "," in text:
        before, _, after = text.partition(",")
        if after.strip().upper().rstrip(".") not in SUFFIXES:
            return parse_wire_name(text, field=field)
        text = f"{before} {after}"
    words = text.split()
    suffix = words.pop() if len(words) > 2 and words[-1].upper().rstrip(".") in SUFFIXES else ""
    if len(words) < 2:
        return parse_wire_name(" ".join(words), field=field)
    first = _first_word_of_surname(words)
    return parse_wire_name(f"{' '.join(words[first:])},{' '.join([*words[:first], suffix])}".strip(), field=field)


def neighbour_name(name: PersonName, *, limit: int = NEIGHBOUR_NAME_CHARACTERS, field: str = "NAM") -> str:
    """A name as a neighbour's file takes it: the 26 letters, hyphen, blank and one comma, at most `limit` characters.

    What does not fit is given up in this order: middle names become initials, then they or the suffix go, then both,
    then the end is cut; some of the given name always stays. A single name keeps its comma. The whole name stays on
    file here. Own decision: no source says how to shorten. Raises: Rejected (06) for a name in another script.
    """
    surname, given, middle, suffix = (
        _in_26_letters(part, field=field) for part in (name.surname, name.given, name.middle, name.suffix)
    )
    initials = " ".join(word[0] for word in middle.split())
    for rest in ((given, middle, suffix), (given, initials, suffix), (given, suffix), (given, initials), (given,)):
        written = f"{surname},{' '.join(part for part in rest if part)}"
        if len(written) <= limit:
            return written
    kept = max(1, limit - len(surname) - 1) if given else 0
    return f"{surname[: limit - kept - 1].rstrip(' -')},{given[:kept].rstrip(' -')}"


def parse_birth_date(text: str, *, today: date, field: str = "DOB") -> date:
    """A birth date as `CCYYMMDD` or `CCYY-MM-DD`, not after `today`.

    Raises: Rejected (code 05).
    """
    accepted = "a real day as CCYYMMDD, not in the future"
    day = read_day(text, field=field, accepted=accepted, code=FaultCode.BIRTH_DATE)
    if day > today or day.year < EARLIEST_BIRTH_YEAR:
        raise wrong(field, f"{text} cannot be a birth date", accepted, code=FaultCode.BIRTH_DATE)
    return day


_PARTICLES = frozenset(
    {"DE", "DEL", "LA", "LAS", "LOS", "DA", "DAS", "DO", "DOS", "DI", "DELLA", "VON", "ZU", "TER", "TEN"}
)
"""Words that belong to the surname after them. Own decision."""

_PARTICLES_IN_SMALL_LETTERS = frozenset({"van", "der", "den", "le", "bin", "ibn", "al", "el", "san", "st", "st."})
"""Also given names somewhere (Van, Le), so they count as particles only where they are written small."""


def _first_word_of_surname(words: list[str]) -> int:
    """Where the surname begins: the last word, or the first of the particles before it; the first word is a given
    name whatever it is."""
    first = len(words) - 1
    while first > 1 and (words[first - 1].upper() in _PARTICLES or words[first - 1] in _PARTICLES_IN_SMALL_LETTERS):
        first -= 1
    return first


_LETTERS_WITHOUT_PARTS = str.maketrans(
    {"Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "TH", "Æ": "AE", "Œ": "OE", "ẞ": "SS", "ß": "SS", "ı": "I", "Ħ": "H"}
)
"""Letters that no accent can be taken from, as passports write them (ICAO 9303), but Đ and Ð alike D."""


def _in_26_letters(text: str, *, field: str) -> str:
    bare = unicodedata.normalize("NFKD", text.upper().translate(_LETTERS_WITHOUT_PARTS))
    kept = "".join(character for character in bare if not unicodedata.combining(character) and character not in "'’.")
    if not re.fullmatch(r"[A-Z -]*", kept) or (text and not kept.strip(" -")):
        accepted = "the name as in a passport's last lines"
        raise wrong(field, f"{text[:20]!a} cannot be written in the 26 letters", accepted, code=FaultCode.NAME)
    return " ".join(kept.split())


def _first_symbol(text: str) -> str:
    """The first character that is neither letter, mark, space nor name punctuation (emoji, control, ...), or ''."""
    for character in text:
        if character in " ,-'.’":
            continue
        if unicodedata.category(character)[0] not in "LM":
            return character
    return ""
