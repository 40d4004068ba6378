"""Signing on from a socket: two factors, or a ticket issued for both."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection

from openclets.agencies.models import Agency, Device, User
from openclets.agencies.signing_on import Caller, Claim, SignedOn, sign_on
from openclets.vocabulary.errors import Refused
from openclets.vocabulary.identifiers import Mnemonic, Ori, UserName
from tests.county import County

CAR_12 = Caller(Mnemonic("CADEMO01"), "socket")
SAME_WORDS = "the name, password, one-time code or ticket is not right, or the code was used before"


def claim_of_chen(county: County) -> Claim:
    return Claim(UserName("chen"), Ori("CA0990100"), password=county.password, code=county.code("chen"))


def signed_on(county: County) -> SignedOn:
    return sign_on(actor=CAR_12, claim=claim_of_chen(county), now=county.now)


def test_officer_chen_signs_on_with_password_and_code(county: County) -> None:
    done = signed_on(county)
    assert done.actor == county.actor("chen")
    assert done.full_name == "Officer Mei Chen"


def test_a_code_is_taken_once(county: County) -> None:
    claim = claim_of_chen(county)
    sign_on(actor=CAR_12, claim=claim, now=county.now)
    assert _refusal(claim, county) == SAME_WORDS


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "wrong horse battery staple"},
        {"password": ""},
        {"code": "000000"},
        {"code": ""},
        {"user": UserName("nobody")},
        {"user": UserName("dorn")},
        {"ticket": "x" * 43},
    ],
    ids=str,
)
def test_whatever_is_wrong_is_answered_with_the_same_words(county: County, wrong: dict[str, Any]) -> None:
    claim = claim_of_chen(county)
    if claim.code == wrong.get("code"):
        pytest.skip("the right code happens to be the wrong one of this test")
    assert _refusal(replace(claim, **wrong), county) == SAME_WORDS


def test_a_ticket_signs_on_again_from_the_same_device_without_a_code(county: County) -> None:
    ticket = signed_on(county).ticket
    again = sign_on(actor=CAR_12, claim=Claim(UserName("chen"), Ori("CA0990100"), ticket=ticket), now=county.now)
    assert again.actor == county.actor("chen")
    assert again.ticket == ticket


def test_a_ticket_is_worth_nothing_at_another_device(county: County) -> None:
    ticket = signed_on(county).ticket
    records_room = Caller(Mnemonic("CADEMO05"), "socket")
    claim = Claim(UserName("chen"), Ori("CA0990100"), ticket=ticket)
    assert _refusal(claim, county, caller=records_room) == SAME_WORDS


def test_a_ticket_is_worth_nothing_for_another_person(county: County) -> None:
    ticket = signed_on(county).ticket
    assert _refusal(Claim(UserName("gupta"), Ori("CA0990100"), ticket=ticket), county) == SAME_WORDS


@pytest.mark.parametrize(("hours", "works"), [(11.99, True), (12, False)])
def test_a_ticket_ends_after_twelve_hours(county: County, hours: float, works: bool) -> None:
    ticket = signed_on(county).ticket
    later = county.now + timedelta(hours=hours)
    claim = Claim(UserName("chen"), Ori("CA0990100"), ticket=ticket)
    if works:
        assert sign_on(actor=CAR_12, claim=claim, now=later).actor.user == "chen"
    else:
        with pytest.raises(Refused):
            sign_on(actor=CAR_12, claim=claim, now=later)


def test_nobody_signs_on_at_another_agencys_device(county: County) -> None:
    car_7 = Caller(Mnemonic("CADEMO02"), "socket")
    assert _refusal(claim_of_chen(county), county, caller=car_7) == "this device belongs to another agency"


def test_nobody_signs_on_for_an_agency_they_have_no_duty_at(county: County) -> None:
    claim = replace(claim_of_chen(county), agency=Ori("CA0990200"))
    car_7 = Caller(Mnemonic("CADEMO02"), "socket")
    assert _refusal(claim, county, caller=car_7) == "no duty at agency CA0990200"


def test_nobody_signs_on_at_a_disabled_device(county: County, rolled_back: None) -> None:
    Device.objects.filter(mnemonic="CADEMO01").update(is_active=False)
    assert _refusal(claim_of_chen(county), county) == "the device is disabled or unknown"


def test_nobody_signs_on_for_an_agency_whose_subscription_has_ended(county: County, rolled_back: None) -> None:
    ticket = signed_on(county).ticket
    Agency.objects.filter(ori="CA0990100").update(status=Agency.Status.SUSPENDED)
    claim = Claim(UserName("chen"), Ori("CA0990100"), ticket=ticket)
    assert _refusal(claim, county) == "the agency's subscription is not active"


def test_a_disabled_person_cannot_sign_on_even_with_a_ticket(county: County, rolled_back: None) -> None:
    ticket = signed_on(county).ticket
    User.objects.filter(user_name="chen").update(is_active=False)
    assert _refusal(Claim(UserName("chen"), Ori("CA0990100"), ticket=ticket), county) == SAME_WORDS


def test_a_person_without_an_authenticator_cannot_sign_on(county: County, rolled_back: None) -> None:
    claim = claim_of_chen(county)
    Authenticator.objects.filter(user__user_name="chen").delete()
    assert _refusal(claim, county) == SAME_WORDS


def test_the_secret_of_an_authenticator_does_not_lie_readable_in_the_database(county: County) -> None:
    secret = Authenticator.objects.get(user__user_name="chen").data["secret"]
    assert len(secret) > 100
    assert secret.startswith("gAAAA")


def test_every_attempt_leaves_one_entry_without_password_code_or_ticket(county: County) -> None:
    claim = claim_of_chen(county)
    ticket = sign_on(actor=CAR_12, claim=claim, now=county.now).ticket
    _refusal(claim, county)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcome, to_jsonb(e)::text || to_jsonb(b)::text FROM journal_entry e"
            " JOIN journal_body b ON b.entry_number = e.number ORDER BY e.number DESC LIMIT 2"
        )
        refused, done = cursor.fetchall()
    assert (done[0], refused[0]) == ("done", "refused")
    for secret in (county.password, ticket):
        assert secret not in done[1] + refused[1]


def _refusal(claim: Claim, county: County, *, caller: Caller = CAR_12) -> str:
    with pytest.raises(Refused) as refused:
        sign_on(actor=caller, claim=claim, now=county.now)
    assert refused.value.receipt
    return refused.value.missing
