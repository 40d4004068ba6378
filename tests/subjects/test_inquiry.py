"""Asking: what an answer says of the orders it does not show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from openclets.agencies.models import User
from openclets.inquiry.ask import Answer, ask
from openclets.inquiry.question import Question
from openclets.orders.bulk import LoadedOrder, load_orders
from openclets.orders.entry import Contact, OrderEntry, ProtectedPerson, RestrainedPerson, Sex, Terms
from openclets.vocabulary.identifiers import RecordNumber
from openclets.vocabulary.persons import PersonName
from tests.county import COURT, County
from tests.rules.orders_examples import entry

pytestmark = pytest.mark.usefixtures("rolled_back")

BORN = date(1980, 2, 14)


def entered(surname: str, **changes: object) -> OrderEntry:
    """An order of three years against ORSON of that surname, for WILLA of that surname."""
    whole = entry(
        "OAH",
        date(2026, 11, 2),
        terms=Terms(contact=Contact.NO_CONTACT, firearms_prohibited=True),
        restrained=RestrainedPerson(PersonName(surname, "ORSON"), Sex.MALE, "W", BORN),
        protected=(ProtectedPerson(PersonName(surname, "WILLA"), Sex.FEMALE, 41, "spouse"),),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def on_file(now: datetime, *orders: OrderEntry) -> list[RecordNumber]:
    user = User.objects.get(user_name="brandt").pk
    return load_orders([LoadedOrder(order, now - timedelta(hours=1), COURT, user) for order in orders])


def asked(county: County, key: str, surname: str = "", *, number: str = "", born: date | None = BORN) -> Answer:
    name = PersonName(surname, "ORSON") if surname else None
    question = Question(key, f"{key}.CA0990100", name=name, birth_date=born if name else None, record_number=number)
    return ask(actor=county.actor("chen"), now=county.now, question=question)


def test_orders_that_have_ended_are_counted_where_they_are_not_shown(county: County) -> None:
    ended = entered("COUNTWELL", issued_on=date(2023, 11, 2), expires_on=date(2026, 11, 20))
    on_file(county.now, ended, replace(ended, case_number="26FL00124"))
    for key, hits, notes in (
        ("QW", 0, ("2 orders that have ended are not shown: QPO shows what they said.",)),
        ("QPO", 2, ()),
    ):
        body = asked(county, key, "COUNTWELL").body
        assert (len(body.hits), body.notes) == (hits, notes)


def test_an_order_asked_for_by_number_says_that_no_other_was_looked_up(county: County) -> None:
    (number,) = on_file(county.now, entered("BYNUMBER"))
    assert asked(county, "QPO", number=number).body.notes == (
        "Only the order of this number was looked up: another may control or add to it. Ask with NAM for all of them.",
    )
    assert asked(county, "QPO", number="0990000000000").body.notes == ()


def test_a_birth_date_that_is_not_the_persons_hides_nobody_silently(county: County) -> None:
    on_file(county.now, entered("LIEDABOUT"))
    hidden = asked(county, "QW", "LIEDABOUT", born=date(1991, 7, 3)).body
    assert (hidden.hits, hidden.notes) == (
        (),
        ("On file under this very name with another birth date, not shown: 1. Ask without the birth date to see.",),
    )
    assert [hit.verdict for hit in asked(county, "QW", "LIEDABOUT", born=None).body.hits] == ["possible"]
    assert asked(county, "QW", "LIEDABOUT").body.notes == ()
