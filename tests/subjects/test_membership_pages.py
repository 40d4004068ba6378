"""The pages by which agencies and people join, as three people who decide go through them."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from openclets.agencies.models import Affiliation, Agency, AgreementProposal, PrivilegeProposal
from openclets.agencies.permissions import Duty
from tests.county import SHERIFF, County
from tests.joining_people import browser_of, make_journal_month

pytestmark = pytest.mark.usefixtures("rolled_back")

APPLICATION = {
    "ori": "CA0998500",
    "name": "Moss Creek Police",
    "kind": "law_enforcement",
    "telephone": "555-0195",
    "coordinator": "Nora Blake",
    "coordinator_email": "blake@example.gov",
    "security_contact": "Omar Reyes",
    "security_email": "reyes@example.gov",
    "basis": "Pen. Code 830.1: police of a city",
}
AGREEMENT = {
    "kind": "subscriber",
    "signed_by": "Chief Ada Moss",
    "signed_on": "2026-11-02",
    "begins_on": "2026-11-02",
    "ends_on": "2031-11-02",
}


@pytest.fixture(autouse=True)
def journal_month(county: County) -> None:
    make_journal_month(county)


def browser(county: County, user_name: str, full_name: str, duty: Duty = Duty.REVIEWER) -> Client:
    """A browser in which that person, of the sheriff, has signed in by both factors."""
    return browser_of(user_name, full_name, duty=duty)


def test_an_agency_is_applied_for_reviewed_and_let_in_by_three_people(county: County) -> None:
    one = browser(county, "abel", "Reviewer Ada Abel")
    two = browser(county, "beck", "Reviewer Bo Beck")
    three = browser(county, "cole", "Reviewer Cy Cole")
    address = "/agencies/CA0998500/"
    assert one.post("/agencies/apply/", APPLICATION).status_code == 302
    assert "Moss Creek Police" in two.get("/agencies/").content.decode()
    two.post(address, {"step": "take up", "reason": "complete"})
    assert one.post(address, {"step": "approve", "reason": "mine"}).status_code == 403
    two.post(address, {"step": "approve", "reason": "as the law says"})
    assert one.post(f"{address}agreement/", AGREEMENT).status_code == 302
    page = three.get(address).content.decode()
    assert re.search(r'value="activate" disabled', page)
    assert "To activate, still needed: in force: subscriber agreement." in page
    proposal = str(AgreementProposal.objects.get(agency_id="CA0998500").pk)
    assert "waits for somebody else" in one.get(address).content.decode()
    two.post(address, {"proposal": proposal, "decision": "countersign", "reason": "as signed"})
    three.post(address, {"step": "activate", "reason": "everything is there"})
    assert Agency.objects.get(ori="CA0998500").status == "active"


def test_what_is_wrong_with_an_application_is_shown_and_what_was_typed_stays(county: County) -> None:
    one = browser(county, "abel", "Reviewer Ada Abel")
    answer = one.post("/agencies/apply/", {**APPLICATION, "kind": "court"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "which does not go with the kind" in page
    assert 'value="Moss Creek Police"' in page
    answer = one.post("/agencies/apply/", {**APPLICATION, "ori": "??"})
    assert (answer.status_code, Agency.objects.filter(name="Moss Creek Police").exists()) == (400, False)


@pytest.mark.parametrize(
    "fields",
    [{}, {"step": "apply", "reason": "x"}, {"step": "activate", "reason": "x"}, {"proposal": "²", "reason": "x"}],
)
def test_a_step_that_does_not_follow_changes_nothing(county: County, fields: dict[str, str]) -> None:
    one = browser(county, "abel", "Reviewer Ada Abel")
    two = browser(county, "beck", "Reviewer Bo Beck")
    one.post("/agencies/apply/", APPLICATION)
    assert two.post("/agencies/CA0998500/", fields).status_code == 400
    assert Agency.objects.get(ori="CA0998500").status == "applied"


def test_a_coordinator_proposes_and_another_grants(county: County) -> None:
    one = browser(county, "dunn", "Coordinator Dee Dunn", Duty.COORDINATOR)
    two = browser(county, "egan", "Coordinator Ed Egan", Duty.COORDINATOR)
    new = {"user": "faber", "full_name": "Deputy Flo Faber", "email": "faber@example.gov", "duty": "officer"}
    assert one.post("/privileges/propose/", new).status_code == 302
    proposal = str(PrivilegeProposal.objects.get(user__user_name="faber").pk)
    assert one.post("/privileges/", {"proposal": proposal, "decision": "grant", "reason": "mine"}).status_code == 403
    page = two.get("/privileges/").content.decode()
    assert f'name="proposal" value="{proposal}"' in page
    two.post("/privileges/", {"proposal": proposal, "decision": "grant", "reason": "needed on patrol"})
    assert Affiliation.objects.filter(user__user_name="faber", agency_id=SHERIFF, duty="officer").exists()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"decision": "keep", "user": "fox", "duty": "nothing", "reason": "x"},
        {"decision": "keep", "user": "??", "duty": "officer", "reason": "x"},
        {"decision": "grant", "proposal": "x", "reason": "x"},
        {"decision": "keep", "user": "nobody", "duty": "officer", "reason": "x"},
    ],
)
def test_a_decision_that_cannot_be_read_is_told_so(county: County, fields: dict[str, str]) -> None:
    one = browser(county, "dunn", "Coordinator Dee Dunn", Duty.COORDINATOR)
    answer = one.post("/privileges/", fields)
    assert answer.status_code == 400
    assert "Nothing was changed" in answer.content.decode()


def test_an_officer_is_refused_all_of_it(county: County) -> None:
    officer = browser(county, "gale", "Deputy Gus Gale", Duty.OFFICER)
    for address in ("/agencies/", "/agencies/CA0990000/", "/privileges/"):
        assert officer.get(address).status_code == 403
    assert officer.post("/agencies/apply/", APPLICATION).status_code == 403


def test_the_statement_is_signed_with_ones_own_name_only(county: County) -> None:
    officer = browser(county, "gale", "Deputy Gus Gale", Duty.OFFICER)
    assert "Pen. Code 502" in officer.get("/training/statement/").content.decode()
    assert officer.post("/training/statement/", {"name": "Somebody Else"}).status_code == 400
    assert officer.post("/training/statement/", {"name": "Deputy Gus Gale"}).status_code == 302
