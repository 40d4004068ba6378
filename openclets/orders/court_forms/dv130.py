"""DV-130, Restraining Order After Hearing, revision April 28, 2025, field by field.

Source: Judicial Council of California form DV-130; which box is which was compared on the printed page. An item is an
order when its box is ticked; items 8 and 12 are printed on every copy without a box.
"""

from __future__ import annotations

from typing import Final

from openclets.orders.court_forms.rows import OTHER_NAMES, Field, FormTable, Item, Kind, Notice, Printed, Row

_P1: Final = "DV-130[0].Page1[0]."
_P2: Final = "DV-130[0].Page2[0]."
_P3: Final = "DV-130[0].Page3[0]."
_P4: Final = "DV-130[0].Page4[0]."
_P5: Final = "DV-130[0].Page5[0]."
_P6: Final = "DV-130[0].Page6[0]."
_P7: Final = "DV-130[0].Page7[0]."
_P8: Final = "DV-130[0].Page8[0]."
_P9: Final = "DV-130[0].Page9[0]."
_RESTRAINED: Final = _P1 + "List2[0].Item2[0]."
_OTHERS: Final = _P1 + "List3[0].Item3[0]."
_FUTURE: Final = _P2 + "List5[0].Item5[0]."
_GUNS: Final = _P3 + "List9[0].Li9a[0].FirearmsTbl[0]."
_AMMUNITION: Final = _P4 + "List9[0].Li9b[0].Ammunition[0]."
_CONTACT: Final = _P5 + "List15[0]."
_CONTACT_EXCEPT: Final = _CONTACT + "Li15b[0].Sublist15b[0]."
_AWAY: Final = _P6 + "List16[0].Li16a[0]."
_AWAY_EXCEPT: Final = _P6 + "List16[0].Li16b[0].Sublist16b[0]."
_ANIMALS: Final = _P6 + "List20[0]."
_SERVED: Final = _P9 + "List32[0]."

_SERVICE_A: Final = Field(_SERVED + "Li32a[0].item30abc[0]", "no other proof of service is needed")
_SERVICE_B: Final = Field(_SERVED + "Li32b[0].item30abc[0]", "the person in 2 was not present")
_SERVICE_C: Final = Field(_SERVED + "Li32c[0].item30abc[0]", "proof of service of form fl-300")
_AMENDED_PRESENT: Final = Field(
    _SERVED + "Li32c[0].SubList32c[0].SubList32c1[0].item26c[0]", "the people in item 1 and 2 were at the hearing"
)
_AMENDED_ABSENT: Final = Field(_SERVED + "Li32c[0].SubList32c[0].SubList32c2[0].item26c[0]", "the person")

