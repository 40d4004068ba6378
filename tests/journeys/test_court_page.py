"""Clerk Brandt files signed orders at the court's page: with a fillable form, by hand, by keyboard alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.county import County
from tests.journeys.conftest import VEHICLE, Theme, Visits
from tests.journeys.court_papers import dv130, signed_order, written
from tests.simulators.fillable_form import ORIGINS

pytestmark = pytest.mark.browser


def _at_filing(visits: Visits, user: str = "brandt", theme: Theme = "day", size: tuple[int, int] = VEHICLE) -> Page:
    page = visits.somebody(user, theme=theme, size=size)
    page.goto("/court/file/")
    page.wait_for_function("window.htmx !== undefined")
    return page


def _hand_in(page: Page, signed: Path, form: Path | None = None) -> None:
    page.get_by_label("Choose the signed order").set_input_files(signed)
    expect(page.locator("#signed-kept")).to_contain_text("Kept:")
    if form is not None:
        page.get_by_label("Choose the court form").set_input_files(form)
        expect(page.locator("#forms-read")).to_contain_text("Read")


def _to_the_entry(page: Page) -> None:
    page.get_by_role("button", name="Go to the entry").click()
    expect(page.get_by_role("heading", name="Compare and complete the entry")).to_be_visible()


def _field(page: Page, name: str) -> Locator:
    return page.locator(f"[data-name='{name}']")


def _in_two_years() -> str:
    return (datetime.now(UTC) + timedelta(days=700)).strftime("%m/%d/%Y")


@pytest.mark.parametrize("origin", ORIGINS)
def test_clerk_brandt_files_a_signed_order_with_its_form_and_seconds_later_officer_chens_page_shows_it(
    visits: Visits, county: County, tmp_path: Path, origin: str
) -> None:
    surname = f"JOURNEY{origin.upper()}"
    form = dv130(origin, surname, case_number="26FL00777", expires=_in_two_years())
    page = _at_filing(visits)
    _hand_in(page, written(tmp_path, "signed.pdf", signed_order("DV-130")), written(tmp_path, "dv130.pdf", form))
    expect(page.get_by_label("Restraining order after hearing")).to_be_checked()
    _to_the_entry(page)
    expect(page.get_by_alt_text("Page 1 of 2 of the signed order")).to_be_visible()
    expect(_field(page, "restrained_name").locator("input")).to_have_value(f"{surname}, DEREK ALAN")
    expect(_field(page, "restrained_name")).to_contain_text("Read from the form (Item 2)")
    expect(_field(page, "stay_away_yards").locator("input")).to_have_value("100")
    expect(_field(page, "stay_away_yards")).to_contain_text("Read from the form (Item 16a)")
    expect(page.get_by_label("No contact")).to_be_checked()
    expect(page.get_by_label("Must move out")).not_to_be_checked()

    relationship = _field(page, "restrained_relationship").locator("input")
    relationship.fill("spouse")
    expect(_field(page, "restrained_relationship")).to_contain_text("Changed. The form (Item 2) says: former spouse")
    expect(_field(page, "restrained_relationship").locator(".read-as")).to_be_hidden()

    page.get_by_role("button", name="File the order").click()
    title = page.locator(".filed-title")
    expect(title).to_contain_text(re.compile(r"FCN [0-9]{13}"))
    expect(title).to_be_focused()
    fcn = re.search(r"[0-9]{13}", title.inner_text())
    assert fcn is not None
    expect(page.locator(".filed-since")).to_contain_text(f"DEREK ALAN {surname} finds this order since")
    expect(page).to_have_url(re.compile(f"/court/order/{fcn[0]}/$"))

    officer = visits.somebody("chen")
    officer.goto("/officer/")
    officer.wait_for_function("window.htmx !== undefined")
    officer.get_by_label("Line").fill(f"QW.CA0990100.NAM/{surname},DEREK.DOB/19840517")
    officer.keyboard.press("Enter")
    hit = officer.locator(".hit").first
    expect(hit).to_contain_text(fcn[0])
    expect(hit).to_contain_text("STAY 100 YARDS AWAY from")
    expect(hit).to_contain_text("NO CONTACT with the people protected")
    expect(hit).not_to_contain_text("MOVED OUT")
