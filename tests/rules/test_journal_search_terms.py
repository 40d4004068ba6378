"""What an entry is found by, and what a search asks for."""

from __future__ import annotations

import pytest

from openclets.journal.search_terms import (
    NAME_ANSWERED,
    NAME_ASKED,
    PLATE,
    facts_of,
    query_for_name,
    query_for_number,
    query_for_words,
    terms_of,
    whole_words,
)

ASKED = "RQ.CA0990100.NV,AZ.TXT\nLIC/8ABC-123.LIY/2027.CAS/26-004711"
ANSWERED = """ANSWER: 1 HIT. 1 OF 2 FILES ANSWERED.

HIT 1 OF 1 - PROTECTIVE ORDERS - ORDER ENFORCEMENT
*** MUST NOT CONTACT
RECORD 0992632700012
NAM/HOLLOWAY,DEREK ALAN  [restrained person]
DOB/19840517  [birth date]
PPN/MARTINEZ-LOPEZ,MARIA CONCEPCION DEL CARMEN
    DE LA VEGA  [protected person]
"""


def test_an_entry_is_found_by_the_fields_of_its_message_and_of_its_answer() -> None:
    about = terms_of(ASKED, ANSWERED, {}, ["0992632700012"]).about
    assert {term for term in about if not term.startswith("s:")} == {
        "t:NV",
        "t:AZ",
        "p:8ABC123",
        "c:26004711",
        "r:0992632700012",
        "d:19840517",
        *("a:HOLLOWAY", "a:DEREK", "a:ALAN"),
        *("a:MARTINEZ", "a:LOPEZ", "a:MARIA", "a:CONCEPCION", "a:DEL", "a:CARMEN", "a:DE", "a:LA", "a:VEGA"),
    }


def test_an_entry_is_found_by_the_personal_fields_its_verb_gave() -> None:
    personal = {
        "subject_name": "O'BRIEN,SEÁN",
        "subject_birth_date": "1984-05-17",
        "plate": "8ABC123",
        "licence": "D 123-4567",
        "record_number": "H123456789",
        "case_number": "26-004711",
    }
    about = terms_of("", "", personal, []).about
    assert {term for term in about if not term.startswith("s:")} == {
        "n:OBRIEN",
        "n:SEAN",
        "d:19840517",
        "p:8ABC123",
        "l:D1234567",
        "r:H123456789",
        "c:26004711",
    }


def test_words_of_question_answer_and_personal_fields_are_found_without_marks() -> None:
    words = terms_of("AM.CA0990100.TXT\nCafé Zürich", "SENT", {"attention": "Sgt. Ortiz"}, []).words
    assert words == {"AM", "CA0990100", "TXT", "CAFE", "ZURICH", "SENT", "SGT", "ORTIZ"}


def test_a_line_of_a_list_says_whom_and_what_an_entry_is_about() -> None:
    facts = facts_of(ASKED, ANSWERED, {"subject_birth_date": "1984-05-17", "case_number": "26-004711"})
    assert facts.plates == ("8ABC-123",)
    assert facts.names_asked == ()
    assert facts.names_answered == ("HOLLOWAY,DEREK ALAN", "MARTINEZ-LOPEZ,MARIA CONCEPCION DEL CARMEN DE LA VEGA")
    assert facts.birth_dates == ("1984-05-17",)
    assert facts.case_numbers == ("26-004711",)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Holloway", "('n:HOLLOWAY')"),
        ("derek HOLLOWAY", "('n:DEREK' & 'n:HOLLOWAY')"),
        ("HOLLOWAY,D*", "('n:HOLLOWAY' & 'n:D':*)"),
        ("o'brien", "('n:OBRIEN')"),
        ("*", ""),
        ("'; DROP", "('n:DROP')"),
    ],
)
def test_a_name_is_asked_for_by_its_parts_in_any_order(text: str, query: str) -> None:
    assert query_for_name(text, [NAME_ASKED]) == query


def test_a_name_may_have_been_asked_or_answered() -> None:
    assert query_for_name("DOE J*", NAME_ASKED + NAME_ANSWERED) == "('n:DOE' & 'n:J':*) | ('a:DOE' & 'a:J':*)"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("HOLLOWAY,D*", "HOLLOWAY, "),
        ("holl* d*", "HOLL* D*"),
        ("o'bri* sean", "  SEAN"),
        ("O'BRI*", "O'BRI*"),
        ("red truck", "RED TRUCK"),
        ("", ""),
    ],
)
def test_only_whole_words_are_looked_up_where_there_is_one(text: str, whole: str) -> None:
    assert whole_words(text) == whole


def test_a_number_is_asked_for_whatever_its_spelling() -> None:
    assert query_for_number("8abc 123", PLATE) == "'p:8ABC123'"
    assert query_for_number(" - ", PLATE) == ""


def test_words_are_asked_for_all_together_or_others_instead() -> None:
    assert query_for_words("red TRUCK", "blue van") == "('RED' & 'TRUCK') | ('BLUE' & 'VAN')"