_ITEMS: Final = (
    Item(
        "Amended Order",
        1,
        Field(_P1 + "TopOrder_cb[1]", "amended order"),
        (Field(_P1 + "TopOrder_cb[0]", "original order"),),
        "amended",
        expects=(("amendment",),),
    ),
    Item("Item 3", 1, Field(_OTHERS + "FieldName_cb[0]", "other protected people"), expects=(OTHER_NAMES,)),
    Item("Item 5", 2, Field(_FUTURE + "FieldName_cb[0]", "future court hearing"), expects=(("hearing_on",),)),
    Item(
        "Item 8f",
        3,
        Field(_P3 + "List8[0].Lif[0].AGHagueCert_cb[0]", "limited exemption"),
        entry="other_orders",
        value="may keep one firearm for work, in working hours only (item 8f)",
    ),
    Item("Item 9", 3, Field(_P3 + "List9[0].CheckBoxRightCaption[0]", "restrained person has prohibited items")),
    Item(
        "Item 10",
        4,
        Field(_P4 + "List10[0].AGHagueCert_cb[0]", "restrained person has not complied"),
        entry="firearms_known",
        value="court found that prohibited items were not all given up",
    ),
    Item("Item 14", 5, Field(_P5 + "List14[0].FieldName_cb[0]", "order to not abuse"), entry="no_abuse"),
    Item(
        "Item 15",
        5,
        Field(_CONTACT + "FieldName_cb[0]", "no-contact order"),
        entry="no_contact",
        covers=(
            Field(_CONTACT + "Li15a[0].CheckBoxRightCaption[0]", "the person in 1"),
            Field(_CONTACT + "Li15a[0].AGHagueCert_cb[0]", "the persons in 3"),
        ),
    ),
    Item(
        "Item 16",
        6,
        Field(_P6 + "List16[0].FieldName_cb[0]", "stay-away order"),
        expects=(("stay_away_yards",), ("stay_away_places", "stay_away_other")),
    ),
    Item(
        "Item 17",
        6,
        Field(_P6 + "List17[0].Item17[0].item8_cb[0]", "order to move out"),
        entry="move_out",
        expects=(("move_out_address",),),
    ),
    Item("Item 18", 6, Field(_P6 + "List18[0].Item18[0].OtherOrder_cb[0]", "other orders")),
    Item(
        "Item 19",
        6,
        Field(_P6 + "List19[0].Item19[0].FieldName_cb[0]", "child custody and visitation"),
        entry="custody",
    ),
    Item("Item 20", 6, Field(_ANIMALS + "item11_cb[0]", "protect animals"), expects=(("animals",),)),
    Item("Item 21", 7, Field(_P7 + "List21[0].Item21[0].FieldName_cb[0]", "control of property")),
    Item("Item 22", 7, Field(_P7 + "List22[0].Item22[0].CtyChildFreed_cb[0]", "health and other insurance")),
    Item(
        "Item 23",
        7,
        Field(_P7 + "List23[0].Item23[0].FieldName_cb[0]", "record communications"),
        entry="recording_allowed",
    ),
    Item("Item 24", 7, Field(_P7 + "List24[0].Item24[0].FieldName_cb[0]", "property restraint")),
    Item(
        "Item 25",
        7,
        Field(_P7 + "List25[0].item15_cb[0]", "pay debts (bills) owed for property"),
        entry="other_orders",
        value="must pay the debts listed in item 25",
    ),
    Item(
        "Item 26",
        8,
        Field(_P8 + "List26[0].Item26[0].item21_cb[0]", "pay expenses caused by the abuse"),
        entry="other_orders",
        value="must pay the expenses listed in item 26",
    ),
    Item(
        "Item 27",
        8,
        Field(_P8 + "List27[0].Item27[0].FieldName_cb[0]", "child support"),
        entry="other_orders",
        value="child support is ordered (item 27)",
    ),
    Item(
        "Item 28",
        8,
        Field(_P8 + "List28[0].Item28[0].FieldName_cb[0]", "spousal support"),
        entry="other_orders",
        value="spousal support is ordered (item 28)",
    ),
    Item(
        "Item 29",
        8,
        Field(_P8 + "List29[0].Item29[0].LawyerFeeCost_cb[0]", "lawyer's fees and costs"),
        entry="other_orders",
        value="must pay the lawyer's fees listed in item 29",
    ),
    Item(
        "Item 30",
        8,
        Field(_P8 + "List30[0].FieldName_cb[0]", "batterer intervention program"),
        entry="other_orders",
        value="must attend a batterer intervention program (item 30)",
    ),
    Item(
        "Item 31",
        8,
        Field(_P8 + "List31[0].Item31[0].FieldName_cb[0]", "transfer of wireless phone account"),
        entry="other_orders",
        value="wireless phone accounts are transferred (item 31)",
    ),
    # Of 32a, b and c one is ticked; a, and 1 under c, say that both people were at the hearing or agreed in writing.
    Item("Item 32a", 9, _SERVICE_A, (_SERVICE_B, _SERVICE_C), "served_in_court"),
    Item("Item 32c(1)", 9, _AMENDED_PRESENT, (_AMENDED_ABSENT, _SERVICE_A, _SERVICE_B), is_optional=True),
)


