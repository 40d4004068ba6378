"""A message as tagged or short text: what `parse` reads back as the same message.

What is composed here is sent on, so secrets are in it as they were.
"""

from __future__ import annotations

from openclets.vocabulary.fields import Edit
from openclets.vocabulary.messages import MESSAGE_KEY_BY_CODE, fields_of
from openclets.wire.message import Message


def compose_tagged(message: Message) -> str:
    """Header line with TXT, then the fields on a line of their own."""
    return f"{header_of(message)}.TXT\n{fields_text(message)}"


def compose_short(message: Message) -> str:
    """Header and fields on one line. Raises: ValueError for a key whose text is free: it has no short form."""
    if MESSAGE_KEY_BY_CODE[message.key].text_field:
        raise ValueError(f"the text of {message.key} has no short form")
    fields = fields_text(message)
    return f"{header_of(message)}.{fields}" if fields else header_of(message)


def header_of(message: Message) -> str:
    """`MKE.ORI[.DEST[,DEST...]][.*CONTROL]`."""
    parts = [message.key, message.ori]
    if message.destinations:
        parts.append(",".join(message.destinations))
    if message.control:
        parts.append(f"*{message.control}")
    return ".".join(parts)


def fields_text(message: Message) -> str:
    """The fields as `CODE/value` divided by periods, none after the last; names of a list as a field each."""
    free = MESSAGE_KEY_BY_CODE[message.key].text_field
    if free:
        return message.first(free)
    taken = fields_of(message.key)
    sent: list[str] = []
    for code, values in message.fields:
        if len(values) == 1:
            sent.append(f"{code}/{values[0]}")
        elif taken[code].edit is Edit.NAME:
            sent += [f"{code}/{value}" for value in values]
        else:
            sent.append(f"{code}/{','.join(values)}")
    return ".".join(sent)
