"""The header's parts: message key, agency, destinations, control field."""

from __future__ import annotations

import re

from openclets.vocabulary.checked import raised
from openclets.vocabulary.codes import code_table, nearest
from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import ORI_SHAPE, Ori, parse_ori
from openclets.vocabulary.messages import MESSAGE_KEY_BY_CODE, SENDABLE_KEYS, DestinationKind, Direction, MessageKey
from openclets.wire.reading import MAX_FIELDS, Reading

MAX_DESTINATIONS = 5
"""Source: Nlets, up to five destinations."""

CONTROL_CHARACTERS = 10
"""Length of the control field. Source: the wire's fixed design, after Nlets."""

USUAL_KEYS = "QW, QPO, EPO, SON"
"""Named when nothing that was typed is near any key. Own decision: all of them would fill a page."""

_DESTINATION = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_CONTROL = re.compile(rf"[!-+\-0-~]{{{CONTROL_CHARACTERS}}}")


def with_whole_key(header: list[str]) -> list[str]:
    """The header with a notice's key in one piece: it holds periods itself (`$.H`, `$.H.TTP`)."""
    if header[:1] != ["$"]:
        return header
    for pieces in (3, 2):
        key = raised(".".join(header[:pieces]))
        if key in MESSAGE_KEY_BY_CODE:
            return [key, *header[pieces:]]
    return header


def read_key(header: list[str], reading: Reading, *, from_switch: bool = False) -> MessageKey | None:
    """The row of the key. `from_switch`: the text came from a switch or index, not from a terminal."""
    typed = raised(header[0]) if header else ""
    row = MESSAGE_KEY_BY_CODE.get(typed)
    if row is not None and row.direction is not (Direction.IN if from_switch else Direction.OUT):
        reading.key = row.key
        return row
    if row is not None and from_switch:
        reading.add(FaultCode.KEY, "MKE", f"a switch does not send {row.key}", "a reply, a notice or a text")
    elif row is not None:
        reading.add(FaultCode.KEY, "MKE", f"only the switch sends {row.key}", f"a key to send, such as {USUAL_KEYS}")
    elif not typed:
        reading.add(FaultCode.KEY, "MKE", "there is no message key", f"a key, such as {USUAL_KEYS}")
    else:
        near = ", ".join(nearest(typed, SENDABLE_KEYS)) or USUAL_KEYS
        reading.add(
            FaultCode.KEY, "MKE", f"{reading.quoted(typed)} is not a message key taken here", f"the nearest: {near}"
        )
    return None


def is_free_text(header: list[str]) -> bool:
    """Whether what follows the header is text and no fields, also for a key that is not taken from this side."""
    row = MESSAGE_KEY_BY_CODE.get(raised(header[0])) if header else None
    return row is not None and bool(row.text_field)


def read_ori(header: list[str], reading: Reading) -> Ori:
    if len(header) < 2 or not header[1]:
        reading.add(FaultCode.ORI, "ORI", "the agency identifier is missing", "MKE.ORI, such as QW.CA0990100")
        return Ori("")
    try:
        return parse_ori(raised(header[1]))
    except Rejected as rejected:
        for fault in rejected.faults:
            text = fault.text if reading.may_quote else "what was typed is not an agency identifier"
            reading.faults.append(Fault(fault.code, fault.field, text, fault.accepted))
        return Ori("")


def read_destinations_and_control(parts: list[str], reading: Reading) -> tuple[tuple[str, ...], str]:
    """The rest of the header, held to the key that `read_key` found."""
    destinations: list[str] = []
    control = ""
    for part in parts[:MAX_FIELDS]:
        if part.startswith("*"):
            if control:
                reading.add(FaultCode.HEADER, "CONTROL", "is there twice", "one control field")
            control = part[1:]
            if not is_control(control):
                accepted = f"* and exactly {CONTROL_CHARACTERS} characters without blank, period, slash or comma"
                reading.add(FaultCode.HEADER, "CONTROL", f"{reading.quoted(control)} is not a control field", accepted)
        elif part and (control or destinations):
            accepted = "MKE.ORI.DEST,DEST.*CONTROL.TXT in this order"
            reading.add(FaultCode.HEADER, "", f"{reading.quoted(part)} is out of place in the header", accepted)
        elif part:
            destinations = [raised(destination.strip()) for destination in part.split(",")]
            _check_destinations(destinations, reading)
    row = MESSAGE_KEY_BY_CODE.get(reading.key)
    if row is not None:
        _check_taken(row, tuple(destinations), reading)
    return tuple(destinations), control


def _check_taken(row: MessageKey, destinations: tuple[str, ...], reading: Reading) -> None:
    """Whether the key takes these destinations; a warning where what is named is sent nothing."""
    taken = row.destinations
    if taken is None:
        if destinations:
            named = ", ".join(destinations) if reading.may_quote else "a destination"
            reading.warnings.append(f"{row.key} is answered here only: nothing is sent to {named}")
        return
    accepted = f"{taken.least} to {taken.most} destinations: {taken.kind}"
    if len(destinations) < taken.least:
        reading.add(FaultCode.ORI, "DEST", "is missing", accepted)
    elif len(destinations) > taken.most:
        reading.add(FaultCode.ORI, "DEST", f"{len(destinations)} destinations", accepted)
    for destination in destinations[:MAX_DESTINATIONS]:
        if (taken.kind is DestinationKind.STATES and len(destination) != 2) or (
            taken.kind is DestinationKind.AGENCIES and not ORI_SHAPE.fullmatch(destination)
        ):
            reading.add(FaultCode.ORI, "DEST", f"{reading.quoted(destination)} is not taken by {row.key}", accepted)


def is_control(text: str) -> bool:
    """Whether the text can be a control field: exactly ten printable ASCII characters, no period, slash or comma."""
    return bool(_CONTROL.fullmatch(text))


def _check_destinations(destinations: list[str], reading: Reading) -> None:
    if len(destinations) > MAX_DESTINATIONS:
        reading.add(FaultCode.ORI, "DEST", f"{len(destinations)} destinations", f"at most {MAX_DESTINATIONS}")
    for destination in destinations[:MAX_DESTINATIONS]:
        if not _DESTINATION.fullmatch(destination):
            accepted = "state codes, agency identifiers or device names divided by commas"
            reading.add(FaultCode.ORI, "DEST", f"{reading.quoted(destination)} is not a destination", accepted)
        elif len(destination) == 2 and reading.may_quote and destination not in code_table("STATE").meanings:
            reading.warnings.append(f"DEST {destination} is not a state known here: taken as the code of a region")
