"""The permission question, asked of real tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from openclets.agencies.access import check_may, decision_for, may
from openclets.agencies.models import Affiliation, Agency, Device, Training, User
from openclets.agencies.permissions import Course, Right
from openclets.exchange.exchange import exchange
from openclets.inquiry.ask import ask
from openclets.inquiry.question import Question
from openclets.journal.models import Entry
from openclets.orders.bulk import LoadedOrder, load_orders
from openclets.orders.entry import RestrainedPerson, Sex
from openclets.vocabulary.errors import Refused
from openclets.vocabulary.identifiers import Mnemonic, Ori
from openclets.vocabulary.persons import PersonName
from tests.county import COURT, County
from tests.rules.orders_examples import entry as order_example


def test_officer_chen_may_ask_about_persons(county: County) -> None:
    assert may(county.actor("chen"), Right.ASK_PERSON, now=county.now)


def test_officer_dorn_is_refused_because_his_training_has_lapsed(county: County) -> None:
    with pytest.raises(Refused) as refused:
        check_may(county.actor("dorn"), Right.ASK_PERSON, now=county.now)
    assert refused.value.missing == "training expired 2026-03-01"


def test_clerk_brandt_files_and_judge_alvarez_does_not(county: County) -> None:
    assert may(county.actor("brandt"), Right.FILE_ORDER, now=county.now)
    assert not may(county.actor("alvarez"), Right.FILE_ORDER, now=county.now)


def test_coordinator_fox_keeps_the_own_agency_and_reads_its_journal_and_nothing_else(county: County) -> None:
    assert [right for right in Right if may(county.actor("fox"), right, now=county.now)] == [
        "inquiry.own_journal",
        "training.learn",
        "training.keep",
        "agency.people",
        "agency.remind",
        "agency.roster",
        "agency.certificates",
        "agency.release_sign_on",
        "agency.apply",
        "agency.propose_agreement",
        "agency.keep_people",
        "agency.decide_privileges",
    ]


def test_a_person_at_another_agencys_device_is_refused(county: County) -> None:
    elsewhere = replace(county.actor("chen"), device=Mnemonic("CADEMO02"))
    assert decision_for(elsewhere, Right.ASK_PERSON, now=county.now).missing == "this device belongs to another agency"


def test_a_person_acting_for_an_agency_they_have_no_duty_at_is_refused(county: County) -> None:
    elsewhere = replace(county.actor("chen"), agency=Ori("CA0990200"), device=Mnemonic("CADEMO02"))
    assert decision_for(elsewhere, Right.ASK_PERSON, now=county.now).missing == "no duty at this agency"


def test_an_unknown_person_is_refused(county: County) -> None:
    nobody = replace(county.actor("chen"), user_id=0)
    assert not may(nobody, Right.ASK_PERSON, now=county.now)


def test_an_unknown_device_is_refused(county: County) -> None:
    unknown = replace(county.actor("chen"), device=Mnemonic("CANOWHERE"))
    assert decision_for(unknown, Right.ASK_PERSON, now=county.now).missing == "the device is disabled or unknown"


def test_a_change_counts_from_the_next_question_on(county: County, rolled_back: None) -> None:
    chen = county.actor("chen")
    person, device = User.objects.filter(pk=chen.user_id), Device.objects.filter(mnemonic=chen.device)
    for rows, missing in ((person, "the account is disabled"), (device, "the device is disabled or unknown")):
        rows.update(is_active=False)
        assert decision_for(chen, Right.ASK_PERSON, now=county.now).missing == missing
        rows.update(is_active=True)
        assert may(chen, Right.ASK_PERSON, now=county.now)
    Agency.objects.filter(ori=chen.agency).update(status=Agency.Status.SUSPENDED)
    assert decision_for(chen, Right.ASK_PERSON, now=county.now).missing == "the agency's subscription is not active"
    Agency.objects.filter(ori=chen.agency).update(status=Agency.Status.ACTIVE)
    Affiliation.objects.filter(user_id=chen.user_id).delete()
    assert decision_for(chen, Right.ASK_PERSON, now=county.now).missing == "no duty at this agency"


@pytest.mark.parametrize(
    "line",
    [
        "QW.CA0990100.NAM/CHEN,MEI.DOB/19910803",
        "QW.CA0990100.NAM/CHEN,.DOB/19910803",
        "QPO.CA0990100.NAM/DOE,JANE.AKA/CHEN,MEI.DOB/19910803",
        "QPO.CA0990100.NAM/DOE,JANE.DOB/19700101.OLN/D7731902",
    ],
)
def test_officer_chen_may_not_ask_about_herself_and_the_journal_says_she_tried(county: County, line: str) -> None:
    reply = exchange(actor=county.actor("chen"), text=line, now=county.now)
    assert "this is about the person asking" in reply.text
    assert "Misuse is a crime" in reply.text
    assert reply.status == "refused"
    entry = Entry.objects.get(number=int(reply.receipt.partition(".")[0]))
    assert (entry.kind, entry.outcome, entry.user_name) == ("question", "refused", "chen")


def test_officer_chen_may_ask_about_a_namesake_born_on_another_day(county: County) -> None:
    reply = exchange(actor=county.actor("chen"), text="QW.CA0990100.NAM/CHEN,MEI.DOB/19910804", now=county.now)
    assert reply.status == "answered"


def test_an_order_asked_for_by_its_number_is_not_told_to_the_person_it_restrains(
    county: County, rolled_back: None
) -> None:
    chen = county.actor("chen")
    restrained = RestrainedPerson(PersonName("SELFSEEKER", "ORSON"), Sex.MALE, "W", date(1984, 5, 17))
    order = replace(order_example("OAH", date(2026, 11, 2)), restrained=restrained)
    (number,) = load_orders(
        [LoadedOrder(order, county.now - timedelta(hours=1), COURT, county.actor("brandt").user_id)]
    )
    question = Question("QPO", f"QPO.CA0990100.FCN/{number}", record_number=number)
    assert len(ask(actor=chen, now=county.now, question=question).body.hits) == 1
    User.objects.filter(pk=chen.user_id).update(wire_name="SELFSEEKER,ORSON", birth_date=date(1984, 5, 17))
    with pytest.raises(Refused, match="this is about the person asking"):
        ask(actor=chen, now=county.now, question=question)


def test_the_latest_training_is_the_one_that_counts(county: County, rolled_back: None) -> None:
    dorn = county.actor("dorn")
    Training.objects.create(
        user_id=dorn.user_id, course=Course.INQUIRY, passed_on=date(2026, 11, 1), expires_on=date(2028, 11, 1)
    )
    assert may(dorn, Right.ASK_PERSON, now=county.now)


@pytest.mark.parametrize(
    ("now", "allowed"),
    [
        # 07:59 and 08:00 UTC are 23:59 of the day before and midnight of 1 January 2028 in California.
        (datetime(2028, 1, 1, 7, 59, tzinfo=UTC), True),
        (datetime(2028, 1, 1, 8, 0, tzinfo=UTC), False),
    ],
)
def test_training_ends_at_californias_midnight(county: County, now: datetime, allowed: bool) -> None:
    assert may(county.actor("chen"), Right.ASK_PERSON, now=now) is allowed
