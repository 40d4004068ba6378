"""Privileged acts ask who one is once more, unless that was shown minutes ago; then what was sent is carried out."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.test import Client

from openclets.agencies.attempts import locked_since
from openclets.agencies.models import Affiliation, Attempts, User
from openclets.journal.models import Entry
from tests.county import SHERIFF, County, signed_in_browser, vetted_user

pytestmark = pytest.mark.usefixtures("rolled_back")


@pytest.fixture
def coordinator(county: County) -> Client:
    """A browser in which a second coordinator of the sheriff has just signed in."""
    person = vetted_user("nakata", "Coordinator Rin Nakata", password=make_password(county.password))
    Affiliation.objects.create(user=person, agency_id=SHERIFF, duty="coordinator")
    TOTP.activate(person, generate_totp_secret())
    return signed_in_browser(person)


@pytest.fixture
def petrov(county: County) -> None:
    """A deputy of the sheriff whose name is locked."""
    person = User.objects.create(user_name="petrov", full_name="Deputy Ilya Petrov")
    Affiliation.objects.create(user=person, agency_id=SHERIFF, duty="officer")
    Attempts.objects.create(subject="person:petrov", wrong_at=[county.now], last_at=county.now, locked_at=county.now)


def _age(browser: Client, seconds: float) -> None:
    """As if everything shown in this session had been shown so long ago."""
    session = browser.session
    for record in session["account_authentication_methods"]:
        record["at"] -= seconds
    session.save()


def test_a_coordinator_who_has_just_signed_in_releases_a_name_from_the_list(coordinator: Client, petrov: None) -> None:
    listed = coordinator.get("/agency/locked/").content.decode()
    assert "Deputy Ilya Petrov" in listed
    done = coordinator.post("/agency/locked/release/", {"user": "petrov"})
    assert (done.status_code, done.headers["Location"]) == (302, "/agency/locked/")
    assert "petrov may sign on again" in coordinator.get("/agency/locked/").content.decode()
    assert locked_since({"petrov"}) == {}


def test_after_five_minutes_the_password_is_asked_first_and_then_the_name_is_released(
    coordinator: Client, petrov: None, county: County
) -> None:
    _age(coordinator, 301)
    asked = coordinator.post("/agency/locked/release/", {"user": "petrov"})
    assert unquote(asked.headers["Location"]) == "/accounts/reauthenticate/?next=/agency/locked/release/"
    onward = {"password": "wrong horse battery staple", "next": "/agency/locked/release/"}
    before = Entry.objects.latest("number").number
    assert coordinator.post("/accounts/reauthenticate/", onward).status_code == 200
    refused = Entry.objects.filter(number__gt=before, user_name="nakata", kind="sign-on")
    assert [entry.outcome for entry in refused] == ["refused"]
    assert set(locked_since({"petrov"})) == {"petrov"}
    done = coordinator.post("/accounts/reauthenticate/", {**onward, "password": county.password})
    assert (done.status_code, done.headers["Location"]) == (302, "/agency/locked/")
    assert locked_since({"petrov"}) == {}


@pytest.mark.parametrize(
    "address",
    [
        "/agency/locked/release/",
        "/agency/devices/issue/",
        "/agency/devices/revoke/",
        "/agency/devices/trust/",
        "/agency/devices/distrust/",
        "/agency/roster/1/apply/",
        "/agencies/apply/",
        "/agencies/CA0990100/",
        "/agencies/CA0990100/agreement/",
        "/privileges/",
        "/privileges/propose/",
        "/agency/people/petrov/vetting/",
        "/agency/people/petrov/course/",
        "/agency/people/petrov/invite/",
        "/agency/people/petrov/end/",
        "/agency/agreements/propose/",
        "/agencies/felonies/review/",
        "/agencies/CA0990000/end-agreement/",
    ],
)
def test_every_privileged_act_of_a_coordinator_asks_first(coordinator: Client, address: str) -> None:
    _age(coordinator, 301)
    asked = coordinator.post(address)
    assert unquote(asked.headers["Location"]) == f"/accounts/reauthenticate/?next={address}"
