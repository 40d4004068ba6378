"""The messages of a session: signing on and off, acknowledging, keeping alive. Composed and read at both ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from openclets.vocabulary.identifiers import Ori, UserName, parse_user_name
from openclets.vocabulary.sign_on import decode_secret, encode_secret
from openclets.wire.layout import unreadable
from openclets.wire.message import Message

SIGN_ON_ACCEPTED_HEAD = "SON ACCEPTED"
SIGN_OFF_ACCEPTED = "SOF ACCEPTED"

_ACCEPTED = re.compile(r"SON ACCEPTED\nTKT/([A-Za-z0-9_-]+)\nISN/([0-9]{7,10})\nOSN/([0-9]{7,10})")
_KEEP_ALIVE = re.compile(r"KAL\.[A-Z]{2}[A-Z0-9]{7}(?:\.\*[!-~]{10})?")


@dataclass(frozen=True, slots=True)
class SignOn:
    """What a person shows: password and code, or a ticket; the unused ones are ''. `last_osn` is the last reply the
    device has, 0 for none or unknown."""

    user: UserName
    agency: Ori
    password: str = field(default="", repr=False)
    code: str = field(default="", repr=False)
    ticket: str = field(default="", repr=False)
    last_osn: int = 0


@dataclass(frozen=True, slots=True)
class SignOnAccepted:
    """The ticket for the next sign-on from this device, and the last sequence numbers the switch has for it."""

    ticket: str = field(repr=False)
    last_isn: int
    last_osn: int


def compose_sign_on(sign_on: SignOn) -> str:
    """The SON message. A password goes as base64url, a period in the name as an underscore: either ends a field."""
    fields = [f"USR/{sign_on.user.replace('.', '_').upper()}"]
    if sign_on.ticket:
        fields.append(f"TKT/{sign_on.ticket}")
    else:
        fields += [f"PWD/{encode_secret(sign_on.password)}", f"OTP/{sign_on.code}"]
    if sign_on.last_osn:
        fields.append(f"OSN/{sign_on.last_osn:07d}")
    return f"SON.{sign_on.agency}.TXT\n{'.'.join(fields)}"


def sign_on_in(message: Message) -> SignOn:
    """The sign-on in a parsed SON message."""
    password = message.first("PWD")
    return SignOn(
        user=parse_user_name(message.first("USR").replace("_", ".")),
        agency=message.ori,
        password=decode_secret(password) if password else "",
        code=message.first("OTP"),
        ticket=message.first("TKT"),
        last_osn=int(message.first("OSN") or "0"),
    )


def compose_sign_on_accepted(accepted: SignOnAccepted) -> str:
    """The body of the reply to a good SON."""
    fields = (f"TKT/{accepted.ticket}", f"ISN/{accepted.last_isn:07d}", f"OSN/{accepted.last_osn:07d}")
    return "\n".join([SIGN_ON_ACCEPTED_HEAD, *fields])


def parse_sign_on_accepted(body: str) -> SignOnAccepted:
    """Raises: Rejected (code 00) for any other body."""
    parts = _ACCEPTED.fullmatch(body)
    if parts is None:
        raise unreadable("this does not accept a sign-on")
    return SignOnAccepted(parts.group(1), int(parts.group(2)), int(parts.group(3)))


def compose_sign_off(agency: Ori) -> str:
    return f"SOF.{agency}"


def compose_acknowledgement(agency: Ori, osn: int) -> str:
    """The ACK of exactly the reply with this number, of none before it."""
    return f"ACK.{agency}.OSN/{osn:07d}"


def acknowledged_osn(message: Message) -> int:
    """The number in a parsed ACK message."""
    return int(message.first("OSN"))


def compose_keep_alive(agency: Ori, control: str = "") -> str:
    """The keep-alive, and the switch's whole answer to it: no header lines, no OSN."""
    return f"KAL.{agency}.*{control}" if control else f"KAL.{agency}"


def is_keep_alive(text: str) -> bool:
    """Whether what the switch sent is its answer to a keep-alive rather than a reply."""
    return _KEEP_ALIVE.fullmatch(text) is not None
