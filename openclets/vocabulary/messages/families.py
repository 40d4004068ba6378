"""Families of keys that every file has: change, cancel, clear, locate. One row here for each file, four keys there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from openclets.vocabulary.answers import File
from openclets.vocabulary.cross_edits import AtLeastOne, BeginsWith, CrossEdit
from openclets.vocabulary.messages.groups import (
    DAY_ENDED,
    FILE,
    KEYS,
    NATIONAL_RECORD_NAMED,
    OWN,
    RULED,
    VALIDATED,
    something_to_change,
)
from openclets.vocabulary.messages.row import (
    Act,
    Direction,
    Family,
    FieldUse,
    Mark,
    MessageKey,
    Need,
    WrongExample,
    may,
    must,
    optional,
)

ENTER_RIGHT = "hotfile.enter"
LOCATE_RIGHT = "hotfile.locate"

ENDINGS: Mapping[str, tuple[tuple[Mark, ...], str]] = {
    "": ((), ""),
    "-A": ((Mark.ARMED,), ", whoever has it being armed"),
    "-P": ((Mark.PRINTS,), ", with fingerprints of an unknown person kept"),
    "-F": ((Mark.ARMED, Mark.PRINTS), ", whoever has it being armed, with fingerprints kept"),
}
"""Endings of property entries. Source: public list of NCIC keys: -A armed, -P prints on file, -F both."""


@dataclass(frozen=True, slots=True)
class HotFile:
    """One file of records: `noun` with its article, `letter` of its record numbers, `confirmed_by`: fields of which one
    has to stand beside the record number, as the name beside a person's."""

    file: File
    noun: str
    record: str
    letter: str
    entry: tuple[FieldUse, ...]
    confirmed_by: tuple[str, ...]
    confirming: str
    change: str
    rules: tuple[CrossEdit, ...] = ()
    reason: str = ""
    found: tuple[FieldUse, ...] = ()
    found_example: str = ""

    @property
    def files(self) -> tuple[File, ...]:
        return (self.file, File.NATIONAL)


def entered(
    hot: HotFile,
    key: str,
    purpose: str,
    example: str,
    wrong: WrongExample,
    *,
    record: str = "",
    fields: tuple[FieldUse, ...] = (),
    edits: tuple[CrossEdit, ...] = (),
    marks: tuple[Mark, ...] = (),
    source: str = KEYS,
) -> MessageKey:
    """The key that enters a record of the file. `fields`: what it takes besides the file's own."""
    return MessageKey(
        key,
        purpose,
        Direction.IN,
        Family.RECORD,
        (*hot.entry, *fields),
        source,
        act=Act.ENTER,
        record=record or hot.record,
        marks=marks,
        edits=(*hot.rules, *edits),
        files=hot.files,
        right=ENTER_RIGHT,
        has_training_twin=True,
        example=example,
        wrong=wrong,
    )


def with_endings(row: MessageKey, endings: str) -> tuple[MessageKey, ...]:
    """The entry key as it is and with each of the endings, such as `-A -P -F`."""
    stem = row.purpose.rstrip(".")
    return tuple(
        replace(row, key=f"{row.key}{ending}", purpose=f"{stem}{ENDINGS[ending][1]}.", marks=ENDINGS[ending][0])
        for ending in ("", *endings.split())
    )


def supplement(
    hot: HotFile,
    key: str,
    act: Act,
    purpose: str,
    fields: tuple[FieldUse, ...],
    example: str,
    wrong: WrongExample,
    *,
    record: str = "",
    edits: tuple[CrossEdit, ...] = (),
    source: str = KEYS,
) -> MessageKey:
    """The key that adds to a record, or takes an addition off it."""
    named = _named(hot, fields)
    has_to_change_something = not any(use.need is Need.MANDATORY for use in fields)
    something = (something_to_change(fields),) if has_to_change_something else ()
    return MessageKey(
        key,
        purpose,
        Direction.IN,
        Family.RECORD,
        named,
        source,
        act=act,
        record=record or f"additions to {hot.noun}",
        edits=(*_naming_edits(hot), *edits, *something),
        files=hot.files,
        right=ENTER_RIGHT,
        has_training_twin=True,
        example=f"{_number(hot)}.{hot.confirming}.{example}",
        wrong=wrong,
    )


