"""May this person do this now, for this? Pure functions over what is known of the person, agency and device.

Each row of `prerequisites.PREREQUISITES` must hold; the first that does not is named; the default is no.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openclets.agencies.permissions import Right
from openclets.agencies.prerequisites import PREREQUISITES, grant_of
from openclets.agencies.standing import NO_CIRCUMSTANCES, Circumstances, Standing, Wanted

__all__ = [
    "MISUSE_IS_A_CRIME",
    "Circumstances",
    "Decision",
    "Standing",
    "Step",
    "decide",
    "lacking_for_session",
    "steps",
]

MISUSE_IS_A_CRIME = "Misuse is a crime: Pen. Code 502, 11141-11143 and 13302-13304."
"""Shown with every refusal. Source: Pen. Code 11140-11144; 13302-13304 from background knowledge, see docs/law.md."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer, the rule it rests on, that rule's source and, when not allowed, what is missing."""

    allowed: bool
    rule: str
    source: str
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One prerequisite as it stood at a decision; `missing` is '' when it holds."""

    rule: str
    source: str
    missing: str


_AT_ALL = tuple(row for row in PREREQUISITES if not row.is_of_question)


def decide(
    standing: Standing, right: Right, *, on: date, circumstances: Circumstances | None = NO_CIRCUMSTANCES
) -> Decision:
    """Whether `standing` carries `right` on the day `on` (the agency's local day), in these circumstances.

    None: whether it does at all, whatever purpose and case may be given.
    """
    wanted = Wanted(right, on, circumstances or NO_CIRCUMSTANCES)
    for row in _AT_ALL if circumstances is None else PREREQUISITES:
        if missing := row.find(standing, wanted):
            return Decision(False, row.rule, row.source, missing)
    grant = grant_of(standing, right)
    if grant is None:
        raise RuntimeError("a right that nothing grants passed the table")
    return Decision(True, f"duty '{grant.duty}' carries '{right}'", grant.source)


def steps(
    standing: Standing, right: Right, *, on: date, circumstances: Circumstances | None = NO_CIRCUMSTANCES
) -> tuple[Step, ...]:
    """Every prerequisite of the same question in the table's order, those that hold too."""
    wanted = Wanted(right, on, circumstances or NO_CIRCUMSTANCES)
    rows = _AT_ALL if circumstances is None else PREREQUISITES
    return tuple(Step(row.rule, row.source, row.find(standing, wanted)) for row in rows)


def lacking_for_session(standing: Standing, *, on: date) -> frozenset[str]:
    """The rules of a session that do not hold. A session ends when one joins those it began without."""
    wanted = Wanted(Right.ASK_ORDERS, on)
    return frozenset(row.rule for row in PREREQUISITES if row.is_of_session and row.find(standing, wanted))
