"""DV-110 filled by script, read back, and compared with what a clerk would read from the printed page.

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

P1 = "DV-110[0].Page1[0]."
P2 = "DV-110[0].Page2[0]."
P3 = "DV-110[0].Page3[0]."
P4 = "DV-110[0].Page4[0]."
P5 = "DV-110[0].Page5[0]."
P6 = "DV-110[0].Page6[0]."

PEOPLE: dict[str, str | bool] = {
    P1 + "StampbxSub[0].CourtInfo_ft[0]": "Sierra Vista\r100 Court Street\rAlder Falls, CA 95000",
    P1 + "StampbxSub[0].CaseNumber[0]": "26FL00417",
    P1 + "OrigAmen_cb[0]": True,
    P1 + "List1[0].Li1[0].TextField[0]": "Maria Elena Holloway",
    P1 + "List2[0].Li1[0].ParentRel[0]": "Derek Alan Holloway",
    P1 + "List2[0].Li1[0].gender_cb[0]": True,
    P1 + "List2[0].Li1[0].TF6[0]": "White",
    P1 + "List2[0].Li1[0].T191[0]": "42",
    P1 + "List2[0].Li1[0].TF1[0]": "05/17/1984",
    P1 + "List2[0].Li1[0].TF2[0]": "5'11\"",
    P1 + "List2[0].Li1[0].TF3[0]": "185 lbs",
    P1 + "List2[0].Li1[0].TF4[0]": "Brown",
    P1 + "List2[0].Li1[0].TF5[0]": "Hazel",
    P1 + "List2[0].Li1[0].TextField[0]": "Husband",
    P1 + "List2[0].Li1[0].TF7[0]": "12 Mill Road",
    P1 + "List2[0].Li1[0].TF8[0]": "Cedar Bend",
    P1 + "List2[0].Li1[0].TF9[0]": "CA",
    P1 + "List2[0].Li1[0].TF10[0]": "95001",
    P1 + "List4[0].Li1[0].T195[0]": "December 11, 2026",
    P1 + "List4[0].Li1[0].time1[0]": "8:30",
    P1 + "List4[0].Li1[0].item4ampm[0]": True,
    P6 + "SignatureSub[0].SigDate[0]": "11/20/2026",
}
READ_FROM_PEOPLE = {
    "order_type": "TRO",
    "court_county": "Sierra Vista",
    "case_number": "26FL00417",
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
    "hearing_on": "2026-12-11",
    "hearing_time": "08:30",
    "issued_on": "2026-11-20",
    "firearms_prohibited": "yes",
    "body_armor_prohibited": "yes",
    "other_orders": "must not look for the protected people (item 9)",
}

NOT_REQUESTED: dict[str, str | bool] = {
    P3 + "List10[0].item7_cb[1]": True,
    P4 + "List11[0].item8_cb[0]": True,
    P4 + "List12[0].item9_cb[0]": True,
    P4 + "List13[0].Li1[0].item10_cb[0]": True,
    P4 + "List14[0].Li1[0].item11_cb[0]": True,
    P5 + "List15[0].Li1[0].item12_cb[0]": True,
    P5 + "List16[0].item13_cb[0]": True,
    P5 + "List17[0].Li1[0].item14_cb[0]": True,
    P5 + "List18[0].Li1[0].item15_cb[0]": True,
    P5 + "List19[0].Li1[0].item16_cb[0]": True,
    P6 + "List20[0].Li1[0].item17_cb[0]": True,
    P6 + "List21[0].Li1[0].item18_cb[0]": True,
}
DENIED: dict[str, str | bool] = {
    P3 + "List10[0].item7_cb[0]": True,
    P4 + "List11[0].item8_cb[1]": True,
    P4 + "List12[0].item9_cb[1]": True,
    P4 + "List13[0].Li1[0].item10_cb[1]": True,
    P4 + "List14[0].Li1[0].item11_cb[1]": True,
    P5 + "List15[0].Li1[0].item12_cb[1]": True,
    P5 + "List16[0].item13_cb[1]": True,
    P5 + "List17[0].Li1[0].item14_cb[1]": True,
    P5 + "List18[0].Li1[0].item15_cb[1]": True,
    P5 + "List19[0].Li1[0].item16_cb[1]": True,
    P6 + "List20[0].Li1[0].item17_cb[1]": True,
    P6 + "List21[0].Li1[0].item18_cb[1]": True,
}
GRANTED: dict[str, str | bool] = {
    P3 + "List10[0].item7_cb[2]": True,
    P4 + "List11[0].item8_cb[2]": True,
    P4 + "List12[0].item9_cb[2]": True,
    P4 + "List13[0].Li1[0].item10_cb[2]": True,
    P4 + "List14[0].Li1[0].item11_cb[2]": True,
    P5 + "List15[0].Li1[0].item12_cb[2]": True,
    P5 + "List16[0].item13_cb[2]": True,
    P5 + "List17[0].Li1[0].item14_cb[2]": True,
    P5 + "List18[0].Li1[0].item15_cb[2]": True,
    P5 + "List19[0].Li1[0].item16_cb[2]": True,
    P6 + "List20[0].Li1[0].item17_cb[2]": True,
    P6 + "List21[0].Li1[0].item18_cb[2]": True,
}
BELOW_THE_ITEMS: dict[str, str | bool] = {
    P4 + "List11[0].Li1[0].CheckBoxRightCaption[0]": True,
    P4 + "List11[0].Li1[0].AGHagueCert_cb[0]": True,
    P4 + "List11[0].Li2[0].AGHagueCert_cb1[0]": True,
    P4 + "List11[0].Li2[0].List[0].Li1[0].MultilineCheckBox[0]": True,
    P4 + "List11[0].Li2[0].List[0].Li2[0].AGHagueCert_cb[0]": True,
    P4 + "List11[0].Li2[0].List[0].Li3[0].AGHagueCert_cb[0]": True,
    P4 + "List11[0].Li2[0].List[0].Li3[0].TextField2[0]": "text messages about the dog",
    P4 + "List12[0].Li1[0].T161[0]": "100",
    P4 + "List12[0].Li1[0].FieldName_cb1[0]": True,
    P4 + "List12[0].Li1[0].FieldName_cb2[0]": True,
    P4 + "List12[0].Li1[0].FieldName_cb3[0]": True,
    P4 + "List12[0].Li1[0].FieldName_cb4[0]": True,
    P4 + "List12[0].Li1[0].FieldName_cb5[0]": True,
    P4 + "List12[0].Li1[0].FieldName_cb6[0]": True,
    P4 + "List12[0].Li1[0].FieldName_cb7[0]": True,
    P4 + "List12[0].Li1[0].AGHagueCert_cb[0]": True,
    P4 + "List12[0].Li1[0].TextField2[0]": "the gym on Oak Street",
    P4 + "List12[0].Li2[0].AGHagueCert_cb1[0]": True,
    P4 + "List12[0].Li2[0].List[0].Li1[0].AGHagueCert_cb[0]": True,
    P4 + "List12[0].Li2[0].List[0].Li2[0].AGHagueCert_cb[0]": True,
    P4 + "List12[0].Li2[0].List[0].Li3[0].AGHagueCert_cb[0]": True,
    P4 + "List12[0].Li2[0].List[0].Li3[0].TextFieldItem9b3[0]": "church on Sunday",
    P4 + "List12[0].Li2[0].List[0].Li3[0].TextFieldItem9b3_tf[0]": "until noon",
    P4 + "List13[0].Li1[0].TextField2[0]": "12 Mill Road, Cedar Bend",
    P4 + "List14[0].Li1[0].OtherSpecify_tf[0]": "Return the house keys.",
    P5 + "List16[0].Li1[0].AGHagueCert11_cb[0]": True,
    P5 + "List16[0].Li1[0].FillText11\\.yards[0]": "50",
    P5 + "List16[0].Li2[0].AGHagueCert_cb[0]": True,
    P5 + "List16[0].Li3[0].AGHagueCert11_cb[0]": True,
    P5 + "List16[0].Li3[0].item3FullName3_tf1[0]": "Biscuit",
    P5 + "List16[0].Li3[0].item3relation2_tf1[0]": "dog",
    P5 + "List16[0].Li3[0].item3relation1_tf2[0]": "beagle",
    P5 + "List16[0].Li3[0].item3relation1_tf3[0]": "tan",
    P5 + "List16[0].Li3[0].item3FullName3_tf11[0]": "Plum",
    P5 + "List16[0].Li3[0].item3relation2_tf12[0]": "cat",
    P5 + "List17[0].Li1[0].OtherSpecify_tf[0]": "the blue car",
    P5 + "List18[0].Li1[0].PersonIn2_cb[0]": True,
    P6 + "List20[0].Li1[0].PersonIn1_cb[0]": True,
    P6 + "List20[0].Li1[0].PersonIn2_cb[0]": True,
}
READ_WHEN_GRANTED = READ_FROM_PEOPLE | {
    "no_abuse": "yes",
    "no_contact": "yes",
    "contact_exceptions": "brief, peaceful contact about the children for court-ordered visits; "
    "contact with the children, only during court-ordered contact or visits; text messages about the dog",
    "stay_away_yards": "100",
    "stay_away_places": "person,home,work,school,vehicle,other_protected,childrens_school",
    "stay_away_other": "the gym on Oak Street",
    "stay_away_exceptions": "to exchange the children for court-ordered visits, briefly and peacefully; "
    "to visit with the children for court-ordered contact or visits; church on Sunday, until noon",
    "move_out": "yes",
    "move_out_address": "12 Mill Road, Cedar Bend",
    "custody": "yes",
    "animals": "stay 50 yards away; must not take, harm or get rid of them; "
    "the protected person alone has their care; Biscuit, dog, beagle, tan; Plum, cat",
    "recording_allowed": "yes",
    "other_orders": "must not look for the protected people (item 9); must make the payments listed in item 21; "
    "Return the house keys.; only the protected person may use this property (item 17): the blue car; "
    "must not change insurance (item 18); the protected person must not get rid of property (item 20); "
    "must not get rid of property (item 20)",
}


def read(origin: str, values: Mapping[str, str | bool]) -> FormReading:
    """In this process, because there are many; one test below goes the whole way."""
    return interpret(fields_of(blank_form("DV-110", origin).filled(values)), today=TODAY)


def values_of(reading: FormReading) -> dict[str, str]:
    return {read.name: read.value for read in reading.fields}


@pytest.fixture(params=ORIGINS)
def origin(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_fully_granted_order_is_read_as_it_stands(origin: str) -> None:
    reading = read(origin, PEOPLE | GRANTED | BELOW_THE_ITEMS)
    assert values_of(reading) == READ_WHEN_GRANTED
    assert reading.warnings == ()
    assert (reading.form, reading.title, reading.confidential) == ("DV-110", "Temporary Restraining Order", False)


def test_the_way_through_the_bounded_process_reads_the_same(origin: str) -> None:
    document = blank_form("DV-110", origin).filled(PEOPLE | GRANTED | BELOW_THE_ITEMS)
    assert values_of(read_form(document, today=TODAY)) == READ_WHEN_GRANTED


def test_every_value_says_where_it_stands(origin: str) -> None:
    reading = read(origin, PEOPLE | GRANTED | BELOW_THE_ITEMS)
    places = {read.name: (read.label, read.page) for read in reading.fields}
    assert places["restrained_name"] == ("Item 2", 1)
    assert places["stay_away_yards"] == ("Item 12a", 4)
    assert places["firearms_prohibited"] == ("Item 5, printed", 2)
    assert places["recording_allowed"] == ("Item 19", 5)
    assert places["issued_on"] == ("Judge's signature", 6)


@pytest.mark.parametrize("decision", [DENIED, NOT_REQUESTED], ids=["denied", "not requested"])
def test_a_term_denied_or_not_requested_never_appears_as_ordered(origin: str, decision: dict[str, str | bool]) -> None:
    reading = read(origin, PEOPLE | decision)
    assert values_of(reading) == READ_FROM_PEOPLE
    assert reading.warnings == ()


@pytest.mark.parametrize("decision", [DENIED, NOT_REQUESTED], ids=["denied", "not requested"])
def test_what_is_filled_in_below_a_denied_item_is_left_out_and_said(
    origin: str, decision: dict[str, str | bool]
) -> None:
    reading = read(origin, PEOPLE | decision | BELOW_THE_ITEMS)
    assert values_of(reading) == READ_FROM_PEOPLE
    said = " ".join(reading.warnings)
    for place in (
        "Item 11b(1)",
        "Item 12a: '100'",
        "Item 13: '12 Mill Road, Cedar Bend'",
        "Item 14: 'Return the house",
    ):
        assert place in said


TERMS = {
    # item: (boxes without their number, number of not requested, of denied, of granted, what it orders)
    "10": (P3 + "List10[0].item7_cb", 1, 0, 2, {"no_abuse": "yes"}),
    "11": (P4 + "List11[0].item8_cb", 0, 1, 2, {"no_contact": "yes"}),
    "13": (P4 + "List13[0].Li1[0].item10_cb", 0, 1, 2, {"move_out": "yes"}),
    "15": (P5 + "List15[0].Li1[0].item12_cb", 0, 1, 2, {"custody": "yes"}),
    "19": (P5 + "List19[0].Li1[0].item16_cb", 0, 1, 2, {"recording_allowed": "yes"}),
    "21": (
        P6 + "List21[0].Li1[0].item18_cb",
        0,
        1,
        2,
        {"other_orders": "must not look for the protected people (item 9); must make the payments listed in item 21"},
    ),
}
TERMS_WITH_ENTRIES: dict[str, tuple[str, dict[str, str | bool], dict[str, str]]] = {
    "12": (
        P4 + "List12[0].item9_cb",
        {P4 + "List12[0].Li1[0].T161[0]": "100", P4 + "List12[0].Li1[0].FieldName_cb3[0]": True},
        {"stay_away_yards": "100", "stay_away_places": "home"},
    ),
    "14": (
        P4 + "List14[0].Li1[0].item11_cb",
        {P4 + "List14[0].Li1[0].OtherSpecify_tf[0]": "Return the keys."},
        {"other_orders": "must not look for the protected people (item 9); Return the keys."},
    ),
    "16": (
        P5 + "List16[0].item13_cb",
        {P5 + "List16[0].Li2[0].AGHagueCert_cb[0]": True},
        {"animals": "must not take, harm or get rid of them"},
    ),
    "17": (
        P5 + "List17[0].Li1[0].item14_cb",
        {P5 + "List17[0].Li1[0].OtherSpecify_tf[0]": "the car"},
        {
            "other_orders": "must not look for the protected people (item 9); "
            "only the protected person may use this property (item 17): the car"
        },
    ),
    "18": (
        P5 + "List18[0].Li1[0].item15_cb",
        {P5 + "List18[0].Li1[0].PersonIn1_cb[0]": True},
        {
            "other_orders": "must not look for the protected people (item 9); "
            "the protected person must not change insurance (item 18)"
        },
    ),
    "20": (
        P6 + "List20[0].Li1[0].item17_cb",
        {P6 + "List20[0].Li1[0].PersonIn2_cb[0]": True},
        {"other_orders": "must not look for the protected people (item 9); must not get rid of property (item 20)"},
    ),
}


@pytest.mark.parametrize("item", TERMS)
def test_each_term_is_ordered_by_its_granted_box_alone(origin: str, item: str) -> None:
    boxes, not_requested, denied, granted, ordered = TERMS[item]
    assert values_of(read(origin, PEOPLE | {f"{boxes}[{granted}]": True})) == READ_FROM_PEOPLE | ordered
    assert values_of(read(origin, PEOPLE | {f"{boxes}[{denied}]": True})) == READ_FROM_PEOPLE
    assert values_of(read(origin, PEOPLE | {f"{boxes}[{not_requested}]": True})) == READ_FROM_PEOPLE


@pytest.mark.parametrize("item", TERMS_WITH_ENTRIES)
def test_each_term_with_entries_is_ordered_by_its_granted_box_alone(origin: str, item: str) -> None:
    boxes, entries, ordered = TERMS_WITH_ENTRIES[item]
    assert values_of(read(origin, PEOPLE | entries | {f"{boxes}[0]": True})) == READ_FROM_PEOPLE
    assert values_of(read(origin, PEOPLE | entries | {f"{boxes}[1]": True})) == READ_FROM_PEOPLE
    assert values_of(read(origin, PEOPLE | entries | {f"{boxes}[2]": True})) == READ_FROM_PEOPLE | ordered


@pytest.mark.parametrize("item", TERMS)
@pytest.mark.parametrize("other", ["not requested", "denied", "all three"])
def test_boxes_that_exclude_each_other_order_nothing_and_are_named(origin: str, item: str, other: str) -> None:
    boxes, not_requested, denied, granted, _ = TERMS[item]
    ticked = {"not requested": (granted, not_requested), "denied": (granted, denied), "all three": (0, 1, 2)}[other]
    reading = read(origin, PEOPLE | {f"{boxes}[{number}]": True for number in ticked})
    assert values_of(reading) == READ_FROM_PEOPLE
    assert f"Item {item}: boxes are ticked that exclude each other; nothing was pre-filled." in reading.warnings


def test_items_without_any_box_order_nothing_and_are_named(origin: str) -> None:
    reading = read(origin, PEOPLE | BELOW_THE_ITEMS)
    assert values_of(reading) == READ_FROM_PEOPLE
    assert (
        "Item 10, Item 11, Item 12, Item 13, Item 14, Item 15, Item 16, Item 17, Item 18, Item 19, Item 20, Item 21: "
        "no box is ticked; nothing of this was pre-filled." in reading.warnings
    )


def test_the_search_for_protected_people_is_forbidden_unless_its_box_takes_it_back(origin: str) -> None:
    taken_back = read(origin, PEOPLE | DENIED | {P3 + "List9set[0].List9[0].Li1[0].AGHagueCert_cb[0]": True})
    assert taken_back.value("other_orders") == ""
    assert taken_back.value("firearms_prohibited") == "yes"


@pytest.mark.parametrize(
    ("box", "place"),
    [
        ("FieldName_cb1[0]", "person"),
        ("FieldName_cb2[0]", "school"),
        ("FieldName_cb3[0]", "home"),
        ("FieldName_cb4[0]", "other_protected"),
        ("FieldName_cb5[0]", "work"),
        ("FieldName_cb6[0]", "childrens_school"),
        ("FieldName_cb7[0]", "vehicle"),
    ],
)
def test_each_stay_away_box_means_its_own_place(origin: str, box: str, place: str) -> None:
    reading = read(origin, {P4 + "List12[0].item9_cb[2]": True, P4 + "List12[0].Li1[0]." + box: True})
    assert reading.value("stay_away_places") == place


@pytest.mark.parametrize(("box", "sex"), [("gender_cb[0]", "M"), ("gender_cb[1]", "F"), ("gender_cb[2]", "X")])
def test_each_gender_box_means_its_own_code(origin: str, box: str, sex: str) -> None:
    assert read(origin, {P1 + "List2[0].Li1[0]." + box: True}).value("restrained_sex") == sex


def test_two_gender_boxes_give_no_gender(origin: str) -> None:
    reading = read(origin, {P1 + "List2[0].Li1[0].gender_cb[0]": True, P1 + "List2[0].Li1[0].gender_cb[1]": True})
    assert reading.value("restrained_sex") == ""
    assert "Item 2: M and F are both given; nothing was pre-filled." in reading.warnings


@pytest.mark.parametrize(
    ("box", "text", "expected"),
    [
        ("Li1[0].MultilineCheckBox[0]", {}, "brief, peaceful contact about the children for court-ordered visits"),
        ("Li2[0].AGHagueCert_cb[0]", {}, "contact with the children, only during court-ordered contact or visits"),
        ("Li3[0].AGHagueCert_cb[0]", {"Li3[0].TextField2[0]": "by e-mail"}, "by e-mail"),
    ],
)
def test_an_exception_to_no_contact_counts_only_under_its_own_box(
    origin: str, box: str, text: dict[str, str], expected: str
) -> None:
    here = P4 + "List11[0].Li2[0].List[0]."
    values: dict[str, str | bool] = {
        P4 + "List11[0].item8_cb[2]": True,
        P4 + "List11[0].Li1[0].CheckBoxRightCaption[0]": True,
        here + box: True,
        **{here + name: value for name, value in text.items()},
    }
    with_b = read(origin, values | {P4 + "List11[0].Li2[0].AGHagueCert_cb1[0]": True})
    assert with_b.value("contact_exceptions") == expected
    without_b = read(origin, values)
    assert without_b.value("contact_exceptions") == ""
    assert any(warning.startswith("Item 11b(") for warning in without_b.warnings)


@pytest.mark.parametrize(
    ("box", "text", "expected"),
    [
        ("Li1[0].AGHagueCert_cb[0]", {}, "to exchange the children for court-ordered visits, briefly and peacefully"),
        ("Li2[0].AGHagueCert_cb[0]", {}, "to visit with the children for court-ordered contact or visits"),
        ("Li3[0].AGHagueCert_cb[0]", {"Li3[0].TextFieldItem9b3[0]": "at church"}, "at church"),
    ],
)
def test_an_exception_to_stay_away_counts_only_under_its_own_box(
    origin: str, box: str, text: dict[str, str], expected: str
) -> None:
    here = P4 + "List12[0].Li2[0].List[0]."
    values: dict[str, str | bool] = {
        P4 + "List12[0].item9_cb[2]": True,
        here + box: True,
        **{here + name: value for name, value in text.items()},
    }
    with_b = read(origin, values | {P4 + "List12[0].Li2[0].AGHagueCert_cb1[0]": True})
    assert with_b.value("stay_away_exceptions") == expected
    without_b = read(origin, values)
    assert without_b.value("stay_away_exceptions") == ""


def test_no_contact_says_whom_it_does_not_name(origin: str) -> None:
    granted = PEOPLE | {P4 + "List11[0].item8_cb[2]": True, **CHILD}
    only_person = read(origin, granted | {P4 + "List11[0].Li1[0].CheckBoxRightCaption[0]": True})
    assert only_person.value("contact_exceptions") == ("with the other protected people, whom this term does not name")
    only_others = read(origin, granted | {P4 + "List11[0].Li1[0].AGHagueCert_cb[0]": True})
    assert only_others.value("contact_exceptions") == (
        "with the protected person named first, whom this term does not name"
    )
    nobody = read(origin, granted)
    assert "Item 11 is ordered, but no box says whom it protects." in nobody.warnings


CHILD: dict[str, str | bool] = {
    P1 + "List3[0].Li1[0].item3_cb[0]": True,
    P1 + "List3[0].Li1[0].item3FullName1_tf1[0]": "Ana Holloway",
    P1 + "List3[0].Li1[0].item3relation1_tf1[0]": "daughter",
    P1 + "List3[0].Li1[0].item3age1_tf1[0]": "9",
}


def test_other_protected_people_follow_line_by_line(origin: str) -> None:
    here = P1 + "List3[0].Li1[0]."
    reading = read(
        origin,
        CHILD
        | {
            here + "item3FullName1_tf[0]": "Luis Holloway",
            here + "item3relation1_tf[0]": "son",
            here + "item3age1_tf[0]": "7",
            here + "item3FullName2_tf[0]": "Rosa Vega",
            here + "item3relation2_tf[0]": "mother",
            here + "item3age2_tf[0]": "66",
            here + "item3FullName3_tf[0]": "Ivo Vega",
            here + "item3relation3_tf[0]": "brother",
            here + "item3age3_tf[0]": "31",
            here + "AGHagueCert_cb[0]": True,
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
    assert any("more protected people are listed on an attached page" in warning for warning in reading.warnings)


def test_people_listed_without_the_box_are_named_in_a_warning(origin: str) -> None:
    reading = read(origin, {name: value for name, value in CHILD.items() if not name.endswith("item3_cb[0]")})
    assert reading.value("protected_1_name") == ""
    assert any(warning.startswith("Item 3, line 1: 'Ana Holloway'") for warning in reading.warnings)


@pytest.mark.parametrize(("typed", "number"), [("1", "1"), ("2nd", "2"), ("Third", "3")])
def test_an_amended_order_gives_its_number(origin: str, typed: str, number: str) -> None:
    reading = read(origin, {P1 + "OrigAmen_cb[1]": True, P1 + "Amended_ft[0]": typed})
    assert (reading.value("amended"), reading.value("amendment")) == ("yes", number)


def test_an_original_order_is_not_amended_whatever_is_typed_beside_it(origin: str) -> None:
    reading = read(origin, {P1 + "OrigAmen_cb[0]": True, P1 + "Amended_ft[0]": "2"})
    assert (reading.value("amended"), reading.value("amendment")) == ("", "")
    assert any(warning.startswith("Amended Order: '2'") for warning in reading.warnings)


def test_original_and_amended_together_are_a_contradiction(origin: str) -> None:
    reading = read(origin, {P1 + "OrigAmen_cb[0]": True, P1 + "OrigAmen_cb[1]": True})
    assert reading.value("amended") == ""
    assert "Amended Order: boxes are ticked that exclude each other; nothing was pre-filled." in reading.warnings


def test_weapons_are_gathered_from_items_2_and_6(origin: str) -> None:
    guns = P2 + "List6[0].Li1[0].Lista[0]."
    ammunition = P2 + "List6[0].Li2[0].Listb[0]."
    values: dict[str, str | bool] = {
        P1 + "List2[0].Li1[0].OtherSpecify_tf[0]": "a shotgun in the truck",
        guns + "Li1[0].TextField[0]": "Pistol 9 mm, no. A1234",
        guns + "Li1[0].TextField1[0]": "bedroom safe",
        guns + "Li4[0].TextField[0]": "Rifle",
        guns + "Li4[0].Choice[0]": True,
        ammunition + "Li2[0].TextField[0]": "9 mm rounds",
        ammunition + "Li2[0].TextField1[0]": "200",
        ammunition + "Li2[0].TextField2[0]": "garage",
    }
    reading = read(origin, values | {P2 + "List6[0].CheckBoxRightCaption[0]": True})
    assert reading.value("firearms_known") == (
        "a shotgun in the truck; court found: Pistol 9 mm, no. A1234, bedroom safe; "
        "court found: Rifle (court has proof that it was given up); court found: 9 mm rounds, 200, garage"
    )
    assert read(origin, values).value("firearms_known") == "a shotgun in the truck"


@pytest.mark.parametrize(("box", "time"), [("item4ampm[0]", "01:30"), ("item4ampm[1]", "13:30")])
def test_each_half_of_the_day_has_its_own_box(origin: str, box: str, time: str) -> None:
    reading = read(origin, {P1 + "List4[0].Li1[0].time1[0]": "1:30", P1 + "List4[0].Li1[0]." + box: True})
    assert reading.value("hearing_time") == time


def test_case_numbers_that_differ_between_pages_are_said(origin: str) -> None:
    reading = read(
        origin,
        {
            P1 + "StampbxSub[0].CaseNumber[0]": "26FL00417",
            "DV-110[0].Page5[0].PxCaption[0].CaseNumber[0]": "26FL00471",
            "DV-110[0].Page9[0].PxCaption[0].CaseNumber[0]": "26FL00417",
        },
    )
    assert "Case Number: page 1 says '26FL00417', another page '26FL00471'." in reading.warnings


def test_a_blank_form_says_that_it_is_not_filled_in(origin: str) -> None:
    reading = read(origin, {})
    assert "The form is not filled in." in reading.warnings
    assert values_of(reading) == {
        "order_type": "TRO",
        "firearms_prohibited": "yes",
        "body_armor_prohibited": "yes",
        "other_orders": "must not look for the protected people (item 9)",
    }
