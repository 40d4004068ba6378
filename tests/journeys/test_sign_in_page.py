"""Signing in and out at the pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from openclets.agencies.models import Affiliation, User
from openclets.journal.models import Body, Entry
from tests.county import POLICE, County
from tests.journeys.conftest import PHONE, VEHICLE, Theme, Visits, sign_in

pytestmark = pytest.mark.browser


def _last_sign_on(user: str) -> tuple[Entry, Body]:
    entry = Entry.objects.filter(user_name=user, kind="sign-on", channel="web").order_by("-number")[0]
    return entry, Body.objects.get(entry_number=entry.number)


def test_an_officer_signs_in_with_password_and_code_and_is_led_to_the_officers_page(
    visits: Visits, site: str, county: County
) -> None:
    page = visits.stranger()
    sign_in(page, site, county, "chen")
    expect(page).to_have_url(f"{site}/officer/")
    who = page.get_by_label("Signed in as")
    expect(who).to_contain_text("Officer Mei Chen")
    expect(who).to_contain_text("Alder Falls Police Department (CA0990100)")
    expect(who).to_contain_text("CAWEB01")


def test_signing_in_and_out_is_journalled(visits: Visits, site: str, county: County) -> None:
    page = visits.stranger()
    sign_in(page, site, county, "gupta")
    arrived, _ = _last_sign_on("gupta")
    assert (arrived.outcome, arrived.agency, arrived.device) == ("done", "CA0990100", "CAWEB01")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    left = Entry.objects.filter(user_name="gupta", kind="sign-off").order_by("-number")[0]
    assert left.number > arrived.number
    page.goto(f"{site}/officer/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_the_auditor_is_led_to_the_journal(visits: Visits, site: str, county: County) -> None:
    page = visits.stranger()
    sign_in(page, site, county, "eze")
    expect(page.get_by_role("heading", name="Journal", exact=True)).to_be_visible()
    assert page.url.startswith(f"{site}/auditor/")


def test_a_wrong_password_is_told_in_one_way_and_journalled(visits: Visits, site: str) -> None:
    page = visits.stranger()
    page.goto(f"{site}/sign-in/")
    page.get_by_label("Sign-in name").fill("alvarez")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Continue").click()
    told_known = page.get_by_role("alert").inner_text()
    entry, body = _last_sign_on("alvarez")
    assert entry.outcome == "refused"
    assert "not the password" not in body.asked + body.answered
    page.get_by_label("Sign-in name").fill("nobody.at.all")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Continue").click()
    assert page.get_by_role("alert").inner_text() == told_known
    assert _last_sign_on("nobody.at.all")[0].outcome == "refused"


def test_a_password_typed_in_the_name_box_is_not_journalled(visits: Visits, site: str) -> None:
    page = visits.stranger()
    page.goto(f"{site}/sign-in/")
    page.get_by_label("Sign-in name").fill("My Secret 4711!")
    page.get_by_label("Password").fill("x")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("alert").wait_for()
    entry, body = _last_sign_on("")
    assert entry.outcome == "refused"
    assert "4711" not in body.asked + body.answered


def test_a_wrong_code_does_not_let_anybody_in_and_is_journalled(visits: Visits, site: str, county: County) -> None:
    page = visits.stranger()
    page.goto(f"{site}/sign-in/")
    page.get_by_label("Sign-in name").fill("fox")
    page.get_by_label("Password").fill(county.password)
    page.get_by_role("button", name="Continue").click()
    right = county.code("fox")
    page.get_by_label("Code from your authenticator").fill("000000" if right != "000000" else "111111")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert _last_sign_on("fox")[0].outcome == "refused"
    page.goto(f"{site}/officer/")
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)


def test_a_person_without_a_second_factor_does_not_get_in(visits: Visits, site: str, county: County) -> None:
    person = User.objects.create(user_name="hale", full_name="Officer Jo Hale")
    person.set_password(county.password)
    person.save()
    Affiliation.objects.create(user=person, agency_id=POLICE, duty="officer")
    assert not Authenticator.objects.filter(user=person).exists()
    page = visits.stranger()
    page.goto(f"{site}/sign-in/")
    page.get_by_label("Sign-in name").fill("hale")
    page.get_by_label("Password").fill(county.password)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("no second factor")
    assert _last_sign_on("hale")[0].outcome == "refused"


def test_nobody_can_make_an_account(visits: Visits, site: str) -> None:
    page = visits.stranger()
    for address in ("/accounts/signup/", "/sign-in/new/", "/signup/", "/accounts/password/reset/"):
        response = page.goto(f"{site}{address}")
        assert response is not None
        assert response.status == 404, address


def test_the_sign_in_page_says_what_signing_in_means(visits: Visits, site: str) -> None:
    page = visits.stranger()
    page.goto(f"{site}/sign-in/")
    notice = page.get_by_role("list").filter(has_text="monitored").inner_text()
    for part in ("Only people their agency has authorized", "watched and recorded", "punished", "you agree"):
        assert part in notice


def test_a_page_runs_only_our_own_scripts_and_is_kept_nowhere(visits: Visits, site: str) -> None:
    response = visits.stranger().goto(f"{site}/sign-in/")
    assert response is not None
    headers = response.all_headers()
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


def test_the_night_view_is_remembered_on_the_device(visits: Visits, site: str) -> None:
    page = visits.stranger(theme="day")
    page.goto(f"{site}/sign-in/")
    by_day = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Night view").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != by_day
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "night"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != by_day


@pytest.mark.parametrize("size", [VEHICLE, PHONE], ids=["vehicle", "phone"])
@pytest.mark.parametrize("theme", ["day", "night"])
def test_the_sign_in_page_has_no_serious_accessibility_fault(
    visits: Visits, site: str, theme: Theme, size: tuple[int, int], serious_faults: Callable[[Page], list[str]]
) -> None:
    page = visits.stranger(theme=theme, size=size)
    page.goto(f"{site}/sign-in/")
    assert serious_faults(page) == []
