"""An agency applies, is reviewed, served, stopped and let go: each step by a named person, never twice by the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from openclets.agencies.access import LOCAL_ZONE
from openclets.agencies.actor import Actor
from openclets.agencies.deed import asking, changing
from openclets.agencies.joining.rules import (
    AgreementInForce,
    Step,
    StepTaken,
    agreements_missing,
    not_apart,
    ori_faults,
    step_rule,
    steps_from,
)
from openclets.agencies.models import Agency, AgencyStep, AgreementProposal, Application
from openclets.agencies.permissions import Right
from openclets.journal.leaf import Receipt
from openclets.vocabulary.errors import Fault, Refused, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import Ori, ori_parts

APART_SOURCE: Final = "CJIS Security Policy AC-5, separation of duties"
MAX_REASON_CHARACTERS: Final = 300


@dataclass(frozen=True, slots=True)
class NewAgency:
    """What is applied with. `kind` as stored; `basis`: the law by which it takes part, or what it does."""

    ori: Ori
    name: str
    kind: str
    telephone: str
    coordinator: str
    coordinator_email: str
    security_contact: str
    security_email: str
    basis: str


@dataclass(frozen=True, slots=True)
class StepDone:
    """`status` is the agency's from now on."""

    ori: Ori
    status: str
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class AgencyListed:
    """One line of the work list. `status` in words; `missing`: agreements it still needs, in words."""

    ori: Ori
    name: str
    kind: str
    status: str
    missing: tuple[str, ...]
    proposals: int


@dataclass(frozen=True, slots=True)
class AgenciesToDecide:
    """Agencies that wait for something first, then those served, each by ORI."""

    waiting: tuple[AgencyListed, ...]
    settled: tuple[AgencyListed, ...]
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class StepListed:
    step: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class AgreementListed:
    """An agreement in force or once in force, or a proposal (`proposal` is its number, None otherwise). `in_force` is
    the number of an agreement that counts or will, so that it can be ended; None otherwise."""

    kind: str
    signed_by: str
    countersigned_by: str
    begins_on: date
    ends_on: date
    proposal: int | None
    may_decide: bool
    in_force: int | None = None


@dataclass(frozen=True, slots=True)
class StepOffered:
    """A step that leads on; `missing` says why not by this person now, '' when nothing keeps them."""

    step: Step
    missing: str


@dataclass(frozen=True, slots=True)
class AgencyFile:
    """Everything about one agency's membership."""

    listed: AgencyListed
    application: Application | None
    steps: tuple[StepListed, ...]
    agreements: tuple[AgreementListed, ...]
    offered: tuple[StepOffered, ...]
    receipt: Receipt


def apply_for_agency(*, actor: Actor, now: datetime, new: NewAgency) -> StepDone:
    """Puts an agency on file as applied; it may do nothing yet. Records `agency applied`.

    Raises: Rejected with everything that is wrong; Refused, Unavailable.
    """
    with changing(
        actor, Right.APPLY_FOR_AGENCY, kind="agency applied", now=now, asked=f"{new.name} ({new.ori}), {new.kind}"
    ) as deed:
        faults = [*ori_faults(new.ori, new.kind), *_empty_faults(new)]
        if Agency.objects.filter(ori=new.ori).exists():
            faults.append(Fault(FaultCode.TWICE, "ori", "this agency is on file", "an ORI that is not on file"))
        if faults:
            raise Rejected(*faults)
        agency = Agency.objects.create(
            ori=new.ori,
            name=new.name,
            kind=new.kind,
            county=ori_parts(new.ori).county or "000",
            telephone=new.telephone,
            status=Agency.Status.APPLIED,
        )
        Application.objects.create(
            agency=agency,
            coordinator=new.coordinator,
            coordinator_email=new.coordinator_email,
            security_contact=new.security_contact,
            security_email=new.security_email,
            basis=new.basis,
        )
        _record_step(agency, Step.APPLY, actor, now, new.basis)
        deed.records = [new.ori]
        deed.answered = agency.status
    return StepDone(new.ori, agency.status, deed.receipt)


