"""Clerk Brandt files signed orders at the court's page: with a fillable form, by hand, by keyboard alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from openclets.journal.models import Body, Entry
from tests.county import County
from tests.journeys.conftest import Visits
from tests.journeys.court_clerk import at_filing, by_hand, fcn_filed, field, hand_in, in_two_years, to_the_entry
from tests.journeys.court_papers import clets001, dv110_with_stay_away_denied, dv130, signed_order, written
from tests.simulators.fillable_form import ORIGINS

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("origin", ORIGINS)
def test_clerk_brandt_files_a_signed_order_with_its_form_and_seconds_later_officer_chens_page_shows_it(
    visits: Visits, county: County, tmp_path: Path, origin: str
) -> None:
    surname = f"JOURNEY{origin.upper()}"
    form = dv130(origin, surname, case_number="26FL00777", expires=in_two_years())
    page = at_filing(visits)
    hand_in(page, written(tmp_path, "signed.pdf", signed_order("DV-130")), written(tmp_path, "dv130.pdf", form))
    expect(page.get_by_label("Restraining order after hearing")).to_be_checked()
    to_the_entry(page)
    expect(page.get_by_alt_text("Page 1 of 2 of the signed order")).to_be_visible()
    expect(field(page, "restrained_name").locator("input")).to_have_value(f"{surname}, DEREK ALAN")
    expect(field(page, "restrained_name")).to_contain_text("Read from the form (Item 2)")
    expect(field(page, "stay_away_yards").locator("input")).to_have_value("100")
    expect(field(page, "stay_away_yards")).to_contain_text("Read from the form (Item 16a)")
    expect(page.get_by_label("No contact")).to_be_checked()
    expect(page.get_by_label("Must move out")).not_to_be_checked()

    relationship = field(page, "restrained_relationship").locator("input")
    relationship.fill("spouse")
    expect(field(page, "restrained_relationship")).to_contain_text("Changed. The form (Item 2) says: former spouse")
    expect(field(page, "restrained_relationship").locator(".read-as")).to_be_hidden()

    page.get_by_role("button", name="File the order").click()
    fcn = fcn_filed(page)
    expect(page.locator(".filed-title")).to_be_focused()
    expect(page.locator(".filed-since")).to_contain_text(f"DEREK ALAN {surname} finds this order since")
    expect(page).to_have_url(re.compile(f"/court/order/{fcn}/$"))

    officer = visits.somebody("chen")
    officer.goto("/officer/")
    officer.wait_for_function("window.htmx !== undefined")
    officer.get_by_label("Line").fill(f"QW.CA0990100.NAM/{surname},DEREK.DOB/19840517")
    officer.keyboard.press("Enter")
    hit = officer.locator(".hit").first
    expect(hit).to_contain_text(fcn)
    expect(hit).to_contain_text("STAY 100 YARDS AWAY from")
    expect(hit).to_contain_text("NO CONTACT with the people protected")
    expect(hit).not_to_contain_text("MOVED OUT")


@pytest.mark.parametrize("origin", ORIGINS)
def test_a_term_denied_until_the_hearing_is_not_pre_filled_and_the_clerk_is_told(
    visits: Visits, county: County, tmp_path: Path, origin: str
) -> None:
    form = dv110_with_stay_away_denied(origin, "DENIEDONE")
    page = at_filing(visits)
    hand_in(page, written(tmp_path, "signed.pdf", signed_order("DV-110")), written(tmp_path, "dv110.pdf", form))
    to_the_entry(page)
    expect(page.get_by_label("No contact")).to_be_checked()
    expect(page.get_by_label("Stay away", exact=True)).not_to_be_checked()
    expect(field(page, "stay_away_yards").locator("input")).to_have_value("")
    expect(field(page, "stay_away_yards").locator(".read")).to_have_count(0)
    expect(field(page, "must_move_out").locator("input")).not_to_be_checked()
    warnings = page.locator(".form-warnings")
    expect(warnings).to_contain_text(
        "Item 12a: '100' is filled in, but the box above it does not say that it is ordered"
    )
    # Beside their fields as well.
    expect(page.locator(".group-terms > .field-warnings")).to_contain_text("Item 12a: '100' is filled in")
    expect(field(page, "hearing_on").locator(".field-warnings")).to_have_count(0)
    expect(page.locator(".group-dates > .field-warnings")).to_contain_text("Item 4: 'December 31 or so'")
    expect(warnings).to_contain_text("Martian")
    expect(field(page, "restrained_race").locator("select")).to_have_value("")
    expect(field(page, "restrained_race").locator(".field-warnings")).to_contain_text("Martian")


def test_what_the_confidential_form_says_is_marked_confidential_and_what_has_no_field_is_shown_not_filed(
    visits: Visits, county: County, tmp_path: Path
) -> None:
    page = at_filing(visits)
    form = dv130("made", "SECRETMAN", case_number="26FL00778", expires=in_two_years())
    hand_in(page, written(tmp_path, "signed.pdf", signed_order("DV-130")), written(tmp_path, "dv130.pdf", form))
    page.get_by_label("Choose the court form").set_input_files(
        written(tmp_path, "clets.pdf", clets001("made", "SECRETMAN"))
    )
    expect(page.locator("#forms-read")).to_contain_text("Confidential: not for the court's file")
    to_the_entry(page)
    weapons = field(page, "firearms_known")
    expect(weapons).to_contain_text("Read from the form (CLETS-001 Item 1, firearms, confidential)")
    expect(weapons.locator("textarea")).to_have_value(re.compile("shotgun in the truck"))
    expect(page.locator(".asides")).to_contain_text("anchor on left forearm")
    expect(page.locator(".asides")).to_contain_text("Confidential")
    # Where two forms differ the order itself goes first, and the difference is told at the field.
    expect(field(page, "restrained_name").locator("input")).to_have_value("SECRETMAN, DEREK ALAN")
    expect(field(page, "restrained_name").locator(".field-warnings")).to_contain_text("SECRETMAN, DEREK'")


def test_other_names_and_numbers_that_the_clerk_enters_find_the_order(
    visits: Visits, county: County, tmp_path: Path
) -> None:
    page = at_filing(visits)
    by_hand(page, tmp_path, "MANYNAMED")
    for name, typed in (
        ("restrained_other_names", "Moonraker, Linus; Rick Manynamed"),
        ("restrained_license", "Z0000417 CA"),
        ("restrained_social_security", "612-34-567"),
    ):
        field(page, name).locator("input").fill(typed)
    page.get_by_role("button", name="File the order").click()
    expect(field(page, "restrained_social_security")).to_contain_text("Accepted: nine digits")
    field(page, "restrained_social_security").locator("input").fill("612-34-5678")
    page.get_by_role("button", name="File the order").click()
    fcn = fcn_filed(page)
    officer = visits.somebody("chen")
    officer.goto("/officer/")
    officer.wait_for_function("window.htmx !== undefined")
    officer.get_by_label("Line").fill("QW.CA0990100.NAM/MOONRAKER,LINUS.OLN/Z0000417")
    officer.keyboard.press("Enter")
    hit = officer.locator(".hit").first
    expect(hit).to_contain_text(fcn)
    expect(hit).to_contain_text("ALSO KNOWN AS LINUS MOONRAKER; RICK MANYNAMED.")
    expect(hit.locator(".hit-why")).to_contain_text("number agrees: OLN:Z0000417")


def test_a_signed_order_that_carries_its_own_fields_is_handed_in_once_and_read_by_one_button(
    visits: Visits, county: County, tmp_path: Path
) -> None:
    page = at_filing(visits)
    form = dv130("made", "ONEFILE", case_number="26FL00779", expires=in_two_years())
    hand_in(page, written(tmp_path, "both.pdf", form))
    page.get_by_role("button", name="Read the signed order's own fields").click()
    expect(page.locator("#forms-read")).to_contain_text("Read: DV-130")
    to_the_entry(page)
    expect(field(page, "restrained_name").locator("input")).to_have_value("ONEFILE, DEREK ALAN")


def test_papers_can_be_dropped_where_they_belong(visits: Visits, county: County, tmp_path: Path) -> None:
    page = at_filing(visits)
    paper = signed_order("DROPPED")
    page.evaluate(
        """bytes => {
            const files = new DataTransfer();
            files.items.add(new File([new Uint8Array(bytes)], "dropped.pdf", {type: "application/pdf"}));
            const zone = document.getElementById("zone-signed");
            zone.dispatchEvent(new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer: files}));
        }""",
        list(paper),
    )
    expect(page.locator("#signed-kept")).to_contain_text("Kept: dropped.pdf, 2 pages")


def _leaf_to(page: Page, wanted: Locator, older: str) -> Locator:
    """Goes to older pages of a list until it shows what is wanted; where that stands depends on what else is filed."""
    while not wanted.count():
        page.get_by_role("link", name=older, exact=True).click(timeout=5000)
        page.wait_for_load_state()
    return wanted


def test_a_doubtful_order_is_filed_and_comes_back_to_the_court_with_its_source_and_stands_in_its_list(
    visits: Visits, county: County, tmp_path: Path
) -> None:
    page = at_filing(visits)
    by_hand(page, tmp_path, "DOUBTFULMAN", expires="12/31/2048")
    page.get_by_role("button", name="File the order").click()
    fcn = fcn_filed(page)
    doubts = page.locator(".filed .doubts")
    expect(doubts).to_contain_text("Ends: longer than the 5 years the law allows unless renewed")
    expect(doubts).to_contain_text("Fam. Code 6345")
    page.get_by_role("link", name="To the orders").click()
    returned = _leaf_to(page, page.locator(".returned-order").filter(has_text="DOUBTFULMAN, DEREK"), "Older returned")
    expect(returned).to_contain_text("longer than the 5 years")
    row = _leaf_to(page, page.locator(".filed-table tbody tr").filter(has_text=fcn), "Older")
    expect(row).to_contain_text("DOUBTFULMAN, DEREK")
    expect(row).to_contain_text("IN FORCE, NOT SERVED")
    expect(row).to_contain_text(fcn)


def test_an_order_on_file_is_opened_with_its_image_its_terms_and_where_it_stands(
    visits: Visits, county: County, tmp_path: Path
) -> None:
    page = at_filing(visits)
    by_hand(page, tmp_path, "OPENEDMAN")
    page.get_by_role("button", name="File the order").click()
    fcn = fcn_filed(page)
    page.get_by_role("link", name="Open the order and its image").click()
    expect(page.get_by_role("heading", name=f"OPENEDMAN, DEREK FCN {fcn}")).to_be_visible()
    expect(page.get_by_alt_text("Page 1 of 2 of the signed order")).to_be_visible()
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_alt_text("Page 2 of the signed order")).to_be_visible()
    expect(page.locator(".order-terms")).to_contain_text("NO CONTACT")
    looked = Entry.objects.filter(kind="order image seen", records=[fcn]).order_by("number")
    assert [Body.objects.get(entry_number=look.number).asked for look in looked] == [
        f"page 1 of order {fcn}",
        f"page 2 of order {fcn}",
    ]


def test_people_are_added_and_taken_away_and_filed_in_the_order_of_the_paper(
    visits: Visits, county: County, tmp_path: Path
) -> None:
    page = at_filing(visits)
    by_hand(page, tmp_path, "MANYPEOPLE")
    for name in ("SOMEBODY, WRONG", "MANYPEOPLE, ANA", "MANYPEOPLE, LUIS"):
        page.get_by_role("button", name="Add a protected person").click()
        expect(page.locator(":focus")).to_have_attribute("name", re.compile(r"protected-\d-name"))
        page.keyboard.type(name)
    page.get_by_role("group", name="Protected person 2").get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="File the order").click()
    fcn = fcn_filed(page)
    page.goto(f"/court/order/{fcn}/")
    people = page.locator("dt", has_text="Protected").locator("xpath=following-sibling::dd[1]").all_inner_texts()
    assert people == ["MARIA MANYPEOPLE", "ANA MANYPEOPLE", "LUIS MANYPEOPLE"]


def test_the_judge_sees_the_list_and_the_order_but_no_way_to_file(
    visits: Visits, county: County, tmp_path: Path
) -> None:
    clerk = at_filing(visits)
    by_hand(clerk, tmp_path, "JUDGESEES")
    clerk.get_by_role("button", name="File the order").click()
    fcn = fcn_filed(clerk)
    judge = visits.somebody("alvarez")
    judge.goto("/court/")
    expect(judge.get_by_role("heading", name="Orders of this court")).to_be_visible()
    expect(judge.get_by_role("link", name="File an order")).to_have_count(0)
    judge.goto(f"/court/order/{fcn}/")
    expect(judge.get_by_alt_text("Page 1 of 2 of the signed order")).to_be_visible()
    judge.goto("/court/file/")
    expect(judge.get_by_role("alert")).to_contain_text("Refused")
    expect(judge.get_by_role("alert")).to_contain_text("the duty 'judge' does not carry 'order.file'")
    refused = Entry.objects.filter(kind="filing opened", user_name="alvarez", outcome="refused").latest("number")
    expect(judge.locator("main")).to_contain_text(f"{refused.number:012d}.")


def test_an_officer_who_opens_the_courts_pages_is_told_why_not(visits: Visits, county: County) -> None:
    page = visits.somebody("chen")
    for address in ("/court/", "/court/file/", "/court/order/0012632500001/"):
        page.goto(address)
        expect(page.get_by_role("alert")).to_contain_text("Refused")
        expect(page.locator("main")).not_to_contain_text("FCN")
