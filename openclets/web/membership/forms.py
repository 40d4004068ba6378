"""What is typed about agencies, agreements and privileges; whether it is lawful is asked of the verbs."""

from __future__ import annotations

from django import forms

from openclets.agencies.joining.agreements import SignedTerms
from openclets.agencies.joining.status import NewAgency
from openclets.agencies.membership.granting import NewPrivilege
from openclets.agencies.permissions import Duty
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
