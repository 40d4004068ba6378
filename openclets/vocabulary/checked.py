"""What checking a typed value gives when it is not rejected: its one spelling, and what is odd about it."""

from __future__ import annotations

from typing import NamedTuple

from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode

OWN = "own decision"
"""Stands in a warning that no published source supports."""

_QUOTED_CHARACTERS = 20


class Checked(NamedTuple):
    """`value` in its one spelling: checking it again changes nothing. `warnings` never stop a message.

    A tuple, because ten of them are made for one question and a frozen class takes twice as long.
    """

    value: str
    warnings: tuple[str, ...] = ()


def plain_capitals(text: str, *, field: str, accepted: str, is_private: bool = False) -> str:
    """What was typed in capitals, with single blanks. `is_private`: never quoted in the rejection.

    Raises: Rejected (14 for nothing, 32 for what is not plain text); letters beyond the 26 are not turned into them,
    because a number must not be reached that way."""
    if text.isalnum() and text.isascii():
        # Most numbers are typed so.
        return text.upper()
    value = " ".join(text.split())
    if not value:
        raise wrong(field, "is empty", accepted, code=FaultCode.MISSING)
    if not (value.isascii() and value.isprintable()):
        shown = "" if is_private or not value.isprintable() else f"{quoted(value)} "
        raise wrong(field, f"{shown}has a character that is not taken", accepted)
    return value.upper()


def raised(text: str) -> str:
    """Capitals for ASCII only: some other letters turn into ASCII ones, and a code must not be reached that way."""
    return text.upper() if text.isascii() else text


def wrong(field: str, text: str, accepted: str, *, code: FaultCode = FaultCode.VALUE) -> Rejected:
    """A rejection with one fault."""
    return Rejected(Fault(code, field, text, accepted))


def quoted(value: str) -> str:
    """The beginning of a value in quotes, for a fault's text."""
    return f"'{value[:_QUOTED_CHARACTERS]}'"
