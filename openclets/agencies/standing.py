"""The two sides of every permission question: what is known of somebody at that moment, and what they want."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from openclets.agencies.oneself import NOTHING_KNOWN, OwnIdentity, Subject
from openclets.agencies.permissions import Duty, Right


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one person at one agency on one device at the moment of the decision.

    Every `..._until` is the first day the thing no longer counts; None: there is none. What is left out denies.
    `trained_until` is of the course for the system, whichever; `full_until` of the full-access course alone;
    `aware_until` of security awareness. `device_class` and `agency_kind` are as stored.
    """

    user_active: bool
    agency_active: bool
    device_active: bool
    device_agency: str
    agency: str
    duties: frozenset[Duty]
    trained_until: date | None
    full_until: date | None = None
    aware_until: date | None = None
    agency_kind: str = ""
    device_kind: str = ""
    device_class: str = ""
    is_cleared: bool = False
    is_barred: bool = False
    statement_until: date | None = None
    subscribed_until: date | None = None
    managed_until: date | None = None
    tribal_reading_until: date | None = None
    tribal_filing_until: date | None = None
    reciprocal_until: date | None = None
    hosted_until: date | None = None
    placed_until: date | None = None
    own: OwnIdentity = NOTHING_KNOWN


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a right is wanted for. `key` is the message key, '' at a page; `subject` None: nobody in particular."""

    key: str = ""
    purpose: str = ""
    case_number: str = ""
    subject: Subject | None = None


NO_CIRCUMSTANCES: Final = Circumstances()


@dataclass(frozen=True, slots=True)
class Wanted:
    """One permission question: a right, what for, on which local day."""

    right: Right
    on: date
    circumstances: Circumstances = NO_CIRCUMSTANCES
