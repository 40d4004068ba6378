"""The fields of messages as data: what each code means, how long it may be, what may stand in it, and who says so.

A length or alphabet marked "own decision" has no public source; adding a field is adding a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from openclets.vocabulary.faults import FaultCode


class Edit(StrEnum):
    """How a value is checked and put into its one spelling; `edits` has one function per kind."""

    NAME = "a person's name"
    BIRTH_DATE = "a birth date"
    TABLE = "a code of a table"
    PURPOSE = "a purpose letter"
    DIGITS = "digits only"
    NUMBER_TEXT = "letters, digits, hyphen, blank and # & ( ) + : _"
    PERSON_TEXT = "the name or number of one person"
    USER_NAME = "a sign-in name"
    BASE64URL = "a base64url text"
    TICKET = "a ticket"
    SEQUENCE = "a sequence number"


@dataclass(frozen=True, slots=True)
class Field:
    """One field. Lengths count characters of one value; `table` names a code table for `Edit.TABLE`.

    `max_values` above one: values divided by commas. `is_secret`: never printed, echoed or journalled.
    `fault` is the number a wrong value is rejected with.
    """

    code: str
    name: str
    edit: Edit
    max_length: int
    source: str
    min_length: int = 1
    table: str = ""
    max_values: int = 1
    is_secret: bool = False
    fault: FaultCode = FaultCode.VALUE


_NLETS = "Nlets message formats"
_OWN = "own decision"

FIELDS: tuple[Field, ...] = (
    Field(
        "NAM",
        "name asked about",
        Edit.NAME,
        100,
        f"{_NLETS}: 30; the whole name is kept here, {_OWN}",
        fault=FaultCode.NAME,
    ),
    Field("DOB", "birth date", Edit.BIRTH_DATE, 10, f"{_NLETS}: CCYYMMDD", min_length=8, fault=FaultCode.BIRTH_DATE),
    Field("SEX", "sex", Edit.TABLE, 1, f"{_NLETS}: 1; NIEM NCIC codes", table="SEX", fault=FaultCode.CODE),
    Field("RAC", "race", Edit.TABLE, 1, "NIEM NCIC codes", table="RACE", fault=FaultCode.CODE),
    Field(
        "FCN",
        "file control number of an order",
        Edit.DIGITS,
        13,
        "CARPOS file control number: 13 digits",
        min_length=13,
    ),
    Field("PUR", "purpose", Edit.PURPOSE, 1, f"{_NLETS}: 1; NIEM RapSheetPurposeCode", fault=FaultCode.CODE),
    Field("CAS", "incident or case number of the asker", Edit.NUMBER_TEXT, 20, f"{_OWN}, after OCA of Nlets YQ: 20"),
    Field(
        "ATN", "the one person it is for", Edit.PERSON_TEXT, 30, f"{_NLETS}: 30, one person", fault=FaultCode.ATTENTION
    ),
    Field("USR", "sign-in name", Edit.USER_NAME, 30, _OWN, min_length=2, fault=FaultCode.SIGN_ON),
    Field("PWD", "password, base64url of UTF-8", Edit.BASE64URL, 344, _OWN, is_secret=True, fault=FaultCode.SIGN_ON),
    Field(
        "OTP",
        "one-time code",
        Edit.DIGITS,
        6,
        "RFC 6238, six digits",
        min_length=6,
        is_secret=True,
        fault=FaultCode.SIGN_ON,
    ),
    Field(
        "TKT",
        "ticket of an earlier sign-on",
        Edit.TICKET,
        86,
        _OWN,
        min_length=20,
        is_secret=True,
        fault=FaultCode.SIGN_ON,
    ),
    Field("OSN", "output sequence number", Edit.SEQUENCE, 10, f"{_OWN}, after the California response header"),
)

FIELD_BY_CODE: Mapping[str, Field] = MappingProxyType({row.code: row for row in FIELDS})

SECRET_FIELDS: frozenset[str] = frozenset(row.code for row in FIELDS if row.is_secret)
