"""Field edits: is this value acceptable, and what is its one spelling. One function per kind, for wire and pages."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from openclets.vocabulary.codes import code_table, nearest
from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.fields import Edit, Field
from openclets.vocabulary.identifiers import parse_user_name
from openclets.vocabulary.persons import parse_birth_date, parse_wire_name
from openclets.vocabulary.purposes import PURPOSE_BY_CODE, PURPOSES

WIRE_NAME_CHARACTERS = 30
"""Longest name a neighbour takes. Source: Nlets NAM. Own decision: the whole name is kept and searched here."""

SEQUENCE_DIGITS = 7
"""How sequence numbers are written, at least. Source: the wire's fixed reply layout."""

_NUMBER_TEXT = re.compile(r"[A-Z0-9][A-Z0-9 #&()+:_-]*")
_BASE64URL = re.compile(r"[A-Za-z0-9_-]+")
_DIGITS = re.compile(r"[0-9]+")
_QUOTED_CHARACTERS = 20

_SPEAK_FOR_THEMSELVES = frozenset({Edit.TABLE, Edit.PURPOSE, Edit.BIRTH_DATE})
"""Edits that say more helpfully than by its length what is wrong with a value."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A value in its one spelling, and a warning that does not stop the message ('' for none)."""

    value: str
    warning: str = ""


def canonical_value(field: Field, typed: str, *, today: date) -> Edited:
    """One value of `field` in its one spelling. Blanks around it and double blanks within do not count.

    Raises: Rejected, with the field's own number (14 when nothing was typed); a secret is never quoted in it.
    """
    value = " ".join(typed.split())
    if not value:
        raise _wrong(field, FaultCode.MISSING, "is empty", f"{field.edit}, or leave the field out")
    if field.edit not in _SPEAK_FOR_THEMSELVES and not field.min_length <= len(value) <= field.max_length:
        raise _wrong(field, field.fault, f"has {len(value)} characters", _accepted_length(field))
    return _EDITS[field.edit](field, value, today)


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
    return Edited(parse_birth_date(value, today=today, field=field.code).strftime("%Y%m%d"))


def _table(field: Field, value: str, _: date) -> Edited:
    table = code_table(field.table)
    code = _upper(value)
    if code not in table.meanings:
        near = nearest(code, table.meanings)
        accepted = (
            table.listed
            if len(table.meanings) <= 12
            else f"a code for {table.title}, such as {', '.join(near) or next(iter(table.meanings))}"
        )
        raise _wrong(field, field.fault, f"'{_quoted(value)}' is not a code for {table.title}", accepted)
    return Edited(code)


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
    if not all(_may_name_a_person(character) for character in text):
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
        Edit.TABLE: _table,
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
