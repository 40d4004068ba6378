"""Agreements: proposed as the agency's head signed them, countersigned by somebody else, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from openclets.agencies.access import LOCAL_ZONE, check_may
from openclets.agencies.actor import Actor
from openclets.agencies.deed import asking, changing
from openclets.agencies.joining.rules import agreement_faults
from openclets.agencies.joining.status import (
    APART_SOURCE,
    AgencyListed,
    AgreementListed,
    check_reason,
    listed_agency,
    listed_agreements,
)
from openclets.agencies.models import Agency, Agreement, AgreementProposal, User
from openclets.agencies.permissions import Right
from openclets.journal.leaf import Receipt
from openclets.vocabulary.errors import Fault, Refused, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import Ori


@dataclass(frozen=True, slots=True)
class SignedTerms:
    """An agreement as the agency's head signed it; `kind` as stored. `other` is the second agency of an interagency
    agreement, None otherwise. It counts from `begins_on` up to, and not on, `ends_on`."""

    agency: Ori
    kind: str
    signed_by: str
    signed_on: date
    begins_on: date
    ends_on: date
    other: Ori | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    number: int
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class AgreementDecided:
    """`agreement` is the number of the agreement now in force or to come, None when it was turned down."""

    agreement: int | None
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class OwnAgreements:
    """The actor's agency with its agreements and the proposals that wait."""

    agency: AgencyListed
    agreements: tuple[AgreementListed, ...]
    receipt: Receipt


def own_agreements(*, actor: Actor, now: datetime) -> OwnAgreements:
    """What the actor's own agency has agreed to, and what it still lacks. Records `own agreements listed`.

    Raises: Refused, Unavailable.
    """
    with asking(
        actor,
        Right.PROPOSE_AGREEMENT,
        kind="own agreements listed",
        now=now,
        asked=f"agreements of {actor.agency}",
    ) as deed:
        today = now.astimezone(LOCAL_ZONE).date()
        agency = Agency.objects.prefetch_related("agreements", "proposals").get(ori=actor.agency)
        listed, agreements = listed_agency(agency, today), listed_agreements(agency, actor, today)
        deed.records = [agency.ori]
        deed.answered = f"{len(agreements)} listed"
    return OwnAgreements(listed, agreements, deed.receipt)


def propose_agreement(*, actor: Actor, now: datetime, terms: SignedTerms) -> Proposed:
    """Keeps an agreement until it is countersigned; until then it counts for nothing. Records `agreement proposed`.

    A coordinator proposes for their own agency, a reviewer for any.
    Raises: Rejected with everything that is wrong; Refused, Unavailable.
    """
    asked = f"{terms.kind} of {terms.agency}, {terms.begins_on.isoformat()} to {terms.ends_on.isoformat()}"
    with changing(actor, Right.PROPOSE_AGREEMENT, kind="agreement proposed", now=now, asked=asked) as deed:
        if terms.agency != actor.agency:
            check_may(actor, Right.DECIDE_ON_AGENCIES, now=now)
        agency = Agency.objects.select_for_update().filter(ori=terms.agency).first()
        _check_proposable(terms, agency, now)
        row = AgreementProposal.objects.create(
            agency_id=terms.agency,
            kind=terms.kind,
            other_id=terms.other,
            signed_by=terms.signed_by.strip(),
            signed_on=terms.signed_on,
            begins_on=terms.begins_on,
            ends_on=terms.ends_on,
            proposed_by_id=actor.user_id,
            proposed_at=now,
        )
        deed.records = [terms.agency]
        deed.answered = f"proposal {row.pk}"
    return Proposed(row.pk, deed.receipt)


