"""A coordinator opens one person's page, is told what is wrong where it is wrong, and invites; by keyboard too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from openclets.agencies.models import Affiliation, User
from openclets.agencies.permissions import Duty
from tests.county import SHERIFF, vetted_user
from tests.journeys.conftest import PHONE, VEHICLE, Theme, Visits

pytestmark = pytest.mark.browser


def _newcomer() -> None:
    """Somebody of the sheriff's who never signed in, committed; the same in every call."""
    if not User.objects.filter(user_name="page.ibarra").exists():
        user = vetted_user("page.ibarra", "Deputy Page Ibarra")
        Affiliation.objects.create(user=user, agency_id=SHERIFF, duty=Duty.OFFICER)


@pytest.mark.parametrize(("theme", "size"), [("day", VEHICLE), ("night", PHONE)], ids=["desk by day", "phone by night"])
def test_one_persons_pages_have_no_serious_accessibility_fault(
    visits: Visits, theme: Theme, size: tuple[int, int], serious_faults: Callable[[Page], list[str]]
) -> None:
    _newcomer()
    page = visits.somebody("fox", theme=theme, size=size)
    page.goto("/agency/people/page.ibarra/")
    summary = page.locator("summary", has_text="Record a vetting")
    summary.focus()
    page.keyboard.press("Enter")
    page.get_by_label("What you saw").fill("letter 12")
    page.get_by_label("What you saw").press("Enter")
    expect(page.locator("#vetting_result_error")).to_be_visible()
    expect(page.get_by_label("What you saw")).to_have_value("letter 12")
    assert serious_faults(page) == [], "person"
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.get_by_role("button", name="Invite").click()
    expect(page.locator(".invitation-code")).to_be_visible()
    assert serious_faults(page) == [], "invitation"
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.goto("/agency/agreements/")
    assert serious_faults(page) == [], "agreements"
    page = visits.stranger(theme=theme, size=size)
    page.goto("/sign-in/first/?name=page.ibarra")
    expect(page.get_by_label("Sign-in name")).to_have_value("page.ibarra")
    assert serious_faults(page) == [], "first sign-in"
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
