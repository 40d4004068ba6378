"""Priority of enforcement, case by case, derived by hand from the statutes and the back pages of DV-110 and DV-130.

Ranks: an emergency order that restrains more; a no-contact order; the criminal order issued last; the civil order
issued last. What the lower order says on other subjects stays in force. The catalogue has no criminal type yet, so a
criminal order stands in as a row of the test's own.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from openclets.orders import catalogue
from openclets.orders.catalogue import Ending, EndRule, Family, Law
from openclets.orders.entry import Contact, RestrainedPerson, StayAway, StayAwayPlace, Terms
from openclets.orders.on_file import OrderOnFile
from openclets.orders.rules.priority import controlling, is_same_restrained_person, parts_of, stricter_terms
from openclets.vocabulary.persons import PersonName
from tests.rules.orders_examples import NO_CONTACT, NORA, PEACEFUL, PIP, RESTRAINED, WILLA, away, entry, on_file

PERSON, HOME, WORK = StayAwayPlace.PERSON, StayAwayPlace.HOME, StayAwayPlace.WORK
SILENT = Terms(no_abuse=True)

CRIMINAL = replace(
    catalogue.ORDER_TYPES[2],
    code="CPO",
    name="Criminal protective order",
    forms=("CR-160",),
    family=Family.CRIMINAL,
    ending=Ending(EndRule.UNTIL_ENDED, Law("Pen. Code 136.2")),
)


@pytest.fixture(autouse=True)
def criminal_orders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(catalogue._BY_CODE, "CPO", CRIMINAL)


def order(number: int, kind: str, issued: date, terms: Terms, **changes: object) -> OrderOnFile:
    return on_file(entry(kind, issued, terms=terms, **changes), number)


JAN, FEB, MAR = date(2026, 1, 5), date(2026, 2, 2), date(2026, 3, 2)
EMERGENCY, NO_CONTACT_RANK, CRIMINAL_RANK, LAST, ONLY = (
    "emergency protective order",
    "no-contact order",
    "criminal protective order",
    "all civil orders",
    "the only order",
)

Given = tuple[str, date, Terms]


@pytest.mark.parametrize(
    ("given", "controls", "reason"),
    [
        # One order.
        ([("OAH", JAN, NO_CONTACT)], 1, ONLY),
        ([("EPO", JAN, PEACEFUL)], 1, ONLY),
        # Rank 4: all civil, the one issued last, in whatever order they are given.
        ([("OAH", JAN, PEACEFUL), ("OAH", FEB, PEACEFUL)], 2, LAST),
        ([("OAH", FEB, PEACEFUL), ("OAH", JAN, PEACEFUL)], 1, LAST),
        ([("OAH", JAN, away(300, HOME)), ("TRO", FEB, away(50, HOME))], 2, LAST),
        ([("TRO", JAN, PEACEFUL), ("OAH", FEB, PEACEFUL), ("OAH", MAR, SILENT)], 3, LAST),
        # Rank 3: civil and criminal, the criminal one, also when it is older or milder.
        ([("OAH", MAR, PEACEFUL), ("CPO", JAN, PEACEFUL)], 2, CRIMINAL_RANK),
        ([("CPO", JAN, SILENT), ("OAH", MAR, away(300, HOME))], 1, CRIMINAL_RANK),
        ([("CPO", JAN, PEACEFUL), ("CPO", FEB, PEACEFUL)], 2, CRIMINAL_RANK),
        ([("CPO", FEB, PEACEFUL), ("CPO", JAN, PEACEFUL), ("OAH", MAR, PEACEFUL)], 1, CRIMINAL_RANK),
        # Rank 2: a no-contact order goes before a later one and before a criminal one that allows peaceful contact.
        ([("OAH", JAN, NO_CONTACT), ("OAH", MAR, PEACEFUL)], 1, NO_CONTACT_RANK),
        ([("OAH", JAN, NO_CONTACT), ("CPO", MAR, PEACEFUL)], 1, NO_CONTACT_RANK),
        ([("TRO", MAR, NO_CONTACT), ("CPO", JAN, PEACEFUL), ("OAH", FEB, PEACEFUL)], 1, NO_CONTACT_RANK),
        ([("CPO", JAN, NO_CONTACT), ("OAH", MAR, PEACEFUL)], 1, NO_CONTACT_RANK),
        # Several no-contact orders: a criminal one, then the last.
        ([("OAH", JAN, NO_CONTACT), ("OAH", FEB, NO_CONTACT)], 2, "several no-contact orders"),
        ([("CPO", JAN, NO_CONTACT), ("OAH", FEB, NO_CONTACT)], 1, "several no-contact orders"),
        ([("CPO", JAN, NO_CONTACT), ("CPO", FEB, NO_CONTACT), ("OAH", MAR, NO_CONTACT)], 2, "several no-contact"),
        # Rank 1: an emergency order that restrains more than another one, even if older.
        ([("EPO", FEB, NO_CONTACT), ("OAH", JAN, PEACEFUL)], 1, EMERGENCY),
        ([("EPO", JAN, NO_CONTACT), ("OAH", FEB, PEACEFUL)], 1, EMERGENCY),
        ([("EPO", FEB, NO_CONTACT), ("CPO", MAR, PEACEFUL)], 1, EMERGENCY),
        ([("EPO", FEB, away(200, HOME)), ("OAH", JAN, away(100, HOME))], 1, EMERGENCY),
        ([("EPO", FEB, away(100, HOME)), ("CPO", JAN, NO_CONTACT)], 1, EMERGENCY),
        ([("EPO", FEB, replace(PEACEFUL, must_move_out=True)), ("OAH", JAN, PEACEFUL)], 1, EMERGENCY),
        ([("EPO", FEB, PEACEFUL), ("OAH", JAN, Terms(contact=Contact.PEACEFUL))], 1, EMERGENCY),
        ([("EPO", JAN, NO_CONTACT), ("EPO", FEB, NO_CONTACT), ("OAH", MAR, PEACEFUL)], 2, EMERGENCY),
        # An emergency order that restrains no more falls through to the other ranks.
        ([("EPO", FEB, PEACEFUL), ("OAH", JAN, NO_CONTACT)], 2, NO_CONTACT_RANK),
        ([("EPO", FEB, NO_CONTACT), ("OAH", JAN, NO_CONTACT)], 1, "several no-contact orders"),
        ([("EPO", FEB, PEACEFUL), ("CPO", JAN, PEACEFUL)], 2, CRIMINAL_RANK),
        ([("EPO", FEB, PEACEFUL), ("OAH", JAN, PEACEFUL)], 1, LAST),
        ([("EPO", JAN, PEACEFUL), ("OAH", FEB, PEACEFUL)], 2, LAST),
        ([("EPO", FEB, away(50, HOME)), ("OAH", JAN, away(100, HOME))], 1, LAST),
    ],
)
def test_which_order_controls(given: list[Given], controls: int, reason: str) -> None:
    orders = [order(number, *one) for number, one in enumerate(given, 1)]
    (ruling,) = controlling(orders)
    assert ruling.controlling == f"{controls:013d}"
    assert ruling.reason.startswith(reason)
    assert ruling.people == (WILLA.name,)
    assert len(ruling.surviving) == len(given) - 1


def surviving_of(orders: list[OrderOnFile], number: int) -> list[str]:
    (ruling,) = controlling(orders)
    return next([part.text for part in one.parts] for one in ruling.surviving if one.fcn == f"{number:013d}")


def test_what_a_lower_order_says_on_other_subjects_stays_in_force() -> None:
    earlier = order(
        1, "OAH", JAN, replace(away(100, HOME, contact=Contact.PEACEFUL), must_move_out=True, animals="a dog, Rex")
    )
    later = order(2, "OAH", FEB, replace(away(50, HOME), may_record_violations=True))
    assert surviving_of([earlier, later], 1) == ["peaceful contact only", "must move out", "animals: a dog, Rex"]


def test_of_two_distances_from_one_place_the_controlling_orders_counts_and_the_question_is_named() -> None:
    orders = [order(1, "OAH", JAN, away(300, HOME, WORK)), order(2, "OAH", FEB, away(100, HOME))]
    (ruling,) = controlling(orders)
    assert ruling.controlling == "0000000000002"
    assert surviving_of(orders, 1) == ["stay 300 yards away from the protected person's work"]
    assert ruling.uncertain == ("'conflicting terms' is not defined by the sources",)


def test_an_emergency_order_with_precedence_wins_only_where_it_restrains_more() -> None:
    emergency = order(1, "EPO", FEB, away(50, HOME, contact=Contact.NO_CONTACT))
    after_hearing = order(2, "OAH", JAN, away(100, HOME, contact=Contact.PEACEFUL))
    assert surviving_of([emergency, after_hearing], 2) == ["stay 100 yards away from the protected person's home"]


def test_staying_away_survives_also_where_the_order_does_not_say_from_what() -> None:
    orders = [order(1, "OAH", JAN, away(100)), order(2, "OAH", FEB, NO_CONTACT)]
    assert surviving_of(orders, 1) == ["stay 100 yards away from what the order does not name"]
    assert surviving_of([order(1, "OAH", JAN, away(None)), orders[1]], 1) == [
        "stay away (distance not readable) from what the order does not name"
    ]


def test_under_a_no_contact_order_peaceful_contact_does_not_survive() -> None:
    orders = [order(1, "OAH", JAN, NO_CONTACT), order(2, "CPO", FEB, away(100, PERSON, contact=Contact.PEACEFUL))]
    assert surviving_of(orders, 2) == ["stay 100 yards away from the protected person"]


def test_identical_orders_conflict_on_nothing() -> None:
    orders = [order(1, "OAH", JAN, PEACEFUL), order(2, "OAH", FEB, PEACEFUL)]
    (ruling,) = controlling(orders)
    assert surviving_of(orders, 1) == []
    assert ruling.uncertain == ()


def test_orders_for_different_people_do_not_compete() -> None:
    wife = order(1, "OAH", JAN, PEACEFUL, protected=(WILLA,))
    neighbor = order(2, "OAH", FEB, NO_CONTACT, protected=(NORA,))
    rulings = controlling([wife, neighbor])
    assert [(ruling.people, ruling.controlling) for ruling in rulings] == [
        ((WILLA.name,), "0000000000001"),
        ((NORA.name,), "0000000000002"),
    ]


def test_each_protected_person_has_the_ruling_of_the_orders_that_protect_them() -> None:
    family = order(1, "OAH", JAN, PEACEFUL, protected=(WILLA, PIP))
    wife_only = order(2, "OAH", FEB, PEACEFUL, protected=(WILLA,))
    rulings = controlling([family, wife_only])
    assert [(ruling.people, ruling.controlling, len(ruling.orders)) for ruling in rulings] == [
        ((WILLA.name,), "0000000000002", 2),
        ((PIP.name,), "0000000000001", 1),
    ]


def test_an_emergency_order_that_adds_a_protected_child_restrains_more() -> None:
    emergency = order(1, "EPO", JAN, PEACEFUL, protected=(WILLA, PIP))
    after_hearing = order(2, "OAH", FEB, PEACEFUL, protected=(WILLA,))
    rulings = controlling([emergency, after_hearing])
    assert [(ruling.people, ruling.controlling) for ruling in rulings] == [
        ((WILLA.name,), "0000000000001"),
        ((PIP.name,), "0000000000001"),
    ]


def test_a_person_named_with_and_without_middle_name_or_accent_is_one_person() -> None:
    named = replace(WILLA, name=PersonName("MARLÓW", "WILLA", "JUNE"))
    orders = [order(1, "OAH", JAN, PEACEFUL), order(2, "OAH", FEB, PEACEFUL, protected=(named,))]
    (ruling,) = controlling(orders)
    assert ruling.controlling == "0000000000002"


def test_an_order_that_names_nobody_has_a_ruling_of_its_own() -> None:
    orders = [order(1, "OAH", JAN, PEACEFUL, protected=()), order(2, "OAH", FEB, PEACEFUL)]
    assert [(ruling.people, ruling.controlling) for ruling in controlling(orders)] == [
        ((WILLA.name,), "0000000000002"),
        ((), "0000000000001"),
    ]


@pytest.mark.parametrize(
    ("times", "filed_hours", "controls", "is_settled"),
    [
        ((time(9), time(15)), (1, 0), 2, True),
        ((time(15), time(9)), (0, 1), 1, True),
        ((time(15), None), (0, 1), 2, False),
        ((None, None), (1, 0), 1, False),
        ((time(9), time(9)), (0, 1), 2, False),
    ],
)
def test_of_two_orders_of_one_day_the_later_time_decides_else_the_filing_and_that_is_said(
    times: tuple[time | None, time | None], filed_hours: tuple[int, int], controls: int, is_settled: bool
) -> None:
    orders = [
        replace(
            order(number, "OAH", JAN, PEACEFUL, issued_time=issued),
            filed_at=datetime(2026, 1, 6, hour, tzinfo=UTC),
        )
        for number, (issued, hour) in enumerate(zip(times, filed_hours, strict=True), 1)
    ]
    (ruling,) = controlling(orders)
    assert ruling.controlling == f"{controls:013d}"
    assert (ruling.uncertain == ()) is is_settled


@pytest.mark.parametrize(
    ("first", "second", "stricter"),
    [
        (NO_CONTACT, PEACEFUL, ("contact",)),
        (PEACEFUL, NO_CONTACT, ()),
        (PEACEFUL, Terms(firearms_prohibited=True), ("contact",)),
        (NO_CONTACT, replace(NO_CONTACT, contact_exceptions="visits"), ("contact",)),
        (replace(NO_CONTACT, contact_exceptions="visits"), PEACEFUL, ("contact",)),
        (away(100, HOME), away(50, HOME), ("stay_away.home",)),
        (away(100, HOME), away(100, HOME), ()),
        (away(100, HOME, WORK), away(200, HOME), ("stay_away.work",)),
        (away(100, HOME), away(None, HOME), ()),
        (away(None, HOME), away(100, HOME), ()),
        (NO_CONTACT, Terms(contact=Contact.NO_CONTACT), ("firearms",)),
        (replace(PEACEFUL, must_move_out=True), PEACEFUL, ("move_out",)),
        (replace(PEACEFUL, body_armor_prohibited=True), PEACEFUL, ("body_armor",)),
        (replace(PEACEFUL, no_abuse=True), PEACEFUL, ("no_abuse",)),
        # A permission and free text restrain nobody more.
        (replace(PEACEFUL, may_record_violations=True, animals="Rex", other="x", custody_ordered=True), PEACEFUL, ()),
        (replace(PEACEFUL, stay_away=StayAway(100, other="the gym")), PEACEFUL, ()),
    ],
)
def test_more_restrictive_is_compared_term_by_term(first: Terms, second: Terms, stricter: tuple[str, ...]) -> None:
    assert stricter_terms(entry(terms=first), entry(terms=second)) == stricter


def test_silence_has_no_part() -> None:
    assert parts_of(Terms()) == ()


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (RESTRAINED, True),
        # A twin, a son: another given name is another person, whatever else agrees.
        (replace(RESTRAINED, name=PersonName("MARLOW", "DES")), False),
        (replace(RESTRAINED, birth_date=None), True),
        (replace(RESTRAINED, name=PersonName("MARLOW", "DES"), birth_date=None), False),
        (replace(RESTRAINED, birth_date=date(1981, 2, 14)), False),
        (replace(RESTRAINED, name=PersonName("MARLOWE", "DESMOND")), False),
    ],
)
def test_when_two_orders_restrain_one_person(other: RestrainedPerson, is_same: bool) -> None:
    assert is_same_restrained_person(entry(), entry(restrained=other)) is is_same
