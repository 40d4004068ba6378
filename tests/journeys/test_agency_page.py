"""Coordinator Fox sees who may what until when and reminds; Officer Dorn sees what is missing of his own access."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from openclets.agencies.models import Affiliation, User
from openclets.agencies.permissions import Duty
from openclets.journal.models import Entry
from tests.county import SHERIFF, vetted_user
from tests.journeys.conftest import PHONE, VEHICLE, Theme, Visits

pytestmark = pytest.mark.browser


def _person(user_name: str, full_name: str, until: date | None, email: str = "") -> None:
    """Somebody of the sheriff's, committed; the same in every call."""
    if User.objects.filter(user_name=user_name).exists():
        return
    user = vetted_user(user_name, full_name, email=email, trained_until=until)
    Affiliation.objects.create(user=user, agency_id=SHERIFF, duty=Duty.OFFICER)


def test_the_coordinator_sees_who_may_what_until_when_and_sends_a_reminder(visits: Visits) -> None:
    _person("page.hale", "Officer Page Hale", date(2022, 1, 2), "hale@example.gov")
    page = visits.somebody("fox")
    page.goto("/agency/")
    row = page.locator("#person-page\\.hale")
    expect(row).to_contain_text("nothing")
    expect(row).to_contain_text("Missing: training expired 2022-01-02")
    expect(row.locator("td").last).to_have_text("2022-01-02")
    expect(page.locator("#person-eze")).to_contain_text("read the journal")
    expect(page.locator("#person-chen")).to_have_count(0)
    page.get_by_role("button", name="Remind Officer Page Hale, inquiry course").click()
    expect(page.locator(".note-success")).to_contain_text("A reminder went to Officer Page Hale, hale@example.gov")
    written = [path.read_text() for path in (settings.DATA_FOLDER / "mail").iterdir()]
    assert [
        text for text in written if "To: hale@example.gov" in text and "inquiry course counted until 2022-01-02" in text
    ] != []
    entry = Entry.objects.filter(kind="training reminder sent", user_name="fox").order_by("-number")[0]
    assert entry.outcome == "answered"


def test_the_list_is_gone_through_by_keyboard(visits: Visits) -> None:
    page = visits.somebody("fox")
    page.goto("/agency/")
    names = page.locator("tr.step").evaluate_all("rows => rows.map(row => row.id)")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == names[1]
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == names[0]


def test_an_officer_is_refused_the_list_and_shown_the_way_to_the_own_page(visits: Visits) -> None:
    page = visits.somebody("dorn")
    response = page.goto("/agency/")
    assert response is not None
    assert response.status == 403
    page.get_by_role("alert").get_by_role("link", name="My access").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My access")
    expect(page.locator(".note-danger")).to_contain_text("Training expired 2026-03-01")
    expect(page.locator(".facts")).to_contain_text("ask about people, ask for orders, ")


def test_who_lacks_nothing_is_told_so(visits: Visits) -> None:
    page = visits.somebody("gupta")
    page.goto("/records/")
    page.get_by_role("link", name="Records Clerk Asha Gupta").click()
    expect(page.locator(".note-good")).to_have_text("Nothing is missing: your access is complete.")


@pytest.mark.parametrize("size", [VEHICLE, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("theme", ["day", "night"])
def test_the_agency_pages_have_no_serious_accessibility_fault(
    visits: Visits, theme: Theme, size: tuple[int, int], serious_faults: Callable[[Page], list[str]]
) -> None:
    _person("page.hale", "Officer Page Hale", date(2022, 1, 2), "hale@example.gov")
    _person("page.long", "Officer Maximiliana Featherstonehaugh-Wolfeschlegelsteinhausen", None)
    page = visits.somebody("fox", theme=theme, size=size)
    page.goto("/agency/")
    expect(page.locator("#person-page\\.hale")).to_be_visible()
    assert serious_faults(page) == [], "people"
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page = visits.somebody("dorn", theme=theme, size=size)
    page.goto("/my-access/")
    assert serious_faults(page) == [], "my access"
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
