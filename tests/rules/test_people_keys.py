"""Keys: stable, bounded, and shared by a record and every way its person is asked for."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openclets.people.facts import (
    BIRTH_DATE,
    DAY,
    GIVEN,
    GIVEN_AGAIN,
    INITIAL,
    LIKENESS,
    MONTH,
    SURNAME,
    SURNAME_AGAIN,
    YEAR,
)
from openclets.people.fold import fold, surname
from openclets.people.keys import MAX_KEYS, exchange_day_and_month, keys_of_question, keys_of_record
from openclets.people.nicknames import groups_of
from openclets.vocabulary.persons import PersonName

BORN = date(1984, 5, 7)

EXPECTED_BIRTH_DATE_KEY = -3435041667183598619

_words = st.text(st.characters(categories=("L", "M", "Nd", "Zs", "Pd", "So"), max_codepoint=0x2FFFF), max_size=30)
_latin = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZÁÉÑØŁĐ'- ", min_size=1, max_size=30)
_one_word = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZÁÉÑØŁĐ'", min_size=2, max_size=20).filter(
    lambda text: len(fold(text)) > 1
)
_names = st.builds(PersonName, st.one_of(_words, _latin), st.one_of(_words, _latin), st.one_of(_words, _latin))
_days = st.one_of(st.none(), st.dates(date(1880, 1, 1), date(2026, 12, 31)))


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("García-López", "GARCIA LOPEZ"),
        ("O'Brien", "OBRIEN"),
        ("O’Brien", "OBRIEN"),
        ("D'Angelo Jr.", "DANGELO JR"),
        ("Đặng Thị", "DANG THI"),
        ("Łukasz Żółć", "LUKASZ ZOLC"),
        ("Strauß", "STRAUSS"),
        ("Ærø", "AERO"),
        ("  de   la  Cruz ", "DE LA CRUZ"),
        ("Smith🙂", "SMITH"),
        ("12345", ""),
        ("Иванов", "IVANOV"),
        ("محمد", "MHMD"),
        ("张", "ZHANG"),
    ],
)
def test_a_name_is_brought_to_one_spelling(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("HOLLOWAY", ["HOLLOWAY"]),
        ("DE LA CRUZ", ["DELACRUZ", "CRUZ"]),
        ("GARCIA-LOPEZ", ["GARCIALOPEZ", "GARCIA", "LOPEZ"]),
        ("GARCIA Y VEGA", ["GARCIAYVEGA", "GARCIAVEGA", "GARCIA", "VEGA"]),
        ("VAN DER BERG", ["VANDERBERG", "BERG"]),
        ("SAINT JOHN", ["STJOHN", "JOHN"]),
        ("DE LA", ["DELA", "DE", "LA"]),
    ],
)
def test_a_surname_is_filed_under_every_way_to_call_it(typed: str, forms: list[str]) -> None:
    found = surname(typed)
    assert found is not None
    assert [form.letters for form in found.forms] == forms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("WILLIAM", "BILL"),
        ("ROBERT", "BETO"),
        ("GUADALUPE", "LUPE"),
        ("JOSE", "PEPE"),
        ("FRANCISCO", "PANCHO"),
        ("IGNACIO", "NACHO"),
        ("JESUS", "CHUY"),
        ("ELIZABETH", "BETTY"),
        ("MARGARET", "PEGGY"),
        ("CATHERINE", "KATHLEEN"),
        ("EDUARDO", "LALO"),
        ("DUNG", "ZUNG"),
        ("TONO", "ANTONIO"),
    ],
)
def test_a_nickname_shares_a_group_with_its_name(one: str, other: str) -> None:
    assert set(groups_of(one)) & set(groups_of(other))


def test_names_that_are_not_nicknames_of_each_other_share_no_group() -> None:
    for one, other in (("MARIA", "MARIO"), ("DANIEL", "DAVID"), ("JOHN", "JAMES"), ("ZZZ", "BILL")):
        assert not set(groups_of(one)) & set(groups_of(other)), (one, other)


@pytest.mark.parametrize(
    ("asked", "born"),
    [
        (PersonName("HOLLOWAY", "DEREK"), BORN),
        (PersonName("HALLOWAY", "DEREK"), BORN),
        (PersonName("HOLLOWAY", "DERRICK"), BORN),
        (PersonName("DEREK", "HOLLOWAY"), BORN),
        (PersonName("XXXX", "DEREK"), BORN),
        (PersonName("HOLLOWAY", "XXXX"), BORN),
        (PersonName("HOLLOWAY"), BORN),
        (PersonName("HOLLOWAY"), None),
        (PersonName("HOLLOWAY", "D"), None),
        (PersonName("HALLOWAY", "RICK"), None),
        (PersonName("DERECK", "HOLLOWAY"), None),
        (PersonName("HOLLOWAY", "ALAN"), None),
        (PersonName("HQLZXWAY", "DQRZK"), BORN),
        (PersonName("XXXX", "YYYY"), BORN),
        (PersonName("HOLLOWAY", "XXXX"), date(1984, 7, 5)),
        (PersonName("HOLLOWAY", "XXXX"), date(1985, 5, 7)),
        (PersonName("HOLLOWAY", "XXXX"), date(1984, 5, 17)),
        (PersonName("HOLLOWAY", "XXXX"), date(1984, 6, 7)),
    ],
    ids=lambda value: value.wire if isinstance(value, PersonName) else str(value),
)
def test_a_question_with_one_thing_wrong_meets_the_record(asked: PersonName, born: date | None) -> None:
    filed = keys_of_record(PersonName("HOLLOWAY", "DEREK", "ALAN"), BORN)
    assert set(filed) & set(keys_of_question(asked, born).all)


def test_a_dated_question_meets_an_undated_record_by_the_names_alone() -> None:
    name = PersonName("GARCIA", "MARIA")
    asked = keys_of_question(name, date(1991, 1, 1))
    assert set(asked.all[asked.dated :]) & set(keys_of_record(name, None))
    assert not set(asked.all[: asked.dated]) & set(keys_of_record(name, None))


def test_every_key_of_a_question_says_what_a_name_that_shares_it_agrees_in() -> None:
    name = PersonName("HOLLOWAY", "DEREK")
    asked = keys_of_question(name, BORN)
    said = dict(zip(asked.all, asked.facts, strict=True))
    assert said[EXPECTED_BIRTH_DATE_KEY] == YEAR | MONTH | DAY
    same_name = [said[key] for key in keys_of_record(name, date(1961, 11, 23)) if key in said]
    assert sorted(same_name) == sorted(
        [
            *(SURNAME | GIVEN, SURNAME_AGAIN | GIVEN_AGAIN),  # pair
            *(SURNAME | GIVEN, SURNAME_AGAIN | GIVEN),  # nick: with DERRICK
            *(SURNAME | GIVEN, SURNAME_AGAIN | GIVEN),  # nick: with the Vietnamese DUC
            *(SURNAME | INITIAL, SURNAME | INITIAL),  # si, by either code
            GIVEN | INITIAL,  # gi
        ]
    )


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        (SURNAME | GIVEN | BIRTH_DATE, SURNAME | BIRTH_DATE),
        (SURNAME | GIVEN | YEAR | DAY, SURNAME | GIVEN),
        (SURNAME | BIRTH_DATE, SURNAME | GIVEN),
        (SURNAME | SURNAME_AGAIN | GIVEN, SURNAME | GIVEN),
        (BIRTH_DATE | INITIAL, BIRTH_DATE),
        (BIRTH_DATE, GIVEN | INITIAL),
    ],
)
def test_who_agrees_in_more_is_looked_at_first(nearer: int, farther: int) -> None:
    assert LIKENESS[nearer] > LIKENESS[farther]


def test_somebody_else_shares_no_key() -> None:
    filed = keys_of_record(PersonName("HOLLOWAY", "DEREK", "ALAN"), BORN)
    assert not set(filed) & set(keys_of_question(PersonName("PETERSEN", "MARGARET"), date(1961, 11, 23)).all)


def test_a_word_that_is_abbreviated_in_a_surname_is_so_in_a_given_name() -> None:
    filed = keys_of_record(PersonName("AA", "SAINT"), None)
    assert set(filed) & set(keys_of_question(PersonName("SAINT", "AA"), None).all)


@given(_names, _days)
@settings(max_examples=300, deadline=None)
def test_a_record_is_always_met_by_its_own_question(name: PersonName, born: date | None) -> None:
    filed, asked = keys_of_record(name, born), keys_of_question(name, born).all
    assert len(filed) <= MAX_KEYS
    assert len(asked) <= MAX_KEYS
    assert len(set(filed)) == len(filed)
    assert all(-(2**63) <= key < 2**63 for key in (*filed, *asked))
    if surname(name.surname) is not None:
        assert set(filed) & set(asked)


@given(_one_word, _one_word, _days)
@settings(max_examples=200, deadline=None)
def test_exchanged_names_always_meet(one: str, other: str, born: date | None) -> None:
    assert set(keys_of_record(PersonName(one, other), born)) & set(keys_of_question(PersonName(other, one), born).all)


def test_keys_are_the_same_in_every_process() -> None:
    program = (
        "from datetime import date; from openclets.people.keys import keys_of_record as k;"
        "from openclets.vocabulary.persons import PersonName as N;"
        "print(k(N('HOLLOWAY', 'DEREK', 'ALAN'), date(1984, 5, 7)))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "12345"}
    ).stdout
    assert printed.strip() == str(keys_of_record(PersonName("HOLLOWAY", "DEREK", "ALAN"), BORN))


def test_the_hash_is_the_documented_one() -> None:
    # b2sum of "bd\\0" + "1984-05-07", 8 bytes, personalised "people-keys-2", made once by hand with hashlib.
    assert EXPECTED_BIRTH_DATE_KEY in keys_of_record(PersonName("HOLLOWAY"), BORN)


@pytest.mark.parametrize(
    ("day", "exchanged"),
    [
        (date(1984, 5, 7), date(1984, 7, 5)),
        (date(1984, 5, 17), None),
        (date(1984, 5, 5), None),
        (date(1984, 12, 1), date(1984, 1, 12)),
    ],
)
def test_day_and_month_exchange_only_where_that_is_another_date(day: date, exchanged: date | None) -> None:
    assert exchange_day_and_month(day) == exchanged
