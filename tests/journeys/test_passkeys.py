"""Passkeys and recovery codes, with a virtual authenticator in a real Chromium."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from playwright.sync_api import Page, expect

from openclets.agencies.models import Affiliation, Attempts, User
from openclets.journal.models import Body, Entry
from tests.county import POLICE, County, code_of, vetted_user
from tests.journeys.conftest import Visits

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def imai(county: County) -> User:
    """Officer Imai, with password and authenticator."""
    user = vetted_user("imai", "Officer Yui Imai", password=make_password(county.password))
    Affiliation.objects.create(user=user, agency_id=POLICE, duty="officer")
    TOTP.activate(user, generate_totp_secret())
    return user


@pytest.fixture
def page(visits: Visits) -> Page:
    """A page of a browser that has a built-in authenticator which knows its owner."""
    page = visits.stranger()
    authenticator = page.context.new_cdp_session(page)
    authenticator.send("WebAuthn.enable")
    authenticator.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return page


def test_a_passkey_added_with_the_password_shown_again_signs_in_by_itself_and_after_a_password(
    page: Page, site: str, county: County, imai: User
) -> None:
    # Passkeys are bound to a name; browsers bind none to a bare address.
    named = site.replace("127.0.0.1", "localhost")
    _password(page, named, county)
    page.get_by_label("Code from your authenticator").fill(code_of(imai.pk))
    page.get_by_role("button", name="Sign in").click()
    _agree(page)

    page.get_by_role("link", name="Your sign-in").click()
    page.get_by_role("link", name="Add a passkey or security key").click()
    page.locator("main").get_by_label("Password").fill(county.password)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text(re.compile(r"^\d{8}$", re.MULTILINE)).first).to_be_visible()
    assert Authenticator.objects.filter(user=imai, type=Authenticator.Type.WEBAUTHN).count() == 1
    page.get_by_role("button", name="Sign out").click()

    page.goto(f"{named}/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Before you go on")).to_be_visible()
    _agree(page)
    expect(page.get_by_label("Signed in as")).to_contain_text("Officer Yui Imai")
    page.get_by_role("button", name="Sign out").click()

    _password(page, named, county)
    page.get_by_role("button", name="Use a security key").click()
    _agree(page)
    expect(page.get_by_label("Signed in as")).to_contain_text("Officer Yui Imai")
    page.get_by_role("button", name="Sign out").click()

    # A locked name is locked for passkeys too.
    Attempts.objects.create(subject="person:imai", wrong_at=[county.now], last_at=county.now, locked_at=county.now)
    page.goto(f"{named}/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("This name is locked after 5 wrong sign-ons")).to_be_visible()
    refused = Entry.objects.filter(user_name="imai", kind="sign-on", outcome="refused").latest("number")
    assert Body.objects.get(entry_number=refused.number).answered.startswith("this name is locked")


def _password(page: Page, site: str, county: County) -> None:
    page.goto(f"{site}/sign-in/")
    page.get_by_label("Sign-in name").fill("imai")
    page.get_by_label("Password").fill(county.password)
    page.get_by_role("button", name="Continue").click()


def _agree(page: Page) -> None:
    page.get_by_role("button", name="I have read this and agree").click()
    page.get_by_role("button", name="Sign out").wait_for()
