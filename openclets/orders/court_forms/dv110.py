"""DV-110, Temporary Restraining Order, revision January 1, 2025, field by field.

Source: Judicial Council of California form DV-110; which box is which was compared on the printed page. Items 5 and 8
are printed on every copy without a box. The order ends with the hearing of item 4 and bears no other end.
"""

from __future__ import annotations

from typing import Final

from openclets.orders.court_forms.rows import OTHER_NAMES, Field, FormTable, Item, Kind, Notice, Printed, Row

_P1: Final = "DV-110[0].Page1[0]."
_P2: Final = "DV-110[0].Page2[0]."
_P3: Final = "DV-110[0].Page3[0]."
_P4: Final = "DV-110[0].Page4[0]."
_P5: Final = "DV-110[0].Page5[0]."
_P6: Final = "DV-110[0].Page6[0]."
_RESTRAINED: Final = _P1 + "List2[0].Li1[0]."
_OTHERS: Final = _P1 + "List3[0].Li1[0]."
_GUNS: Final = _P2 + "List6[0].Li1[0].Lista[0]."
_AMMUNITION: Final = _P2 + "List6[0].Li2[0].Listb[0]."
_CONTACT: Final = _P4 + "List11[0]."
_CONTACT_EXCEPT: Final = _CONTACT + "Li2[0].List[0]."
_AWAY: Final = _P4 + "List12[0].Li1[0]."
_AWAY_EXCEPT: Final = _P4 + "List12[0].Li2[0].List[0]."
_ANIMALS: Final = _P5 + "List16[0]."

_NOT_REQUESTED: Final = "not requested"
_DENIED: Final = "denied until the hearing"
_GRANTED: Final = "granted as follows"


def _decided(
    label: str,
    page: int,
    boxes: str,
    *,
    entry: str = "",
    value: str = "yes",
    expects: tuple[tuple[str, ...], ...] = (),
    covers: tuple[Field, Field] | None = None,
) -> Item:
    """An item whose three boxes are in the usual order: 0 not requested, 1 denied until the hearing, 2 granted."""
    against = (Field(boxes + "[0]", _NOT_REQUESTED), Field(boxes + "[1]", _DENIED))
    return Item(label, page, Field(boxes + "[2]", _GRANTED), against, entry, value, expects, covers)


_ITEMS: Final = (
    Item(
        "Amended Order",
        1,
        Field(_P1 + "OrigAmen_cb[1]", "amended order"),
        (Field(_P1 + "OrigAmen_cb[0]", "original order"),),
        "amended",
        expects=(("amendment",),),
    ),
    Item("Item 3", 1, Field(_OTHERS + "item3_cb[0]", "other protected people"), expects=(OTHER_NAMES,)),
    Item("Item 6", 2, Field(_P2 + "List6[0].CheckBoxRightCaption[0]", "restrained person has prohibited items")),
    # The one item whose boxes are in another order: 0 denied, 1 not requested, 2 granted.
    Item(
        "Item 10",
        3,
        Field(_P3 + "List10[0].item7_cb[2]", _GRANTED),
        (Field(_P3 + "List10[0].item7_cb[0]", _DENIED), Field(_P3 + "List10[0].item7_cb[1]", _NOT_REQUESTED)),
        "no_abuse",
    ),
    _decided(
        "Item 11",
        4,
        _CONTACT + "item8_cb",
        entry="no_contact",
        covers=(
            Field(_CONTACT + "Li1[0].CheckBoxRightCaption[0]", "the person in 1"),
            Field(_CONTACT + "Li1[0].AGHagueCert_cb[0]", "the persons in 3"),
        ),
    ),
    _decided(
        "Item 12",
        4,
        _P4 + "List12[0].item9_cb",
        expects=(("stay_away_yards",), ("stay_away_places", "stay_away_other")),
    ),
    _decided("Item 13", 4, _P4 + "List13[0].Li1[0].item10_cb", entry="move_out", expects=(("move_out_address",),)),
    _decided("Item 14", 4, _P4 + "List14[0].Li1[0].item11_cb"),
    _decided("Item 15", 5, _P5 + "List15[0].Li1[0].item12_cb", entry="custody"),
    _decided("Item 16", 5, _ANIMALS + "item13_cb", expects=(("animals",),)),
    _decided("Item 17", 5, _P5 + "List17[0].Li1[0].item14_cb"),
    _decided("Item 18", 5, _P5 + "List18[0].Li1[0].item15_cb"),
    _decided("Item 19", 5, _P5 + "List19[0].Li1[0].item16_cb", entry="recording_allowed"),
    _decided("Item 20", 6, _P6 + "List20[0].Li1[0].item17_cb"),
    _decided(
        "Item 21",
        6,
        _P6 + "List21[0].Li1[0].item18_cb",
        entry="other_orders",
        value="must make the payments listed in item 21",
    ),
)


