"""Names brought to one spelling before they are coded or compared: capitals A to Z, no marks, words apart.

Letters of other scripts are transliterated, as a passport would: a name in them meets its Latin spellings. Everything
here is pure; results are kept for names met before, because names repeat.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

import jellyfish
from anyascii import anyascii

from openclets.people.daitch_mokotoff import daitch_mokotoff
from openclets.people.nicknames import groups_of
from openclets.people.spellings import as_heard, spelling_groups_of

MAX_WORDS = 5
"""Words of a surname, and of the given names, that are looked at; bounds keys and comparisons. Own decision."""

MAX_WORD_LETTERS = 40
"""Letters of one word that are looked at; phonetic codes of longer ones say no more. Own decision."""

_PARTICLES = """
A AL AP BEN BIN BINT DA DAL DAS DE DEL DELA DELLA DEN DER DES DI DO DOS DU E EL I IBN LA LAS LE LO LOS MC MAC O
SAN SANTA ST TE TEN TER VAN VANDER VON VONDER Y ZU ZUM
"""
PARTICLES = frozenset(_PARTICLES.split())
"""Words that belong to the surname after them and are often left out or joined to it. General knowledge."""

_LETTERS = str.maketrans(
    {
        "Đ": "D", "Ð": "D", "Ø": "O", "Ł": "L", "Æ": "AE", "Œ": "OE", "Þ": "TH", "ẞ": "SS", "ß": "SS", "Ħ": "H",
        "ı": "I", "İ": "I", "Ŋ": "N", "Ŧ": "T", "Ə": "A",
        "'": "", "’": "", "‘": "", "ʼ": "", "ʻ": "", "`": "", "´": "", "ʹ": "",
        ".": " ", "-": " ", "‐": " ", "‑": " ", "–": " ",
    }
)  # fmt: skip
"""Letters that Unicode does not take apart, and the punctuation of names: an apostrophe joins, a hyphen separates."""


@dataclass(frozen=True, eq=False)
class Word:
    """One name word (or several joined): its letters, the nickname groups it stands in, the groups of transliterations,
    and its phonetic codes, which are made when first asked for: most names found are told apart without them."""

    letters: str
    groups: tuple[str, ...]
    spellings: tuple[str, ...]
    is_initial: bool

    @cached_property
    def sounds(self) -> tuple[str, str]:
        """The NYSIIS code and the Metaphone code (of the word as heard), or the letters themselves where those have
        nothing to say."""
        if not self.letters.isascii():
            return self.letters, self.letters
        return (
            jellyfish.nysiis(self.letters) or self.letters,
            jellyfish.metaphone(as_heard(self.letters)) or self.letters,
        )

    @cached_property
    def slavic(self) -> tuple[str, ...]:
        """The Daitch-Mokotoff codes; none of an initial, or where no letter is Latin."""
        return () if self.is_initial or not self.letters.isascii() else daitch_mokotoff(as_heard(self.letters))


@dataclass(frozen=True, slots=True, eq=False)
class Surname:
    """`whole` is all words joined, `core` those that are no particles; `forms` every way to call it: whole, core, each
    half."""

    whole: Word
    core: Word
    forms: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """`first` is the name the person is called by, `others` the further given names in order."""

    first: Word | None
    others: tuple[Word, ...]

    @property
    def joined(self) -> str:
        """The letters of the first two as one word (MARY ANN, MARYANN); none where there is no second or either is an
        initial."""
        if self.first is None or not self.others or self.first.is_initial or self.others[0].is_initial:
            return ""
        return self.first.letters + self.others[0].letters


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """`text` in capitals without marks, apostrophes closed up, hyphens and dots opened, one space between words."""
    if text.isascii() and text.replace(" ", "").isalpha():
        return " ".join(text.upper().split())
    upper = text.upper().translate(_LETTERS)
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", upper) if not unicodedata.combining(letter))
    letters = "".join(letter if letter.isalpha() else " " for letter in bare.upper().translate(_LETTERS))
    if not letters.isascii():
        # What cannot be transliterated stays; each run of letters stays one word.
        letters = " ".join(_transliterated(each) for each in letters.split())
    return " ".join(letters.split())


def _transliterated(letters: str) -> str:
    if letters.isascii():
        return letters
    latin = "".join(letter for letter in anyascii(letters).upper() if "A" <= letter <= "Z")
    return latin or letters


@lru_cache(maxsize=1 << 16)
def word(letters: str) -> Word:
    """Groups of one folded word, and its codes to come."""
    letters = letters[:MAX_WORD_LETTERS]
    if not letters.isascii():
        return Word(letters, (), (), len(letters) == 1)
    return Word(letters, groups_of(letters), spelling_groups_of(letters), len(letters) == 1)


@lru_cache(maxsize=1 << 16)
def surname(text: str) -> Surname | None:
    """A surname as typed; None where no letter is left.

    DE LA CRUZ: whole DELACRUZ, forms DELACRUZ and CRUZ. GARCIA-LOPEZ: GARCIALOPEZ, GARCIA, LOPEZ.
    """
    words = _words(text)
    if not words:
        return None
    if len(words) == 1:
        only = word(words[0])
        return Surname(only, only, (only,))
    core = [part for part in words if part not in PARTICLES] or words
    forms = ["".join(words), "".join(core)]
    if len(core) > 1:
        forms += [part for part in core if len(part) > 1]
    return Surname(word(forms[0]), word(forms[1]), tuple(word(form) for form in dict.fromkeys(forms)))


@lru_cache(maxsize=1 << 16)
def given(first: str, middle: str) -> Given:
    """Given and middle names as typed. A given name of several words counts its later words among the others."""
    words = (*_given_words(first), *_given_words(middle))[:MAX_WORDS]
    return Given(words[0], words[1:]) if words else Given(None, ())


@lru_cache(maxsize=1 << 16)
def _given_words(text: str) -> tuple[Word, ...]:
    return tuple(map(word, _words(text)))


def _words(text: str) -> list[str]:
    """The folded words that are looked at, SAINT as it is mostly written."""
    return ["ST" if each == "SAINT" else each for each in fold(text).split()[:MAX_WORDS]]
