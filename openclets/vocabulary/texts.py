"""What is typed freely: numbers of any form, who somebody is, sentences, words to search for."""

from __future__ import annotations

import re
import unicodedata

from openclets.vocabulary.checked import Checked, quoted, raised, wrong
from openclets.vocabulary.faults import FaultCode

_NUMBER = re.compile(r"[A-Z0-9]+")
_NUMBER_TEXT = re.compile(r"[A-Z0-9][A-Z0-9 #&()+:_-]*")
_CODE = re.compile(r"[A-Z0-9][A-Z0-9 -]*")
_SEARCHED_KEY = re.compile(r"[A-Z][A-Z0-9-]{0,5}")
_PLAIN_PERSON = re.compile(r"[A-Z0-9 ,'#-]+")

_NOT_TAKEN = "has a character that is not taken"


def parse_number(text: str, *, field: str) -> Checked:
    """Letters and digits; blanks and hyphens between them do not count. Raises: Rejected (32)."""
    number = raised(text).replace("-", "").replace(" ", "")
    if not _NUMBER.fullmatch(number):
        raise wrong(field, f"{quoted(text)} {_NOT_TAKEN}", "letters and digits")
    return Checked(number)


def parse_number_text(text: str, *, field: str) -> Checked:
    """A number as somebody writes it, signs in it kept. Raises: Rejected (32)."""
    number = raised(text)
    if not _NUMBER_TEXT.fullmatch(number):
        accepted = "letters, digits, hyphen, blank and # & ( ) + : _; a letter or digit first"
        raise wrong(field, f"{quoted(text)} {_NOT_TAKEN}", accepted)
    return Checked(number)


def parse_code(text: str, *, field: str) -> Checked:
    """A code of a list that is not public. Raises: Rejected (31)."""
    code = raised(text)
    if not _CODE.fullmatch(code):
        raise wrong(field, f"{quoted(text)} is not a code", "letters, digits, hyphen, blank", code=FaultCode.CODE)
    return Checked(code)


def parse_searched_key(text: str, *, field: str) -> Checked:
    """A message key whose messages are searched, or ALL. Raises: Rejected (32). Source: Nlets NLQ."""
    key = raised(text)
    if not _SEARCHED_KEY.fullmatch(key):
        raise wrong(field, f"{quoted(text)} is not a message key", "a message key, or ALL")
    return Checked(key)


def parse_person_text(text: str, *, field: str, code: FaultCode = FaultCode.VALUE) -> Checked:
    """Name, badge number or both of one person. Raises: Rejected with the number `code`."""
    value = unicodedata.normalize("NFC", text).upper()
    # Most are plain, and only a letter with an accent is worth looking at by itself.
    if not _PLAIN_PERSON.fullmatch(value) and not all(_may_name_a_person(character) for character in value):
        accepted = "name, badge number or both: letters, digits, blank, comma, apostrophe, hyphen and #"
        raise wrong(field, f"{quoted(text)} {_NOT_TAKEN}", accepted, code=code)
    if not any(character.isalnum() for character in value):
        raise wrong(field, f"{quoted(text)} names nobody", "name, badge number or both", code=code)
    return Checked(value)


def parse_text(text: str, *, field: str) -> Checked:
    """Free words in capitals, lines kept. Raises: Rejected (32)."""
    value = unicodedata.normalize("NFC", text).upper()
    if not all(line.isprintable() for line in value.split("\n")):
        raise wrong(field, "has a character that is not printed", "letters, digits and signs")
    return Checked(value)


def parse_search(text: str, *, field: str) -> Checked:
    """Words to find; * stands for any letters after the first. Raises: Rejected (32). Source: Nlets NLQ."""
    words = unicodedata.normalize("NFC", text).upper()
    if any(word.startswith("*") for word in words.split()):
        raise wrong(field, f"{quoted(text)} begins with *", "* only after the first character of a word")
    return Checked(words)


def _may_name_a_person(character: str) -> bool:
    return character.isalnum() or character in " ,'’-#" or unicodedata.category(character).startswith("M")
