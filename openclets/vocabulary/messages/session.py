"""The session's own keys, and what the switch sends instead of an answer."""

from __future__ import annotations

from openclets.vocabulary.messages.groups import OWN
from openclets.vocabulary.messages.row import Act, Direction, Family, MessageKey, WrongExample, may, must

SESSION: tuple[MessageKey, ...] = (
    MessageKey(
        "SON",
        "Signs a person on at this device, with password and one-time code or with a ticket.",
        Direction.IN,
        Family.SESSION,
        (*must("USR", OWN), *may("PWD OTP TKT OSN", OWN)),
        "own decision; two factors: CJIS Security Policy IA-2(1)(2)",
        act=Act.SESSION,
        record="sign-on",
        alternatives=(("PWD", "OTP"), ("TKT",)),
        example="USR/CHEN.PWD/Y29ycmVjdCBob3JzZQ.OTP/123456",
        wrong=WrongExample("USR/CHEN.PWD/Y29ycmVjdCBob3JzZQ", "14", "OTP"),
    ),
    MessageKey(
        "SOF",
        "Signs the person off.",
        Direction.IN,
        Family.SESSION,
        (),
        "own decision; CJIS Security Policy AC-12",
        act=Act.SESSION,
        record="sign-off",
        wrong=WrongExample("USR/CHEN", "34", "USR"),
    ),
    MessageKey(
        "ACK",
        "Says that the reply with exactly this OSN has arrived.",
        Direction.IN,
        Family.SESSION,
        must("OSN", OWN),
        "own decision, after the acknowledged sequence numbers of public switches",
        act=Act.SESSION,
        record="acknowledgement",
        example="OSN/0000007",
        wrong=WrongExample("OSN/SEVEN", "32", "OSN"),
    ),
    MessageKey(
        "KAL",
        "Keeps an idle connection alive.",
        Direction.BOTH,
        Family.SESSION,
        (),
        "own decision",
        act=Act.SESSION,
        record="keep-alive",
        wrong=WrongExample("OSN/0000007", "34", "OSN"),
    ),
)
