"""The fields of messages as data: what each code means, how long it may be, what may stand in it, and who says so.

A length or alphabet marked "own decision" has no public source; adding a field is adding a row. A code that means
different things in different files (`TYP` of a gun, of an article) has one row for each, told apart by `kind`.
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
    PAST_DATE = "a day, not after today"
    DATE = "a day"
    EXPIRY = "a day, or NONEXP for none"
    MOMENT = "a day, or a day and time as CCYYMMDD@HHMM"
    YEAR = "a year in four digits"
    YEAR_OR_NONE = "a year in four digits, or NX for none"
    TABLE = "a code of a table"
    CODE = "a code of letters and digits"
    CHOICE = "one of a few codes"
    PURPOSE = "a purpose letter"
    DIGITS = "digits only"
    HEIGHT = "feet and inches as three digits"
    WEIGHT = "pounds as three digits"
    NUMBER_TEXT = "letters, digits, hyphen, blank and # & ( ) + : _"
    NUMBER = "letters and digits"
    ORDER_NUMBER = "letters, digits, hyphen, blank and # & ( ) + : _, not zeros only"
    SOCIAL_SECURITY = "nine digits"
    TYPED_NUMBER = "two letters for the kind, a hyphen, the number"
    PRINT_CLASS = "ten codes of two letters or digits"
    RECORD_NUMBER = "a letter and nine digits"
    RECORD_NUMBER_OR_NONE = "a letter and nine digits, or NONE"
    VIN = "a vehicle number"
    COLOUR = "a colour, or two with a slash"
    ORI = "an agency identifier"
    COURT = "a court's agency identifier"
    WHERE = "a two-letter code or an agency identifier"
    PERSON_TEXT = "the name or number of one person"
    SEARCH = "words to find, * for any letters after the first"
    TEXT = "text without period or slash"
    LONG_TEXT = "free text"
    USER_NAME = "a sign-in name"
    BASE64URL = "a base64url text"
    TICKET = "a ticket"
    SEQUENCE = "a sequence number"


@dataclass(frozen=True, slots=True)
class Field:
    """One field. Lengths count characters of one value; `table` names a code table for `Edit.TABLE`.

    `max_values` above one: values divided by commas, or the field sent again; names, which hold a comma, only the
    latter. `is_secret`: never printed, echoed or journalled. `fault` is the number a wrong value is rejected with.
    `choices`: code and meaning for `Edit.CHOICE`. `kind` tells fields of one code apart.
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
    choices: tuple[tuple[str, str], ...] = ()
    kind: str = ""


_NLETS = "Nlets message formats"
_OWN = "own decision"
_NIEM = "NIEM NCIC codes"
_FILE = f"{_OWN}: the national manual is not public; length after general descriptions of the file"

_YES_NO = (("Y", "yes"), ("N", "no"))


def _coded(
    code: str, name: str, table: str, length: int, source: str, *, shortest: int = 0, values: int = 1, kind: str = ""
) -> Field:
    return Field(
        code,
        name,
        Edit.TABLE,
        length,
        source,
        min_length=shortest or length,
        table=table,
        max_values=values,
        fault=FaultCode.CODE,
        kind=kind,
    )


def _one_of(code: str, name: str, choices: tuple[tuple[str, str], ...], source: str, *, values: int = 1) -> Field:
    lengths = [len(one) for one, _ in choices]
    return Field(
        code,
        name,
        Edit.CHOICE,
        max(lengths),
        source,
        min_length=min(lengths),
        max_values=values,
        fault=FaultCode.CODE,
        choices=choices,
    )


