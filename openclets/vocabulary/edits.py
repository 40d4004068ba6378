"""Field edits: is this value acceptable, and what is its one spelling.

Which value type a field's edit stands for, for wire and pages alike; the rules themselves are in the value types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Protocol

from openclets.vocabulary.checked import Checked, quoted, raised, wrong
from openclets.vocabulary.codes import check_code
from openclets.vocabulary.days import parse_day, parse_expiry, parse_moment, parse_past_day, written_day
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.fields import Edit, Field
from openclets.vocabulary.firearms import parse_gun_type
from openclets.vocabulary.identifiers import COURT_LETTERS, ori_warnings, parse_ori
from openclets.vocabulary.licences import parse_licence_number
from openclets.vocabulary.measures import parse_expiry_year, parse_height, parse_vehicle_year, parse_weight
from openclets.vocabulary.numbers import (
    parse_case_number,
    parse_fbi_number,
    parse_fcn,
    parse_fingerprint_class,
    parse_misc_number,
    parse_nic,
    parse_ssn,
    parse_telephone,
)
from openclets.vocabulary.persons import NEIGHBOUR_NAME_CHARACTERS, parse_birth_date, parse_wire_name
from openclets.vocabulary.purposes import parse_purpose
from openclets.vocabulary.sign_on import (
    parse_one_time_code,
    parse_secret,
    parse_sequence_number,
    parse_ticket,
    parse_wire_user_name,
)
from openclets.vocabulary.texts import (
    parse_code,
    parse_number,
    parse_number_text,
    parse_person_text,
    parse_search,
    parse_searched_key,
    parse_text,
)
from openclets.vocabulary.vehicles import parse_colour, parse_model, parse_plate, parse_vin

FieldEdit = Callable[[Field, str, date], Checked]

_DOUBTFUL_TOGETHER = frozenset({"LIS", "VMA", "OLS"})
"""State or make that makes another field's value unusual."""


class ValueType(Protocol):
    """How every value type is called that needs nothing but the text."""

    def __call__(self, text: str, /, *, field: str) -> Checked: ...


def canonical_value(field: Field, typed: str, *, today: date, may_compare: bool = True) -> Checked:
    """One value of `field` in its one spelling. Blanks around it and double blanks within do not count.

    `may_compare`: whether a wrong code is compared with those of its table, to name the nearest; it takes a while.
    Raises: Rejected, with the field's own number (14 when nothing was typed); a secret is never quoted in it.
    """
    value = _lines(typed) if "\n" in typed and field.edit is Edit.LONG_TEXT else " ".join(typed.split())
    if not value:
        raise wrong(field.code, "is empty", f"{field.edit}, or leave the field out", code=FaultCode.MISSING)
    exact = _EXACT.get(field.edit)
    if exact is not None:
        return exact(field, value, today)
    if field.table:
        return Checked(check_code(field.table, value, field=field.code, may_compare=may_compare))
    _check_length(field, value)
    return _OF_A_LENGTH[field.edit](field, value, today)


