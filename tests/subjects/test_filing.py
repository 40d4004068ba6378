"""Filing orders with the real database: filed is answerable, doubtful is filed and flagged, stopped leaves nothing."""

from __future__ import annotations

import hashlib
import itertools
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection, connections, transaction
from django.test import override_settings

from openclets.agencies.actor import Actor
from openclets.agencies.models import Affiliation, Agency, Device, User
from openclets.agencies.permissions import Duty
from openclets.journal.models import Body, Entry
from openclets.orders.bulk import LoadedOrder, load_orders
from openclets.orders.catalogue import Policy
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
from openclets.orders.filing import file_order, order_for_court, orders_filed
from openclets.orders.images import store_described
from openclets.orders.lookup import order_by_number, orders_about, orders_by_number
from openclets.orders.models import Order, OrderVersion
from openclets.orders.on_file import ServiceManner
from openclets.orders.rules.standing import Status
from openclets.people.search import PersonQuery, search
from openclets.vocabulary.errors import Refused, Rejected
from openclets.vocabulary.identifiers import Mnemonic, Ori, RecordNumber, UserName
from openclets.vocabulary.persons import PersonName
from tests.county import COURT, County, subscriber_agreement

_numbers = itertools.count(1)

TERMS = Terms(
    no_abuse=True,
    contact=Contact.NO_CONTACT,
    contact_exceptions="brief and peaceful contact about the children",
    stay_away=StayAway(100, frozenset({StayAwayPlace.PERSON, StayAwayPlace.HOME}), other="the climbing gym"),
    must_move_out=True,
    move_out_address="12 Quarry Road, Alder Falls",
    firearms_prohibited=True,
    custody_ordered=True,
)


