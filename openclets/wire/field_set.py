"""The fields of one message: each by itself through its edit, then together against the key's row; then the message."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from openclets.vocabulary.checked import quoted, raised
from openclets.vocabulary.codes import nearest
from openclets.vocabulary.cross_edits import Sent
from openclets.vocabulary.edits import canonical_value, doubts_together
from openclets.vocabulary.errors import Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.fields import FIELD_BY_CODE, Edit, Field
from openclets.vocabulary.identifiers import Ori
from openclets.vocabulary.messages import MESSAGE_KEY_BY_CODE, FieldUse, MessageKey, Need, fields_of
from openclets.vocabulary.usual_values import is_usual
from openclets.wire.message import Form, Message
from openclets.wire.reading import MAX_FAULTS, MAX_FIELDS, Reading, joined

MAX_LISTED_FIELDS = 20
"""How many of a key's fields a rejection names; the rest is on the key's page. Own decision."""

MAX_COMPARED = 2
"""After this many faults the nearest codes are no longer looked for: of a long table that takes up to 15 ms each."""

_TAKEN_OFF = ("",)
_FIELD_CODE = re.compile(r"[A-Z][A-Z0-9]{1,4}")
_FIELD_ON_NEXT_LINE = re.compile(r"[\r\n]\s*([A-Za-z][A-Za-z0-9]{1,4})\s*/")


def read_fields(elements: list[str], row: MessageKey | None, reading: Reading, today: date) -> set[str]:
    """Reads every field into `reading`; the codes that were sent, rightly or wrongly filled."""
    sent: set[str] = set()
    read: dict[str, tuple[str, ...]] = {}
    if len(elements) > MAX_FIELDS:
        reading.add(FaultCode.TOO_MANY, "", f"more than {MAX_FIELDS} fields", f"at most {MAX_FIELDS}")
    taken: Mapping[str, Field] = FIELD_BY_CODE if row is None else fields_of(row.key)
    deletes = row is not None and row.blank_deletes
    for element in elements[:MAX_FIELDS]:
        typed_code, slash, typed = element.partition("/")
        # Mostly code and value stand there as they should.
        field = taken.get(typed_code) if slash else None
        if field is not None and typed_code not in sent and is_usual(field, typed):
            read[typed_code] = (typed,)
            sent.add(typed_code)
            continue
        code = typed_code if field else raised(joined(typed_code))
        if not slash:
            if code:
                accepted = "CODE/value; a value holds no period"
                reading.add(FaultCode.FORMAT, "", f"{reading.quoted(code)} is not a field", accepted)
            continue
        field = field or taken.get(code)
        if field is None:
            reject_field(code, row, reading)
            continue
        before = read.get(code, ())
        is_blank = deletes and not typed.strip() and may_be_blank(code, row)
        if code in sent and (field.max_values == 1 or is_blank or before == _TAKEN_OFF):
            reading.add(FaultCode.TWICE, code, "is there more than once", f"one {code}/ field")
        elif is_blank:
            read[code] = _TAKEN_OFF
        else:
            values = read_values(field, typed, reading, today, already=len(before))
            if values:
                read[code] = before + values
        sent.add(code)
    reading.fields.extend(read.items())
    return sent


def read_free_text(body: str, row: MessageKey, reading: Reading, today: date) -> set[str]:
    """Reads all of `body` as the one text field of the key, periods and slashes in it as they are."""
    if not body.strip():
        return set()
    try:
        checked = canonical_value(fields_of(row.key)[row.text_field], body, today=today)
    except Rejected as rejected:
        reading.faults.extend(rejected.faults)
    else:
        reading.fields.append((row.text_field, (checked.value,)))
    return {row.text_field}


def may_be_blank(code: str, row: MessageKey | None) -> bool:
    """Whether the field sent empty takes the value off the record; what names the record cannot go that way."""
    return row is not None and row.blank_deletes and code not in ("NIC", "FCN", "OCA", "NAM")


def reject_field(code: str, row: MessageKey | None, reading: Reading) -> None:
    """Says of a field that the key does not take what it takes instead."""
    known = list(FIELD_BY_CODE if row is None else fields_of(row.key))
    listed = ", ".join(known[:MAX_LISTED_FIELDS]) + (" and more" if len(known) > MAX_LISTED_FIELDS else "")
    taken = f"{row.key} takes {listed or 'no field'}" if row else f"fields known: {listed}"
    if not _FIELD_CODE.fullmatch(code) or not reading.may_quote:
        reading.add(FaultCode.UNKNOWN_FIELD, "", f"{reading.quoted(code)} is not a field code", taken)
    elif row and code in FIELD_BY_CODE:
        reading.add(FaultCode.UNKNOWN_FIELD, code, f"{row.key} does not take this field", taken)
    else:
        # What lies past the faults that are shown is not worth the time to compare it.
        near = nearest(code, known) if len(reading.faults) < MAX_FAULTS else ()
        accepted = f"the nearest: {', '.join(near)}; {taken}" if near else taken
        reading.add(FaultCode.UNKNOWN_FIELD, code, "there is no such field", accepted)


def read_values(field: Field, typed: str, reading: Reading, today: date, *, already: int = 0) -> tuple[str, ...]:
    """One field's value or values in their one spelling; none when it is wrong, and `reading` says how.

    `already`: how many values the field had when it was sent before.
    """
    value = typed
    if not typed.isprintable():
        value = _without_line_breaks(field, typed, reading)
        if not value:
            return ()
    if "/" in value and field.edit is not Edit.COLOUR:
        shown = f"{quoted(value)} " if field.may_be_quoted and reading.may_quote else ""
        text, accepted = f"{shown}has a slash in its value", "no slash or period in a value"
        reading.add(field.fault, field.code, text, accepted)
        return ()
    # A name holds a comma itself: further names are sent as further fields.
    is_list = field.max_values > 1 and field.edit is not Edit.NAME
    typed_values = value.split(",", field.max_values) if is_list else (value,)
    return check_values(field, typed_values, reading, today, already=already)


def check_values(
    field: Field, typed: Sequence[str], reading: Reading, today: date, *, already: int = 0
) -> tuple[str, ...]:
    """Values that are apart already, each in its one spelling; none when one is wrong, and `reading` says how."""
    places = len(typed)
    if already + places > field.max_values:
        text = f"has {already + places} values or more"
        reading.add(FaultCode.TOO_MANY, field.code, text, f"at most {field.max_values}")
        return ()
    values: list[str] = []
    for one in typed:
        if field.may_have_gaps and places > 1 and not one.strip():
            values.append("")
            continue
        try:
            # A code is compared with its whole table only while that takes no noticeable time.
            checked = canonical_value(field, one, today=today, may_compare=len(reading.faults) < MAX_COMPARED)
        except Rejected as rejected:
            reading.faults.extend(rejected.faults)
            return ()
        values.append(checked.value)
        if checked.warnings:
            reading.warnings.extend(checked.warnings)
    if field.may_have_gaps and not any(values):
        accepted = f"{field.edit}, or leave the field out"
        reading.add(FaultCode.MISSING, field.code, "is empty in every place", accepted)
        return ()
    return tuple(values)


def _without_line_breaks(field: Field, typed: str, reading: Reading) -> str:
    """The value joined over its lines, with a warning; '' when the next line looks like a field of its own."""
    whole = typed.strip()
    value = joined(whole)
    if len(value) == len(whole):
        return value or " "
    broken_off = _FIELD_ON_NEXT_LINE.search(typed)
    if broken_off:
        text = f"runs on into {broken_off.group(1).upper()}/ on the next line" if reading.may_quote else "runs on"
        reading.add(FaultCode.VALUE, field.code, text, "a period at the end of each field")
        return ""
    reading.warnings.append(f"{field.code} was broken over lines: the parts are joined without a blank")
    return value


def finish_reading(
    reading: Reading,
    row: MessageKey | None,
    sent: set[str],
    *,
    ori: Ori,
    destinations: tuple[str, ...],
    control: str,
    form: Form,
    today: date,
) -> Reading:
    """The same reading, with the fields held to the key together and, where nothing is wrong, with the message."""
    if row is not None:
        _check_field_set(sent, row, reading, today)
    if row is not None and not reading.faults:
        reading.message = Message(
            key=row.key,
            ori=ori,
            destinations=destinations,
            control=control,
            fields=tuple(reading.fields),
            form=form,
            warnings=tuple(reading.warnings),
            text=reading.text,
            training=row.training,
        )
    reading.bound()
    return reading


def _check_field_set(sent: set[str], row: MessageKey, reading: Reading, today: date) -> None:
    """The fields together: those that have to be there, the sets of which one must be there, the key's other rules."""
    mandatory, conditional = _needs_of(row.key)
    for use in mandatory:
        if use.code not in sent:
            _miss(use.code, row, reading)
    for use in conditional:
        if use.code in sent and use.only_with not in sent:
            accepted = f"{use.code} together with {use.only_with}, or neither"
            reading.add(FaultCode.FIELD_SET, use.code, f"goes only with {use.only_with}", accepted)
    if row.alternatives:
        _check_alternatives(sent, row, reading)
    values = dict(reading.fields)
    if row.edits:
        together = Sent(sent, values)
        for edit in row.edits:
            reading.faults.extend(edit.faults(together, today=today))
    reading.warnings.extend(doubt for doubt in doubts_together(values) if doubt not in reading.warnings)


