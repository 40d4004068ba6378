"""A key's example as a whole message, for pages, `explain` and tests."""

from __future__ import annotations

from openclets.vocabulary.messages.row import DestinationKind, MessageKey

_AGENCY = "CA0990100"
_DESTINATIONS = {DestinationKind.STATES: "NV", DestinationKind.AGENCIES: "NV0020100", DestinationKind.ANY: "CA0990200"}
"""Fictional. Source: own decision."""


def message_of(row: MessageKey, fields: str) -> str:
    """The message with these fields, in the short form; a text in the tagged form."""
    header = f"{row.key}.{_AGENCY}"
    if row.destinations is not None:
        header += f".{_DESTINATIONS[row.destinations.kind]}"
    if row.text_field:
        return f"{header}.TXT\n{fields}"
    return f"{header}.{fields}" if fields else header
