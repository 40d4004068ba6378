"""The card counts what it says it counts."""

from __future__ import annotations

from datetime import date

from openclets.vocabulary.persons import PersonName
from tests.accuracy.census import CensusPerson
from tests.accuracy.measure import Answered, Tally, false_hits_per_thousand, in_bits, tally
from tests.accuracy.mistakes import KINDS
from tests.accuracy.questions import with_mistake

MARIA = CensusPerson(3, PersonName("GARCIA-LOPEZ", "MARIA", "ELENA"), date(1984, 5, 7), "F", "W", "hispanic")


def test_a_question_whose_record_is_not_found_counts_in_every_share() -> None:
    answers = [
        Answered(1, in_bits(0.99), None),
        Answered(4, in_bits(0.5), in_bits(0.6)),
        Answered(7, in_bits(0.001), None),
        Answered(None, None, in_bits(0.97)),
    ]
    assert tally(answers) == Tally(count=4, first=0.25, among_five=0.5, among_ten=0.75, shown=0.5, likely=0.25)


def test_a_false_hit_is_counted_once_a_question_and_only_from_the_threshold_on() -> None:
    answers = [
        Answered(None, None, 4.0),
        Answered(None, None, 3.9),
        Answered(None, None, None),
        Answered(None, None, 9.0),
    ]
    assert false_hits_per_thousand(answers, from_bits=4.0) == 500.0


def test_a_mistake_leaves_the_record_it_is_after_alone() -> None:
    (asked,) = with_mistake([MARIA], "day and month exchanged", 5, seed=1)
    assert asked.query is not None
    assert (asked.query.name, asked.query.birth_date) == (PersonName("GARCIA-LOPEZ", "MARIA"), date(1984, 7, 5))
    assert (asked.kind, asked.record_id) == ("other", 3)


def test_one_seed_makes_the_same_questions_and_another_makes_others() -> None:
    people = [
        CensusPerson(number, PersonName(surname, given), date(1970, 1, 1 + number), "M", "W", "white")
        for number, (surname, given) in enumerate([("WHITTAKER", "JONATHAN"), ("MCALLISTER", "THEODORE")])
    ]
    for kind in ("one typo", "a typo in each name"):
        assert kind in KINDS
        assert with_mistake(people, kind, 2, seed=4) == with_mistake(people, kind, 2, seed=4)
        assert with_mistake(people, kind, 2, seed=4) != with_mistake(people, kind, 2, seed=5)