_PERSON: tuple[Field, ...] = (
    Field("NAM", "name", Edit.NAME, 100, f"{_NLETS}: 30; the whole name is kept here, {_OWN}", fault=FaultCode.NAME),
    Field("AKA", "another name", Edit.NAME, 100, f"as NAM; up to 99: {_FILE}", max_values=99, fault=FaultCode.NAME),
    Field("DOB", "birth date", Edit.BIRTH_DATE, 10, f"{_NLETS}: CCYYMMDD", min_length=8, fault=FaultCode.BIRTH_DATE),
    _coded("SEX", "sex", "SEX", 1, f"{_NLETS}: 1; {_NIEM}"),
    _coded("RAC", "race", "RACE", 1, f"{_NIEM} RACE"),
    _coded("ETN", "ethnicity", "ETN", 1, f"{_NIEM} ETN"),
    _coded("POB", "birth place", "PLACE", 2, f"{_NIEM}: states and countries"),
    _coded("CTZ", "citizenship", "PLACE", 2, f"published sample of a national reply; {_NIEM}: countries"),
    Field("HGT", "height", Edit.HEIGHT, 3, f"{_FILE}: 400 to 711", min_length=3),
    Field("WGT", "weight", Edit.WEIGHT, 3, f"{_FILE}: 050 to 499", min_length=3),
    _coded("EYE", "eye colour", "EYE", 3, f"{_NIEM} EYE"),
    _coded("HAI", "hair colour", "HAIR", 3, f"{_NIEM} HAIR"),
    _coded("SKN", "skin tone", "SKIN", 3, f"{_NIEM} SKIN"),
    _coded("SMT", "scar, mark or tattoo", "SMT", 10, f"{_NIEM} SMT: up to 10; nine: {_OWN}", shortest=2, values=9),
    Field("FBI", "number at the national bureau", Edit.NUMBER, 9, f"{_FILE}: 1 to 9"),
    Field("SID", "state identification number", Edit.NUMBER, 10, f"{_NLETS} FQ; length: {_OWN}", min_length=2),
    Field("FPC", "fingerprint class", Edit.PRINT_CLASS, 20, f"{_NIEM} FPC: ten codes of two", min_length=20),
    Field(
        "MNU",
        "other number of the person",
        Edit.TYPED_NUMBER,
        15,
        f"{_NIEM} MNU: prefix of two; {_FILE}",
        4,
        table="MNU",
        max_values=9,
        fault=FaultCode.CODE,
    ),
    Field("SOC", "social security number", Edit.SOCIAL_SECURITY, 9, f"{_NLETS}: 9", min_length=9, max_values=9),
    Field("OLN", "driver licence number", Edit.NUMBER, 20, f"{_NLETS}: 20"),
    _coded("OLS", "state of the licence", "PLACE", 2, f"{_NIEM}: states, provinces, countries"),
    Field("OLY", "year the licence expires", Edit.YEAR_OR_NONE, 4, f"{_FILE}: 4, or NX", min_length=2),
)

_ORDER: tuple[Field, ...] = (
    _one_of(
        "BRD",
        "federal firearm ban by this order",
        (*_YES_NO, ("U", "unknown")),
        "released letter on the national background check: Y, N, U",
    ),
    Field("PNO", "number of the protective order", Edit.ORDER_NUMBER, 15, f"{_FILE}: 15, not zeros only"),
    Field("ISD", "day of issue", Edit.PAST_DATE, 10, f"{_FILE}: CCYYMMDD", min_length=8),
    Field("EXP", "day it ends", Edit.EXPIRY, 10, f"{_FILE}: CCYYMMDD or NONEXP", min_length=6),
    _coded("SVC", "service", "SVC", 1, f"{_NIEM} SVC"),
    Field("SVD", "day of service", Edit.PAST_DATE, 10, f"{_FILE}: CCYYMMDD", min_length=8),
    _coded("PCO", "condition of the order", "PCO", 2, f"{_NIEM} PCO; nine: {_FILE}", values=9),
    Field(
        "PPN",
        "protected person",
        Edit.NAME,
        100,
        f"{_FILE}: 30, up to 9; whole name kept, {_OWN}",
        max_values=9,
        fault=FaultCode.NAME,
    ),
    Field(
        "PPB",
        "protected person's birth date",
        Edit.BIRTH_DATE,
        10,
        f"{_FILE}: CCYYMMDD",
        min_length=8,
        max_values=9,
        fault=FaultCode.BIRTH_DATE,
    ),
    Field(
        "PSN",
        "protected person's social security number",
        Edit.SOCIAL_SECURITY,
        9,
        f"{_FILE}: 9",
        min_length=9,
        max_values=9,
    ),
    _coded("PSX", "protected person's sex", "SEX", 1, f"{_NIEM} SEX", values=9),
    _coded("PPR", "protected person's race", "RACE", 1, f"{_NIEM} RACE", values=9),
    _coded("PPE", "protected person's ethnicity", "ETN", 1, f"{_NIEM} ETN", values=9),
    Field("CTI", "court", Edit.COURT, 9, f"{_FILE}: agency identifier of the court", min_length=9),
    _one_of("NOA", "tell the owner of an inquiry", _YES_NO, _FILE),
    Field(
        "FCN",
        "file control number of an order",
        Edit.DIGITS,
        13,
        "CARPOS file control number: 13 digits",
        min_length=13,
    ),
)