def order(surname: str, **changes: object) -> OrderEntry:
    """A complete order after hearing nobody could doubt, with a case number and a signed document of its own."""
    number = next(_numbers)
    whole = OrderEntry(
        order_type="OAH",
        case_number=f"26FL{number:05d}",
        court=COURT,
        county="099",
        restrained=RestrainedPerson(
            name=PersonName(surname, "ORSON", "LEE"),
            sex=Sex.MALE,
            race="W",
            birth_date=date(1984, 5, 17),
            height="511",
            weight_pounds=180,
            hair="BRO",
            eyes="GRN",
            address="somewhere else",
            relationship="former spouse",
        ),
        protected=(
            ProtectedPerson(PersonName(surname, "WILLA"), Sex.FEMALE, 39, "former spouse"),
            ProtectedPerson(PersonName(surname, "PIP"), Sex.NONBINARY, 7, "child"),
        ),
        terms=TERMS,
        issued_on=date(2026, 11, 20),
        documents=(store_described(f"%PDF-1.4 signed order {surname} {number}".encode(), "application/pdf", 1),),
        judge="Rosa Alvarez",
        expires_on=date(2029, 11, 20),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def entries_since(number: int, kind: str) -> list[Entry]:
    return list(Entry.objects.filter(number__gt=number, kind=kind).order_by("number"))


def last_entry() -> int:
    last = Entry.objects.order_by("-number").first()
    return last.number if last else 0


def test_an_order_filed_is_found_by_the_next_question_with_everything_that_was_entered(county: County) -> None:
    entry = order("QUILLFEATHER")
    filed = file_order(actor=county.actor("brandt"), now=county.now, entry=entry)
    assert filed.doubts == ()
    assert filed.standing.status is Status.IN_FORCE_UNSERVED
    result = search(PersonQuery(PersonName("QUILLFEATHER", "ORSON"), date(1984, 5, 17)), kinds=("order",))
    (found,) = [
        one for one in orders_about(result.candidates, at=county.now, include_inactive=False) if one.is_about_restrained
    ]
    assert found.order.fcn == filed.fcn
    assert found.order.entry == entry
    assert found.standing.status is Status.IN_FORCE_UNSERVED
    assert found.order.court_name == "Superior Court of Sierra Vista County"
    assert found.order.filer_telephone == "555-0113"
    assert found.order.filed_by_user == "brandt"


def test_a_protected_person_is_found_as_protected(county: County) -> None:
    filed = file_order(actor=county.actor("brandt"), now=county.now, entry=order("VANTERPOOL"))
    result = search(PersonQuery(PersonName("VANTERPOOL", "WILLA")), kinds=("order",), roles=("protected",))
    found = orders_about(result.candidates, at=county.now, include_inactive=False)
    assert [(one.order.fcn, one.is_about_restrained) for one in found] == [(filed.fcn, False)]


def test_the_number_of_an_order_is_agency_year_day_of_year_and_sequence(county: County) -> None:
    # 2026-11-22 is the 326th day; the court is the first and only agency that files in these tests.
    first = file_order(actor=county.actor("brandt"), now=county.now, entry=order("FCNONE")).fcn
    second = file_order(actor=county.actor("brandt"), now=county.now, entry=order("FCNTWO")).fcn
    assert len(first) == 13
    assert first[3:8] == "26326"
    assert first[:3] == second[:3]
    assert int(second) == int(first) + 1


def test_the_day_in_the_number_is_the_day_in_california(county: County) -> None:
    # 2026-12-31 23:30 in California is already 2027 in UTC.
    late = datetime(2027, 1, 1, 7, 30, tzinfo=UTC)
    assert file_order(actor=county.actor("brandt"), now=late, entry=order("FCNYEAR")).fcn[3:8] == "26365"


def test_filing_leaves_one_journal_entry_with_the_number_and_the_hash_of_the_signed_order(county: County) -> None:
    before = last_entry()
    entry = order("JOURNALLED")
    filed = file_order(actor=county.actor("brandt"), now=county.now, entry=entry)
    (only,) = Entry.objects.filter(number__gt=before)
    assert (only.kind, only.outcome, only.user_name, only.records) == ("order filed", "done", "brandt", [filed.fcn])
    assert only.number == filed.receipt.number
    body = Body.objects.get(pk=only.number)
    assert entry.documents[0] in body.answered
    assert entry.documents[0] in body.asked
    assert body.personal["case_number"] == entry.case_number
    assert body.personal["subject_name"] == "JOURNALLED,ORSON LEE"


@pytest.mark.parametrize(
    ("policy", "ends_at"),
    [
        # The fifth court day is the 14th: at half past four in California.
        (Policy(close_of_business=time(16, 30)), datetime(2026, 12, 15, 0, 30, tzinfo=UTC)),
        # With the 11th a holiday it is the 15th: the end of the seventh calendar day, the 14th, comes before.
        (
            Policy(close_of_business=time(16, 30), court_holidays=frozenset({date(2026, 12, 11)})),
            datetime(2026, 12, 15, 8, 0, tzinfo=UTC),
        ),
    ],
)
def test_an_emergency_order_ends_by_the_hour_and_the_holidays_that_the_node_has_set(
    county: County, policy: Policy, ends_at: datetime
) -> None:
    emergency = order("NODEPOLICY", order_type="EPO", issued_on=date(2026, 12, 7), expires_on=None)
    with override_settings(ORDERS_POLICY=policy):
        filed = file_order(actor=county.actor("brandt"), now=datetime(2026, 12, 7, 20, tzinfo=UTC), entry=emergency)
    assert orders_by_number([int(filed.fcn)])[0].ends_at == ends_at


def test_a_doubtful_order_is_filed_answerable_and_flagged(county: County) -> None:
    entry = order("DUBIOUS", expires_on=date(2026, 11, 1))
    filed = file_order(actor=county.actor("brandt"), now=county.now, entry=entry)
    assert [(doubt.field, doubt.text) for doubt in filed.doubts] == [
        ("expires_on", "the order ends before it was issued")
    ]
    found = order_by_number(filed.fcn, at=county.now)
    assert found is not None
    assert found.standing.status is Status.IN_FORCE_UNSERVED
    assert found.order.doubts == filed.doubts
    # Three years from issue (Fam. Code 6345), to the end of that day in California.
    assert found.order.ends_at == datetime(2029, 11, 21, 8, 0, tzinfo=UTC)


def test_an_order_made_in_the_restrained_persons_presence_is_served(county: County) -> None:
    filed = file_order(actor=county.actor("brandt"), now=county.now, entry=order("PRESENT", served_in_court=True))
    assert filed.standing.status is Status.IN_FORCE_SERVED
    found = order_by_number(filed.fcn, at=county.now)
    assert found is not None
    assert [service.manner for service in found.order.services] == [ServiceManner.IN_COURT]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"order_type": "NONE"}, ["order_type"]),
        ({"documents": ()}, ["documents"]),
        ({"documents": ("f" * 64,)}, ["documents.0"]),
        ({"restrained": RestrainedPerson(PersonName(" "))}, ["restrained.name"]),
        ({"court": Ori(""), "case_number": ""}, ["case_number"]),
        ({"court": Ori("nowhere")}, ["court"]),
        ({"county": "99"}, ["county"]),
        ({"judge": "Rosa\x00Alvarez", "order_type": "NONE"}, ["order_type", "judge"]),
        ({"judge": "Rosa \ud800"}, ["judge"]),
        ({"firearms_known": "x" * 4001}, ["firearms_known"]),
        ({"issued_on": date(9999, 12, 31)}, ["issued_on"]),
        ({"terms": replace(TERMS, stay_away=StayAway(10**9))}, ["terms.stay_away.yards"]),
    ],
)
def test_an_order_nobody_could_find_or_read_is_rejected_at_its_fields_and_leaves_nothing(
    county: County, changes: dict[str, object], fields: list[str]
) -> None:
    before = (Order.objects.count(), OrderVersion.objects.count(), last_entry())
    with pytest.raises(Rejected) as rejected:
        file_order(actor=county.actor("brandt"), now=county.now, entry=order("STOPPED", **changes))
    assert [fault.field for fault in rejected.value.faults] == fields
    assert (Order.objects.count(), OrderVersion.objects.count()) == before[:2]
    assert not search(PersonQuery(PersonName("STOPPED", "ORSON"), date(1984, 5, 17)), kinds=("order",)).candidates
    (entry,) = Entry.objects.filter(number__gt=before[2])
    assert (entry.kind, entry.outcome, entry.records) == ("order filed", "rejected", [])
    assert rejected.value.receipt.startswith(f"{entry.number:012d}.")


