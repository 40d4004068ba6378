"""The national index's own form: entries by position, everything else by field code.

HEADER.MKE.ORI.value.value..value        an entry: fields in the order of the key's row, blank ones as nothing
HEADER.MKE.ORI.FLD/value.FLD/value       any other message to the index

The header is 9 to 19 characters: the line's four (`1N01`), then the sender's own transaction number. The index gives it
back unchanged, and by it the answer finds its question. Destinations and control field have no place in this form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from openclets.vocabulary.checked import raised
from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.fields import Edit, Field
from openclets.vocabulary.messages import MESSAGE_KEY_BY_CODE, Act, MessageKey, fields_of
from openclets.wire.message import Message
from openclets.wire.message_text import fields_text
from openclets.wire.parse import MAX_MESSAGE_CHARACTERS
from openclets.wire.typed_message import Parts, message_of

POSITIONAL_ACTS = frozenset({Act.ENTER, Act.SUPPLEMENT, Act.REMOVE_SUPPLEMENT})
"""What goes by position. Source: general descriptions of the index; that supplements do: own decision."""

_HEADER = re.compile(r"[A-Z0-9]{4}[A-Z0-9 -]{5,15}")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_MAX_ELEMENTS = 400


@dataclass(frozen=True, slots=True)
class IndexMessage:
    """A message with the header it travels under, unchanged from question to answer."""

    header: str
    message: Message


def compose_positional(sent: IndexMessage) -> str:
    """The text. Raises: ValueError for a header, destinations, control field or free text that this form cannot carry
    (a bug of the caller)."""
    message = sent.message
    row = MESSAGE_KEY_BY_CODE[message.key]
    if not _HEADER.fullmatch(sent.header):
        raise ValueError(f"'{sent.header}' is no header")
    if message.destinations or message.control or row.text_field:
        raise ValueError("destinations, control field and free text have no place in this form")
    text = ".".join(_elements(message)) if row.act in POSITIONAL_ACTS else fields_text(message)
    return f"{sent.header}.{message.key}.{message.ori}.{text}"


def parse_positional(text: str, *, today: date) -> IndexMessage:
    """Raises: Rejected with all faults, and nothing else for any text."""
    if len(text) > MAX_MESSAGE_CHARACTERS:
        raise _wrong(FaultCode.TOO_LONG, f"the message has {len(text)} characters", f"at most {MAX_MESSAGE_CHARACTERS}")
    if _SURROGATES.search(text):
        raise _wrong(FaultCode.CHARACTERS, "the text holds half a character", "whole Unicode characters")
    elements = [element.strip() for element in _CONTROLS.sub("", text).split(".")]
    header, key, ori = (raised(part) for part in (*elements[:3], "", "", "")[:3])
    faults = []
    if not _HEADER.fullmatch(header):
        accepted = "9 to 19 letters, digits, blanks and hyphens, such as 1N01SW00004711"
        faults.append(Fault(FaultCode.HEADER, "HDR", f"'{header[:20]}' is not a header", accepted))
    row = MESSAGE_KEY_BY_CODE.get(key)
    read: list[tuple[str, tuple[str, ...]]] = []
    if len(elements) > _MAX_ELEMENTS:
        faults.append(Fault(FaultCode.TOO_MANY, "", "the message has too many fields", f"at most {_MAX_ELEMENTS}"))
    elif row is not None and (row.act not in POSITIONAL_ACTS or _is_tagged(elements[3:], row)):
        read = _tagged(elements[3:], row, faults)
    elif row is not None:
        read = _by_position(elements[3:], row, faults)
    message = message_of(
        Parts(key, ori, (), "", tuple(read), form="positional", text=text, faults=tuple(faults)), today=today
    )
    return IndexMessage(header, message)


def _elements(message: Message) -> list[str]:
    elements = []
    for code, field in fields_of(message.key).items():
        values = message.values(code)
        if field.edit is Edit.NAME and len(values) > 1:
            # Names hold a comma themselves: each is written with one, so that two pieces are one name.
            values = tuple(value if "," in value else f"{value}," for value in values)
        elements.append(",".join(values))
    while elements and not elements[-1]:
        elements.pop()
    return elements


def _by_position(elements: list[str], row: MessageKey, faults: list[Fault]) -> list[tuple[str, tuple[str, ...]]]:
    fields = fields_of(row.key)
    over = [element for element in elements[len(fields) :] if element]
    if over:
        text = f"'{over[0][:20]}' stands behind the last field"
        faults.append(Fault(FaultCode.TOO_MANY, "", text, f"{row.key} has {len(fields)} fields"))
    return [
        (code, _divided(field, element))
        for (code, field), element in zip(fields.items(), elements, strict=False)
        if element
    ]


def _tagged(elements: list[str], row: MessageKey, faults: list[Fault]) -> list[tuple[str, tuple[str, ...]]]:
    fields = fields_of(row.key)
    read: dict[str, tuple[str, ...]] = {}
    for element in elements:
        code, slash, typed = element.partition("/")
        code = raised(code.strip())
        field = fields.get(code)
        if not element:
            continue
        if not slash:
            faults.append(Fault(FaultCode.FORMAT, "", f"'{element[:20]}' is not a field", "CODE/value"))
        elif field is not None and field.edit is Edit.NAME and code in read:
            read[code] += (typed.strip(),)
        elif code in read:
            faults.append(Fault(FaultCode.TWICE, code, "is there more than once", f"one {code}/ field"))
        else:
            read[code] = (typed.strip(),) if field is None else _divided(field, typed.strip(), is_one_name=True)
    return list(read.items())


def _divided(field: Field, typed: str, *, is_one_name: bool = False) -> tuple[str, ...]:
    """The element's values. Several names are pairs: surname, the rest."""
    if field.max_values == 1:
        return (typed,)
    pieces = typed.split(",", 2 * field.max_values)
    if field.edit is not Edit.NAME:
        return tuple(pieces)
    if is_one_name or len(pieces) < 3:
        return (typed,)
    return tuple(",".join(pieces[place : place + 2]).rstrip(",") for place in range(0, len(pieces), 2))


def _is_tagged(elements: list[str], row: MessageKey) -> bool:
    """Whether an entry came by field codes after all, as most states let their own users send it."""
    fields = fields_of(row.key)
    said = [element.partition("/") for element in elements if element]
    return bool(said) and all(slash and raised(code.strip()) in fields for code, slash, _ in said)


def _wrong(code: FaultCode, text: str, accepted: str) -> Rejected:
    return Rejected(Fault(code, "", text, accepted))
