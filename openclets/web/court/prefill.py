"""From what was read of court forms to a pre-filled entry: values, where each was read, warnings at their fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from openclets.orders.court_forms.form import FORMS
from openclets.orders.court_forms.sheet import ReadField
from openclets.orders.entry import Contact
from openclets.vocabulary.errors import Rejected
from openclets.vocabulary.persons import parse_plain_name
from openclets.web.court.entry_form import EntryForm, ProtectedForm
from openclets.web.court.handed_in import ReadForm
from openclets.web.court.typed_fields import clock_as_typed, day_as_typed, name_as_typed

_DAYS: Final = ("restrained_birth_date", "issued_on", "expires_on", "hearing_on")
_TIMES: Final = ("issued_time", "expires_time", "hearing_time")

_TO_ENTRY: Final[Mapping[str, str]] = {
    "restrained_weight": "restrained_weight_pounds",
    "no_contact": "contact",
    "move_out": "must_move_out",
    "recording_allowed": "may_record_violations",
    "custody": "custody_ordered",
    "other_orders": "other",
}
"""What a form's reading calls otherwise than the entry."""

_STAY_AWAY: Final = ("stay_away_yards", "stay_away_places", "stay_away_other", "stay_away_exceptions")

_PERSON: Final = re.compile(r"protected-(\d+)-(\w+)")

NO_PLACE: Final[Mapping[str, str]] = {
    "restrained_marks": "Marks, scars, tattoos",
    "restrained_telephone": "Telephone",
    "restrained_vehicle": "Vehicle",
    "restrained_employer": "Employer",
    "restrained_language": "Language",
    "court_county": "County",
}
"""Read from forms, but the entry has no field for it: shown to compare, not filed."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a field's value was read: `value` as the field shows it. `page` of the form, 0: not to be looked for in the
    signed order."""

    value: str
    place: str
    page: int


@dataclass(frozen=True, slots=True)
class Aside:
    """Something read that has no field. `is_confidential`: from a form kept out of the court's file."""

    label: str
    value: str
    place: str
    is_confidential: bool


@dataclass(frozen=True, slots=True)
class ItemWarning:
    """A warning about an item of a form and the names of all inputs that item fills."""

    text: str
    inputs: frozenset[str]


@dataclass(slots=True)
class Prefill:
    """`values` and `marks` go by the names of the form's inputs (`protected-0-name`); `warnings` are all of them, in
    order, `at_fields` those about one input, `about_items` those about an item with several. `amended`: a box says so,
    which time it may not say."""

    values: dict[str, str | bool | list[str]] = field(default_factory=dict)
    people: dict[int, dict[str, str]] = field(default_factory=dict)
    marks: dict[str, Mark] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    at_fields: dict[str, list[str]] = field(default_factory=dict)
    about_items: list[ItemWarning] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    amended: Mark | None = None


def prefill(read: Sequence[ReadForm], order_type: str = "") -> Prefill:
    """From one order form, and after it from confidential ones; where two forms say different things the first is taken
    and a warning names the other.

    Of several order forms the first for `order_type` is taken, else the first of all, and a warning names the others:
    together they would make an order nobody signed, with terms of the one that the other denies.
    """
    filled = Prefill()
    orders = [form for form in read if form.reading.form and not form.reading.confidential]
    taken = next((form for form in orders if form.reading.value("order_type") == order_type), next(iter(orders), None))
    for other in orders:
        if other is not taken and taken is not None:
            text = (
                f"{other.reading.form} ({other.name}): not used, the entry is filled from {taken.reading.form} alone."
            )
            filled.warnings.append(text)
    used = (form for form in read if form is taken or form not in orders)
    for form in sorted(used, key=lambda form: form.reading.confidential):
        name = form.reading.form or form.name
        for one in form.reading.fields:
            _take(filled, one, name, is_confidential=form.reading.confidential)
        for warning in form.reading.warnings:
            filled.warnings.append(f"{name}: {warning}")
            inputs = _inputs_of(form.reading.form, warning)
            if len(inputs) == 1:
                filled.at_fields.setdefault(next(iter(inputs)), []).append(warning)
            elif inputs:
                filled.about_items.append(ItemWarning(warning, inputs))
    _follow(filled)
    return filled


