"""What an entry can be found by: the terms of its names, numbers and words, and the terms a search asks for.

A term is a letter for its kind, a colon and one word or number in capitals without marks: `n:HOLLOWAY`. Words of the
texts stand without a letter. Fields are recognised in the message as sent and in the answer as given, so that a
message that never reached a verb, and a file that is added later, are found like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from anyascii import anyascii
from jellyfish import nysiis

from openclets.vocabulary.fields import FIELDS, Edit

NAME_ASKED: Final = "n"
NAME_ANSWERED: Final = "a"
SOUND: Final = "s"
BIRTH_DATE: Final = "d"
PLATE: Final = "p"
LICENCE: Final = "l"
RECORD: Final = "r"
CASE: Final = "c"
DESTINATION: Final = "t"
"""Kinds of terms. A sound is the NYSIIS code of a word of a name, asked or answered."""

MAX_TERM_CHARACTERS: Final = 60
MAX_WORDS: Final = 4_000
"""Longest term, and most different words of one entry's texts; bounds the index. Own decision."""

NAME_CODES: Final = frozenset(row.code for row in FIELDS if row.edit is Edit.NAME)
_KIND_OF_CODE: Final[Mapping[str, str]] = {
    **{row.code: BIRTH_DATE for row in FIELDS if row.edit is Edit.BIRTH_DATE},
    **{row.code: PLATE for row in FIELDS if row.edit is Edit.PLATE},
    **{row.code: LICENCE for row in FIELDS if row.edit is Edit.LICENCE},
    **dict.fromkeys("FCN NIC SID FBI PNO".split(), RECORD),
    **dict.fromkeys("CAS OCA".split(), CASE),
}
"""Which field of a message or an answer gives which kind of term. Source: the catalogue of fields."""

_KIND_OF_PERSONAL: Final[Mapping[str, str]] = {
    "subject_birth_date": BIRTH_DATE,
    "plate": PLATE,
    "licence": LICENCE,
    "record_number": RECORD,
    "case_number": CASE,
}
"""Personal fields of an entry, as verbs name them."""

_WORD: Final = re.compile(r"[A-Z0-9]+")
_WANTED_WORD: Final = re.compile(r"[A-Z0-9]+\*?")
_BEGUN_WORD: Final = re.compile(r"[A-Z0-9']+\*")
_ASKED_FIELD: Final = re.compile(r"(?:^|[.\n])\s*([A-Z]{2,4})/([^.\n]*)")
_ANSWERED_FIELD: Final = re.compile(r"^([A-Z]{2,4})/(.*?)(?:  \[.*)?$", re.MULTILINE)
_GOES_ON: Final = re.compile(r"\n   ([ +])")
"""A line of an answer that goes on. Source: docs/protocol.md, wrapped lines."""

_HEADER: Final = re.compile(r"[A-Z0-9]{2,5}\.[A-Z0-9]{9}\.([A-Z0-9,]+)(?:[.\n]|$)")
"""`MKE.ORI.DEST`, of which the destinations are wanted."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What one entry is found by: `about` holds terms with their kind, `words` the words of both texts."""

    about: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """Whom and what an entry is about, for a line of a list; each in the order met, none twice."""

    names_asked: tuple[str, ...]
    names_answered: tuple[str, ...]
    birth_dates: tuple[str, ...]
    plates: tuple[str, ...]
    licences: tuple[str, ...]
    case_numbers: tuple[str, ...]


def facts_of(asked: str, answered: str, personal: Mapping[str, str]) -> Facts:
    """Read from the texts and the personal fields; birth dates as asked, written 1984-05-17."""
    sent = list(_fields_asked(asked))
    told = list(_fields_answered(answered))
    names = [personal.get("subject_name", ""), *(value for code, value in sent if code in NAME_CODES)]

    def given(kind: str) -> tuple[str, ...]:
        kept = [text for name, text in personal.items() if _KIND_OF_PERSONAL.get(name) == kind]
        return _once([*kept, *(value for code, value in sent if _KIND_OF_CODE.get(code) == kind)])

    return Facts(
        names_asked=_once(names),
        names_answered=_once(value for code, value in told if code in NAME_CODES),
        birth_dates=_once(_day_in_words(day) for day in given(BIRTH_DATE)),
        plates=given(PLATE),
        licences=given(LICENCE),
        case_numbers=given(CASE),
    )


