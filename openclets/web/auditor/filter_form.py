"""The auditor's filter: spelling is checked here, everything else is the journal's business."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any, Final

from django import forms

from openclets.journal.search import Criteria, PageWanted, Sort

OUTCOMES = ("answered", "done", "refused", "rejected", "unavailable", "failed")
"""As they are stored. Source: the constraint `journal_entry_outcome_known`."""

NAMED_IN: Final = (
    ("", "asked about or answered"),
    ("asked", "asked about"),
    ("answered", "answered"),
    ("sound", "sounds like it"),
)

FIELD_OF_CRITERION: Final[Mapping[str, str]] = MappingProxyType({"message_keys": "message_key", "or_text": ""})
"""Criteria that the form knows by another name, or not at all."""


class UtcMoment(forms.DateTimeField):
    """A moment typed without a zone is UTC, the zone of every moment on the page."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S")

    def to_python(self, value: str | datetime | date | None) -> datetime | None:
        moment = super().to_python(value)
        return None if moment is None else moment.replace(tzinfo=UTC)


class FilterForm(forms.Form):
    """What to look for; everything may be empty."""

    subject_name = forms.CharField(label="Subject's name", required=False, max_length=100)
    named_in = forms.ChoiceField(label="The name was", required=False, choices=NAMED_IN)
    birth_date = forms.DateField(
        label="Birth date", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    plate = forms.CharField(label="Plate", required=False, max_length=10)
    licence = forms.CharField(label="Licence", required=False, max_length=20)
    record = forms.CharField(label="Record number", required=False, max_length=64)
    text = forms.CharField(label="Words, asked or answered", required=False, max_length=200)
    user_name = forms.CharField(label="User", required=False, max_length=30)
    agency = forms.CharField(label="Agency (ORI)", required=False, max_length=9)
    device = forms.CharField(label="Device", required=False, max_length=10)
    message_key = forms.CharField(label="Message keys", required=False, max_length=100)
    purpose = forms.CharField(label="Purpose", required=False, max_length=2)
    case_number = forms.CharField(label="Case number", required=False, max_length=30)
    outcome = forms.ChoiceField(
        label="Outcome", required=False, choices=[("", "any"), *((outcome, outcome) for outcome in OUTCOMES)]
    )
    kind = forms.CharField(label="Kind", required=False, max_length=40)
    from_at = UtcMoment(label="From (UTC)", required=False)
    to_at = UtcMoment(label="Before (UTC)", required=False)
    with_looks = forms.BooleanField(label="Looks at the journal too", required=False)
    reason = forms.CharField(label="Reason for this search", required=False, max_length=200)

    def __init__(self, data: object = None) -> None:
        super().__init__(data, label_suffix="")  # type: ignore[arg-type]
        for name, field in self.fields.items():
            if name != "with_looks":
                field.widget.attrs["class"] = "usa-select" if name in ("outcome", "named_in") else "usa-input"
            field.widget.attrs["autocomplete"] = "off"
            if self.is_bound and name in self.errors:
                field.widget.attrs["aria-invalid"] = "true"
                field.widget.attrs["aria-describedby"] = f"id_{name}-error"

    def criteria(self) -> Criteria:
        """Only after the form was found valid. Names on the wire and in records are capitals, sign-in names small."""
        given = self.cleaned_data
        return Criteria(
            user_name=given["user_name"].lower(),
            agency=given["agency"].upper(),
            device=given["device"].upper(),
            kind=given["kind"],
            message_keys=tuple(given["message_key"].upper().replace(",", " ").split()),
            purpose=given["purpose"].upper(),
            outcome=given["outcome"],
            record=given["record"],
            subject_name=given["subject_name"],
            named_in=given["named_in"],
            birth_date=given["birth_date"],
            plate=given["plate"],
            licence=given["licence"],
            case_number=given["case_number"],
            text=given["text"],
            from_at=given["from_at"],
            to_at=given["to_at"],
            with_looks=given["with_looks"],
        )


def filled_with(criteria: Criteria) -> FilterForm:
    """The form as it was filled in for these criteria."""
    given: dict[str, Any] = {}
    for name in Criteria.__slots__:
        value = getattr(criteria, name)
        field = FIELD_OF_CRITERION.get(name, name)
        if value and field in FilterForm.base_fields:
            given[field] = " ".join(value) if name == "message_keys" else value
    for moment in ("from_at", "to_at"):
        if moment in given:
            given[moment] = f"{given[moment].astimezone(UTC):%Y-%m-%dT%H:%M:%S}"
    return FilterForm(given)


class PageForm(forms.Form):
    """Which page of a search, from the address: the entry of the search, the order, the edge."""

    search = forms.IntegerField(required=False, min_value=1)
    sort = forms.ChoiceField(required=False, choices=[(sort.value, sort.value) for sort in Sort])
    rising = forms.BooleanField(required=False)
    after = forms.IntegerField(required=False, min_value=1)
    before = forms.IntegerField(required=False, min_value=1)

    def wanted(self) -> PageWanted:
        """Only after the form was found valid."""
        given = self.cleaned_data
        return PageWanted(
            sort=Sort(given["sort"] or Sort.AT),
            descending=not given["rising"],
            after=given["after"],
            before=given["before"],
        )
