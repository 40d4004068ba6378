"""Vehicles as typed: identification numbers, plates, models and colours. Only what a source gives is rejected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from openclets.vocabulary.checked import OWN, Checked, plain_capitals, quoted, wrong
from openclets.vocabulary.codes import check_code, code_table
from openclets.vocabulary.faults import FaultCode

VIN_CHARACTERS = 17
MAX_VIN_CHARACTERS = 20
"""Source: NCIC VIN, 1 to 20; 17 since 1981 (49 CFR 565)."""

MAX_PLATE_CHARACTERS = 10
"""Source: NCIC LIC, 1 to 10."""

_VIN_VALUES: Mapping[str, int] = MappingProxyType(
    {
        **{digit: int(digit) for digit in "0123456789"},
        **dict(zip("ABCDEFGH", range(1, 9), strict=True)),
        **dict(zip("JKLMN", range(1, 6), strict=True)),
        "P": 7,
        "R": 9,
        **dict(zip("STUVWXYZ", range(2, 10), strict=True)),
    }
)
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
"""Source: 49 CFR 565.15(c): values of letters, weights of places, remainder of eleven."""

_CHECK_PLACE = 8
_VIN = re.compile(r"[A-Z0-9]{1,20}")
_PLATE = re.compile(r"[A-Z0-9]{1,10}")

_CALIFORNIAN_CAR_PLATE = re.compile(r"[0-9][A-Z]{3}[0-9]{3}|[0-9]{3}[A-Z]{3}|[A-Z]{3}[0-9]{3}")
_CALIFORNIAN_PLATE_CHARACTERS = 7
"""General knowledge, so what differs is a warning: 1ABC234 since 1980, 123ABC and ABC123 before."""


def parse_vin(text: str, *, field: str = "VIN") -> Checked:
    """A vehicle identification number, without blanks and hyphens. What is odd about one of 17 characters is a
    warning, never a rejection: the number on a vehicle may itself be wrong. Raises: Rejected (14, 32)."""
    accepted = f"1 to {MAX_VIN_CHARACTERS} letters and digits"
    value = plain_capitals(text, field=field, accepted=accepted).replace(" ", "").replace("-", "")
    if not _VIN.fullmatch(value):
        raise wrong(field, f"{quoted(value)} is not a vehicle identification number", accepted)
    if len(value) != VIN_CHARACTERS:
        return Checked(value, (f"{field} has {len(value)} characters; {VIN_CHARACTERS} since 1981",))
    unused = sorted(set(value) & set("IOQ"))
    if unused:
        return Checked(value, (f"{field} has {' and '.join(unused)}: I, O and Q are not used, perhaps it is 1 or 0",))
    if value[_CHECK_PLACE] != vin_check_digit(value):
        return Checked(
            value,
            (
                f"{field}: the check digit in place 9 is {value[_CHECK_PLACE]}, it should be {vin_check_digit(value)}: "
                "mistyped, or not built for North America",
            ),
        )
    return Checked(value)


def vin_check_digit(vin: str) -> str:
    """What place 9 of a number of 17 characters without I, O and Q should be: 0 to 9, or X for ten."""
    total = sum(_VIN_VALUES[character] * weight for character, weight in zip(vin, _VIN_WEIGHTS, strict=True))
    return "X" if total % 11 == 10 else str(total % 11)


def parse_plate(text: str, *, state: str = "", plate_type: str = "", field: str = "LIC") -> Checked:
    """A license plate, without blanks and hyphens. `state` and `plate_type` are codes of PLACE and LIT where known; no
    published source gives a state's form, so one that is unusual there is a warning. Raises: Rejected (14, 32)."""
    accepted = f"1 to {MAX_PLATE_CHARACTERS} letters and digits"
    value = re.sub(r"[ .-]", "", plain_capitals(text, field=field, accepted=accepted))
    if not _PLATE.fullmatch(value):
        raise wrong(field, f"{quoted(value)} is not a license plate", accepted)
    if state == "CA" and len(value) > _CALIFORNIAN_PLATE_CHARACTERS:
        return Checked(value, (f"{field}: Californian plates have at most 7 characters ({OWN})",))
    if state == "CA" and plate_type == "PC" and not _CALIFORNIAN_CAR_PLATE.fullmatch(value):
        return Checked(value, (f"{field}: {value} is not of the form of a Californian car's plate, 1ABC234 ({OWN})",))
    return Checked(value)


def models_of(make: str) -> Mapping[str, str]:
    """The models of a make, code to name; empty for makes that have none of their own."""
    return _models().get(make, MappingProxyType({}))


def parse_model(text: str, *, make: str = "", field: str = "VMO") -> Checked:
    """A model code, as such or as `MAKE-MODEL`, canonical without the make. A code the list lacks for that make is a
    warning: models are newer than lists. Raises: Rejected (14, 32)."""
    accepted = f"2 or 3 letters or digits, a code of table VMO for make {make or '-'} or of table VMOUSE"
    value = plain_capitals(text, field=field, accepted=accepted)
    given_make, _, model = value.rpartition("-")
    if not re.fullmatch(r"[A-Z0-9]{2,3}", model) or (given_make and make and given_make != make):
        raise wrong(field, f"{quoted(value)} is not a model code", accepted)
    of_make = models_of(make or given_make)
    if model in of_make or model in code_table("VMOUSE").meanings or not (make or given_make):
        return Checked(model)
    return Checked(model, (f"{field}: {model} is not on the list for make {make or given_make}",))


def parse_colour(text: str, *, field: str = "VCO", table: str = "VCO") -> Checked:
    """A vehicle's colour, or with table BCO a boat's: a code, two codes with a slash, upper part first, or `MUL/COL`.

    Raises: Rejected (14, 31). Source: tables VCO and BCO; two codes: general knowledge.
    """
    value = plain_capitals(text, field=field, accepted=f"a code of table {table}").replace(" ", "")
    if value in code_table(table).meanings:
        return Checked(value)
    parts = value.split("/")
    if len(parts) > 2 or "MUL" in parts:
        raise wrong(
            field,
            f"{quoted(value)} is not a colour",
            "a code, two codes as in WHI/BLU, or MUL/COL",
            code=FaultCode.CODE,
        )
    for part in parts:
        check_code(table, part, field=field)
    return Checked(value if len(set(parts)) > 1 else parts[0])


@cache
def _models() -> Mapping[str, Mapping[str, str]]:
    models: dict[str, dict[str, str]] = {}
    for code, name in code_table("VMO").meanings.items():
        make, _, model = code.partition("-")
        models.setdefault(make, {})[model] = name
    return models
