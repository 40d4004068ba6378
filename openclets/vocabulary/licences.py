"""Driver licence numbers as typed. No published source gives the states' forms, so an unusual one is a warning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from openclets.vocabulary.checked import OWN, Checked, plain_capitals, quoted, wrong

MAX_LICENCE_CHARACTERS = 20
"""Source: NCIC OLN, 1 to 20 letters and digits."""

USUAL_FORMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "AZ": ("A99999999", "999999999"),
        "CA": ("A9999999",),
        "CO": ("999999999",),
        "FL": ("A999999999999",),
        "IL": ("A99999999999",),
        "MD": ("A999999999999",),
        "MI": ("A999999999999",),
        "MN": ("A999999999999",),
        "NJ": ("A99999999999999",),
        "PA": ("99999999",),
        "TX": ("99999999",),
        "WI": ("A9999999999999",),
    }
)
"""A for a letter, 9 for a digit. General knowledge, own decision: other states are not looked at."""

_NUMBER = re.compile(r"[A-Z0-9*]{1,20}")


def parse_licence_number(text: str, *, state: str = "", field: str = "OLN") -> Checked:
    """A driver licence or identification card number, without blanks and hyphens. `state` is a code of PLACE.

    Raises: Rejected (14, 32).
    """
    accepted = f"1 to {MAX_LICENCE_CHARACTERS} letters and digits"
    value = plain_capitals(text, field=field, accepted=accepted).replace(" ", "").replace("-", "")
    if not _NUMBER.fullmatch(value):
        raise wrong(field, f"{quoted(value)} is not a licence number", accepted)
    if "*" in value:
        return Checked(value, (f"{field} has an asterisk: a neighbour's file takes letters and digits only",))
    forms = USUAL_FORMS.get(state, ())
    if forms and _form_of(value) not in forms:
        return Checked(value, (f"{field}: {quoted(value)} is unusual in {state}: {' or '.join(forms)} ({OWN})",))
    return Checked(value)


def _form_of(value: str) -> str:
    return re.sub(r"[A-Z]", "A", re.sub(r"[0-9]", "9", value))
