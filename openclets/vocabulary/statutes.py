"""Sections of law as typed and as rap sheets print them: `273.6 PC`, `FAM 6320`, `11357(A) HS`."""

from __future__ import annotations

import re

from openclets.vocabulary.checked import OWN, Checked, plain_capitals, quoted, wrong
from openclets.vocabulary.codes import code_table

_SECTION = r"([0-9]{1,6}(?:\.[0-9]{1,3})?[A-Z]?(?:\([A-Z0-9]{1,4}\))*)"
_SECTION_FIRST = re.compile(rf"{_SECTION} ?([A-Z]{{2,3}})")
_CODE_FIRST = re.compile(rf"([A-Z]{{2,3}}) ?{_SECTION}")

_LONGER_NAMES = {"FAM": "Family Code", "CCP": "Code of Civil Procedure", "WIC": "Welfare and Institutions Code"}
"""How orders cite these codes; rap sheets have two letters. Source: titles of the codes."""


def parse_section(text: str, *, field: str = "SEC") -> Checked:
    """A section and its code, in the order of rap sheets: `273.6 PC`. A code nobody lists is a warning.

    Raises: Rejected (14, 32).
    """
    accepted = "a section and the letters of a code, such as 273.6 PC or FAM 6320"
    value = plain_capitals(text, field=field, accepted=accepted).replace(" (", "(")
    if value in code_table("SECTION").meanings:
        return Checked(value)
    match = _SECTION_FIRST.fullmatch(value)
    section, code = match.groups() if match else ("", "")
    if not match:
        match = _CODE_FIRST.fullmatch(value)
        if not match:
            raise wrong(field, f"{quoted(value)} is not a section of law", accepted)
        code, section = match.groups()
    canonical = f"{section} {code}"
    if not name_of_code(code):
        return Checked(canonical, (f"{field}: {code} is not a code on the list ({OWN})",))
    return Checked(canonical)


def section_in_words(section: str) -> str:
    """What a section that `parse_section` gave is about, where table SECTION has it; otherwise its code's name."""
    return code_table("SECTION").meanings.get(section, "") or name_of_code(section.rpartition(" ")[2])


def name_of_code(code: str) -> str:
    """`PC` as `Penal Code`; '' for letters nobody lists."""
    return code_table("STATUTE").meanings.get(code, "") or _LONGER_NAMES.get(code, "")
