"""Identifiers that travel between rooms, each a type of its own so that one cannot stand in for another."""

from __future__ import annotations

import re
from typing import NewType

from openclets.vocabulary.errors import Fault, Rejected

Ori = NewType("Ori", str)
"""Agency identifier: nine characters, state letters first. Source: NIEM ORI element; structure in docs/protocol.md."""

Mnemonic = NewType("Mnemonic", str)
"""Device name on the switch: 2 to 10 capitals and digits, a letter first. Own decision: no source gives a length."""

UserName = NewType("UserName", str)
"""Sign-in name of one person: 2 to 30 small letters, digits, dots or hyphens, a letter first. Own decision."""

RecordNumber = NewType("RecordNumber", str)
"""Number of a record in one of the files; for a protective order its FCN (13 digits)."""

ORI_SHAPE = re.compile(r"[A-Z]{2}[A-Z0-9]{7}")
MNEMONIC_SHAPE = re.compile(r"[A-Z][A-Z0-9]{1,9}")
USER_NAME_SHAPE = re.compile(r"[a-z][a-z0-9.-]{1,29}")


def parse_ori(text: str) -> Ori:
    """The ORI in `text`, by structure only: whether such an agency exists is asked of the agencies.

    Raises: Rejected (code 19).
    """
    if not ORI_SHAPE.fullmatch(text):
        raise Rejected(
            Fault(
                "19",
                "ORI",
                f"'{text[:20]}' is not an agency identifier",
                "two letters and seven letters or digits, such as CA0990100",
            )
        )
    return Ori(text)


def parse_mnemonic(text: str) -> Mnemonic:
    """Raises: Rejected (code 01)."""
    if not MNEMONIC_SHAPE.fullmatch(text):
        raise Rejected(
            Fault("01", "DEV", f"'{text[:20]}' is not a device mnemonic", "2 to 10 capitals or digits, a letter first")
        )
    return Mnemonic(text)


def parse_user_name(text: str) -> UserName:
    """Raises: Rejected (code 30)."""
    if not USER_NAME_SHAPE.fullmatch(text):
        raise Rejected(
            Fault("30", "USR", f"'{text[:30]}' is not a sign-in name", "2 to 30 small letters, digits, dots or hyphens")
        )
    return UserName(text)
