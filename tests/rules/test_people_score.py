"""Pairs of persons and what an officer must be told of them. Expected verdicts are typed by hand."""

from __future__ import annotations

from datetime import date

import pytest

from openclets.people.described import describe, with_names_exchanged
from openclets.people.score import Comparison, compare, compare_birth_dates, explain
from openclets.people.weights import LIKELY_FROM, Field, Outcome
from openclets.vocabulary.persons import PersonName, parse_birth_date, parse_wire_name

TODAY = date(2026, 11, 22)

# what is tried | asked name | asked birth date | recorded name | recorded birth date | verdict
PAIRS = """
same                                | HOLLOWAY,DEREK ALAN    | 19840517 | HOLLOWAY,DEREK ALAN    | 19840517 | likely
without the middle name             | HOLLOWAY,DEREK         | 19840517 | HOLLOWAY,DEREK ALAN    | 19840517 | likely
surname mistyped                    | HALLOWAY,DEREK         | 19840517 | HOLLOWAY,DEREK ALAN    | 19840517 | likely
letter left out                     | HOLOWAY,DEREK          | 19840517 | HOLLOWAY,DEREK ALAN    | 19840517 | likely
letters turned                      | HOLLWOAY,DEREK         | 19840517 | HOLLOWAY,DEREK ALAN    | 19840517 | likely
given name by sound                 | HOLLOWAY,DERRICK       | 19840517 | HOLLOWAY,DEREK ALAN    | 19840517 | likely
names exchanged                     | DEREK,HOLLOWAY         | 19840517 | HOLLOWAY,DEREK ALAN    | 19840517 | likely
surname by sound                    | SCHMIDT,ANNA           | 19900203 | SCHMITT,ANNA           | 19900203 | likely
surname by sound, Philip            | PHILLIPS,JOAN          | 19710102 | FILLIPS,JOAN           | 19710102 | likely
nickname                            | MILLER,BILL            | 19700911 | MILLER,WILLIAM         | 19700911 | likely
Spanish nickname                    | REYES,PEPE             | 19700911 | REYES,JOSE             | 19700911 | likely
nickname Lupe                       | REYES,LUPE             | 19820711 | REYES,GUADALUPE        | 19820711 | likely
first of two surnames               | GARCIA,MARIA           | 19950620 | GARCIA LOPEZ,MARIA     | 19950620 | likely
second of two surnames              | LOPEZ,MARIA            | 19950620 | GARCIA-LOPEZ,MARIA     | 19950620 | likely
hyphen or space                     | GARCIA LOPEZ,MARIA     | 19950620 | GARCIA-LOPEZ,MARIA     | 19950620 | likely
particle left out                   | CRUZ,ANA               | 19881130 | DE LA CRUZ,ANA         | 19881130 | likely
particle joined                     | DELACRUZ,ANA           | 19881130 | DE LA CRUZ,ANA         | 19881130 | likely
apostrophe                          | OBRIEN,KATE            | 19881130 | O'BRIEN,KATE           | 19881130 | likely
diacritics                          | NUNEZ,JOSE             | 19881130 | NÚÑEZ,JOSÉ             | 19881130 | likely
Vietnamese letters                  | DANG,THI               | 19881130 | ĐẶNG,THỊ               | 19881130 | likely
given names joined                  | DOE,MARYANN            | 19881130 | DOE,MARY ANN           | 19881130 | likely
given names split                   | DOE,MARY ANN           | 19881130 | DOE,MARYANN            | 19881130 | likely
called by the middle name           | HOLLOWAY,ALAN          | 19840517 | HOLLOWAY,DEREK ALAN    | 19840517 | likely
day and month exchanged             | HOLLOWAY,DEREK         | 19840705 | HOLLOWAY,DEREK ALAN    | 19840507 | likely
year off by one                     | HOLLOWAY,DEREK         | 19850517 | HOLLOWAY,DEREK ALAN    | 19840517 | possible
year off by one, middle name agrees | HOLLOWAY,DEREK ALAN    | 19850517 | HOLLOWAY,DEREK ALAN    | 19840517 | likely
one digit off                       | HOLLOWAY,DEREK         | 19840518 | HOLLOWAY,DEREK ALAN    | 19840517 | possible
one digit off, middle name agrees   | HOLLOWAY,DEREK ALAN    | 19840518 | HOLLOWAY,DEREK ALAN    | 19840517 | likely
digits of the year turned           | HOLLOWAY,DEREK ALAN    | 19480517 | HOLLOWAY,DEREK ALAN    | 19840517 | likely
birth date not asked                | HOLLOWAY,DEREK         |          | HOLLOWAY,DEREK ALAN    | 19840517 | possible
birth date not asked, all names     | HOLLOWAY,DEREK ALAN    |          | HOLLOWAY,DEREK ALAN    | 19840517 | possible
birth date not recorded             | HOLLOWAY,DEREK ALAN    | 19840517 | HOLLOWAY,DEREK ALAN    |          | possible
surname mistyped, no birth date     | HALLOWAY,DEREK         |          | HOLLOWAY,DEREK ALAN    | 19840517 | possible
surname alone                       | HOLLOWAY               |          | HOLLOWAY,DEREK ALAN    | 19840517 | possible
surname and birth date              | HOLLOWAY               | 19840517 | HOLLOWAY,DEREK ALAN    | 19840517 | possible
surname, initial and birth date     | HOLLOWAY,D             | 19840517 | HOLLOWAY,DEREK ALAN    | 19840517 | possible
given name alone and birth date     | DEREK                  | 19840517 | HOLLOWAY,DEREK ALAN    | 19840517 | possible
twins                               | HOLLOWAY,DANIEL        | 19840517 | HOLLOWAY,MARCUS        | 19840517 | possible
twins of like initial               | HOLLOWAY,DANIEL        | 19840517 | HOLLOWAY,DEREK         | 19840517 | possible
son of the same name                | HOLLOWAY,DEREK ALAN JR | 20060302 | HOLLOWAY,DEREK ALAN    | 19840517 | unlikely
son against father, both marked     | HOLLOWAY,DEREK ALAN JR | 20060302 | HOLLOWAY,DEREK ALAN SR | 19840517 | unlikely
same name, another birth date       | HOLLOWAY,DEREK         | 19910830 | HOLLOWAY,DEREK ALAN    | 19840517 | unlikely
brother                             | HOLLOWAY,MARCUS        | 19870802 | HOLLOWAY,DEREK         | 19840517 | unlikely
birth date alone                    | PETERSON,JOHN          | 19840517 | HOLLOWAY,DEREK ALAN    | 19840517 | unlikely
given name and birth date           | PETERSON,DEREK         | 19840517 | HOLLOWAY,DEREK ALAN    | 19840517 | unlikely
initial fits, middle name does not  | DE LA CRUZ,D ALAN      |          | CRUZ,DEREK JAMES       | 19840517 | unlikely
surname alone agrees, no birth date | HOLLOWAY,MARCUS        |          | HOLLOWAY,DEREK ALAN    | 19840517 | unlikely
"""


