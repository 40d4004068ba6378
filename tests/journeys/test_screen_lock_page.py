"""The cover of a page that nobody touches for half an hour, in a real Chromium whose clock is turned on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.county import County
from tests.journeys.conftest import Visits, sign_in

pytestmark = pytest.mark.browser


def test_a_page_nobody_touches_covers_itself_and_the_password_opens_it_with_what_was_typed(
    visits: Visits, site: str, county: County, serious_faults: Callable[[Page], list[str]]
) -> None:
    page = visits.stranger()
    page.clock.install()
    sign_in(page, site, county, "chen")
    box = page.locator("main input:visible").first
    box.fill("FERRARO")
    page.clock.fast_forward("29:00")
    expect(page.locator("main")).to_be_visible()
    # A touch begins the half hour anew.
    page.keyboard.press("Shift")
    page.clock.fast_forward("29:00")
    expect(page.locator("main")).to_be_visible()
    with page.expect_response("**/sign-in/lock/") as told:
        page.clock.fast_forward("02:00")
    assert told.value.status == 204
    expect(page.get_by_role("heading", name="The screen is locked")).to_be_visible()
    expect(page.locator("main")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("main")).to_be_hidden()
    assert serious_faults(page) == []

    # The server shows nothing either, in no other tab.
    other = page.context.new_page()
    other.goto(f"{site}/officer/")
    expect(other.get_by_role("button", name="Unlock")).to_be_visible()
    expect(other).to_have_url(f"{site}/sign-in/locked/?next=/officer/")
    other.close()

    page.get_by_label("Password to unlock").fill("wrong horse battery staple")
    page.get_by_role("button", name="Unlock").click()
    expect(page.get_by_role("alert").filter(has_text="This is not your password.")).to_be_visible()
    expect(page.locator("main")).to_be_hidden()
    page.get_by_label("Password to unlock").fill(county.password)
    page.get_by_role("button", name="Unlock").click()
    expect(page.locator("main")).to_be_visible()
    expect(box).to_have_value("FERRARO")
