"""Anybody signed in looks up a code by a word, with and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, VEHICLE, Theme, Visits

pytestmark = pytest.mark.browser


def test_an_officer_finds_a_make_by_its_name_while_typing(visits: Visits) -> None:
    page = visits.somebody("chen")
    page.goto("/officer/")
    page.get_by_role("link", name="Codes").click()
    page.get_by_label("Table").select_option("VMA")
    page.get_by_label("Code or word").press_sequentially("honda")
    expect(page.get_by_role("row", name=re.compile(r"^HOND "))).to_contain_text("motorcycle")
    expect(page).to_have_url(re.compile(r"/codes/$"))


def test_a_word_is_looked_for_in_every_table_and_each_names_its_source(visits: Visits) -> None:
    page = visits.somebody("brandt")
    page.goto("/codes/?q=stalking")
    expect(page.get_by_role("heading", name="OFF: offence")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile(r"^1316 "))).to_be_visible()
    expect(page.get_by_text("Source: NIEM 5.0.1 NCIC code list").first).to_be_visible()


def test_the_page_answers_without_scripts_and_says_when_nothing_fits(visits: Visits) -> None:
    page = visits.somebody("eze")
    page.route("**/*.js", lambda route: route.abort())
    page.goto("/codes/")
    page.get_by_label("Code or word").fill("zzqqxx")
    page.get_by_role("button", name="Look up").click()
    expect(page.get_by_role("status")).to_contain_text("No table has a code or word like that")
    visits.complaints[:] = [line for line in visits.complaints if "ERR_FAILED" not in line]


def test_nobody_looks_up_codes_without_signing_in(visits: Visits) -> None:
    page = visits.stranger()
    page.goto("/codes/?q=honda")
    expect(page).to_have_url(re.compile(r"/sign-in/\?next="))


@pytest.mark.parametrize("size", [VEHICLE, PHONE], ids=["vehicle", "phone"])
@pytest.mark.parametrize("theme", ["day", "night"])
def test_the_codes_page_has_no_serious_accessibility_fault(
    visits: Visits, theme: Theme, size: tuple[int, int], serious_faults: Callable[[Page], list[str]]
) -> None:
    page = visits.somebody("chen", theme=theme, size=size)
    page.goto("/codes/?table=VMA&q=honda")
    assert serious_faults(page) == []
    page.goto("/codes/?q=custody")
    assert serious_faults(page) == []
