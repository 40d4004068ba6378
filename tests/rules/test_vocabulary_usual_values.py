"""The short way for usual values: it takes nothing that the long way would change, doubt or reject."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openclets.vocabulary.checked import Checked
from openclets.vocabulary.codes import code_table
from openclets.vocabulary.edits import canonical_value
from openclets.vocabulary.fields import FIELD_BY_KIND, FIELDS, Edit, Field
from openclets.vocabulary.usual_values import USUAL_SHAPES, is_usual

TODAY = date(2026, 11, 22)
SHAPED = [row for row in FIELDS if row.edit in USUAL_SHAPES]


def _field(code: str) -> Field:
    return FIELD_BY_KIND[code, ""]


@st.composite
def _usual(draw: st.DrawFn) -> tuple[Field, str]:
    field = draw(st.sampled_from(SHAPED))
    # Names and numbers that are just too long belong to it: there the short way must not be taken.
    value = draw(st.from_regex(USUAL_SHAPES[field.edit], fullmatch=True))
    return field, value[: field.max_length + 1]


@given(_usual())
def test_what_the_short_way_takes_the_long_way_gives_back_unchanged_and_undoubted(drawn: tuple[Field, str]) -> None:
    field, value = drawn
    if is_usual(field, value):
        assert canonical_value(field, value, today=TODAY) == Checked(value)


@pytest.mark.parametrize("row", [row for row in FIELDS if row.edit is Edit.TABLE], ids=lambda row: row.code + row.kind)
def test_every_code_of_a_table_can_be_sent_and_is_its_own_spelling(row: Field) -> None:
    for code in code_table(row.table).meanings:
        assert is_usual(row, code)
        assert canonical_value(row, code, today=TODAY) == Checked(code)
        assert not any(divider in code for divider in "/.,\n")


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        ("NAM", "DOE,JOHN QUINCY"),
        ("NAM", "O'BRIEN-LEE,ANN JR"),
        ("NAM", "DOE"),
        ("SEX", "M"),
        ("FBI", "123456AB1"),
        ("SOC", "123456789"),
        ("OLN", "A1234567"),
        ("PUR", "C"),
        ("CAS", "26-001234"),
        ("ATN", "CHEN 4711"),
        ("HGT", "511"),
        ("WGT", "185"),
        ("FCN", "0992632700001"),
        ("LIC", "1ABC234"),
    ],
)
def test_a_usual_value_goes_the_short_way(code: str, typed: str) -> None:
    assert is_usual(_field(code), typed)


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        ("NAM", "doe,john"),
        ("NAM", "DOE, JOHN"),
        ("NAM", "DOE,JOHN,Q"),
        ("NAM", "NUÑEZ,ANA"),
        ("NAM", "DOE,JOHN ALEXANDER BARTHOLOMEWS"),  # 31 characters: warned of
        ("NAM", "DOE,JOHN\n"),
        ("SEX", "m"),
        ("SEX", "Q"),
        ("FBI", "000000000"),  # no digit but zero: warned of
        ("SOC", "666123456"),
        ("SOC", "123-45-6789"),
        ("SOC", "123450000"),
        ("OLN", "A123-4567"),
        ("PUR", "R"),  # no terminal may send it
        ("CAS", "123-45-6789"),  # looks like a social security number
        ("CAS", "12345-6789"),
        ("CAS", "0000"),
        ("ATN", "CHEN  4711"),
        ("HGT", "712"),
        ("WGT", "500"),
        ("WGT", "049"),
        ("FCN", "099263270000"),
        ("DOB", "19800214"),  # needs the day
        ("VIN", "1HGCM82633A004352"),  # has a check digit
    ],
)
def test_whatever_has_to_be_changed_doubted_or_looked_up_goes_the_long_way(code: str, typed: str) -> None:
    assert not is_usual(_field(code), typed)