@pytest.mark.parametrize("user", ["chen", "dorn", "eze", "alvarez", "gupta"])
def test_only_a_clerk_files_and_the_refusal_is_journalled(county: County, user: str) -> None:
    before = (Order.objects.count(), last_entry())
    with pytest.raises(Refused):
        file_order(actor=county.actor(user), now=county.now, entry=order("REFUSED"))
    assert Order.objects.count() == before[0]
    (entry,) = Entry.objects.filter(number__gt=before[1])
    assert (entry.kind, entry.outcome, entry.user_name) == ("order filed", "refused", user)


def test_a_clerk_does_not_file_for_another_county(county: County) -> None:
    with pytest.raises(Refused) as refused:
        file_order(actor=county.actor("brandt"), now=county.now, entry=order("ELSEWHERE", county="019"))
    assert refused.value.missing == "the order is of county 019, the agency of county 099"


def test_an_order_of_a_court_unknown_here_is_filed_with_a_doubt(county: County) -> None:
    entry = order("UNKNOWNCOURT", court=Ori("CA099099J"))
    filed = file_order(actor=county.actor("brandt"), now=county.now, entry=entry)
    assert [doubt.field for doubt in filed.doubts] == ["court"]


def test_the_same_signed_document_is_not_filed_twice(county: County) -> None:
    entry = order("TWICE")
    first = file_order(actor=county.actor("brandt"), now=county.now, entry=entry)
    with pytest.raises(Rejected) as rejected:
        file_order(actor=county.actor("brandt"), now=county.now, entry=entry)
    assert [(fault.field, fault.text) for fault in rejected.value.faults] == [
        ("documents", f"this signed order is on file as FCN {first.fcn}")
    ]


def test_a_second_order_of_the_same_case_and_person_is_filed_and_says_which_is_there(county: County) -> None:
    first = order("SECONDPAPER")
    filed = file_order(actor=county.actor("brandt"), now=county.now, entry=first)
    again = order("SECONDPAPER", case_number=first.case_number.lower())
    second = file_order(actor=county.actor("brandt"), now=county.now, entry=again)
    assert [doubt.text for doubt in second.doubts] == [f"already on file as FCN {filed.fcn}"]
    found = order_by_number(filed.fcn, at=county.now)
    assert found is not None
    assert found.standing.status is Status.IN_FORCE_UNSERVED


