"""Changing what one signs in with, at the pages: journalled, and nothing issued for the old is worth anything."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.test import Client, TestCase
from django.utils import timezone

from openclets.agencies.models import Affiliation, Device, Ticket, User
from openclets.agencies.signing_on import issue_ticket
from openclets.journal.models import Body, Entry
from tests.county import POLICE, County, signed_in_browser, vetted_user

pytestmark = pytest.mark.usefixtures("rolled_back")

NEW_PASSWORD = "another horse another battery"


@pytest.fixture
def person(county: County) -> User:
    """Officer Ito, with a ticket for patrol car 12."""
    user = vetted_user("ito", "Officer Ken Ito", password=make_password(county.password))
    Affiliation.objects.create(user=user, agency_id=POLICE, duty="officer")
    TOTP.activate(user, generate_totp_secret())
    issue_ticket(user, Device.objects.get(mnemonic="CADEMO01"), now=timezone.now())
    return user


@pytest.fixture
def client(county: County, person: User) -> Client:
    """A browser in which Officer Ito has signed in by both factors."""
    client = signed_in_browser(person)
    assert client.get("/officer/").status_code == 200
    return client


def test_a_new_password_is_journalled_and_ends_every_ticket(client: Client, county: County, person: User) -> None:
    before = _last()
    passwords: dict[str, Any] = {"oldpassword": county.password, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client.post("/accounts/password/change/", passwords)
    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)
    assert _changes_after(before) == [("ito", "done", "a new password")]
    assert not Ticket.objects.filter(user=person).exists()


def test_recovery_codes_made_are_journalled(client: Client, county: County, person: User) -> None:
    before = _last()
    client.post("/accounts/reauthenticate/", {"password": county.password})
    with TestCase.captureOnCommitCallbacks(execute=True):
        client.post("/accounts/2fa/recovery-codes/generate/")
    assert Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).exists()
    made = "a second factor added or made anew: recovery_codes"
    assert _changes_after(before) == [("ito", "done", made)]


def _last() -> int:
    return Entry.objects.order_by("-number").values_list("number", flat=True)[0]


def _changes_after(number: int) -> list[tuple[str, str, str]]:
    entries = Entry.objects.filter(number__gt=number, kind="sign-in secret changed").order_by("number")
    return [(one.user_name, one.outcome, Body.objects.get(entry_number=one.number).asked) for one in entries]