def _pairs() -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split("|")) for line in PAIRS.strip().splitlines()]


def _compared(asked_name: str, asked_born: str, recorded_name: str, recorded_born: str) -> Comparison:
    asked = describe(parse_wire_name(asked_name), parse_birth_date(asked_born, today=TODAY) if asked_born else None)
    recorded = describe(
        parse_wire_name(recorded_name), parse_birth_date(recorded_born, today=TODAY) if recorded_born else None
    )
    return compare(asked, recorded, exchanged=with_names_exchanged(asked))


@pytest.mark.parametrize(
    ("asked_name", "asked_born", "recorded_name", "recorded_born", "verdict"),
    [pair[1:] for pair in _pairs()],
    ids=[pair[0] for pair in _pairs()],
)
def test_a_pair_gets_the_verdict_an_officer_should_see(
    asked_name: str, asked_born: str, recorded_name: str, recorded_born: str, verdict: str
) -> None:
    assert _compared(asked_name, asked_born, recorded_name, recorded_born).verdict == verdict


@pytest.mark.parametrize(
    ("one", "other", "text"),
    [
        ("1984-05-17", "1984-05-17", "same"),
        ("1984-05-07", "1984-07-05", "day and month exchanged"),
        ("1984-05-17", "1985-05-17", "year off by one"),
        ("1989-12-31", "1990-12-31", "year off by one"),
        ("1984-05-17", "1984-05-27", "one digit off"),
        ("1984-05-17", "1934-05-17", "one digit off"),
        ("1984-05-12", "1984-05-21", "two digits exchanged"),
        ("1984-05-17", "1948-05-17", "two digits exchanged"),
        ("1984-05-17", "1984-05-29", "day differs"),
        ("1984-05-17", "1984-12-17", "month differs"),
        ("1984-05-17", "1967-05-17", "year differs"),
        ("1984-05-17", "1984-11-29", "only the year is the same"),
        ("1984-05-17", "1991-08-30", "another date"),
        ("1984-05-17", "1991-05-30", "another date"),
    ],
)
def test_two_birth_dates_are_compared_by_what_goes_wrong_when_they_are_typed(one: str, other: str, text: str) -> None:
    assert compare_birth_dates(date.fromisoformat(one), date.fromisoformat(other)).text == text
    assert compare_birth_dates(date.fromisoformat(other), date.fromisoformat(one)).text == text


