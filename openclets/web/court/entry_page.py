"""The entry page as its template takes it: fields in groups, each with where it was read and what is doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from openclets.web.court.entry_form import EntryForm, ProtectedForm, label_of
from openclets.web.court.prefill import Mark, Prefill


@dataclass(frozen=True, slots=True)
class _Group:
    """`fields`: each with its width in twelfths of the column."""

    name: str
    title: str
    fields: tuple[tuple[str, int], ...]


GROUPS = (
    _Group(
        "case",
        "Case and court",
        (("order_type", 12), ("case_number", 5), ("court", 4), ("county", 3), ("judge", 8), ("amendment", 4)),
    ),
    _Group(
        "restrained",
        "Restrained person",
        (
            ("restrained_name", 12),
            ("restrained_other_names", 12),
            ("restrained_birth_date", 4),
            ("restrained_age", 4),
            ("restrained_sex", 4),
            ("restrained_race", 4),
            ("restrained_height", 4),
            ("restrained_weight_pounds", 4),
            ("restrained_hair", 6),
            ("restrained_eyes", 6),
            ("restrained_license", 6),
            ("restrained_social_security", 6),
            ("restrained_address", 12),
            ("restrained_relationship", 12),
        ),
    ),
    _Group("protected", "Protected people", ()),
    _Group(
        "terms",
        "Terms: only what the judge ordered",
        (
            ("contact", 12),
            ("contact_exceptions", 12),
            ("stay_away", 8),
            ("stay_away_yards", 4),
            ("stay_away_places", 12),
            ("stay_away_other", 12),
            ("stay_away_exceptions", 12),
            ("must_move_out", 12),
            ("move_out_address", 12),
            ("firearms_prohibited", 12),
            ("body_armor_prohibited", 12),
            ("no_abuse", 12),
            ("custody_ordered", 12),
            ("may_record_violations", 12),
            ("animals", 12),
            ("other", 12),
        ),
    ),
    _Group(
        "dates",
        "Dates",
        (
            ("issued_on", 6),
            ("issued_time", 6),
            ("expires_on", 6),
            ("expires_time", 6),
            ("hearing_on", 6),
            ("hearing_time", 6),
        ),
    ),
    _Group("service", "Service", (("served_in_court", 12),)),
    _Group("cautions", "Cautions", (("firearms_known", 12),)),
)
"""In the order of the paper."""


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field. `width` in twelfths; `as_read`: the value is still what was read."""

    bound: BoundField
    width: int
    mark: Mark | None
    warnings: tuple[str, ...]

    @property
    def as_read(self) -> bool:
        return self.mark is not None and _value_of(self.bound) == self.mark.value

    @property
    def kind(self) -> str:
        """`box`, `choices` (several inputs under one legend) or `line`."""
        widget = self.bound.field.widget
        if isinstance(widget, forms.CheckboxInput):
            return "box"
        return "choices" if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple) else "line"

    @property
    def described_by(self) -> str:
        field_id = self.bound.auto_id
        parts = (
            ("hint", self.bound.help_text and self.kind == "line"),
            ("error", self.bound.errors),
            ("warnings", self.warnings),
            ("read", self.mark),
        )
        return " ".join(f"{field_id}-{part}" for part, is_there in parts if is_there)

    @property
    def input(self) -> SafeString:
        attributes: dict[str, str | bool] = {}
        if self.described_by:
            attributes["aria-describedby"] = self.described_by
        if self.bound.errors and self.kind != "choices":
            attributes["aria-invalid"] = "true"
        return self.bound.as_widget(attrs=attributes)


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """`warnings`: those about an item of the form that fills several fields of the group."""

    name: str
    title: str
    fields: tuple[ShownField, ...]
    warnings: tuple[str, ...]


def shown_groups(form: EntryForm, read: Prefill) -> tuple[ShownGroup, ...]:
    """The groups in the order of the paper."""
    return tuple(
        ShownGroup(group.name, group.title, _shown(form, group.fields, read), _warnings_of(group, read))
        for group in GROUPS
    )


def shown_people(rows: Iterable[ProtectedForm], read: Prefill) -> tuple[tuple[ShownField, ...], ...]:
    """The rows of protected people."""
    widths = (("name", 12), ("sex", 4), ("age", 2), ("relationship", 6))
    return tuple(_shown(row, widths, read) for row in rows)


@dataclass(frozen=True, slots=True)
class ListedFault:
    """A fault in the list above the form, leading to its input."""

    input_id: str
    label: str
    text: str


def faults_listed(forms_shown: Iterable[forms.Form]) -> list[ListedFault]:
    """Every fault of these forms."""
    listed = []
    for form in forms_shown:
        for name, errors in form.errors.items():
            if name in form.fields:
                bound = form[name]
                listed += [ListedFault(_first_input(bound), label_of(bound.name), str(error)) for error in errors]
    return listed


def _warnings_of(group: _Group, read: Prefill) -> tuple[str, ...]:
    names = {name for name, _ in group.fields}
    return tuple(
        warning.text
        for warning in read.about_items
        if warning.inputs & names
        or (group.name == "protected" and any(name.startswith("protected-") for name in warning.inputs))
    )


def _first_input(bound: BoundField) -> str:
    several = isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return f"{bound.auto_id}_0" if several else bound.auto_id


def _shown(form: forms.Form, fields: Iterable[tuple[str, int]], read: Prefill) -> tuple[ShownField, ...]:
    return tuple(_field(form[name], width, read.marks, read.at_fields) for name, width in fields)


def _field(bound: BoundField, width: int, marks: Mapping[str, Mark], warnings: Mapping[str, list[str]]) -> ShownField:
    return ShownField(bound, width, marks.get(bound.html_name), tuple(warnings.get(bound.html_name, ())))


def _value_of(bound: BoundField) -> str:
    """As the page's script sees it: a ticked box is `yes`, several choices are joined in order."""
    value = bound.value()
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return "yes" if value in (True, "yes", "on") else ""
    return ",".join(sorted(value)) if isinstance(value, list) else str(value or "")
