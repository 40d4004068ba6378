"""What people type into court forms, read into the values an entry takes. Pure functions.

Each answers a `Typed`: the value and a doubt to be shown with it. Nothing is guessed silently.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from openclets.orders.court_forms.days import Typed, read_age_from_birth_date, read_birth_date, read_date
from openclets.orders.court_forms.rows import Kind
from openclets.orders.court_forms.words import EYES, HAIR, RACES, SEXES
from openclets.vocabulary.errors import Rejected
from openclets.vocabulary.persons import parse_plain_name

MAX_TEXT_CHARACTERS: Final = 2_000
POUNDS_PER_KILOGRAM: Final = 2.20462
CENTIMETRES_PER_INCH: Final = 2.54
LEAST_HEIGHT_INCHES: Final = 12
MOST_HEIGHT_INCHES: Final = 9 * 12 - 1
MOST_POUNDS: Final = 999
MOST_YARDS: Final = 9_999
MOST_YEARS_OF_AGE: Final = 130


def read_typed(kind: Kind, text: str, today: date) -> Typed:
    """Reads `text` (already cleaned, not empty) as `kind`. TIME and TICK have ways of their own and are not taken."""
    return _READERS[kind](text, today)


def clean(text: str, *, is_long: bool = False) -> str:
    """Composed characters, single spaces, no control characters, at most `MAX_TEXT_CHARACTERS`; lines kept if long."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    lines = [" ".join("".join(_printable(mark) for mark in line).split()) for line in composed.split("\n")]
    joined = ("\n" if is_long else " ").join(line for line in lines if line)
    return joined[:MAX_TEXT_CHARACTERS]


def _printable(mark: str) -> str:
    category = unicodedata.category(mark)
    if category == "Cf":
        # Soft hyphens and marks that turn the direction of writing: invisible, and able to deceive.
        return ""
    return " " if category[0] in "CZ" else mark


# ---- numbers


def read_yards(text: str, today: date) -> Typed:
    """Whole yards: `100`, `100 yards`, `one hundred (100)`. Another unit is not converted."""
    plain = text.lower().replace(",", "")
    in_brackets = re.fullmatch(r"[a-z -]+\((\d{1,5})\)(?: *(?:yards?|yds?)\.?)?", plain)
    found = in_brackets or re.fullmatch(r"(\d{1,5})(?:\.0+)? *(?:yards?|yds?)?\.?", plain)
    if not found or not 0 < int(found[1]) <= MOST_YARDS:
        return Typed("", f"'{text}' cannot be read as a number of yards")
    return Typed(str(int(found[1])))


def read_age(text: str, today: date) -> Typed:
    """Years: `42`, `42 years old`; an estimate is read with a doubt."""
    plain = text.lower()
    found = re.fullmatch(
        r"(about|abt|approx(?:imately|\.)?|est(?:imated|\.)?|~|c\.?)? *(\d{1,3}) *(?:years?|yrs?|y/?o)?\.?(?: old)?",
        plain,
    )
    if not found or int(found[2]) > MOST_YEARS_OF_AGE:
        return Typed("", f"'{text}' cannot be read as an age in years")
    return Typed(str(int(found[2])), f"'{text}' is an estimate" if found[1] else "")


def read_height(text: str, today: date) -> Typed:
    """Feet and inches as three digits: 5'11", 5 ft 11 in, 5-11, 511, 71 inches, 180 cm."""
    plain = text.lower().replace("’", "'").replace("′", "'").replace("”", '"').replace("″", '"').replace("''", '"')
    doubt = ""
    if found := re.fullmatch(r"(\d{2,3}) *(?:cm|centimet(?:er|re)s?)\.?", plain):
        inches = round(int(found[1]) / CENTIMETRES_PER_INCH)
        doubt = f"'{text}' was converted from centimetres"
    elif found := re.fullmatch(r"(\d{2}) *(?:inches|inch|in|\")\.?", plain):
        inches = int(found[1])
    elif found := re.fullmatch(r"(\d) *(?:'|feet|foot|ft)\.?,? *(?:(\d{1,2}) *(?:\"|inches|inch|in)?\.?)?", plain):
        inches = _inches(found[1], found[2] or "0")
    elif found := re.fullmatch(r"(\d)(?:[- ]|\.)(\d{1,2})|(\d)(\d{2})", plain):
        inches = _inches(found[1] or found[3], found[2] or found[4])
        doubt = f"'{text}' is read as feet and inches" if "." in plain else ""
    else:
        return Typed("", f"'{text}' cannot be read as a height")
    if not LEAST_HEIGHT_INCHES <= inches <= MOST_HEIGHT_INCHES:
        return Typed("", f"'{text}' cannot be a height")
    return Typed(f"{inches // 12}{inches % 12:02d}", doubt)