def _take(filled: Prefill, one: ReadField, form: str, *, is_confidential: bool) -> None:
    place = f"{form} {one.label}, confidential" if is_confidential else one.label
    target = _input_of(one.name)
    person = _PERSON.fullmatch(target)
    if one.name == "amended":
        filled.amended = Mark("1", place, one.page)
        return
    if one.name in NO_PLACE or _is_names_run_together(one) or not (person or target in EntryForm.base_fields):
        label = NO_PLACE.get(
            one.name, "Other names" if one.name == "restrained_other_names" else one.name.replace("_", " ")
        )
        filled.asides.append(Aside(label, one.value, place, is_confidential))
        return
    shown = _as_shown(target, one.value)
    choices = _choices_of(target)
    if choices is not None and shown not in choices:
        # Told in the list already, by the reading's own doubt.
        filled.at_fields.setdefault(target, []).append(f"{one.label} says '{one.value}': choose it by hand.")
        return
    earlier = filled.marks.get(target)
    if earlier is not None:
        if earlier.value != shown:
            text = f"{place} says '{shown}', {earlier.place} says '{earlier.value}': look at the signed order."
            filled.warnings.append(text)
            filled.at_fields.setdefault(target, []).append(text)
        return
    filled.marks[target] = Mark(shown, place, 0 if is_confidential else one.page)
    if person:
        filled.people.setdefault(int(person[1]), {})[person[2]] = shown
    else:
        filled.values[target] = shown.split(",") if target == "stay_away_places" else shown


def _is_names_run_together(one: ReadField) -> bool:
    """Other names with a comma in them: whether it divides two names or one is for the clerk to see."""
    return one.name == "restrained_other_names" and "," in one.value


def _follow(filled: Prefill) -> None:
    """What follows from other values: a distance or a place means that staying away is ordered, a ticked box that the
    order is amended means at least the first amendment."""
    stay_away = next((filled.marks[name] for name in _STAY_AWAY if name in filled.marks), None)
    if stay_away is not None:
        filled.values["stay_away"] = "yes"
        filled.marks["stay_away"] = Mark("yes", stay_away.place, stay_away.page)
    if filled.amended is not None and "amendment" not in filled.marks:
        filled.values["amendment"] = filled.amended.value
        filled.marks["amendment"] = filled.amended


def _as_shown(target: str, value: str) -> str:
    if target == "contact":
        return Contact.NO_CONTACT.value
    if target in _DAYS:
        return day_as_typed(value)
    if target in _TIMES:
        return clock_as_typed(value)
    if target == "stay_away_places":
        return ",".join(sorted(value.split(",")))
    if target.endswith("name"):
        try:
            return name_as_typed(parse_plain_name(value, field=""))
        except Rejected:
            # As the form has it: the clerk sees it refused at its field and mends it there.
            return value
    return value


def _choices_of(target: str) -> set[str] | None:
    """The codes a field takes, or None for one that takes text."""
    person = _PERSON.fullmatch(target)
    known = ProtectedForm.base_fields if person else EntryForm.base_fields
    choices = getattr(known.get(person[2] if person else target), "choices", None)
    if choices is None or target == "stay_away_places":
        return None
    return {str(code) for code, _ in choices}


def _inputs_of(form: str, warning: str) -> frozenset[str]:
    """The inputs filled by the item a warning begins with; none where it begins with none."""
    table = next((table for table in FORMS if table.code == form), None)
    if table is None:
        return frozenset()
    entries: dict[str, set[str]] = {}
    labelled = [(row.label, row.entry) for row in table.rows] + [(item.label, item.entry) for item in table.items]
    for label, entry in labelled:
        if entry:
            entries.setdefault(label, set()).add(_input_of(entry))
    begins = max((label for label in entries if warning.startswith((f"{label}:", f"{label} "))), key=len, default="")
    return frozenset(entries.get(begins, ()))


def _input_of(name: str) -> str:
    person = re.fullmatch(r"protected_(\d+)_(\w+)", name)
    return f"protected-{person[1]}-{person[2]}" if person else _TO_ENTRY.get(name, name)