def _person(number: int) -> tuple[Row, ...]:
    label = f"Item 3, line {number}"
    entry = f"protected_{number}_"
    here = f"{_OTHERS}ProtectedPersons[0].Row{number}[0]."
    return (
        Row(
            Field(f"{here}AdditionalProtectedPerson{number}_ft[0]", "full name"),
            entry + "name",
            Kind.NAME,
            label,
            "Item 3",
        ),
        Row(Field(f"{here}Age_no{number}[0]", "age"), entry + "age", Kind.AGE, label, "Item 3"),
        Row(
            Field(f"{here}RelationshipToProtectedPerson_ft{number}[0]", "relationship to person in item 1"),
            entry + "relationship",
            Kind.TEXT,
            label,
            "Item 3",
        ),
    )


_PEOPLE: Final = (
    Row(
        Field(_P1 + "RightCaption[0].CRT[0].CourtInfo_ft[0]", "superior court of california"),
        "court_county",
        Kind.COUNTY,
        "Court name and address",
    ),
    Row(Field(_P1 + "RightCaption[0].CSN[0].CaseNumber_ft[0]", "case number"), "case_number", Kind.TEXT, "Case Number"),
    Row(
        Field(_P1 + "AmendOrder_tf[0]", "number of times order has been amended"),
        "amendment",
        Kind.ORDINAL,
        "Amended Order",
        "Amended Order",
    ),
    Row(Field(_RESTRAINED + "ParentRel[0]", "full name"), "restrained_name", Kind.NAME, "Item 2"),
    Row(Field(_RESTRAINED + "gender_cb[0]", "male"), "restrained_sex", Kind.TICK, "Item 2", value="M"),
    Row(Field(_RESTRAINED + "gender_cb[1]", "female"), "restrained_sex", Kind.TICK, "Item 2", value="F"),
    Row(Field(_RESTRAINED + "gender_cb[2]", "nonbinary"), "restrained_sex", Kind.TICK, "Item 2", value="X"),
    Row(Field(_RESTRAINED + "dob[0]", "date of birth"), "restrained_birth_date", Kind.BIRTH_DATE, "Item 2"),
    Row(Field(_RESTRAINED + "age[0]", "age"), "restrained_age", Kind.AGE, "Item 2"),
    Row(Field(_RESTRAINED + "race[0]", "race"), "restrained_race", Kind.RACE, "Item 2"),
    Row(Field(_RESTRAINED + "TF2[0]", "height"), "restrained_height", Kind.HEIGHT, "Item 2"),
    Row(Field(_RESTRAINED + "TF3[0]", "weight"), "restrained_weight", Kind.WEIGHT, "Item 2"),
    Row(Field(_RESTRAINED + "TF4[0]", "hair color"), "restrained_hair", Kind.HAIR, "Item 2"),
    Row(Field(_RESTRAINED + "TF5[0]", "eye color"), "restrained_eyes", Kind.EYES, "Item 2"),
    Row(
        Field(_RESTRAINED + "TF9[0]", "address of restrained person"),
        "restrained_address",
        Kind.TEXT,
        "Item 2",
        more=(
            Field(_RESTRAINED + "TF10[0]", "city"),
            Field(_RESTRAINED + "TF11[0]", "state"),
            Field(_RESTRAINED + "TF12[0]", "zip"),
        ),
    ),
    Row(
        Field(_RESTRAINED + "TF8[0]", "relationship to person in item 1"),
        "restrained_relationship",
        Kind.TEXT,
        "Item 2",
    ),
    Row(
        Field(_P1 + "List1[0].Item1[0].TextFielditem1[0]", "protected person (name):"),
        "protected_0_name",
        Kind.NAME,
        "Item 1",
        more=(Field(_P1 + "List1[0].Item1[0].TextFielditem1Cont[0]", "protected person (name) continued"),),
    ),
    *_person(1),
    *_person(2),
    *_person(3),
    *_person(4),
    Row(Field(_P1 + "List4[0].Item4[0].ExpirationDate_dt[0]", "(date)"), "expires_on", Kind.DATE, "Item 4"),
    Row(
        Field(_P1 + "List4[0].Item4[0].TimeExpires_ft[0]", "at (time)"),
        "expires_time",
        Kind.TIME,
        "Item 4",
        am=Field(_P1 + "List4[0].Item4[0].time4_cb[0]", "a.m."),
        pm=Field(_P1 + "List4[0].Item4[0].time4_cb[1]", "p.m."),
        midnight=Field(_P1 + "List4[0].Item4[0].time4_cb[2]", "midnight"),
    ),
    Row(Field(_FUTURE + "Time_ft1[0]", "date"), "hearing_on", Kind.DATE, "Item 5", "Item 5"),
    Row(
        Field(_FUTURE + "Time_ft[0]", "time"),
        "hearing_time",
        Kind.TIME,
        "Item 5",
        "Item 5",
        am=Field(_FUTURE + "time5_cb[0]", "a.m."),
        pm=Field(_FUTURE + "time5_cb[1]", "p.m."),
    ),
    Row(
        Field(_P2 + "List6[0].Lia[0].NameOfJudicialOfficer_ft[0]", "with (name of judicial"),
        "judge",
        Kind.TEXT,
        "Item 6a",
    ),
    Row(Field(_P9 + "SignatureSub[0].SigDate[0]", "date"), "issued_on", Kind.DATE, "Judge's signature"),
    Row(_AMENDED_PRESENT, "served_in_court", Kind.TICK, "Item 32c(1)", "Item 32c(1)", (_SERVICE_C,), value="yes"),
)


