"""A message whose parts are already apart, as positional text, JSON and XML give them, held to its key's row.

The text forms take the same steps in `parse`; here only the splitting differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.fields import Edit, Field
from openclets.vocabulary.messages import MESSAGE_KEY_BY_CODE, MessageKey, fields_of
from openclets.wire.echo import is_masked, printable_text
from openclets.wire.field_set import check_values, finish_reading, may_be_blank, reject_field
from openclets.wire.header import read_destinations_and_control, read_key, read_ori
from openclets.wire.message import Form, Message
from openclets.wire.parse import MAX_MESSAGE_CHARACTERS
from openclets.wire.reading import MAX_FIELDS, Reading


@dataclass(frozen=True, slots=True)
class Parts:
    """What was sent, in parts, nothing of it checked. `fields` in the order sent; a value '' was sent blank.

    `text` is the whole as it was sent. `faults` were found while it was taken apart; `wrong` are the fields
    they are about.
    """

    key: str
    ori: str
    destinations: tuple[str, ...]
    control: str
    fields: tuple[tuple[str, tuple[str, ...]], ...]
    form: Form
    text: str
    faults: tuple[Fault, ...] = ()
    wrong: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def message_of(parts: Parts, *, today: date, from_switch: bool = False) -> Message:
    """`from_switch` as in `parse`. Raises: Rejected with all faults."""
    reading = read_parts(parts, today=today, from_switch=from_switch)
    if reading.message is None:
        raise Rejected(*reading.faults)
    return reading.message


def read_parts(parts: Parts, *, today: date, from_switch: bool = False) -> Reading:
    """As `message_of`, but wrong parts give what could be read of them beside the faults."""
    reading = Reading(text=printable_text(parts.text[:MAX_MESSAGE_CHARACTERS]))
    reading.faults.extend(parts.faults)
    reading.warnings.extend(parts.warnings)
    reading.may_quote = not is_masked(reading.text)
    row = read_key([parts.key], reading, from_switch=from_switch)
    ori = read_ori([parts.key, parts.ori], reading)
    header = [",".join(parts.destinations), f"*{parts.control}" if parts.control else ""]
    destinations, control = read_destinations_and_control(header, reading)
    # A field that was there, but wrong, is not said to be missing as well.
    sent = _read_fields(parts.fields, row, reading, today) | set(parts.wrong)
    return finish_reading(
        reading, row, sent, ori=ori, destinations=destinations, control=control, form=parts.form, today=today
    )


def in_row_order(fields: Sequence[tuple[str, tuple[str, ...]]], key: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The fields in the order of the key's row, for forms that keep no order of their own; unknown ones last."""
    places = {code: place for place, code in enumerate(fields_of(key) if key in MESSAGE_KEY_BY_CODE else ())}
    return tuple(sorted(fields, key=lambda one: places.get(one[0], len(places))))


def _read_fields(
    fields: Sequence[tuple[str, tuple[str, ...]]], row: MessageKey | None, reading: Reading, today: date
) -> set[str]:
    sent: set[str] = set()
    if row is None:
        return sent
    if len(fields) > MAX_FIELDS:
        reading.add(FaultCode.TOO_MANY, "", f"more than {MAX_FIELDS} fields", f"at most {MAX_FIELDS}")
    taken = fields_of(row.key)
    for code, values in fields[:MAX_FIELDS]:
        field = taken.get(code)
        if field is None:
            reject_field(code, row, reading)
        elif code in sent:
            reading.add(FaultCode.TWICE, code, "is there more than once", f"one {code} with all its values")
        elif values == ("",) and may_be_blank(code, row):
            reading.fields.append((code, values))
        else:
            _read_values(field, values, reading, today)
        sent.add(code)
    return sent


def _read_values(field: Field, values: tuple[str, ...], reading: Reading, today: date) -> None:
    if any(_ends_field(field, value) for value in values):
        accepted = "no period or slash in a value, and no comma in one of several"
        reading.add(field.fault, field.code, "has a character that would end the value in text", accepted)
        return
    checked = check_values(field, values or ("",), reading, today)
    if checked:
        reading.fields.append((field.code, checked))


def _ends_field(field: Field, value: str) -> bool:
    """Whether the value, sent on as text, would end there or begin another field."""
    if field.edit is Edit.LONG_TEXT:
        return False
    if "." in value or ("/" in value and field.edit is not Edit.COLOUR):
        return True
    return "," in value and field.max_values > 1 and field.edit is not Edit.NAME
