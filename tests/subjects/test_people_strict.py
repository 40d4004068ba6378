"""The strict answer and the numbers in a real database: whom the rule finds, exactly."""

from __future__ import annotations

from datetime import date

import pytest

from openclets.people.index import IndexedPerson, index_person, reindex_record
from openclets.people.numbers import NumberKind, PersonNumber
from openclets.people.rules import HISTORY
from openclets.people.search import PersonQuery, search
from openclets.people.strict import search_strict
from openclets.vocabulary.persons import PersonName, parse_wire_name

KIND = "strict-test"
BORN = date(1984, 5, 7)

# record | name | birth date | sex | race | licence
PEOPLE = """
1 | HOLLOWAY,DEREK ALAN | 1984-05-07 | M | W | D1234567
2 | HALLOWAY,DAVID      | 1984-05-07 | M | W |
3 | HOLLOWAY,DEREK      | 1985-05-07 | M | W |
4 | HOLLOWAY,DEREK      | 1984-07-05 | M | W |
5 | HOLLOWAY,DEREK      | 1984-05-07 | M | B |
6 | HOLLOWAY,DORIS      | 1984-05-07 | F | W |
7 | HOLLOWAY,MARCUS     | 1984-05-07 | M | W |
8 | PETERSEN,DEREK      | 1984-05-07 | M | W |
9 | HOLLOWAY,DEREK      |            | M | W |
10 | CRANE-HOLLOWAY,DEREK | 1984-05-07 | M | U |
11 | HOLLOWAY,DEREK      | 1987-05-07 | M | W |
12 | ZAMORA,INES         | 1961-11-23 | F | B | F7654321
"""


@pytest.fixture
def filed(rolled_back: None) -> None:
    for line in PEOPLE.strip().splitlines():
        record, name, born, sex, race, licence = (cell.strip() for cell in line.split("|"))
        numbers = (PersonNumber(NumberKind.LICENCE, licence),) if licence else ()
        birth_date = date.fromisoformat(born) if born else None
        index_person(
            IndexedPerson(
                KIND, int(record), "p", (parse_wire_name(name),), birth_date, sex=sex, race=race, numbers=numbers
            )
        )


@pytest.mark.parametrize(
    ("query", "expanded", "found"),
    [
        (PersonQuery(PersonName("HOLLOWAY", "DEREK"), BORN, sex="M", race="W"), False, [1, 2, 10]),
        (PersonQuery(PersonName("HOLLOWAY", "DEREK"), BORN, sex="M", race="W"), True, [1, 2, 3, 4, 10]),
        (PersonQuery(PersonName("HOLLOWAY", "DEREK"), BORN, sex="M", race="B"), False, [5, 10]),
        (PersonQuery(PersonName("HOLLOWAY", "DEREK"), BORN, sex="M", race="A"), False, [1, 2, 5, 10]),
        (PersonQuery(PersonName("HOLLOWAY", "DEREK"), BORN), False, [1, 2, 5, 6, 10]),
        (PersonQuery(PersonName("HOLLOWAY"), BORN), False, [1, 2, 5, 6, 7, 10]),
        (PersonQuery(PersonName("HOLLOWAY", "DEREK")), False, []),
        (PersonQuery(PersonName("ZUNIGA", "ALAN"), BORN, other_names=(PersonName("PETERSEN", "D"),)), False, [8]),
        (PersonQuery(PersonName("HOLLOWAY", "D"), BORN, other_birth_dates=(date(1985, 5, 7),), sex="M"), False,
         [1, 2, 3, 5, 10]),
    ],
)  # fmt: skip
def test_the_strict_answer_is_exactly_whom_the_rule_finds(
    filed: None, query: PersonQuery, expanded: bool, found: list[int]
) -> None:
    answer = search_strict(query, expanded=expanded, kinds=(KIND,))
    assert sorted(one.record_id for one in answer.candidates) == found


def test_the_history_rule_takes_three_years_either_way(filed: None) -> None:
    query = PersonQuery(PersonName("HOLLOWAY", "DEREK"), BORN, sex="M", race="W")
    answer = search_strict(query, rule=HISTORY, kinds=(KIND,))
    assert sorted(one.record_id for one in answer.candidates) == [1, 2, 3, 10, 11]


def test_a_number_is_searched_alone_whatever_name_sex_and_race_say(filed: None) -> None:
    query = PersonQuery(PersonName("HOLLOWAY", "DEREK"), BORN, sex="M", race="W", numbers=(_licence("f 765-4321"),))
    assert [one.record_id for one in search_strict(query, kinds=(KIND,)).candidates] == [12]


def test_without_birth_date_and_number_the_rule_says_what_it_needs(filed: None) -> None:
    answer = search_strict(PersonQuery(PersonName("HOLLOWAY")), kinds=(KIND,))
    assert answer.notes == ("The national rule needs a name and a birth date, or a number.",)


def test_a_number_goes_to_the_top_and_warns_when_the_name_is_another(filed: None) -> None:
    query = PersonQuery(PersonName("HOLLOWAY", "DEREK", "ALAN"), BORN, numbers=(_licence("F7654321"),))
    first, second = search(query, kinds=(KIND,)).candidates[:2]
    assert (first.record_id, first.verdict) == (12, "possible")
    assert "BUT THE NAME IS ANOTHER" in first.why[0].text
    assert second.record_id == 1


def test_a_number_that_agrees_with_the_name_is_likely_without_a_birth_date(filed: None) -> None:
    query = PersonQuery(PersonName("HALLOWAY", "DERRICK"), numbers=(_licence("D1234567"),))
    first = search(query, kinds=(KIND,)).candidates[0]
    assert (first.record_id, first.verdict) == (1, "likely")


def test_a_number_alone_is_a_question_and_its_owner_only_possible(filed: None) -> None:
    found = search(PersonQuery(None, numbers=(_licence("D1234567"),)), kinds=(KIND,))
    assert [(one.record_id, one.verdict) for one in found.candidates] == [(1, "possible")]


@pytest.mark.parametrize("value", ["000000000", "999-99-9999", "123456789", "-"])
def test_a_number_that_stands_for_nobody_finds_nobody(rolled_back: None, value: str) -> None:
    number = PersonNumber(NumberKind.SOCIAL_SECURITY, value)
    index_person(IndexedPerson(KIND, 1, "p", (PersonName("DOE", "JOHN"),), numbers=(number,)))
    found = search(PersonQuery(None, numbers=(number,)), kinds=(KIND,))
    assert (found.candidates, len(found.notes)) == ((), 1)


def test_a_changed_number_is_no_longer_found(filed: None) -> None:
    reindex_record(KIND, 12, [IndexedPerson(KIND, 12, "p", (PersonName("ZAMORA", "INES"),))])
    assert not search(PersonQuery(None, numbers=(_licence("F7654321"),)), kinds=(KIND,)).candidates


def test_a_person_with_two_birth_dates_is_found_by_either(rolled_back: None) -> None:
    name = PersonName("ZAMORA", "INES")
    index_person(IndexedPerson(KIND, 1, "p", (name,), BORN, other_birth_dates=(date(1979, 12, 30),)))
    for born in (BORN, date(1979, 12, 30)):
        found = search(PersonQuery(name, born), kinds=(KIND,)).candidates
        assert [(one.record_id, one.verdict, one.birth_date) for one in found] == [(1, "likely", born)]


def _licence(value: str) -> PersonNumber:
    return PersonNumber(NumberKind.LICENCE, value)
