"""The permission question, asked of real tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from openclets.agencies.access import check_may, decision_for, may
from openclets.agencies.models import Affiliation, Agency, Device, Training, User
from openclets.agencies.permissions import Right
from openclets.vocabulary.errors import Refused
from openclets.vocabulary.identifiers import Mnemonic, Ori
from tests.county import County


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
        "agency.people",
        "agency.remind",
        "agency.roster",
        "agency.certificates",
        "agency.release_sign_on",
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
    changes = [
        (User.objects.filter(pk=chen.user_id), "the account is disabled"),
        (Agency.objects.filter(ori=chen.agency), "the agency's subscription is not active"),
        (Device.objects.filter(mnemonic=chen.device), "the device is disabled or unknown"),
    ]
    for rows, missing in changes:
        rows.update(is_active=False)
        assert decision_for(chen, Right.ASK_PERSON, now=county.now).missing == missing
        rows.update(is_active=True)
        assert may(chen, Right.ASK_PERSON, now=county.now)
    Affiliation.objects.filter(user_id=chen.user_id).delete()
    assert decision_for(chen, Right.ASK_PERSON, now=county.now).missing == "no duty at this agency"


def test_the_latest_training_is_the_one_that_counts(county: County, rolled_back: None) -> None:
    dorn = county.actor("dorn")
    Training.objects.create(
        user_id=dorn.user_id, course="full access", passed_on=date(2026, 11, 1), expires_on=date(2028, 11, 1)
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