def test_an_order_of_the_same_case_that_has_run_out_raises_no_doubt_about_the_next(county: County) -> None:
    first = order("RENEWAL", issued_on=date(2023, 11, 20), expires_on=date(2026, 11, 20))
    file_order(actor=county.actor("brandt"), now=county.now, entry=first)
    renewed = order("RENEWAL", case_number=first.case_number)
    assert file_order(actor=county.actor("brandt"), now=county.now, entry=renewed).doubts == ()


def test_a_signed_document_already_on_file_for_another_person_is_filed_with_a_doubt(county: County) -> None:
    first = order("MIXEDUPONE")
    filed = file_order(actor=county.actor("brandt"), now=county.now, entry=first)
    second = file_order(
        actor=county.actor("brandt"), now=county.now, entry=order("MIXEDUPTWO", documents=first.documents)
    )
    assert [doubt.text for doubt in second.doubts] == [
        f"the same document is on file for another person, FCN {filed.fcn}"
    ]


def test_an_earlier_version_filed_after_a_later_one_is_filed_with_a_doubt_and_ends_nothing(county: County) -> None:
    later = order("OUTOFORDER", amendment=2)
    filed = file_order(actor=county.actor("brandt"), now=county.now, entry=later)
    first = file_order(
        actor=county.actor("brandt"), now=county.now, entry=order("OUTOFORDER", case_number=later.case_number)
    )
    assert [doubt.text for doubt in first.doubts] == [f"a later version is on file as FCN {filed.fcn}, amendment 2"]
    assert first.superseded == ()
    assert first.standing.status is Status.IN_FORCE_UNSERVED


def test_an_amended_order_takes_the_place_of_the_one_it_amends(county: County) -> None:
    first = order("AMENDED")
    filed = file_order(actor=county.actor("brandt"), now=county.now, entry=first)
    later = county.now + timedelta(hours=1)
    amended = order("AMENDED", case_number=first.case_number, amendment=1)
    second = file_order(actor=county.actor("brandt"), now=later, entry=amended)
    assert second.superseded == (filed.fcn,)
    assert second.doubts == ()
    before, after = order_by_number(filed.fcn, at=county.now), order_by_number(filed.fcn, at=later)
    assert before is not None
    assert after is not None
    assert before.standing.status is Status.IN_FORCE_UNSERVED
    assert after.standing.status is Status.SUPERSEDED
    assert after.standing.reason == f"superseded by order {second.fcn}"


def test_an_amendment_that_takes_effect_later_leaves_the_order_it_amends_in_force_until_then(county: County) -> None:
    first = order("AMENDEDLATER")
    filed = file_order(actor=county.actor("brandt"), now=county.now, entry=first)
    amended = order("AMENDEDLATER", case_number=first.case_number, amendment=1, issued_on=date(2026, 11, 25))
    second = file_order(actor=county.actor("brandt"), now=county.now, entry=amended)
    assert second.superseded == (filed.fcn,)
    assert [standing_on(filed.fcn, moment) for moment in (datetime(2026, 11, 25, 7, 59, tzinfo=UTC), MIDNIGHT)] == [
        Status.IN_FORCE_UNSERVED,
        Status.SUPERSEDED,
    ]
    assert [standing_on(second.fcn, moment) for moment in (datetime(2026, 11, 25, 7, 59, tzinfo=UTC), MIDNIGHT)] == [
        Status.NOT_YET_EFFECTIVE,
        Status.IN_FORCE_UNSERVED,
    ]


def test_a_further_amendment_does_not_bring_back_what_an_earlier_one_ends_before(county: County) -> None:
    first = order("AMENDEDTWICE")
    filed = file_order(actor=county.actor("brandt"), now=county.now, entry=first)
    sooner = order("AMENDEDTWICE", case_number=first.case_number, amendment=1, issued_on=date(2026, 11, 25))
    second = file_order(actor=county.actor("brandt"), now=county.now, entry=sooner)
    later = order("AMENDEDTWICE", case_number=first.case_number, amendment=2, issued_on=date(2026, 12, 1))
    third = file_order(actor=county.actor("brandt"), now=county.now, entry=later)
    assert third.superseded == (second.fcn,)
    found = order_by_number(filed.fcn, at=MIDNIGHT)
    assert found is not None
    assert (found.standing.status, found.standing.reason) == (
        Status.SUPERSEDED,
        f"superseded by order {second.fcn}",
    )


