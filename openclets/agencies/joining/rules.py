"""How an agency joins and leaves: which step follows which, who may not take it, which agreements it needs. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from openclets.agencies.exam.rules import months_after
from openclets.vocabulary.errors import Fault
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import Ori, ori_parts, ori_warnings

HOME_STATE: Final = "CA"

MAX_YEARS: Final = 5
"""The longest an agreement runs before it is signed anew. Source: own decision; published ones run three to five."""


class Step(StrEnum):
    """What is done with an agency. Values are stored."""

    APPLY = "apply"
    TAKE_UP = "take up"
    APPROVE = "approve"
    TURN_DOWN = "turn down"
    ACTIVATE = "activate"
    SUSPEND = "suspend"
    RESTORE = "restore"
    END = "end"


@dataclass(frozen=True, slots=True)
class StepRule:
    """From which statuses a step leads to which. Who last took one of `not_by` may not take it; `needs_agreements`:
    only with the agreements of the agency's kind in force. Statuses are as stored."""

    step: Step
    before: frozenset[str]
    after: str
    source: str
    not_by: frozenset[Step] = frozenset()
    needs_agreements: bool = False


_APART = "CJIS Security Policy AC-5, separation of duties"

STEP_RULES: Final = (
    StepRule(Step.TAKE_UP, frozenset({"applied"}), "in_review", "CLETS PPP 1.3: application and its review"),
    StepRule(Step.APPROVE, frozenset({"in_review"}), "approved", f"CLETS PPP 1.3; {_APART}", frozenset({Step.APPLY})),
    StepRule(Step.TURN_DOWN, frozenset({"applied", "in_review", "approved"}), "ended", "CLETS PPP 1.3"),
    StepRule(
        Step.ACTIVATE,
        frozenset({"approved"}),
        "active",
        f"Gov. Code 15165, form HDC 0001: subscriber agreement; {_APART}",
        frozenset({Step.APPLY, Step.APPROVE}),
        needs_agreements=True,
    ),
    # Whoever sees the danger may stop it alone: waiting for a second person is what must not be.
    StepRule(
        Step.SUSPEND, frozenset({"active"}), "suspended", "Gov. Code 15154; HDC 0001: service may be stopped at once"
    ),
    StepRule(
        Step.RESTORE,
        frozenset({"suspended"}),
        "active",
        f"Gov. Code 15154; {_APART}",
        frozenset({Step.SUSPEND}),
        needs_agreements=True,
    ),
    StepRule(Step.END, frozenset({"active", "suspended"}), "ended", "CLETS PPP 1.4: removal of service"),
)

AGREEMENTS_OF_KIND: Final[Mapping[str, tuple[str, ...]]] = {
    "law_enforcement": ("subscriber",),
    "criminal_justice": ("subscriber",),
    "court": ("subscriber",),
    "tribal_court": ("subscriber", "tribal_reading"),
    "tribal_police": ("subscriber", "tribal_reading"),
    "other": ("subscriber", "management_control"),
}
"""What must be in force before an agency of that kind is served. Source: Gov. Code 15165; CLETS PPP 1.5 (management
control for departments outside justice); tribes by agreement: own decision."""

_LETTERS_OF_KIND: Final[Mapping[str, frozenset[str]]] = {
    "law_enforcement": frozenset({"", "E", "N"}),
    "criminal_justice": frozenset("ABCGKMY"),
    "court": frozenset("DJ"),
    "tribal_court": frozenset("DJ"),
    "tribal_police": frozenset({""}),
    "other": frozenset("PQUVWRHIO"),
}
"""Which kind letters of an ORI go with which kind of agency; '' is the police. Source: NCIC table
of ORI agency types."""


@dataclass(frozen=True, slots=True)
class AgreementInForce:
    """An agreement's kind and days: it counts from `begins_on` up to, and not on, `ends_on`."""

    kind: str
    begins_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step on record, by the person's key."""

    step: Step
    by: int


def step_rule(step: Step) -> StepRule:
    return next(row for row in STEP_RULES if row.step == step)


def steps_from(status: str) -> tuple[Step, ...]:
    """The steps that lead on from a status, in the table's order."""
    return tuple(row.step for row in STEP_RULES if status in row.before)


def not_apart(step: Step, by: int, taken: Sequence[StepTaken]) -> Step | None:
    """The earlier step that keeps this person from taking this one; None when nothing does. `taken` is in order of
    time: of each step the last counts."""
    last = {row.step: row.by for row in taken}
    return next((earlier for earlier in Step if earlier in step_rule(step).not_by and last.get(earlier) == by), None)


def agreements_missing(kind: str, ori: Ori, in_force: Collection[AgreementInForce], *, today: date) -> tuple[str, ...]:
    """Kinds of agreement that an agency of this kind still needs on that day."""
    needed = AGREEMENTS_OF_KIND[kind] + (() if ori.startswith(HOME_STATE) else ("reciprocity",))
    held = {row.kind for row in in_force if row.begins_on <= today < row.ends_on}
    return tuple(row for row in needed if row not in held)


def ori_faults(ori: Ori, kind: str) -> tuple[Fault, ...]:
    """What keeps an agency of this kind from having this ORI: no such place, or a letter of another kind."""
    accepted = "an ORI as assigned to the agency by the FBI"
    faults = [
        Fault(FaultCode.ORI, "ori", warning.partition(": ")[2], accepted) for warning in ori_warnings(ori, field="ori")
    ]
    parts = ori_parts(ori)
    if not faults and parts.kind not in _LETTERS_OF_KIND[kind]:
        text = f"{ori} is of {parts.kind_name}, which does not go with the kind '{kind.replace('_', ' ')}'"
        faults.append(Fault(FaultCode.ORI, "ori", text, accepted))
    return tuple(faults)


def agreement_faults(
    *, signed_by: str, signed_on: date, begins_on: date, ends_on: date, today: date
) -> tuple[Fault, ...]:
    """What is wrong with an agreement as signed by the agency's head."""
    faults = []
    if len(signed_by.split()) < 2:
        faults.append(Fault(FaultCode.MISSING, "signed_by", "nobody is named", "the signatory's full name"))
    if signed_on > today:
        faults.append(Fault(FaultCode.VALUE, "signed_on", "this day has not come yet", "a day up to today"))
    if begins_on < signed_on:
        faults.append(Fault(FaultCode.VALUE, "begins_on", "it would begin before it was signed", "a later day"))
    if ends_on <= begins_on:
        faults.append(Fault(FaultCode.VALUE, "ends_on", "it would end before it begins", "a later day"))
    elif ends_on > months_after(begins_on, MAX_YEARS * 12):
        faults.append(
            Fault(FaultCode.VALUE, "ends_on", "it would run too long", f"at most {MAX_YEARS} years, then anew")
        )
    if ends_on <= today:
        faults.append(Fault(FaultCode.VALUE, "ends_on", "it has ended already", "a day to come"))
    return tuple(faults)
