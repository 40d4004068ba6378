"""DV-130 filled by script, read back, and compared with what a clerk would read from the printed page.

Field names and expected values are typed by hand from the form of April 28, 2025.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from openclets.orders.court_forms.form import FormReading, interpret, read_form
from openclets.orders.document_child import fields_of
from tests.simulators.fillable_form import ORIGINS, blank_form

TODAY = date(2026, 11, 22)

P1 = "DV-130[0].Page1[0]."
P2 = "DV-130[0].Page2[0]."
P3 = "DV-130[0].Page3[0]."
P4 = "DV-130[0].Page4[0]."
P5 = "DV-130[0].Page5[0]."
P6 = "DV-130[0].Page6[0]."
P7 = "DV-130[0].Page7[0]."
P8 = "DV-130[0].Page8[0]."
P9 = "DV-130[0].Page9[0]."

PEOPLE: dict[str, str | bool] = {
    P1 + "RightCaption[0].CRT[0].CourtInfo_ft[0]": "County of Sierra Vista, 100 Court Street",
    P1 + "RightCaption[0].CSN[0].CaseNumber_ft[0]": "26FL00418",
    P1 + "TopOrder_cb[0]": True,
    P1 + "List1[0].Item1[0].TextFielditem1[0]": "Maria Elena",
    P1 + "List1[0].Item1[0].TextFielditem1Cont[0]": "Holloway",
    P1 + "List2[0].Item2[0].ParentRel[0]": "Derek Alan Holloway",
    P1 + "List2[0].Item2[0].gender_cb[0]": True,
    P1 + "List2[0].Item2[0].race[0]": "Caucasian",
    P1 + "List2[0].Item2[0].age[0]": "42",
    P1 + "List2[0].Item2[0].dob[0]": "May 17, 1984",
    P1 + "List2[0].Item2[0].TF2[0]": "5 ft 11 in",
    P1 + "List2[0].Item2[0].TF3[0]": "185",
    P1 + "List2[0].Item2[0].TF4[0]": "brown",
    P1 + "List2[0].Item2[0].TF5[0]": "hazel",
    P1 + "List2[0].Item2[0].TF8[0]": "Husband",
    P1 + "List2[0].Item2[0].TF9[0]": "12 Mill Road",
    P1 + "List2[0].Item2[0].TF10[0]": "Cedar Bend",
    P1 + "List2[0].Item2[0].TF11[0]": "CA",
    P1 + "List2[0].Item2[0].TF12[0]": "95001",
    P1 + "List4[0].Item4[0].ExpirationDate_dt[0]": "12/11/2029",
    P1 + "List4[0].Item4[0].TimeExpires_ft[0]": "11:59",
    P1 + "List4[0].Item4[0].time4_cb[1]": True,
    P2 + "List6[0].Lia[0].HearingDate_dt[0]": "12/11/2026",
    P2 + "List6[0].Lia[0].NameOfJudicialOfficer_ft[0]": "Hon. Rosa Alvarez",
    P9 + "List32[0].Li32b[0].item30abc[0]": True,
    P9 + "SignatureSub[0].SigDate[0]": "12/11/2026",
}
READ_FROM_PEOPLE = {
    "order_type": "OAH",
    "court_county": "Sierra Vista",
    "case_number": "26FL00418",
    "protected_0_name": "Maria Elena Holloway",
    "restrained_name": "Derek Alan Holloway",
    "restrained_sex": "M",
    "restrained_race": "W",
    "restrained_age": "42",
    "restrained_birth_date": "1984-05-17",
    "restrained_height": "511",
    "restrained_weight": "185",
    "restrained_hair": "BRO",
    "restrained_eyes": "HAZ",
    "restrained_relationship": "Husband",
    "restrained_address": "12 Mill Road, Cedar Bend, CA, 95001",
    "expires_on": "2029-12-11",
    "expires_time": "23:59",
    "judge": "Hon. Rosa Alvarez",
    "issued_on": "2026-12-11",
    "firearms_prohibited": "yes",
    "body_armor_prohibited": "yes",
    "other_orders": "must not look for the protected people (item 13)",
}
LOOK = "must not look for the protected people (item 13)"

ORDERED: dict[str, str | bool] = {
    P5 + "List14[0].FieldName_cb[0]": True,
    P5 + "List15[0].FieldName_cb[0]": True,
    P6 + "List16[0].FieldName_cb[0]": True,
    P6 + "List17[0].Item17[0].item8_cb[0]": True,
    P6 + "List18[0].Item18[0].OtherOrder_cb[0]": True,
    P6 + "List19[0].Item19[0].FieldName_cb[0]": True,
    P6 + "List20[0].item11_cb[0]": True,
    P7 + "List21[0].Item21[0].FieldName_cb[0]": True,
    P7 + "List22[0].Item22[0].CtyChildFreed_cb[0]": True,
    P7 + "List23[0].Item23[0].FieldName_cb[0]": True,
    P7 + "List24[0].Item24[0].FieldName_cb[0]": True,
}
BELOW_THE_ITEMS: dict[str, str | bool] = {
    P5 + "List15[0].Li15a[0].CheckBoxRightCaption[0]": True,
    P5 + "List15[0].Li15a[0].AGHagueCert_cb[0]": True,
    P5 + "List15[0].Li15b[0].AGHagueCert_cb[0]": True,
    P5 + "List15[0].Li15b[0].Sublist15b[0].SubLi15b1[0].MultilineCheckBox[0]": True,
    P5 + "List15[0].Li15b[0].Sublist15b[0].SubLi15b2[0].AGHagueCert_cb[0]": True,
    P5 + "List15[0].Li15b[0].Sublist15b[0].SubLi15b3[0].AGHagueCert_cb[0]": True,
    P5 + "List15[0].Li15b[0].Sublist15b[0].SubLi15b3[0].TextField2[0]": "by e-mail",
    P6 + "List16[0].Li16a[0].NumberOfYardsToStayAway_no[0]": "100",
    P6 + "List16[0].Li16a[0].FieldName_cb1[0]": True,
    P6 + "List16[0].Li16a[0].FieldName_cb2[0]": True,
    P6 + "List16[0].Li16a[0].FieldName_cb3[0]": True,
    P6 + "List16[0].Li16a[0].FieldName_cb4[0]": True,
    P6 + "List16[0].Li16a[0].FieldName_cb6[0]": True,
    P6 + "List16[0].Li16a[0].FieldName_cb7[0]": True,
    P6 + "List16[0].Li16a[0].FieldName_cb8[0]": True,
    P6 + "List16[0].Li16a[0].AGHagueCert_cb[0]": True,
    P6 + "List16[0].Li16a[0].item10a[0]": "the gym",
    P6 + "List16[0].Li16a[0].item10aContinue[0]": "on Oak Street",
    P6 + "List16[0].Li16b[0].AGHagueCert_cb[0]": True,
    P6 + "List16[0].Li16b[0].Sublist16b[0].SubLi16b1[0].AGHagueCert_cb[0]": True,
    P6 + "List16[0].Li16b[0].Sublist16b[0].SubLi16b2[0].AGHagueCert_cb[0]": True,
    P6 + "List16[0].Li16b[0].Sublist16b[0].SubLi16b3[0].AGHagueCert_cb[0]": True,
    P6 + "List16[0].Li16b[0].Sublist16b[0].SubLi16b3[0].item10b[0]": "church on Sunday",
    P6 + "List16[0].Li16b[0].Sublist16b[0].SubLi16b3[0].item10bContinue[0]": "until noon",
    P6 + "List17[0].Item17[0].TextField[0]": "12 Mill Road, Cedar Bend",
    P6 + "List18[0].Item18[0].OtherOrders_tf[0]": "Return the house keys.",
    P6 + "List20[0].Li20a[0].AGHagueCert11_cb[0]": True,
    P6 + "List20[0].Li20a[0].FillText11\\.Yards[0]": "50",
    P6 + "List20[0].Li20b[0].AGHagueCert_cb[0]": True,
    P6 + "List20[0].Li20c[0].AGHagueCert11_cb[0]": True,
    P6 + "List20[0].Li20c[0].AnimalList[0].Row1[0].item3FullName3_tf1[0]": "Biscuit",
    P6 + "List20[0].Li20c[0].AnimalList[0].Row1[0].item3relation2_tf2[0]": "dog",
    P6 + "List20[0].Li20c[0].AnimalList[0].Row4[0].item3FullName3_tf13[0]": "Plum",
    P6 + "List20[0].Li20c[0].AnimalList[0].Row4[0].item3relation2_tf14[0]": "cat",
    P6 + "List20[0].Li20c[0].AnimalList[0].Row4[0].item3relation1_tf15[0]": "Manx",
    P6 + "List20[0].Li20c[0].AnimalList[0].Row4[0].item3relation1_tf16[0]": "grey",
    P7 + "List21[0].Item21[0].PropertyList_ft[0]": "the blue car",
    P7 + "List22[0].Item22[0].PersonIn2_cb[0]": True,
    P7 + "List24[0].Item24[0].PersonIn1_cb[0]": True,
}
READ_WHEN_ORDERED = READ_FROM_PEOPLE | {
    "no_abuse": "yes",
    "no_contact": "yes",
    "contact_exceptions": "brief, peaceful contact about the children for court-ordered visits; "
    "contact with the children, only during court-ordered contact or visits; by e-mail",
    "stay_away_yards": "100",
    "stay_away_places": "person,home,work,school,vehicle,other_protected,childrens_school",
    "stay_away_other": "the gym, on Oak Street",
    "stay_away_exceptions": "to exchange the children for court-ordered visits, briefly and peacefully; "
    "to visit with the children for court-ordered contact or visits; church on Sunday, until noon",
    "move_out": "yes",
    "move_out_address": "12 Mill Road, Cedar Bend",
    "custody": "yes",
    "animals": "stay 50 yards away; must not take, harm or get rid of them; "
    "the protected person alone has their care; Biscuit, dog; Plum, cat, Manx, grey",
    "recording_allowed": "yes",
    "other_orders": f"{LOOK}; Return the house keys.; only the protected person may use this property (item 21): "
    "the blue car; must not change insurance (item 22); the protected person must not get rid of property (item 24)",
}


def read(origin: str, values: Mapping[str, str | bool]) -> FormReading:
    """In this process, because there are many; one test below goes the whole way."""
    return interpret(fields_of(blank_form("DV-130", origin).filled(values)), today=TODAY)


def values_of(reading: FormReading) -> dict[str, str]:
    return {read.name: read.value for read in reading.fields}


@pytest.fixture(params=ORIGINS)
def origin(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_an_order_with_every_box_is_read_as_it_stands(origin: str) -> None:
    reading = read(origin, PEOPLE | ORDERED | BELOW_THE_ITEMS)
    assert values_of(reading) == READ_WHEN_ORDERED
    assert reading.warnings == ()
    assert (reading.form, reading.title) == ("DV-130", "Restraining Order After Hearing")


def test_the_way_through_the_bounded_process_reads_the_same(origin: str) -> None:
    document = blank_form("DV-130", origin).filled(PEOPLE | ORDERED | BELOW_THE_ITEMS)
    assert values_of(read_form(document, today=TODAY)) == READ_WHEN_ORDERED


def test_an_order_without_any_box_orders_what_is_printed_and_no_more(origin: str) -> None:
    reading = read(origin, PEOPLE)
    assert values_of(reading) == READ_FROM_PEOPLE
    assert reading.warnings == ()


def test_what_is_filled_in_below_an_unticked_item_is_left_out_and_said(origin: str) -> None:
    reading = read(origin, PEOPLE | BELOW_THE_ITEMS)
    assert values_of(reading) == READ_FROM_PEOPLE
    said = " ".join(reading.warnings)
    for place in (
        "Item 15b(1)",
        "Item 16a: '100'",
        "Item 17: '12 Mill Road, Cedar Bend'",
        "Item 18: 'Return the house",
    ):
        assert place in said


@pytest.mark.parametrize(
    ("box", "ordered"),
    [
        (P5 + "List14[0].FieldName_cb[0]", {"no_abuse": "yes"}),
        (P5 + "List15[0].FieldName_cb[0]", {"no_contact": "yes"}),
        (P6 + "List17[0].Item17[0].item8_cb[0]", {"move_out": "yes"}),
        (P6 + "List19[0].Item19[0].FieldName_cb[0]", {"custody": "yes"}),
        (P7 + "List23[0].Item23[0].FieldName_cb[0]", {"recording_allowed": "yes"}),
        (
            P3 + "List8[0].Lif[0].AGHagueCert_cb[0]",
            {"other_orders": f"{LOOK}; may keep one firearm for work, in working hours only (item 8f)"},
        ),
        (
            P4 + "List10[0].AGHagueCert_cb[0]",
            {"firearms_known": "court found that prohibited items were not all given up"},
        ),
        (P7 + "List25[0].item15_cb[0]", {"other_orders": f"{LOOK}; must pay the debts listed in item 25"}),
        (P8 + "List26[0].Item26[0].item21_cb[0]", {"other_orders": f"{LOOK}; must pay the expenses listed in item 26"}),
        (P8 + "List27[0].Item27[0].FieldName_cb[0]", {"other_orders": f"{LOOK}; child support is ordered (item 27)"}),
        (P8 + "List28[0].Item28[0].FieldName_cb[0]", {"other_orders": f"{LOOK}; spousal support is ordered (item 28)"}),
        (
            P8 + "List29[0].Item29[0].LawyerFeeCost_cb[0]",
            {"other_orders": f"{LOOK}; must pay the lawyer's fees listed in item 29"},
        ),
        (
            P8 + "List30[0].FieldName_cb[0]",
            {"other_orders": f"{LOOK}; must attend a batterer intervention program (item 30)"},
        ),
        (
            P8 + "List31[0].Item31[0].FieldName_cb[0]",
            {"other_orders": f"{LOOK}; wireless phone accounts are transferred (item 31)"},
        ),
    ],
)
def test_each_box_orders_its_own_term_alone(origin: str, box: str, ordered: dict[str, str]) -> None:
    assert values_of(read(origin, PEOPLE | {box: True})) == READ_FROM_PEOPLE | ordered


@pytest.mark.parametrize(
    ("boxes", "ordered"),
    [
        (
            {
                P6 + "List16[0].FieldName_cb[0]": True,
                P6 + "List16[0].Li16a[0].NumberOfYardsToStayAway_no[0]": "100 yards",
                P6 + "List16[0].Li16a[0].FieldName_cb6[0]": True,
            },
            {"stay_away_yards": "100", "stay_away_places": "work"},
        ),
        (
            {
                P6 + "List18[0].Item18[0].OtherOrder_cb[0]": True,
                P6 + "List18[0].Item18[0].OtherOrders_tf[0]": "Return the keys.",
            },
            {"other_orders": f"{LOOK}; Return the keys."},
        ),
        (
            {P6 + "List20[0].item11_cb[0]": True, P6 + "List20[0].Li20b[0].AGHagueCert_cb[0]": True},
            {"animals": "must not take, harm or get rid of them"},
        ),
        (
            {
                P7 + "List22[0].Item22[0].CtyChildFreed_cb[0]": True,
                P7 + "List22[0].Item22[0].PersonIn1_cb[0]": True,
            },
            {"other_orders": f"{LOOK}; the protected person must not change insurance (item 22)"},
        ),
        (
            {P7 + "List24[0].Item24[0].FieldName_cb[0]": True, P7 + "List24[0].Item24[0].PersonIn2_cb[0]": True},
            {"other_orders": f"{LOOK}; must not get rid of property (item 24)"},
        ),
        (
            {
                P3 + "List8[0].Lif[0].AGHagueCert_cb[0]": True,
                P3 + "List8[0].Lif[0].Firearm_MakeModelSerialNumber_ft[0]": "Glock 17, no. B77",
            },
            {
                "other_orders": f"{LOOK}; may keep one firearm for work, in working hours only (item 8f); "
                "the firearm of item 8f: Glock 17, no. B77"
            },
        ),
    ],
)
def test_each_box_with_entries_orders_its_own_term_alone(
    origin: str, boxes: dict[str, str | bool], ordered: dict[str, str]
) -> None:
    assert values_of(read(origin, PEOPLE | boxes)) == READ_FROM_PEOPLE | ordered


@pytest.mark.parametrize(
    ("box", "place"),
    [
        ("FieldName_cb1[0]", "person"),
        ("FieldName_cb2[0]", "school"),
        ("FieldName_cb3[0]", "home"),
        ("FieldName_cb4[0]", "other_protected"),
        ("FieldName_cb6[0]", "work"),
        ("FieldName_cb7[0]", "childrens_school"),
        ("FieldName_cb8[0]", "vehicle"),
    ],
)
def test_each_stay_away_box_means_its_own_place(origin: str, box: str, place: str) -> None:
    reading = read(origin, {P6 + "List16[0].FieldName_cb[0]": True, P6 + "List16[0].Li16a[0]." + box: True})
    assert reading.value("stay_away_places") == place


@pytest.mark.parametrize(("box", "sex"), [("gender_cb[0]", "M"), ("gender_cb[1]", "F"), ("gender_cb[2]", "X")])
def test_each_gender_box_means_its_own_code(origin: str, box: str, sex: str) -> None:
    assert read(origin, {P1 + "List2[0].Item2[0]." + box: True}).value("restrained_sex") == sex


@pytest.mark.parametrize(
    ("typed", "box", "time"),
    [("5:00", "time4_cb[0]", "05:00"), ("5:00", "time4_cb[1]", "17:00"), ("", "time4_cb[2]", "")],
)
def test_each_box_of_the_end_means_its_own_half_of_the_day(origin: str, typed: str, box: str, time: str) -> None:
    values: dict[str, str | bool] = {P1 + "List4[0].Item4[0]." + box: True}
    if typed:
        values[P1 + "List4[0].Item4[0].TimeExpires_ft[0]"] = typed
    reading = read(origin, PEOPLE | {P1 + "List4[0].Item4[0].time4_cb[1]": False} | values if typed else values)
    assert reading.value("expires_time") == time


def test_midnight_beside_a_time_gives_no_time(origin: str) -> None:
    reading = read(origin, PEOPLE | {P1 + "List4[0].Item4[0].time4_cb[2]": True})
    assert reading.value("expires_time") == ""
    assert any(warning.startswith("Item 4: more than one of a.m.") for warning in reading.warnings)


def test_an_order_without_a_date_of_its_end_says_when_the_form_ends_it(origin: str) -> None:
    reading = read(origin, {name: value for name, value in PEOPLE.items() if "ExpirationDate" not in name})
    assert reading.value("expires_on") == ""
    assert any("three years after the hearing (12/11/2026)" in warning for warning in reading.warnings)


def test_a_future_hearing_counts_only_under_its_box(origin: str) -> None:
    values: dict[str, str | bool] = {
        P2 + "List5[0].Item5[0].Time_ft1[0]": "1/15/2027",
        P2 + "List5[0].Item5[0].Time_ft[0]": "2:30",
        P2 + "List5[0].Item5[0].time5_cb[1]": True,
    }
    reading = read(origin, values | {P2 + "List5[0].Item5[0].FieldName_cb[0]": True})
    assert (reading.value("hearing_on"), reading.value("hearing_time")) == ("2027-01-15", "14:30")
    assert read(origin, values).value("hearing_on") == ""


SERVED = P9 + "List32[0]."


@pytest.mark.parametrize(
    ("boxes", "served"),
    [
        (["Li32a[0].item30abc[0]"], "yes"),
        (["Li32b[0].item30abc[0]"], ""),
        (["Li32c[0].item30abc[0]"], ""),
        (["Li32c[0].item30abc[0]", "Li32c[0].SubList32c[0].SubList32c1[0].item26c[0]"], "yes"),
        (["Li32c[0].item30abc[0]", "Li32c[0].SubList32c[0].SubList32c2[0].item26c[0]"], ""),
        (
            [
                "Li32c[0].item30abc[0]",
                "Li32c[0].SubList32c[0].SubList32c1[0].item26c[0]",
                "Li32c[0].SubList32c[0].SubList32c2[0].item26c[0]",
            ],
            "",
        ),
        (["Li32c[0].SubList32c[0].SubList32c1[0].item26c[0]"], ""),
        (["Li32a[0].item30abc[0]", "Li32b[0].item30abc[0]"], ""),
        ([], ""),
    ],
)
def test_service_in_court_is_read_only_where_the_form_says_so(origin: str, boxes: list[str], served: str) -> None:
    assert read(origin, {SERVED + box: True for box in boxes}).value("served_in_court") == served


def test_an_amended_order_gives_its_number(origin: str) -> None:
    reading = read(origin, {P1 + "TopOrder_cb[1]": True, P1 + "AmendOrder_tf[0]": "Second"})
    assert (reading.value("amended"), reading.value("amendment")) == ("yes", "2")


def test_an_original_order_is_not_amended(origin: str) -> None:
    assert read(origin, {P1 + "TopOrder_cb[0]": True}).value("amended") == ""


def test_other_protected_people_follow_line_by_line(origin: str) -> None:
    here = P1 + "List3[0].Item3[0]."
    rows = here + "ProtectedPersons[0]."
    reading = read(
        origin,
        {
            here + "FieldName_cb[0]": True,
            rows + "Row1[0].AdditionalProtectedPerson1_ft[0]": "Ana Holloway",
            rows + "Row1[0].RelationshipToProtectedPerson_ft1[0]": "daughter",
            rows + "Row1[0].Age_no1[0]": "9",
            rows + "Row2[0].AdditionalProtectedPerson2_ft[0]": "Luis Holloway",
            rows + "Row2[0].RelationshipToProtectedPerson_ft2[0]": "son",
            rows + "Row2[0].Age_no2[0]": "7",
            rows + "Row3[0].AdditionalProtectedPerson3_ft[0]": "Rosa Vega",
            rows + "Row3[0].RelationshipToProtectedPerson_ft3[0]": "mother",
            rows + "Row3[0].Age_no3[0]": "66",
            rows + "Row4[0].AdditionalProtectedPerson4_ft[0]": "Ivo Vega",
            rows + "Row4[0].RelationshipToProtectedPerson_ft4[0]": "brother",
            rows + "Row4[0].Age_no4[0]": "31",
        },
    )
    assert {name: value for name, value in values_of(reading).items() if name.startswith("protected_")} == {
        "protected_1_name": "Ana Holloway",
        "protected_1_relationship": "daughter",
        "protected_1_age": "9",
        "protected_2_name": "Luis Holloway",
        "protected_2_relationship": "son",
        "protected_2_age": "7",
        "protected_3_name": "Rosa Vega",
        "protected_3_relationship": "mother",
        "protected_3_age": "66",
        "protected_4_name": "Ivo Vega",
        "protected_4_relationship": "brother",
        "protected_4_age": "31",
    }


def test_weapons_found_by_the_court_count_only_under_item_9(origin: str) -> None:
    guns = P3 + "List9[0].Li9a[0].FirearmsTbl[0]."
    ammunition = P4 + "List9[0].Li9b[0].Ammunition[0]."
    values: dict[str, str | bool] = {
        guns + "Row1[0].TextField1[0]": "Pistol 9 mm",
        guns + "Row1[0].TextField2[0]": "bedroom safe",
        guns + "Row4[0].TextField7[0]": "Rifle",
        guns + "Row4[0].Choice[0]": True,
        ammunition + "SubLi2[0].TextField3[0]": "9 mm rounds",
        ammunition + "SubLi2[0].TextField4[0]": "200",
        ammunition + "SubLi2[0].TextField5[0]": "garage",
    }
    ticked = read(origin, values | {P3 + "List9[0].CheckBoxRightCaption[0]": True})
    assert ticked.value("firearms_known") == (
        "court found: Pistol 9 mm, bedroom safe; court found: Rifle (court has proof that it was given up); "
        "court found: 9 mm rounds, 200, garage"
    )
    assert read(origin, values).value("firearms_known") == ""


def test_the_search_for_protected_people_is_forbidden_unless_its_box_takes_it_back(origin: str) -> None:
    taken_back = read(origin, PEOPLE | {P5 + "List13[0].Item13[0].AGHagueCert_cb[0]": True})
    assert taken_back.value("other_orders") == ""


@pytest.mark.parametrize(
    ("box", "words"),
    [
        (P1 + "List3[0].Item3[0].AGHagueCert_cb[0]", "more protected people are listed"),
        (P4 + "List9[0].MultilineCheckBox[0]", "more prohibited items are listed"),
        (P4 + "List11[0].Item11[0].AGHagueCert_cb[0]", "reviews the surrender of firearms"),
        (P9 + "List34[0].FieldName_cb[0]", "attached pages are part of this order"),
    ],
)
def test_what_no_entry_field_can_hold_is_said(origin: str, box: str, words: str) -> None:
    assert any(words in warning for warning in read(origin, PEOPLE | {box: True}).warnings)
    assert not any(words in warning for warning in read(origin, PEOPLE).warnings)
