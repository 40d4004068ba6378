"""What a table of a court form is made of.

Every field is named together with the words its tooltip must begin with. The number in a field's name does not follow
the printed order and a new revision may give it another meaning, so a field whose tooltip says something else is never
read.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How what was typed is read; see `values`. TICK is a box that means the row's `value`."""

    TEXT = "text"
    NAME = "name"
    DATE = "date"
    BIRTH_DATE = "birth date"
    AGE_FROM_BIRTH_DATE = "age from a birth date"
    TIME = "time"
    YARDS = "yards"
    AGE = "age"
    SEX = "sex"
    HEIGHT = "height"
    WEIGHT = "weight"
    RACE = "race"
    HAIR = "hair"
    EYES = "eyes"
    COUNTY = "county"
    ORDINAL = "ordinal"
    TICK = "tick"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the PDF by its full name; `says`: how its tooltip begins, in small letters with single spaces."""

    name: str
    says: str


@dataclass(frozen=True, slots=True)
class Item:
    """One order that is made or not. It is made when `granted` is ticked and none of `against` is.

    Where there are boxes `against`, exactly one of all must be ticked (`is_optional`: or none); anything else is a
    contradiction and not made.
    `entry` gets `value` when it is made (empty: only its rows count). `expects`: of each group of entries one should be
    filled when it is made. `covers`: boxes for the person in item 1 and for the people in item 3.
    """

    label: str
    page: int
    granted: Field
    against: tuple[Field, ...] = ()
    entry: str = ""
    value: str = "yes"
    expects: tuple[tuple[str, ...], ...] = ()
    covers: tuple[Field, Field] | None = None
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One value of the form and the entry field it goes to.

    It counts only where `item` (a label) is made and every box of `boxes` is ticked. `more` are fields that continue
    it. `value` is what a tick means; for text it is what is written round it, at `{}`. `am`, `pm` and `midnight` belong
    to a time. `receipt`: a box saying that the court has proof that the thing was handed in.
    """

    field: Field
    entry: str
    kind: Kind
    label: str
    item: str = ""
    boxes: tuple[Field, ...] = ()
    more: tuple[Field, ...] = ()
    value: str = ""
    am: Field | None = None
    pm: Field | None = None
    midnight: Field | None = None
    receipt: Field | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """An order printed on every copy, or a fact the form itself states; `unless`: the box that takes it back."""

    entry: str
    value: str
    label: str
    page: int
    unless: Field | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a ticked box means for the reader that no entry field can hold."""

    box: Field
    text: str


@dataclass(frozen=True, slots=True)
class FormTable:
    """One form. `root` begins the name of every field. `case_number_repeats` must agree with the case number of page 1.

    `no_end`: the date field, and the warning with the date at `{}`, for a form that bears no date of its end.
    """

    code: str
    title: str
    revision: str
    root: str
    printed: tuple[Printed, ...]
    items: tuple[Item, ...]
    rows: tuple[Row, ...]
    notices: tuple[Notice, ...] = ()
    case_number_repeats: tuple[Field, ...] = ()
    no_end: tuple[Field, str] | None = None
    confidential: bool = False


JOINED_BY = {
    "stay_away_places": ",",
    "stay_away_exceptions": "; ",
    "contact_exceptions": "; ",
    "other_orders": "; ",
    "animals": "; ",
    "firearms_known": "; ",
    "restrained_vehicle": ", ",
}
"""Entries that several rows fill together. For any other entry two values are a contradiction."""

OTHER_NAMES = ("protected_1_name", "protected_2_name", "protected_3_name", "protected_4_name")
"""Entries of the people of item 3."""
