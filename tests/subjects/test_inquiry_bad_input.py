"""What cannot be asked is rejected at its field with what would be accepted; what can is searched within bounds and
with a warning. And a record is found from its own transaction on, not before and not after that fails."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from openclets.agencies.models import User
from openclets.inquiry.ask import ask
from openclets.inquiry.question import question_from
from openclets.orders.bulk import LoadedOrder, load_orders
from openclets.orders.entry import Contact, OrderEntry, RestrainedPerson, Sex, Terms
from openclets.vocabulary.answers import AnswerBody
from openclets.vocabulary.persons import PersonName
from openclets.wire.parse import read_message
from tests.county import COURT, County
from tests.rules.orders_examples import entry

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("fields", "code", "field", "said", "accepted"),
    [
        ("NAM/", "14", "NAM", "is empty", "a person's name"),
        ("NAM/,JOHN", "14", "NAM", "no surname given", "SURNAME,GIVEN MIDDLE"),
        ("NAM/-", "06", "NAM", "a surname without a letter", "SURNAME,GIVEN MIDDLE"),
        (f"NAM/{'A' * 300}", "06", "NAM", "has 300 characters", "1 to 100 characters"),
        (f"NAM/{'A' * 101}", "06", "NAM", "has 101 characters", "1 to 100 characters"),
        ("NAM/\U0001f642", "06", "NAM", "a surname without a letter", "SURNAME,GIVEN MIDDLE"),
        ("NAM/DOE,\U0001f642", "06", "NAM", "cannot stand in a name", "letters, hyphen, apostrophe"),
        ("NAM/DOE,JOHN.AKA/\U0001f642", "06", "AKA", "a surname without a letter", "SURNAME,GIVEN MIDDLE"),
        ("NAM/DOE,JOHN.DOB/19800230", "05", "DOB", "there is no such day", "a real day as CCYYMMDD"),
        ("NAM/DOE,JOHN.DOB/20270101", "05", "DOB", "cannot be a birth date", "not in the future"),
        ("NAM/DOE,JOHN.DOB/18791231", "05", "DOB", "cannot be a birth date", "a real day as CCYYMMDD"),
        ("NAM/DOE,JOHN.DOB/00000000", "05", "DOB", "there is no such day", "a real day as CCYYMMDD"),
        ("NAM/DOE,JOHN.DOB/19800214,19801340", "05", "DOB", "there is no such day", "a real day as CCYYMMDD"),
    ],
    ids=lambda value: value[:24].encode("ascii", "replace").decode() if isinstance(value, str) else None,
)
def test_what_cannot_be_asked_is_rejected_at_its_field_with_what_would_be_accepted(
    fields: str, code: str, field: str, said: str, accepted: str
) -> None:
    reading = read_message(f"QW.CA0990100.{fields}", today=TODAY)
    assert reading.message is None
    (fault,) = reading.faults
    assert (fault.code, fault.field) == (code, field)
    assert said in fault.text
    assert accepted in fault.accepted


@pytest.mark.parametrize(
    ("fields", "warned"),
    [
        ("NAM/D,J", ["No birth date was given", "No full given name was given", "Only an initial was given as the"]),
        ("NAM/D", ["No birth date was given", "No full given name was given", "Only an initial was given as the"]),
        ("NAM/DOE,J.DOB/19800214", ["No full given name was given"]),
        ("NAM/A B C D E F G,JOHN.DOB/19800214", ["Only the first 5 words of the surname"]),
        (f"NAM/{'A' * 100}.DOB/19800214", ["No full given name was given"]),
        ("NAM/DOE,JOHN.DOB/19800214.SOC/111111111", ["A number that stands for nobody"]),
        ("NAM/DOE,JOHN.DOB/19800214.SOC/111111111.RUL/S", ["STRICT ANSWER", "A number that stands for nobody"]),
        ("NAM/DOE,JOHN.RUL/S", ["STRICT ANSWER", "The national rule needs a name and a birth date"]),
        (
            "NAM/AAB,C.AKA/AAD,E.AKA/AAF,G.DOB/19800214,19800215,19800216,19800217",
            ["No full given name was given", "Only the first 10 names with birth dates were asked; 2 were left out."],
        ),
    ],
)
def test_what_is_asked_badly_is_answered_with_a_warning(
    county: County, rolled_back: None, fields: str, warned: list[str]
) -> None:
    notes = _answer(county, f"QW.CA0990100.{fields}").notes
    for beginning in warned:
        assert any(note.startswith(beginning) for note in notes), (beginning, notes)


def test_a_record_is_found_in_its_own_transaction_and_by_nobody_when_that_fails(
    county: County, rolled_back: None
) -> None:
    line = "QW.CA0990100.NAM/OWNTRANSACTION,ORSON.DOB/19800214"
    with transaction.atomic():
        _load(county, _entered("OWNTRANSACTION"))
        assert len(_answer(county, line).hits) == 1
        transaction.set_rollback(True)
    assert _answer(county, line).hits == ()
    _load(county, _entered("OWNTRANSACTION"))
    assert len(_answer(county, line).hits) == 1


def _entered(surname: str) -> OrderEntry:
    return replace(
        entry("OAH", date(2026, 11, 2), terms=Terms(contact=Contact.NO_CONTACT)),
        restrained=RestrainedPerson(PersonName(surname, "ORSON"), Sex.MALE, "W", date(1980, 2, 14)),
    )


def _load(county: County, order: OrderEntry) -> None:
    user = User.objects.get(user_name="brandt").pk
    load_orders([LoadedOrder(order, county.now - timedelta(hours=1), COURT, user)])


def _answer(county: County, line: str) -> AnswerBody:
    message = read_message(line, today=TODAY).message
    assert message is not None
    return ask(actor=county.actor("chen"), now=county.now, question=question_from(message, now=county.now)).body
