"""What is doubtful about an order, and what stops it. `today` is 2 March 2026, the day of issue, where not said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from openclets.orders.catalogue import ORDER_TYPES, order_type
from openclets.orders.entry import Contact, OrderEntry, ProtectedPerson, RestrainedPerson, Sex, StayAway, Terms
from openclets.orders.rules.court_days import holidays_after
from openclets.orders.rules.doubts import doubts_about, stops_filing
from openclets.vocabulary.persons import PersonName
from tests.rules.orders_examples import PIP, RESTRAINED, WILLA, entry

TODAY = date(2026, 3, 2)
TERMS = entry().terms
HEARING = {"hearing_on": date(2026, 3, 20)}


def fields_doubted(entered: OrderEntry, today: date = TODAY) -> list[str]:
    doubts = doubts_about(entered, today=today, holidays=holidays_after(entered.issued_on))
    assert all(doubt.text and doubt.source for doubt in doubts)
    return [doubt.field for doubt in doubts]


@pytest.mark.parametrize(
    "entered",
    [
        entry("OAH", expires_on=date(2029, 3, 2)),
        entry("OAH"),
        entry("TRO", **HEARING),
        entry("EPO"),
        entry("OAH", expires_on=date(2031, 3, 2)),
        # Five years from a leap day end on 1 March.
        entry("OAH", date(2024, 2, 29), expires_on=date(2029, 3, 1)),
        entry("OAH", restrained=replace(RESTRAINED, birth_date=None, age=45)),
        entry("OAH", case_number="BD 123-456/A"),
        # An amended temporary order may carry a hearing that was put off.
        entry("TRO", hearing_on=date(2026, 4, 30), amendment=1),
        entry("EPO", expires_on=date(2026, 3, 9), expires_time=time(17, 0)),
    ],
)
def test_a_sound_order_raises_no_doubt_and_is_not_stopped(entered: OrderEntry) -> None:
    assert fields_doubted(entered) == []
    assert stops_filing(entered) == ()


@pytest.mark.parametrize(
    ("entered", "fields"),
    [
        # Fam. Code 6345: at most five years, unless renewed.
        (entry("OAH", expires_on=date(2031, 3, 3)), ["expires_on"]),
        (entry("OAH", expires_on=date(9999, 12, 31)), ["expires_on"]),
        (entry("OAH", date(2024, 2, 29), expires_on=date(2029, 3, 2)), ["expires_on"]),
        (entry("OAH", expires_on=date(2026, 3, 1)), ["expires_on"]),
        (entry("OAH", expires_time=time(17, 0)), ["expires_time"]),
        # Fam. Code 242: 21 days, 25 for good cause.
        (entry("TRO", hearing_on=date(2026, 3, 23)), []),
        (entry("TRO", hearing_on=date(2026, 3, 24)), ["hearing_on"]),
        (entry("TRO", hearing_on=date(2026, 3, 27)), ["hearing_on"]),
        (entry("TRO", hearing_on=date(2026, 3, 28)), ["hearing_on"]),
        (entry("TRO", hearing_on=date(2026, 3, 1)), ["hearing_on"]),
        (entry("TRO"), ["hearing_on"]),
        # Fam. Code 6256: issued Monday 2 March, the fifth court day is Monday 9 March.
        (entry("EPO", expires_on=date(2026, 3, 10)), ["expires_on"]),
        (entry("EPO", expires_on=date(9999, 12, 31)), ["expires_on"]),
        (entry("OAH", date(2026, 3, 3)), ["issued_on"]),
        (entry("OAH", judge=" "), ["judge"]),
        (entry("OAH", case_number=""), ["case_number"]),
        (entry("OAH", case_number="?"), ["case_number"]),
        (entry("OAH", case_number="IN RE THE MARRIAGE OF X"), ["case_number"]),
        (entry("OAH", court=""), ["court"]),
        (entry("OAH", protected=()), ["protected"]),
        (entry("OAH", protected=(WILLA, ProtectedPerson(RESTRAINED.name))), ["protected.1.name"]),
        (entry("OAH", restrained=replace(RESTRAINED, birth_date=None)), ["restrained.birth_date"]),
        (entry("OAH", restrained=replace(RESTRAINED, birth_date=date(2026, 3, 3))), ["restrained.birth_date"]),
        (entry("OAH", restrained=replace(RESTRAINED, birth_date=date(1870, 1, 1))), ["restrained.birth_date"]),
        (entry("OAH", restrained=replace(RESTRAINED, race="")), ["restrained.race"]),
        (entry("OAH", restrained=replace(RESTRAINED, race="Martian")), ["restrained.race"]),
        (entry("OAH", restrained=replace(RESTRAINED, sex=Sex.UNKNOWN)), ["restrained.sex"]),
        (entry("OAH", restrained=replace(RESTRAINED, height="512")), ["restrained.height"]),
        (entry("OAH", restrained=replace(RESTRAINED, height="611")), []),
        (entry("OAH", restrained=replace(RESTRAINED, weight_pounds=20)), ["restrained.weight_pounds"]),
        # Fam. Code 6389.
        (entry("OAH", terms=replace(TERMS, firearms_prohibited=False)), ["terms.firearms_prohibited"]),
        (entry("OAH", terms=Terms()), ["terms", "terms.firearms_prohibited"]),
        (entry("OAH", terms=replace(TERMS, stay_away=StayAway(None, other="x"))), ["terms.stay_away.yards"]),
        (entry("OAH", terms=replace(TERMS, stay_away=StayAway(0, other="x"))), ["terms.stay_away.yards"]),
        (entry("OAH", terms=replace(TERMS, stay_away=StayAway(10_000, other="x"))), ["terms.stay_away.yards"]),
        (entry("OAH", terms=replace(TERMS, stay_away=StayAway(100))), ["terms.stay_away.places"]),
        (entry("OAH", terms=replace(TERMS, must_move_out=True)), ["terms.move_out_address"]),
        (
            entry("OAH", terms=replace(TERMS, contact=Contact.NOT_STATED, contact_exceptions="visits")),
            ["terms.contact"],
        ),
        (entry("EPO", terms=replace(TERMS, may_record_violations=True)), ["terms.may_record_violations"]),
    ],
)
def test_what_is_doubtful_is_named_at_its_field(entered: OrderEntry, fields: list[str]) -> None:
    assert fields_doubted(entered) == fields


@pytest.mark.parametrize(
    ("entered", "today", "is_doubted"),
    [
        (entry("OAH", expires_on=date(2026, 4, 1)), date(2026, 4, 1), False),
        (entry("OAH", expires_on=date(2026, 4, 1)), date(2026, 4, 2), True),
        (entry("TRO", **HEARING), date(2026, 3, 20), False),
        (entry("TRO", **HEARING), date(2026, 3, 21), True),
        # Ended at 17:00 today: it may have been filed before.
        (entry("EPO"), date(2026, 3, 9), False),
        (entry("EPO"), date(2026, 3, 10), True),
        # The day clocks go forward.
        (entry("OAH", expires_on=date(2026, 3, 7)), date(2026, 3, 8), True),
        (entry("OAH", expires_on=date(2026, 3, 8)), date(2026, 3, 8), False),
    ],
)
def test_an_order_that_had_ended_before_the_day_of_filing_is_doubted(
    entered: OrderEntry, today: date, is_doubted: bool
) -> None:
    assert fields_doubted(entered, today) == (["expires_on"] if is_doubted else [])


def test_every_doubt_is_raised_not_just_the_first() -> None:
    entered = entry(
        "TRO",
        date(2026, 3, 5),
        judge="",
        protected=(),
        hearing_on=None,
        restrained=RestrainedPerson(PersonName("MARLOW")),
        terms=Terms(contact=Contact.NO_CONTACT),
    )
    assert fields_doubted(entered) == [
        "restrained.birth_date",
        "restrained.race",
        "restrained.sex",
        "protected",
        "judge",
        "issued_on",
        "hearing_on",
        "terms.firearms_prohibited",
    ]
    assert stops_filing(entered) == ()


@pytest.mark.parametrize(
    ("entered", "fields"),
    [
        (entry("XYZ"), ["order_type"]),
        (entry(documents=()), ["documents"]),
        (entry(documents=("A" * 64,)), ["documents"]),
        (entry(documents=("a" * 64, "a" * 64)), ["documents"]),
        (entry(documents=tuple(f"{number:064x}" for number in range(21))), ["documents"]),
        (entry(restrained=RestrainedPerson(PersonName(""))), ["restrained.name"]),
        (entry(protected=(WILLA, ProtectedPerson(PersonName(" ")))), ["protected.1.name"]),
        (entry(protected=(WILLA,) * 101), ["protected"]),
        (entry(court="", case_number=" "), ["case_number"]),
        (entry(court="", case_number="26FL00123"), []),
        (entry(court="CA099013J", case_number=""), []),
        (entry(court="CA09901"), ["court"]),
        (entry(county="Sierra Vista"), ["county"]),
        (entry(issued_on=date(1026, 3, 2)), ["issued_on"]),
        (entry(amendment=-1), ["amendment"]),
        (entry(restrained=replace(RESTRAINED, age=900)), ["restrained.age"]),
        (entry(protected=(replace(PIP, age=-1),)), ["protected.0.age"]),
        (entry(case_number="1" * 41), ["case_number"]),
        (entry(judge="x" * 201), ["judge"]),
        (entry(restrained=replace(RESTRAINED, name=PersonName("X" * 101))), ["restrained.name.surname"]),
        (entry(restrained=replace(RESTRAINED, name=PersonName("X", suffix="ESQUIRE III"))), ["restrained.name"]),
        (entry(terms=replace(TERMS, other="line\nline\ttab")), []),
        (entry(terms=replace(TERMS, other="bell\x07")), ["terms.other"]),
        (entry(terms=replace(TERMS, stay_away=StayAway(100, other="\x00"))), ["terms.stay_away.other"]),
        (entry(protected=(replace(WILLA, relationship="\ud800"),)), ["protected.0.relationship"]),
    ],
)
def test_only_what_nobody_could_find_read_or_store_is_stopped(entered: OrderEntry, fields: list[str]) -> None:
    assert [fault.field for fault in stops_filing(entered)] == fields


def test_the_types_of_the_catalogue_are_found_by_their_codes() -> None:
    assert [row.code for row in ORDER_TYPES] == ["EPO", "TRO", "OAH"]
    assert [order_type(code) for code in ("EPO", "TRO", "OAH")] == list(ORDER_TYPES)
    assert order_type("DV-110") is None


def test_every_row_of_the_catalogue_names_real_terms_and_its_law() -> None:
    names = set(Terms.__dataclass_fields__)
    for row in ORDER_TYPES:
        assert row.terms <= names
        assert row.law.source
        assert row.ending.law.source