_RECORD: tuple[Field, ...] = (
    Field("OCA", "the agency's case number", Edit.NUMBER_TEXT, 20, "Nlets YQ: 20"),
    Field(
        "NIC",
        "record number at the national index",
        Edit.RECORD_NUMBER,
        10,
        f"{_NIEM} FILE: letter of the file; Nlets YQ: 10",
        min_length=10,
    ),
    Field(
        "NIC",
        "record number at the national index",
        Edit.RECORD_NUMBER_OR_NONE,
        10,
        "Nlets YQ: 10, or NONE for Canada",
        min_length=4,
        kind="confirmation",
    ),
    Field("DOC", "day it was cleared or cancelled", Edit.PAST_DATE, 10, f"{_FILE}: CCYYMMDD", min_length=8),
    _coded("CMC", "caution or medical condition", "CMC", 2, f"{_NIEM} CMC; ten: {_FILE}", values=10),
    Field("LKI", "agency of a linked case", Edit.ORI, 9, f"{_FILE}: 9", min_length=9, fault=FaultCode.ORI),
    Field("LKA", "number of a linked case", Edit.NUMBER_TEXT, 20, f"{_FILE}: 20"),
    Field("MIS", "remarks", Edit.TEXT, 500, f"{_FILE}: 500"),
    Field("VLN", "who validated the record", Edit.PERSON_TEXT, 30, f"{_FILE}: 30"),
    Field("VLD", "day of the next validation", Edit.DATE, 10, f"{_FILE}: CCYYMMDD", min_length=8),
    _coded("RPP", "how property was found, or why cleared", "RPP", 20, f"{_NIEM} RPP", shortest=4),
    _coded("RPS", "how a person was found, or why cleared", "RPS", 22, f"{_NIEM} RPS", shortest=4),
    _coded("HIT", "what followed the hit", "HIT", 1, f"{_NIEM} HIT"),
)

_VEHICLE: tuple[Field, ...] = (
    Field("LIC", "plate", Edit.NUMBER, 10, f"{_FILE}: 10"),
    _coded("LIS", "state of the plate", "PLACE", 2, f"{_NIEM}: states, provinces, countries"),
    Field("LIY", "year the plate expires", Edit.YEAR_OR_NONE, 4, f"{_FILE}: 4, or NX", min_length=2),
    _coded("LIT", "type of plate", "LIT", 2, f"{_NIEM} LIT"),
    Field("VIN", "vehicle number", Edit.VIN, 20, f"{_FILE}: 20; check digit of 17 as a warning"),
    Field("VYR", "year of the vehicle", Edit.YEAR, 4, f"{_FILE}: 4", min_length=4),
    _coded("VMA", "make of the vehicle", "VMA", 4, f"{_NIEM} VMA: 2 to 4", shortest=2),
    Field(
        "VMO",
        "model of the vehicle",
        Edit.CODE,
        3,
        f"{_NIEM} VMO: 2 to 3, valid per make",
        min_length=2,
        fault=FaultCode.CODE,
    ),
    _coded("VST", "style of the vehicle", "VST", 2, f"{_NIEM} VST"),
    Field(
        "VCO",
        "colour of the vehicle",
        Edit.COLOUR,
        7,
        f"{_NIEM} VCO: 3, or two with a slash",
        min_length=3,
        table="VCO",
        fault=FaultCode.CODE,
    ),
)

_ASKING: tuple[Field, ...] = (
    Field("PUR", "purpose", Edit.PURPOSE, 1, f"{_NLETS}: 1; NIEM RapSheetPurposeCode", fault=FaultCode.CODE),
    Field("CAS", "incident or case number of the asker", Edit.NUMBER_TEXT, 20, f"{_OWN}, after OCA of Nlets YQ: 20"),
    Field(
        "ATN", "the one person it is for", Edit.PERSON_TEXT, 30, f"{_NLETS}: 30, one person", fault=FaultCode.ATTENTION
    ),
)

_SESSION: tuple[Field, ...] = (
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

FIELDS: tuple[Field, ...] = (*_PERSON, *_ORDER, *_RECORD, *_VEHICLE, *_ASKING, *_SESSION)

FIELD_BY_KIND: Mapping[tuple[str, str], Field] = MappingProxyType({(row.code, row.kind): row for row in FIELDS})

FIELD_BY_CODE: Mapping[str, Field] = MappingProxyType({row.code: row for row in reversed(FIELDS)})
"""The first field of each code: the plain one where a code has several kinds."""

SECRET_FIELDS: frozenset[str] = frozenset(row.code for row in FIELDS if row.is_secret)
