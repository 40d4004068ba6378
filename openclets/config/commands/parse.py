"""`openclets parse`: says what a message means or what is wrong with it. No server, no database, ORIs by structure."""

from __future__ import annotations

import json
import os
import sys
from datetime import date, datetime
from zoneinfo import ZoneInfo

import click

from openclets.vocabulary.errors import Rejected
from openclets.vocabulary.fields import FIELD_BY_CODE, SECRET_FIELDS
from openclets.wire.framing import MAX_FRAME_BYTES
from openclets.wire.parse import decode_text, read_message
from openclets.wire.reading import Reading

EXIT_REJECTED = 2

_LOCAL_ZONE = ZoneInfo("America/Los_Angeles")
"""The day a birth date may not be after. As `agencies.access.LOCAL_ZONE`, which would bring Django along."""


@click.command(help="Say what MESSAGE means, or what is wrong with it ('-' reads standard input).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.argument("message")
def parse(message: str, *, as_json: bool) -> None:
    data = sys.stdin.buffer.read(MAX_FRAME_BYTES + 1) if message == "-" else os.fsencode(message)
    reading = _read(data, today=datetime.now(_LOCAL_ZONE).date())
    click.echo(json.dumps(_as_object(reading)) if as_json else _as_words(reading))
    if reading.message is None:
        sys.exit(EXIT_REJECTED)


def _read(data: bytes, *, today: date) -> Reading:
    try:
        return read_message(decode_text(data), today=today)
    except Rejected as rejected:
        return Reading(faults=list(rejected.faults))


def _as_object(reading: Reading) -> dict[str, object]:
    """The fixed JSON shape; secrets show as asterisks."""
    return {
        "ok": reading.message is not None,
        "key": reading.key,
        "fields": {code: list(_shown(code, values)) for code, values in reading.fields},
        "errors": [
            {"code": str(fault.code), "field": fault.field, "text": fault.text, "accepted": fault.accepted}
            for fault in reading.faults
        ],
        "warnings": reading.warnings,
    }


def _as_words(reading: Reading) -> str:
    lines = [f"{reading.key or 'no known message key'}: {'good' if reading.message else 'rejected'}"]
    lines += [
        f"  {code}/{','.join(_shown(code, values))}  {FIELD_BY_CODE[code].name}" for code, values in reading.fields
    ]
    lines += [f"  warning: {warning}" for warning in reading.warnings]
    for fault in reading.faults:
        lines += [
            f"  .{fault.code}. {fault.field or 'message'}: {fault.text}",
            f"       accepted: {fault.accepted}",
        ]
    return "\n".join(lines)


def _shown(code: str, values: tuple[str, ...]) -> tuple[str, ...]:
    return ("****",) if code in SECRET_FIELDS else values
