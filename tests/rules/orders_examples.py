"""Made-up orders for the tests of the rules: plain values, no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

from openclets.orders.entry import (
    Contact,
    OrderEntry,
    ProtectedPerson,
    RestrainedPerson,
    Sex,
    StayAway,
    StayAwayPlace,
    Terms,
)
from openclets.orders.on_file import OrderOnFile
from openclets.orders.rules.court_days import holidays_after
from openclets.orders.rules.standing import ending_of, starting_of
from openclets.vocabulary.identifiers import Ori, RecordNumber, UserName
from openclets.vocabulary.persons import PersonName

RESTRAINED = RestrainedPerson(
    name=PersonName("MARLOW", "DESMOND"), sex=Sex.MALE, race="W", birth_date=date(1980, 2, 14), height="511"
)
WILLA = ProtectedPerson(PersonName("MARLOW", "WILLA"), Sex.FEMALE, 40, "spouse")
PIP = ProtectedPerson(PersonName("MARLOW", "PIP"), Sex.NONBINARY, 7, "child")
NORA = ProtectedPerson(PersonName("QUINN", "NORA"), Sex.FEMALE, 50, "neighbor")

NO_CONTACT = Terms(contact=Contact.NO_CONTACT, firearms_prohibited=True)
PEACEFUL = Terms(contact=Contact.PEACEFUL, firearms_prohibited=True)


def away(yards: int | None, *places: StayAwayPlace, contact: Contact = Contact.NOT_STATED) -> Terms:
    """Stay away so far from these places, and no firearms."""
    return Terms(contact=contact, stay_away=StayAway(yards, frozenset(places)), firearms_prohibited=True)


def entry(order_type: str = "OAH", issued_on: date = date(2026, 3, 2), **changes: object) -> OrderEntry:
    """An order nobody could doubt, except for what is changed."""
    whole = OrderEntry(
        order_type=order_type,
        case_number="26FL00123",
        court=Ori("CA099013J"),
        county="099",
        restrained=RESTRAINED,
        protected=(WILLA,),
        terms=away(100, StayAwayPlace.PERSON, contact=Contact.NO_CONTACT),
        issued_on=issued_on,
        documents=("a" * 64,),
        judge="Rosa Alvarez",
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def on_file(entered: OrderEntry, number: int = 1, **changes: object) -> OrderOnFile:
    """The entry as filed at noon (UTC) of the day after its issue, not served."""
    end = ending_of(entered, holidays=holidays_after(entered.issued_on))
    whole = OrderOnFile(
        fcn=RecordNumber(f"{number:013d}"),
        version=1,
        entry=entered,
        filed_at=datetime.combine(entered.issued_on, time(12), tzinfo=UTC),
        filed_by_agency=Ori("CA099013J"),
        filed_by_user=UserName("brandt"),
        starts_at=starting_of(entered),
        ends_at=end.at,
        ends_rule=end.rule,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]
