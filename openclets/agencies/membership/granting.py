"""Who may do what for an agency: proposed by one, granted by another, taken away at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from openclets.agencies.actor import Actor
from openclets.agencies.deed import changing
from openclets.agencies.joining.status import APART_SOURCE, check_reason
from openclets.agencies.lookup import duties_of
from openclets.agencies.models import Affiliation, Agency, PrivilegeProposal, Ticket, User
from openclets.agencies.permissions import Duty, Right
from openclets.journal.leaf import Receipt
from openclets.vocabulary.errors import Fault, Refused, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import UserName

DUTIES_OF_KIND = {
    Agency.Kind.COURT: frozenset({Duty.CLERK, Duty.JUDGE, Duty.COORDINATOR, Duty.AUDITOR}),
    Agency.Kind.TRIBAL_COURT: frozenset({Duty.CLERK, Duty.JUDGE, Duty.COORDINATOR, Duty.AUDITOR}),
}
"""Duties that only some agencies have; of the other kinds all but the court's. Own decision."""


@dataclass(frozen=True, slots=True)
class NewPrivilege:
    """Somebody is to have a duty at the proposer's agency. The name and address count for a new account only."""

    user: UserName
    full_name: str
    email: str
    duty: Duty


@dataclass(frozen=True, slots=True)
class PrivilegeProposed:
    number: int
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class PrivilegeDecided:
    is_granted: bool
    receipt: Receipt


def propose_privilege(*, actor: Actor, now: datetime, new: NewPrivilege) -> PrivilegeProposed:
    """Proposes a duty at the actor's agency; a person not on file gets an account that opens nothing yet.
    Records `privilege proposed`.

    Raises: Rejected for a duty the agency has not, or the person has or is proposed for; Refused, Unavailable.
    """
    with changing(
        actor,
        Right.KEEP_PEOPLE,
        kind="privilege proposed",
        now=now,
        asked=f"{new.user} as {new.duty} at {actor.agency}",
        personal={"subject_name": new.full_name},
    ) as deed:
        agency = Agency.objects.select_for_update().get(ori=actor.agency)
        _check_proposable(new, agency)
        person = User.objects.filter(user_name=new.user).first()
        if person is None:
            person = User(user_name=new.user, full_name=new.full_name.strip(), email=new.email.strip())
            # Nobody signs on with it before they have used an invitation (`inviting`).
            person.set_unusable_password()
            person.save()
        row = PrivilegeProposal.objects.create(
            user=person, agency=agency, duty=new.duty, proposed_by_id=actor.user_id, proposed_at=now
        )
        deed.answered = f"proposal {row.pk}"
    return PrivilegeProposed(row.pk, deed.receipt)


def decide_privilege(*, actor: Actor, now: datetime, proposal: int, grant: bool, reason: str) -> PrivilegeDecided:
    """Grants a proposed duty or turns it down; what is granted counts at once. Records `privilege decided`.

    Raises: Refused for who proposed it and whom it is for; Rejected when no such proposal waits at the actor's agency;
    Unavailable.
    """
    with changing(
        actor,
        Right.DECIDE_ON_PRIVILEGES,
        kind="privilege decided",
        now=now,
        asked=f"{'grant' if grant else 'turn down'} proposal {proposal}",
        personal={"reason": reason},
    ) as deed:
        check_reason(reason)
        row = PrivilegeProposal.objects.select_for_update().select_related("user").filter(pk=proposal).first()
        if row is None or not _decides_for(actor, row.agency_id):
            raise Rejected(Fault(FaultCode.NOT_THERE, "proposal", "no such proposal waits here", "one that waits"))
        if row.decided_at is not None:
            raise Rejected(Fault(FaultCode.TWICE, "proposal", "it was decided already", "one that waits"))
        if actor.user_id in (row.proposed_by_id, row.user_id):
            raise Refused(
                rule="nobody approves their own privilege, or one they proposed",
                missing="somebody else who decides on privileges",
                source=APART_SOURCE,
            )
        row.decided_by_id, row.decided_at, row.is_granted, row.reason = actor.user_id, now, grant, reason.strip()
        row.save(update_fields=["decided_by", "decided_at", "is_granted", "reason"])
        if grant:
            Affiliation.objects.get_or_create(user=row.user, agency_id=row.agency_id, duty=row.duty)
        deed.answered = f"{row.user.user_name}, {row.duty}: {'granted' if grant else 'turned down'}"
    return PrivilegeDecided(grant, deed.receipt)


def end_duties(*, actor: Actor, now: datetime, user: UserName, duty: Duty | None, reason: str) -> Receipt:
    """Takes one duty at the actor's agency from somebody, or with None all of them: they have left. It counts at once,
    and tickets by which they could sign on again there are void. Records `duties ended`.

    A transfer is the new duty proposed there and the old one ended here, within 24 hours.
    Source: CJIS Security Policy PS-4, PS-5.
    Raises: Rejected when they have no such duty here; Refused, Unavailable.
    """
    with changing(
        actor,
        Right.KEEP_PEOPLE,
        kind="duties ended",
        now=now,
        asked=f"{user}: {duty or 'all duties'} at {actor.agency}",
        personal={"reason": reason},
    ) as deed:
        check_reason(reason)
        rows = Affiliation.objects.filter(user__user_name=user, agency_id=actor.agency)
        if duty is not None:
            rows = rows.filter(duty=duty)
        ended = sorted(rows.values_list("duty", flat=True))
        if not ended:
            raise Rejected(Fault(FaultCode.NOT_THERE, "person", f"'{user}' has no such duty here", "one they have"))
        rows.delete()
        if not Affiliation.objects.filter(user__user_name=user, agency_id=actor.agency).exists():
            Ticket.objects.filter(user__user_name=user, device__agency_id=actor.agency).delete()
        deed.answered = f"ended: {', '.join(ended)}"
    return deed.receipt


def _decides_for(actor: Actor, agency: str) -> bool:
    """A coordinator decides at their own agency, a reviewer anywhere."""
    return actor.agency == agency or Duty.REVIEWER in duties_of(actor)


def _check_proposable(new: NewPrivilege, agency: Agency) -> None:
    """Raises: Rejected with everything that is wrong."""
    faults = []
    kind = Agency.Kind(agency.kind)
    allowed = DUTIES_OF_KIND.get(kind, frozenset(Duty) - {Duty.CLERK, Duty.JUDGE})
    if new.duty not in allowed:
        text = f"no '{new.duty}' works at an agency of the kind '{kind.label}'"
        faults.append(Fault(FaultCode.FIELD_SET, "duty", text, ", ".join(sorted(allowed))))
    if len(new.full_name.split()) < 2 and not User.objects.filter(user_name=new.user).exists():
        faults.append(Fault(FaultCode.MISSING, "full_name", "nobody is named", "the person's full name"))
    if Affiliation.objects.filter(user__user_name=new.user, agency=agency, duty=new.duty).exists():
        faults.append(Fault(FaultCode.TWICE, "duty", "they have this duty here", "another duty"))
    waiting = PrivilegeProposal.objects.filter(user__user_name=new.user, agency=agency, duty=new.duty)
    if waiting.filter(decided_at=None).exists():
        faults.append(Fault(FaultCode.TWICE, "duty", "it is proposed and waits", "to be decided first"))
    if faults:
        raise Rejected(*faults)
