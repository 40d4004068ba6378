"""Which passwords are taken. Any character, spaces too, up to a length that is refused beyond and never cut."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

MIN_CHARACTERS: Final = 12
MAX_CHARACTERS: Final = 1_000
"""Source: CJIS Security Policy IA-5(1) asks for 8 at least and lets phrases be long; 12 and 1,000 are own decisions."""

CONTEXT_WORDS: Final = ("openclets", "clets", "sheriff", "police", "court", "officer", "dispatch", "california")
"""Banned like the common ones: what a guesser of this system tries first. Source: NIST SP 800-63B 5.1.1.2."""

LEAST_UNIT_CHARACTERS: Final = 4
LEAST_WORD_CHARACTERS: Final = 4
"""What repeats so few characters is banned whatever they are; a shorter word among figures is no word. Own decision."""

_LOOKS_LIKE: Final = str.maketrans("013457@$!", "oieastasi")


class NotTooLong:
    """Refuses what is longer than `MAX_CHARACTERS`, instead of cutting it."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises: ValidationError."""
        if len(password) > MAX_CHARACTERS:
            raise ValidationError(f"This password is longer than {MAX_CHARACTERS} characters.", code="too_long")

    def get_help_text(self) -> str:
        return f"Up to {MAX_CHARACTERS} characters; spaces are welcome."


class NotBanned:
    """Refuses what a guesser would try: the banned words, also with figures and signs around or in place of letters,
    or repeated; and one character or a row of the keyboard over and over.

    The words are the framework's 20,000 most common passwords, `CONTEXT_WORDS`, and the lines of `banned_file`, which
    the operator refreshes. Source: CJIS Security Policy IA-5(1), a list of banned passwords, refreshed quarterly.
    """

    def __init__(self, banned_file: str = "") -> None:
        self._banned_file = banned_file

    def validate(self, password: str, user: Any = None) -> None:
        """Raises: ValidationError."""
        if is_banned(password, banned_words(self._banned_file)):
            raise ValidationError(
                "This password is one of those that are guessed first, or made from one. Take several unrelated words.",
                code="banned",
            )

    def get_help_text(self) -> str:
        return "Several unrelated words are best; well-known passwords, and what is made from one, are refused."


@lru_cache(maxsize=4)
def banned_words(banned_file: str) -> frozenset[str]:
    """The banned words in small letters. Read once: a refreshed list counts from the next start of the program."""
    words = {*CommonPasswordValidator().passwords, *CONTEXT_WORDS}
    if banned_file:
        words.update(line.strip().lower() for line in Path(banned_file).read_text(encoding="utf-8").splitlines())
    return frozenset(words - {""})


def is_banned(password: str, words: frozenset[str]) -> bool:
    """Whether the password is one of `words` or made from one in a way that guessing programs know."""
    if len(password) > MAX_CHARACTERS:
        return False
    plain = unicodedata.normalize("NFKC", password).lower().replace(" ", "")
    unit = _unit(plain)
    if len(unit) <= LEAST_UNIT_CHARACTERS or _is_a_row(unit):
        return True
    ends_off = {form for form in (_without_ends(plain), _without_ends(unit)) if len(form) >= LEAST_WORD_CHARACTERS}
    forms = {plain, unit, *ends_off}
    forms |= {form.translate(_LOOKS_LIKE) for form in forms}
    forms |= {_unit(form) for form in forms}
    return not forms.isdisjoint(words)


def _without_ends(word: str) -> str:
    """Without figures and signs before and behind."""
    return re.sub(r"^[^a-z]+|[^a-z]+$", "", word)


def _unit(word: str) -> str:
    """What the word repeats, or the word."""
    repeated = re.fullmatch(r"(.+?)\1+", word)
    return repeated.group(1) if repeated else word


_ROWS: Final = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn")


def _is_a_row(word: str) -> bool:
    return any(word in row or word in row[::-1] for row in _ROWS)
