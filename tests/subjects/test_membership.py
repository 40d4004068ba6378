"""People from being proposed to leaving: vetted, granted by somebody else, reviewed each year, disabled when unused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from openclets.agencies.access import decision_for, may
from openclets.agencies.actor import Actor
from openclets.agencies.membership.granting import NewPrivilege, decide_privilege, end_duties, propose_privilege
from openclets.agencies.membership.review import disable_unused, privileges_to_review, review_privilege
from openclets.agencies.membership.rules import Screening
from openclets.agencies.membership.vetting import record_vetting, review_felony, sign_statement
from openclets.agencies.models import Affiliation, PrivilegeProposal, PrivilegeReview, User, Vetting
from openclets.agencies.permissions import Duty, Right
from openclets.agencies.signing_on import record_page_sign_on
from openclets.journal.models import Entry
from openclets.vocabulary.errors import Refused, Rejected
from openclets.vocabulary.identifiers import Mnemonic, Ori, UserName
from tests.county import POLICE, SHERIFF, County, vetted_user
from tests.joining_people import make_journal_month, somebody

pytestmark = pytest.mark.usefixtures("rolled_back")

CLEAR = Screening(date(2026, 10, 5), date(2026, 11, 4), is_clear=True, has_felony=False)
FELONY = Screening(date(2026, 10, 5), date(2026, 11, 4), is_clear=False, has_felony=True)
NEW = NewPrivilege(UserName("quade"), "Deputy Ilse Quade", "quade@example.gov", Duty.OFFICER)


@pytest.fixture(autouse=True)
def journal_month(county: County) -> None:
    make_journal_month(county)


def second_coordinator() -> Actor:
    return somebody("pohl", "Coordinator Jan Pohl", duty=Duty.COORDINATOR)


def reviewer() -> Actor:
    return somebody("rusk", "Reviewer Lea Rusk", agency=POLICE)


def as_actor(user: str, agency: Ori = SHERIFF) -> Actor:
    return Actor(User.objects.get(user_name=user).pk, UserName(user), agency, Mnemonic("CADEMO03"), "socket")


def test_from_proposal_to_first_question_nobody_alone_lets_a_person_in(county: County) -> None:
    fox = county.actor("fox")
    proposal = propose_privilege(actor=fox, now=county.now, new=NEW).number
    quade = as_actor("quade")
    assert decision_for(quade, Right.ASK_PERSON, now=county.now).missing == "no duty at this agency"
    with pytest.raises(Refused, match="nobody approves their own privilege, or one they proposed"):
        decide_privilege(actor=fox, now=county.now, proposal=proposal, grant=True, reason="needed")
    decide_privilege(actor=second_coordinator(), now=county.now, proposal=proposal, grant=True, reason="needed")
    missing = "no fingerprint and background clearance on record"
    assert decision_for(quade, Right.ASK_PERSON, now=county.now).missing == missing
    record_vetting(actor=fox, now=county.now, user=NEW.user, found=CLEAR, reason="result of the department")
    missing = "no signed confidentiality statement on record"
    assert decision_for(quade, Right.ASK_PERSON, now=county.now).missing == missing
    assert sign_statement(actor=quade, now=county.now, typed_name="deputy ilse  quade").until == date(2027, 11, 22)
    assert decision_for(quade, Right.ASK_PERSON, now=county.now).missing == "no training on record"
    assert User.objects.get(user_name="quade").cleared_on == date(2026, 11, 4)


def test_a_proposal_turned_down_grants_nothing_and_is_decided_once(county: County) -> None:
    proposal = propose_privilege(actor=county.actor("fox"), now=county.now, new=NEW).number
    decide_privilege(actor=reviewer(), now=county.now, proposal=proposal, grant=False, reason="no vacancy")
    assert not Affiliation.objects.filter(user__user_name="quade").exists()
    with pytest.raises(Rejected, match="decided already"):
        decide_privilege(actor=second_coordinator(), now=county.now, proposal=proposal, grant=True, reason="now")


def test_nobody_decides_about_a_duty_of_their_own_or_of_another_agency(county: County) -> None:
    pohl = second_coordinator()
    more = NewPrivilege(pohl.user, "Coordinator Jan Pohl", "", Duty.AUDITOR)
    proposal = propose_privilege(actor=county.actor("fox"), now=county.now, new=more).number
    with pytest.raises(Refused, match="nobody approves their own privilege"):
        decide_privilege(actor=pohl, now=county.now, proposal=proposal, grant=True, reason="mine")
    stranger = somebody("sorel", "Coordinator Kim Sorel", agency=POLICE, duty=Duty.COORDINATOR)
    with pytest.raises(Rejected, match="no such proposal waits here"):
        decide_privilege(actor=stranger, now=county.now, proposal=proposal, grant=True, reason="theirs")


def test_the_database_itself_refuses_a_decision_by_who_proposed(county: County) -> None:
    number = propose_privilege(actor=county.actor("fox"), now=county.now, new=NEW).number
    with pytest.raises(IntegrityError, match="privilege_decided_by_somebody_else"), transaction.atomic():
        PrivilegeProposal.objects.filter(pk=number).update(
            decided_by_id=county.actor("fox").user_id, decided_at=county.now, is_granted=True
        )


@pytest.mark.parametrize(
    ("new", "faults"),
    [
        (NewPrivilege(UserName("quade"), "Quade", "", Duty.OFFICER), ["nobody is named"]),
        (
            NewPrivilege(UserName("quade"), "Ilse Quade", "", Duty.JUDGE),
            ["no 'judge' works at an agency of the kind 'law enforcement'"],
        ),
        (NewPrivilege(UserName("eze"), "", "", Duty.AUDITOR), ["they have this duty here"]),
    ],
)
def test_a_proposal_that_makes_no_sense_is_told_so(county: County, new: NewPrivilege, faults: list[str]) -> None:
    with pytest.raises(Rejected) as rejected:
        propose_privilege(actor=county.actor("fox"), now=county.now, new=new)
    assert [fault.text for fault in rejected.value.faults] == faults


def test_a_felony_bars_at_once_and_only_somebody_apart_lets_in(county: County) -> None:
    member = somebody("tolan", "Deputy Max Tolan", duty=Duty.OFFICER)
    fox = county.actor("fox")
    assert may(member, Right.ASK_PERSON, now=county.now)
    record_vetting(actor=fox, now=county.now, user=member.user, found=FELONY, reason="conviction of 1999")
    missing = "a felony conviction without a documented review"
    assert decision_for(member, Right.ASK_PERSON, now=county.now).missing == missing
    colleague = somebody("urso", "Reviewer Pat Urso", agency=SHERIFF)
    with pytest.raises(Refused, match="reviewed by somebody apart"):
        review_felony(actor=colleague, now=county.now, user=member.user, let_in=True, reason="long ago")
    review_felony(actor=reviewer(), now=county.now, user=member.user, let_in=True, reason="reduced and dismissed")
    assert may(member, Right.ASK_PERSON, now=county.now)
    review_felony(actor=reviewer(), now=county.now, user=member.user, let_in=False, reason="another charge")
    assert decision_for(member, Right.ASK_PERSON, now=county.now).missing == missing
    assert Vetting.objects.filter(user_id=member.user_id).count() == 3


def test_nobody_vets_themselves_or_people_of_another_agency(county: County) -> None:
    fox = county.actor("fox")
    with pytest.raises(Refused, match="nobody vets themselves"):
        record_vetting(actor=fox, now=county.now, user=UserName("fox"), found=CLEAR, reason="mine")
    with pytest.raises(Rejected, match="neither works here nor is proposed to"):
        record_vetting(actor=fox, now=county.now, user=UserName("chen"), found=CLEAR, reason="theirs")


def test_a_statement_is_signed_with_ones_own_name(county: County) -> None:
    chen = county.actor("chen")
    with pytest.raises(Rejected, match="not your name as on file"):
        sign_statement(actor=chen, now=county.now, typed_name="Mei Chen")


def test_leaving_ends_every_duty_here_at_once_and_none_elsewhere(county: County) -> None:
    leaver = somebody("vogel", "Deputy Uma Vogel", duty=Duty.OFFICER)
    Affiliation.objects.create(user_id=leaver.user_id, agency_id=SHERIFF, duty=Duty.RECORDS)
    Affiliation.objects.create(user_id=leaver.user_id, agency_id=POLICE, duty=Duty.OFFICER)
    end_duties(actor=county.actor("fox"), now=county.now, user=leaver.user, duty=None, reason="moved away")
    assert decision_for(leaver, Right.ASK_PERSON, now=county.now).missing == "no duty at this agency"
    assert list(Affiliation.objects.filter(user_id=leaver.user_id).values_list("agency_id", flat=True)) == [POLICE]
    with pytest.raises(Rejected, match="has no such duty here"):
        end_duties(actor=county.actor("fox"), now=county.now, user=leaver.user, duty=None, reason="again")


def test_one_duty_ends_and_the_other_stays(county: County) -> None:
    member = somebody("wirth", "Deputy Tom Wirth", duty=Duty.OFFICER)
    Affiliation.objects.create(user_id=member.user_id, agency_id=SHERIFF, duty=Duty.RECORDS)
    end_duties(actor=county.actor("fox"), now=county.now, user=member.user, duty=Duty.RECORDS, reason="transfer")
    duties = Affiliation.objects.filter(user_id=member.user_id).values_list("duty", flat=True)
    assert list(duties) == [Duty.OFFICER]


def test_a_privilege_of_more_than_a_year_is_due_until_it_was_looked_at(county: County) -> None:
    member = somebody("yates", "Deputy Ann Yates", duty=Duty.OFFICER)
    Affiliation.objects.filter(user_id=member.user_id).update(began_at=county.now - timedelta(days=366))
    fox = county.actor("fox")

    def listed() -> tuple[bool, str]:
        rows = privileges_to_review(actor=fox, now=county.now).privileges
        return next((row.is_due, row.last_by) for row in rows if row.user == "yates")

    assert listed() == (True, "")
    review_privilege(
        actor=fox, now=county.now, user=member.user, duty=Duty.OFFICER, keep=True, reason="still on patrol"
    )
    assert listed() == (False, "Coordinator Sam Fox")


def test_a_privilege_taken_away_is_gone_at_once_and_the_look_stays(county: County) -> None:
    member = somebody("zorn", "Deputy Kay Zorn", duty=Duty.OFFICER)
    review_privilege(
        actor=county.actor("fox"), now=county.now, user=member.user, duty=Duty.OFFICER, keep=False, reason="desk now"
    )
    assert not may(member, Right.ASK_PERSON, now=county.now)
    assert PrivilegeReview.objects.get(user_id=member.user_id).is_kept is False


def test_nobody_reviews_their_own_privilege(county: County) -> None:
    with pytest.raises(Refused, match="nobody reviews their own privilege"):
        review_privilege(
            actor=county.actor("fox"),
            now=county.now,
            user=UserName("fox"),
            duty=Duty.COORDINATOR,
            keep=True,
            reason="me",
        )


def test_who_did_not_sign_on_for_ninety_days_is_disabled_and_who_did_is_not(county: County) -> None:
    idle = somebody("adair", "Deputy Bea Adair", duty=Duty.OFFICER)
    busy = somebody("bloch", "Deputy Carl Bloch", duty=Duty.OFFICER)
    recent = somebody("corey", "Deputy Dora Corey", duty=Duty.OFFICER)
    proposed = vetted_user("dietz", "Deputy Erik Dietz")
    PrivilegeProposal.objects.create(
        user=proposed,
        agency_id=SHERIFF,
        duty=Duty.OFFICER,
        proposed_by_id=county.actor("fox").user_id,
        proposed_at=county.now,
    )
    Affiliation.objects.filter(user_id__in=[idle.user_id, busy.user_id]).update(
        began_at=county.now - timedelta(days=400)
    )
    Affiliation.objects.filter(user_id=recent.user_id).update(began_at=county.now - timedelta(days=89))
    record_page_sign_on(actor=busy, now=county.now - timedelta(days=3))
    disabled = disable_unused(now=county.now)
    assert "adair" in disabled
    assert {"bloch", "corey", "dietz"}.isdisjoint(disabled)
    assert decision_for(idle, Right.ASK_PERSON, now=county.now).missing == "the account is disabled"
    assert Entry.objects.filter(kind="unused account disabled", user_name="adair", outcome="done").count() == 1
    assert "adair" not in disable_unused(now=county.now)
