"""How people join, stay and leave: what a vetting says, until when a statement counts, who is unused. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from openclets.agencies.exam.rules import months_after
from openclets.vocabulary.errors import Fault
from openclets.vocabulary.faults import FaultCode

STATEMENT_MONTHS: Final = 12
"""How long a signed confidentiality statement counts. Source: CJIS Security Policy PS-6, access agreements are signed
again each year; form HDC 0009."""

REVIEW_MONTHS: Final = 12
"""How often each privilege is looked at again. Source: CJIS Security Policy AC-2, AC-6(7): yearly."""

UNUSED_DAYS: Final = 90
"""An account not signed on with for so long is disabled. Source: CJIS Security Policy AC-2(3)."""

STATEMENT: Final = (
    "I use the system for the official business of my agency only, and ask nothing for myself or for anybody who may"
    " not know the answer.",
    "What I learn from it is confidential. I tell it only to those whom the law names, and record each release.",
    "I never ask about myself, and let nobody ask for me. I lend my password, codes and keys to nobody.",
    "I know that everything I do here is recorded, that misuse ends my access and may cost my employment, and that it"
    " is a crime: Pen. Code 502, 11141-11143 and 13302-13304.",
)
"""What one signs. Source: form HDC 0009 in substance, in own words; Pen. Code as named."""


@dataclass(frozen=True, slots=True)
class Screening:
    """What a vetting found. `fingerprinted_on` and `background_on`: days of the two results; `is_clear`: nothing in
    either keeps the person out; `has_felony`: a felony conviction was found."""

    fingerprinted_on: date
    background_on: date
    is_clear: bool
    has_felony: bool


def screening_faults(found: Screening, *, today: date) -> tuple[Fault, ...]:
    """What is wrong with a vetting as entered."""
    faults = [
        Fault(FaultCode.VALUE, field, "this day has not come yet", "the day of the result")
        for field, day in (("fingerprinted_on", found.fingerprinted_on), ("background_on", found.background_on))
        if day > today
    ]
    if found.has_felony and found.is_clear:
        text = "a felony conviction is not clear: the review decides"
        faults.append(Fault(FaultCode.FIELD_SET, "is_clear", text, "not clear, and then the review"))
    return tuple(faults)


def cleared_on(found: Screening) -> date:
    """The day from which a clear vetting counts: that of its later result."""
    return max(found.fingerprinted_on, found.background_on)


def statement_until(signed_on: date) -> date:
    """The first day on which a statement signed on that day counts no longer."""
    return months_after(signed_on, STATEMENT_MONTHS)


def review_due_on(granted_on: date, reviewed_on: date | None) -> date:
    """When a privilege is to be looked at again."""
    return months_after(reviewed_on or granted_on, REVIEW_MONTHS)


def is_unused(last_used_at: datetime, *, now: datetime) -> bool:
    """Whether an account last signed on with, or made, at that moment is to be disabled."""
    return now - last_used_at >= timedelta(days=UNUSED_DAYS)
