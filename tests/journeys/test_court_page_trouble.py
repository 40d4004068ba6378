"""What goes wrong while an order is filed, and that nothing typed or handed in is lost by it."""

from __future__ import annotations

import http.client
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from openclets.journal.models import Entry
from openclets.orders.models import Order
from tests.county import County
from tests.journeys.conftest import Visits, sign_in
from tests.journeys.court_clerk import at_filing, by_hand, fcn_filed, field, hand_in, to_the_entry
from tests.journeys.court_papers import signed_order, written
from tests.simulators.documents import deflate_bomb

pytestmark = pytest.mark.browser

MEGABYTE = 1024 * 1024


def _file(page: Page) -> None:
    page.get_by_role("button", name="File the order").click()


def test_a_wrong_date_is_told_at_its_field_and_everything_typed_stays(
    visits: Visits, county: County, tmp_path: Path
) -> None:
    page = at_filing(visits)
    by_hand(page, tmp_path, "WRONGDATE")
    field(page, "expires_on").locator("input").fill("13/45/2027")
    field(page, "protected-0-age").locator("input").fill("forty")
    field(page, "firearms_known").locator("textarea").fill("a rifle in the\ngarage")
    looks = Entry.objects.filter(kind="document page seen").count()
    before = Entry.objects.count()
    _file(page)
    faults = page.locator("#entry-faults")
    expect(faults).to_be_focused()
    expect(faults).to_contain_text("Not filed yet: 2 things to mend")
    expect(field(page, "expires_on")).to_contain_text("there is no such day as '13/45/2027'. Accepted: a day such as")
    expect(field(page, "expires_on").locator("input")).to_have_attribute("aria-invalid", "true")
    expect(field(page, "expires_on").locator("input")).to_have_value("13/45/2027")
    expect(field(page, "protected-0-age").locator("input")).to_have_value("forty")
    expect(field(page, "restrained_name").locator("input")).to_have_value("WRONGDATE, DEREK")
    expect(field(page, "firearms_known").locator("textarea")).to_have_value("a rifle in the\ngarage")
    expect(page.get_by_label("No contact")).to_be_checked()
    # The paper beside it stays as it was: no page is fetched, and so looked at, a second time.
    expect(page.get_by_alt_text("Page 1 of 2 of the signed order")).to_be_visible()
    assert Entry.objects.filter(kind="document page seen").count() == looks
    assert Entry.objects.count() == before
    field(page, "expires_on").locator("input").fill("12/31/2027")
    field(page, "protected-0-age").locator("input").fill("40")
    _file(page)
    fcn_filed(page)


def test_what_the_rules_stop_is_told_at_its_field_with_its_number(
    visits: Visits, county: County, tmp_path: Path
) -> None:
    page = at_filing(visits)
    by_hand(page, tmp_path, "STOPPEDMAN")
    field(page, "case_number").locator("input").fill("")
    field(page, "court").locator("input").fill("")
    field(page, "restrained_weight_pounds").locator("input").fill("9999")
    _file(page)
    expect(field(page, "case_number")).to_contain_text("neither court nor case number. Accepted: the court")
    expect(field(page, "restrained_weight_pounds")).to_contain_text("Error 32")
    assert not Order.objects.filter(restrained_surname="STOPPEDMAN").exists()


def test_a_distance_without_its_box_is_asked_about_and_not_dropped(
    visits: Visits, county: County, tmp_path: Path
) -> None:
    page = at_filing(visits)
    by_hand(page, tmp_path, "HALFTERM")
    field(page, "stay_away_yards").locator("input").fill("100")
    _file(page)
    expect(field(page, "stay_away_yards")).to_contain_text("“Stay away” is not ticked. Tick it or empty this.")
    page.get_by_label("Stay away", exact=True).check()
    _file(page)
    fcn = fcn_filed(page)
    assert Order.objects.get(fcn=int(fcn)).terms["stay_away"]["yards"] == 100


