"""Values as they are mostly typed: in their one spelling already, with nothing odd about them.

`edits` takes any value and says what is wrong with it; that takes several steps, and of the ten values of a question
nine need none of them. What has one of these shapes is taken as it stands; all else goes the long way. The shapes leave
out more than they need to, never less: what they take, the long way gives back unchanged and without a warning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from openclets.vocabulary.codes import code_table
from openclets.vocabulary.fields import Edit, Field
from openclets.vocabulary.persons import NEIGHBOUR_NAME_CHARACTERS
from openclets.vocabulary.purposes import PURPOSES

_NAME = rf"(?=.{{1,{NEIGHBOUR_NAME_CHARACTERS}}}\Z)[A-Z]+(?:[ '-][A-Z]+)*(?:,[A-Z]+(?:[ '-][A-Z]+)*)?"
_LETTERS_AND_DIGITS = r"[A-Z0-9]+"
_NUMBER_IN_PARTS = r"[A-Z1-9][A-Z0-9]*(?:[ #&()+:_-][A-Z0-9]+)*"
_NOT_LIKE_SOCIAL_SECURITY = r"(?![0-9]{3}[ -]|[0-9]{5}-)"

USUAL_SHAPES: Mapping[Edit, str] = MappingProxyType(
    {
        Edit.NAME: _NAME,
        Edit.PERSON_TEXT: r"[A-Z0-9]+(?:[ '#-][A-Z0-9]+)*",
        Edit.SOCIAL_SECURITY: r"(?!000|666|9)[0-9]{3}(?!00)[0-9]{2}(?!0000)[0-9]{4}",
        Edit.BUREAU_NUMBER: r"[A-Z0]*[1-9][A-Z0-9]*",
        Edit.LICENCE: _LETTERS_AND_DIGITS,
        Edit.PLATE: _LETTERS_AND_DIGITS,
        Edit.NUMBER: _LETTERS_AND_DIGITS,
        Edit.NUMBER_TEXT: _NUMBER_IN_PARTS,
        Edit.ORDER_NUMBER: _NUMBER_IN_PARTS,
        Edit.CASE_NUMBER: _NOT_LIKE_SOCIAL_SECURITY + _NUMBER_IN_PARTS,
        Edit.FILE_CONTROL_NUMBER: r"[0-9]+",
        Edit.HEIGHT: r"[4-7](?:0[0-9]|1[01])",
        Edit.WEIGHT: r"0[5-9][0-9]|[1-4][0-9]{2}",
        Edit.PURPOSE: "|".join(row.code for row in PURPOSES if row.is_taken),
    }
)
"""The shape of a usual value of each kind, besides the field's own length. Kinds that need today's date, another field
or a table of their own have none."""

_TAKES: Mapping[Edit, Callable[[str], object]] = MappingProxyType(
    {edit: re.compile(shape).fullmatch for edit, shape in USUAL_SHAPES.items()}
)


def is_usual(field: Field, typed: str) -> bool:
    """Whether what was typed is the value itself: right, in its one spelling, nothing to warn of. False: unknown."""
    if field.edit is Edit.TABLE:
        return typed in code_table(field.table).meanings
    takes = _TAKES.get(field.edit)
    return takes is not None and field.min_length <= len(typed) <= field.max_length and takes(typed) is not None
