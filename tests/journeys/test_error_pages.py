"""What people read when something cannot be done, whoever's fault it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.db import OperationalError
from django.test import Client, RequestFactory
from playwright.sync_api import Page, expect

from openclets.agencies.models import Affiliation, User
from openclets.agencies.permissions import Duty
from openclets.journal.models import Body, Entry
from openclets.vocabulary.errors import Unavailable
from openclets.web.outcomes import Outcomes, broken
from openclets.web.visitor import DUTY_PLACES
from tests.county import POLICE, County, signed_in_browser
from tests.journeys.conftest import Visits


def test_a_session_without_a_second_factor_is_ended_and_told_why(county: County) -> None:
    client = Client()
    # Signed in by another way than the front door: whatever that way may be, the guard stands before every page.
    client.force_login(User.objects.get(user_name="chen"))
    told = client.get("/officer/", HTTP_HOST="localhost")
    assert told.status_code == 403
    assert "no one-time code was given in this session" in told.content.decode()
    assert _refusal(told.content.decode(), "chen").answered == "no one-time code was given in this session"
    again = client.get("/officer/", HTTP_HOST="localhost")
    assert (again.status_code, again.headers["Location"]) == (302, "/sign-in/?next=/officer/")


def test_a_person_whose_agency_was_taken_away_is_refused_and_the_refusal_is_journalled(county: County) -> None:
    leaver = User.objects.create(user_name="leaver", full_name="Lee Aver", password=make_password(county.password))
    affiliation = Affiliation.objects.create(user=leaver, agency_id=POLICE, duty=Duty.OFFICER)
    TOTP.activate(leaver, generate_totp_secret())
    client = signed_in_browser(leaver)
    assert client.get("/officer/").status_code == 200
    affiliation.delete()
    told = client.get("/officer/")
    assert told.status_code == 403
    assert _refusal(told.content.decode(), "leaver").answered == "no duty at an agency that uses these pages"


def _refusal(page: str, user_name: str) -> Body:
    """What the entry holds whose receipt the page shows."""
    entry = Entry.objects.filter(user_name=user_name, outcome="refused").latest("number")
    assert f"{entry.number:012d}." in page
    return Body.objects.get(entry_number=entry.number)


@pytest.mark.parametrize("address", ["/", "/officer/", "/auditor/", "/auditor/entry/1/", "/officer/order/1/page/1/"])
def test_no_page_opens_to_somebody_who_has_not_signed_in(county: County, address: str) -> None:
    response = Client().get(address, HTTP_HOST="localhost")
    assert (response.status_code, response.headers["Location"]) == (302, f"/sign-in/?next={address}")


def test_a_question_without_the_pages_own_token_is_not_asked(county: County) -> None:
    response = Client(enforce_csrf_checks=True).post("/officer/line/", {"line": "QW"}, HTTP_HOST="localhost")
    assert response.status_code == 403
    assert "This page was too old: nothing was done" in response.content.decode()


def test_a_database_that_does_not_answer_is_told_as_unavailable_and_never_as_no_record(county: County) -> None:
    request = RequestFactory().get("/officer/")
    try:
        raise OperationalError("the connection is closed")
    except OperationalError:
        response = broken(request)
    text = response.content.decode()
    assert response.status_code == 503
    assert "you have no answer" in text
    assert "The database does not answer" in text
    assert "no record" not in text.lower()


def test_a_fault_of_our_own_is_told_without_its_details(county: County) -> None:
    request = RequestFactory().get("/officer/")
    try:
        raise KeyError("a detail that belongs in the log")
    except KeyError:
        response = broken(request)
    text = response.content.decode()
    assert response.status_code == 500
    assert "Something broke here: you have no answer" in text
    assert "a detail" not in text


def test_a_part_that_is_unavailable_is_told_in_place_without_the_frame_of_a_page(county: County) -> None:
    request = RequestFactory().post("/officer/line/", headers={"HX-Request": "true"})
    outcome = Outcomes(lambda _: None).process_exception(request, Unavailable("the journal cannot record"))  # type: ignore[arg-type, return-value]
    assert outcome is not None
    text = outcome.content.decode()
    assert outcome.status_code == 503
    assert "The journal cannot record" in text
    assert "<html" not in text


@pytest.mark.browser
def test_a_page_that_is_not_there_says_nothing_about_any_person(
    visits: Visits, serious_faults: Callable[[Page], list[str]]
) -> None:
    page = visits.somebody("chen")
    response = page.goto("/officer/nobody/")
    assert response is not None
    assert response.status == 404
    expect(page.get_by_role("alert")).to_contain_text("This says nothing about any person or record")
    assert serious_faults(page) == []


@pytest.mark.parametrize("duty", list(Duty))
def test_every_duty_leads_to_some_page(duty: Duty) -> None:
    assert [row.place.address for row in DUTY_PLACES if duty in row.duties]


@pytest.mark.browser
def test_the_coordinator_chooses_between_people_privileges_and_the_journal(visits: Visits) -> None:
    page = visits.somebody("fox")
    page.goto("/")
    expect(page.locator(".choice strong")).to_have_text(["People", "Privileges", "Journal"])