def doubts_together(values: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Warnings that need two fields: a plate or licence unusual in its state, a model its make does not have."""
    if _DOUBTFUL_TOGETHER.isdisjoint(values):
        return
    state, make, licence_state = (values.get(code, ("",))[0] for code in ("LIS", "VMA", "OLS"))
    if state:
        kind = values.get("LIT", ("",))[0]
        for plate in filter(None, values.get("LIC", ())):
            yield from parse_plate(plate, state=state, plate_type=kind).warnings
    if make:
        for model in filter(None, values.get("VMO", ())):
            yield from parse_model(model, make=make).warnings
    if licence_state:
        for number in filter(None, values.get("OLN", ())):
            yield from parse_licence_number(number, state=licence_state).warnings


def _by(parse: ValueType) -> FieldEdit:
    """The edit of a value type that needs neither the field's row nor the day."""
    return lambda field, value, _: parse(value, field=field.code)


def _name(field: Field, value: str, _: date) -> Checked:
    name = parse_wire_name(value, field=field.code).wire
    if len(name) <= NEIGHBOUR_NAME_CHARACTERS:
        return Checked(name)
    return Checked(
        name,
        (
            f"{field.code} has {len(name)} characters: the whole name is used here, a neighbour's file takes "
            f"{NEIGHBOUR_NAME_CHARACTERS}",
        ),
    )


def _birth_date(field: Field, value: str, today: date) -> Checked:
    return Checked(written_day(parse_birth_date(value, today=today, field=field.code)))


def _past_day(field: Field, value: str, today: date) -> Checked:
    return parse_past_day(value, today=today, field=field.code)


def _vehicle_year(field: Field, value: str, today: date) -> Checked:
    return parse_vehicle_year(value, today=today, field=field.code)


def _fcn(field: Field, value: str, _: date) -> Checked:
    return Checked(parse_fcn(value, field=field.code))


def _number(field: Field, value: str, _: date) -> Checked:
    number = parse_number(value, field=field.code)
    _check_length(field, number.value)
    return number


def _ori(field: Field, value: str, _: date) -> Checked:
    ori = parse_ori(raised(value), field=field.code)
    return Checked(ori, ori_warnings(ori, field=field.code))


def _court(field: Field, value: str, today: date) -> Checked:
    checked = _ori(field, value, today)
    if checked.value[-1] in COURT_LETTERS:
        return checked
    doubt = f"{field.code} {checked.value} does not end as a court's identifier does (D or J)"
    return Checked(checked.value, (*checked.warnings, doubt))


def _where(field: Field, value: str, today: date) -> Checked:
    if len(value) == 2 and value.isascii() and value.isalpha():
        return Checked(value.upper())
    return _ori(field, value, today)


def _choice(field: Field, value: str, _: date) -> Checked:
    code = raised(value)
    if code not in [one for one, _meaning in field.choices]:
        accepted = ", ".join(f"{one} {meaning}" for one, meaning in field.choices)
        raise wrong(field.code, f"{quoted(value)} is not a code for {field.name}", accepted, code=field.fault)
    return Checked(code)


def _colour(field: Field, value: str, _: date) -> Checked:
    return parse_colour(value, field=field.code, table=field.table)


def _extradition(field: Field, value: str, _: date) -> Checked:
    # Published replies and dispatchers write the felony codes with one digit, the code list with two.
    code = f"0{value}" if len(value) == 1 and value.isdecimal() else value
    return Checked(check_code(field.table, code, field=field.code))


def _record_number_or_none(field: Field, value: str, _: date) -> Checked:
    return Checked("NONE") if raised(value) == "NONE" else parse_nic(value, field=field.code)


def _case_number(field: Field, value: str, _: date) -> Checked:
    return parse_case_number(parse_number_text(value, field=field.code).value, field=field.code)


def _order_number(field: Field, value: str, _: date) -> Checked:
    number = parse_number_text(value, field=field.code)
    if not number.value.strip("0"):
        raise wrong(field.code, f"{quoted(value)} is zeros only", "the number on the order", code=field.fault)
    return number


def _person_text(field: Field, value: str, _: date) -> Checked:
    return parse_person_text(value, field=field.code, code=field.fault)


def _lines(typed: str) -> str:
    """Free text keeps its lines; blanks within them count once."""
    lines = [" ".join(line.split()) for line in typed.split("\n")]
    return "\n".join(line for line in lines if line)


def _check_length(field: Field, value: str) -> None:
    if field.min_length <= len(value) <= field.max_length:
        return
    shown = f"{quoted(value)} " if field.may_be_quoted else ""
    if field.min_length == field.max_length:
        accepted = f"{field.edit}: exactly {field.max_length} characters"
    else:
        accepted = f"{field.edit}: {field.min_length} to {field.max_length} characters"
    raise wrong(field.code, f"{shown}has {len(value)} characters", accepted, code=field.fault)


_EXACT: Mapping[Edit, FieldEdit] = MappingProxyType(
    {
        Edit.CHOICE: _choice,
        Edit.PURPOSE: _by(parse_purpose),
        Edit.BIRTH_DATE: _birth_date,
        Edit.PAST_DATE: _past_day,
        Edit.DATE: _by(parse_day),
        Edit.EXPIRY: _by(parse_expiry),
        Edit.MOMENT: _by(parse_moment),
        Edit.YEAR: _vehicle_year,
        Edit.YEAR_OR_NONE: _by(parse_expiry_year),
        Edit.HEIGHT: _by(parse_height),
        Edit.WEIGHT: _by(parse_weight),
        Edit.SOCIAL_SECURITY: _by(parse_ssn),
        Edit.TYPED_NUMBER: _by(parse_misc_number),
        Edit.PRINT_CLASS: _by(parse_fingerprint_class),
        Edit.BUREAU_NUMBER: _by(parse_fbi_number),
        Edit.RECORD_NUMBER: _by(parse_nic),
        Edit.RECORD_NUMBER_OR_NONE: _record_number_or_none,
        Edit.FILE_CONTROL_NUMBER: _fcn,
        Edit.NUMBER: _number,
        Edit.VIN: _by(parse_vin),
        Edit.PLATE: _by(parse_plate),
        Edit.LICENCE: _by(parse_licence_number),
        Edit.MODEL: _by(parse_model),
        Edit.COLOUR: _colour,
        Edit.GUN_TYPE: _by(parse_gun_type),
        Edit.EXTRADITION: _extradition,
        Edit.PHONE: _by(parse_telephone),
        Edit.ORI: _ori,
        Edit.COURT: _court,
        Edit.WHERE: _where,
        Edit.ONE_TIME_CODE: _by(parse_one_time_code),
    }
)
"""Edits that say more helpfully than by its length what is wrong with a value."""

_OF_A_LENGTH: Mapping[Edit, FieldEdit] = MappingProxyType(
    {
        Edit.NAME: _name,
        Edit.CODE: _by(parse_code),
        Edit.NUMBER_TEXT: _by(parse_number_text),
        Edit.CASE_NUMBER: _case_number,
        Edit.ORDER_NUMBER: _order_number,
        Edit.KEY_LIST: _by(parse_searched_key),
        Edit.SEARCH: _by(parse_search),
        Edit.TEXT: _by(parse_text),
        Edit.LONG_TEXT: _by(parse_text),
        Edit.PERSON_TEXT: _person_text,
        Edit.USER_NAME: _by(parse_wire_user_name),
        Edit.BASE64URL: _by(parse_secret),
        Edit.TICKET: _by(parse_ticket),
        Edit.SEQUENCE: _by(parse_sequence_number),
    }
)
