"""Numbers that identify people and records: social security, FBI, CII, NIC, FCN, miscellaneous and case numbers."""

from __future__ import annotations

import re

from openclets.vocabulary.checked import OWN, Checked, plain_capitals, quoted, wrong
from openclets.vocabulary.codes import code_table
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import RecordNumber

CASE_NUMBER_CHARACTERS = 20
"""Longest agency or court case number a neighbour takes. Source: Nlets YQ, OCA."""

_SSN = re.compile(r"([0-9]{3})[- ]?([0-9]{2})[- ]?([0-9]{4})")
_FBI = re.compile(r"[A-Z0-9]{1,9}")
_CII = re.compile(r"([AHM]?)[- ]?([0-9]{8})")
_NIC = re.compile(r"([A-Z])([0-9]{9})")
_FCN = re.compile(r"[0-9]{13}")
_SAYS_SOMETHING = re.compile(r"[A-Z1-9]")
_MNU = re.compile(r"([A-Z]{2})-([A-Z0-9](?:[A-Z0-9-]*[A-Z0-9])?)")
_TELEPHONE = re.compile(r"[0-9]{10}")
_NOT_DIALLED = re.compile(r"[ ()+-]")
_RIDGE_COUNT = re.compile(r"0[1-9]|[1-4][0-9]|5[1-9]|[6-9][0-9]")

MISC_NUMBER_CHARACTERS = 15
FINGERS = 10


def parse_ssn(text: str, *, field: str = "SOC") -> Checked:
    """A social security number as nine digits. Raises: Rejected (14, 32) for one that was never given out: area 000,
    666 or 9xx, group 00, serial 0000. Source: the Social Security Administration's numbering; NCIC edit of SOC."""
    accepted = "nine digits, not beginning with 000, 666 or 9, without 00 in the middle or 0000 at the end"
    match = _SSN.fullmatch(plain_capitals(text, field=field, accepted=accepted, is_private=True))
    if not match:
        raise wrong(field, "is not nine digits", accepted)
    area, group, serial = match.groups()
    if area in {"000", "666"} or area.startswith("9") or group == "00" or serial == "0000":
        raise wrong(field, "was never given out as a social security number", accepted)
    return Checked(area + group + serial)


def parse_fbi_number(text: str, *, field: str = "FBI") -> Checked:
    """An FBI number, also called UCN: 1 to 9 letters and digits. Raises: Rejected (14, 32). Source: NCIC FBI field."""
    accepted = "1 to 9 letters and digits"
    value = plain_capitals(text, field=field, accepted=accepted).replace(" ", "").replace("-", "")
    if not _FBI.fullmatch(value):
        raise wrong(field, f"{quoted(value)} is not an FBI number", accepted)
    if not any(digit in value for digit in "123456789"):
        return Checked(value, (f"{field}: {value} has no digit but zero ({OWN})",))
    return Checked(value)


def parse_cii(text: str, *, field: str = "CII") -> Checked:
    """A Californian criminal history number: A, H or M and eight digits. Without its letter it is taken with a warning.

    Raises: Rejected (14, 32). Source: published example rap sheets.
    """
    accepted = "A, H or M and eight digits, such as A99000099"
    value = plain_capitals(text, field=field, accepted=accepted)
    match = _CII.fullmatch(value)
    if not match:
        raise wrong(field, f"{quoted(value)} is not a CII number", accepted)
    number = match[1] + match[2]
    return Checked(number) if match[1] else Checked(number, (f"{field}: {number} lacks its letter A, H or M",))


def parse_nic(text: str, *, field: str = "NIC", file: str = "") -> Checked:
    """A national record number: the file's letter and nine digits. `file`: the one letter it has to begin with.

    Raises: Rejected (14, 32; 31 for a letter that is no file). Source: NCIC NIC, table FILE.
    """
    accepted = f"{file or 'the letter of a file'} and nine digits, such as {file or 'H'}000000001"
    value = plain_capitals(text, field=field, accepted=accepted)
    match = _NIC.fullmatch(value)
    if not match:
        raise wrong(field, f"{quoted(value)} is not a record number", accepted)
    letters = code_table("FILE").meanings
    if match[1] not in letters:
        known = "a letter of table FILE: " + " ".join(letters)
        raise wrong(field, f"there is no file {match[1]}", known, code=FaultCode.CODE)
    if file and match[1] != file:
        raise wrong(field, f"{value} is a record of {letters[match[1]]}", accepted)
    return Checked(value)


