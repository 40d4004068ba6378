"""The auditor reads the journal, and each look is in the journal itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect

from openclets.config.commands.journal import journal
from openclets.journal.leaf import Receipt
from openclets.journal.log_key import key_in
from openclets.journal.models import Body, Entry
from openclets.journal.record import EntryDraft, record_durably
from tests.conftest import DATA_FOLDER
from tests.county import County
from tests.journeys.conftest import PHONE, VEHICLE, Theme, Visits
from tests.simulators.sealed_journal import LOG_NAME, seal_the_journal

pytestmark = pytest.mark.browser


def _question(
    county: County, subject: str, case: str, *, user: str = "chen", seconds: float = 0.0, outcome: str = "answered"
) -> Receipt:
    actor = county.actor(user)
    return record_durably(
        EntryDraft(
            at=datetime(2026, 11, 22, 17, 36, 27, 417_000, tzinfo=UTC) + timedelta(seconds=seconds),
            kind="question",
            outcome=outcome,
            user_name=actor.user,
            agency=actor.agency,
            device=actor.device,
            channel="socket",
            message_key="QW",
            purpose="C",
            records=("0990000077777",),
            asked=f"QW.CA0990100.NAM/{subject}.CAS/{case}",
            answered="NO RECORD <b>of anybody</b>",
            personal={"subject_name": subject, "case_number": case},
        )
    )


def _search(page: Page, **fields: str) -> None:
    for label, text in fields.items():
        page.get_by_label(label.replace("_", " ")).fill(text)
    page.get_by_role("button", name="Search").click()


def _rows(page: Page) -> list[list[str]]:
    return [row.locator("td").all_inner_texts() for row in page.locator("tbody tr").all()]


def test_entries_are_listed_newest_first_with_time_to_a_hundredth_of_a_second(visits: Visits, county: County) -> None:
    first = _question(county, "LISTED,ONE", "AUD-LIST")
    second = _question(county, "LISTED,TWO", "AUD-LIST", seconds=0.019)
    page = visits.somebody("eze")
    page.goto("/auditor/")
    _search(page, Case_number="AUD-LIST")
    rows = _rows(page)
    assert [row[0] for row in rows] == [str(second.number), str(first.number)]
    assert [row[1] for row in rows] == ["2026-11-22 17:36:27.43Z", "2026-11-22 17:36:27.41Z"]
    assert rows[1][2:] == [
        "chen",
        "CA0990100",
        "CADEMO01",
        "question",
        "QW",
        "LISTED,ONE",
        "C",
        "AUD-LIST",
        "answered",
        "0990000077777",
    ]


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("User", "Gupta"),
        ("Device", "cademo05"),
        ("Subject's name", "somebody wan*"),
        ("From (UTC)", "2026-11-22T17:40:00"),
    ],
)
def test_the_filter_finds_what_fits_and_nothing_else(visits: Visits, county: County, label: str, text: str) -> None:
    case = f"AUD-{label[:6].strip().upper()}"
    _question(county, "OTHER,SOMEBODY", case)
    wanted = _question(county, "WANTED,SOMEBODY", case, user="gupta", seconds=600)
    page = visits.somebody("eze")
    page.goto("/auditor/")
    page.get_by_label(label).fill(text)
    _search(page, Case_number=case)
    assert [row[0] for row in _rows(page)] == [str(wanted.number)]


def test_an_outcome_is_chosen_from_a_list(visits: Visits, county: County) -> None:
    _question(county, "SOME,BODY", "AUD-OUTCOME")
    refused = _question(county, "SOME,BODY", "AUD-OUTCOME", user="dorn", outcome="refused")
    page = visits.somebody("eze")
    page.goto("/auditor/")
    page.get_by_label("Outcome").select_option("refused")
    _search(page, Case_number="AUD-OUTCOME")
    assert [row[0] for row in _rows(page)] == [str(refused.number)]


def test_older_entries_follow_page_by_page_under_the_same_filter(visits: Visits, county: County) -> None:
    receipts = [_question(county, "PAGED,PERSON", "AUD-PAGED", seconds=n) for n in range(53)]
    page = visits.somebody("eze")
    page.goto("/auditor/")
    _search(page, Case_number="AUD-PAGED")
    assert [row[0] for row in _rows(page)] == [str(receipt.number) for receipt in reversed(receipts[3:])]
    expect(page.get_by_text("53 entries fit")).to_be_visible()
    page.get_by_role("link", name="Next page").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    assert [row[0] for row in _rows(page)] == [str(receipt.number) for receipt in reversed(receipts[:3])]
    expect(page.get_by_role("link", name="Next page")).to_have_count(0)
    # By keyboard back again.
    page.keyboard.press("p")
    expect(page.locator("tbody tr")).to_have_count(50)
    assert _rows(page)[0][0] == str(receipts[52].number)


def test_a_click_on_a_column_sorts_by_it_and_another_turns_it_round(visits: Visits, county: County) -> None:
    for number, user in enumerate(["gupta", "chen", "dorn"]):
        _question(county, "SORTED,PERSON", "AUD-SORTED", user=user, seconds=number)
    page = visits.somebody("eze")
    page.goto("/auditor/")
    _search(page, Case_number="AUD-SORTED")
    expect(page.get_by_role("columnheader", name="When (UTC)")).to_have_attribute("aria-sort", "descending")
    page.get_by_role("link", name="User", exact=True).click()
    expect(page.get_by_role("columnheader", name="User")).to_have_attribute("aria-sort", "ascending")
    assert [row[2] for row in _rows(page)] == ["chen", "dorn", "gupta"]
    page.get_by_role("link", name="User").click()
    expect(page.get_by_role("columnheader", name="User")).to_have_attribute("aria-sort", "descending")
    assert [row[2] for row in _rows(page)] == ["gupta", "dorn", "chen"]
    # The filter is still what it was.
    expect(page.get_by_label("Case number")).to_have_value("AUD-SORTED")


def test_a_search_has_an_address_that_can_be_kept_and_names_nobody(visits: Visits, county: County) -> None:
    receipt = _question(county, "BOOKMARKED,PERSON", "AUD-BOOK")
    page = visits.somebody("eze")
    page.goto("/auditor/")
    _search(page, **{"Subject's name": "BOOKMARKED*", "Reason for this search": "complaint 26-17"})
    expect(page.get_by_role("link", name=str(receipt.number), exact=True)).to_be_visible()
    address = page.url
    assert re.fullmatch(r".*/auditor/\?search=[0-9]+", address)
    again = visits.somebody("eze")
    again.goto(address)
    assert [row[0] for row in _rows(again)] == [str(receipt.number)]
    expect(again.get_by_label("Subject's name")).to_have_value("BOOKMARKED*")


def test_what_was_found_is_taken_out_as_a_file_and_as_a_report_with_proofs(
    visits: Visits, county: County, tmp_path: Path
) -> None:
    receipt = _question(county, "EXPORTED,PERSON", "AUD-EXPORT")
    page = visits.somebody("eze")
    page.goto("/auditor/")
    _search(page, Case_number="AUD-EXPORT")
    seal_the_journal()
    key = str(key_in(DATA_FOLDER / "log-key", name=LOG_NAME).verifier)
    for link, form in (("Export with proofs (CSV)", "zip"), ("Report with proofs (PDF)", "pdf")):
        with page.expect_download() as downloading:
            page.get_by_role("link", name=link).click()
        name = downloading.value.suggested_filename
        exported = Entry.objects.filter(kind="journal exported").order_by("-number")[0]
        assert name == f"journal-{exported.number}.{form}"
        downloading.value.save_as(tmp_path / name)
        checked = CliRunner().invoke(journal, ["verify", str(tmp_path / name), "--key", key])
        assert checked.output.startswith("holds: 1 entries of "), checked.output
    assert f"{receipt.number}" in Body.objects.get(entry_number=exported.number).answered


def test_an_address_may_carry_what_names_nobody_asked_about(visits: Visits, county: County) -> None:
    receipt = _question(county, "LINKED,PERSON", "AUD-LINK", user="gupta", seconds=86_400 * 9000)
    page = visits.somebody("eze")
    page.goto("/auditor/?user_name=gupta&from_at=2050-01-01T00:00:00&subject_name=IGNORED")
    assert [row[0] for row in _rows(page)] == [str(receipt.number)]
    expect(page.get_by_label("User")).to_have_value("gupta")
    expect(page.get_by_label("Subject's name")).to_have_value("")


def test_entries_are_gone_through_by_keyboard(visits: Visits, county: County) -> None:
    older, newer = (_question(county, "KEYED,PERSON", "AUD-KEYS", seconds=n) for n in range(2))
    page = visits.somebody("eze")
    page.goto("/auditor/")
    page.keyboard.press("/")
    expect(page.get_by_label("Subject's name")).to_be_focused()
    _search(page, Case_number="AUD-KEYS")
    page.locator("h1").click()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name=str(newer.number), exact=True)).to_be_focused()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name=str(older.number), exact=True)).to_be_focused()
    page.keyboard.press("k")
    with page.context.expect_page() as opening:
        page.keyboard.press("Enter")
    assert opening.value.url.endswith(f"/auditor/entry/{newer.number}/")


def test_from_an_entry_everybody_who_asked_about_the_person_is_one_step_away(visits: Visits, county: County) -> None:
    first = _question(county, "PURSUED,PERSON", "AUD-FURTHER-1")
    second = _question(county, "PURSUED,PERSON", "AUD-FURTHER-2", user="gupta", seconds=1)
    page = visits.somebody("eze")
    page.goto(f"/auditor/entry/{first.number}/")
    page.get_by_role("button", name="Everybody who asked about PURSUED,PERSON").click()
    assert [row[0] for row in _rows(page)] == [str(second.number), str(first.number)]


def test_a_coordinator_reads_the_journal_of_the_own_agency(visits: Visits, county: County) -> None:
    foreign = _question(county, "COORDINATED,PERSON", "AUD-FOX")
    own = _question(county, "COORDINATED,PERSON", "AUD-FOX", user="eze", seconds=1)
    page = visits.somebody("fox")
    page.goto("/auditor/")
    _search(page, Case_number="AUD-FOX")
    assert [row[0] for row in _rows(page)] == [str(own.number)]
    response = page.goto(f"/auditor/entry/{foreign.number}/")
    assert response is not None
    assert response.status == 403
    expect(page.get_by_role("alert")).to_contain_text("CA0990100 is not CA0990000: ask the auditor")


def test_a_search_is_journalled_with_the_names_searched_for_kept_apart(visits: Visits, county: County) -> None:
    page = visits.somebody("eze")
    page.goto("/auditor/")
    _search(page, **{"Subject's name": "HUSHED,NAME"})
    expect(page.locator("p", has_text="This look was recorded itself")).to_be_visible()
    looked = Entry.objects.filter(kind="journal searched").order_by("-number")[0]
    assert (looked.user_name, looked.agency, looked.outcome) == ("eze", "CA0990000", "answered")
    assert Body.objects.get(entry_number=looked.number).personal["subject_name"] == "HUSHED,NAME"
    assert "HUSHED" not in page.url


def test_one_entry_shows_what_was_asked_and_answered_as_text_and_proves_its_hashes(
    visits: Visits, county: County
) -> None:
    receipt = _question(county, "OPENED,PERSON", "AUD-OPEN")
    page = visits.somebody("eze")
    page.goto("/auditor/")
    _search(page, Case_number="AUD-OPEN")
    # In a tab of its own: the list and its filter stay where they are.
    with page.context.expect_page() as opening:
        page.get_by_role("link", name=str(receipt.number), exact=True).click()
    expect(page.get_by_label("Case number")).to_have_value("AUD-OPEN")
    page = opening.value
    expect(page.get_by_role("region", name="Asked", exact=True)).to_have_text(
        "QW.CA0990100.NAM/OPENED,PERSON.CAS/AUD-OPEN"
    )
    expect(page.get_by_role("region", name="Answered", exact=True)).to_have_text("NO RECORD <b>of anybody</b>")
    expect(page.get_by_text(str(receipt))).to_be_visible()
    expect(page.get_by_text("gives the hash in its receipt")).to_be_visible()
    expect(page.get_by_text("gives the hashes in the entry")).to_be_visible()
    opened = Entry.objects.filter(kind="journal entry opened").order_by("-number")[0]
    assert (opened.user_name, opened.records) == ("eze", [str(receipt.number)])


def test_an_entry_that_is_not_there_is_said_not_to_be_there(visits: Visits) -> None:
    page = visits.somebody("eze")
    page.goto("/auditor/entry/999999999999/")
    expect(page.get_by_role("alert")).to_contain_text("there is no journal entry 999999999999")


def test_a_moment_that_cannot_be_read_is_named_and_nothing_is_searched(visits: Visits) -> None:
    page = visits.somebody("eze")
    page.goto("/auditor/")
    before = Entry.objects.filter(kind="journal searched").count()
    page.get_by_label("From (UTC)").evaluate("box => { box.type = 'text'; box.value = 'yesterday' }")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a valid date/time")
    assert Entry.objects.filter(kind="journal searched").count() == before


def test_an_officer_is_refused_the_journal_with_the_reason_and_the_refusal_is_journalled(visits: Visits) -> None:
    page = visits.somebody("chen")
    response = page.goto("/auditor/")
    assert response is not None
    assert response.status == 403
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("the duty 'officer' does not carry 'inquiry.journal'")
    expect(alert).to_contain_text("CJIS Security Policy AC-3")
    expect(alert).to_contain_text("Misuse is a crime")
    refused = Entry.objects.filter(kind="journal searched", outcome="refused", user_name="chen").order_by("-number")[0]
    expect(alert).to_contain_text(f"{refused.number:012d}.")


@pytest.mark.parametrize("size", [VEHICLE, PHONE], ids=["vehicle", "phone"])
@pytest.mark.parametrize("theme", ["day", "night"])
def test_the_journals_pages_have_no_serious_accessibility_fault(
    visits: Visits, county: County, theme: Theme, size: tuple[int, int], serious_faults: Callable[[Page], list[str]]
) -> None:
    receipt = _question(county, "AXED,PERSON", "AUD-AXE")
    page = visits.somebody("eze", theme=theme, size=size)
    page.goto("/auditor/")
    _search(page, Case_number="AUD-AXE")
    expect(page.locator("tbody tr")).not_to_have_count(0)
    assert serious_faults(page) == []
    page.goto(f"/auditor/entry/{receipt.number}/")
    assert serious_faults(page) == []