@cache
def _needs_of(key: str) -> tuple[tuple[FieldUse, ...], tuple[FieldUse, ...]]:
    """The key's mandatory fields, and its conditional ones."""
    uses = MESSAGE_KEY_BY_CODE[key].fields
    return tuple(use for use in uses if use.need is Need.MANDATORY), tuple(use for use in uses if use.only_with)


def _check_alternatives(sent: set[str], row: MessageKey, reading: Reading) -> None:
    among = {code for one in row.alternatives for code in one} & sent
    sets = "; or ".join(" with ".join(one) for one in row.alternatives)
    if not among:
        reading.add(
            FaultCode.MISSING, row.alternatives[0][0], "is missing, and so is all that could stand for it", sets
        )
        return
    if any(among == set(one) for one in row.alternatives):
        return
    begun = [one for one in row.alternatives if among < set(one)]
    if begun:
        for code in min(begun, key=len):
            if code not in sent:
                _miss(code, row, reading)
        return
    touched = [one for one in row.alternatives if among & set(one)]
    together = " and ".join(dict.fromkeys(code for one in touched for code in one if code in sent))
    second = next(code for one in touched[1:] or touched for code in one if code in sent and code not in touched[0][:1])
    reading.add(FaultCode.FIELD_SET, second, f"{together} do not go together", f"one of: {sets}")


def _miss(code: str, row: MessageKey, reading: Reading) -> None:
    reading.add(FaultCode.MISSING, code, "is missing", f"{code}/ with {fields_of(row.key)[code].name}")
