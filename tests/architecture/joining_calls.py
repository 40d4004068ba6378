"""Calls of the verbs by which agencies and people join, stay and leave. See `verb_calls`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret

from openclets.agencies import inviting
from openclets.agencies.actor import Actor
from openclets.agencies.inviting import FirstSecrets
from openclets.agencies.joining import agreements, status
from openclets.agencies.joining.agreements import SignedTerms
from openclets.agencies.joining.rules import Step
from openclets.agencies.membership import felonies, granting, person_file, review, vetting
from openclets.agencies.membership.granting import NewPrivilege
from openclets.agencies.membership.rules import Screening
from openclets.agencies.models import Agency, AgencyStep, Agreement, AgreementProposal, PrivilegeProposal, User, Vetting
from openclets.agencies.permissions import Duty
from openclets.agencies.signing_on import Caller
from openclets.vocabulary.identifiers import Mnemonic, Ori, UserName
from tests.architecture.row import Row
from tests.county import POLICE, SHERIFF, County, shown_code
from tests.joining_people import new_agency, somebody

_TERMS: Final = SignedTerms(
    Ori("CA0998100"), "host", "Chief Ada Moss", date(2026, 11, 2), date(2026, 11, 2), date(2028, 1, 1)
)
_SEEN: Final = Screening(date(2026, 10, 5), date(2026, 11, 4), is_clear=True, has_felony=False)


def _reviewer() -> Actor:
    return somebody("row.reviewer", "Reviewer Row One")


def _other_reviewer() -> Actor:
    return somebody("row.reviewer.two", "Reviewer Row Two")


def _applied(county: County) -> Ori:
    """An agency that waits to be taken up."""
    agency, _ = Agency.objects.update_or_create(
        ori="CA0998100",
        defaults={"name": "Row Town Police", "kind": "law_enforcement", "county": "099", "status": "applied"},
    )
    AgencyStep.objects.get_or_create(
        agency=agency, step=Step.APPLY, defaults={"taken_by_id": _other_reviewer().user_id, "taken_at": county.now}
    )
    return Ori("CA0998100")


def _proposal(county: County) -> int:
    ori = _applied(county)
    row, _ = AgreementProposal.objects.get_or_create(
        agency_id=ori,
        kind="subscriber",
        decided_at=None,
        defaults={
            "signed_by": "Chief Ada Moss",
            "signed_on": date(2026, 11, 2),
            "begins_on": date(2026, 11, 2),
            "ends_on": date(2028, 1, 1),
            "proposed_by_id": _other_reviewer().user_id,
            "proposed_at": county.now,
        },
    )
    return int(row.pk)


def _nothing_proposed(county: County) -> None:
    _applied(county)
    AgreementProposal.objects.filter(agency_id="CA0998100", kind="host", decided_at=None).delete()


def _agreement(county: County) -> int:
    row = Agreement.objects.create(
        agency_id=_applied(county),
        kind="host",
        signed_by="Chief Ada Moss",
        countersigned_by="Reviewer Row Two",
        signed_on=date(2026, 11, 2),
        begins_on=date(2026, 11, 2),
        ends_on=date(2028, 1, 1),
    )
    return int(row.pk)


def _privilege(county: County) -> int:
    person = somebody("row.member", "Officer Row Member", duty=Duty.OFFICER)
    row, _ = PrivilegeProposal.objects.get_or_create(
        user_id=person.user_id,
        agency_id=SHERIFF,
        duty=Duty.RECORDS,
        decided_at=None,
        defaults={"proposed_by_id": county.actor("fox").user_id, "proposed_at": county.now},
    )
    return int(row.pk)


def _member(county: County) -> UserName:
    return somebody("row.member", "Officer Row Member", duty=Duty.OFFICER).user


def _leaver(county: County) -> UserName:
    return somebody("row.leaver", "Officer Row Leaver", duty=Duty.OFFICER).user


def _felon(county: County) -> UserName:
    person = somebody("row.felon", "Officer Row Felon", agency=POLICE, duty=Duty.OFFICER)
    User.objects.filter(pk=person.user_id).update(felony="barred", clearance="denied", cleared_on=None)
    Vetting.objects.create(
        user_id=person.user_id,
        fingerprinted_on=date(2026, 10, 5),
        background_on=date(2026, 10, 5),
        has_felony=True,
        is_let_in=False,
        recorded_by_id=county.actor("fox").user_id,
        recorded_at=county.now,
        reason="result of the department",
    )
    return person.user


def _invited(county: County) -> tuple[UserName, str, FirstSecrets]:
    """Somebody with an invitation that counts, and what they would set."""
    person = somebody("row.invited", "Officer Row Invited", duty=Duty.OFFICER)
    Authenticator.objects.filter(user_id=person.user_id).delete()
    code = inviting.issue_invitation(actor=county.actor("fox"), now=county.now, user=person.user).code
    secret = generate_totp_secret()
    return person.user, code, FirstSecrets("four unrelated quiet words", secret, shown_code(secret))


def _new_privilege(user: str) -> NewPrivilege:
    return NewPrivilege(UserName(user), "Officer Row Newcomer", "newcomer@example.gov", Duty.OFFICER)


def _elsewhere(county: County) -> Actor:
    return replace(county.actor("chen"), agency=Ori("CA0990200"))


JOINING_ROWS: Final[dict[str, Row]] = {
    "agencies.joining.status.apply_for_agency": Row(
        allowed=lambda county, _: status.apply_for_agency(
            actor=_reviewer(), now=county.now, new=new_agency("CA0998200")
        ),
        refused=lambda county, _: status.apply_for_agency(
            actor=county.actor("chen"), now=county.now, new=new_agency("CA0998300")
        ),
    ),
    "agencies.joining.status.take_step": Row(
        prepare=_applied,
        allowed=lambda county, ori: status.take_step(
            actor=_reviewer(), now=county.now, ori=ori, step=Step.TAKE_UP, reason="complete"
        ),
        refused=lambda county, ori: status.take_step(
            actor=county.actor("fox"), now=county.now, ori=ori, step=Step.TAKE_UP, reason="complete"
        ),
    ),
    "agencies.joining.status.agencies_to_decide": Row(
        allowed=lambda county, _: status.agencies_to_decide(actor=_reviewer(), now=county.now),
        refused=lambda county, _: status.agencies_to_decide(actor=county.actor("eze"), now=county.now),
    ),
    "agencies.joining.status.agency_file": Row(
        prepare=_applied,
        allowed=lambda county, ori: status.agency_file(actor=_reviewer(), now=county.now, ori=ori),
        refused=lambda county, ori: status.agency_file(actor=county.actor("fox"), now=county.now, ori=ori),
    ),
    "agencies.inviting.issue_invitation": Row(
        prepare=_member,
        allowed=lambda county, user: inviting.issue_invitation(actor=county.actor("fox"), now=county.now, user=user),
        refused=lambda county, _: inviting.issue_invitation(
            actor=county.actor("fox"), now=county.now, user=UserName("fox")
        ),
    ),
    "agencies.inviting.use_invitation": Row(
        prepare=_invited,
        allowed=lambda county, given: inviting.use_invitation(
            actor=Caller(Mnemonic(""), "web"), now=county.now, user=given[0], code=given[1], first=given[2]
        ),
        refused=lambda county, given: inviting.use_invitation(
            actor=Caller(Mnemonic(""), "web"), now=county.now, user=given[0], code="ABCD-EFGH", first=given[2]
        ),
    ),
    "agencies.joining.agreements.own_agreements": Row(
        allowed=lambda county, _: agreements.own_agreements(actor=county.actor("fox"), now=county.now),
        refused=lambda county, _: agreements.own_agreements(actor=county.actor("eze"), now=county.now),
    ),
    "agencies.membership.felonies.felonies_to_review": Row(
        allowed=lambda county, _: felonies.felonies_to_review(actor=_reviewer(), now=county.now),
        refused=lambda county, _: felonies.felonies_to_review(actor=county.actor("fox"), now=county.now),
    ),
    "agencies.membership.person_file.person_file": Row(
        prepare=_member,
        allowed=lambda county, user: person_file.person_file(actor=county.actor("fox"), now=county.now, user=user),
        refused=lambda county, user: person_file.person_file(actor=county.actor("eze"), now=county.now, user=user),
    ),
    "agencies.joining.agreements.propose_agreement": Row(
        prepare=_nothing_proposed,
        allowed=lambda county, _: agreements.propose_agreement(actor=_reviewer(), now=county.now, terms=_TERMS),
        refused=lambda county, _: agreements.propose_agreement(actor=county.actor("fox"), now=county.now, terms=_TERMS),
    ),
    "agencies.joining.agreements.decide_agreement": Row(
        prepare=_proposal,
        allowed=lambda county, number: agreements.decide_agreement(
            actor=_reviewer(), now=county.now, proposal=number, accept=True, reason="as signed"
        ),
        refused=lambda county, number: agreements.decide_agreement(
            actor=_other_reviewer(), now=county.now, proposal=number, accept=True, reason="as signed"
        ),
    ),
    "agencies.joining.agreements.end_agreement": Row(
        prepare=_agreement,
        allowed=lambda county, number: agreements.end_agreement(
            actor=_reviewer(), now=county.now, agreement=number, reason="moved to another host"
        ),
        refused=lambda county, number: agreements.end_agreement(
            actor=county.actor("fox"), now=county.now, agreement=number, reason="moved to another host"
        ),
    ),
    "agencies.membership.granting.propose_privilege": Row(
        allowed=lambda county, _: granting.propose_privilege(
            actor=county.actor("fox"), now=county.now, new=_new_privilege("row.newcomer")
        ),
        refused=lambda county, _: granting.propose_privilege(
            actor=county.actor("eze"), now=county.now, new=_new_privilege("row.newcomer.two")
        ),
    ),
    "agencies.membership.granting.decide_privilege": Row(
        prepare=_privilege,
        allowed=lambda county, number: granting.decide_privilege(
            actor=_reviewer(), now=county.now, proposal=number, grant=False, reason="not needed"
        ),
        refused=lambda county, number: granting.decide_privilege(
            actor=county.actor("fox"), now=county.now, proposal=number, grant=True, reason="my own proposal"
        ),
    ),
    "agencies.membership.granting.end_duties": Row(
        prepare=_leaver,
        allowed=lambda county, user: granting.end_duties(
            actor=county.actor("fox"), now=county.now, user=user, duty=None, reason="retired"
        ),
        refused=lambda county, user: granting.end_duties(
            actor=county.actor("gupta"), now=county.now, user=user, duty=None, reason="retired"
        ),
    ),
    "agencies.membership.vetting.record_vetting": Row(
        prepare=_member,
        allowed=lambda county, user: vetting.record_vetting(
            actor=county.actor("fox"), now=county.now, user=user, found=_SEEN, reason="result of the department"
        ),
        refused=lambda county, _: vetting.record_vetting(
            actor=county.actor("fox"), now=county.now, user=UserName("fox"), found=_SEEN, reason="my own"
        ),
    ),
    "agencies.membership.vetting.review_felony": Row(
        prepare=_felon,
        allowed=lambda county, user: vetting.review_felony(
            actor=_reviewer(), now=county.now, user=user, let_in=False, reason="recent"
        ),
        refused=lambda county, user: vetting.review_felony(
            actor=county.actor("fox"), now=county.now, user=user, let_in=True, reason="long ago"
        ),
    ),
    "agencies.membership.vetting.sign_statement": Row(
        prepare=_member,
        allowed=lambda county, _: vetting.sign_statement(
            actor=somebody("row.member", "Officer Row Member", duty=Duty.OFFICER),
            now=county.now,
            typed_name="Officer Row Member",
        ),
        refused=lambda county, _: vetting.sign_statement(
            actor=_elsewhere(county), now=county.now, typed_name="Officer Mei Chen"
        ),
    ),
    "agencies.membership.review.privileges_to_review": Row(
        allowed=lambda county, _: review.privileges_to_review(actor=county.actor("fox"), now=county.now),
        refused=lambda county, _: review.privileges_to_review(actor=county.actor("eze"), now=county.now),
    ),
    "agencies.membership.review.review_privilege": Row(
        prepare=_member,
        allowed=lambda county, user: review.review_privilege(
            actor=county.actor("fox"), now=county.now, user=user, duty=Duty.OFFICER, keep=True, reason="still needed"
        ),
        refused=lambda county, _: review.review_privilege(
            actor=county.actor("fox"),
            now=county.now,
            user=UserName("fox"),
            duty=Duty.COORDINATOR,
            keep=True,
            reason="my own",
        ),
    ),
}
