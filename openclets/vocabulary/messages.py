"""The catalogue of message keys as data: what each is for, who sends it, its fields, the files it reaches.

Adding a key is adding a row. Training twins are the same rows with a T in front.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from openclets.vocabulary.answers import File


class Direction(StrEnum):
    """Who sends a message with this key, as seen by a terminal."""

    IN = "to the switch"
    OUT = "from the switch"
    BOTH = "both ways"


class Family(StrEnum):
    """What kind of thing a key does; decides who handles it, never who may send it."""

    INQUIRY = "inquiry"
    SESSION = "session"
    REPLY = "reply"


class Need(StrEnum):
    """Whether a field has to be there. CONDITIONAL: taken only together with the field `only_with` names."""

    MANDATORY = "mandatory"
    OPTIONAL = "optional"
    CONDITIONAL = "conditional"


@dataclass(frozen=True, slots=True)
class FieldUse:
    """How one key uses one field."""

    code: str
    need: Need = Need.OPTIONAL
    only_with: str = ""


@dataclass(frozen=True, slots=True)
class MessageKey:
    """One row. `alternatives` are sets of fields of which exactly one must be there whole (empty: no such rule).

    `right` is the name of the permission it needs (who holds it is the access table's; empty: none beyond the
    session's own checks). `training` marks a twin that must touch nothing live. `goes_to_destinations`: what the header
    names as destinations is sent there; for other keys the sender is warned that it is not.
    """

    key: str
    purpose: str
    direction: Direction
    family: Family
    fields: tuple[FieldUse, ...]
    source: str
    alternatives: tuple[tuple[str, ...], ...] = ()
    files: tuple[File, ...] = ()
    right: str = ""
    has_training_twin: bool = False
    training: bool = False
    goes_to_destinations: bool = False


_ASKING = (FieldUse("PUR"), FieldUse("CAS"), FieldUse("ATN"))
"""Any inquiry may say why, for which case and for whom. Which keys must is policy. Source: the wire's fixed design."""

_NARROWING = (FieldUse("DOB"), FieldUse("SEX"), FieldUse("RAC"))

_NARROWING_A_NAME = tuple(FieldUse(use.code, Need.CONDITIONAL, "NAM") for use in _NARROWING)

_PERSON_FILES = (
    File.ORDERS,
    File.WANTED,
    File.PROHIBITED,
    File.SUPERVISED,
    File.REGISTRANTS,
    File.MISSING,
    File.NATIONAL,
)

_LIVE: tuple[MessageKey, ...] = (
    MessageKey(
        "QW",
        "Asks every person file and the protective orders about one person.",
        Direction.IN,
        Family.INQUIRY,
        (FieldUse("NAM", Need.MANDATORY), *_NARROWING, *_ASKING),
        "NCIC key QW: one name inquiry searches all person files; a birth date is not required, as in CARPOS",
        files=_PERSON_FILES,
        right="inquiry.person",
        has_training_twin=True,
    ),
    MessageKey(
        "QPO",
        "Asks for protective orders about one person or by number, ended and expired ones too.",
        Direction.IN,
        Family.INQUIRY,
        (FieldUse("NAM"), *_NARROWING_A_NAME, FieldUse("FCN"), *_ASKING),
        "NCIC key QPO: returns active, expired and cleared orders; by FCN: own decision",
        alternatives=(("NAM",), ("FCN",)),
        files=(File.ORDERS, File.NATIONAL),
        right="inquiry.orders",
        has_training_twin=True,
    ),
    MessageKey(
        "SON",
        "Signs a person on at this device, with password and one-time code or with a ticket.",
        Direction.IN,
        Family.SESSION,
        (FieldUse("USR", Need.MANDATORY), FieldUse("PWD"), FieldUse("OTP"), FieldUse("TKT"), FieldUse("OSN")),
        "own decision; two factors: CJIS Security Policy IA-2(1)(2)",
        alternatives=(("PWD", "OTP"), ("TKT",)),
    ),
    MessageKey(
        "SOF", "Signs the person off.", Direction.IN, Family.SESSION, (), "own decision; CJIS Security Policy AC-12"
    ),
    MessageKey(
        "ACK",
        "Says that the reply with exactly this OSN has arrived.",
        Direction.IN,
        Family.SESSION,
        (FieldUse("OSN", Need.MANDATORY),),
        "own decision, after the acknowledged sequence numbers of public switches",
    ),
    MessageKey("KAL", "Keeps an idle connection alive.", Direction.BOTH, Family.SESSION, (), "own decision"),
    MessageKey(
        "ER",
        "Rejects a message: the input is wrong.",
        Direction.OUT,
        Family.REPLY,
        (),
        "Nlets key ER: only the switch sends it",
    ),
    MessageKey("RF", "Refuses a message: not allowed.", Direction.OUT, Family.REPLY, (), "own decision"),
    MessageKey(
        "SM", "Says that a part or a neighbour is out of service.", Direction.OUT, Family.REPLY, (), "Nlets key SM"
    ),
)

MESSAGE_KEYS: tuple[MessageKey, ...] = (
    *_LIVE,
    *(
        replace(
            row,
            key=f"T{row.key}",
            purpose=f"Training twin of {row.key}: {row.purpose}",
            has_training_twin=False,
            training=True,
        )
        for row in _LIVE
        if row.has_training_twin
    ),
)

MESSAGE_KEY_BY_CODE: Mapping[str, MessageKey] = MappingProxyType({row.key: row for row in MESSAGE_KEYS})

FIELDS_OF_KEY: Mapping[str, frozenset[str]] = MappingProxyType(
    {row.key: frozenset(use.code for use in row.fields) for row in MESSAGE_KEYS}
)

SENDABLE_KEYS: tuple[str, ...] = tuple(row.key for row in MESSAGE_KEYS if row.direction is not Direction.OUT)
"""What a terminal may send, for naming the nearest to a mistyped one."""
