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
    FILE_CONTROL_NUMBER = "13 digits"
    ONE_TIME_CODE = "six digits"
    HEIGHT = "feet and inches as three digits"
    WEIGHT = "pounds as three digits"
    NUMBER_TEXT = "letters, digits, hyphen, blank and # & ( ) + : _"
    NUMBER = "letters and digits"
    CASE_NUMBER = "a case number: letters, digits, hyphen, blank and # & ( ) + : _"
    ORDER_NUMBER = "letters, digits, hyphen, blank and # & ( ) + : _, not zeros only"
    SOCIAL_SECURITY = "nine digits"
    TYPED_NUMBER = "two letters for the kind, a hyphen, the number"
    PRINT_CLASS = "ten codes of two letters or digits"
    RECORD_NUMBER = "a letter and nine digits"
    RECORD_NUMBER_OR_NONE = "a letter and nine digits, or NONE"
    VIN = "a vehicle number"
    PLATE = "a plate"
    LICENCE = "a licence number"
    MODEL = "a model of the make"
    BUREAU_NUMBER = "letters and digits, as the national bureau gives them"
    GUN_TYPE = "a gun type of one or two letters"
    EXTRADITION = "a code for the limits of extradition"
    PHONE = "ten digits"
    KEY_LIST = "a message key, or ALL"
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
    """One field. Lengths count characters of one value; `table` names the code table of the value.

    `max_values` above one: values divided by commas, or the field sent again; names, which hold a comma, only the
    latter. `is_secret`: never printed, echoed or journalled. `fault` is the number a wrong value is rejected with.
    `choices`: code and meaning for `Edit.CHOICE`. `kind` tells fields of one code apart. `may_have_gaps`: the list runs
    beside another's, and an empty place in it says that nothing is known of that one.
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
    may_have_gaps: bool = False

    @property
    def may_be_quoted(self) -> bool:
        """Whether a rejection repeats what was typed."""
        return not self.is_secret and self.edit is not Edit.SOCIAL_SECURITY


_NLETS = "Nlets message formats"
_OWN = "own decision"
_NIEM = "NIEM NCIC codes"
_FILE = f"{_OWN}: the national manual is not public; length after general descriptions of the file"

_YES_NO = (("Y", "yes"), ("N", "no"))


def _coded(
    code: str,
    name: str,
    table: str,
    length: int,
    source: str,
    *,
    shortest: int = 0,
    values: int = 1,
    kind: str = "",
    may_have_gaps: bool = False,
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
        may_have_gaps=may_have_gaps,
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
    _one_of(
        "RUL",
        "which answer",
        (
            ("R", "ranked by how likely it is the person, as without this field"),
            ("S", "strict, exactly whom the national rule finds"),
        ),
        _OWN,
    ),
    _one_of(
        "EBD",
        "strict answer with birth dates near by",
        (("1", "a year either way too, and day and month exchanged"),),
        f"flag of the national name search; code: {_OWN}",
    ),
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
    Field("FBI", "number at the national bureau", Edit.BUREAU_NUMBER, 9, f"{_FILE}: 1 to 9"),
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
    Field("OLN", "driver licence number", Edit.LICENCE, 20, f"{_NLETS}: 20"),
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
        may_have_gaps=True,
    ),
    Field(
        "PSN",
        "protected person's social security number",
        Edit.SOCIAL_SECURITY,
        9,
        f"{_FILE}: 9",
        min_length=9,
        max_values=9,
        may_have_gaps=True,
    ),
    _coded("PSX", "protected person's sex", "SEX", 1, f"{_NIEM} SEX", values=9, may_have_gaps=True),
    _coded("PPR", "protected person's race", "RACE", 1, f"{_NIEM} RACE", values=9, may_have_gaps=True),
    _coded("PPE", "protected person's ethnicity", "ETN", 1, f"{_NIEM} ETN", values=9, may_have_gaps=True),
    Field("CTI", "court", Edit.COURT, 9, f"{_FILE}: agency identifier of the court", min_length=9, fault=FaultCode.ORI),
    _one_of("NOA", "tell the owner of an inquiry", _YES_NO, _FILE),
    Field(
        "FCN",
        "file control number of an order",
        Edit.FILE_CONTROL_NUMBER,
        13,
        "CARPOS file control number: 13 digits",
        min_length=13,
    ),
)

_RECORD: tuple[Field, ...] = (
    Field("OCA", "the agency's case number", Edit.CASE_NUMBER, 20, "Nlets YQ: 20"),
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
    Field("LKA", "number of a linked case", Edit.CASE_NUMBER, 20, f"{_FILE}: 20"),
    Field("MIS", "remarks", Edit.TEXT, 500, f"{_FILE}: 500"),
    Field("VLN", "who validated the record", Edit.PERSON_TEXT, 30, f"{_FILE}: 30"),
    Field("VLD", "day of the next validation", Edit.DATE, 10, f"{_FILE}: CCYYMMDD", min_length=8),
    _coded("RPP", "how property was found, or why cleared", "RPP", 20, f"{_NIEM} RPP", shortest=4),
    _coded("RPS", "how a person was found, or why cleared", "RPS", 22, f"{_NIEM} RPS", shortest=4),
    _coded("HIT", "what followed the hit", "HIT", 1, f"{_NIEM} HIT"),
)

_VEHICLE: tuple[Field, ...] = (
    Field("LIC", "plate", Edit.PLATE, 10, f"{_FILE}: 10"),
    _coded("LIS", "state of the plate", "PLACE", 2, f"{_NIEM}: states, provinces, countries"),
    Field("LIY", "year the plate expires", Edit.YEAR_OR_NONE, 4, f"{_FILE}: 4, or NX", min_length=2),
    _coded("LIT", "type of plate", "LIT", 2, f"{_NIEM} LIT"),
    Field("VIN", "vehicle number", Edit.VIN, 20, f"{_FILE}: 20; check digit of 17 as a warning"),
    Field("VYR", "year of the vehicle", Edit.YEAR, 4, f"{_FILE}: 4", min_length=4),
    _coded("VMA", "make of the vehicle", "VMA", 4, f"{_NIEM} VMA: 2 to 4", shortest=2),
    Field(
        "VMO",
        "model of the vehicle",
        Edit.MODEL,
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

_HOT_FILES: tuple[Field, ...] = (
    _coded("OFF", "offence", "OFF", 4, f"{_NIEM} OFF"),
    _coded("OOC", "offence behind the violation", "OFF", 4, f"{_FILE}: with 5011 and 5012; {_NIEM} OFF"),
    Field("DOW", "day of the warrant", Edit.PAST_DATE, 10, f"{_FILE}: CCYYMMDD", min_length=8),
    Field(
        "EXL",
        "limits of extradition",
        Edit.EXTRADITION,
        2,
        f"{_NIEM} EXL; one digit as in published replies",
        table="EXL",
        fault=FaultCode.CODE,
    ),
    _coded("MNP", "kind of missing person record", "MNP", 2, f"{_NIEM} MNP"),
    _coded("MPC", "how the person went missing", "MPC", 1, f"{_NIEM} MPC"),
    Field("DLC", "day of last contact", Edit.PAST_DATE, 10, "public entry form for missing persons", min_length=8),
    Field("DOE", "day of emancipation", Edit.DATE, 10, "public entry form for missing persons", min_length=8),
    Field("DBF", "day the person or body was found", Edit.PAST_DATE, 10, f"{_FILE}: CCYYMMDD", min_length=8),
    _coded("BLT", "blood type", "BLOOD", 5, f"{_NIEM} BLT", shortest=4),
    Field("DOT", "day of theft or loss", Edit.PAST_DATE, 10, f"{_FILE}: CCYYMMDD", min_length=8),
    _coded("VOW", "whose vehicle it is", "VOW", 1, f"{_NIEM} VOW"),
    Field("SER", "serial number", Edit.NUMBER, 20, f"{_FILE}: 20"),
    _coded("BRA", "make of the part", "BRA", 4, f"{_NIEM} BRA", shortest=3, kind="part"),
    _coded("BRA", "brand of the article", "ABRA", 6, f"{_NIEM}, list of brands", shortest=2, kind="article"),
    _coded("CAT", "kind of part", "CAT", 2, f"{_NIEM} CAT"),
    _coded("MAK", "make of the gun", "MAK", 3, f"{_NIEM} MAK", shortest=2),
    _coded("CAL", "calibre", "CAL", 4, f"{_NIEM} CAL", shortest=1),
    Field("MOD", "model of the gun", Edit.NUMBER_TEXT, 20, f"{_FILE}: 20; in a published reply"),
    Field(
        "TYP",
        "type of gun",
        Edit.GUN_TYPE,
        2,
        f"{_NIEM} TYP: two letters",
        table="GTYP",
        fault=FaultCode.CODE,
        kind="gun",
    ),
    _coded("TYP", "type of article", "TYP", 7, f"{_NIEM} TYP: 4 to 7", shortest=4, kind="article"),
    Field(
        "TYP",
        "type of article or kind of security",
        Edit.CODE,
        7,
        "Nlets YQ: of an article or a security",
        min_length=2,
        fault=FaultCode.CODE,
        kind="property",
    ),
    _coded("TYP", "kind of security", "TYPS", 2, f"{_NIEM} TYPS", kind="security"),
    Field("OAN", "number the owner put on", Edit.NUMBER_TEXT, 20, f"{_FILE}: 20"),
    Field("REG", "registration number of the boat", Edit.NUMBER, 8, f"{_FILE}: 8"),
    Field("BHN", "hull number of the boat", Edit.NUMBER, 20, f"{_FILE}: 20"),
    _coded("BMA", "make of the boat", "BMA", 4, f"{_NIEM} BMA", shortest=3),
    _coded("BTY", "type of boat", "BTY", 3, f"{_NIEM} BTY"),
    _coded("HUL", "hull material", "HUL", 2, f"{_NIEM} HUL"),
    _coded("HSP", "hull shape", "HSP", 2, f"{_NIEM} HSP"),
    _coded("PRO", "propulsion", "PRO", 2, f"{_NIEM} PRO"),
    Field(
        "BCO",
        "colour of the boat",
        Edit.COLOUR,
        7,
        f"{_NIEM} BCO: 3, or two with a slash as VCO",
        min_length=3,
        table="BCO",
        fault=FaultCode.CODE,
    ),
    _coded("DEN", "denomination", "DEN", 7, "NIEM 2.1 NCIC codes DEN", shortest=1),
    Field("ISS", "issuer", Edit.TEXT, 30, f"{_FILE}: 30"),
    _coded("RMI", "why the money is on file", "RMI", 1, f"{_NIEM} RMI"),
    Field("PPO", "officer who supervises", Edit.PERSON_TEXT, 30, f"{_FILE}: 30"),
    Field("CRR", "conviction that led to registration", Edit.CODE, 4, f"{_FILE}: 4", min_length=4),
    _coded("ROV", "who the victim was to the offender", "ROV", 2, f"{_NIEM} ROV"),
    _coded("OFS", "standing of the registered person", "OFS", 2, f"{_NIEM} OFS"),
    _coded("ADD", "kind of address", "ADD", 2, f"{_NIEM} ADD"),
    _coded("VPC", "why the person is on the file", "VPC", 1, f"{_NIEM} VPC"),
    Field("GNG", "group", Edit.TEXT, 60, f"{_OWN}: published replies name group and subgroup without their codes"),
    Field("SGP", "subgroup", Edit.TEXT, 60, f"{_OWN}: published replies name group and subgroup without their codes"),
    _coded("ECR", "why the person is on the gang file", "ECR", 1, f"{_NIEM} ECR", values=9),
    Field(
        "PWD",
        "password of the person whose identity was stolen",
        Edit.TEXT,
        20,
        f"{_FILE}: 20",
        is_secret=True,
        kind="victim",
    ),
    _coded("IDT", "kind of identity theft", "IDT", 4, f"{_NIEM} IDT"),
    Field(
        "DTT",
        "day of the threat",
        Edit.PAST_DATE,
        10,
        "published sample of a national reply; meaning inferred",
        min_length=8,
    ),
    _coded("IMT", "kind of image", "IMT", 1, f"{_NIEM} IMT"),
    Field("ORI", "agency", Edit.ORI, 9, "NIEM ORI: nine", min_length=9, fault=FaultCode.ORI),
    _coded("TYPO", "kind of agency record", "ORIRECORD", 1, "NIEM 2.1 NCIC codes TYPO"),
)

_INTERSTATE: tuple[Field, ...] = (
    _one_of(
        "RSN",
        "reason for a record of the road",
        tuple((letter, "reason of the published list") for letter in "NFVTSHI"),
        f"{_NLETS} RQ, KQ: N F V T S H I; meanings not published",
    ),
    _one_of("IMQ", "picture wanted", _YES_NO, f"{_NLETS} DQ: Y or N"),
    _one_of(
        "RTY",
        "kind of record to confirm",
        (
            ("SV", "stolen vehicle"),
            ("WP", "wanted person"),
            ("PO", "protective order"),
            ("MP", "missing person"),
            ("SL", "stolen plate"),
            ("SG", "stolen gun"),
            ("SA", "stolen article"),
            ("SS", "stolen security"),
            ("SB", "stolen boat"),
            ("SP", "stolen part"),
        ),
        f"{_NLETS} YQ",
    ),
    _one_of("RNO", "number of the request", (("1", "first"), ("2", "second"), ("3", "third")), f"{_NLETS} YQ: 1 to 3"),
    _one_of(
        "PRI", "priority", (("U", "urgent, answer in 10 minutes"), ("R", "routine, answer in 1 hour")), f"{_NLETS} YQ"
    ),
    _one_of(
        "CON",
        "confirmation",
        (("Y", "confirmed"), ("N", "not confirmed"), ("I", "being worked on"), ("E", "extension or other")),
        f"{_OWN}: the published formats do not list the codes",
    ),
    Field("RNA", "who asks", Edit.PERSON_TEXT, 30, f"{_NLETS} YQ; length: {_OWN}", fault=FaultCode.ATTENTION),
    Field("RAG", "agency that asks", Edit.TEXT, 60, f"{_NLETS} YQ; length: {_OWN}"),
    Field("PHO", "telephone", Edit.PHONE, 10, f"{_NLETS} YQ; ten digits: {_OWN}", min_length=10),
    Field("REM", "remarks", Edit.TEXT, 500, f"{_NLETS} YQ; length: {_OWN}"),
    Field("TXT", "text", Edit.LONG_TEXT, 60000, f"{_OWN}: as long as a message may be"),
    Field(
        "TYP",
        "message keys searched",
        Edit.KEY_LIST,
        100,
        f"{_NLETS} NLQ: up to 100 characters, or ALL",
        max_values=30,
        kind="messages",
    ),
    Field(
        "SRC", "sender searched", Edit.WHERE, 9, f"{_NLETS} NLQ: member or agency", min_length=2, fault=FaultCode.ORI
    ),
    Field(
        "DST", "receiver searched", Edit.WHERE, 9, f"{_NLETS} NLQ: member or agency", min_length=2, fault=FaultCode.ORI
    ),
    Field("BEG", "from", Edit.MOMENT, 13, f"{_NLETS} NLQ: CCYYMMDD or CCYYMMDD@HHMM", min_length=8),
    Field("END", "until", Edit.MOMENT, 13, f"{_NLETS} NLQ: CCYYMMDD or CCYYMMDD@HHMM", min_length=8),
    Field("FND", "words searched", Edit.SEARCH, 100, f"{_NLETS} NLQ; length: {_OWN}"),
    Field("AND", "words that must be there as well", Edit.SEARCH, 100, f"{_NLETS} NLQ; length: {_OWN}"),
    Field("ORR", "words that may be there instead", Edit.SEARCH, 100, f"{_NLETS} NLQ; length: {_OWN}"),
    Field(
        "NAM",
        "name searched",
        Edit.SEARCH,
        100,
        f"{_NLETS} NLQ: parts in any order, * after the first character",
        kind="journal",
    ),
)

_ASKING: tuple[Field, ...] = (
    Field("PUR", "purpose", Edit.PURPOSE, 1, f"{_NLETS}: 1; NIEM RapSheetPurposeCode", fault=FaultCode.CODE),
    Field("CAS", "incident or case number of the asker", Edit.CASE_NUMBER, 20, f"{_OWN}, after OCA of Nlets YQ: 20"),
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
        Edit.ONE_TIME_CODE,
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

FIELDS: tuple[Field, ...] = (*_PERSON, *_ORDER, *_RECORD, *_VEHICLE, *_HOT_FILES, *_INTERSTATE, *_ASKING, *_SESSION)

FIELD_BY_KIND: Mapping[tuple[str, str], Field] = MappingProxyType({(row.code, row.kind): row for row in FIELDS})

FIELD_BY_CODE: Mapping[str, Field] = MappingProxyType(
    {row.code: row for row in (*reversed(FIELDS), *(row for row in FIELDS if not row.kind))}
)
"""The plain field of each code; where all of a code's fields are of a kind, the first."""

SECRET_FIELDS: frozenset[str] = frozenset(row.code for row in FIELDS if row.is_secret)
