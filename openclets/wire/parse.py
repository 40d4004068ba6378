"""Text to message: the tagged and the short form, every fault named at once.

MKE.ORI[.DEST[,DEST...]][.*CONTROL].TXT        one header line, then fields
FLD/value.FLD/value

MKE.ORI[.DEST[,DEST...]][.*CONTROL].FLD/value.FLD/value        the short form, on one line
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from openclets.vocabulary.checked import raised
from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import ORI_SHAPE
from openclets.wire.echo import is_masked, printable_text
from openclets.wire.field_set import finish_reading, read_fields, read_free_text
from openclets.wire.header import (
    is_control,
    is_free_text,
    read_destinations_and_control,
    read_key,
    read_ori,
    with_whole_key,
)
from openclets.wire.message import Form, Message
from openclets.wire.reading import MAX_FIELDS, Reading, joined

MAX_MESSAGE_CHARACTERS = 65_536
"""Longest message text. Own decision: a thousand times a usual inquiry, small enough to be read in no time."""

UNREADABLE = "UNREADABLE"
"""What a reply names as the message it answers when not even the header could be read."""

_DROPPED_BUT_LINE_BREAKS = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LINE_BREAKS = re.compile("[\r\n]+")
_HEADER_END = re.compile(r"\.\s*TXT[ ]*(?:[\r\n.]|\Z)", re.IGNORECASE)
_KEY_LIKE = re.compile(r"[A-Za-z0-9$-]{1,6}|\$(?:\.[A-Z0-9]{1,4}){1,2}")
_HEADER_CHARACTERS = 200


class _Divided(NamedTuple):
    """Header parts of a text, and all that follows them, line breaks still in it."""

    form: Form
    header: list[str]
    body: str
    lacks_marker: bool = False


def decode_text(data: bytes) -> str:
    """The text of a frame: UTF-8, of which ASCII is a part. Raises: Rejected (code 37)."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = error.start + 1
        raise Rejected(
            Fault(FaultCode.CHARACTERS, "", f"the byte at place {place} is not UTF-8", "ASCII, or UTF-8 in names")
        ) from None


def parse_message(text: str, *, today: date, from_switch: bool = False) -> Message:
    """The message in `text`. Lower case is taken; `today` is the day no birth date may be after.

    `from_switch`: the text came from a switch or index, so that keys only those send are taken and others are not.
    Raises: Rejected with all faults, and nothing else for any text.
    """
    reading = read_message(text, today=today, from_switch=from_switch)
    if reading.message is None:
        raise Rejected(*reading.faults)
    return reading.message


def read_message(text: str, *, today: date, from_switch: bool = False) -> Reading:
    """As `parse_message`, but a wrong text gives what could be read of it beside the faults."""
    reading = Reading(text=printable_text(text[:MAX_MESSAGE_CHARACTERS]))
    if len(text) > MAX_MESSAGE_CHARACTERS:
        accepted = f"at most {MAX_MESSAGE_CHARACTERS} characters"
        reading.add(FaultCode.TOO_LONG, "", f"the message has {len(text)} characters", accepted)
        return reading
    if not text.isascii() and _SURROGATES.search(text):
        reading.add(FaultCode.CHARACTERS, "", "the text holds half a character", "whole Unicode characters")
        return reading
    if not reading.text:
        reading.add(FaultCode.FORMAT, "", "nothing was sent", "MKE.ORI.TXT, then fields as CODE/value")
        return reading
    reading.may_quote = not is_masked(reading.text)
    # 1. Header and fields.
    divided = _divide(_DROPPED_BUT_LINE_BREAKS.sub("", text))
    if divided.lacks_marker:
        reading.add(FaultCode.NO_MARKER, "", "the header line does not end with .TXT", ".TXT, or all on one line")
    # 2. The header's parts.
    row = read_key(divided.header, reading, from_switch=from_switch)
    ori = read_ori(divided.header, reading)
    destinations, control = read_destinations_and_control(divided.header[2:], reading)
    # 3. Each field by itself; 4. the fields together.
    if row is not None and row.text_field:
        sent = read_free_text(divided.body, row, reading, today)
    elif row is None and is_free_text(divided.header):
        sent = set()
    else:
        sent = read_fields(divided.body.split("."), row, reading, today)
    return finish_reading(
        reading, row, sent, ori=ori, destinations=destinations, control=control, form=divided.form, today=today
    )


def reference_of(sent: str | bytes) -> str:
    """`MKE.ORI[.*CONTROL]` of a text that may be wrong, for the reply's RE line; as much of it as can be told."""
    beginning = sent[:_HEADER_CHARACTERS]
    text = beginning.decode("utf-8", "replace") if isinstance(beginning, bytes) else beginning
    header = _divide(_DROPPED_BUT_LINE_BREAKS.sub("", text)).header
    if not header or not _KEY_LIKE.fullmatch(header[0]):
        return UNREADABLE
    parts = [raised(header[0])]
    if len(header) > 1 and ORI_SHAPE.fullmatch(raised(header[1])):
        parts.append(raised(header[1]))
    control = next((part for part in header[2:] if part.startswith("*") and is_control(part[1:])), "")
    return ".".join([*parts, control] if control else parts)


def _divide(text: str) -> _Divided:
    slash = text.find("/")
    head = text if slash < 0 else text[:slash]
    marker = _HEADER_END.search(head)
    if marker:
        return _Divided("tagged", _parts(text[: marker.start()]), text[marker.end() :])
    first, *others = _LINE_BREAKS.split(head.strip(), maxsplit=1)
    if others and others[0].strip() and not first.rstrip().endswith(".") and not others[0].lstrip().startswith("."):
        return _Divided("tagged", _parts(first), text.lstrip()[len(first) :], lacks_marker=True)
    elements = text.split(".")
    begins = next((place for place, element in enumerate(elements) if "/" in element), len(elements))
    header = with_whole_key([joined(part) for part in elements[: min(begins, MAX_FIELDS)]])
    return _Divided("short", header, ".".join(elements[begins:]))


def _parts(header: str) -> list[str]:
    return with_whole_key([joined(part) for part in header.split(".", MAX_FIELDS)])
