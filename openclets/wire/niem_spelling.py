"""How a field's value is spelled where a NIEM element holds it, both ways.

`writes` gives '' for a value that the element cannot hold; such a field goes into the document's own part instead.
`reads` raises ValueError, in words, for a text that is no value of the field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_WIRE_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_WIRE_HEIGHT = re.compile(r"([4-7])(0[0-9]|1[01])")
_WHOLE_NUMBER = re.compile(r"\+?0*([0-9]{1,4})(?:\.0*)?")
_YEAR = re.compile(r"[0-9]{4}")
_NUMBERED_TEXT = re.compile(r"([0-9]{2})(?: - .*)?")
_SENTENCE_END = re.compile(r"\.(?=\s|$)")
_INCHES_PER_FOOT = 12


class Spelling(Protocol):
    """One way of spelling values."""

    def writes(self, value: str) -> str:
        """The value as the element holds it; '' when it cannot."""

    def reads(self, text: str) -> str:
        """The value in the wire's spelling. Raises: ValueError, saying what would be read."""


@dataclass(frozen=True, slots=True)
class AsItIs:
    """The wire's own spelling."""

    def writes(self, value: str) -> str:
        return value

    def reads(self, text: str) -> str:
        return text


@dataclass(frozen=True, slots=True)
class Codes:
    """The wire's codes, as far as the standard's list has them."""

    listed: frozenset[str]

    def writes(self, value: str) -> str:
        return value if value in self.listed else ""

    def reads(self, text: str) -> str:
        return text


@dataclass(frozen=True, slots=True)
class Words:
    """The standard's words for the wire's codes."""

    words: Mapping[str, str]

    def writes(self, value: str) -> str:
        return self.words.get(value, "")

    def reads(self, text: str) -> str:
        for code, word in self.words.items():
            if word == text:
                return code
        raise ValueError(f"one of {', '.join(self.words.values())}")


@dataclass(frozen=True, slots=True)
class YesOrNo:
    """Y and N as XML says true and false. Unknown has no word there: the element is left out."""

    def writes(self, value: str) -> str:
        return {"Y": "true", "N": "false"}.get(value, "")

    def reads(self, text: str) -> str:
        value = {"true": "Y", "1": "Y", "false": "N", "0": "N"}.get(text)
        if value is None:
            raise ValueError("true or false; for unknown the element is left out")
        return value


@dataclass(frozen=True, slots=True)
class NumberedText:
    """A code of two digits in an element that takes any text, its meaning behind it for those who read."""

    meanings: Mapping[str, str]

    def writes(self, value: str) -> str:
        return f"{value} - {self.meanings[value]}" if value in self.meanings else value

    def reads(self, text: str) -> str:
        parts = _NUMBERED_TEXT.fullmatch(text)
        if parts is None:
            raise ValueError("a code of two digits, then, if wanted, ' - ' and words")
        return parts.group(1)


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day. The zone that XML allows behind a day is not read: a day in law has none."""

    def writes(self, value: str) -> str:
        parts = _WIRE_DAY.fullmatch(value)
        return "-".join(parts.groups()) if parts else ""

    def reads(self, text: str) -> str:
        parts = _DAY.fullmatch(text)
        if parts is None:
            raise ValueError("a day as CCYY-MM-DD")
        return "".join(parts.groups())


@dataclass(frozen=True, slots=True)
class Year:
    def writes(self, value: str) -> str:
        return value if _YEAR.fullmatch(value) else ""

    def reads(self, text: str) -> str:
        if not _YEAR.fullmatch(text):
            raise ValueError("a year in four digits")
        return text


@dataclass(frozen=True, slots=True)
class Inches:
    """A height: feet and inches on the wire, inches in the element."""

    def writes(self, value: str) -> str:
        parts = _WIRE_HEIGHT.fullmatch(value)
        return str(int(parts.group(1)) * _INCHES_PER_FOOT + int(parts.group(2))) if parts else ""

    def reads(self, text: str) -> str:
        number = _whole_number(text)
        return f"{number // _INCHES_PER_FOOT}{number % _INCHES_PER_FOOT:02d}"


@dataclass(frozen=True, slots=True)
class Pounds:
    """A weight: three digits on the wire, a number in the element."""

    def writes(self, value: str) -> str:
        return str(int(value)) if value.isdecimal() and value.isascii() else ""

    def reads(self, text: str) -> str:
        return f"{_whole_number(text):03d}"


@dataclass(frozen=True, slots=True)
class Sentences:
    """Free text. A period ends a field on the wire, so one that ends a sentence is read as a semicolon."""

    def writes(self, value: str) -> str:
        return value

    def reads(self, text: str) -> str:
        return _SENTENCE_END.sub(";", text)


def _whole_number(text: str) -> int:
    number = _WHOLE_NUMBER.fullmatch(text)
    if number is None:
        raise ValueError("a whole number")
    return int(number.group(1))


AS_IT_IS = AsItIs()
DAY = Day()
YEAR = Year()
INCHES = Inches()
POUNDS = Pounds()
SENTENCES = Sentences()

YES_OR_NO = YesOrNo()

SERVICE = Words({"1": "SERVED", "2": "NOT SERVED", "3": "UNKNOWN"})
"""Source: NIEM NCIC codes SVC. Own decision: these words stand in the element for a description."""