def _person(number: int, ending: str) -> tuple[Row, ...]:
    label = f"Item 3, line {number}"
    entry = f"protected_{number}_"
    return (
        Row(Field(f"{_OTHERS}item3FullName{ending}[0]", "full name"), entry + "name", Kind.NAME, label, "Item 3"),
        Row(Field(f"{_OTHERS}item3age{ending}[0]", "age"), entry + "age", Kind.AGE, label, "Item 3"),
        Row(
            Field(f"{_OTHERS}item3relation{ending}[0]", "relationship to person in item 1"),
            entry + "relationship",
            Kind.TEXT,
            label,
            "Item 3",
        ),
    )


_PEOPLE: Final = (
    Row(
        Field(_P1 + "StampbxSub[0].CourtInfo_ft[0]", "superior court of california"),
        "court_county",
        Kind.COUNTY,
        "Court name and address",
    ),
    Row(Field(_P1 + "StampbxSub[0].CaseNumber[0]", "case number"), "case_number", Kind.TEXT, "Case Number"),
    Row(Field(_P1 + "Amended_ft[0]", "amended order"), "amendment", Kind.ORDINAL, "Amended Order", "Amended Order"),
    Row(Field(_RESTRAINED + "ParentRel[0]", "full name"), "restrained_name", Kind.NAME, "Item 2"),
    Row(Field(_RESTRAINED + "gender_cb[0]", "male"), "restrained_sex", Kind.TICK, "Item 2", value="M"),
    Row(Field(_RESTRAINED + "gender_cb[1]", "female"), "restrained_sex", Kind.TICK, "Item 2", value="F"),
    Row(Field(_RESTRAINED + "gender_cb[2]", "nonbinary"), "restrained_sex", Kind.TICK, "Item 2", value="X"),
    Row(Field(_RESTRAINED + "TF1[0]", "date of birth"), "restrained_birth_date", Kind.BIRTH_DATE, "Item 2"),
    Row(Field(_RESTRAINED + "T191[0]", "age"), "restrained_age", Kind.AGE, "Item 2"),
    Row(Field(_RESTRAINED + "TF6[0]", "race"), "restrained_race", Kind.RACE, "Item 2"),
    Row(Field(_RESTRAINED + "TF2[0]", "height"), "restrained_height", Kind.HEIGHT, "Item 2"),
    Row(Field(_RESTRAINED + "TF3[0]", "weight"), "restrained_weight", Kind.WEIGHT, "Item 2"),
    Row(Field(_RESTRAINED + "TF4[0]", "hair color"), "restrained_hair", Kind.HAIR, "Item 2"),
    Row(Field(_RESTRAINED + "TF5[0]", "eye color"), "restrained_eyes", Kind.EYES, "Item 2"),
    Row(
        Field(_RESTRAINED + "TF7[0]", "address of restrained person"),
        "restrained_address",
        Kind.TEXT,
        "Item 2",
        more=(
            Field(_RESTRAINED + "TF8[0]", "city"),
            Field(_RESTRAINED + "TF9[0]", "state"),
            Field(_RESTRAINED + "TF10[0]", "zip"),
        ),
    ),
    Row(
        Field(_RESTRAINED + "TextField[0]", "relationship to person in item 1"),
        "restrained_relationship",
        Kind.TEXT,
        "Item 2",
    ),
    Row(Field(_P1 + "List1[0].Li1[0].TextField[0]", "protected person"), "protected_0_name", Kind.NAME, "Item 1"),
    *_person(1, "1_tf1"),
    *_person(2, "1_tf"),
    *_person(3, "2_tf"),
    *_person(4, "3_tf"),
    Row(Field(_P1 + "List4[0].Li1[0].T195[0]", "hearing date"), "hearing_on", Kind.DATE, "Item 4"),
    Row(
        Field(_P1 + "List4[0].Li1[0].time1[0]", "time"),
        "hearing_time",
        Kind.TIME,
        "Item 4",
        am=Field(_P1 + "List4[0].Li1[0].item4ampm[0]", "a.m."),
        pm=Field(_P1 + "List4[0].Li1[0].item4ampm[1]", "p.m."),
    ),
    Row(Field(_P6 + "SignatureSub[0].SigDate[0]", "date"), "issued_on", Kind.DATE, "Judge's signature"),
)