def _gun(number: int, description: str, location: str, receipt: str) -> Row:
    here = f"{_GUNS}Row{number}[0]."
    return Row(
        Field(f"{here}{description}[0]", "description"),
        "firearms_known",
        Kind.TEXT,
        f"Item 9a({number})",
        "Item 9",
        more=(Field(f"{here}{location}[0]", "location"),),
        value="court found: {}",
        receipt=Field(f"{here}{receipt}[0]", "proof of compliance"),
    )


def _ammunition(number: int, description: str, amount: str, location: str, receipt: str) -> Row:
    here = f"{_AMMUNITION}SubLi{number}[0]."
    return Row(
        Field(f"{here}{description}[0]", "description"),
        "firearms_known",
        Kind.TEXT,
        f"Item 9b({number})",
        "Item 9",
        more=(Field(f"{here}{amount}[0]", "amount"), Field(f"{here}{location}[0]", "location")),
        value="court found: {}",
        receipt=Field(f"{here}{receipt}[0]", "proof of compliance"),
    )


_FIREARMS: Final = (
    _gun(1, "TextField1", "TextField2", "Choice1"),
    _gun(2, "TextField3", "TextField4", "Choice2"),
    _gun(3, "TextField5", "TextField6", "Choice3"),
    _gun(4, "TextField7", "TextField8", "Choice"),
    _ammunition(1, "TextField", "TextField1", "TextField2", "Choice"),
    _ammunition(2, "TextField3", "TextField4", "TextField5", "Choice1"),
    Row(
        Field(_P3 + "List8[0].Lif[0].Firearm_MakeModelSerialNumber_ft[0]", "(make, model, and serial number"),
        "other_orders",
        Kind.TEXT,
        "Item 8f",
        "Item 8f",
        value="the firearm of item 8f: {}",
    ),
)

_CONTACT_B: Final = Field(_CONTACT + "Li15b[0].AGHagueCert_cb[0]", "exception to 15a")
_AWAY_B: Final = Field(_P6 + "List16[0].Li16b[0].AGHagueCert_cb[0]", "exception to 16a")


def _place(field: str, says: str, place: str) -> Row:
    return Row(Field(_AWAY + field, says), "stay_away_places", Kind.TICK, "Item 16a", "Item 16", value=place)


