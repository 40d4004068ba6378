"""A screen nobody touches locks after 30 minutes, a sign-in ends after 12 hours, a session is its person's alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from openclets.agencies.attempts import locked_since
from openclets.agencies.models import Affiliation, Device, User
from openclets.journal.models import Entry
from tests.county import POLICE, County, code_of, signed_in_browser, vetted_user

pytestmark = pytest.mark.usefixtures("rolled_back")


@pytest.fixture
def kowal(county: County) -> User:
    user = vetted_user("kowal", "Officer Ewa Kowal", password=make_password(county.password))
    Affiliation.objects.create(user=user, agency_id=POLICE, duty="officer")
    TOTP.activate(user, generate_totp_secret())
    return user


@pytest.fixture
def browser(kowal: User) -> Client:
    return signed_in_browser(kowal)


def _ago(browser: Client, key: str, ago: timedelta) -> None:
    """As if what the session notes had been so long ago."""
    session = browser.session
    session[key] = (timezone.now() - ago).timestamp()
    session.save()


def _newest_entry() -> int:
    return Entry.objects.latest("number").number


def test_a_page_asked_for_after_29_minutes_is_shown(browser: Client) -> None:
    _ago(browser, "seen_at", timedelta(minutes=29))
    assert browser.get("/officer/").status_code == 200
    # Being there counts anew.
    assert browser.session["seen_at"] > (timezone.now() - timedelta(minutes=1)).timestamp()


def test_after_30_minutes_nothing_is_shown_until_the_password_is(browser: Client, county: County) -> None:
    before = _newest_entry()
    _ago(browser, "seen_at", timedelta(minutes=30))
    answer = browser.get("/officer/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/locked/?next=/officer/")
    assert browser.get("/officer/", headers={"HX-Request": "true"}).status_code == 401
    wrong = browser.post("/sign-in/locked/", {"password": "wrong horse battery staple", "next": "/officer/"})
    assert "This is not your password." in wrong.content.decode()
    assert browser.get("/officer/").status_code == 302
    right = browser.post("/sign-in/locked/", {"password": county.password, "next": "/officer/"})
    assert (right.status_code, right.headers["Location"]) == (302, "/officer/")
    assert browser.get("/officer/").status_code == 200
    left = Entry.objects.filter(number__gt=before, user_name="kowal").order_by("number")
    # Then the officer's page is opened, which leaves none.
    assert [(one.kind, one.outcome) for one in left] == [("sign-on", "refused"), ("screen unlocked", "done")]


@pytest.mark.parametrize("device_class", ["vehicle", "dispatch"])
def test_screens_in_vehicles_and_at_dispatch_do_not_lock_and_their_sign_in_ends_all_the_same(
    browser: Client, device_class: str
) -> None:
    assert 'id="screen-lock"' in browser.get("/officer/").content.decode()
    Device.objects.filter(mnemonic="CAWEB01").update(device_class=device_class)
    _ago(browser, "seen_at", timedelta(hours=11))
    page = browser.get("/officer/")
    assert page.status_code == 200
    assert 'id="screen-lock"' not in page.content.decode()
    _ago(browser, "signed_in_at", timedelta(hours=12))
    assert browser.get("/officer/").status_code == 302


def test_the_password_of_a_locked_screen_cannot_be_guessed(browser: Client, county: County) -> None:
    browser.post("/sign-in/lock/")
    for _ in range(5):
        browser.post("/sign-in/locked/", {"password": "wrong horse battery staple"})
    assert set(locked_since({"kowal"})) == {"kowal"}
    assert "locked after 5 wrong" in browser.post("/sign-in/locked/", {"password": county.password}).content.decode()
    assert browser.get("/officer/").status_code == 302


def test_unlocking_leads_to_no_foreign_page(browser: Client, county: County) -> None:
    browser.post("/sign-in/lock/")
    answer = browser.post("/sign-in/locked/", {"password": county.password, "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(("hours", "is_in"), [(11.99, True), (12, False)])
def test_a_sign_in_ends_after_twelve_hours_however_busy(browser: Client, hours: float, is_in: bool) -> None:
    _ago(browser, "signed_in_at", timedelta(hours=hours))
    answer = browser.get("/officer/")
    assert answer.status_code == (200 if is_in else 302)
    if not is_in:
        assert answer.headers["Location"] == "/sign-in/?next=/officer/"
        assert "_auth_user_id" not in browser.session


def test_a_session_known_before_the_sign_in_is_worth_nothing_after_it(kowal: User, county: County) -> None:
    browser = Client(SERVER_NAME="localhost")
    browser.get("/sign-in/")
    browser.post("/sign-in/", {"login": "kowal", "password": county.password})
    planted = str(browser.session.session_key)
    browser.post("/sign-in/code/", {"code": code_of(kowal.pk)})
    browser.post("/sign-in/notice/", {"answer": "agreed"})
    assert browser.get("/officer/").status_code == 200
    assert browser.session.session_key != planted
    attacker = Client(SERVER_NAME="localhost")
    attacker.cookies["sessionid"] = planted
    assert attacker.get("/officer/").status_code == 302


def test_nobody_is_in_before_they_agree_to_the_notice(kowal: User, county: County) -> None:
    before = _newest_entry()
    browser = Client(SERVER_NAME="localhost")
    browser.post("/sign-in/", {"login": "kowal", "password": county.password})
    shown = browser.post("/sign-in/code/", {"code": code_of(kowal.pk)}, follow=True)
    for words in ("authorized", "watched and recorded", "punished", "you agree", "Pen. Code 502"):
        assert words in shown.content.decode()
    assert browser.get("/officer/").status_code == 302
    browser.post("/sign-in/notice/", {"answer": "left"})
    browser.post("/sign-in/notice/", {"answer": "agreed"})
    assert browser.get("/officer/").status_code == 302
    assert not Entry.objects.filter(number__gt=before, user_name="kowal", kind="sign-on", outcome="done").exists()


@pytest.mark.parametrize(
    "address",
    ["/sign-in/", "/sign-in/code/", "/sign-in/notice/", "/sign-in/passkey/", "/sign-in/locked/", "/sign-in/lock/"],
)
def test_a_form_another_site_made_is_not_taken(county: County, address: str) -> None:
    assert Client(SERVER_NAME="localhost", enforce_csrf_checks=True).post(address, {"login": "chen"}).status_code == 403


def test_a_recovery_code_signs_in_once(kowal: User, browser: Client, county: County) -> None:
    browser.post("/accounts/reauthenticate/", {"password": county.password})
    browser.post("/accounts/2fa/recovery-codes/generate/")
    code = Authenticator.objects.get(user=kowal, type="recovery_codes").wrap().get_unused_codes()[0]
    landed = []
    for _ in range(2):
        other = Client(SERVER_NAME="localhost")
        other.post("/sign-in/", {"login": "kowal", "password": county.password})
        landed.append(other.post("/sign-in/code/", {"code": code}).status_code)
    assert landed == [302, 200]


def test_a_one_time_code_is_taken_once_at_the_pages(kowal: User, county: County) -> None:
    code = code_of(kowal.pk)
    landed = []
    for _ in range(2):
        browser = Client(SERVER_NAME="localhost")
        browser.post("/sign-in/", {"login": "kowal", "password": county.password})
        landed.append(browser.post("/sign-in/code/", {"code": code}).headers.get("Location", "asked again"))
    assert landed == ["/sign-in/notice/", "asked again"]