def _gun(number: int) -> Row:
    return Row(
        Field(f"{_GUNS}Li{number}[0].TextField[0]", "description"),
        "firearms_known",
        Kind.TEXT,
        f"Item 6a({number})",
        "Item 6",
        more=(Field(f"{_GUNS}Li{number}[0].TextField1[0]", "location"),),
        value="court found: {}",
        receipt=Field(f"{_GUNS}Li{number}[0].Choice[0]", "proof of compliance"),
    )


def _ammunition(number: int) -> Row:
    return Row(
        Field(f"{_AMMUNITION}Li{number}[0].TextField[0]", "description"),
        "firearms_known",
        Kind.TEXT,
        f"Item 6b({number})",
        "Item 6",
        more=(
            Field(f"{_AMMUNITION}Li{number}[0].TextField1[0]", "amount"),
            Field(f"{_AMMUNITION}Li{number}[0].TextField2[0]", "location"),
        ),
        value="court found: {}",
        receipt=Field(f"{_AMMUNITION}Li{number}[0].Choice[0]", "proof of compliance"),
    )


_FIREARMS: Final = (
    Row(
        Field(
            _RESTRAINED + "OtherSpecify_tf[0]", "firearms, firearm parts, or ammunition that restrained person may have"
        ),
        "firearms_known",
        Kind.TEXT,
        "Item 2",
    ),
    _gun(1),
    _gun(2),
    _gun(3),
    _gun(4),
    _ammunition(1),
    _ammunition(2),
)

_CONTACT_B: Final = Field(_CONTACT + "Li2[0].AGHagueCert_cb1[0]", "exception to 11a")
_AWAY_B: Final = Field(_P4 + "List12[0].Li2[0].AGHagueCert_cb1[0]", "exception to 12a")


def _place(field: str, says: str, place: str) -> Row:
    return Row(Field(_AWAY + field, says), "stay_away_places", Kind.TICK, "Item 12a", "Item 12", value=place)


