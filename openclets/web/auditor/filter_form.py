"""The auditor's filter: spelling is checked here, everything else is the journal's business."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django import forms

from openclets.journal.lookup import Criteria

OUTCOMES = ("answered", "done", "refused", "rejected", "unavailable", "failed")
"""As they are stored. Source: the constraint `journal_entry_outcome_known`."""


class UtcMoment(forms.DateTimeField):
    """A moment typed without a zone is UTC, the zone of every moment on the page."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S")

    def to_python(self, value: str | datetime | date | None) -> datetime | None:
        moment = super().to_python(value)
        return None if moment is None else moment.replace(tzinfo=UTC)


class FilterForm(forms.Form):
    """What to look for; everything may be empty."""

    user_name = forms.CharField(label="User", required=False, max_length=30)
    agency = forms.CharField(label="Agency (ORI)", required=False, max_length=9)
    device = forms.CharField(label="Device", required=False, max_length=10)
    message_key = forms.CharField(label="Message key", required=False, max_length=10)
    purpose = forms.CharField(label="Purpose", required=False, max_length=2)
    outcome = forms.ChoiceField(
        label="Outcome", required=False, choices=[("", "any"), *((outcome, outcome) for outcome in OUTCOMES)]
    )
    kind = forms.CharField(label="Kind", required=False, max_length=40)
    subject_name = forms.CharField(label="Subject's name, in part", required=False, max_length=100)
    case_number = forms.CharField(label="Case number", required=False, max_length=30)
    record = forms.CharField(label="Record number", required=False, max_length=30)
    from_at = UtcMoment(label="From (UTC)", required=False)
    to_at = UtcMoment(label="Before (UTC)", required=False)
    older_than = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: object = None) -> None:
        super().__init__(data, label_suffix="")  # type: ignore[arg-type]
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "usa-select" if name == "outcome" else "usa-input"
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
            message_key=given["message_key"].upper(),
            purpose=given["purpose"].upper(),
            outcome=given["outcome"],
            record=given["record"].upper(),
            subject_name=given["subject_name"],
            case_number=given["case_number"],
            from_at=given["from_at"],
            to_at=given["to_at"],
        )