MIDNIGHT = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
"""The first moment of that day in California."""


def standing_on(fcn: RecordNumber, at: datetime) -> Status:
    found = order_by_number(fcn, at=at)
    assert found is not None
    return found.standing.status


def test_an_amendment_that_is_over_when_it_is_filed_ends_nothing(county: County) -> None:
    first = order("AMENDEDSLIP")
    filed = file_order(actor=county.actor("brandt"), now=county.now, entry=first)
    slip = order("AMENDEDSLIP", case_number=first.case_number, amendment=1, expires_on=date(2026, 11, 21))
    second = file_order(actor=county.actor("brandt"), now=county.now, entry=slip)
    assert second.superseded == ()
    assert [doubt.text for doubt in second.doubts] == [
        "already expired when it was filed",
        f"this amendment is over already: FCN {filed.fcn}, which it amends, is left in force",
    ]
    assert standing_on(filed.fcn, county.now) is Status.IN_FORCE_UNSERVED


def test_an_amendment_without_a_court_ends_no_order_of_another_county(county: County) -> None:
    number = "26FL-NOCOURT"
    elsewhere = order("NOCOURT", case_number=number, court=Ori(""), county="019")
    user = User.objects.get(user_name="brandt").pk
    (other,) = load_orders([LoadedOrder(elsewhere, county.now, COURT, user)])
    amended = order("NOCOURT", case_number=number, court=Ori(""), amendment=1)
    assert file_order(actor=county.actor("brandt"), now=county.now, entry=amended).superseded == ()
    assert standing_on(other, county.now) is Status.IN_FORCE_UNSERVED


def test_an_amended_order_without_the_one_it_amends_is_filed_with_a_doubt(county: County) -> None:
    filed = file_order(actor=county.actor("brandt"), now=county.now, entry=order("ORPHANED", amendment=2))
    assert [doubt.text for doubt in filed.doubts] == ["amended, but the order it amends is not on file"]


def test_two_clerks_filing_at_the_same_moment_get_different_numbers(county: County) -> None:
    entries = [order(f"ATONCE{letter}") for letter in "ABCDEFGH"]
    numbers: list[str] = []
    start = threading.Barrier(len(entries))

    def file(entry: OrderEntry) -> None:
        try:
            start.wait()
            numbers.append(file_order(actor=county.actor("brandt"), now=county.now, entry=entry).fcn)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=file, args=[entry]) for entry in entries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(numbers)) == 8


def test_two_clerks_filing_one_paper_at_the_same_moment_make_one_order(county: County) -> None:
    entry = order("ONEPAPER")
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def file() -> None:
        try:
            start.wait()
            file_order(actor=county.actor("brandt"), now=county.now, entry=entry)
            outcomes.append("filed")
        except Rejected:
            outcomes.append("rejected")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=file) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["filed", "rejected"]


def test_the_court_sees_what_it_filed_newest_first_with_open_doubts(county: County) -> None:
    first = file_order(actor=county.actor("brandt"), now=county.now + timedelta(days=400), entry=order("LISTEDONE"))
    second = file_order(
        actor=county.actor("brandt"), now=county.now + timedelta(days=401), entry=order("LISTEDTWO", judge="")
    )
    before = last_entry()
    page = orders_filed(actor=county.actor("alvarez"), now=county.now)
    assert [one.order.fcn for one in page.orders[:2]] == [second.fcn, first.fcn]
    assert [doubt.field for doubt in page.orders[0].order.doubts] == ["judge"]
    (entry,) = Entry.objects.filter(number__gt=before)
    assert (entry.kind, entry.outcome) == ("orders listed", "answered")
    assert entry.records[:2] == [second.fcn, first.fcn]


def test_an_order_with_an_open_doubt_is_returned_to_the_court_until_it_is_over(county: County) -> None:
    doubtful = file_order(actor=county.actor("brandt"), now=county.now, entry=order("RETURNED", judge="")).fcn
    file_order(actor=county.actor("brandt"), now=county.now, entry=order("NOTHINGAMISS"))
    over = file_order(
        actor=county.actor("brandt"), now=county.now, entry=order("RUNOUT", judge="", expires_on=date(2026, 11, 21))
    ).fcn
    page = orders_filed(actor=county.actor("alvarez"), now=county.now)
    returned = [one.order.fcn for one in page.returned]
    assert doubtful in returned
    assert over not in returned
    assert all(one.order.doubts for one in page.returned)
    assert page.returned_count >= len(returned)
    assert orders_filed(actor=county.actor("alvarez"), now=county.now, page=2).returned == ()


