"""The entry as a form, grouped as the paper is. It checks spelling only; what the law wants is for the rules.

Names of fields follow the paths of `OrderEntry`, with `_` for the dot, so that a fault or doubt finds its field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from openclets.orders.catalogue import ORDER_TYPES
from openclets.orders.court_forms.words import EYES, HAIR
from openclets.orders.entry import (
    Contact,
    OrderEntry,
    ProtectedPerson,
    RestrainedPerson,
    Sex,
    StayAway,
    StayAwayPlace,
    Terms,
)
from openclets.orders.rules.doubts import MAX_PROTECTED_PEOPLE
from openclets.vocabulary.codes import code_table
from openclets.vocabulary.errors import Fault
from openclets.vocabulary.identifiers import Ori
from openclets.web.court.typed_fields import (
    ClockField,
    DayField,
    HeightField,
    LicenceField,
    NameField,
    NumberField,
    OtherNamesField,
    SocialSecurityField,
)

DAY_HINT = "month/day/year"
NAME_HINT = "last name, first middle"


def _choices(blank: str, meanings: Mapping[str, str]) -> list[tuple[str, str]]:
    return [("", blank), *((code, f"{meaning} ({code})") for code, meaning in meanings.items())]


def _by_code(words: Mapping[str, str]) -> dict[str, str]:
    """Each code with the first of its words."""
    found: dict[str, str] = {}
    for word, code in words.items():
        if len(word) > 1:
            found.setdefault(code, word)
    return found


_TYPES = [(row.code, f"{row.name} ({', '.join(row.forms)})") for row in ORDER_TYPES]
_SEXES = [
    ("U", "not stated"),
    *((code, meaning) for code, meaning in code_table("SEX").meanings.items() if code != Sex.UNKNOWN),
]
_CONTACT = [
    (Contact.NO_CONTACT.value, "No contact"),
    (Contact.PEACEFUL.value, "Peaceful contact only"),
    (Contact.NOT_STATED.value, "Nothing is said"),
]
_PLACES = [
    (StayAwayPlace.PERSON.value, "The protected person"),
    (StayAwayPlace.HOME.value, "Their home"),
    (StayAwayPlace.WORK.value, "Their work"),
    (StayAwayPlace.SCHOOL.value, "Their school"),
    (StayAwayPlace.VEHICLE.value, "Their vehicle"),
    (StayAwayPlace.OTHER_PROTECTED.value, "The other protected people"),
    (StayAwayPlace.CHILDRENS_SCHOOL.value, "The children's school or child care"),
]


class _Plain(forms.Form):
    """What all parts have in common: our classes, and nothing the browser would fill in by itself."""

    use_required_attribute = False

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, initial: Mapping[str, Any] | None = None, prefix: str = ""
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), prefix=prefix or None, label_suffix="")
        for field in self.fields.values():
            widget = field.widget
            if type(widget) is forms.Select:
                widget.attrs["class"] = "usa-select"
            elif isinstance(widget, forms.Textarea):
                widget.attrs.update({"class": "usa-textarea", "rows": "2"})
            elif isinstance(widget, forms.TextInput):
                widget.attrs["class"] = "usa-input"
            widget.attrs.update(autocomplete="off", spellcheck="false")


class EntryForm(_Plain):
    """Everything of `OrderEntry` but the protected people and the documents."""

    order_type = forms.ChoiceField(label="Type of order", choices=_TYPES)
    case_number = forms.CharField(label="Case number", required=False, max_length=60)
    court = forms.CharField(label="Court", required=False, max_length=20, help_text="ORI")
    county = forms.CharField(label="County code", required=False, max_length=10, help_text="digits")
    judge = forms.CharField(label="Judicial officer", required=False, max_length=300)
    amendment = NumberField(label="Amendment", required=False, help_text="number, if any")

    restrained_name = NameField(
        label="Name", help_text=NAME_HINT, error_messages={"required": "Enter who is restrained."}, max_length=300
    )
    restrained_other_names = OtherNamesField(
        label="Other names", required=False, max_length=600, help_text="also known as; divided by semicolons"
    )
    restrained_birth_date = DayField(label="Birth date", required=False, is_birth_date=True, help_text=DAY_HINT)
    restrained_age = NumberField(label="Age", required=False, help_text="only without a birth date")
    restrained_sex = forms.ChoiceField(label="Gender", required=False, choices=_SEXES)
    restrained_race = forms.ChoiceField(
        label="Race", required=False, choices=_choices("not stated", code_table("RACE").meanings)
    )
    restrained_height = HeightField(label="Height", required=False, help_text="5'11\" or 511")
    restrained_weight_pounds = NumberField(label="Weight", required=False, help_text="pounds")
    restrained_hair = forms.ChoiceField(label="Hair", required=False, choices=_choices("not stated", _by_code(HAIR)))
    restrained_eyes = forms.ChoiceField(label="Eyes", required=False, choices=_choices("not stated", _by_code(EYES)))
    restrained_license = LicenceField(
        label="Driver's license", required=False, help_text="number, then the state's letters", max_length=40
    )
    restrained_social_security = SocialSecurityField(label="Social security number", required=False, max_length=20)
    restrained_address = forms.CharField(label="Address", required=False)
    restrained_relationship = forms.CharField(label="Relationship to the protected person", required=False)

    no_abuse = forms.BooleanField(label="No abuse", required=False)
    contact = forms.ChoiceField(label="Contact", required=False, choices=_CONTACT, widget=forms.RadioSelect)
    contact_exceptions = forms.CharField(label="Contact allowed all the same", required=False, widget=forms.Textarea)
    stay_away = forms.BooleanField(label="Stay away", required=False)
    stay_away_yards = NumberField(label="Yards", required=False)
    stay_away_places = forms.MultipleChoiceField(
        label="Stay away from", required=False, choices=_PLACES, widget=forms.CheckboxSelectMultiple
    )
    stay_away_other = forms.CharField(label="From other places", required=False)
    stay_away_exceptions = forms.CharField(
        label="Coming near is allowed all the same", required=False, widget=forms.Textarea
    )
    must_move_out = forms.BooleanField(label="Must move out", required=False)
    move_out_address = forms.CharField(label="Address to leave", required=False)
    firearms_prohibited = forms.BooleanField(label="No firearms or ammunition", required=False)
    body_armor_prohibited = forms.BooleanField(label="No body armor", required=False)
    may_record_violations = forms.BooleanField(label="The protected person may record violations", required=False)
    custody_ordered = forms.BooleanField(label="Custody and visitation are ordered", required=False)
    animals = forms.CharField(label="Animals protected", required=False, widget=forms.Textarea)
    other = forms.CharField(label="Other orders", required=False, widget=forms.Textarea)

    issued_on = DayField(
        label="Issued", help_text=DAY_HINT, error_messages={"required": "Enter the day the judge signed."}
    )
    issued_time = ClockField(label="at", required=False, help_text="such as 8:30 am")
    expires_on = DayField(label="Ends", required=False, help_text="empty where the order has no date")
    expires_time = ClockField(label="at", required=False, help_text="empty for the end of that day")
    hearing_on = DayField(label="Hearing", required=False, help_text=DAY_HINT)
    hearing_time = ClockField(label="at", required=False, help_text="such as 8:30 am")
    served_in_court = forms.BooleanField(
        label="The restrained person was present when the order was made: no other proof of service is needed",
        required=False,
    )
    firearms_known = forms.CharField(
        label="Weapons the restrained person may have, as the paper says", required=False, widget=forms.Textarea
    )

    def entry(self, protected: ProtectedForms, documents: tuple[str, ...]) -> OrderEntry:
        """What was typed as an entry. Only after the form and `protected` were found valid."""
        given = self.cleaned_data
        return OrderEntry(
            order_type=given["order_type"],
            case_number=given["case_number"],
            court=Ori(given["court"].upper()),
            county=given["county"],
            restrained=self._restrained(),
            protected=protected.people(),
            terms=self._terms(),
            issued_on=given["issued_on"],
            documents=documents,
            issued_time=given["issued_time"],
            judge=given["judge"],
            expires_on=given["expires_on"],
            expires_time=given["expires_time"],
            hearing_on=given["hearing_on"],
            hearing_time=given["hearing_time"],
            amendment=given["amendment"] or 0,
            served_in_court=given["served_in_court"],
            firearms_known=given["firearms_known"],
        )

    def _restrained(self) -> RestrainedPerson:
        given = self.cleaned_data
        return RestrainedPerson(
            name=given["restrained_name"],
            sex=Sex(given["restrained_sex"] or Sex.UNKNOWN),
            race=given["restrained_race"],
            birth_date=given["restrained_birth_date"],
            age=given["restrained_age"],
            height=given["restrained_height"],
            weight_pounds=given["restrained_weight_pounds"],
            hair=given["restrained_hair"],
            eyes=given["restrained_eyes"],
            address=given["restrained_address"],
            relationship=given["restrained_relationship"],
            other_names=given["restrained_other_names"],
            numbers=tuple(
                number for number in (given["restrained_license"], given["restrained_social_security"]) if number
            ),
        )

    def _terms(self) -> Terms:
        given = self.cleaned_data
        stay_away = None
        if given["stay_away"]:
            stay_away = StayAway(
                yards=given["stay_away_yards"],
                places=frozenset(StayAwayPlace(place) for place in given["stay_away_places"]),
                other=given["stay_away_other"],
                exceptions=given["stay_away_exceptions"],
            )
        return Terms(
            no_abuse=given["no_abuse"],
            contact=Contact(given["contact"] or Contact.NOT_STATED),
            contact_exceptions=given["contact_exceptions"],
            stay_away=stay_away,
            must_move_out=given["must_move_out"],
            move_out_address=given["move_out_address"],
            firearms_prohibited=given["firearms_prohibited"],
            body_armor_prohibited=given["body_armor_prohibited"],
            may_record_violations=given["may_record_violations"],
            custody_ordered=given["custody_ordered"],
            animals=given["animals"],
            other=given["other"],
        )

    def clean(self) -> dict[str, Any]:
        """What hangs on a box that is not ticked would be lost unseen: it is told instead."""
        given = super().clean() or {}
        for box, parts in _HANGING.items():
            if not given.get(box):
                for part in parts:
                    if given.get(part):
                        self.add_error(
                            part,
                            f"This is filled in, but “{self.fields[box].label}” is not ticked. Tick it or empty this.",
                        )
        return given


_HANGING = {
    "stay_away": ("stay_away_yards", "stay_away_places", "stay_away_other", "stay_away_exceptions"),
    "must_move_out": ("move_out_address",),
}


class ProtectedForm(_Plain):
    """One row of the people protected."""

    name = NameField(label="Name", required=False, help_text=NAME_HINT, max_length=300)
    sex = forms.ChoiceField(label="Gender", required=False, choices=_SEXES)
    age = NumberField(label="Age", required=False)
    relationship = forms.CharField(label="Relationship", required=False, max_length=300)

    @property
    def is_empty(self) -> bool:
        """Nothing typed at all: a row left over."""
        return not any(str(self[name].value() or "").strip() not in ("", Sex.UNKNOWN.value) for name in self.fields)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("name") and not self.is_empty and "name" not in self.errors:
            self.add_error("name", "Enter the name, or empty the whole row.")
        return given


@dataclass(frozen=True, slots=True)
class ProtectedForms:
    """The rows of protected people, empty ones passed over. `blank` is the row that is copied for one more."""

    rows: tuple[ProtectedForm, ...]

    @classmethod
    def posted(cls, data: Mapping[str, Any]) -> ProtectedForms:
        typed = str(data.get("protected-count", "1"))
        count = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1
        # One more than may be: the rules then say so, where a row left out here would be lost unseen.
        count = min(max(count, 1), MAX_PROTECTED_PEOPLE + 1)
        return cls(tuple(ProtectedForm(data, prefix=f"protected-{row}") for row in range(count)))

    @classmethod
    def initial(cls, people: Mapping[int, Mapping[str, str]]) -> ProtectedForms:
        count = max([position + 1 for position in people], default=1)
        return cls(tuple(ProtectedForm(initial=people.get(row), prefix=f"protected-{row}") for row in range(count)))

    @property
    def blank(self) -> ProtectedForm:
        return ProtectedForm(prefix="protected-__row__")

    def is_valid(self) -> bool:
        return all([row.is_valid() for row in self.rows])

    def people(self) -> tuple[ProtectedPerson, ...]:
        return tuple(
            ProtectedPerson(
                row.cleaned_data["name"],
                Sex(row.cleaned_data["sex"] or Sex.UNKNOWN),
                row.cleaned_data["age"],
                row.cleaned_data["relationship"],
            )
            for row in self._filled
        )

    @property
    def _filled(self) -> tuple[ProtectedForm, ...]:
        return tuple(row for row in self.rows if not row.is_empty)

    def row_of(self, position: int) -> ProtectedForm | None:
        """The row of the person at `position` of the entry."""
        return self._filled[position] if position < len(self._filled) else None


def place_faults(faults: tuple[Fault, ...], form: EntryForm, protected: ProtectedForms) -> tuple[Fault, ...]:
    """Puts each fault at its field; returns those that belong to none."""
    left = []
    for fault in faults:
        owner, name = _owner_of(fault.field, form, protected)
        if owner is None:
            left.append(fault)
        else:
            accepted = f" Accepted: {fault.accepted}." if fault.accepted else ""
            owner.add_error(name, f"{fault.text}.{accepted} (Error {fault.code})")
    return tuple(left)


def _owner_of(path: str, form: EntryForm, protected: ProtectedForms) -> tuple[forms.Form | None, str]:
    parts = path.split(".")
    if parts[0] == "protected" and len(parts) >= 3 and parts[1].isdigit():
        row = protected.row_of(int(parts[1]))
        return (row, parts[2]) if row is not None and parts[2] in row.fields else (None, "")
    name = field_of(path)
    return (form, name) if name else (None, "")


def field_of(path: str) -> str:
    """The form field an entry's path belongs to, or ''."""
    return next((name for name in _ever_shorter(path) if name in EntryForm.base_fields), "")


def label_of(path: str) -> str:
    """An entry's field, by its path or its name in the form, in the words of the page."""
    if path.startswith("protected") or path in ProtectedForm.base_fields:
        return "Protected people"
    name = field_of(path)
    if not name:
        return {"terms": "Terms", "documents": "Signed order"}.get(path.partition(".")[0], path)
    label = str(EntryForm.base_fields[name].label)
    if name.startswith("restrained_"):
        return f"Restrained person: {label[0].lower()}{label[1:]}"
    return _LABELS.get(name, label)


_LABELS = {
    "issued_time": "Time of issue",
    "expires_time": "Time of the end",
    "hearing_time": "Time of the hearing",
    "stay_away_yards": "Stay away: yards",
    "stay_away_other": "Stay away: other places",
}


def _ever_shorter(path: str) -> Iterator[str]:
    parts = path.removeprefix("terms.").split(".")
    for end in range(len(parts), 0, -1):
        yield "_".join(parts[:end])
