"""What is typed about agencies, agreements and privileges; whether it is lawful is asked of the verbs."""

from __future__ import annotations

from django import forms

from openclets.agencies.joining.agreements import SignedTerms
from openclets.agencies.joining.status import NewAgency
from openclets.agencies.membership.granting import NewPrivilege
from openclets.agencies.membership.rules import Screening
from openclets.agencies.permissions import Course, Duty
from openclets.vocabulary.errors import Rejected
from openclets.vocabulary.identifiers import ORI_SHAPE, USER_NAME_SHAPE, Ori, UserName

KINDS = (
    ("law_enforcement", "law enforcement"),
    ("criminal_justice", "criminal justice"),
    ("court", "court"),
    ("tribal_court", "tribal court"),
    ("tribal_police", "tribal police"),
    ("other", "other by statute"),
)
AGREEMENTS = (
    ("subscriber", "subscriber agreement"),
    ("management_control", "management control agreement"),
    ("host", "host agreement"),
    ("interagency", "interagency agreement for placing a terminal"),
    ("tribal_reading", "agreement on tribal reading"),
    ("tribal_filing", "agreement on tribal filing"),
    ("reciprocity", "reciprocity agreement"),
)

RESULTS = (
    ("", "choose"),
    ("clear", "clear: nothing keeps them out"),
    ("not clear", "not clear: something other than a felony keeps them out"),
    ("felony", "a felony conviction: barred until it is reviewed"),
)
ALL_DUTIES = "all"
"""In place of one duty: the person leaves."""

MAX_REASON_CHARACTERS = 300

_ORI_ATTRIBUTES = {"maxlength": "9", "autocapitalize": "characters", "spellcheck": "false"}


class OriField(forms.RegexField):
    """An ORI by its shape, in capitals."""

    def __init__(self, *, label: str, required: bool = True) -> None:
        super().__init__(
            ORI_SHAPE, label=label, required=required, widget=forms.TextInput(_ORI_ATTRIBUTES), max_length=9, strip=True
        )

    def to_python(self, value: object) -> str:
        return str(super().to_python(value)).upper()


class ApplicationForm(forms.Form):
    """An agency applies."""

    ori = OriField(label="ORI")
    name = forms.CharField(label="Name", max_length=120)
    kind = forms.ChoiceField(label="Kind", choices=KINDS)
    telephone = forms.CharField(label="Telephone, answered around the clock", max_length=20)
    coordinator = forms.CharField(label="Coordinator", max_length=120)
    coordinator_email = forms.EmailField(label="Coordinator's e-mail")
    security_contact = forms.CharField(label="Security contact", max_length=120)
    security_email = forms.EmailField(label="Security contact's e-mail")
    basis = forms.CharField(label="By which law it takes part", max_length=300)

    def new_agency(self) -> NewAgency:
        """Only after `is_valid`."""
        return NewAgency(**{**self.cleaned_data, "ori": Ori(self.cleaned_data["ori"])})


class AgreementForm(forms.Form):
    """An agreement as the agency's head signed it."""

    kind = forms.ChoiceField(label="Agreement", choices=AGREEMENTS)
    signed_by = forms.CharField(label="Signed by", max_length=120)
    signed_on = forms.DateField(label="On", widget=forms.DateInput({"type": "date"}))
    begins_on = forms.DateField(label="Counts from", widget=forms.DateInput({"type": "date"}))
    ends_on = forms.DateField(label="Up to, and not on", widget=forms.DateInput({"type": "date"}))
    other = OriField(label="Second agency (interagency only)", required=False)

    def terms(self, agency: Ori) -> SignedTerms:
        """Only after `is_valid`."""
        given = {**self.cleaned_data, "other": Ori(self.cleaned_data["other"]) if self.cleaned_data["other"] else None}
        return SignedTerms(agency=agency, **given)


class ProposalForm(forms.Form):
    """Somebody is to have a duty."""

    user = forms.RegexField(USER_NAME_SHAPE, label="Sign-in name", max_length=30)
    full_name = forms.CharField(label="Full name", max_length=120)
    email = forms.EmailField(label="E-mail", required=False)
    duty = forms.ChoiceField(label="Duty", choices=[(duty.value, duty.value) for duty in Duty])

    def new_privilege(self) -> NewPrivilege:
        """Only after `is_valid`."""
        given = self.cleaned_data
        return NewPrivilege(UserName(given["user"]), given["full_name"], given["email"], Duty(given["duty"]))


class ReasonField(forms.CharField):
    """Why, in a few words; it goes into the journal."""

    def __init__(self, *, label: str, help_text: str = "") -> None:
        super().__init__(label=label, help_text=help_text, max_length=MAX_REASON_CHARACTERS)


class VettingForm(forms.Form):
    """What fingerprints and background check found."""

    fingerprinted_on = forms.DateField(
        label="Day of the fingerprint result", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    background_on = forms.DateField(
        label="Day of the background check's result", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    result = forms.ChoiceField(
        label="Result", choices=RESULTS, help_text="It counts at once; a felony ends every session of theirs."
    )
    reason = ReasonField(label="What you saw", help_text="Such as the number of the department's letter.")

    def found(self) -> Screening:
        """Only after `is_valid`."""
        given = self.cleaned_data
        return Screening(
            given["fingerprinted_on"],
            given["background_on"],
            is_clear=given["result"] == "clear",
            has_felony=given["result"] == "felony",
        )


class CourseForm(forms.Form):
    """A course that was passed elsewhere."""

    course = forms.ChoiceField(label="Course", choices=[("", "choose"), *((row.value, row.value) for row in Course)])
    passed_on = forms.DateField(label="Passed on", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    proof = forms.CharField(
        label="Proof", max_length=200, help_text="What you saw, such as the number of the certificate."
    )

    def passed(self) -> Course:
        """Only after `is_valid`."""
        return Course(self.cleaned_data["course"])


class EndDutiesForm(forms.Form):
    """One duty ends, or all: the person leaves."""

    duty = forms.ChoiceField(label="Which")
    reason = ReasonField(label="Why")

    def __init__(self, data: object = None, *, duties: tuple[Duty, ...], auto_id: str) -> None:
        super().__init__(data, auto_id=auto_id)  # type: ignore[arg-type]
        every = [(ALL_DUTIES, "all duties here: they leave")]
        choices = [("", "choose"), *((duty.value, f"{duty.value} alone") for duty in duties), *every]
        self.fields["duty"].choices = choices  # type: ignore[attr-defined]

    def ended(self) -> Duty | None:
        """The duty, None for all. Only after `is_valid`."""
        chosen = self.cleaned_data["duty"]
        return None if chosen == ALL_DUTIES else Duty(chosen)


def put_at_fields(form: forms.Form, rejected: Rejected, places: dict[str, str] | None = None) -> None:
    """Each fault at the field it is about, the others above the form. `places`: what a fault names, to the field."""
    for fault in rejected.faults:
        place = (places or {}).get(fault.field, fault.field)
        accepted = f" Accepted: {fault.accepted}." if fault.accepted else ""
        text = f"{fault.text[:1].upper()}{fault.text[1:]}.{accepted}"
        form.add_error(place if place in form.fields else None, text)