def parse_fcn(text: str, *, field: str = "FCN") -> RecordNumber:
    """The number of an order on file: 13 digits. Raises: Rejected (14, 32). Source: CARPOS file control number."""
    accepted = "13 digits"
    value = plain_capitals(text, field=field, accepted=accepted)
    if not _FCN.fullmatch(value):
        raise wrong(field, f"{quoted(value)} is not an FCN", accepted)
    return RecordNumber(value)


def parse_misc_number(text: str, *, field: str = "MNU") -> Checked:
    """A miscellaneous number: the code of its kind, hyphen, letters and digits, 4 to 15 characters: `PP-123456789`.

    Raises: Rejected (14, 32; 31 for an unknown kind). Source: NCIC MNU.
    """
    accepted = f"a code of table MNU, a hyphen and the number, 4 to {MISC_NUMBER_CHARACTERS} characters in all"
    value = plain_capitals(text, field=field, accepted=accepted)
    match = _MNU.fullmatch(value)
    if not match or len(value) > MISC_NUMBER_CHARACTERS:
        raise wrong(field, f"{quoted(value)} is not such a number", accepted)
    kinds = code_table("MNU").meanings
    if match[1] not in kinds:
        raise wrong(field, f"there is no kind {match[1]}", code_table("MNU").listed, code=FaultCode.CODE)
    return Checked(value)


def parse_fingerprint_class(text: str, *, field: str = "FPC") -> Checked:
    """Ten classes of two characters, right thumb to left little finger; two digits are a ridge count.

    Raises: Rejected (14, 32, 31). Source: NCIC FPC; ridge counts: general knowledge.
    """
    accepted = "ten classes of two characters: codes of table FPC or ridge counts 01 to 49, 51 to 99"
    value = plain_capitals(text, field=field, accepted=accepted).replace(" ", "")
    if len(value) != 2 * FINGERS:
        raise wrong(field, f"has {len(value)} characters, not {2 * FINGERS}", accepted)
    known = code_table("FPC").meanings
    for finger in range(FINGERS):
        pair = value[2 * finger : 2 * finger + 2]
        if pair not in known and not _RIDGE_COUNT.fullmatch(pair):
            raise wrong(field, f"{pair} is not a class (finger {finger + 1})", accepted, code=FaultCode.CODE)
    return Checked(value)


def parse_telephone(text: str, *, field: str = "PHO") -> Checked:
    """A telephone number as ten digits. Raises: Rejected (14, 32). Source: own decision; North American numbers."""
    accepted = "ten digits, such as 555-555-0100"
    value = plain_capitals(text, field=field, accepted=accepted)
    digits = _NOT_DIALLED.sub("", value)
    if not _TELEPHONE.fullmatch(digits):
        raise wrong(field, f"{quoted(value)} is not a telephone number", accepted)
    return Checked(digits)


def parse_case_number(text: str, *, field: str = "OCA", max_characters: int = CASE_NUMBER_CHARACTERS) -> Checked:
    """An agency's or court's case number. No source gives a form, so whatever has text in it is taken; what looks
    wrong is a warning. Raises: Rejected (14 for nothing, 32 for what is not plain text)."""
    value = plain_capitals(text, field=field, accepted="the number as the agency or court writes it")
    warnings = []
    if len(value) > max_characters:
        warnings.append(f"{field} has {len(value)} characters: a neighbour's file takes {max_characters}")
    if not _SAYS_SOMETHING.search(value):
        warnings.append(f"{field}: {quoted(value)} says nothing but zeros ({OWN})")
    if _SSN.fullmatch(value) and "-" in value:
        warnings.append(f"{field} looks like a social security number ({OWN})")
    return Checked(value, tuple(warnings))