def terms_of(asked: str, answered: str, personal: Mapping[str, str], records: Iterable[str]) -> Terms:
    """Everything the entry can be found by. `records` are the numbers on the entry itself."""
    about = {f"{RECORD}:{number}" for number in map(squeezed, records) if number}
    facts = facts_of(asked, answered, personal)
    for kind, names in ((NAME_ASKED, facts.names_asked), (NAME_ANSWERED, facts.names_answered)):
        for word in (word for name in names for word in name_words(name)):
            about |= {f"{kind}:{word}", f"{SOUND}:{nysiis(word)}"}
    for name, text in personal.items():
        if name in _KIND_OF_PERSONAL:
            about.add(f"{_KIND_OF_PERSONAL[name]}:{squeezed(text)}")
    for code, value in (*_fields_asked(asked), *_fields_answered(answered)):
        if code in _KIND_OF_CODE:
            about |= {f"{_KIND_OF_CODE[code]}:{squeezed(one)}" for one in value.split(",")}
    header = _HEADER.match(asked)
    if header and header[1] != "TXT":
        about |= {f"{DESTINATION}:{one}" for one in header[1].split(",")}
    words = sorted(set(_WORD.findall(_folded(f"{asked}\n{answered}\n" + "\n".join(personal.values())))))
    return Terms(
        frozenset(term[:MAX_TERM_CHARACTERS] for term in about if not term.endswith(":")),
        frozenset(word[:MAX_TERM_CHARACTERS] for word in words[:MAX_WORDS]),
    )


def name_words(name: str) -> list[str]:
    """The words of a name, in capitals without marks; O'BRIEN is one word, SMITH-JONES two."""
    return _WORD.findall(_folded(name).replace("'", ""))


def whole_words(text: str) -> str:
    """Of what is asked for, the words that are whole; all of it where none is. An index goes through every word that a
    beginning can become, so what is whole is looked up, and the beginnings are compared in what that finds."""
    folded = _folded(text)
    whole = _BEGUN_WORD.sub(" ", folded)
    return whole if _WORD.search(whole) else folded


def squeezed(number: str) -> str:
    """A number, plate or day without anything but letters and digits, so that spelling does not part equals."""
    return "".join(_WORD.findall(_folded(number)))


def query_for_name(text: str, kinds: Iterable[str]) -> str:
    """The tsquery for a name whose parts may stand in any order, `*` for any letters after the first; in any of the
    kinds. Empty when the text has no word."""
    words = _WANTED_WORD.findall(_folded(text).replace("'", ""))
    return _either(_all(_quoted(word, kind) for word in words) for kind in kinds)


def query_for_sound(text: str) -> str:
    """The tsquery for names that sound like this one, whatever their order."""
    return _all(_quoted(nysiis(word), SOUND) for word in name_words(text))


def query_for_number(number: str, kind: str) -> str:
    """The tsquery for one number, plate, licence, day or destination."""
    return _quoted(squeezed(number), kind) if squeezed(number) else ""


def query_for_words(text: str, or_else: str = "") -> str:
    """The tsquery for texts that hold every word (`*` for any letters after the first), or every word of `or_else`."""
    return _either(
        _all(_quoted(word, "") for word in _WANTED_WORD.findall(_folded(each))) for each in (text, or_else) if each
    )


def _fields_asked(asked: str) -> Iterator[tuple[str, str]]:
    yield from ((found[1], found[2].strip()) for found in _ASKED_FIELD.finditer(asked))


def _fields_answered(answered: str) -> Iterator[tuple[str, str]]:
    whole = _GOES_ON.sub(lambda found: " " if found[1] == " " else "", answered)
    yield from ((found[1], found[2].strip()) for found in _ANSWERED_FIELD.finditer(whole))


def _folded(text: str) -> str:
    return (text if text.isascii() else anyascii(text)).upper()


def _day_in_words(text: str) -> str:
    day = squeezed(text)
    return f"{day[:4]}-{day[4:6]}-{day[6:]}" if len(day) == 8 and day.isdigit() else text


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _quoted(word: str, kind: str) -> str:
    """One term of a tsquery. Only letters, digits, the colon and a last `*` can be in it, so quotes hold it safely."""
    term = (f"{kind}:{word}" if kind else word).removesuffix("*")[:MAX_TERM_CHARACTERS]
    return f"'{term}'" + (":*" if word.endswith("*") else "")


def _all(terms: Iterable[str]) -> str:
    return " & ".join(dict.fromkeys(terms))


def _either(queries: Iterable[str]) -> str:
    return " | ".join(f"({query})" for query in queries if query)