_TERMS: Final = (
    Row(
        Field(_CONTACT_EXCEPT + "Li1[0].MultilineCheckBox[0]", "you may have brief and peaceful contact"),
        "contact_exceptions",
        Kind.TICK,
        "Item 11b(1)",
        "Item 11",
        (_CONTACT_B,),
        value="brief, peaceful contact about the children for court-ordered visits",
    ),
    Row(
        Field(_CONTACT_EXCEPT + "Li2[0].AGHagueCert_cb[0]", "you may have contact with your children"),
        "contact_exceptions",
        Kind.TICK,
        "Item 11b(2)",
        "Item 11",
        (_CONTACT_B,),
        value="contact with the children, only during court-ordered contact or visits",
    ),
    Row(
        Field(_CONTACT_EXCEPT + "Li3[0].TextField2[0]", "explain other"),
        "contact_exceptions",
        Kind.TEXT,
        "Item 11b(3)",
        "Item 11",
        (_CONTACT_B, Field(_CONTACT_EXCEPT + "Li3[0].AGHagueCert_cb[0]", "other (explain)")),
    ),
    Row(Field(_AWAY + "T161[0]", "you must stay at least"), "stay_away_yards", Kind.YARDS, "Item 12a", "Item 12"),
    # In the order of the entry's places, not of the field numbers.
    _place("FieldName_cb1[0]", "person in 1.", "person"),
    _place("FieldName_cb3[0]", "home of person in 1", "home"),
    _place("FieldName_cb5[0]", "job or workplace of person in 1", "work"),
    _place("FieldName_cb2[0]", "school of person in 1", "school"),
    _place("FieldName_cb7[0]", "vehicle of person in 1", "vehicle"),
    _place("FieldName_cb4[0]", "persons in 3", "other_protected"),
    _place("FieldName_cb6[0]", "children’s school or child care", "childrens_school"),
    Row(
        Field(_AWAY + "TextField2[0]", "explain other"),
        "stay_away_other",
        Kind.TEXT,
        "Item 12a",
        "Item 12",
        (Field(_AWAY + "AGHagueCert_cb[0]", "other (explain)"),),
    ),
    Row(
        Field(_AWAY_EXCEPT + "Li1[0].AGHagueCert_cb[0]", "for you to exchange your children"),
        "stay_away_exceptions",
        Kind.TICK,
        "Item 12b(1)",
        "Item 12",
        (_AWAY_B,),
        value="to exchange the children for court-ordered visits, briefly and peacefully",
    ),
    Row(
        Field(_AWAY_EXCEPT + "Li2[0].AGHagueCert_cb[0]", "for you to visit with your children"),
        "stay_away_exceptions",
        Kind.TICK,
        "Item 12b(2)",
        "Item 12",
        (_AWAY_B,),
        value="to visit with the children for court-ordered contact or visits",
    ),
    Row(
        Field(_AWAY_EXCEPT + "Li3[0].TextFieldItem9b3[0]", "other (explain)"),
        "stay_away_exceptions",
        Kind.TEXT,
        "Item 12b(3)",
        "Item 12",
        (_AWAY_B, Field(_AWAY_EXCEPT + "Li3[0].AGHagueCert_cb[0]", "other (explain)")),
        more=(Field(_AWAY_EXCEPT + "Li3[0].TextFieldItem9b3_tf[0]", "other (explain)"),),
    ),
    Row(
        Field(_P4 + "List13[0].Li1[0].TextField2[0]", "(address)"), "move_out_address", Kind.TEXT, "Item 13", "Item 13"
    ),
    Row(
        Field(_P4 + "List14[0].Li1[0].OtherSpecify_tf[0]", "other orders"),
        "other_orders",
        Kind.TEXT,
        "Item 14",
        "Item 14",
    ),
    Row(
        Field(_P5 + "List17[0].Li1[0].OtherSpecify_tf[0]", "until the hearing, only the person in item 1"),
        "other_orders",
        Kind.TEXT,
        "Item 17",
        "Item 17",
        value="only the protected person may use this property (item 17): {}",
    ),
    Row(
        Field(_P5 + "List18[0].Li1[0].PersonIn1_cb[0]", "in 1"),
        "other_orders",
        Kind.TICK,
        "Item 18",
        "Item 18",
        value="the protected person must not change insurance (item 18)",
    ),
    Row(
        Field(_P5 + "List18[0].Li1[0].PersonIn2_cb[0]", "in 2"),
        "other_orders",
        Kind.TICK,
        "Item 18",
        "Item 18",
        value="must not change insurance (item 18)",
    ),
    Row(
        Field(_P6 + "List20[0].Li1[0].PersonIn1_cb[0]", "in 1"),
        "other_orders",
        Kind.TICK,
        "Item 20",
        "Item 20",
        value="the protected person must not get rid of property (item 20)",
    ),
    Row(
        Field(_P6 + "List20[0].Li1[0].PersonIn2_cb[0]", "in 2"),
        "other_orders",
        Kind.TICK,
        "Item 20",
        "Item 20",
        value="must not get rid of property (item 20)",
    ),
)


