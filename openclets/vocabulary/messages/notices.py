"""What the switch and the national index send unasked, and what the switch sends instead of an answer."""

from __future__ import annotations

from openclets.vocabulary.messages.row import Act, Direction, Family, MessageKey

INSTEAD_OF_AN_ANSWER: tuple[MessageKey, ...] = (
    MessageKey(
        "ER",
        "Rejects a message: the input is wrong.",
        Direction.OUT,
        Family.REPLY,
        (),
        "Nlets key ER: only the switch sends it",
        act=Act.TELL,
        record="rejection",
    ),
    MessageKey(
        "RF",
        "Refuses a message: not allowed.",
        Direction.OUT,
        Family.REPLY,
        (),
        "own decision",
        act=Act.TELL,
        record="refusal",
    ),
    MessageKey(
        "SM",
        "Says that a part or a neighbour is out of service.",
        Direction.OUT,
        Family.REPLY,
        (),
        "Nlets key SM",
        act=Act.TELL,
        record="status",
    ),
)
