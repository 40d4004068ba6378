"""Officer Chen looks up the fields of a key while typing a line, and lets the panel complete it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Request, expect

from tests.county import County
from tests.journeys.conftest import PHONE, VEHICLE, Theme, Visits

pytestmark = pytest.mark.browser


def _at_the_line(visits: Visits, theme: Theme = "day", size: tuple[int, int] = VEHICLE) -> Page:
    page = visits.somebody("chen", theme=theme, size=size)
    page.goto("/officer/")
    page.wait_for_function("window.htmx !== undefined")
    return page


def _code(page: Page, code: str) -> str:
    return str(page.locator(f'#key-help li[data-code="{code}"]').get_attribute("class") or "")


def test_the_panel_is_away_until_it_is_asked_for(visits: Visits, county: County) -> None:
    page = _at_the_line(visits)
    panel = page.locator("#key-help")
    expect(panel).to_be_hidden()
    page.keyboard.press("F1")
    expect(panel).to_contain_text("QW")
    expect(page.get_by_label("Line")).to_be_focused()
    page.keyboard.press("F1")
    expect(panel).to_be_hidden()


def test_it_lists_the_fields_of_the_key_with_what_they_take(visits: Visits, county: County) -> None:
    page = _at_the_line(visits)
    page.get_by_label("Line").fill("QPO.CA0990100.")
    page.keyboard.press("F1")
    fields = page.locator("#key-help li[data-code]")
    expect(fields).to_have_count(15)
    expect(fields.nth(0)).to_contain_text("NAM/")
    expect(page.locator('#key-help li[data-code="SEX"]')).to_contain_text("F female, M male, X nonbinary, U unknown")
    expect(page.locator('#key-help li[data-code="DOB"]')).to_contain_text("only with NAM")
    expect(page.locator("#key-help")).to_contain_text("exactly one of: NAM or FCN")


def test_it_follows_the_key_as_it_is_typed_and_names_the_nearest(visits: Visits, county: County) -> None:
    page = _at_the_line(visits)
    page.keyboard.press("F1")
    page.get_by_label("Line").fill("QV.CA0990100.")
    expect(page.locator("#key-help")).to_contain_text("Asks whether a vehicle, plate or part is stolen or wanted.")
    page.get_by_label("Line").fill("EPOO.CA0990100.")
    expect(page.locator("#key-help")).to_contain_text("EPOO is no key. Near it:")
    expect(page.locator("#key-help")).to_contain_text("EPO")


def test_a_field_completes_the_line_by_keyboard(visits: Visits, county: County) -> None:
    page = _at_the_line(visits)
    line = page.get_by_label("Line")
    line.fill("qw.ca0990100.nam/doe,john.do")
    page.keyboard.press("F1")
    expect(page.locator('#key-help li[data-code="DOB"]')).to_have_class("is-meant")
    assert "is-there" in _code(page, "NAM")
    page.locator('#key-help button[data-code="DOB"]').focus()
    page.keyboard.press("Enter")
    expect(line).to_have_value("qw.ca0990100.nam/doe,john.DOB/")
    expect(line).to_be_focused()
    page.keyboard.type("19800214")
    page.locator('#key-help button[data-code="SEX"]').click()
    expect(line).to_have_value("qw.ca0990100.nam/doe,john.DOB/19800214.SEX/")


def test_nothing_of_the_line_but_its_key_leaves_the_page(visits: Visits, county: County) -> None:
    page = _at_the_line(visits)
    sent: list[str] = []

    def keep(request: Request) -> None:
        sent.append(f"{request.url} {request.post_data or ''}")

    page.on("request", keep)
    page.keyboard.press("F1")
    page.get_by_label("Line").fill("QPO.CA0990100.NAM/SECRETNAME,JANE")
    expect(page.locator("#key-help")).to_contain_text("QPO")
    page.get_by_label("Line").fill("QPO.CA0990100.NAM/SECRETNAME,JANE.DOB/19800214")
    expect(page.locator('#key-help li[data-code="DOB"]')).to_have_class("is-there is-meant")
    assert [one for one in sent if "officer/help/QPO/" in one]
    assert [one for one in sent if "SECRETNAME" in one] == []


@pytest.mark.parametrize("size", [VEHICLE, PHONE], ids=["vehicle", "phone"])
def test_a_long_list_leaves_room_for_the_answer(visits: Visits, county: County, size: tuple[int, int]) -> None:
    page = _at_the_line(visits, theme="night", size=size)
    page.get_by_label("Line").fill("EPO.CA0990100.")
    page.keyboard.press("F1")
    expect(page.locator("#key-help li[data-code]").first).to_be_visible()
    box = page.locator("#key-help").bounding_box()
    assert box is not None
    assert box["height"] <= 0.5 * size[1]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_stranger_is_shown_no_panel(visits: Visits, county: County) -> None:
    page = visits.stranger()
    page.goto("/officer/help/QW/")
    expect(page).to_have_url(re.compile(r"/sign-in/"))