_TERMS: Final = (
    Row(
        Field(_CONTACT_EXCEPT + "SubLi15b1[0].MultilineCheckBox[0]", "you may have brief and peaceful contact"),
        "contact_exceptions",
        Kind.TICK,
        "Item 15b(1)",
        "Item 15",
        (_CONTACT_B,),
        value="brief, peaceful contact about the children for court-ordered visits",
    ),
    Row(
        Field(_CONTACT_EXCEPT + "SubLi15b2[0].AGHagueCert_cb[0]", "you may have contact with your children"),
        "contact_exceptions",
        Kind.TICK,
        "Item 15b(2)",
        "Item 15",
        (_CONTACT_B,),
        value="contact with the children, only during court-ordered contact or visits",
    ),
    Row(
        Field(_CONTACT_EXCEPT + "SubLi15b3[0].TextField2[0]", "(explain)"),
        "contact_exceptions",
        Kind.TEXT,
        "Item 15b(3)",
        "Item 15",
        (_CONTACT_B, Field(_CONTACT_EXCEPT + "SubLi15b3[0].AGHagueCert_cb[0]", "other (explain)")),
    ),
    Row(
        Field(_AWAY + "NumberOfYardsToStayAway_no[0]", "you must stay at least"),
        "stay_away_yards",
        Kind.YARDS,
        "Item 16a",
        "Item 16",
    ),
    # In the order of the entry's places, not of the field numbers.
    _place("FieldName_cb1[0]", "person in 1", "person"),
    _place("FieldName_cb3[0]", "home of person in 1", "home"),
    _place("FieldName_cb6[0]", "job or workplace of person in 1", "work"),
    _place("FieldName_cb2[0]", "school of person in 1", "school"),
    _place("FieldName_cb8[0]", "vehicle of person in 1", "vehicle"),
    _place("FieldName_cb4[0]", "persons in 3", "other_protected"),
    _place("FieldName_cb7[0]", "children’s school or child care", "childrens_school"),
    Row(
        Field(_AWAY + "item10a[0]", "specify"),
        "stay_away_other",
        Kind.TEXT,
        "Item 16a",
        "Item 16",
        (Field(_AWAY + "AGHagueCert_cb[0]", "other"),),
        more=(Field(_AWAY + "item10aContinue[0]", "specify continued"),),
    ),
    Row(
        Field(_AWAY_EXCEPT + "SubLi16b1[0].AGHagueCert_cb[0]", "for you to exchange your children"),
        "stay_away_exceptions",
        Kind.TICK,
        "Item 16b(1)",
        "Item 16",
        (_AWAY_B,),
        value="to exchange the children for court-ordered visits, briefly and peacefully",
    ),
    Row(
        Field(_AWAY_EXCEPT + "SubLi16b2[0].AGHagueCert_cb[0]", "for you to visit with your children"),
        "stay_away_exceptions",
        Kind.TICK,
        "Item 16b(2)",
        "Item 16",
        (_AWAY_B,),
        value="to visit with the children for court-ordered contact or visits",
    ),
    Row(
        Field(_AWAY_EXCEPT + "SubLi16b3[0].item10b[0]", "explain"),
        "stay_away_exceptions",
        Kind.TEXT,
        "Item 16b(3)",
        "Item 16",
        (_AWAY_B, Field(_AWAY_EXCEPT + "SubLi16b3[0].AGHagueCert_cb[0]", "other")),
        more=(Field(_AWAY_EXCEPT + "SubLi16b3[0].item10bContinue[0]", "explain continued"),),
    ),
    Row(
        Field(_P6 + "List17[0].Item17[0].TextField[0]", "address"), "move_out_address", Kind.TEXT, "Item 17", "Item 17"
    ),
    Row(
        Field(_P6 + "List18[0].Item18[0].OtherOrders_tf[0]", "other orders"),
        "other_orders",
        Kind.TEXT,
        "Item 18",
        "Item 18",
    ),
    Row(
        Field(_P7 + "List21[0].Item21[0].PropertyList_ft[0]", "only the person in item 1 can use"),
        "other_orders",
        Kind.TEXT,
        "Item 21",
        "Item 21",
        value="only the protected person may use this property (item 21): {}",
    ),
    Row(
        Field(_P7 + "List22[0].Item22[0].PersonIn1_cb[0]", "in 1"),
        "other_orders",
        Kind.TICK,
        "Item 22",
        "Item 22",
        value="the protected person must not change insurance (item 22)",
    ),
    Row(
        Field(_P7 + "List22[0].Item22[0].PersonIn2_cb[0]", "in 2"),
        "other_orders",
        Kind.TICK,
        "Item 22",
        "Item 22",
        value="must not change insurance (item 22)",
    ),
    Row(
        Field(_P7 + "List24[0].Item24[0].PersonIn1_cb[0]", "in 1"),
        "other_orders",
        Kind.TICK,
        "Item 24",
        "Item 24",
        value="the protected person must not get rid of property (item 24)",
    ),
    Row(
        Field(_P7 + "List24[0].Item24[0].PersonIn2_cb[0]", "in 2"),
        "other_orders",
        Kind.TICK,
        "Item 24",
        "Item 24",
        value="must not get rid of property (item 24)",
    ),
)


