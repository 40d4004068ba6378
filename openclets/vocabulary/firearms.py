"""Guns as typed: the two characters of a type, and what they mean together."""

from __future__ import annotations

from openclets.vocabulary.checked import Checked, plain_capitals, quoted, wrong
from openclets.vocabulary.codes import code_table
from openclets.vocabulary.faults import FaultCode


def parse_gun_type(text: str, *, field: str = "TYP") -> Checked:
    """A gun type: a character of table GTYP, alone or with one of GTYP2: `PI`. Raises: Rejected (14, 31)."""
    accepted = "a code of table GTYP, perhaps with one of GTYP2, such as PI (pistol, semiautomatic)"
    value = plain_capitals(text, field=field, accepted=accepted)
    first, second = value[:1], value[1:]
    if first not in code_table("GTYP").meanings or (second and second not in code_table("GTYP2").meanings):
        raise wrong(field, f"{quoted(value)} is not a gun type", accepted, code=FaultCode.CODE)
    return Checked(value)


def gun_type_in_words(code: str) -> str:
    """`PI` as `pistol, semiautomatic`. The code is one that `parse_gun_type` gave."""
    first = code_table("GTYP").meanings[code[0]]
    return f"{first}, {code_table('GTYP2').meanings[code[1]]}" if len(code) > 1 else first