def _inches(feet: str, inches: str) -> int:
    """0 where the inches make another foot: such a height was mistyped."""
    return int(feet) * 12 + int(inches) if int(inches) < 12 else 0


def read_weight(text: str, today: date) -> Typed:
    """Whole pounds: `185`, `185 lbs`, `84 kg` with a doubt."""
    plain = text.lower().replace(",", "")
    if found := re.fullmatch(r"(\d{2,3}) *(?:kg|kilos?|kilograms?)\.?", plain):
        pounds = round(int(found[1]) * POUNDS_PER_KILOGRAM)
        doubt = f"'{text}' was converted from kilograms"
    elif found := re.fullmatch(r"(about|approx\.?|~)? *(\d{1,3}) *(?:lbs?|pounds?|#)?\.?", plain):
        pounds, doubt = int(found[2]), f"'{text}' is an estimate" if found[1] else ""
    else:
        return Typed("", f"'{text}' cannot be read as a weight")
    if not 0 < pounds <= MOST_POUNDS:
        return Typed("", f"'{text}' cannot be a weight")
    return Typed(str(pounds), doubt)


_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def read_ordinal(text: str, today: date) -> Typed:
    """Which amendment: `1`, `2nd`, `Third`."""
    plain = text.lower().strip(" .")
    if plain in _ORDINALS:
        return Typed(str(_ORDINALS.index(plain) + 1))
    found = re.fullmatch(r"(?:no\.? *|# *)?(\d{1,2})(?:st|nd|rd|th)?", plain)
    if not found or int(found[1]) == 0:
        return Typed("", f"'{text}' cannot be read as the number of an amendment")
    return Typed(str(int(found[1])))


# ---- words and codes


def _read_code(table: Mapping[str, str], what: str, text: str) -> Typed:
    code = table.get(text.lower().strip(" .*"))
    return Typed(code) if code else Typed(text, f"'{text}' is not in the code table for {what}: choose the code")


def read_sex(text: str, today: date) -> Typed:
    """M, F or X; other words are not taken."""
    code = SEXES.get(text.lower().strip(" ."))
    return Typed(code) if code else Typed("", f"'{text}' cannot be read as a gender")


def read_name(text: str, today: date) -> Typed:
    """The name as written, when it can be taken as one."""
    try:
        parse_plain_name(text, field="name")
    except Rejected as rejected:
        return Typed(text, f"'{text}' cannot be taken as a name: {rejected.faults[0].text}")
    return Typed(text)


_COURT_PREFIX: Final = re.compile(r"(superior court of (the state of )?california,? *)?((the )?county of +)?", re.I)


def read_county(text: str, today: date) -> Typed:
    """The county's name; `County of` before and `County` behind it are dropped, and the court's address after it."""
    name = re.split(r"[\n,;0-9]", _COURT_PREFIX.sub("", text, count=1))[0].strip()
    return Typed(re.sub(r" +county$", "", name, flags=re.I))


def read_text(text: str, today: date) -> Typed:
    return Typed(text)


_READERS: Final[Mapping[Kind, Callable[[str, date], Typed]]] = MappingProxyType(
    {
        Kind.TEXT: read_text,
        Kind.NAME: read_name,
        Kind.DATE: read_date,
        Kind.BIRTH_DATE: read_birth_date,
        Kind.AGE_FROM_BIRTH_DATE: read_age_from_birth_date,
        Kind.YARDS: read_yards,
        Kind.AGE: read_age,
        Kind.SEX: read_sex,
        Kind.HEIGHT: read_height,
        Kind.WEIGHT: read_weight,
        Kind.RACE: lambda text, today: _read_code(RACES, "race", text),
        Kind.HAIR: lambda text, today: _read_code(HAIR, "hair", text),
        Kind.EYES: lambda text, today: _read_code(EYES, "eyes", text),
        Kind.COUNTY: read_county,
        Kind.ORDINAL: read_ordinal,
    }
)
