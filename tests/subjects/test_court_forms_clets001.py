"""CLETS-001 filled by script, read back, and compared with what a clerk would read from the printed page.

Field names and expected values are typed by hand from the form of January 1, 2025.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from openclets.orders.court_forms.form import FormReading, interpret, read_form
from openclets.orders.document_child import fields_of
from tests.simulators.fillable_form import ORIGINS, blank_form

TODAY = date(2026, 11, 22)
PAGE = "CLETS-001[0].Page1[0]."
AGAINST = PAGE + "List1[0].Li1[0]."
YOU = PAGE + "List3[0].Li1[0]."
OTHERS = PAGE + "List4[0].Li1[0]."

FILLED: dict[str, str | bool] = {
    PAGE + "RightCaption[0].CaseNumber_ft[0]": "26FL00417",
    AGAINST + "nametf[0]": "Derek Alan Holloway",
    AGAINST + "othernametf[0]": "Rick Holloway",
    AGAINST + "marktf[0]": "anchor on left forearm",
    AGAINST + "phonetf[0]": "555-0142",
    AGAINST + "drivelicensetf[0]": "Z0000417 CA",
    AGAINST + "cartypetf[0]": "Ford",
    AGAINST + "modeltf[0]": "Ranger",
    AGAINST + "yeartf[0]": "2012",
    AGAINST + "plateno[0]": "9ZZZ417",
    AGAINST + "employertf[0]": "Alder Falls Lumber, 1 Mill Road",
    AGAINST + "item1ME[2]": True,
    AGAINST + "notf[0]": "Welsh",
    AGAINST + "item1firearmME[2]": True,
    AGAINST + "Yestf[0]": "shotgun in the truck",
    PAGE + "List2[0].Li1[0].yournametf[0]": "Maria Elena Holloway",
    YOU + "agetf[0]": "40",
    YOU + "dob[0]": "3/2/1986",
    YOU + "Item3genderME[1]": True,
    OTHERS + "item4nametf1[0]": "Ana Holloway",
    OTHERS + "item4gendertf1[0]": "F",
    OTHERS + "item4dob1[0]": "11/23/2016",
    OTHERS + "item4nametf4[0]": "Luis Holloway",
    OTHERS + "item4gendertf4[0]": "male",
    OTHERS + "item4dob4[0]": "2019-11-22",
}
READ = {
    "case_number": "26FL00417",
    "restrained_name": "Derek Alan Holloway",
    "restrained_other_names": "Rick Holloway",
    "restrained_marks": "anchor on left forearm",
    "restrained_telephone": "555-0142",
    "restrained_license": "Z0000417 CA",
    "restrained_vehicle": "Ford, Ranger, 2012, plate 9ZZZ417",
    "restrained_employer": "Alder Falls Lumber, 1 Mill Road",
    "restrained_language": "Welsh",
    "firearms_known": "said to have firearms, parts, ammunition or body armor; shotgun in the truck",
    "protected_0_name": "Maria Elena Holloway",
    "protected_0_age": "40",
    "protected_0_sex": "F",
    "protected_1_name": "Ana Holloway",
    "protected_1_sex": "F",
    "protected_1_age": "9",
    "protected_4_name": "Luis Holloway",
    "protected_4_sex": "M",
    "protected_4_age": "7",
}


def read(origin: str, values: Mapping[str, str | bool]) -> FormReading:
    return interpret(fields_of(blank_form("CLETS-001", origin).filled(values)), today=TODAY)


def values_of(reading: FormReading) -> dict[str, str]:
    return {read.name: read.value for read in reading.fields}


@pytest.fixture(params=ORIGINS)
def origin(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_filled_form_is_read_as_it_stands_and_is_confidential(origin: str) -> None:
    reading = read_form(blank_form("CLETS-001", origin).filled(FILLED), today=TODAY)
    assert values_of(reading) == READ
    assert reading.warnings == ()
    assert reading.confidential


def test_it_orders_nothing(origin: str) -> None:
    names = set(values_of(read(origin, FILLED)))
    assert not names & {"order_type", "firearms_prohibited", "body_armor_prohibited", "no_contact", "no_abuse"}


@pytest.mark.parametrize("box", ["item1firearmME[0]", "item1firearmME[1]"])
def test_no_and_do_not_know_say_nothing_of_weapons(origin: str, box: str) -> None:
    assert read(origin, {AGAINST + box: True}).value("firearms_known") == ""


def test_weapons_described_without_the_box_yes_are_only_said(origin: str) -> None:
    reading = read(origin, {AGAINST + "Yestf[0]": "shotgun", AGAINST + "item1firearmME[0]": True})
    assert reading.value("firearms_known") == ""
    assert any(warning.startswith("Item 1, firearms: 'shotgun'") for warning in reading.warnings)


def test_yes_and_no_together_are_a_contradiction(origin: str) -> None:
    reading = read(origin, {AGAINST + "item1firearmME[0]": True, AGAINST + "item1firearmME[2]": True})
    assert reading.value("firearms_known") == ""
    assert "Item 1, firearms: boxes are ticked that exclude each other; nothing was pre-filled." in reading.warnings


@pytest.mark.parametrize(
    ("box", "sex"), [("Item3genderME[0]", "M"), ("Item3genderME[1]", "F"), ("Item3genderME[2]", "X")]
)
def test_each_gender_box_means_its_own_code(origin: str, box: str, sex: str) -> None:
    assert read(origin, {YOU + box: True}).value("protected_0_sex") == sex


def test_an_age_that_does_not_fit_the_birth_date_is_not_taken(origin: str) -> None:
    reading = read(origin, {YOU + "agetf[0]": "30", YOU + "dob[0]": "3/2/1986"})
    assert reading.value("protected_0_age") == ""
    assert "Item 3: 30 and 40 are both given; nothing was pre-filled." in reading.warnings


def test_more_people_on_a_further_page_are_said(origin: str) -> None:
    assert any("more protected people" in warning for warning in read(origin, {OTHERS + "item4cb[0]": True}).warnings)


def test_the_social_security_number_is_left_alone() -> None:
    form = blank_form("CLETS-001", "official")
    reading = interpret(fields_of(form.filled(FILLED | {AGAINST + "ssntf[0]": "000-00-0417"})), today=TODAY)
    assert "000-00-0417" not in repr(reading)