@pytest.mark.parametrize(
    ("age", "as_of", "outcome"),
    [
        (42, date(2026, 11, 22), Outcome.SIMILAR),
        (43, date(2026, 11, 22), Outcome.SIMILAR),
        (30, date(2014, 6, 1), Outcome.SIMILAR),
        (50, date(2026, 11, 22), Outcome.DIFFERS),
        (30, date(2026, 11, 22), Outcome.DIFFERS),
    ],
)
def test_a_recorded_age_counts_from_its_own_day(age: int, as_of: date, outcome: Outcome) -> None:
    name = parse_wire_name("HOLLOWAY,DEREK")
    found = compare(describe(name, date(1984, 5, 17)), describe(name, age=age, age_as_of=as_of))
    assert _outcome(found, Field.BIRTH_DATE) is outcome


def test_an_age_that_fits_is_not_enough_for_likely() -> None:
    name = parse_wire_name("HOLLOWAY,DEREK ALAN")
    found = compare(describe(name, date(1984, 5, 17)), describe(name, age=42, age_as_of=TODAY))
    assert found.verdict == "possible"


def test_another_sex_lowers_the_score_and_unknown_sex_does_not() -> None:
    name, born = parse_wire_name("HOLLOWAY,ROBIN"), date(1984, 5, 17)
    asked = describe(name, born, sex="M")
    scores = {sex: compare(asked, describe(name, born, sex=sex)).bits for sex in ("M", "F", "U", "X", "")}
    assert scores["M"] > scores["U"] == scores["X"] == scores[""] > scores["F"]


def test_a_rare_surname_weighs_more_than_a_common_one_where_shares_are_known() -> None:
    shares = {"GARCIA": 0.012, "HOLLOWAY": 0.0001}

    def share(kind: str, name: str) -> float | None:
        return shares.get(name)

    garcia = describe(parse_wire_name("GARCIA,MARIA"))
    holloway = describe(parse_wire_name("HOLLOWAY,MARIA"))
    common = compare(garcia, garcia, share=share)
    rare = compare(holloway, holloway, share=share)
    assert common.score < compare(garcia, garcia).score < rare.score


def test_a_name_is_never_likely_however_rare_without_a_birth_date() -> None:
    person = describe(parse_wire_name("ZWYNGGRAAF,THEOPHANIA HILDEGUNDE III"), sex="F", race="W")
    found = compare(person, person, share=lambda kind, name: 0.0000001)
    assert found.verdict == "possible"
    assert found.score < LIKELY_FROM


def test_a_birth_date_decides_nothing_where_no_name_was_recorded() -> None:
    asked = describe(parse_wire_name("HOLLOWAY,DEREK"), date(1984, 5, 17), sex="M", race="W")
    recorded = describe(PersonName("-"), date(1984, 5, 17), sex="M", race="W")
    assert compare(asked, recorded, exchanged=with_names_exchanged(asked)).verdict == "unlikely"


def test_the_reasons_name_every_field_that_agrees_differs_or_is_missing() -> None:
    asked = describe(parse_wire_name("HALLOWAY,DEREK"), date(1984, 5, 18), sex="M")
    recorded = describe(parse_wire_name("HOLLOWAY,DEREK ALAN"), date(1984, 5, 17), sex="M", race="W")
    why = explain(compare(asked, recorded), asked, recorded)
    assert [(line.field.value, line.outcome.value, line.text) for line in why] == [
        ("surname", "similar", "asked HALLOWAY, recorded HOLLOWAY: close in sound or spelling"),
        ("given name", "agrees", "DEREK"),
        ("middle name", "missing", "recorded ALAN, not asked"),
        ("birth date", "similar", "asked 1984-05-18, recorded 1984-05-17: one digit off"),
        ("sex", "agrees", "M"),
        ("race", "missing", "recorded W, not asked"),
    ]


def test_exchanged_names_are_said_to_be_exchanged() -> None:
    asked = describe(parse_wire_name("DEREK,HOLLOWAY"), date(1984, 5, 17))
    recorded = describe(parse_wire_name("HOLLOWAY,DEREK"), date(1984, 5, 17))
    why = explain(compare(asked, recorded, exchanged=with_names_exchanged(asked)), asked, recorded)
    assert "exchanged" in why[0].text
    assert why[0].outcome is Outcome.SIMILAR


def _outcome(found: Comparison, field: Field) -> Outcome:
    return next(level.outcome for level in found.levels if level.field is field)
