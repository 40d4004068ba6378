"""One person's page, the agency's own agreements and the review of felonies, as those who decide go through them."""

from __future__ import annotations

from datetime import date

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.test import Client

from openclets.agencies.models import Affiliation, Agreement, AgreementProposal, Training, User, Vetting
from openclets.agencies.permissions import Duty
from openclets.journal.models import Entry
from openclets.vocabulary.identifiers import Ori
from tests.county import POLICE, SHERIFF, County, signed_in_browser
from tests.joining_people import make_journal_month, somebody

pytestmark = pytest.mark.usefixtures("rolled_back")

HENRIK = "/agency/people/odell/"
CLEAR = {
    "fingerprinted_on": "2026-10-05",
    "background_on": "2026-11-04",
    "result": "clear",
    "reason": "letter 4471 of the department",
}
COURSE = {"course": "security awareness", "passed_on": "2026-11-02", "proof": "certificate 118 of the academy"}
AGREEMENT = {
    "kind": "host",
    "signed_by": "Sheriff Ada Moss",
    "signed_on": "2026-11-02",
    "begins_on": "2026-11-02",
    "ends_on": "2029-11-02",
}


@pytest.fixture(autouse=True)
def journal_month(county: County) -> None:
    make_journal_month(county)


def browser(county: County, user_name: str, full_name: str, duty: Duty, agency: Ori = SHERIFF) -> Client:
    """A browser in which that person has signed in by both factors."""
    actor = somebody(user_name, full_name, duty=duty, agency=agency)
    User.objects.filter(pk=actor.user_id).update(password=make_password(county.password))
    user = User.objects.get(pk=actor.user_id)
    TOTP.activate(user, generate_totp_secret())
    return signed_in_browser(user)


@pytest.fixture
def coordinator(county: County) -> Client:
    return browser(county, "okafor", "Coordinator Ina Okafor", Duty.COORDINATOR)


@pytest.fixture
def odell(county: County) -> User:
    """A deputy of the sheriff who was vetted by nobody yet and has a second duty."""
    User.objects.create(user_name="odell", full_name="Deputy Henrik Odell")
    actor = somebody("odell", "Deputy Henrik Odell", duty=Duty.OFFICER)
    Affiliation.objects.create(user_id=actor.user_id, agency_id=SHERIFF, duty=Duty.RECORDS)
    return User.objects.get(pk=actor.user_id)


def test_a_coordinator_vets_somebody_and_sees_it_on_their_page(coordinator: Client, odell: User) -> None:
    assert f'<a href="{HENRIK}">Deputy Henrik Odell</a>' in coordinator.get("/agency/").content.decode()
    assert "None on record." in coordinator.get(HENRIK).content.decode()
    done = coordinator.post(f"{HENRIK}vetting/", CLEAR)
    assert (done.status_code, done.headers["Location"]) == (302, HENRIK)
    page = coordinator.get(HENRIK).content.decode()
    assert "Clear, fingerprints 2026-10-05, background 2026-11-04" in page
    assert "Coordinator Ina Okafor" in page
    odell.refresh_from_db()
    assert (odell.clearance, odell.cleared_on) == ("cleared", date(2026, 11, 4))


def test_what_is_wrong_with_a_vetting_stands_at_its_field_and_what_was_typed_stays(
    coordinator: Client, odell: User
) -> None:
    answer = coordinator.post(f"{HENRIK}vetting/", {**CLEAR, "fingerprinted_on": "2199-10-05"})
    page = answer.content.decode()
    assert answer.status_code == 400
    at_field = page.index('id="vetting_fingerprinted_on_error"')
    assert page.index("This day has not come yet. Accepted: the day of the result.") > at_field
    assert 'value="letter 4471 of the department"' in page
    assert 'value="2199-10-05"' in page
    assert 'aria-invalid="true"' in page
    answer = coordinator.post(f"{HENRIK}vetting/", {**CLEAR, "result": ""})
    assert (answer.status_code, Vetting.objects.filter(user=odell).count()) == (400, 0)


def test_a_course_passed_elsewhere_is_recorded_once(coordinator: Client, odell: User) -> None:
    coordinator.post(f"{HENRIK}course/", COURSE)
    row = Training.objects.get(user=odell)
    assert (row.course, row.expires_on, row.proof) == (
        "security awareness",
        date(2027, 11, 2),
        "certificate 118 of the academy",
    )
    assert "passed 2026-11-02, counts up to, and not on, 2027-11-02" in coordinator.get(HENRIK).content.decode()
    answer = coordinator.post(f"{HENRIK}course/", COURSE)
    assert answer.status_code == 400
    assert "It is on record for that day" in answer.content.decode()


def test_one_duty_ends_or_all_of_them_and_then_there_is_no_page_of_theirs(coordinator: Client, odell: User) -> None:
    coordinator.post(f"{HENRIK}end/", {"duty": "records", "reason": "transferred to the court"})
    assert list(Affiliation.objects.filter(user=odell).values_list("duty", flat=True)) == ["officer"]
    answer = coordinator.post(f"{HENRIK}end/", {"duty": "records", "reason": "again"})
    assert answer.status_code == 400
    assert "&#x27;odell&#x27; has no such duty here" in answer.content.decode()
    coordinator.post(f"{HENRIK}end/", {"duty": "all", "reason": "left for another county"})
    assert not Affiliation.objects.filter(user=odell).exists()
    assert coordinator.get(HENRIK).status_code == 400
    assert Entry.objects.filter(kind="duties ended", user_name="okafor", outcome="done").count() == 2


