"""An agency from its application to being served, stopped and let go; nobody decides alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from openclets.agencies.access import decision_for
from openclets.agencies.actor import Actor
from openclets.agencies.joining.agreements import (
    SignedTerms,
    decide_agreement,
    end_agreement,
    propose_agreement,
)
from openclets.agencies.joining.rules import Step
from openclets.agencies.joining.status import agencies_to_decide, agency_file, apply_for_agency, take_step
from openclets.agencies.models import Affiliation, Agency, Agreement, Device
from openclets.agencies.permissions import Duty, Right
from openclets.vocabulary.errors import Refused, Rejected
from openclets.vocabulary.identifiers import Mnemonic, Ori, UserName
from tests.county import POLICE, County, vetted_user
from tests.joining_people import make_journal_month, new_agency, somebody

pytestmark = pytest.mark.usefixtures("rolled_back")


@pytest.fixture(autouse=True)
def journal_month(county: County) -> None:
    make_journal_month(county)


ORI = Ori("CA0998400")
TERMS = SignedTerms(
    ORI, "subscriber", "Chief Ada Moss", date(2026, 11, 2), begins_on=date(2026, 11, 2), ends_on=date(2029, 11, 2)
)


def one() -> Actor:
    return somebody("ingram", "Reviewer Ann Ingram")


def two() -> Actor:
    return somebody("joyce", "Reviewer Ben Joyce")


def three() -> Actor:
    return somebody("kern", "Reviewer Cem Kern")


def step(actor: Actor, what: Step, county: County, ori: Ori = ORI) -> str:
    return take_step(actor=actor, now=county.now, ori=ori, step=what, reason="looked at the papers").status


def active_agency(county: County) -> None:
    apply_for_agency(actor=one(), now=county.now, new=new_agency(ORI))
    step(two(), Step.TAKE_UP, county)
    step(two(), Step.APPROVE, county)
    proposal = propose_agreement(actor=one(), now=county.now, terms=TERMS).number
    decide_agreement(actor=two(), now=county.now, proposal=proposal, accept=True, reason="as signed")
    step(three(), Step.ACTIVATE, county)


def officer_there() -> Actor:
    """An officer of the agency, at its terminal."""
    user = vetted_user("lasky", "Officer Vera Lasky")
    Affiliation.objects.create(user=user, agency_id=ORI, duty=Duty.OFFICER)
    Device.objects.create(mnemonic="CALASKY1", agency_id=ORI)
    return Actor(user.pk, UserName("lasky"), ORI, Mnemonic("CALASKY1"), "socket")


def test_from_application_to_first_question(county: County) -> None:
    assert apply_for_agency(actor=one(), now=county.now, new=new_agency(ORI)).status == "applied"
    officer = officer_there()
    assert decision_for(officer, Right.ASK_PERSON, now=county.now).missing == "the agency's subscription is not active"
    assert step(two(), Step.TAKE_UP, county) == "in_review"
    assert step(two(), Step.APPROVE, county) == "approved"
    with pytest.raises(Refused) as refused:
        step(three(), Step.ACTIVATE, county)
    assert refused.value.missing == "in force: subscriber agreement"
    proposal = propose_agreement(actor=one(), now=county.now, terms=TERMS).number
    assert decide_agreement(actor=two(), now=county.now, proposal=proposal, accept=True, reason="as signed").agreement
    assert step(three(), Step.ACTIVATE, county) == "active"
    assert decision_for(officer, Right.ASK_PERSON, now=county.now).allowed


def test_suspending_stops_the_next_question_and_somebody_else_restores(county: County) -> None:
    active_agency(county)
    officer = officer_there()
    step(one(), Step.SUSPEND, county)
    assert decision_for(officer, Right.ASK_PERSON, now=county.now).missing == "the agency's subscription is not active"
    with pytest.raises(Refused, match="who took the step 'suspend'"):
        step(one(), Step.RESTORE, county)
    assert step(two(), Step.RESTORE, county) == "active"
    assert decision_for(officer, Right.ASK_PERSON, now=county.now).allowed


def test_an_agreement_that_is_ended_stops_the_next_question(county: County) -> None:
    active_agency(county)
    officer = officer_there()
    agreement = Agreement.objects.get(agency_id=ORI)
    end_agreement(actor=one(), now=county.now, agreement=agreement.pk, reason="rules were broken")
    assert decision_for(officer, Right.ASK_PERSON, now=county.now).missing == "subscriber agreement ended 2026-11-22"
    with pytest.raises(Rejected, match="ended already"):
        end_agreement(actor=one(), now=county.now, agreement=agreement.pk, reason="again")


@pytest.mark.parametrize(("by_two", "what"), [(False, Step.APPROVE), (True, Step.ACTIVATE)])
def test_nobody_approves_what_they_applied_for_or_lets_in_what_they_approved(
    county: County, by_two: bool, what: Step
) -> None:
    apply_for_agency(actor=one(), now=county.now, new=new_agency(ORI))
    step(three(), Step.TAKE_UP, county)
    if by_two:
        step(two(), Step.APPROVE, county)
    with pytest.raises(Refused, match="somebody other than who took the step"):
        step(two() if by_two else one(), what, county)
    assert Agency.objects.get(ori=ORI).status == ("approved" if by_two else "in_review")


def test_of_two_approvals_the_second_finds_it_done(county: County) -> None:
    apply_for_agency(actor=one(), now=county.now, new=new_agency(ORI))
    step(two(), Step.TAKE_UP, county)
    step(two(), Step.APPROVE, county)
    with pytest.raises(Rejected, match="'approve' does not follow 'approved'"):
        step(three(), Step.APPROVE, county)


def test_nobody_decides_about_their_own_agency(county: County) -> None:
    active_agency(county)
    step(one(), Step.SUSPEND, county)
    user = vetted_user("mott", "Reviewer Dana Mott")
    Affiliation.objects.create(user=user, agency_id=POLICE, duty=Duty.REVIEWER)
    own = somebody("mott", "Reviewer Dana Mott", agency=POLICE)
    Agency.objects.filter(ori=POLICE).update(status="active")
    proposal = propose_agreement(actor=own, now=county.now, terms=replace(TERMS, agency=POLICE, kind="host")).number
    colleague = somebody("nagy", "Reviewer Eva Nagy", agency=POLICE)
    with pytest.raises(Refused, match="nobody approves their own agreement"):
        decide_agreement(actor=colleague, now=county.now, proposal=proposal, accept=True, reason="ours")
    with pytest.raises(Refused, match="nobody approves their own agreement"):
        decide_agreement(actor=own, now=county.now, proposal=proposal, accept=True, reason="mine")
    assert decide_agreement(actor=one(), now=county.now, proposal=proposal, accept=False, reason="no").agreement is None
    with pytest.raises(Rejected, match="decided already"):
        decide_agreement(actor=one(), now=county.now, proposal=proposal, accept=True, reason="yes")


def test_a_coordinator_proposes_for_their_own_agency_only(county: County) -> None:
    apply_for_agency(actor=one(), now=county.now, new=new_agency(ORI))
    fox = county.actor("fox")
    with pytest.raises(Refused):
        propose_agreement(actor=fox, now=county.now, terms=TERMS)
    own = replace(TERMS, agency=fox.agency, kind="host")
    assert propose_agreement(actor=fox, now=county.now, terms=own).number
    with pytest.raises(Rejected, match="one of this kind waits already"):
        propose_agreement(actor=fox, now=county.now, terms=own)


def test_everything_wrong_with_an_application_is_named(county: County) -> None:
    apply_for_agency(actor=one(), now=county.now, new=new_agency(ORI))
    wrong = replace(new_agency(ORI, kind="court"), basis=" ", security_contact="Nora Blake")
    with pytest.raises(Rejected) as rejected:
        apply_for_agency(actor=one(), now=county.now, new=wrong)
    assert [fault.text for fault in rejected.value.faults] == [
        "CA0998400 is of law enforcement, which does not go with the kind 'court'",
        "is empty",
        "the coordinator cannot be the security contact as well",
        "this agency is on file",
    ]


@pytest.mark.parametrize("other", [None, ORI, Ori("CA0999990")])
def test_an_interagency_agreement_names_a_second_agency_on_file(county: County, other: Ori | None) -> None:
    apply_for_agency(actor=one(), now=county.now, new=new_agency(ORI))
    with pytest.raises(Rejected):
        propose_agreement(actor=one(), now=county.now, terms=replace(TERMS, kind="interagency", other=other))
    good = replace(TERMS, kind="interagency", other=POLICE)
    assert propose_agreement(actor=one(), now=county.now, terms=good).number


def test_the_work_list_says_what_each_agency_waits_for(county: County) -> None:
    apply_for_agency(actor=one(), now=county.now, new=new_agency("CA099843U", kind="other"))
    propose_agreement(actor=one(), now=county.now, terms=replace(TERMS, agency=Ori("CA099843U")))
    listed = agencies_to_decide(actor=two(), now=county.now)
    mine = next(row for row in listed.waiting if row.ori == "CA099843U")
    assert (mine.status, mine.missing, mine.proposals) == (
        "applied",
        ("subscriber agreement", "management control agreement"),
        1,
    )
    file = agency_file(actor=one(), now=county.now, ori=Ori("CA099843U"))
    assert [(row.step, row.missing) for row in file.offered] == [(Step.TAKE_UP, ""), (Step.TURN_DOWN, "")]
    assert [(row.kind, row.may_decide) for row in file.agreements] == [("subscriber agreement", False)]
    assert agency_file(actor=two(), now=county.now, ori=Ori("CA099843U")).agreements[0].may_decide


@pytest.mark.parametrize("reason", ["", "  ", "...", "x" * 301])
def test_a_step_without_a_reason_somebody_could_follow_is_not_taken(county: County, reason: str) -> None:
    apply_for_agency(actor=one(), now=county.now, new=new_agency(ORI))
    with pytest.raises(Rejected):
        take_step(actor=two(), now=county.now, ori=ORI, step=Step.TAKE_UP, reason=reason)
    assert Agency.objects.get(ori=ORI).status == "applied"
