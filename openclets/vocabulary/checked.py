"""What checking a typed value gives when it is not rejected: its one spelling, and what is odd about it."""

from __future__ import annotations

from dataclasses import dataclass

from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode

OWN = "own decision"
"""Stands in a warning that no published source supports."""

_QUOTED_CHARACTERS = 20


@dataclass(frozen=True, slots=True)
class Checked:
    """`value` in its one spelling: checking it again changes nothing. `warnings` never stop a message."""

    value: str
    warnings: tuple[str, ...] = ()


def plain_capitals(text: str, *, field: str, accepted: str) -> str:
    """What was typed in capitals, with single blanks. Raises: Rejected (14 for nothing, 32 for what is not plain
    text); letters beyond the 26 are not turned into them, because a number must not be reached that way."""
    value = " ".join(text.split())
    if not value:
        raise Rejected(Fault(FaultCode.MISSING, field, "is empty", accepted))
    if not (value.isascii() and value.isprintable()):
        raise wrong(field, "has a character that is not taken", accepted)
    return value.upper()


def wrong(field: str, text: str, accepted: str, *, code: FaultCode = FaultCode.VALUE) -> Rejected:
    """A rejection with one fault."""
    return Rejected(Fault(code, field, text, accepted))


def quoted(value: str) -> str:
    """The beginning of a value in quotes, safe to print."""
    return f"'{value[:_QUOTED_CHARACTERS]}'"
