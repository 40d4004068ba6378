"""Identifiers that travel between rooms, each a type of its own so that one cannot stand in for another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NewType

from openclets.vocabulary.checked import quoted, wrong
from openclets.vocabulary.codes import code_table
from openclets.vocabulary.faults import FaultCode

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


def parse_ori(text: str, *, field: str = "ORI") -> Ori:
    """The ORI in `text`, by structure only: whether such an agency exists is asked of the agencies.

    Raises: Rejected (code 19).
    """
    if not ORI_SHAPE.fullmatch(text):
        accepted = "two letters and seven letters or digits, such as CA0990100"
        raise wrong(field, f"{quoted(text)} is not an agency identifier", accepted, code=FaultCode.ORI)
    return Ori(text)


@dataclass(frozen=True, slots=True)
class OriParts:
    """What an ORI says by its structure, codes beside words; '' where it does not say. `county` is three digits.

    `kind` is the letter at its end, of table ORITYPE, '' for the police; `level` the government, of ORILEVEL.
    """

    state: str
    state_name: str
    county: str
    county_name: str
    level: str
    level_name: str
    kind: str
    kind_name: str

    @property
    def is_court(self) -> bool:
        return self.kind in COURT_LETTERS


COURT_LETTERS = frozenset({"D", "J"})
"""Courts and magistrates, and civil courts in domestic violence cases. Source: NCIC table of ORI agency types."""


def ori_parts(ori: Ori) -> OriParts:
    """The parts of an ORI. Two letters of the state, three digits of the county, two of the agency, then two digits for
    the police, or the digit of a level and the letter of a kind. Source: NCIC code tables for letters and levels; the
    places: general knowledge, borne out by the Californian agency list, where police may end in X."""
    state, county, level, kind = ori[:2], ori[2:5], ori[7], ori[8]
    kinds, levels = code_table("ORITYPE").meanings, code_table("ORILEVEL").meanings
    has_kind = kind in kinds
    counties = code_table("COUNTY").meanings if state == "CA" else {}
    return OriParts(
        state=state,
        state_name=code_table("PLACE").meanings.get(state, ""),
        county=county if county.isdigit() else "",
        county_name=counties.get(county, ""),
        level=level if has_kind and level in levels else "",
        level_name=levels.get(level, "") if has_kind else "",
        kind=kind if has_kind else "",
        kind_name=kinds[kind] if has_kind else "law enforcement",
    )


def ori_warnings(ori: Ori, *, field: str = "ORI") -> tuple[str, ...]:
    """What is odd about an ORI's structure: no such state, no such Californian county, a letter that is no kind."""
    parts = ori_parts(ori)
    warnings = []
    if not parts.state_name:
        warnings.append(f"{field}: {parts.state} is not a state")
    if parts.state == "CA" and parts.county and not parts.county_name:
        warnings.append(f"{field}: California has no county {parts.county}")
    if not parts.kind and not (ori[8].isdigit() or ori[8] == "X"):
        warnings.append(f"{field}: {ori[8]} is not a kind of agency")
    return tuple(warnings)


def parse_mnemonic(text: str) -> Mnemonic:
    """Raises: Rejected (code 01)."""
    if not MNEMONIC_SHAPE.fullmatch(text):
        accepted = "2 to 10 capitals or digits, a letter first"
        raise wrong("DEV", f"{quoted(text)} is not a device mnemonic", accepted, code=FaultCode.HEADER)
    return Mnemonic(text)


def parse_user_name(text: str, *, field: str = "USR") -> UserName:
    """Raises: Rejected (code 30)."""
    if not USER_NAME_SHAPE.fullmatch(text):
        accepted = "2 to 30 small letters, digits, dots or hyphens"
        raise wrong(field, f"{quoted(text)} is not a sign-in name", accepted, code=FaultCode.SIGN_ON)
    return UserName(text)
