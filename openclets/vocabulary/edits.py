"""Field edits: is this value acceptable, and what is its one spelling. One function per kind, for wire and pages."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from openclets.vocabulary.checked import Checked
from openclets.vocabulary.codes import code_table, nearest
from openclets.vocabulary.cross_edits import NO_EXPIRY
from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.fields import Edit, Field
from openclets.vocabulary.firearms import parse_gun_type
from openclets.vocabulary.identifiers import ORI_SHAPE, parse_user_name
from openclets.vocabulary.licences import parse_licence_number
from openclets.vocabulary.measures import parse_expiry_year, parse_height, parse_vehicle_year, parse_weight
from openclets.vocabulary.numbers import (
    parse_fbi_number,
    parse_fingerprint_class,
    parse_misc_number,
    parse_nic,
    parse_ssn,
)
from openclets.vocabulary.persons import parse_birth_date, parse_wire_name
from openclets.vocabulary.purposes import PURPOSE_BY_CODE, PURPOSES
from openclets.vocabulary.vehicles import parse_colour, parse_model, parse_plate, parse_vin

WIRE_NAME_CHARACTERS = 30
"""Longest name a neighbour takes. Source: Nlets NAM. Own decision: the whole name is kept and searched here."""

SEQUENCE_DIGITS = 7
"""How sequence numbers are written, at least. Source: the wire's fixed reply layout."""

_NUMBER_TEXT = re.compile(r"[A-Z0-9][A-Z0-9 #&()+:_-]*")
_BASE64URL = re.compile(r"[A-Za-z0-9_-]+")
_DIGITS = re.compile(r"[0-9]+")
MAX_LISTED_CODES = 12
"""Tables up to this size are named whole in a rejection. Own decision."""

_PLAIN_PERSON = re.compile(r"[A-Z0-9 ,'#-]+")
_QUOTED_CHARACTERS = 20
_DAY = re.compile(r"[0-9]{8}")
_TIME = re.compile(r"(?:[01][0-9]|2[0-3])[0-5][0-9]")
_NUMBER = re.compile(r"[A-Z0-9]+")
_TEN_DIGITS = re.compile(r"[0-9]{10}")
_NOT_DIALLED = re.compile(r"[ ()+-]")
_SEARCHED_KEY = re.compile(r"[A-Z][A-Z0-9-]{0,5}")
_CODE_SHAPE = re.compile(r"[A-Z0-9][A-Z0-9 -]*")


_SPEAK_FOR_THEMSELVES = frozenset(
    {
        Edit.TABLE,
        Edit.CHOICE,
        Edit.PURPOSE,
        Edit.COLOUR,
        Edit.BIRTH_DATE,
        Edit.PAST_DATE,
        Edit.DATE,
        Edit.EXPIRY,
        Edit.MOMENT,
        Edit.YEAR,
        Edit.YEAR_OR_NONE,
        Edit.HEIGHT,
        Edit.WEIGHT,
        Edit.SOCIAL_SECURITY,
        Edit.RECORD_NUMBER,
        Edit.RECORD_NUMBER_OR_NONE,
        Edit.ORI,
        Edit.COURT,
        Edit.TYPED_NUMBER,
        Edit.PRINT_CLASS,
        Edit.VIN,
        Edit.PLATE,
        Edit.LICENCE,
        Edit.MODEL,
        Edit.BUREAU_NUMBER,
        Edit.GUN_TYPE,
        Edit.EXTRADITION,
        Edit.PHONE,
    }
)
"""Edits that say more helpfully than by its length what is wrong with a value."""


class Edited(NamedTuple):
    """A value in its one spelling, and a warning that does not stop the message ('' for none).

    A tuple, because ten of them are made for one question and a frozen class takes twice as long.
    """

    value: str
    warning: str = ""


