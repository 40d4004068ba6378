"""Fields that read what a clerk types as it stands on paper: days, times of day, names, heights. Spelling only."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

from django import forms
from django.utils import timezone

from openclets.agencies.access import LOCAL_ZONE
from openclets.orders.court_forms.days import read_birth_date, read_date, read_time
from openclets.orders.court_forms.values import read_height
from openclets.people.numbers import NumberKind, PersonNumber
from openclets.vocabulary.errors import Rejected
from openclets.vocabulary.persons import PersonName, parse_plain_name

MAX_TYPED_CHARACTERS = 40

_LICENCE = re.compile(r"([A-Z0-9][A-Z0-9-]*[0-9][A-Z0-9-]*)(?:[ ,]+[A-Z]{2})?")
_NINE_DIGITS = re.compile(r"[0-9]{9}")


class DayField(forms.CharField):
    """A day as `12/11/2026`, `2026-12-11` or `Dec 11, 2026`. The year has four digits: two would be a guess."""

    def __init__(self, *, is_birth_date: bool = False, **options: Any) -> None:
        self._reads = read_birth_date if is_birth_date else read_date
        super().__init__(max_length=MAX_TYPED_CHARACTERS, **options)

    def clean(self, value: Any) -> date | None:
        typed = super().clean(value)
        if not typed:
            return None
        read = self._reads(typed, _today())
        if not read.value or read.doubt:
            raise forms.ValidationError(f"{read.doubt or typed}. Accepted: a day such as 12/11/2026, year in full.")
        return date.fromisoformat(read.value)


class ClockField(forms.CharField):
    """A time of day as `8:30 am` or `16:45`; midnight at the end of the day is left empty or written `midnight`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=MAX_TYPED_CHARACTERS, **options)

    def clean(self, value: Any) -> time | None:
        typed = super().clean(value)
        read = read_time(typed, am=False, pm=False, midnight=False)
        if read.doubt:
            raise forms.ValidationError(f"{read.doubt}. Accepted: a time such as 8:30 am or 16:45.")
        return time.fromisoformat(read.value) if read.value else None


class NameField(forms.CharField):
    """`SURNAME, GIVEN MIDDLE`, or as written with the surname last; see `parse_plain_name`."""

    def clean(self, value: Any) -> PersonName | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return parse_plain_name(typed, field="")
        except Rejected as rejected:
            fault = rejected.faults[0]
            raise forms.ValidationError(f"{fault.text}. Accepted: {fault.accepted}.") from rejected


class OtherNamesField(forms.CharField):
    """Names as `NameField` reads them, divided by semicolons."""

    def clean(self, value: Any) -> tuple[PersonName, ...]:
        typed = super().clean(value)
        one = NameField(required=False)
        found = (one.clean(part) for part in typed.split(";"))
        return tuple(dict.fromkeys(name for name in found if name is not None))


class LicenceField(forms.CharField):
    """A licence number; the letters of its state may stand behind it and are not kept."""

    def clean(self, value: Any) -> PersonNumber | None:
        typed = super().clean(value).upper()
        if not typed:
            return None
        found = _LICENCE.fullmatch(typed)
        if found is None:
            raise forms.ValidationError(f"'{typed}' is not a licence number. Accepted: letters, digits and hyphens.")
        return PersonNumber(NumberKind.LICENCE, found.group(1).replace(" ", ""))


class SocialSecurityField(forms.CharField):
    """Nine digits, hyphens and blanks passed over."""

    def clean(self, value: Any) -> PersonNumber | None:
        typed = super().clean(value)
        if not typed:
            return None
        digits = typed.replace("-", "").replace(" ", "")
        if not _NINE_DIGITS.fullmatch(digits):
            raise forms.ValidationError("That is not a social security number. Accepted: nine digits.")
        return PersonNumber(NumberKind.SOCIAL_SECURITY, digits)


class HeightField(forms.CharField):
    """Feet and inches, `5'11"` or `511`, as three digits."""

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        read = read_height(typed, _today())
        if not read.value:
            raise forms.ValidationError(f"{read.doubt}. Accepted: feet and inches, such as 5'11\" or 511.")
        return read.value


class NumberField(forms.CharField):
    """A whole number; what it may be is for the rules."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=MAX_TYPED_CHARACTERS, **options)

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value)
        if not typed:
            return None
        if not typed.isascii() or not typed.isdigit() or len(typed) > 7:
            raise forms.ValidationError(f"'{typed}' is not a whole number. Accepted: digits only.")
        return int(typed)


def name_as_typed(name: PersonName) -> str:
    """As the field shows it: `SURNAME, GIVEN MIDDLE`."""
    return name.wire.replace(",", ", ", 1)


def day_as_typed(iso: str) -> str:
    """As the field shows it: `12/11/2026`."""
    return date.fromisoformat(iso).strftime("%m/%d/%Y")


def clock_as_typed(iso: str) -> str:
    """As the field shows it: `8:30 am`."""
    return time.fromisoformat(iso).strftime("%I:%M %p").lstrip("0").lower()


def _today() -> date:
    return timezone.now().astimezone(LOCAL_ZONE).date()