def take_step(*, actor: Actor, now: datetime, ori: Ori, step: Step, reason: str) -> StepDone:
    """Takes one step with an agency; it counts at once. Records `agency step taken`.

    1. The step leads on from the agency's status: of two at once the second finds it changed. 2. Nobody decides about
    their own agency or about what they brought about. 3. The agreements it needs are in force.
    Raises: Rejected, Refused, Unavailable.
    """
    with changing(
        actor,
        Right.DECIDE_ON_AGENCIES,
        kind="agency step taken",
        now=now,
        asked=f"{step} {ori}",
        personal={"reason": reason},
    ) as deed:
        check_reason(reason)
        agency = Agency.objects.select_for_update().filter(ori=ori).first()
        if agency is None:
            raise Rejected(Fault(FaultCode.NOT_THERE, "ori", f"there is no agency {ori[:9]}", "an agency on file"))
        if step not in steps_from(agency.status):
            offered = ", ".join(steps_from(agency.status)) or "none"
            raise Rejected(
                Fault(FaultCode.FIELD_SET, "step", f"'{step}' does not follow '{agency.status}'", f"now: {offered}")
            )
        missing = _what_keeps(agency, step, actor, _today(now))
        if missing:
            raise Refused(rule="nobody decides alone", missing=missing, source=step_rule(step).source)
        agency.status = step_rule(step).after
        agency.save(update_fields=["status"])
        _record_step(agency, step, actor, now, reason)
        deed.records = [ori]
        deed.answered = agency.status
    return StepDone(ori, agency.status, deed.receipt)


def agencies_to_decide(*, actor: Actor, now: datetime) -> AgenciesToDecide:
    """Every agency with its status and what it lacks. Records `agencies listed`. Raises: Refused, Unavailable."""
    with asking(actor, Right.DECIDE_ON_AGENCIES, kind="agencies listed", now=now, asked="agencies") as deed:
        rows = Agency.objects.prefetch_related("agreements", "proposals").order_by("ori")
        listed = [listed_agency(agency, _today(now)) for agency in rows]
        waiting = tuple(row for row in listed if _waits(row))
        settled = tuple(row for row in listed if not _waits(row))
        deed.answered = f"{len(waiting)} waiting, {len(settled)} settled"
    return AgenciesToDecide(waiting, settled, deed.receipt)


def agency_file(*, actor: Actor, now: datetime, ori: Ori) -> AgencyFile:
    """One agency's application, steps and agreements, and which steps lead on. Records `agency opened`.

    Raises: Rejected when there is no such agency; Refused, Unavailable.
    """
    with asking(actor, Right.DECIDE_ON_AGENCIES, kind="agency opened", now=now, asked=f"agency {ori}") as deed:
        agency = Agency.objects.prefetch_related("agreements", "proposals").filter(ori=ori).first()
        if agency is None:
            raise Rejected(Fault(FaultCode.NOT_THERE, "ori", f"there is no agency {ori[:9]}", "an agency on file"))
        today = _today(now)
        steps = tuple(
            StepListed(row.step, row.taken_by.full_name, row.taken_at, row.reason)
            for row in agency.steps.select_related("taken_by").order_by("pk")
        )
        offered = tuple(
            StepOffered(step, _what_keeps(agency, step, actor, today)) for step in steps_from(agency.status)
        )
        listed, agreements = listed_agency(agency, today), listed_agreements(agency, actor, today)
        application = Application.objects.filter(agency=agency).first()
        deed.records = [ori]
        deed.answered = agency.status
    return AgencyFile(listed, application, steps, agreements, offered, deed.receipt)


def check_reason(reason: str) -> None:
    """Raises: Rejected when there is none that somebody else could follow."""
    if not any(character.isalnum() for character in reason):
        raise Rejected(Fault(FaultCode.MISSING, "reason", "no reason is given", "why, in a few words"))
    if len(reason) > MAX_REASON_CHARACTERS:
        raise Rejected(Fault(FaultCode.VALUE, "reason", "is too long", f"at most {MAX_REASON_CHARACTERS} characters"))


