"""What people type into court forms. Expected values are typed by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openclets.orders.court_forms.days import read_time
from openclets.orders.court_forms.rows import Kind
from openclets.orders.court_forms.values import clean, read_typed
from openclets.orders.court_forms.words import EYES, HAIR, RACES

TODAY = date(2026, 11, 22)


def value(kind: Kind, text: str) -> str:
    return read_typed(kind, text, TODAY).value


def doubt(kind: Kind, text: str) -> str:
    return read_typed(kind, text, TODAY).doubt


@pytest.mark.parametrize(
    "typed",
    [
        "05/17/1984",
        "5/17/1984",
        "5-17-1984",
        "05.17.1984",
        "05 17 1984",
        "05171984",
        "19840517",
        "1984-05-17",
        "1984/5/17",
        "May 17, 1984",
        "May 17 1984",
        "may 17th, 1984",
        "MAY 17,1984",
        "17 May 1984",
        "17th of May, 1984",
        "17th day of May, 1984",
        "Thursday, May 17, 1984",
        "17-May-1984",
    ],
)
def test_a_birth_date_is_read_however_it_is_written(typed: str) -> None:
    assert (value(Kind.BIRTH_DATE, typed), doubt(Kind.BIRTH_DATE, typed)) == ("1984-05-17", "")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("5-17-84", "1984-05-17"),
        ("May 17, '84", "1984-05-17"),
        ("1/2/05", "2005-01-02"),
        ("1/2/15", "2015-01-02"),
    ],
)
def test_a_birth_year_of_two_digits_is_completed_with_a_doubt_where_one_century_can_be(
    typed: str, expected: str
) -> None:
    assert value(Kind.BIRTH_DATE, typed) == expected
    assert "two digits" in doubt(Kind.BIRTH_DATE, typed)


@pytest.mark.parametrize("typed", ["5/17/16", "5/17/20", "5/17/26"])
def test_a_birth_year_of_two_digits_that_two_centuries_fit_is_not_read(typed: str) -> None:
    assert value(Kind.BIRTH_DATE, typed) == ""
    assert "century" in doubt(Kind.BIRTH_DATE, typed)


@pytest.mark.parametrize(
    "typed",
    ["2/30/1984", "13/13/1984", "11/23/2026", "1/1/1850", "unknown", "1984", "05/1984", "5/17/184", "Foo 1, 1984"],
)
def test_what_is_no_birth_date_is_not_read_and_said(typed: str) -> None:
    assert value(Kind.BIRTH_DATE, typed) == ""
    assert typed in doubt(Kind.BIRTH_DATE, typed)


def test_a_day_that_can_only_stand_first_is_read_so_with_a_doubt() -> None:
    assert value(Kind.DATE, "17/05/2026") == "2026-05-17"
    assert "day first" in doubt(Kind.DATE, "17/05/2026")


def test_a_court_date_of_two_digits_is_of_this_century_with_a_doubt() -> None:
    assert value(Kind.DATE, "12/11/29") == "2029-12-11"
    assert "2029" in doubt(Kind.DATE, "12/11/29")


@pytest.mark.parametrize(
    ("typed", "years"), [("11/22/2016", "10"), ("11/23/2016", "9"), ("2/29/2008", "18"), ("3/1/1986", "40")]
)
def test_an_age_counts_full_years_on_the_day(typed: str, years: str) -> None:
    assert value(Kind.AGE_FROM_BIRTH_DATE, typed) == years


NO = (False, False, False)
AM = (True, False, False)
PM = (False, True, False)
MIDNIGHT = (False, False, True)


@pytest.mark.parametrize(
    ("typed", "boxes", "expected"),
    [
        ("8:30", AM, "08:30"),
        ("8:30", PM, "20:30"),
        ("8.30", AM, "08:30"),
        ("8", AM, "08:00"),
        ("8:30 am", NO, "08:30"),
        ("8:30 a.m.", NO, "08:30"),
        ("8:30AM", AM, "08:30"),
        ("1:30 p.m.", PM, "13:30"),
        ("12:00", PM, "12:00"),
        ("12:15 pm", NO, "12:15"),
        ("noon", NO, "12:00"),
        ("13:30", NO, "13:30"),
        ("13:30", PM, "13:30"),
        ("0830", NO, "08:30"),
        ("1330 hrs", NO, "13:30"),
        ("11:59", PM, "23:59"),
    ],
)
def test_a_time_is_read_with_its_boxes(typed: str, boxes: tuple[bool, bool, bool], expected: str) -> None:
    am, pm, midnight = boxes
    read = read_time(typed, am=am, pm=pm, midnight=midnight)
    assert (read.value, read.doubt) == (expected, "")


@pytest.mark.parametrize(
    ("typed", "boxes"), [("", MIDNIGHT), ("12:00", MIDNIGHT), ("midnight", NO), ("12:00 midnight", NO), ("24:00", NO)]
)
def test_midnight_is_the_end_of_the_day_and_leaves_the_time_empty(typed: str, boxes: tuple[bool, bool, bool]) -> None:
    am, pm, midnight = boxes
    read = read_time(typed, am=am, pm=pm, midnight=midnight)
    assert (read.value, read.doubt) == ("", "")


@pytest.mark.parametrize(
    ("typed", "boxes", "words"),
    [
        ("8:30", NO, "a.m. or p.m."),
        ("12:00", NO, "a.m. or p.m."),
        ("8:30", (True, True, False), "more than one"),
        ("11:59", MIDNIGHT, "midnight"),
        ("8:30 pm", AM, "does not agree"),
        ("12:00 am", NO, "beginning or the end"),
        ("12:00", AM, "beginning or the end"),
        ("14:00", AM, "does not agree"),
        ("25:00", NO, "not a time"),
        ("8:75", AM, "not a time"),
        ("after lunch", NO, "cannot be read"),
        ("", AM, "without a time"),
    ],
)
def test_a_doubtful_time_is_not_read_and_said(typed: str, boxes: tuple[bool, bool, bool], words: str) -> None:
    am, pm, midnight = boxes
    read = read_time(typed, am=am, pm=pm, midnight=midnight)
    assert read.value == ""
    assert words in read.doubt


@pytest.mark.parametrize(
    ("typed", "yards"),
    [
        ("100", "100"),
        ("100 yards", "100"),
        ("100 yds.", "100"),
        ("100yds", "100"),
        ("1,000", "1000"),
        ("100.00", "100"),
        ("one hundred (100)", "100"),
        ("One hundred (100) yards", "100"),
        ("300 feet", ""),
        ("100-200", ""),
        ("0", ""),
        ("-5", ""),
        ("a block", ""),
        ("99999", ""),
    ],
)
def test_yards_are_whole_and_in_no_other_unit(typed: str, yards: str) -> None:
    assert value(Kind.YARDS, typed) == yards


@pytest.mark.parametrize(
    ("typed", "height"),
    [
        ("5'11\"", "511"),
        ("5’11”", "511"),
        ("5' 11''", "511"),
        ("5'11", "511"),
        ("5 ft 11 in", "511"),
        ("5 feet, 11 inches", "511"),
        ("5ft11", "511"),
        ("5-11", "511"),
        ("5 11", "511"),
        ("511", "511"),
        ("5'1\"", "501"),
        ("6'", "600"),
        ("6 ft", "600"),
        ("71 in", "511"),
        ("180 cm", "511"),
        ("5.11", "511"),
        ("5'13\"", ""),
        ("599", ""),
        ("999", ""),
        ("tall", ""),
        ("71", ""),
    ],
)
def test_a_height_becomes_feet_and_inches_in_three_digits(typed: str, height: str) -> None:
    assert value(Kind.HEIGHT, typed) == height


@pytest.mark.parametrize("typed", ["5.11", "180 cm"])
def test_a_height_that_was_interpreted_carries_a_doubt(typed: str) -> None:
    assert typed in doubt(Kind.HEIGHT, typed)


@pytest.mark.parametrize(
    ("typed", "pounds"),
    [
        ("185", "185"),
        ("185 lbs", "185"),
        ("185lb.", "185"),
        ("about 190", "190"),
        ("84 kg", "185"),
        ("heavy", ""),
        ("0", ""),
    ],
)
def test_a_weight_becomes_pounds(typed: str, pounds: str) -> None:
    assert value(Kind.WEIGHT, typed) == pounds


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("42", "42"),
        ("42 years old", "42"),
        ("42 yrs", "42"),
        ("approx. 40", "40"),
        ("~40", "40"),
        ("40s", ""),
        ("131", ""),
        ("?", ""),
    ],
)
def test_an_age_is_in_years(typed: str, years: str) -> None:
    assert value(Kind.AGE, typed) == years


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        (Kind.RACE, "White", "W"),
        (Kind.RACE, "caucasian", "W"),
        (Kind.RACE, "African American", "B"),
        (Kind.RACE, "Latina", "H"),
        (Kind.RACE, "Native American", "I"),
        (Kind.RACE, "Pacific Islander", "P"),
        (Kind.RACE, "W", "W"),
        (Kind.HAIR, "Blonde", "BLN"),
        (Kind.HAIR, "GREY", "GRY"),
        (Kind.HAIR, "Brn", "BRO"),
        (Kind.EYES, "Hazel", "HAZ"),
        (Kind.EYES, "blue.", "BLU"),
        (Kind.SEX, "female", "F"),
        (Kind.SEX, "X", "X"),
        (Kind.SEX, "non-binary", "X"),
    ],
)
def test_a_known_word_becomes_its_code(kind: Kind, typed: str, code: str) -> None:
    assert (value(kind, typed), doubt(kind, typed)) == (code, "")


@pytest.mark.parametrize("kind", [Kind.RACE, Kind.HAIR, Kind.EYES])
def test_an_unknown_word_stays_as_it_is_with_a_doubt(kind: Kind) -> None:
    assert value(kind, "Plaid") == "Plaid"
    assert "'Plaid'" in doubt(kind, "Plaid")


def test_every_code_that_words_lead_to_is_a_national_one() -> None:
    assert set(RACES.values()) == {"A", "B", "H", "I", "P", "U", "W"}
    assert set(HAIR.values()) == {
        *("BLD", "BLK", "BLN", "BLU", "BRO", "GRN", "GRY", "ONG", "PLE", "PNK", "RED", "SDY", "WHI", "XXX")
    }
    assert set(EYES.values()) == {"BLK", "BLU", "BRO", "GRN", "GRY", "HAZ", "MAR", "MUL", "PNK", "XXX"}


@pytest.mark.parametrize(
    ("typed", "county"),
    [
        ("Sierra Vista", "Sierra Vista"),
        ("County of Sierra Vista", "Sierra Vista"),
        ("Sierra Vista County", "Sierra Vista"),
        ("Sierra Vista\n100 Court Street\nAlder Falls", "Sierra Vista"),
        ("Sierra Vista, 100 Court Street", "Sierra Vista"),
        ("Sierra Vista 100 Court Street", "Sierra Vista"),
        ("Superior Court of California, County of Sierra Vista", "Sierra Vista"),
    ],
)
def test_a_county_is_read_without_the_court_s_address(typed: str, county: str) -> None:
    assert value(Kind.COUNTY, typed) == county


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1", "1"), ("1st", "1"), ("Second", "2"), ("No. 3", "3"), ("0", ""), ("yes", ""), ("first and last", "")],
)
def test_an_amendment_has_a_number(typed: str, number: str) -> None:
    assert value(Kind.ORDINAL, typed) == number


def test_a_name_that_cannot_be_one_is_kept_with_a_doubt() -> None:
    assert value(Kind.NAME, "Derek <b>") == "Derek <b>"
    assert "cannot be taken as a name" in doubt(Kind.NAME, "Derek <b>")


def test_cleaning_takes_out_what_cannot_be_seen() -> None:
    assert clean("  Derek\u200b  Al\u00adan\t\x00Hollo\u202eway\r\n") == "Derek Alan Holloway"
    assert clean("e\u0301") == "é"
    assert clean("Sierra Vista\rAlder Falls", is_long=True) == "Sierra Vista\nAlder Falls"
    assert len(clean("x" * 5_000)) == 2_000


@given(st.sampled_from([kind for kind in Kind if kind not in {Kind.TIME, Kind.TICK}]), st.text(max_size=60))
def test_whatever_is_typed_gives_a_value_or_a_doubt(kind: Kind, text: str) -> None:
    cleaned = clean(text)
    if cleaned:
        read = read_typed(kind, cleaned, TODAY)
        assert read.value or read.doubt or kind is Kind.COUNTY


@given(st.text(alphabet="0123456789/:.- apmnoidgt", max_size=14), st.booleans(), st.booleans(), st.booleans())
def test_a_time_read_is_always_a_time(text: str, am: bool, pm: bool, midnight: bool) -> None:
    read = read_time(clean(text), am=am, pm=pm, midnight=midnight)
    assert not read.value or (len(read.value) == 5 and read.value < "24:00" and not read.doubt)
