"""The one table of purposes: which kind of agency may give which purpose for what, and when it takes a case number.

What is not in the table is refused. Letters and their meanings are the vocabulary's; the keys that cannot do without a
purpose are the catalogue's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from openclets.agencies.permissions import Right
from openclets.vocabulary.messages import MESSAGE_KEYS, Need


@dataclass(frozen=True, slots=True)
class PurposeRule:
    """Kinds of agency (as stored) that may give `purpose` for `rights`; `needs_case`: not without a case number."""

    rights: frozenset[Right]
    purpose: str
    kinds: frozenset[str]
    needs_case: bool
    source: str


_POLICE = frozenset({"law_enforcement", "tribal_police"})
_JUSTICE = _POLICE | {"criminal_justice"}
_COURTS = frozenset({"court", "tribal_court"})
_STATUTE = frozenset({"other"})

_HISTORY = frozenset({Right.ASK_HISTORY})
_DRIVER = frozenset({Right.ASK_DRIVER})
_HOT_FILES = frozenset({Right.ASK_PERSON, Right.ASK_ORDERS, Right.ASK_VEHICLE, Right.ASK_PROPERTY})
_ANY = _HISTORY | _DRIVER | _HOT_FILES

_REASON = (
    "CJIS Security Policy 4.2.5.1: a reason for each history inquiry on demand; a case number as that: own decision"
)
_OFFICIAL = "CJIS Security Policy 4.2.2, 4.2.3: these files serve any authorized purpose; for whom which: own decision"
_DOMESTIC = (
    "28 U.S.C. 534(f); NIEM RapSheetPurposeCode D: courts, in domestic violence or stalking cases; the case's number as"
    " proof of one: own decision"
)
_STATUTORY = "Pen. Code 11105(b), (c): agencies that a statute names; for whom which letter: own decision"
_JUSTICE_STAFF = "NIEM RapSheetPurposeCode J: employment in criminal justice; for whom: own decision"
_FIREARMS = "NIEM RapSheetPurposeCode F: permits and return of weapons; for whom: own decision"

PURPOSE_RULES: Final[tuple[PurposeRule, ...]] = (
    PurposeRule(_HISTORY, "C", _JUSTICE | _COURTS, True, f"Pen. Code 11105(b); {_REASON}"),
    PurposeRule(_DRIVER | _HOT_FILES, "C", _JUSTICE | _COURTS, False, _OFFICIAL),
    PurposeRule(_ANY, "D", _COURTS, True, _DOMESTIC),
    PurposeRule(_ANY, "F", _JUSTICE, True, _FIREARMS),
    PurposeRule(_ANY, "J", _JUSTICE, False, _JUSTICE_STAFF),
    PurposeRule(_ANY, "S", _POLICE, True, "NIEM RapSheetPurposeCode S; for whom, and with a case: own decision"),
    PurposeRule(_HISTORY | _DRIVER, "E", _STATUTE, False, _STATUTORY),
    PurposeRule(_HISTORY, "H", _STATUTE, False, _STATUTORY),
    PurposeRule(_HISTORY, "I", _STATUTE, False, _STATUTORY),
    PurposeRule(_HISTORY | _HOT_FILES, "X", _STATUTE | {"criminal_justice"}, True, _STATUTORY),
    PurposeRule(
        _HOT_FILES, "A", _JUSTICE, False, "NIEM RapSheetPurposeCode A: upkeep of files; for whom: own decision"
    ),
)
"""V (visa) and R (the national bureau) are nobody's here."""

RULE_OF: Final[Mapping[tuple[Right, str], PurposeRule]] = MappingProxyType(
    {(right, row.purpose): row for row in PURPOSE_RULES for right in row.rights}
)

NEEDS_PURPOSE: Final = frozenset(
    row.key for row in MESSAGE_KEYS for use in row.fields if use.code == "PUR" and use.need is Need.MANDATORY
)
"""Keys that are not answered without a purpose."""
