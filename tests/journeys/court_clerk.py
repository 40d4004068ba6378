"""What a clerk does at the court's page, step by step."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import VEHICLE, Theme, Visits
from tests.journeys.court_papers import signed_order, written

_numbers = count(1)


def at_filing(visits: Visits, user: str = "brandt", theme: Theme = "day", size: tuple[int, int] = VEHICLE) -> Page:
    """The first step of filing."""
    page = visits.somebody(user, theme=theme, size=size)
    # Leaving an entry that is not filed asks back; a test that does so means it.
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/court/file/")
    page.wait_for_function("window.htmx !== undefined")
    return page


def hand_in(page: Page, signed: Path, form: Path | None = None) -> None:
    """The signed order, and its form where there is one."""
    page.get_by_label("Choose the signed order").set_input_files(signed)
    expect(page.locator("#signed-kept")).to_contain_text("Kept:")
    if form is not None:
        page.get_by_label("Choose the court form").set_input_files(form)
        expect(page.locator("#forms-read")).to_contain_text("Read")


def to_the_entry(page: Page) -> None:
    """From the papers to the entry beside them."""
    page.get_by_role("button", name="Go to the entry").click()
    expect(page.get_by_role("heading", name="Compare and complete the entry")).to_be_visible()
    expect(page.locator(".paper-image")).to_be_visible()


def by_hand(page: Page, folder: Path, surname: str, *, expires: str = "") -> None:
    """From the first step to a whole entry typed by hand, not filed yet."""
    page.get_by_label("Restraining order after hearing").check()
    hand_in(page, written(folder, "signed.pdf", signed_order("BY HAND")))
    to_the_entry(page)
    for name, typed in (
        ("case_number", f"26HD{next(_numbers):05d}"),
        ("judge", "Rosa Alvarez"),
        ("restrained_name", f"{surname}, DEREK"),
        ("restrained_birth_date", "5/17/1984"),
        ("protected-0-name", f"{surname}, MARIA"),
        ("issued_on", "11/20/2026"),
        ("expires_on", expires or in_two_years()),
    ):
        field(page, name).locator("input").fill(typed)
    field(page, "restrained_sex").locator("select").select_option("M")
    field(page, "restrained_race").locator("select").select_option("W")
    page.get_by_label("No contact").check()
    page.get_by_label("No firearms or ammunition").check()


def field(page: Page, name: str) -> Locator:
    """A field with its label, marks and faults."""
    return page.locator(f"[data-name='{name}']")


def fcn_filed(page: Page) -> str:
    """The number under which the page says the order is filed now."""
    title = page.locator(".filed-title")
    expect(title).to_contain_text(re.compile(r"FCN [0-9]{13}"))
    found = re.search(r"[0-9]{13}", title.inner_text())
    assert found is not None
    return found[0]


def in_two_years() -> str:
    """A day of expiry nobody doubts, as a clerk types it."""
    return (datetime.now(UTC) + timedelta(days=700)).strftime("%m/%d/%Y")
