"""The court's pages for everybody: by keyboard alone, by day and night, on a desk's screen and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.county import County
from tests.journeys.conftest import PHONE, VEHICLE, Theme, Visits
from tests.journeys.court_clerk import at_filing, by_hand, fcn_filed, field, hand_in, in_two_years, to_the_entry
from tests.journeys.court_papers import clets001, dv130, signed_order, written

pytestmark = pytest.mark.browser


def _tab_to(page: Page, selector: str) -> None:
    """Goes on by the tabulator until this has the focus."""
    for _ in range(120):
        if page.locator(":focus").evaluate_all(
            "(found, selector) => found.some(one => one.matches(selector))", selector
        ):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard does not reach {selector}")


def _choose_by_key(page: Page, paper: Path) -> None:
    """Hands a file to the input that has the focus. A browser on a busy machine at times lets the key go by and opens
    nothing; a person presses it again."""
    for seconds in (4, 8, 16):
        try:
            with page.expect_file_chooser(timeout=1000 * seconds) as chooser:
                page.keyboard.press("Space")
        except PlaywrightTimeout:
            continue
        chooser.value.set_files(paper)
        return
    pytest.fail("the key opens no choice of files")


def test_the_clerks_whole_way_goes_by_keyboard_alone(visits: Visits, county: County, tmp_path: Path) -> None:
    page = at_filing(visits)
    # The first choice has the focus at once.
    expect(page.locator("input[name=order_type]").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Restraining order after hearing")).to_be_checked()
    for place, paper in (
        ("#signed-file", written(tmp_path, "signed.pdf", signed_order("BY KEYBOARD", pages=3))),
        (
            "#form-file",
            written(tmp_path, "form.pdf", dv130("made", "KEYBOARDER", case_number="26KB1", expires=in_two_years())),
        ),
    ):
        _tab_to(page, place)
        _choose_by_key(page, paper)
        expect(page.locator(".kept-one").nth(0 if place == "#signed-file" else 1)).to_be_visible()
    _tab_to(page, "#start button")
    page.keyboard.press("Enter")
    expect(page.locator(".entry-title")).to_be_focused()
    expect(page.get_by_alt_text("Page 1 of 3 of the signed order")).to_be_visible()

    _tab_to(page, "[name=restrained_relationship]")
    page.keyboard.press("Control+a")
    page.keyboard.type("spouse")
    expect(field(page, "restrained_relationship")).to_contain_text("Changed.")
    # The paper is turned from within the entry.
    page.keyboard.press("Alt+PageDown")
    expect(page.get_by_alt_text("Page 2 of the signed order")).to_be_visible()
    page.keyboard.press("F2")
    expect(page.get_by_alt_text("Page 1 of 3 of the signed order")).to_be_visible()
    expect(page.locator("[name=restrained_relationship]")).to_be_focused()
    _tab_to(page, ".file-button")
    page.keyboard.press("Enter")
    fcn_filed(page)
    expect(page.locator(".filed-title")).to_be_focused()


def test_the_paper_is_enlarged_and_turned_by_its_own_keys(visits: Visits, county: County, tmp_path: Path) -> None:
    page = at_filing(visits)
    hand_in(page, written(tmp_path, "signed.pdf", signed_order("ZOOM", pages=2)))
    to_the_entry(page)
    image = page.locator(".paper-image")
    before = image.bounding_box()
    page.locator(".paper-page").focus()
    page.keyboard.press("+")
    after = image.bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] > before["width"] * 1.3
    page.keyboard.press("-")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_alt_text("Page 2 of the signed order")).to_be_visible()


@pytest.mark.parametrize("size", [VEHICLE, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("theme", ["day", "night"])
def test_the_courts_pages_have_no_serious_accessibility_fault(
    visits: Visits,
    county: County,
    tmp_path: Path,
    theme: Theme,
    size: tuple[int, int],
    serious_faults: Callable[[Page], list[str]],
) -> None:
    surname = f"AXE{theme.upper()}{'DESK' if size == VEHICLE else 'PHONE'}"
    page = at_filing(visits, theme=theme, size=size)
    assert serious_faults(page) == [], "the first step"
    page.get_by_label("Choose the signed order").set_input_files(written(tmp_path, "bad.pdf", b"no document"))
    expect(page.locator("#signed-fault")).to_contain_text("Error 62")
    form = dv130("made", surname, case_number="26FL1", expires="12/31/2048")
    hand_in(page, written(tmp_path, "signed.pdf", signed_order("AXE")), written(tmp_path, "dv130.pdf", form))
    page.get_by_label("Choose the court form").set_input_files(
        written(tmp_path, "clets.pdf", clets001("made", surname))
    )
    expect(page.locator("#forms-read li")).to_have_count(2)
    assert serious_faults(page) == [], "handed in"
    to_the_entry(page)
    page.get_by_role("button", name="Add a protected person").click()
    assert serious_faults(page) == [], "the entry"
    field(page, "issued_on").locator("input").fill("tomorrow")
    page.get_by_role("button", name="File the order").click()
    expect(page.locator("#entry-faults")).to_be_visible()
    assert serious_faults(page) == [], "faults"
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0], "nothing sticks out sideways"
    field(page, "issued_on").locator("input").fill("11/20/2026")
    page.get_by_role("button", name="File the order").click()
    fcn = fcn_filed(page)
    assert serious_faults(page) == [], "filed"
    page.goto(f"/court/order/{fcn}/")
    expect(page.locator(".paper-image")).to_be_visible()
    assert serious_faults(page) == [], "one order"
    page.goto("/court/")
    assert serious_faults(page) == [], "the list"
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0], "nothing sticks out sideways"


def test_paper_and_entry_stand_beside_each_other_on_a_desk_and_below_each_other_on_a_phone(
    visits: Visits, county: County, tmp_path: Path
) -> None:
    page = at_filing(visits)
    by_hand(page, tmp_path, "BESIDE")
    paper, entry = page.locator(".entry-paper").bounding_box(), page.locator("#entry-form").bounding_box()
    assert paper is not None
    assert entry is not None
    assert paper["x"] + paper["width"] <= entry["x"]
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    paper, entry = page.locator(".entry-paper").bounding_box(), page.locator("#entry-form").bounding_box()
    assert paper is not None
    assert entry is not None
    assert paper["y"] + paper["height"] <= entry["y"]