def _animal(line: int, name: str, kind: str, breed: str, color: str) -> Row:
    here = _ANIMALS + "Li3[0]."
    return Row(
        Field(f"{here}{name}[0]", "name or other way to id animal"),
        "animals",
        Kind.TEXT,
        f"Item 16, line {line}",
        "Item 16",
        more=(
            Field(f"{here}{kind}[0]", "type of animal"),
            Field(f"{here}{breed}[0]", "breed"),
            Field(f"{here}{color}[0]", "color"),
        ),
    )


_ANIMAL_ROWS: Final = (
    Row(
        Field(_ANIMALS + "Li1[0].FillText11\\.yards[0]", "number of yards"),
        "animals",
        Kind.YARDS,
        "Item 16a",
        "Item 16",
        (Field(_ANIMALS + "Li1[0].AGHagueCert11_cb[0]", "you must stay at least"),),
        value="stay {} yards away",
    ),
    Row(
        Field(_ANIMALS + "Li2[0].AGHagueCert_cb[0]", "you must not take, sell, hide"),
        "animals",
        Kind.TICK,
        "Item 16b",
        "Item 16",
        value="must not take, harm or get rid of them",
    ),
    Row(
        Field(_ANIMALS + "Li3[0].AGHagueCert11_cb[0]", "the person in item 1 is given the sole possession"),
        "animals",
        Kind.TICK,
        "Item 16c",
        "Item 16",
        value="the protected person alone has their care",
    ),
    _animal(1, "item3FullName3_tf1", "item3relation2_tf1", "item3relation1_tf2", "item3relation1_tf3"),
    _animal(2, "item3FullName3_tf2", "item3relation2_tf4", "item3relation1_tf5", "item3relation1_tf6"),
    _animal(3, "item3FullName3_tf7", "item3relation2_tf8", "item3relation1_tf9", "item3relation1_tf10"),
    _animal(4, "item3FullName3_tf11", "item3relation2_tf12", "item3relation1_tf13", "item3relation1_tf"),
)

DV110: Final = FormTable(
    code="DV-110",
    title="Temporary Restraining Order",
    revision="January 1, 2025",
    root="DV-110[0]",
    printed=(
        Printed("order_type", "TRO", "DV-110", 1),
        Printed("firearms_prohibited", "yes", "Item 5, printed", 2),
        Printed("body_armor_prohibited", "yes", "Item 8, printed", 3),
        Printed(
            "other_orders",
            "must not look for the protected people (item 9)",
            "Item 9, printed",
            3,
            Field(_P3 + "List9set[0].List9[0].Li1[0].AGHagueCert_cb[0]", "if checked, this order was not granted"),
        ),
    ),
    items=_ITEMS,
    rows=(*_PEOPLE, *_FIREARMS, *_TERMS, *_ANIMAL_ROWS),
    notices=(
        Notice(
            Field(_OTHERS + "AGHagueCert_cb[0]", "check here if you need to list more people"),
            "Item 3: more protected people are listed on an attached page; enter them by hand.",
        ),
        Notice(
            Field(_P3 + "List7[0].Li1[0].AGHagueCert_cb[0]", "court hearing to review firearms"),
            "Item 7: a hearing to review the surrender of firearms is set; its date is not read.",
        ),
        Notice(
            Field(_P6 + "List24[0].FieldName_cb[0]", "attached pages"),
            "Item 24: attached pages are part of this order; compare them by hand.",
        ),
    ),
    case_number_repeats=tuple(
        Field(f"DV-110[0].Page{page}[0].PxCaption[0].CaseNumber[0]", "case number") for page in range(2, 10)
    ),
)
