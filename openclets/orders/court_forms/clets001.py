"""CLETS-001, Confidential Information for Law Enforcement, revision January 1, 2025, field by field.

Source: Judicial Council of California form CLETS-001; Cal. Rules of Court, rule 1.51: it is not in the court's file and
only those who may enter orders see it. It asks for no terms. The social security number is left alone: no entry field
keeps it, and what is not kept is not read. Own decision.
"""

from __future__ import annotations

from typing import Final

from openclets.orders.court_forms.rows import Field, FormTable, Item, Kind, Notice, Row

_PAGE: Final = "CLETS-001[0].Page1[0]."
_AGAINST: Final = _PAGE + "List1[0].Li1[0]."
_YOU: Final = _PAGE + "List3[0].Li1[0]."
_OTHERS: Final = _PAGE + "List4[0].Li1[0]."

_ITEMS: Final = (
    Item(
        "Item 1, firearms",
        1,
        Field(_AGAINST + "item1firearmME[2]", "yes give any information"),
        (Field(_AGAINST + "item1firearmME[0]", "no"), Field(_AGAINST + "item1firearmME[1]", "i don’t know")),
        "firearms_known",
        value="said to have firearms, parts, ammunition or body armor",
    ),
)


def _person(number: int) -> tuple[Row, ...]:
    label = f"Item 4, line {number}"
    entry = f"protected_{number}_"
    return (
        Row(Field(f"{_OTHERS}item4nametf{number}[0]", "name"), entry + "name", Kind.NAME, label),
        Row(Field(f"{_OTHERS}item4gendertf{number}[0]", "gender"), entry + "sex", Kind.SEX, label),
        Row(Field(f"{_OTHERS}item4dob{number}[0]", "date of birth"), entry + "age", Kind.AGE_FROM_BIRTH_DATE, label),
    )


_ROWS: Final = (
    Row(Field(_PAGE + "RightCaption[0].CaseNumber_ft[0]", "case number"), "case_number", Kind.TEXT, "Case Number"),
    Row(Field(_AGAINST + "nametf[0]", "name"), "restrained_name", Kind.NAME, "Item 1"),
    Row(Field(_AGAINST + "othernametf[0]", "other names used"), "restrained_other_names", Kind.TEXT, "Item 1"),
    Row(Field(_AGAINST + "marktf[0]", "marks, scars, or tattoos"), "restrained_marks", Kind.TEXT, "Item 1"),
    Row(Field(_AGAINST + "phonetf[0]", "telephone"), "restrained_telephone", Kind.TEXT, "Item 1"),
    Row(
        Field(_AGAINST + "drivelicensetf[0]", "driver’s license number and state"),
        "restrained_license",
        Kind.TEXT,
        "Item 1",
    ),
    Row(Field(_AGAINST + "cartypetf[0]", "vehicle type"), "restrained_vehicle", Kind.TEXT, "Item 1"),
    Row(Field(_AGAINST + "modeltf[0]", "model"), "restrained_vehicle", Kind.TEXT, "Item 1"),
    Row(Field(_AGAINST + "yeartf[0]", "year"), "restrained_vehicle", Kind.TEXT, "Item 1"),
    Row(Field(_AGAINST + "plateno[0]", "plate number"), "restrained_vehicle", Kind.TEXT, "Item 1", value="plate {}"),
    Row(Field(_AGAINST + "employertf[0]", "name of employer"), "restrained_employer", Kind.TEXT, "Item 1"),
    Row(
        Field(_AGAINST + "notf[0]", "list language"),
        "restrained_language",
        Kind.TEXT,
        "Item 1",
        boxes=(Field(_AGAINST + "item1ME[2]", "no list language"),),
    ),
    Row(
        Field(_AGAINST + "Yestf[0]", "enter any information you have"),
        "firearms_known",
        Kind.TEXT,
        "Item 1, firearms",
        "Item 1, firearms",
    ),
    Row(Field(_PAGE + "List2[0].Li1[0].yournametf[0]", "your name"), "protected_0_name", Kind.NAME, "Item 2"),
    Row(Field(_YOU + "agetf[0]", "age"), "protected_0_age", Kind.AGE, "Item 3"),
    Row(Field(_YOU + "dob[0]", "date of birth"), "protected_0_age", Kind.AGE_FROM_BIRTH_DATE, "Item 3"),
    Row(Field(_YOU + "Item3genderME[0]", "male"), "protected_0_sex", Kind.TICK, "Item 3", value="M"),
    Row(Field(_YOU + "Item3genderME[1]", "female"), "protected_0_sex", Kind.TICK, "Item 3", value="F"),
    Row(Field(_YOU + "Item3genderME[2]", "x nonbinary"), "protected_0_sex", Kind.TICK, "Item 3", value="X"),
    *_person(1),
    *_person(2),
    *_person(3),
    *_person(4),
)

CLETS001: Final = FormTable(
    code="CLETS-001",
    title="Confidential Information for Law Enforcement",
    revision="January 1, 2025",
    root="CLETS-001[0]",
    printed=(),
    items=_ITEMS,
    rows=_ROWS,
    notices=(
        Notice(
            Field(_OTHERS + "item4cb[0]", "check here if you have more people to list"),
            "Item 4: more protected people are listed on an attached page; enter them by hand.",
        ),
    ),
    confidential=True,
)