def canonical_value(field: Field, typed: str, *, today: date, may_compare: bool = True) -> Edited:
    """One value of `field` in its one spelling. Blanks around it and double blanks within do not count.

    `may_compare`: whether a wrong code is compared with those of its table, to name the nearest; it takes a while.
    Raises: Rejected, with the field's own number (14 when nothing was typed); a secret is never quoted in it.
    """
    edit = field.edit
    value = _lines(typed) if edit is Edit.LONG_TEXT else " ".join(typed.split())
    if not value:
        raise _wrong(field, FaultCode.MISSING, "is empty", f"{edit}, or leave the field out")
    if not field.min_length <= len(value) <= field.max_length and edit not in _SPEAK_FOR_THEMSELVES:
        raise _wrong(field, field.fault, f"has {len(value)} characters", _accepted_length(field))
    if edit is Edit.TABLE:
        return _table(field, value, may_compare=may_compare)
    return _EDITS[edit](field, value, today)


def doubts_together(values: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Warnings that need two fields: a plate or licence unusual in its state, a model its make does not have."""
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


def _edited(checked: Checked) -> Edited:
    return Edited(checked.value, "; ".join(checked.warnings))


def _lines(typed: str) -> str:
    """Free text keeps its lines; blanks within them count once."""
    lines = [" ".join(line.split()) for line in typed.split("\n")]
    return "\n".join(line for line in lines if line)


def _name(field: Field, value: str, _: date) -> Edited:
    name = parse_wire_name(value, field=field.code).wire
    if len(name) > WIRE_NAME_CHARACTERS:
        return Edited(
            name,
            f"{field.code} has {len(name)} characters: the whole name is used here, a neighbour's file takes "
            f"{WIRE_NAME_CHARACTERS}",
        )
    return Edited(name)


def _birth_date(field: Field, value: str, today: date) -> Edited:
    return Edited(_written(parse_birth_date(value, today=today, field=field.code)))


def _day(field: Field, value: str, _: date) -> Edited:
    return Edited(_written(_read_day(field, value)))


def _past_day(field: Field, value: str, today: date) -> Edited:
    day = _read_day(field, value)
    if day > today:
        raise _wrong(field, field.fault, f"{_quoted(value)} has not come yet", "a day as CCYYMMDD, not after today")
    return Edited(_written(day))


def _expiry(field: Field, value: str, today: date) -> Edited:
    if _upper(value) == NO_EXPIRY:
        return Edited(NO_EXPIRY)
    return _day(field, value, today)


def _moment(field: Field, value: str, today: date) -> Edited:
    day, at, time = value.partition("@")
    written = _day(field, day, today).value
    if not at:
        return Edited(written)
    if not _TIME.fullmatch(time):
        raise _wrong(field, field.fault, f"'{_quoted(time)}' is no time", "CCYYMMDD@HHMM, such as 20261122@0930")
    return Edited(f"{written}@{time}")


def _year(field: Field, value: str, today: date) -> Edited:
    return _edited(parse_vehicle_year(value, today=today, field=field.code))


def _expiry_year(field: Field, value: str, _: date) -> Edited:
    return _edited(parse_expiry_year(value, field=field.code))


def _height(field: Field, value: str, _: date) -> Edited:
    return _edited(parse_height(value, field=field.code))


def _weight(field: Field, value: str, _: date) -> Edited:
    return _edited(parse_weight(value, field=field.code))


def _social_security(field: Field, value: str, _: date) -> Edited:
    return _edited(parse_ssn(value, field=field.code))


def _typed_number(field: Field, value: str, _: date) -> Edited:
    return _edited(parse_misc_number(value, field=field.code))


def _print_class(field: Field, value: str, _: date) -> Edited:
    return _edited(parse_fingerprint_class(value, field=field.code))


def _vin(field: Field, value: str, _: date) -> Edited:
    return _edited(parse_vin(value, field=field.code))


def _plate(field: Field, value: str, _: date) -> Edited:
    return _edited(parse_plate(value, field=field.code))


def _licence(field: Field, value: str, _: date) -> Edited:
    return _edited(parse_licence_number(value, field=field.code))


def _model(field: Field, value: str, _: date) -> Edited:
    return _edited(parse_model(value, field=field.code))


def _bureau_number(field: Field, value: str, _: date) -> Edited:
    return _edited(parse_fbi_number(value, field=field.code))


def _colour(field: Field, value: str, _: date) -> Edited:
    return _edited(parse_colour(value, field=field.code))


def _gun_type(field: Field, value: str, _: date) -> Edited:
    return _edited(parse_gun_type(value, field=field.code))


def _extradition(field: Field, value: str, _: date) -> Edited:
    # Published replies and dispatchers write the felony codes with one digit, the code list with two.
    return _table(field, f"0{value}" if len(value) == 1 and value.isdecimal() else value, may_compare=False)


def _telephone(field: Field, value: str, _: date) -> Edited:
    digits = _NOT_DIALLED.sub("", value)
    if not _TEN_DIGITS.fullmatch(digits):
        raise _wrong(field, field.fault, f"'{_quoted(value)}' is not a telephone number", "ten digits")
    return Edited(digits)


def _searched_key(field: Field, value: str, _: date) -> Edited:
    key = _upper(value)
    if not _SEARCHED_KEY.fullmatch(key):
        raise _wrong(field, field.fault, f"'{_quoted(value)}' is not a message key", f"{field.edit}, such as RQ")
    return Edited(key)


def _choice(field: Field, value: str, _: date) -> Edited:
    code = _upper(value)
    if code not in [one for one, _meaning in field.choices]:
        accepted = ", ".join(f"{one} {meaning}" for one, meaning in field.choices)
        raise _wrong(field, field.fault, f"'{_quoted(value)}' is not a code for {field.name}", accepted)
    return Edited(code)


def _record_number(field: Field, value: str, _: date) -> Edited:
    if field.edit is Edit.RECORD_NUMBER_OR_NONE and _upper(value) == "NONE":
        return Edited("NONE")
    return _edited(parse_nic(value, field=field.code))


def _order_number(field: Field, value: str, today: date) -> Edited:
    edited = _number_text(field, value, today)
    if not edited.value.strip("0"):
        raise _wrong(field, field.fault, "is zeros only", "the number on the order")
    return edited


def _number(field: Field, value: str, _: date) -> Edited:
    number = _upper(value).replace("-", "").replace(" ", "")
    if not _NUMBER.fullmatch(number):
        raise _wrong(field, field.fault, f"'{_quoted(value)}' has a character that is not taken", field.edit)
    return Edited(number)


def _ori(field: Field, value: str, _: date) -> Edited:
    ori = _upper(value)
    if not ORI_SHAPE.fullmatch(ori):
        accepted = "two letters and seven letters or digits, such as CA0990100"
        raise _wrong(field, field.fault, f"'{_quoted(value)}' is not an agency identifier", accepted)
    if field.edit is Edit.COURT and ori[-1] not in "DJ":
        return Edited(ori, f"{field.code} {ori} does not end as a court's identifier does (D or J)")
    return Edited(ori)


def _where(field: Field, value: str, today: date) -> Edited:
    if len(value) == 2 and value.isascii() and value.isalpha():
        return Edited(_upper(value))
    return _ori(field, value, today)


def _code(field: Field, value: str, _: date) -> Edited:
    code = _upper(value)
    if not _CODE_SHAPE.fullmatch(code):
        raise _wrong(field, field.fault, f"'{_quoted(value)}' is not a code", _accepted_length(field))
    return Edited(code)


def _text(field: Field, value: str, _: date) -> Edited:
    text = _upper_everywhere(value)
    if not all(line.isprintable() for line in text.split("\n")):
        raise _wrong(field, field.fault, "has a character that is not printed", "letters, digits and signs")
    return Edited(text)


def _search(field: Field, value: str, _: date) -> Edited:
    words = _upper_everywhere(value)
    if any(word.startswith("*") for word in words.split()):
        raise _wrong(
            field, field.fault, f"'{_quoted(value)}' begins with *", "* only after the first character of a word"
        )
    return Edited(words)


def _read_day(field: Field, value: str) -> date:
    accepted = "a real day as CCYYMMDD"
    digits = value.replace("-", "") if len(value) == 10 else value
    if not _DAY.fullmatch(digits):
        raise _wrong(field, field.fault, f"'{_quoted(value)}' is not a date", accepted)
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise _wrong(field, field.fault, f"there is no such day as {_quoted(value)}", accepted) from None


def _written(day: date) -> str:
    return day.isoformat().replace("-", "")


def _table(field: Field, value: str, *, may_compare: bool) -> Edited:
    table = code_table(field.table)
    code = _upper(value)
    if code in table.meanings:
        return Edited(code)
    if len(table.meanings) <= MAX_LISTED_CODES:
        accepted = table.listed
    else:
        near = nearest(code, table.meanings) if may_compare else ()
        accepted = f"a code for {table.title}, such as {', '.join(near) or next(iter(table.meanings))}"
    raise _wrong(field, field.fault, f"'{_quoted(value)}' is not a code for {table.title}", accepted)


def _purpose(field: Field, value: str, _: date) -> Edited:
    purpose = PURPOSE_BY_CODE.get(_upper(value))
    if purpose is not None and purpose.is_taken:
        return Edited(purpose.code)
    taken = ", ".join(f"{row.code} {row.meaning}" for row in PURPOSES if row.is_taken)
    if purpose is None:
        raise _wrong(field, field.fault, f"'{_quoted(value)}' is not a purpose", taken)
    raise _wrong(field, field.fault, f"purpose {purpose.code} ({purpose.meaning}) is not taken from a terminal", taken)


def _digits(field: Field, value: str, _: date) -> Edited:
    if not _DIGITS.fullmatch(value):
        raise _wrong(field, field.fault, f"{_shown(field, value)} is not digits only", _accepted_length(field))
    return Edited(value)


def _number_text(field: Field, value: str, _: date) -> Edited:
    number = _upper(value)
    if not _NUMBER_TEXT.fullmatch(number):
        accepted = f"{field.edit}; a letter or digit first"
        raise _wrong(field, field.fault, f"'{_quoted(value)}' has a character that is not taken", accepted)
    return Edited(number)


def _person_text(field: Field, value: str, _: date) -> Edited:
    text = unicodedata.normalize("NFC", value).upper()
    if len(text) > field.max_length:
        raise _wrong(field, field.fault, f"has {len(text)} characters", _accepted_length(field))
    # Most are plain, and only a letter with an accent is worth looking at by itself.
    if not _PLAIN_PERSON.fullmatch(text) and not all(_may_name_a_person(character) for character in text):
        accepted = "name, badge number or both: letters, digits, blank, comma, apostrophe, hyphen and #"
        raise _wrong(field, field.fault, f"'{_quoted(value)}' has a character that is not taken", accepted)
    if not any(character.isalnum() for character in text):
        raise _wrong(field, field.fault, f"'{_quoted(value)}' names nobody", "name, badge number or both")
    return Edited(text)


def _user_name(_field: Field, value: str, _: date) -> Edited:
    # A period would end the field, so the wire writes it as an underscore, which no sign-in name has.
    return Edited(parse_user_name(value.lower().replace("_", ".")).replace(".", "_"))


def _base64url(field: Field, value: str, _: date) -> Edited:
    try:
        decode_secret(value)
    except ValueError:
        raise _wrong(
            field, field.fault, "is not base64url of UTF-8", "base64url (RFC 4648 section 5) without ="
        ) from None
    return Edited(value)


def _ticket(field: Field, value: str, _: date) -> Edited:
    if not _BASE64URL.fullmatch(value):
        raise _wrong(field, field.fault, "is not a ticket", "the ticket of the last SON ACCEPTED")
    return Edited(value)


def _sequence(field: Field, value: str, _: date) -> Edited:
    if not _DIGITS.fullmatch(value):
        raise _wrong(field, field.fault, f"'{_quoted(value)}' is not a sequence number", "digits, such as 0000007")
    return Edited(f"{int(value):0{SEQUENCE_DIGITS}d}")


def encode_secret(text: str) -> str:
    """base64url of the UTF-8 text, without padding, so that no period, slash or comma can occur in it."""
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode("ascii")


def decode_secret(text: str) -> str:
    """The text in a base64url value. Raises: ValueError."""
    if not _BASE64URL.fullmatch(text):
        raise ValueError("not base64url")
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise ValueError("not base64url of UTF-8") from error


def _wrong(field: Field, code: FaultCode, text: str, accepted: str) -> Rejected:
    return Rejected(Fault(code, field.code, text, accepted))


def _upper(value: str) -> str:
    """Capitals for ASCII only: some other letters turn into ASCII ones, and a code must not be reached that way."""
    return value.upper() if value.isascii() else value


def _upper_everywhere(value: str) -> str:
    return unicodedata.normalize("NFC", value).upper()


def _may_name_a_person(character: str) -> bool:
    return character.isalnum() or character in " ,'’-#" or unicodedata.category(character).startswith("M")


def _accepted_length(field: Field) -> str:
    if field.min_length == field.max_length:
        return f"{field.edit}: exactly {field.max_length} characters"
    return f"{field.edit}: {field.min_length} to {field.max_length} characters"


def _quoted(value: str) -> str:
    return value[:_QUOTED_CHARACTERS]


def _shown(field: Field, value: str) -> str:
    return "what was typed" if field.is_secret else f"'{_quoted(value)}'"


_EDITS: Mapping[Edit, Callable[[Field, str, date], Edited]] = MappingProxyType(
    {
        Edit.NAME: _name,
        Edit.BIRTH_DATE: _birth_date,
        Edit.PAST_DATE: _past_day,
        Edit.DATE: _day,
        Edit.EXPIRY: _expiry,
        Edit.MOMENT: _moment,
        Edit.YEAR: _year,
        Edit.YEAR_OR_NONE: _expiry_year,
        Edit.HEIGHT: _height,
        Edit.WEIGHT: _weight,
        Edit.CHOICE: _choice,
        Edit.CODE: _code,
        Edit.NUMBER: _number,
        Edit.ORDER_NUMBER: _order_number,
        Edit.SOCIAL_SECURITY: _social_security,
        Edit.TYPED_NUMBER: _typed_number,
        Edit.PRINT_CLASS: _print_class,
        Edit.RECORD_NUMBER: _record_number,
        Edit.RECORD_NUMBER_OR_NONE: _record_number,
        Edit.VIN: _vin,
        Edit.PLATE: _plate,
        Edit.LICENCE: _licence,
        Edit.MODEL: _model,
        Edit.BUREAU_NUMBER: _bureau_number,
        Edit.GUN_TYPE: _gun_type,
        Edit.EXTRADITION: _extradition,
        Edit.PHONE: _telephone,
        Edit.KEY_LIST: _searched_key,
        Edit.COLOUR: _colour,
        Edit.ORI: _ori,
        Edit.COURT: _ori,
        Edit.WHERE: _where,
        Edit.SEARCH: _search,
        Edit.TEXT: _text,
        Edit.LONG_TEXT: _text,
        Edit.PURPOSE: _purpose,
        Edit.DIGITS: _digits,
        Edit.NUMBER_TEXT: _number_text,
        Edit.PERSON_TEXT: _person_text,
        Edit.USER_NAME: _user_name,
        Edit.BASE64URL: _base64url,
        Edit.TICKET: _ticket,
        Edit.SEQUENCE: _sequence,
    }
)