@pytest.mark.parametrize(
    ("data", "number"),
    [
        (b"", "60"),
        (b"MZ this is a program", "62"),
        (b"%PDF-1.7 cut off", "65"),
        (deflate_bomb(400), "66"),
    ],
    ids=["empty", "no document", "damaged", "bomb"],
)
def test_a_hostile_upload_is_refused_by_number_at_its_place_and_the_rest_is_kept(
    visits: Visits, county: County, tmp_path: Path, data: bytes, number: str
) -> None:
    page = at_filing(visits)
    page.get_by_label("Temporary restraining order").check()
    hand_in(page, written(tmp_path, "good.pdf", signed_order("GOOD")))
    page.get_by_label("Choose the signed order").set_input_files(written(tmp_path, "bad.pdf", data))
    expect(page.locator("#signed-fault")).to_contain_text(f"Error {number}", timeout=90_000)
    expect(page.locator("#signed-kept li")).to_have_count(1)
    expect(page.get_by_label("Temporary restraining order")).to_be_checked()
    to_the_entry(page)


def test_a_document_beyond_the_limit_is_told_before_it_is_sent(visits: Visits, county: County, tmp_path: Path) -> None:
    page = at_filing(visits)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(200 * MEGABYTE)
    page.get_by_label("Choose the signed order").set_input_files(large)
    expect(page.locator("#signed-fault")).to_contain_text("Accepted: at most 40 megabytes. Error 61")
    assert sent == []


@pytest.mark.parametrize("address", ["/court/file/signed/", "/court/file/order/", "/sign-in/"])
def test_200_megabytes_are_refused_by_their_stated_length_before_they_are_sent(site: str, address: str) -> None:
    place = urlsplit(site)
    started = time.monotonic()
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=10) as connection:
        head = f"POST {address} HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Length: {200 * MEGABYTE}\r\n\r\n"
        connection.sendall(head.encode() + b"x" * 1000)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        assert answer.status == 413
        assert b"Error 61" in answer.read()
    assert time.monotonic() - started < 5


def test_a_body_that_states_no_length_is_refused_at_the_byte_where_it_is_too_large(site: str) -> None:
    place = urlsplit(site)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=10) as connection:
        head = f"POST /sign-in/ HTTP/1.1\r\nHost: {place.netloc}\r\nTransfer-Encoding: chunked\r\n\r\n"
        connection.sendall(head.encode())
        chunk = b"%x\r\n" % 65_536 + b"x" * 65_536 + b"\r\n"
        # The first sixteen are a megabyte, which is taken; nothing answers before the limit is passed.
        for _ in range(17):
            connection.sendall(chunk)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        assert answer.status == 413


def test_a_session_that_ends_loses_nothing_and_the_clerk_goes_on_after_signing_in_again(
    visits: Visits, county: County, tmp_path: Path
) -> None:
    # With a sign-in of its own: the other pages' session must not be ended with it.
    page = visits.stranger()
    sign_in(page, visits.site, county, "brandt")
    page.goto("/court/file/")
    page.wait_for_function("window.htmx !== undefined")
    by_hand(page, tmp_path, "SESSIONEND")
    page.context.clear_cookies(name="sessionid")
    _file(page)
    trouble = page.locator("#trouble")
    expect(trouble).to_contain_text("You are signed out: nothing was filed")
    expect(field(page, "restrained_name").locator("input")).to_have_value("SESSIONEND, DEREK")
    with page.context.expect_page() as opened:
        trouble.get_by_role("link", name="Sign in again in a new tab").click()
    sign_in(opened.value, visits.site, county, "brandt")
    opened.value.close()
    kept = Entry.objects.filter(kind="document kept").count()
    _file(page)
    fcn_filed(page)
    expect(trouble).to_be_hidden()
    assert Entry.objects.filter(kind="document kept").count() == kept