def upkeep(hot: HotFile, keys: str, *, ruled: str = "") -> tuple[MessageKey, ...]:
    """The keys that change, cancel, clear and locate, of those that `keys` names in this order (`-`: there is none).

    `ruled`: keys among them that no source lists, made by the rule of endings.
    """
    modify, cancel, clear, locate = keys.split()
    changeable = tuple(use for use in (*optional(hot.entry), *VALIDATED) if use.code not in ("OCA", *hot.confirmed_by))
    named = f"{_number(hot)}.{hot.confirming}"
    other_letter = "H" if hot.letter != "H" else "W"
    wrong_file = named.replace(f"NIC/{hot.letter}", f"NIC/{other_letter}")
    reason = may(hot.reason, f"NIEM NCIC codes {hot.reason}") if hot.reason else ()
    rows = (
        _row(
            hot,
            modify,
            Act.MODIFY,
            f"Changes fields of {hot.noun} that is entered.",
            _named(hot, changeable),
            (something_to_change(changeable),),
            f"{named}.{hot.change}",
            WrongExample(f"{hot.confirming}.{hot.change}", "14", "NIC"),
            blank_deletes=True,
        ),
        _row(
            hot,
            cancel,
            Act.CANCEL,
            f"Cancels {hot.noun} that should not have been entered.",
            _named(hot, DAY_ENDED),
            (),
            f"{named}.DOC/20261120",
            WrongExample(f"{wrong_file}.DOC/20261120", "22", "NIC"),
        ),
        _row(
            hot,
            clear,
            Act.CLEAR,
            f"Clears {hot.noun}: the reason for the entry has ended.",
            _named(hot, (*DAY_ENDED, *reason)),
            (),
            f"{named}.DOC/20261121",
            WrongExample(named, "14", "DOC"),
        ),
        _row(
            hot,
            locate,
            Act.LOCATE,
            f"Says that {hot.noun} of another agency was found.",
            _named(hot, hot.found),
            (),
            f"{named}{hot.found_example}",
            WrongExample(f"{_number(hot)}{hot.found_example}", "14", hot.confirmed_by[0]),
            right=LOCATE_RIGHT,
        ),
    )
    return tuple(replace(row, source=RULED if row.key in ruled.split() else KEYS) for row in rows if row.key != "-")


def _row(
    hot: HotFile,
    key: str,
    act: Act,
    purpose: str,
    fields: tuple[FieldUse, ...],
    edits: tuple[CrossEdit, ...],
    example: str,
    wrong: WrongExample,
    *,
    right: str = ENTER_RIGHT,
    blank_deletes: bool = False,
) -> MessageKey:
    return MessageKey(
        key,
        purpose,
        Direction.IN,
        Family.RECORD,
        fields,
        KEYS,
        act=act,
        record=hot.record,
        edits=(*_naming_edits(hot), *edits),
        files=hot.files,
        right=right,
        has_training_twin=True,
        blank_deletes=blank_deletes,
        example=example,
        wrong=wrong,
    )


def _named(hot: HotFile, fields: tuple[FieldUse, ...]) -> tuple[FieldUse, ...]:
    """What names the record, then the fields, none of them twice."""
    if len(hot.confirmed_by) == 1:
        confirming = must(hot.confirmed_by[0], f"{FILE}: it confirms the number", kind=_kind_of(hot))
    else:
        confirming = may(" ".join(hot.confirmed_by), f"{FILE}: one of them confirms the number")
    naming = (*may("NIC OCA", f"{FILE}: a record is named by NIC or OCA"), *confirming)
    codes = {use.code for use in naming}
    return (*naming, *(use for use in fields if use.code not in codes))


def _kind_of(hot: HotFile) -> str:
    return next((use.kind for use in hot.entry if use.code == hot.confirmed_by[0]), "")


def _naming_edits(hot: HotFile) -> tuple[CrossEdit, ...]:
    of_this_file = BeginsWith(f"NIEM NCIC codes FILE: {hot.letter} is this file's", "NIC", hot.letter)
    if len(hot.confirmed_by) == 1:
        return (NATIONAL_RECORD_NAMED, of_this_file)
    confirms = AtLeastOne(f"{FILE}; which: {OWN}", hot.confirmed_by, "number that confirms the record")
    return (NATIONAL_RECORD_NAMED, of_this_file, confirms)


def _number(hot: HotFile) -> str:
    return f"NIC/{hot.letter}000000001"