def test_of_oneself_neither_vetting_nor_course_is_offered_or_taken(coordinator: Client) -> None:
    own = "/agency/people/okafor/"
    page = coordinator.get(own).content.decode()
    assert "recorded by somebody else of your agency" in page
    assert "Record the vetting" not in page
    assert coordinator.post(f"{own}vetting/", CLEAR).status_code == 403
    assert coordinator.post(f"{own}course/", COURSE).status_code == 403


@pytest.mark.parametrize("user", ["chen", "nobody-at-all", "Odell!"])
def test_somebody_of_another_agency_has_no_page_here(coordinator: Client, user: str) -> None:
    assert coordinator.get(f"/agency/people/{user}/").status_code == 400


def test_an_agreement_of_the_own_agency_waits_for_another_agency(coordinator: Client, county: County) -> None:
    assert coordinator.post("/agency/agreements/propose/", AGREEMENT).status_code == 302
    row = AgreementProposal.objects.get(agency_id=SHERIFF, kind="host", decided_at=None)
    assert row.proposed_by.user_name == "okafor"
    assert "waits for another agency" in coordinator.get("/agency/agreements/").content.decode()
    answer = coordinator.post("/agency/agreements/propose/", {**AGREEMENT, "kind": "reciprocity", "signed_by": "Moss"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert page.index("Nobody is named.") > page.index('id="id_signed_by_error"')
    colleague = browser(county, "ritter", "Reviewer Uta Ritter", Duty.REVIEWER)
    decision = {"proposal": str(row.pk), "decision": "countersign", "reason": "as signed"}
    assert colleague.post("/agencies/CA0990000/", decision).status_code == 403


def test_a_reviewer_ends_an_agreement_before_its_day(county: County) -> None:
    reviewer = browser(county, "ritter", "Reviewer Uta Ritter", Duty.REVIEWER)
    row = Agreement.objects.create(
        agency_id=POLICE,
        kind="host",
        signed_by="Chief Bo Alder",
        countersigned_by="Reviewer Uta Ritter",
        signed_on=date(2026, 1, 2),
        begins_on=date(2026, 1, 2),
        ends_on=date(2030, 1, 2),
    )
    page = reviewer.get(f"/agencies/{POLICE}/").content.decode()
    assert f'name="agreement" value="{row.pk}"' in page
    address = f"/agencies/{POLICE}/end-agreement/"
    answer = reviewer.post(address, {"agreement": str(row.pk), "reason": " "})
    assert (answer.status_code, "no reason is given" in answer.content.decode()) == (400, True)
    assert reviewer.post(address, {"agreement": str(row.pk), "reason": "moved to another host"}).status_code == 302
    row.refresh_from_db()
    assert row.ended_on is not None
    assert f'name="agreement" value="{row.pk}"' not in reviewer.get(f"/agencies/{POLICE}/").content.decode()


def test_a_felony_bars_and_somebody_of_another_agency_lets_in_with_a_reason(
    coordinator: Client, county: County, odell: User
) -> None:
    found = {**CLEAR, "result": "felony", "reason": "conviction of 2009"}
    assert coordinator.post(f"{HENRIK}vetting/", found).status_code == 302
    assert "a reviewer of another agency decides" in coordinator.get(HENRIK).content.decode()
    colleague = browser(county, "ritter", "Reviewer Uta Ritter", Duty.REVIEWER)
    card = _card(colleague)
    assert "Waits for somebody of another agency who did not record the vetting." in card
    assert "<button" not in card
    decision = {"user": "odell", "decision": "let in", "reason": "reduced and dismissed in 2015"}
    assert colleague.post("/agencies/felonies/review/", decision).status_code == 403
    other = browser(county, "sander", "Reviewer Ole Sander", Duty.REVIEWER, POLICE)
    assert "<button" in _card(other)
    answer = other.post("/agencies/felonies/review/", {**decision, "decision": ""})
    assert answer.status_code == 400
    assert 'value="reduced and dismissed in 2015"' in answer.content.decode()
    assert other.post("/agencies/felonies/review/", decision).status_code == 302
    odell.refresh_from_db()
    assert (odell.felony, odell.clearance) == ("reviewed", "cleared")
    assert "Last review: let in by Reviewer Ole Sander: reduced and dismissed in 2015" in _card(other)
    assert "Review of a felony: let in" in coordinator.get(HENRIK).content.decode()


def test_a_coordinator_does_not_see_the_list_of_felonies(coordinator: Client) -> None:
    assert coordinator.get("/agencies/felonies/").status_code == 403


def _card(reviewer: Client) -> str:
    """Odell's part of the page of felonies."""
    page = reviewer.get("/agencies/felonies/").content.decode()
    return page[page.index('id="felony-odell"') :].split("</form>")[0]
