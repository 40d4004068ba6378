"""Officer Chen asks at the page: by line, by form, by keyboard alone, by day and at night, and without a connection."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from openclets.journal.models import Body, Entry
from openclets.orders.entry import (
    Contact,
    OrderEntry,
    ProtectedPerson,
    RestrainedPerson,
    Sex,
    StayAway,
    StayAwayPlace,
    Terms,
)
from openclets.orders.filing import file_order
from openclets.orders.images import keep_document
from openclets.vocabulary.identifiers import Ori
from openclets.vocabulary.persons import PersonName
from tests.county import COURT, County
from tests.journeys.conftest import PHONE, VEHICLE, Theme, Visits

pytestmark = pytest.mark.browser

BORN = date(1984, 5, 17)

ASK = "QW.CA0990100."

_numbers = count(1)


def _signed_order(pages: int) -> bytes:
    """A scan as PDF, every page with its own number, unlike any other."""
    pictures = []
    number = next(_numbers)
    for page in range(1, pages + 1):
        picture = Image.new("RGB", (850, 1100), "white")
        ImageDraw.Draw(picture).text((80, 80), f"SIGNED ORDER {number} PAGE {page}", fill="black", font_size=40)
        pictures.append(picture)
    scan = io.BytesIO()
    pictures[0].save(scan, "PDF", save_all=True, append_images=pictures[1:])
    return scan.getvalue()


def _file(county: County, surname: str, *, given: str = "DEREK", pages: int = 2, firearms_known: str = "") -> str:
    """Files an order as Clerk Brandt does, in force today by the real clock the pages go by; its FCN."""
    now = datetime.now(UTC)
    brandt = county.actor("brandt")
    kept = keep_document(actor=brandt, now=now, data=_signed_order(pages), file_name="signed.pdf")
    filed = file_order(
        actor=brandt,
        now=now,
        entry=OrderEntry(
            order_type="OAH",
            case_number=f"26FP{next(_numbers):05d}",
            court=Ori(COURT),
            county="099",
            restrained=RestrainedPerson(PersonName(surname, given, "ALAN"), Sex.MALE, "W", BORN),
            protected=(
                ProtectedPerson(PersonName(surname, "MARIA", "ELENA"), Sex.FEMALE, relationship="former spouse"),
            ),
            terms=Terms(
                no_abuse=True,
                contact=Contact.NO_CONTACT,
                stay_away=StayAway(100, frozenset({StayAwayPlace.PERSON, StayAwayPlace.HOME})),
                must_move_out=True,
                move_out_address="12 Alder Street",
                firearms_prohibited=True,
            ),
            issued_on=now.date() - timedelta(days=2),
            documents=(kept.sha256,),
            judge="Rosa Alvarez",
            expires_on=now.date() + timedelta(days=700),
            firearms_known=firearms_known,
        ),
    )
    return str(filed.fcn)


def _at_the_line(visits: Visits, user: str = "chen", theme: Theme = "day", size: tuple[int, int] = VEHICLE) -> Page:
    page = visits.somebody(user, theme=theme, size=size)
    page.goto("/officer/")
    page.wait_for_function("window.htmx !== undefined")
    return page


def _ask(page: Page, line: str) -> None:
    page.get_by_label("Line").fill(line)
    page.keyboard.press("Enter")


def _last_question(user: str = "chen") -> Entry:
    return Entry.objects.filter(user_name=user, kind="question").order_by("-number")[0]


def test_the_officer_reads_the_terms_that_bind_most_dangerous_first(visits: Visits, county: County) -> None:
    fcn = _file(county, "HOLLOWPAGE", firearms_known="a handgun in the bedroom")
    page = _at_the_line(visits)
    _ask(page, f"{ASK}NAM/HOLLOWPAGE,DEREK.DOB/19840517")
    hit = page.locator(".hit").first
    expect(hit.locator(".hit-class")).to_contain_text("ORDER ENFORCEMENT")
    expect(hit.locator(".hit-headline")).to_contain_text("MAY BE ARMED, NO CONTACT, STAY 100 YARDS AWAY")
    lines = hit.locator(".hit-lines li").all_inner_texts()
    beginnings = [
        "RESTRAINED: DEREK ALAN HOLLOWPAGE",
        "CAUTION, MAY BE ARMED. The order says: a handgun in the bedroom",
        "NO CONTACT with the people protected",
        "STAY 100 YARDS AWAY from",
        "MUST HAVE MOVED OUT of 12 Alder Street",
        "NO FIREARMS",
        "NO ABUSE",
        "PROTECTS: MARIA ELENA HOLLOWPAGE",
    ]
    assert [line[: len(start)] for line, start in zip(lines, beginnings, strict=False)] == beginnings
    words = " ".join(lines)
    assert "NOT SERVED on record. TELL THE PERSON THESE TERMS NOW: that is service" in words
    assert "UNTIL the end of" in words
    assert "COURT: Superior Court of Sierra Vista County" in words
    assert "CONFIRM the order and its service with Superior Court of Sierra Vista County (CA099013J), 555-0113" in words
    expect(hit.locator(".hit-lines .tone-act")).to_contain_text("NOT SERVED")
    expect(hit.locator(".hit-why .why-agrees").first).to_be_visible()
    expect(hit.locator(".hit-record")).to_contain_text(fcn)
    expect(page.locator(".file", has_text="PROTECTIVE ORDERS")).to_contain_text("HIT")


def test_the_answer_carries_the_receipt_of_its_own_journal_entry(visits: Visits, county: County) -> None:
    fcn = _file(county, "RECEIPTMAN")
    page = _at_the_line(visits)
    _ask(page, f"{ASK}NAM/RECEIPTMAN,DEREK.DOB/19840517.PUR/C.CAS/26-7781")
    receipt = page.locator(".answer-receipt .wire").inner_text()
    entry = Entry.objects.get(number=int(receipt.split(".")[0]))
    assert receipt == f"{entry.number:012d}.{bytes(entry.leaf_hash).hex()}"
    assert (entry.user_name, entry.agency, entry.device, entry.channel) == ("chen", "CA0990100", "CAWEB01", "web")
    assert (entry.message_key, entry.purpose, entry.outcome, entry.records) == ("QW", "C", "answered", [fcn])
    assert Body.objects.get(entry_number=entry.number).personal["case_number"] == "26-7781"


def test_a_file_not_held_here_is_never_shown_as_no_record(visits: Visits, county: County) -> None:
    page = _at_the_line(visits)
    _ask(page, f"{ASK}NAM/NOBODYKNOWN,XAVIER.DOB/19501231")
    expect(page.locator(".answer-title")).to_have_text("No record found in the files held here")
    files = {row.locator(".file-name").inner_text(): row.inner_text() for row in page.locator(".file").all()}
    assert "NO RECORD" in files["PROTECTIVE ORDERS"]
    assert "NOT HELD HERE" in files["WANTED PERSONS"]
    assert "NO RECORD" not in files["WANTED PERSONS"]
    expect(page.locator(".files")).to_contain_text("was not searched: there may be a record in it")


def test_the_form_asks_the_same_question_through_the_same_door(visits: Visits, county: County) -> None:
    _file(county, "FORMBY-STAR")
    page = _at_the_line(visits)
    page.keyboard.press("F2")
    expect(page.get_by_label("Last name")).to_be_focused()
    page.get_by_label("Last name").fill("Formby-Star")
    page.get_by_label("First name").fill("Derek")
    page.get_by_label("Birth date").fill("5/17/1984")
    page.get_by_label("Sex").select_option("M")
    page.get_by_label("Purpose").select_option("C")
    page.get_by_label("Case number").fill("26-100")
    page.get_by_label("Attention").fill("Sgt. Ives")
    page.get_by_role("button", name="Ask by form").click()
    expect(page.locator(".hit").first).to_be_visible()
    expect(page.locator(".asked .wire")).to_have_text(
        "QW.CA0990100.NAM/FORMBY-STAR,DEREK.DOB/19840517.SEX/M.PUR/C.CAS/26-100.ATN/SGT IVES"
    )
    entry = _last_question()
    assert (entry.message_key, entry.purpose, entry.outcome) == ("QW", "C", "answered")


def test_the_form_asks_for_the_strict_answer_other_names_and_numbers(visits: Visits, county: County) -> None:
    _file(county, "STRICTFORM")
    page = _at_the_line(visits)
    page.keyboard.press("F2")
    page.get_by_label("Last name").fill("Strictform")
    page.get_by_label("First name").fill("Derek")
    page.get_by_label("Other name").fill("Formstrict, D.")
    page.get_by_label("Birth date").fill("5/17/1985")
    page.get_by_label("Which answer").select_option("S")
    page.get_by_role("button", name="Ask by form").click()
    line = "QW.CA0990100.NAM/STRICTFORM,DEREK.AKA/FORMSTRICT,D.DOB/19850517.RUL/S"
    expect(page.locator(".asked .wire")).to_have_text(line)
    expect(page.locator(".answer-title")).to_have_text("No record found in the files held here")
    expect(page.locator(".answer .note").first).to_contain_text("STRICT ANSWER: exactly whom the national rule finds")
    page.keyboard.press("F2")
    page.get_by_label("Which answer").select_option("S1")
    page.get_by_label("Driver licence").fill("d765-4321")
    page.get_by_label("Social security number").fill("612-34-5678")
    page.get_by_role("button", name="Ask by form").click()
    expect(page.locator(".asked .wire")).to_have_text(f"{line}.EBD/1.SOC/612345678.OLN/D765-4321")


def test_what_is_only_a_name_is_shown_as_that_and_each_field_as_it_fell_out(visits: Visits, county: County) -> None:
    fcn = _file(county, "FIELDWISE")
    page = _at_the_line(visits)
    _ask(page, f"{ASK}NAM/FIELDWISE,DEREK")
    # By its own number: a like name of another test may be shown too, and says which name was asked.
    hit = page.locator(".hit").filter(has_text=fcn)
    expect(hit.locator(".hit-match")).to_have_text("Same person: possible")
    expect(hit.locator(".why-said")).to_contain_text("ONLY THE NAME FITS")
    expect(hit.locator(".why-agrees")).to_have_text(["surname agrees: FIELDWISE", "given name agrees: DEREK"])
    expect(hit.locator(".why-missing", has_text="birth date")).to_have_text(
        "birth date missing: recorded 1984-05-17, not asked"
    )
    _ask(page, f"{ASK}NAM/FIELDWIZE,DEREK.DOB/19850517.SEX/F")
    expect(hit.locator(".hit-match")).to_have_text("Same person: possible")
    expect(hit.locator(".why-said")).to_contain_text("SAME PERSON POSSIBLE, NOT MORE")
    expect(hit.locator(".why-similar").first).to_contain_text("asked FIELDWIZE, recorded FIELDWISE")
    expect(hit.locator(".why-similar").nth(1)).to_contain_text("year off by one")
    expect(hit.locator(".why-differs")).to_have_text(["sex differs: asked F, recorded M: differs"])


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("St. Clair", "QW.CA0990100.NAM/ST CLAIR"),
        ("O'Neil.DOB/19990101", "QW.CA0990100.NAM/O'NEIL DOB 19990101"),
    ],
)
def test_nothing_typed_in_the_form_can_grow_into_a_field_of_its_own(
    visits: Visits, county: County, typed: str, asked: str
) -> None:
    page = _at_the_line(visits)
    page.keyboard.press("F2")
    page.get_by_label("Last name").fill(typed)
    page.get_by_role("button", name="Ask by form").click()
    expect(page.locator(".asked .wire")).to_have_text(asked)


def test_an_incomplete_form_is_told_what_is_missing_and_nothing_is_asked(visits: Visits, county: County) -> None:
    page = _at_the_line(visits)
    page.keyboard.press("F2")
    page.get_by_label("First name").fill("Derek")
    page.get_by_label("Last name").evaluate("box => box.removeAttribute('required')")
    before = Entry.objects.count()
    page.get_by_role("button", name="Ask by form").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a last name")
    expect(page.get_by_label("First name")).to_have_value("Derek")
    assert Entry.objects.count() == before


def test_a_rejected_line_is_kept_and_told_everything_that_is_wrong_and_what_is_accepted(
    visits: Visits, county: County
) -> None:
    page = _at_the_line(visits)
    line = f"{ASK}NAM/HOLLOWAY,DEREK.DOB/19840231.SEX/Q"
    _ask(page, line)
    expect(page.get_by_role("alert")).to_contain_text("Rejected: nothing was asked")
    faults = page.locator(".faults li").all_inner_texts()
    assert len(faults) == 2
    assert "DOB" in faults[0]
    assert "Error 05" in faults[0]
    assert "SEX" in faults[1]
    assert "Error 31" in faults[1]
    assert all("Accepted:" in fault for fault in faults)
    expect(page.get_by_label("Line")).to_have_value(line)
    expect(page.get_by_label("Line")).to_be_focused()
    rejected = Entry.objects.filter(kind="rejected message", user_name="chen").order_by("-number")[0]
    expect(page.locator(".answer-receipt")).to_contain_text(f"{rejected.number:012d}.")


def test_an_officer_whose_training_has_lapsed_is_refused_with_that_reason(visits: Visits, county: County) -> None:
    page = _at_the_line(visits, "dorn")
    expect(page.locator("#standing")).to_contain_text("training expired 2026-03-01")
    page.keyboard.press("F2")
    expect(page.get_by_label("Last name")).to_be_visible()
    expect(page.get_by_role("button", name="Ask by form")).to_have_count(0)
    _ask(page, "QW.CA0990200.NAM/HOLLOWAY,DEREK.DOB/19840517")
    alert = page.locator("#answer").get_by_role("alert")
    expect(alert).to_contain_text("Refused: training expired 2026-03-01")
    expect(alert).to_contain_text("training must be current")
    expect(alert).to_contain_text("CLETS PPP 1.8; CJIS Security Policy AT-3")
    expect(alert).to_contain_text("Misuse is a crime: Pen. Code 502")
    expect(page.locator(".hit")).to_have_count(0)
    entry = _last_question("dorn")
    assert (entry.outcome, entry.records) == ("refused", [])


def test_the_whole_way_goes_by_keyboard_alone(visits: Visits, county: County) -> None:
    first = _file(county, "KEYSTROKE", given="DEREK", pages=3)
    second = _file(county, "KEYSTROKE", given="DARREN")
    page = _at_the_line(visits)
    expect(page.get_by_label("Line")).to_be_focused()
    expect(page.get_by_label("Line")).to_have_value("QW.CA0990100.NAM/")
    page.keyboard.type("KEYSTROKE,DEREK.DOB/19840517")
    page.keyboard.press("Enter")
    expect(page.locator(".hit")).to_have_count(2)
    expect(page.locator(".hit").nth(0)).to_be_focused()
    expect(page.locator(".hit").nth(0)).to_contain_text(first)
    page.keyboard.press("j")
    expect(page.locator(".hit").nth(1)).to_be_focused()
    expect(page.locator(".hit").nth(1)).to_contain_text(second)
    page.keyboard.press("k")
    expect(page.locator(".hit").nth(0)).to_be_focused()

    page.keyboard.press("i")
    viewer = page.get_by_role("dialog")
    expect(viewer.get_by_role("heading")).to_have_text(f"Signed order {first}, page 1 of 3")
    expect(viewer.get_by_alt_text(f"Page 1 of the signed order {first}")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(viewer.get_by_alt_text(f"Page 2 of the signed order {first}")).to_be_visible()
    page.keyboard.press("Escape")
    expect(viewer).to_have_count(0)
    expect(page.locator(".hit").nth(0)).to_be_focused()

    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("next and previous record")
    page.keyboard.press("Escape")

    page.keyboard.press("/")
    expect(page.get_by_label("Line")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Line")).to_have_value("QW.CA0990100.NAM/")
    page.keyboard.type("SECOND,LINE")
    page.keyboard.press("Enter")
    expect(page.locator(".asked .wire")).to_have_text("QW.CA0990100.NAM/SECOND,LINE")
    page.keyboard.press("Control+k")
    expect(page.get_by_label("Line")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Line")).to_have_value("QW.CA0990100.NAM/KEYSTROKE,DEREK.DOB/19840517")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Line")).to_have_value("QW.CA0990100.NAM/SECOND,LINE")


def test_each_page_of_a_signed_order_that_is_looked_at_is_journalled_once(visits: Visits, county: County) -> None:
    fcn = _file(county, "LOOKEDAT", pages=3)
    page = _at_the_line(visits)
    _ask(page, f"{ASK}NAM/LOOKEDAT,DEREK.DOB/19840517")
    page.get_by_role("button", name="See the signed order").click()
    viewer = page.get_by_role("dialog")
    expect(viewer.get_by_alt_text(f"Page 1 of the signed order {fcn}")).to_be_visible()
    viewer.get_by_role("button", name="Page 3").click()
    expect(viewer.get_by_alt_text(f"Page 3 of the signed order {fcn}")).to_be_visible()
    viewer.get_by_role("button", name="Page 1").click()
    expect(viewer.get_by_alt_text(f"Page 1 of the signed order {fcn}")).to_be_visible()
    looks = Entry.objects.filter(kind="order image seen", records=[fcn]).order_by("number")
    asked = [Body.objects.get(entry_number=look.number).asked for look in looks]
    assert asked == [f"page 1 of order {fcn}", f"page 3 of order {fcn}"]
    assert {look.user_name for look in looks} == {"chen"}


def test_without_a_connection_it_says_that_nothing_was_asked_and_marks_the_old_answer_as_old(
    visits: Visits, county: County
) -> None:
    _file(county, "OFFLINER")
    page = _at_the_line(visits)
    _ask(page, f"{ASK}NAM/OFFLINER,DEREK.DOB/19840517")
    expect(page.locator(".hit").first).to_be_visible()
    expect(page.get_by_text("Old answer.")).to_be_hidden()
    before = Entry.objects.count()
    # As when the car drives out of reach: the browser believes it is online, but nothing arrives.
    page.route("**/officer/line/", lambda route: route.abort("connectionfailed"))
    _ask(page, f"{ASK}NAM/SOMEBODY,ELSE")
    expect(page.get_by_role("alert").filter(has_text="No connection: nothing was asked")).to_be_visible()
    expect(page.get_by_text("Old answer.")).to_be_visible()
    expect(page.get_by_label("Line")).to_have_value(f"{ASK}NAM/SOMEBODY,ELSE")
    assert Entry.objects.count() == before
    page.unroute("**/officer/line/")
    _ask(page, f"{ASK}NAM/SOMEBODY,ELSE")
    expect(page.locator(".asked .wire")).to_have_text(f"{ASK}NAM/SOMEBODY,ELSE")
    expect(page.get_by_text("No connection: nothing was asked")).to_be_hidden()
    expect(page.get_by_text("Old answer.")).to_be_hidden()
    visits.complaints = [text for text in visits.complaints if "sendError" not in text and "ERR_" not in text]
    visits.complaints = [text for text in visits.complaints if "htmx:afterRequest" not in text]


def test_a_device_that_goes_offline_says_so_before_anything_is_asked(visits: Visits, county: County) -> None:
    page = _at_the_line(visits)
    page.context.set_offline(True)
    expect(page.get_by_role("alert").filter(has_text="No connection")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("#no-connection")).to_be_hidden()


def test_somebody_signed_out_meanwhile_is_told_that_nothing_was_asked_and_loses_nothing(
    visits: Visits, county: County
) -> None:
    page = _at_the_line(visits)
    page.context.clear_cookies(name="sessionid")
    _ask(page, f"{ASK}NAM/SOMEBODY,ELSE")
    expect(page.get_by_role("alert")).to_contain_text("You are signed out: nothing was asked")
    expect(page.get_by_label("Line")).to_have_value(f"{ASK}NAM/SOMEBODY,ELSE")


def test_words_of_an_order_are_shown_as_words_and_never_run(visits: Visits, county: County) -> None:
    _file(county, "SCRIPTON", firearms_known="<img src=x onerror=alert(1)><b>gun</b>")
    page = _at_the_line(visits)
    _ask(page, f"{ASK}NAM/SCRIPTON,DEREK.DOB/19840517")
    expect(page.locator(".hit-lines .tone-danger")).to_contain_text("<img src=x onerror=alert(1)><b>gun</b>")
    assert page.locator(".hit-lines img, .hit-lines b").count() == 0


@pytest.mark.parametrize("size", [VEHICLE, PHONE], ids=["vehicle", "phone"])
@pytest.mark.parametrize("theme", ["day", "night"])
def test_the_officers_page_has_no_serious_accessibility_fault(
    visits: Visits, county: County, theme: Theme, size: tuple[int, int], serious_faults: Callable[[Page], list[str]]
) -> None:
    surname = f"AXE{theme.upper()}{'CAR' if size == VEHICLE else 'PHONE'}"
    _file(county, surname, firearms_known="a rifle")
    page = _at_the_line(visits, theme=theme, size=size)
    page.keyboard.press("F2")
    assert serious_faults(page) == [], "empty, form open"
    _ask(page, f"{ASK}NAM/{surname},DEREK.DOB/19840517")
    expect(page.locator(".hit").first).to_be_visible()
    assert serious_faults(page) == [], "answered"
    page.locator(".hit-image").first.click()
    expect(page.get_by_role("dialog").locator("#viewer-image")).to_be_visible()
    assert serious_faults(page) == [], "the signed order"
    page.keyboard.press("Escape")
    _ask(page, f"{ASK}NAM/HOLLOWAY.DOB/1")
    expect(page.get_by_role("alert")).to_be_visible()
    assert serious_faults(page) == [], "rejected"


@pytest.mark.parametrize("theme", ["day", "night"])
def test_on_a_vehicles_screen_the_danger_the_terms_and_the_picture_are_seen_without_scrolling(
    visits: Visits, county: County, theme: Theme
) -> None:
    surname = f"SCREEN{theme.upper()}"
    _file(county, surname, firearms_known="a rifle")
    page = _at_the_line(visits, theme=theme)
    _ask(page, f"{ASK}NAM/{surname},DEREK.DOB/19840517")
    hit = page.locator(".hit").first
    for part in (
        hit.locator(".hit-headline"),
        hit.locator("li", has_text="MUST HAVE MOVED OUT"),
        hit.locator("li", has_text="NO FIREARMS"),
        hit.get_by_role("button", name="See the signed order"),
        hit.locator(".hit-why"),
    ):
        box = part.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= VEHICLE[1]
    assert page.evaluate("document.documentElement.scrollWidth") <= VEHICLE[0]


def test_on_a_phone_nothing_sticks_out_sideways(visits: Visits, county: County) -> None:
    _file(county, "NARROWMAN", firearms_known="a rifle")
    page = _at_the_line(visits, size=PHONE)
    _ask(page, f"{ASK}NAM/NARROWMAN,DEREK.DOB/19840517")
    expect(page.locator(".hit").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
