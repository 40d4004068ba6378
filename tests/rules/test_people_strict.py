"""The published rules, line by line: whom they find and whom they leave out. Expected values by hand."""

from __future__ import annotations

from datetime import date

import pytest

from openclets.people.rules import (
    HISTORY,
    NATIONAL,
    birth_dates_meant,
    given_name_meets,
    race_meets,
    sex_meets,
    surname_meets,
)
from openclets.people.sounds import PhoneticCode, strict_sounds
from openclets.vocabulary.persons import PersonName


@pytest.mark.parametrize(
    ("word", "nysiis"),
    [
        # Codes published with descriptions of the algorithm.
        ("KNIGHT", "NAGT"),
        ("MITCHELL", "MATCAL"),
        ("BROWN", "BRAN"),
        ("BROWNE", "BRAN"),
        ("ROBERTSON", "RABARTSAN"),
        ("PHILLIPSON", "FALAPSAN"),
    ],
)
def test_a_surname_is_coded_by_the_published_algorithm(word: str, nysiis: str) -> None:
    assert strict_sounds(word, PhoneticCode.NYSIIS) == (nysiis,)


@pytest.mark.parametrize(
    ("asked", "recorded", "meets"),
    [
        ("BROWN", "BROWNE", True),
        ("BROWN", "BRAUN", True),
        ("PHILLIPSON", "FILLIPSON", True),
        ("SMITH", "SCHMIDT", False),
        ("GARCIA-LOPEZ", "LOPEZ", True),
        ("GARCIA", "GARCIA-LOPEZ", True),
        ("GARCIA-LOPEZ", "GARCIALOPEZ", True),
        ("GARCIA LOPEZ", "LOPEZ", False),
        ("HOLLOWAY", "PETERSEN", False),
        ("-", "PETERSEN", False),
    ],
)
def test_surnames_meet_by_sound_whole_or_by_a_hyphenated_half(asked: str, recorded: str, meets: bool) -> None:
    assert surname_meets(asked, recorded, NATIONAL) is meets


@pytest.mark.parametrize(
    ("asked", "recorded", "meets"),
    [("ROBERT", "RUPERT", True), ("SMITH", "SMYTHE", True), ("TYMCZAK", "PFISTER", False), ("LEE", "LEIGH", False)],
)
def test_the_history_index_goes_by_soundex(asked: str, recorded: str, meets: bool) -> None:
    assert surname_meets(asked, recorded, HISTORY) is meets


@pytest.mark.parametrize(
    ("asked", "expanded", "meant"),
    [
        ("1984-05-17", False, ["1984-05-17"]),
        ("1984-05-17", True, ["1984-05-17", "1983-05-17", "1985-05-17"]),
        ("1984-05-07", True, ["1984-05-07", "1983-05-07", "1985-05-07", "1984-07-05"]),
        ("1984-05-05", True, ["1984-05-05", "1983-05-05", "1985-05-05"]),
        ("1984-02-29", True, ["1984-02-29"]),
    ],
)
def test_the_birth_date_is_exact_unless_the_flag_is_set(asked: str, expanded: bool, meant: list[str]) -> None:
    days = birth_dates_meant(date.fromisoformat(asked), NATIONAL, expanded=expanded)
    assert [day.isoformat() for day in days] == meant


def test_the_history_index_takes_three_years_either_way_and_no_other_month_or_day() -> None:
    days = birth_dates_meant(date(1984, 5, 7), HISTORY, expanded=True)
    assert sorted(day.isoformat() for day in days) == [
        "1981-05-07",
        "1982-05-07",
        "1983-05-07",
        "1984-05-07",
        "1985-05-07",
        "1986-05-07",
        "1987-05-07",
    ]


# asked | recorded races that are shown | recorded races that are not
RACES = """
A | A B I U W |
I | A B I U W |
U | A B I U W |
B | A B I U   | W
W | A I U W   | B
  | A B I U W |
"""


def test_the_national_rule_knows_black_and_white_apart_and_nothing_else() -> None:
    for line in RACES.strip("\n").splitlines():
        asked, shown, hidden = (cell.strip() for cell in line.split("|"))
        assert all(race_meets(asked, recorded, NATIONAL) for recorded in shown.split()), line
        assert not any(race_meets(asked, recorded, NATIONAL) for recorded in hidden.split()), line
        assert race_meets(asked, "", NATIONAL), line


@pytest.mark.parametrize(
    ("asked", "recorded", "meets"),
    [("W", "W", True), ("W", "A", False), ("U", "B", True), ("B", "U", True), ("", "B", True), ("I", "A", False)],
)
def test_the_history_index_takes_race_as_it_is(asked: str, recorded: str, meets: bool) -> None:
    assert race_meets(asked, recorded, HISTORY) is meets


@pytest.mark.parametrize(
    ("asked", "recorded", "meets"),
    [
        ("M", "M", True),
        ("M", "F", False),
        ("F", "M", False),
        ("U", "F", True),
        ("M", "U", True),
        ("", "F", True),
        ("M", "", True),
        ("X", "F", True),
    ],
)
def test_sex_must_agree_where_both_are_known(asked: str, recorded: str, meets: bool) -> None:
    assert sex_meets(asked, recorded) is meets


@pytest.mark.parametrize(
    ("asked", "recorded", "meets"),
    [
        ("DEREK", "DEREK", True),
        ("D", "DEREK", True),
        ("DEREK", "DAVID", True),
        ("BILL", "WILLIAM", True),
        ("WILLIAM", "BILL", True),
        ("", "WILLIAM", True),
        ("DEREK", "", True),
        ("DEREK", "MARCUS", False),
    ],
)
def test_given_names_meet_by_initial_or_nickname(asked: str, recorded: str, meets: bool) -> None:
    assert given_name_meets(PersonName("DOE", asked), PersonName("DOE", recorded)) is meets
