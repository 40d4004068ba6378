"""The form beside the command line: it only writes the line, so that there is one way to ask and one set of rules."""

from __future__ import annotations

import re

from django import forms

from openclets.vocabulary.codes import code_table
from openclets.vocabulary.identifiers import Ori
from openclets.vocabulary.purposes import PURPOSES

_AMERICAN_DAY = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})")
_ENDS_OR_DIVIDES = re.compile(r"[./\r\n]")

KEYS = (
    ("QW", "All files about a person (QW)"),
    ("QPO", "Protective orders only, ended ones too (QPO)"),
)

ANSWERS = (
    ("", "Most probable people"),
    ("S", "Exactly whom the national rule finds (RUL/S)"),
    ("S1", "The same, with birth dates near by (RUL/S, EBD/1)"),
)


def _choices(name: str) -> list[tuple[str, str]]:
    return [("", "not stated"), *((code, f"{meaning} ({code})") for code, meaning in code_table(name).meanings.items())]


class QuestionForm(forms.Form):
    """Who is asked about, and why. Empty fields are left out of the line; values are checked where the line is."""

    key = forms.ChoiceField(label="Ask", choices=KEYS, initial="QW")
    surname = forms.CharField(label="Last name", max_length=60, error_messages={"required": "Enter a last name."})
    given = forms.CharField(label="First name", max_length=40, required=False)
    middle = forms.CharField(label="Middle name", max_length=40, required=False)
    other_name = forms.CharField(
        label="Other name", max_length=100, required=False, help_text="last, first: also known as"
    )
    birth_date = forms.CharField(label="Birth date", max_length=10, required=False, help_text="05/17/1984 or 19840517")
    sex = forms.ChoiceField(label="Sex", choices=(), required=False)
    race = forms.ChoiceField(label="Race", choices=(), required=False)
    licence = forms.CharField(label="Driver licence", max_length=20, required=False)
    social_security = forms.CharField(label="Social security number", max_length=11, required=False)
    answer = forms.ChoiceField(label="Which answer", choices=ANSWERS, required=False)
    purpose = forms.ChoiceField(label="Purpose", choices=(), required=False)
    case_number = forms.CharField(label="Case number", max_length=20, required=False)
    attention = forms.CharField(label="Attention", max_length=30, required=False, help_text="who the answer is for")

    def __init__(self, data: object = None) -> None:
        super().__init__(data, label_suffix="", auto_id="question_%s")  # type: ignore[arg-type]
        purposes = [
            ("", "not stated"),
            *((row.code, f"{row.meaning} ({row.code})") for row in PURPOSES if row.is_taken),
        ]
        for name, choices in (("sex", _choices("SEX")), ("race", _choices("RACE")), ("purpose", purposes)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above; tells the type checker)
            field.choices = choices
        for name, field in self.fields.items():
            widget = field.widget
            widget.attrs["class"] = "usa-select" if isinstance(field, forms.ChoiceField) else "usa-input"
            widget.attrs.update(autocomplete="off", spellcheck="false")
            if field.help_text:
                widget.attrs["aria-describedby"] = f"question_{name}-hint"
        self.fields["birth_date"].widget.attrs["inputmode"] = "numeric"

    def line(self, ori: Ori) -> str:
        """The question as a message in short form, asked for the agency `ori`. Only after the form was found valid."""
        given = self.cleaned_data
        rest = " ".join(part for part in (_plain(given["given"]), _plain(given["middle"])) if part)
        name = _plain(given["surname"]) + (f",{rest}" if rest else "")
        last, _, first = given["other_name"].partition(",")
        other = _plain(last) + (f",{_plain(first)}" if _plain(first) else "")
        fields = (
            ("NAM", name),
            ("AKA", other),
            ("DOB", _day(given["birth_date"])),
            ("SEX", given["sex"]),
            ("RAC", given["race"]),
            ("RUL", given["answer"][:1]),
            ("EBD", given["answer"][1:]),
            ("SOC", _plain(given["social_security"]).replace("-", "").replace(" ", "")),
            ("OLN", _plain(given["licence"])),
            ("PUR", given["purpose"]),
            ("CAS", _plain(given["case_number"])),
            ("ATN", _plain(given["attention"])),
        )
        return f"{given['key']}.{ori}." + ".".join(f"{code}/{value}" for code, value in fields if value)


def _plain(typed: str) -> str:
    """Without what ends or divides a field on the wire: `St. John` is asked as `ST JOHN`, and a value can never grow
    into a field of its own. The comma divides surname from given name."""
    return " ".join(_ENDS_OR_DIVIDES.sub(" ", typed.replace(",", " ")).upper().split())


def _day(typed: str) -> str:
    """An American day as CCYYMMDD; anything else as it was typed, for the line's own rules to judge."""
    american = _AMERICAN_DAY.fullmatch(typed.strip())
    if american is None:
        return _ENDS_OR_DIVIDES.sub("", typed).strip()
    month, day, year = american.groups()
    return f"{year}{month:0>2}{day:0>2}"
