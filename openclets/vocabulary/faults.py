"""The numbers printed with an `ER` reply and the status numbers of an `SM` reply, each with meaning and source.

Numbers that Nlets publishes keep their meaning here. From 30 on they are our own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

_NLETS = "Nlets error messages"
_NLETS_STATUS = "Nlets status messages"
_OWN = "own decision"


class FaultCode(StrEnum):
    """What can be wrong with something sent. Values are printed and stable."""

    FORMAT = "00"
    HEADER = "01"
    KEY = "02"
    NO_MARKER = "03"
    BIRTH_DATE = "05"
    NAME = "06"
    MISSING = "14"
    ATTENTION = "16"
    ORI = "19"
    FIELD_SET = "22"
    SIGN_ON = "30"
    CODE = "31"
    VALUE = "32"
    TWICE = "33"
    UNKNOWN_FIELD = "34"
    TOO_MANY = "35"
    TOO_LONG = "36"
    CHARACTERS = "37"
    FRAME = "38"
    SESSION = "39"
    NOT_THERE = "40"


class StatusCode(StrEnum):
    """What an `SM` reply says of a part or a neighbour. Values are printed and stable."""

    WILL_FOLLOW = "02"
    NOT_FORWARDED = "04"


@dataclass(frozen=True, slots=True)
class NumberMeaning:
    meaning: str
    source: str


FAULT_MEANINGS: Mapping[FaultCode, NumberMeaning] = MappingProxyType(
    {
        FaultCode.FORMAT: NumberMeaning("the text cannot be read as a message or reply at all", f"{_NLETS} (0)"),
        FaultCode.HEADER: NumberMeaning(
            "something in the header is wrong: control field, order of its parts", f"{_NLETS} (.01)"
        ),
        FaultCode.KEY: NumberMeaning(
            "no such message key, or the switch does not take it from a terminal", f"{_NLETS} (.02)"
        ),
        FaultCode.NO_MARKER: NumberMeaning("the header line does not end with .TXT", f"{_NLETS} (.03)"),
        FaultCode.BIRTH_DATE: NumberMeaning("not a birth date", f"{_NLETS} (.05)"),
        FaultCode.NAME: NumberMeaning(
            "not a name; Nlets prints this number for one member's formats", f"{_OWN}, after {_NLETS} (.06)"
        ),
        FaultCode.MISSING: NumberMeaning("a required field is missing or empty", f"{_NLETS} (.14)"),
        FaultCode.ATTENTION: NumberMeaning("the attention field does not name one person", f"{_NLETS} (.16)"),
        FaultCode.ORI: NumberMeaning("an agency identifier or a destination is wrong", f"{_NLETS} (.19)"),
        FaultCode.FIELD_SET: NumberMeaning(
            "these fields do not go together; the sets that do are named", f"{_NLETS} (.22)"
        ),
        FaultCode.SIGN_ON: NumberMeaning(
            "a sign-on field is malformed; right or wrong is answered by RF, never here", _OWN
        ),
        FaultCode.CODE: NumberMeaning("not a code of the field's table", _OWN),
        FaultCode.VALUE: NumberMeaning("the value has the wrong length or characters", _OWN),
        FaultCode.TWICE: NumberMeaning("a field that is taken once was sent more than once", _OWN),
        FaultCode.UNKNOWN_FIELD: NumberMeaning("no such field, or this key does not take it", _OWN),
        FaultCode.TOO_MANY: NumberMeaning("more values or fields than are taken", _OWN),
        FaultCode.TOO_LONG: NumberMeaning("the message or frame is larger than is taken", _OWN),
        FaultCode.CHARACTERS: NumberMeaning("the bytes are not text", _OWN),
        FaultCode.FRAME: NumberMeaning("the frame is broken", _OWN),
        FaultCode.SESSION: NumberMeaning(
            "the message does not fit the session's state, such as a question before sign-on", _OWN
        ),
        FaultCode.NOT_THERE: NumberMeaning("the record named does not exist", _OWN),
    }
)

STATUS_MEANINGS: Mapping[StatusCode, NumberMeaning] = MappingProxyType(
    {
        StatusCode.WILL_FOLLOW: NumberMeaning(
            "out of service; the message is kept and its answer will follow", f"{_NLETS_STATUS} (.02)"
        ),
        StatusCode.NOT_FORWARDED: NumberMeaning("out of service; nothing is kept, ask again", f"{_NLETS_STATUS} (.04)"),
    }
)
