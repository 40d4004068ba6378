"""Records Clerk Gupta decides whether two records are of one person: by mouse, by keyboard, by day and at night."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from openclets.agencies.models import User
from openclets.journal.models import Body, Entry
from openclets.orders.bulk import LoadedOrder, load_orders
from openclets.orders.entry import Contact, RestrainedPerson, Sex, Terms
from openclets.vocabulary.persons import PersonName
from tests.county import COURT, County
from tests.journeys.conftest import PHONE, VEHICLE, Theme, Visits
from tests.rules.orders_examples import entry

pytestmark = pytest.mark.browser

BORN = date(1984, 5, 17)


def _two(county: County, surname: str, other_surname: str = "", born: date = BORN) -> tuple[str, str]:
    """Two orders against DEREK, committed; their numbers, the later one first as the list has them."""
    user = User.objects.get(user_name="brandt").pk
    whole = entry("OAH", date(2026, 11, 2), terms=Terms(contact=Contact.NO_CONTACT))
    people = (
        RestrainedPerson(PersonName(surname, "DEREK", "ALAN"), Sex.MALE, "W", BORN, height="511", hair="BRO"),
        RestrainedPerson(PersonName(other_surname or surname, "DEREK"), Sex.MALE, "W", born, height="511", hair="BLK"),
    )
    first, second = load_orders(
        LoadedOrder(replace(whole, restrained=person), county.now, COURT, user) for person in people
    )
    return str(second), str(first)


def _pair_link(page: Page, one: str, other: str) -> str:
    return f'a.pair-link[href^="/records/pair/{one}/{other}/"]'


def _last(kind: str) -> Entry:
    return Entry.objects.filter(kind=kind, user_name="gupta").order_by("-number")[0]


def test_a_pair_is_listed_compared_and_linked_and_the_answer_names_who_decided(visits: Visits, county: County) -> None:
    one, other = _two(county, "PAIRWISE", "PAIRWYSE")
    page = visits.somebody("gupta")
    page.goto("/records/")
    expect(page.get_by_role("link", name="Duplicates")).to_have_attribute("aria-current", "page")
    row = page.locator("tr", has=page.locator(_pair_link(page, one, other)))
    expect(row.locator("td").nth(1)).to_have_text("likely")
    expect(row.locator("td").nth(2)).to_have_text(f"PAIRWYSE,DEREK, born 1984-05-17 {one}")
    expect(row.locator("td").nth(4)).to_have_text("surname")
    row.get_by_role("link").click()
    beside = {
        cells[0]: cells[1:]
        for cells in (line.locator("th, td").all_inner_texts() for line in page.locator(".beside tbody tr").all())
    }
    assert beside["Surname"] == ["PAIRWYSE", "PAIRWISE", "similar close in sound or spelling"]
    assert beside["Middle name"] == ["not on record", "ALAN", "missing"]
    assert beside["Birth date"] == ["1984-05-17", "1984-05-17", "agrees"]
    assert beside["Hair"] == ["BLK", "BRO", "differs"]
    assert beside["Height"] == ["511", "511", "agrees"]
    page.get_by_label("Why").fill("same photograph in both files")
    page.get_by_role("button", name="Link: one person").click()
    expect(page.locator(".note-success")).to_contain_text("Linked: answers show these records together")
    expect(page.locator(_pair_link(page, one, other))).to_have_count(0)
    left = _last("records linked")
    assert (left.outcome, left.records) == ("done", [one, other])
    assert Body.objects.get(entry_number=left.number).personal["reason"] == "same photograph in both files"
    page.goto("/officer/")
    page.wait_for_function("window.htmx !== undefined")
    page.get_by_label("Line").fill("QW.CA0990100.NAM/PAIRWISE,DEREK.DOB/19840517")
    page.keyboard.press("Enter")
    expect(page.locator(".hit")).to_have_count(2)
    expect(page.locator(".hit-why").first).to_contain_text(
        "is of the same person, decided by Records Clerk Asha Gupta (CA0990100)"
    )


def test_everything_is_done_by_keyboard_and_a_decision_without_a_reason_is_never_sent(
    visits: Visits, county: County
) -> None:
    one, other = _two(county, "KEYWISE")
    page = visits.somebody("gupta")
    page.goto("/records/")
    for _ in range(page.locator("a.pair-link").count()):
        page.keyboard.press("j")
        if one in (page.evaluate("document.activeElement.getAttribute('href')") or ""):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/records/pair/{one}/{other}/")
    before = Entry.objects.filter(kind="records kept apart").count()
    page.keyboard.press("n")
    expect(page.get_by_label("Why")).to_be_focused()
    assert Entry.objects.filter(kind="records kept apart").count() == before
    page.keyboard.type("brothers; born the same day in different years on paper")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.locator(".note-success")).to_contain_text("Not the same: these records are no longer listed together")
    expect(page.locator(_pair_link(page, one, other))).to_have_count(0)
    page.get_by_role("link", name="Decisions made").click()
    decided = page.locator("tr", has_text=f"{other} and {one}")
    expect(decided).to_contain_text("not the same")
    expect(decided).to_contain_text("Records Clerk Asha Gupta (CA0990100)")
    decided.get_by_role("link").click()
    page.get_by_label("Why").fill("one man after all")
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(page.locator(".note-success")).to_contain_text("Undone")
    expect(page.locator(_pair_link(page, one, other))).to_have_count(1)
    page.goto(f"/records/pair/{one}/{other}/")
    expect(page.locator(".history li")).to_have_count(2)
    page.keyboard.press("b")
    page.wait_for_url("**/records/")


def test_what_cannot_be_decided_says_why_and_keeps_what_was_typed(visits: Visits, county: County) -> None:
    one, other = _two(county, "STALEWISE")
    page = visits.somebody("gupta")
    page.goto(f"/records/pair/{one}/{other}/")
    elsewhere = visits.somebody("gupta")
    elsewhere.goto(f"/records/pair/{one}/{other}/")
    elsewhere.get_by_label("Why").fill("same licence")
    elsewhere.get_by_role("button", name="Link: one person").click()
    expect(elsewhere.locator(".note-success")).to_be_visible()
    page.get_by_label("Why").fill("not the same face")
    page.get_by_role("button", name="Not the same").click()
    expect(page.get_by_role("alert")).to_contain_text("they were linked by Records Clerk Asha Gupta (CA0990100)")
    expect(page.get_by_label("Why")).to_have_value("not the same face")
    page.goto("/records/pair/0990000000000/0990000000001/")
    expect(page.get_by_role("alert")).to_contain_text("there is no order 0990000000000")


def test_an_officer_is_refused_the_list_with_the_reason(visits: Visits) -> None:
    page = visits.somebody("chen")
    response = page.goto("/records/")
    assert response is not None
    assert response.status == 403
    expect(page.get_by_role("alert")).to_contain_text("the duty 'officer' does not carry 'people.duplicates'")


@pytest.mark.parametrize("size", [VEHICLE, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("theme", ["day", "night"])
def test_the_records_pages_have_no_serious_accessibility_fault(
    visits: Visits, county: County, theme: Theme, size: tuple[int, int], serious_faults: Callable[[Page], list[str]]
) -> None:
    one, other = _two(county, f"AXEWISE{theme.upper()}{'DESK' if size == VEHICLE else 'PHONE'}")
    page = visits.somebody("gupta", theme=theme, size=size)
    page.goto("/records/")
    expect(page.locator(_pair_link(page, one, other))).to_have_count(1)
    assert serious_faults(page) == [], "list"
    page.goto(f"/records/pair/{one}/{other}/")
    assert serious_faults(page) == [], "side by side"
    page.get_by_label("Why").fill("same photograph")
    page.get_by_role("button", name="Link: one person").click()
    expect(page.locator(".note-success")).to_be_visible()
    page.goto(f"/records/pair/{one}/{other}/")
    assert serious_faults(page) == [], "decided"
    page.goto("/records/decisions/")
    assert serious_faults(page) == [], "decisions"
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