def _animal(line: int, name: int) -> Row:
    here = f"{_ANIMALS}Li20c[0].AnimalList[0].Row{line}[0]."
    return Row(
        Field(f"{here}item3FullName3_tf{name}[0]", "name (or other way to id animal)"),
        "animals",
        Kind.TEXT,
        f"Item 20, line {line}",
        "Item 20",
        more=(
            Field(f"{here}item3relation2_tf{name + 1}[0]", "type of animal"),
            Field(f"{here}item3relation1_tf{name + 2}[0]", "breed"),
            Field(f"{here}item3relation1_tf{name + 3}[0]", "color"),
        ),
    )


_ANIMAL_ROWS: Final = (
    Row(
        Field(_ANIMALS + "Li20a[0].FillText11\\.Yards[0]", "number of yards"),
        "animals",
        Kind.YARDS,
        "Item 20a",
        "Item 20",
        (Field(_ANIMALS + "Li20a[0].AGHagueCert11_cb[0]", "you must stay at least"),),
        value="stay {} yards away",
    ),
    Row(
        Field(_ANIMALS + "Li20b[0].AGHagueCert_cb[0]", "you must not take, sell, hide"),
        "animals",
        Kind.TICK,
        "Item 20b",
        "Item 20",
        value="must not take, harm or get rid of them",
    ),
    Row(
        Field(_ANIMALS + "Li20c[0].AGHagueCert11_cb[0]", "the person in item 1 is given the sole possession"),
        "animals",
        Kind.TICK,
        "Item 20c",
        "Item 20",
        value="the protected person alone has their care",
    ),
    _animal(1, 1),
    _animal(2, 5),
    _animal(3, 9),
    _animal(4, 13),
)

DV130: Final = FormTable(
    code="DV-130",
    title="Restraining Order After Hearing",
    revision="April 28, 2025",
    root="DV-130[0]",
    printed=(
        Printed("order_type", "OAH", "DV-130", 1),
        Printed("firearms_prohibited", "yes", "Item 8, printed", 3),
        Printed("body_armor_prohibited", "yes", "Item 12, printed", 4),
        Printed(
            "other_orders",
            "must not look for the protected people (item 13)",
            "Item 13, printed",
            5,
            Field(_P5 + "List13[0].Item13[0].AGHagueCert_cb[0]", "if checked, this order was not granted"),
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
            Field(_P4 + "List9[0].MultilineCheckBox[0]", "check here to list additional items"),
            "Item 9: more prohibited items are listed on an attached page; enter them by hand.",
        ),
        Notice(
            Field(_P4 + "List11[0].Item11[0].AGHagueCert_cb[0]", "court hearing to review firearms"),
            "Item 11: the hearing of item 5 also reviews the surrender of firearms.",
        ),
        Notice(
            Field(_P9 + "List34[0].FieldName_cb[0]", "attached pages"),
            "Item 34: attached pages are part of this order; compare them by hand.",
        ),
    ),
    no_end=(
        Field(_P2 + "List6[0].Lia[0].HearingDate_dt[0]", "(date)"),
        "Item 4 has no date that can be read: the form says that it then ends three years after the hearing ({}).",
    ),
    case_number_repeats=(
        *(
            Field(f"DV-130[0].Page{page}[0].PxCaption[0].CaseNumber_ft[0]", "case number")
            for page in (2, 3, 5, 6, 7, 8, 9, 10)
        ),
        Field("DV-130[0].Page4[0].CaseNumber_ft[0]", "case number"),
        Field("DV-130[0].Page11[0].CaseNumber_ft[0]", "case number"),
    ),
)
