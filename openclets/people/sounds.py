"""The surnames and sounds of the strict answer: whole, and each half of a hyphenated name, by one published code."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

import jellyfish

from openclets.people.fold import MAX_WORD_LETTERS, fold


class PhoneticCode(StrEnum):
    """NYSIIS since NCIC 2000, Soundex before it and in the national history index. Source: see `strict.RULES`."""

    NYSIIS = "N"
    SOUNDEX = "S"


@lru_cache(maxsize=1 << 16)
def strict_sounds(surname: str, code: PhoneticCode) -> tuple[str, ...]:
    """The codes of a surname as typed: of the whole, and of each half where it is hyphenated; none without a letter."""
    halves = [fold(half).replace(" ", "") for half in surname.split("-")]
    words = dict.fromkeys(("".join(halves), *(half for half in halves if len(half) > 1)))
    return tuple(dict.fromkeys(_code(word[:MAX_WORD_LETTERS], code) for word in words if word))


def _code(word: str, code: PhoneticCode) -> str:
    if not word.isascii():
        return word
    return (nysiis(word) if code is PhoneticCode.NYSIIS else jellyfish.soundex(word)) or word


def nysiis(word: str) -> str:
    """The code of a folded word, uncut. Source: R. Taft, "Name Search Techniques", New York State Identification and
    Intelligence System, 1970. (jellyfish's keeps the vowel before a W, which tells BROWN from BRAUN.)"""
    for start, heard in (("MAC", "MCC"), ("KN", "NN"), ("K", "C"), ("PH", "FF"), ("PF", "FF"), ("SCH", "SSS")):
        if word.startswith(start):
            word = heard + word[len(start) :]
            break
    if word.endswith(("EE", "IE")):
        word = word[:-2] + "Y"
    elif word.endswith(("DT", "RT", "RD", "NT", "ND")):
        word = word[:-2] + "D"
    letters, code = list(word), word[:1]
    for place in range(1, len(letters)):
        _hear(letters, place)
        if letters[place] != code[-1]:
            code += letters[place]
    if len(code) > 1 and code.endswith("S"):
        code = code[:-1]
    if code.endswith("AY"):
        code = code[:-2] + "Y"
    return code[:-1] if len(code) > 1 and code.endswith("A") else code


def _hear(letters: list[str], place: int) -> None:
    """Puts what is heard at a place into it, and into the places behind it that are heard with it."""
    rest, before = "".join(letters[place:]), letters[place - 1]
    for written, heard in _HEARD_AS:
        if rest.startswith(written):
            letters[place : place + len(heard)] = heard
            return
    after = letters[place + 1] if place + 1 < len(letters) else "-"
    if (letters[place] == "H" and not (before in _VOWELS and after in _VOWELS)) or (
        letters[place] == "W" and before in _VOWELS
    ):
        letters[place] = before


_VOWELS = frozenset("AEIOU")
_HEARD_AS = (
    ("EV", "AF"),
    *((vowel, "A") for vowel in "AEIOU"),
    ("Q", "G"),
    ("Z", "S"),
    ("M", "N"),
    ("KN", "NN"),
    ("K", "C"),
    ("SCH", "SSS"),
    ("PH", "FF"),
)
