"""May this person do this now? Pure functions over what is known of the person, agency and device.

Forbids win over grants, the first missing prerequisite is named, default is no.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openclets.agencies.permissions import GRANTS, NEEDS_TRAINING, Duty, Right

MISUSE_IS_A_CRIME = "Misuse is a crime: Pen. Code 502, 11141-11143 and 13302-13304."
"""Shown with every refusal. Source: Pen. Code 11140-11144; 13302-13304 from background knowledge, see docs/law.md."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one person at one agency on one device at the moment of the decision.

    `trained_until` is the first day the training no longer counts; None: never trained.
    """

    user_active: bool
    agency_active: bool
    device_active: bool
    device_agency: str
    agency: str
    duties: frozenset[Duty]
    trained_until: date | None


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer, the rule it rests on, that rule's source and, when not allowed, what is missing."""

    allowed: bool
    rule: str
    source: str
    missing: str = ""


def decide(standing: Standing, right: Right, *, on: date) -> Decision:
    """Whether `standing` carries `right` on the day `on` (the agency's local day)."""
    if not standing.user_active:
        return _no("the account must be active", "CJIS Security Policy AC-2(3)", "the account is disabled")
    if not standing.agency_active:
        return _no("the agency must be active", "Gov. Code 15165", "the agency's subscription is not active")
    if not standing.device_active:
        return _no("the device must be active", "CJIS Security Policy IA-3", "the device is disabled or unknown")
    if standing.device_agency != standing.agency:
        return _no(
            "a device serves its own agency", "CJIS Security Policy IA-3", "this device belongs to another agency"
        )
    if not standing.duties:
        return _no("a person acts for an agency they belong to", "CJIS Security Policy AC-2", "no duty at this agency")
    grant = next((row for row in GRANTS if row.right == right and row.duty in standing.duties), None)
    if grant is None:
        duties = ", ".join(sorted(standing.duties))
        return _no(
            "the right must come with a duty",
            "CJIS Security Policy AC-3, AC-6",
            f"the duty '{duties}' does not carry '{right}'",
        )
    if right in NEEDS_TRAINING:
        if standing.trained_until is None:
            return _no(
                "training comes before access", "CLETS PPP 1.8; CJIS Security Policy AT-3", "no training on record"
            )
        if on >= standing.trained_until:
            return _no(
                "training must be current",
                "CLETS PPP 1.8; CJIS Security Policy AT-3",
                f"training expired {standing.trained_until.isoformat()}",
            )
    return Decision(True, f"duty '{grant.duty}' carries '{right}'", grant.source)


def _no(rule: str, source: str, missing: str) -> Decision:
    return Decision(False, rule, source, missing)
