"""Numbers that stand for one person: licence, social security, FBI, state identification, miscellaneous."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

MAX_NUMBERS: Final = 10
"""Numbers of one person or question that are looked at. Own decision."""

_MEANS_NOTHING: Final = re.compile(r"(.)\1*|0?123456789|987654321")
"""What is typed where a number is wanted and none is known. Own decision."""


class NumberKind(StrEnum):
    """By the code of the wire's field."""

    LICENCE = "OLN"
    SOCIAL_SECURITY = "SOC"
    FBI = "FBI"
    STATE_IDENTIFICATION = "SID"
    MISCELLANEOUS = "MNU"


class PersonNumber(NamedTuple):
    """`value` as typed or recorded; two are one number when `text` is the same."""

    kind: NumberKind
    value: str

    @property
    def text(self) -> str:
        """`KIND:VALUE`, the value in capitals and digits alone."""
        return f"{self.kind.value}:{re.sub(r'[^A-Z0-9]', '', self.value.upper())}"


def texts(numbers: Iterable[PersonNumber]) -> tuple[str, ...]:
    """The numbers as text, without repeats and without those that stand for nobody (all zeros)."""
    every = dict.fromkeys(number.text for number in numbers)
    return tuple(text for text in every if not _MEANS_NOTHING.fullmatch(text.partition(":")[2]) and text[-1] != ":")[
        :MAX_NUMBERS
    ]