def _what_keeps(agency: Agency, step: Step, actor: Actor, today: date) -> str:
    """What keeps this person from taking the step now, in words; '' when nothing does."""
    rule = step_rule(step)
    if agency.ori == actor.agency and rule.not_by:
        return "somebody of another agency decides about this one"
    taken = [StepTaken(Step(row.step), row.taken_by_id) for row in agency.steps.order_by("pk")]
    earlier = not_apart(step, actor.user_id, taken)
    if earlier is not None:
        return f"somebody other than who took the step '{earlier}'"
    if rule.needs_agreements:
        missing = _missing(agency, today)
        if missing:
            return f"in force: {', '.join(missing)}"
    return ""


def _missing(agency: Agency, today: date) -> tuple[str, ...]:
    held = [
        AgreementInForce(row.kind, row.begins_on, min(row.ends_on, row.ended_on or row.ends_on))
        for row in agency.agreements.all()
    ]
    words = dict(AgreementProposal._meta.get_field("kind").flatchoices)
    return tuple(words[kind] for kind in agreements_missing(agency.kind, Ori(agency.ori), held, today=today))


def listed_agency(agency: Agency, today: date) -> AgencyListed:
    """The agency as one line. Ground: checks no right."""
    is_over = agency.status == Agency.Status.ENDED
    return AgencyListed(
        Ori(agency.ori),
        agency.name,
        agency.get_kind_display(),
        agency.get_status_display(),
        () if is_over else _missing(agency, today),
        sum(row.decided_at is None for row in agency.proposals.all()),
    )


def _waits(row: AgencyListed) -> bool:
    return row.proposals > 0 or row.status not in {Agency.Status.ACTIVE.label, Agency.Status.ENDED.label}


def listed_agreements(agency: Agency, actor: Actor, today: date) -> tuple[AgreementListed, ...]:
    """Proposals that wait, then agreements, the longest lasting first. Ground: checks no right."""
    proposed = tuple(
        AgreementListed(
            row.get_kind_display(),
            row.signed_by,
            "",
            row.begins_on,
            row.ends_on,
            row.pk,
            row.proposed_by_id != actor.user_id and agency.ori != actor.agency,
        )
        for row in agency.proposals.all()
        if row.decided_at is None
    )
    signed = tuple(
        AgreementListed(
            row.get_kind_display(),
            row.signed_by,
            row.countersigned_by,
            row.begins_on,
            min(row.ends_on, row.ended_on or row.ends_on),
            None,
            False,
            row.pk if row.ended_on is None and row.ends_on > today else None,
        )
        for row in sorted(agency.agreements.all(), key=lambda row: (row.ends_on, row.pk), reverse=True)
    )
    return proposed + signed


def _record_step(agency: Agency, step: Step, actor: Actor, now: datetime, reason: str) -> None:
    AgencyStep.objects.create(agency=agency, step=step, taken_by_id=actor.user_id, taken_at=now, reason=reason.strip())


def _empty_faults(new: NewAgency) -> list[Fault]:
    needed = {
        "name": new.name,
        "telephone": new.telephone,
        "coordinator": new.coordinator,
        "coordinator_email": new.coordinator_email,
        "security_contact": new.security_contact,
        "security_email": new.security_email,
        "basis": new.basis,
    }
    faults = [
        Fault(FaultCode.MISSING, field, "is empty", "what the application asks for")
        for field, text in needed.items()
        if not text.strip()
    ]
    if new.coordinator.strip() and new.coordinator.strip() == new.security_contact.strip():
        text = "the coordinator cannot be the security contact as well"
        faults.append(Fault(FaultCode.FIELD_SET, "security_contact", text, "two people"))
    return faults


def _today(now: datetime) -> date:
    return now.astimezone(LOCAL_ZONE).date()