def test_of_more_returned_orders_than_a_page_holds_every_one_can_be_reached(county: County, rolled_back: None) -> None:
    court = Agency.objects.create(
        ori="CA099098J", name="A court of its own", kind=Agency.Kind.COURT, county="099", status=Agency.Status.ACTIVE
    )
    subscriber_agreement("CA099098J").save()
    Device.objects.create(mnemonic="CAWEB98", agency=court, kind=Device.Kind.BROWSER)
    clerk = User.objects.get(user_name="brandt")
    Affiliation.objects.create(user=clerk, agency=court, duty=Duty.CLERK)
    actor = Actor(clerk.pk, UserName("brandt"), Ori("CA099098J"), Mnemonic("CAWEB98"), "web")
    fcns = load_orders(
        LoadedOrder(
            order("MANYRETURNED", court=Ori("CA099098J"), judge=""),
            county.now - timedelta(minutes=minute),
            Ori("CA099098J"),
            clerk.pk,
        )
        for minute in range(51)
    )
    first = orders_filed(actor=actor, now=county.now)
    assert [one.order.fcn for one in first.returned] == fcns[:50]
    assert (first.returned_count, first.has_more_returned) == (51, True)
    second = orders_filed(actor=actor, now=county.now, returned_page=2)
    assert [one.order.fcn for one in second.returned] == fcns[50:]
    assert (second.returned_count, second.has_more_returned) == (51, False)
    with pytest.raises(Rejected):
        orders_filed(actor=actor, now=county.now, returned_page=0)


def test_an_order_is_opened_by_its_court_and_by_no_one_else(county: County) -> None:
    entry = order("OPENED")
    filed = file_order(actor=county.actor("brandt"), now=county.now, entry=entry)
    before = last_entry()
    opened = order_for_court(actor=county.actor("brandt"), now=county.now, fcn=filed.fcn)
    assert opened.order.entry == entry
    (journalled,) = Entry.objects.filter(number__gt=before)
    assert (journalled.kind, journalled.records) == ("order opened", [filed.fcn])
    with pytest.raises(Refused):
        order_for_court(actor=county.actor("chen"), now=county.now, fcn=filed.fcn)


@pytest.mark.parametrize("fcn", ["0000000000000", "12", "'; --", "\x00"])
def test_opening_what_is_not_there_is_rejected_and_journalled(county: County, fcn: str) -> None:
    before = last_entry()
    with pytest.raises(Rejected):
        order_for_court(actor=county.actor("brandt"), now=county.now, fcn=fcn)
    assert [entry.outcome for entry in Entry.objects.filter(number__gt=before)] == ["rejected"]


def test_the_version_filed_is_kept_whole_and_cannot_be_changed_or_deleted(county: County) -> None:
    filed = file_order(actor=county.actor("brandt"), now=county.now, entry=order("KEPT"))
    version = OrderVersion.objects.get(order_id=int(filed.fcn), version=1)
    assert version.entered["restrained"]["name"]["surname"] == "KEPT"
    assert version.entered["terms"]["stay_away"]["yards"] == 100
    for statement in (
        "DELETE FROM orders_order WHERE fcn = %s",
        "DELETE FROM orders_orderversion WHERE order_id = %s",
        "UPDATE orders_orderversion SET why = 'no' WHERE order_id = %s",
        "DELETE FROM orders_doubtraised WHERE order_id = %s",
        "DELETE FROM orders_servicerecorded WHERE order_id = %s",
    ):
        with pytest.raises(Exception, match="never deleted"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [int(filed.fcn)])


def test_a_hash_in_the_record_is_that_of_the_document_kept(county: County) -> None:
    data = b"%PDF-1.4 the signed order itself"
    entry = order("HASHED", documents=(store_described(data, "application/pdf", 1),))
    filed = file_order(actor=county.actor("brandt"), now=county.now, entry=entry)
    found = order_by_number(filed.fcn, at=county.now)
    assert found is not None
    assert found.order.entry.documents == (hashlib.sha256(data).hexdigest(),)
