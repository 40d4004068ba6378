"""What a person shows to sign on, as the wire writes it: a name, secrets in base64url, tickets, sequence numbers."""

from __future__ import annotations

import base64
import binascii
import re

from openclets.vocabulary.checked import Checked, quoted, wrong
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import parse_user_name

SEQUENCE_DIGITS = 7
"""How sequence numbers are written, at least. Source: the wire's fixed reply layout."""

_BASE64URL = re.compile(r"[A-Za-z0-9_-]+")
_DIGITS = re.compile(r"[0-9]+")
_ONE_TIME_CODE = re.compile(r"[0-9]{6}")


def parse_wire_user_name(text: str, *, field: str = "USR") -> Checked:
    """A sign-in name. A period would end the field, so the wire writes it as an underscore, which no such name has.

    Raises: Rejected (30).
    """
    return Checked(parse_user_name(text.lower().replace("_", "."), field=field).replace(".", "_"))


def parse_secret(text: str, *, field: str) -> Checked:
    """A password as base64url, its case kept; never quoted. Raises: Rejected (30)."""
    try:
        decode_secret(text)
    except ValueError:
        accepted = "base64url (RFC 4648 section 5) without ="
        raise wrong(field, "is not base64url of UTF-8", accepted, code=FaultCode.SIGN_ON) from None
    return Checked(text)


def parse_one_time_code(text: str, *, field: str = "OTP") -> Checked:
    """A one-time code; never quoted. Raises: Rejected (30). Source: RFC 6238, six digits."""
    if not _ONE_TIME_CODE.fullmatch(text):
        raise wrong(field, "is not a one-time code", "exactly six digits", code=FaultCode.SIGN_ON)
    return Checked(text)


def parse_ticket(text: str, *, field: str = "TKT") -> Checked:
    """The ticket of an earlier sign-on; never quoted. Raises: Rejected (30)."""
    if not _BASE64URL.fullmatch(text):
        raise wrong(field, "is not a ticket", "the ticket of the last SON ACCEPTED", code=FaultCode.SIGN_ON)
    return Checked(text)


def parse_sequence_number(text: str, *, field: str = "OSN") -> Checked:
    """A sequence number with at least seven digits. Raises: Rejected (32)."""
    if not _DIGITS.fullmatch(text):
        raise wrong(field, f"{quoted(text)} is not a sequence number", "digits, such as 0000007")
    return Checked(f"{int(text):0{SEQUENCE_DIGITS}d}")


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
