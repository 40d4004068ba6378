"""The fields of one message: each by itself through its edit, then all together against the key's row."""

from __future__ import annotations

import re
from datetime import date

from openclets.vocabulary.codes import nearest
from openclets.vocabulary.edits import canonical_value
from openclets.vocabulary.errors import Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.fields import FIELD_BY_CODE, Field
from openclets.vocabulary.messages import FIELDS_OF_KEY, MessageKey, Need
from openclets.wire.reading import MAX_FIELDS, Reading, joined, raised

_FIELD_CODE = re.compile(r"[A-Z][A-Z0-9]{1,4}")
_FIELD_ON_NEXT_LINE = re.compile(r"[\r\n]\s*([A-Za-z][A-Za-z0-9]{1,4})\s*/")


def read_fields(elements: list[str], row: MessageKey | None, reading: Reading, today: date) -> set[str]:
    """Reads every field into `reading`; the codes that were sent, rightly or wrongly filled."""
    sent: set[str] = set()
    if len(elements) > MAX_FIELDS:
        reading.add(FaultCode.TOO_MANY, "", f"more than {MAX_FIELDS} fields", f"at most {MAX_FIELDS}")
    taken = FIELD_BY_CODE.keys() if row is None else FIELDS_OF_KEY[row.key]
    for element in elements[:MAX_FIELDS]:
        typed_code, slash, typed = element.strip().partition("/")
        code = raised(joined(typed_code))
        if not slash:
            if code:
                accepted = "CODE/value; a value holds no period"
                reading.add(FaultCode.FORMAT, "", f"{reading.quoted(code)} is not a field", accepted)
            continue
        if code not in taken:
            _reject_field(code, row, reading)
        elif code in sent:
            reading.add(FaultCode.TWICE, code, "is there more than once", f"one {code}/ field")
        else:
            read_values(FIELD_BY_CODE[code], typed, reading, today)
            sent.add(code)
    return sent


def _reject_field(code: str, row: MessageKey | None, reading: Reading) -> None:
    known = [use.code for use in row.fields] if row else list(FIELD_BY_CODE)
    taken = f"{row.key} takes {', '.join(known) or 'no field'}" if row else f"fields known: {', '.join(known)}"
    if not _FIELD_CODE.fullmatch(code) or not reading.may_quote:
        reading.add(FaultCode.UNKNOWN_FIELD, "", f"{reading.quoted(code)} is not a field code", taken)
    elif row and code in FIELD_BY_CODE:
        reading.add(FaultCode.UNKNOWN_FIELD, code, f"{row.key} does not take this field", taken)
    else:
        near = nearest(code, known)
        accepted = f"the nearest: {', '.join(near)}; {taken}" if near else taken
        reading.add(FaultCode.UNKNOWN_FIELD, code, "there is no such field", accepted)


def read_values(spec: Field, typed: str, reading: Reading, today: date) -> None:
    """Reads one field's value or values into `reading`."""
    whole = typed.strip()
    value = joined(whole)
    broken_off = _FIELD_ON_NEXT_LINE.search(typed) if len(value) < len(whole) else None
    if broken_off:
        text = f"runs on into {broken_off.group(1).upper()}/ on the next line" if reading.may_quote else "runs on"
        reading.add(FaultCode.VALUE, spec.code, text, "a period at the end of each field")
        return
    if "/" in typed:
        reading.add(spec.fault, spec.code, "has a slash in its value", "no slash or period in a value")
        return
    if len(value) < len(whole):
        reading.warnings.append(f"{spec.code} was broken over lines: the parts are joined without a blank")
    typed_values = value.split(",", spec.max_values) if spec.max_values > 1 else [value]
    if len(typed_values) > spec.max_values:
        reading.add(FaultCode.TOO_MANY, spec.code, "has too many values", f"at most {spec.max_values}")
        return
    try:
        edited = [canonical_value(spec, one, today=today) for one in typed_values]
    except Rejected as rejected:
        reading.faults.extend(rejected.faults)
        return
    reading.fields.append((spec.code, tuple(one.value for one in edited)))
    reading.warnings.extend(one.warning for one in edited if one.warning)


def check_field_set(sent: set[str], row: MessageKey, reading: Reading) -> None:
    for use in row.fields:
        if use.need is Need.MANDATORY and use.code not in sent:
            _miss(use.code, reading)
        elif use.need is Need.CONDITIONAL and use.code in sent and use.only_with not in sent:
            accepted = f"{use.code} together with {use.only_with}, or neither"
            reading.add(FaultCode.FIELD_SET, use.code, f"goes only with {use.only_with}", accepted)
    if not row.alternatives:
        return
    touched = [one for one in row.alternatives if any(code in sent for code in one)]
    sets = "; or ".join(" with ".join(one) for one in row.alternatives)
    if not touched:
        reading.add(
            FaultCode.MISSING, row.alternatives[0][0], "is missing, and so is all that could stand for it", sets
        )
    elif len(touched) > 1:
        together = " and ".join(code for one in touched for code in one if code in sent)
        reading.add(FaultCode.FIELD_SET, touched[1][0], f"{together} do not go together", f"one of: {sets}")
    else:
        for code in touched[0]:
            if code not in sent:
                _miss(code, reading)


def _miss(code: str, reading: Reading) -> None:
    spec = FIELD_BY_CODE[code]
    reading.add(FaultCode.MISSING, code, "is missing", f"{code}/ with {spec.name}")