def decide_agreement(*, actor: Actor, now: datetime, proposal: int, accept: bool, reason: str) -> AgreementDecided:
    """Countersigns a proposed agreement, or turns it down; what is countersigned counts from its first day on.
    Records `agreement decided`.

    Raises: Refused for who proposed it or belongs to its agency; Rejected when there is no such proposal or it was
    decided already; Unavailable.
    """
    with changing(
        actor,
        Right.DECIDE_ON_AGENCIES,
        kind="agreement decided",
        now=now,
        asked=f"{'countersign' if accept else 'turn down'} proposal {proposal}",
        personal={"reason": reason},
    ) as deed:
        check_reason(reason)
        # Of two decisions at once the second finds it decided.
        row = AgreementProposal.objects.select_for_update().filter(pk=proposal).first()
        if row is None:
            raise Rejected(Fault(FaultCode.NOT_THERE, "proposal", "there is no such proposal", "one that waits"))
        if row.decided_at is not None:
            raise Rejected(Fault(FaultCode.TWICE, "proposal", "it was decided already", "one that waits"))
        if row.proposed_by_id == actor.user_id or row.agency_id == actor.agency:
            raise Refused(
                rule="nobody approves their own agreement",
                missing="somebody of another agency, who did not propose it",
                source=APART_SOURCE,
            )
        agreement = _countersigned(row, actor) if accept else None
        row.decided_by_id, row.decided_at, row.reason, row.agreement = actor.user_id, now, reason.strip(), agreement
        row.save(update_fields=["decided_by", "decided_at", "reason", "agreement"])
        deed.records = [row.agency_id]
        deed.answered = f"agreement {agreement.pk}" if agreement else "turned down"
    return AgreementDecided(agreement.pk if agreement else None, deed.receipt)


def end_agreement(*, actor: Actor, now: datetime, agreement: int, reason: str) -> Receipt:
    """Ends an agreement before its day: it counts no longer from today on. Records `agreement ended`.

    Raises: Rejected when there is no such agreement or it has ended; Refused, Unavailable.
    """
    with changing(
        actor,
        Right.DECIDE_ON_AGENCIES,
        kind="agreement ended",
        now=now,
        asked=f"end agreement {agreement}",
        personal={"reason": reason},
    ) as deed:
        check_reason(reason)
        today = now.astimezone(LOCAL_ZONE).date()
        row = Agreement.objects.select_for_update().filter(pk=agreement).first()
        if row is None:
            raise Rejected(Fault(FaultCode.NOT_THERE, "agreement", "there is no such agreement", "one on file"))
        if row.ended_on is not None or row.ends_on <= today:
            raise Rejected(Fault(FaultCode.TWICE, "agreement", "it has ended already", "one in force"))
        row.ended_on = today
        row.save(update_fields=["ended_on"])
        deed.records = [row.agency_id]
        deed.answered = f"{row.kind} of {row.agency_id} ended {today.isoformat()}"
    return deed.receipt


def _check_proposable(terms: SignedTerms, agency: Agency | None, now: datetime) -> None:
    """Raises: Rejected with everything that is wrong."""
    faults = list(
        agreement_faults(
            signed_by=terms.signed_by,
            signed_on=terms.signed_on,
            begins_on=terms.begins_on,
            ends_on=terms.ends_on,
            today=now.astimezone(LOCAL_ZONE).date(),
        )
    )
    if terms.kind not in Agreement.Kind.values:
        faults.append(Fault(FaultCode.CODE, "kind", "is no kind of agreement", ", ".join(Agreement.Kind.values)))
    if agency is None or agency.status == Agency.Status.ENDED:
        faults.append(Fault(FaultCode.NOT_THERE, "agency", "there is no such agency", "one on file that has not ended"))
    is_between = terms.kind == Agreement.Kind.INTERAGENCY
    if is_between != (terms.other is not None) or terms.other == terms.agency:
        text = "a second agency is named for an interagency agreement, and for no other"
        faults.append(Fault(FaultCode.FIELD_SET, "other", text, "the agency whose devices are used"))
    elif terms.other is not None and not Agency.objects.filter(ori=terms.other).exists():
        faults.append(Fault(FaultCode.NOT_THERE, "other", "there is no such agency", "an agency on file"))
    if AgreementProposal.objects.filter(agency_id=terms.agency, kind=terms.kind, decided_at=None).exists():
        faults.append(Fault(FaultCode.TWICE, "kind", "one of this kind waits already", "one proposal of a kind"))
    if faults:
        raise Rejected(*faults)


def _countersigned(row: AgreementProposal, actor: Actor) -> Agreement:
    return Agreement.objects.create(
        agency_id=row.agency_id,
        kind=row.kind,
        other_id=row.other_id,
        signed_by=row.signed_by,
        countersigned_by=User.objects.get(pk=actor.user_id).full_name,
        signed_on=row.signed_on,
        begins_on=row.begins_on,
        ends_on=row.ends_on,
    )
