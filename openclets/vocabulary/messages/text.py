"""Messages in free words between agencies."""

from __future__ import annotations

from openclets.vocabulary.messages.groups import OWN
from openclets.vocabulary.messages.row import (
    Act,
    DestinationKind,
    Destinations,
    Direction,
    Family,
    MessageKey,
    WrongExample,
    must,
)

_NLETS = "Nlets message formats"
_ANYBODY = Destinations(DestinationKind.ANY, 1, 5, f"{_NLETS} AM: up to five states; agencies and devices: {OWN}")
_GROUPS = Destinations(DestinationKind.ANY, 1, 5, f"{OWN}: all points by group codes; the state's list is not public")


def _text(key: str, purpose: str, record: str, to: Destinations, source: str, example: str) -> MessageKey:
    return MessageKey(
        key,
        purpose,
        Direction.BOTH,
        Family.TEXT,
        must("TXT", f"{_NLETS} AM: free text"),
        source,
        act=Act.TELL,
        record=record,
        destinations=to,
        right="text.send",
        has_training_twin=True,
        text_field="TXT",
        example=example,
        wrong=WrongExample("", "14", "TXT"),
    )


TEXT: tuple[MessageKey, ...] = (
    _text(
        "AM",
        "Sends a text to agencies or states.",
        "text",
        _ANYBODY,
        f"{_NLETS} AM",
        "PLEASE CALL SIERRA VISTA SO ABOUT CASE 26-00123. 555-0100",
    ),
    _text(
        "AML",
        "Sends a text that only law enforcement may read.",
        "text for law enforcement only",
        _ANYBODY,
        f"{_NLETS} AML",
        "ATTEMPT TO LOCATE JOHN DOE, LAST SEEN 11/20.",
    ),
    _text(
        "AA",
        "Sends an alert about an abducted child.",
        "abducted child",
        _ANYBODY,
        f"{_NLETS} AA",
        "ABDUCTED CHILD, AGE 6, SILVER SEDAN, PLATE 8ABC123",
    ),
    _text(
        "APB",
        "Sends a text to all points of a group.",
        "text to a group",
        _GROUPS,
        OWN,
        "ALL POINTS: SILVER SEDAN 8ABC123 WANTED FOR ROBBERY.",
    ),
)