def test_nobody_files_in_anothers_name_after_signing_in_over_their_page(
    visits: Visits, county: County, tmp_path: Path
) -> None:
    page = visits.stranger()
    sign_in(page, visits.site, county, "brandt")
    page.goto("/court/file/")
    page.wait_for_function("window.htmx !== undefined")
    by_hand(page, tmp_path, "OTHERNAME")
    page.context.clear_cookies(name="sessionid")
    other = page.context.new_page()
    sign_in(other, visits.site, county, "alvarez")
    _file(page)
    expect(page.locator("#trouble")).to_contain_text("opened by brandt, and now alvarez is signed in")
    assert not Order.objects.filter(restrained_surname="OTHERNAME").exists()


def test_without_a_connection_it_says_that_nothing_was_filed_and_keeps_the_entry(
    visits: Visits, county: County, tmp_path: Path
) -> None:
    page = at_filing(visits)
    by_hand(page, tmp_path, "NOCONNECTION")
    page.context.set_offline(True)
    _file(page)
    # Said of this press, not only of the device: then nothing is on its way that would go out once it is back.
    expect(page.locator("#trouble")).to_contain_text("No connection: nothing was filed")
    page.context.set_offline(False)
    expect(page.locator("#trouble")).to_be_hidden()
    expect(field(page, "restrained_name").locator("input")).to_have_value("NOCONNECTION, DEREK")
    _file(page)
    fcn_filed(page)
    visits.complaints = [text for text in visits.complaints if "ERR_INTERNET_DISCONNECTED" not in text]


def test_an_answer_that_was_lost_on_the_way_does_not_make_two_orders_of_one(
    visits: Visits, county: County, tmp_path: Path
) -> None:
    page = at_filing(visits)
    by_hand(page, tmp_path, "FILEDTWICE")
    # The order arrives, its answer does not.
    page.route("**/court/file/order/", lambda route: (route.fetch(), route.abort("connectionreset"))[1])
    _file(page)
    expect(page.locator("#trouble")).to_contain_text("the same signed order is never filed twice")
    page.unroute("**/court/file/order/")
    _file(page)
    order = Order.objects.get(restrained_surname="FILEDTWICE")
    expect(page.locator("#entry-faults")).to_contain_text(f"this signed order is on file as FCN {order.fcn:013d}")
    page.locator("#entry-faults").get_by_role("link").click()
    expect(page.get_by_role("heading", name="FILEDTWICE, DEREK")).to_be_visible()
    visits.complaints = [
        text for text in visits.complaints if not any(word in text for word in ("ERR_CONNECTION_RESET", "htmx:"))
    ]


def test_two_quick_presses_file_once(visits: Visits, county: County, tmp_path: Path) -> None:
    page = at_filing(visits)
    by_hand(page, tmp_path, "QUICKPRESS")
    page.get_by_role("button", name="File the order").dblclick()
    fcn_filed(page)
    assert Order.objects.filter(restrained_surname="QUICKPRESS").count() == 1


def test_words_typed_are_shown_as_words_and_never_run(visits: Visits, county: County, tmp_path: Path) -> None:
    page = at_filing(visits)
    by_hand(page, tmp_path, "SCRIPTMAN")
    field(page, "other").locator("textarea").fill("<img src=x onerror=alert(1)>")
    field(page, "judge").locator("input").fill("<b>J</b>")
    field(page, "expires_on").locator("input").fill("<script>alert(1)</script>")
    _file(page)
    expect(field(page, "expires_on")).to_contain_text("<script>alert(1)</script>")
    field(page, "expires_on").locator("input").fill("")
    _file(page)
    fcn_filed(page)
    expect(page.locator(".order-terms")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator(".filed img, .filed b").count() == 0


def test_documents_handed_in_by_another_person_are_not_taken_over(
    visits: Visits, county: County, tmp_path: Path
) -> None:
    page = at_filing(visits)
    by_hand(page, tmp_path, "TOKENMAN")
    page.locator("#entry-form input[name=document]").evaluate("box => { box.value = box.value + 'x'; }")
    _file(page)
    expect(page.locator("#trouble")).to_contain_text("documents were handed in by somebody else")
    expect(field(page, "restrained_name").locator("input")).to_have_value("TOKENMAN, DEREK")
    assert not Order.objects.filter(restrained_surname="TOKENMAN").exists()
