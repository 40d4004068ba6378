"""What a row of the catalogue of message keys is, and the short ways in which rows name their fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from openclets.vocabulary.answers import File
from openclets.vocabulary.cross_edits import CrossEdit


class Direction(StrEnum):
    """Who sends a message with this key, as seen by a terminal."""

    IN = "to the switch"
    OUT = "from the switch"
    BOTH = "both ways"


class Family(StrEnum):
    """What kind of thing a key does; decides who handles it, never who may send it."""

    INQUIRY = "inquiry"
    RECORD = "record"
    CONFIRMATION = "hit confirmation"
    TEXT = "text"
    NOTICE = "notice"
    SESSION = "session"
    REPLY = "reply"


class Act(StrEnum):
    """What happens to which record. Two keys may take the same fields: then the act or the record differs."""

    ASK = "asks"
    ASK_IN_BATCH = "asks off line"
    ASK_FOR_UPKEEP = "asks for upkeep, with no effect of a hit"
    FETCH = "fetches the whole of what was found"
    ENTER = "enters"
    SUPPLEMENT = "adds to"
    REMOVE_SUPPLEMENT = "takes additions from"
    MODIFY = "changes"
    CANCEL = "cancels"
    CLEAR = "clears"
    CLEAR_EXPIRED = "clears after its end"
    LOCATE = "says that it was found"
    INACTIVATE = "makes inactive"
    REPORT = "reports"
    TELL = "tells"
    SESSION = "belongs to the session"


class Mark(StrEnum):
    """What the ending of an entry key says of the record."""

    CAUTION = "caution"
    ARMED = "armed"
    PRINTS = "fingerprints on file"


class Need(StrEnum):
    """Whether a field has to be there. CONDITIONAL: taken only together with the field `only_with` names."""

    MANDATORY = "mandatory"
    OPTIONAL = "optional"
    CONDITIONAL = "conditional"


@dataclass(frozen=True, slots=True)
class FieldUse:
    """How one key uses one field.

    `source`: who says that the key takes it. `kind` chooses among fields of one code (`TYP` of a gun, of an article).
    `max_values` above 0 stands for the field's own.
    """

    code: str
    need: Need = Need.OPTIONAL
    only_with: str = ""
    source: str = ""
    kind: str = ""
    max_values: int = 0


class DestinationKind(StrEnum):
    """What may stand as destination in the header."""

    STATES = "two-letter codes of states or regions"
    AGENCIES = "nine-character agency identifiers"
    ANY = "states, regions, agencies, devices or group codes"


@dataclass(frozen=True, slots=True)
class Destinations:
    """How many destinations of which kind a key takes. Those are sent the message."""

    kind: DestinationKind
    least: int
    most: int
    source: str


@dataclass(frozen=True, slots=True)
class WrongExample:
    """Fields that the key does not take, with number and field of the one fault they give."""

    fields: str
    fault: str
    about: str


@dataclass(frozen=True, slots=True)
class MessageKey:
    """One row. The order of `fields` is the order of the positional form.

    `alternatives` are sets of fields of which exactly one must be there whole (empty: no such rule); `edits` are the
    other rules across fields. `right` is the name of the permission it needs (who holds it is the access table's;
    empty: none beyond the session's own checks). `act`, `record` and `marks` say what the key itself says.
    `training` marks a twin that must touch nothing live. `destinations` None: what the header names as destinations is
    sent nothing, and the sender is warned of it. `text_field`: everything after the header line is this one field.
    `blank_deletes`: a field sent empty takes the value off the record. `example` and `wrong` are without the header.
    """

    key: str
    purpose: str
    direction: Direction
    family: Family
    fields: tuple[FieldUse, ...]
    source: str
    act: Act = Act.ASK
    record: str = ""
    marks: tuple[Mark, ...] = ()
    alternatives: tuple[tuple[str, ...], ...] = ()
    edits: tuple[CrossEdit, ...] = ()
    files: tuple[File, ...] = ()
    right: str = ""
    has_training_twin: bool = False
    training: bool = False
    destinations: Destinations | None = None
    text_field: str = ""
    blank_deletes: bool = False
    example: str = ""
    wrong: WrongExample | None = field(default=None)

    @property
    def goes_to_destinations(self) -> bool:
        return self.destinations is not None


def must(codes: str, source: str, *, kind: str = "", max_values: int = 0) -> tuple[FieldUse, ...]:
    """Fields that have to be there, codes divided by blanks."""
    return tuple(
        FieldUse(code, Need.MANDATORY, source=source, kind=kind, max_values=max_values) for code in codes.split()
    )


def may(codes: str, source: str, *, kind: str = "", max_values: int = 0) -> tuple[FieldUse, ...]:
    """Fields that may be there."""
    return tuple(
        FieldUse(code, Need.OPTIONAL, source=source, kind=kind, max_values=max_values) for code in codes.split()
    )


def along(codes: str, only_with: str, source: str, *, kind: str = "") -> tuple[FieldUse, ...]:
    """Fields that may be there beside another."""
    return tuple(FieldUse(code, Need.CONDITIONAL, only_with, source=source, kind=kind) for code in codes.split())


def optional(uses: tuple[FieldUse, ...]) -> tuple[FieldUse, ...]:
    """The same fields, none of them needed: what a modification may change."""
    return tuple(FieldUse(use.code, source=use.source, kind=use.kind, max_values=use.max_values) for use in uses)
