"""The types of protective order, as a table: one row per type, every row with its source and how certain that is.

A row says what the rules need to know of a type and nothing else; another type is another row. What no source settles
is not in a row but in `Policy`, which a node may set otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from zoneinfo import ZoneInfo


class Family(StrEnum):
    """Which court's power the order comes from: priority of enforcement turns on it (Fam. Code 6383(h), 6405, 6457)."""

    CIVIL = "civil"
    CRIMINAL = "criminal"
    EMERGENCY = "emergency"


class EndRule(StrEnum):
    """How the end of an order is found; the numbers stand in the row."""

    FACE_DATE = "face_date"
    """The date on the face; where it has none, `default_years` from issue."""
    HEARING = "hearing"
    """The end of the hearing named on the face, unless the court extends the order."""
    EMERGENCY = "emergency"
    """The earlier of close of business on a court day and the end of a calendar day, both counted from issue."""
    UNTIL_ENDED = "until_ended"
    """The date on the face; where it has none, until the court ends it (pending criminal case, order of elsewhere)."""


class Certainty(StrEnum):
    """How well a statement is supported."""

    SOURCED = "sourced"
    WEAK = "weak"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class Law:
    """Where a statement comes from. BACKGROUND means general knowledge that no document at hand confirms."""

    source: str
    certainty: Certainty = Certainty.SOURCED


@dataclass(frozen=True, slots=True)
class Ending:
    """The rule of the end as data. Zero: the type has no such number."""

    rule: EndRule
    law: Law
    default_years: int = 0
    maximum_years: int = 0
    hearing_days: int = 0
    hearing_days_good_cause: int = 0
    court_days: int = 0
    calendar_days: int = 0


@dataclass(frozen=True, slots=True)
class OrderType:
    """One row. `filers` are kinds of agency as `agencies.models.Agency.Kind` stores them; `terms` are the fields of
    `orders.entry.Terms` such an order may carry; `firearms_required`: the law puts the firearms ban in every such
    order. The row counts for orders issued from `in_law_from` and before `in_law_until` (None: open)."""

    code: str
    name: str
    forms: tuple[str, ...]
    clets_suffix: str
    family: Family
    is_temporary: bool
    is_domestic_violence: bool
    ending: Ending
    filers: frozenset[str]
    terms: frozenset[str]
    firearms_required: bool
    law: Law
    in_law_from: date | None = None
    in_law_until: date | None = None


DOMESTIC_VIOLENCE_TERMS = frozenset(
    {
        "no_abuse",
        "contact",
        "stay_away",
        "must_move_out",
        "firearms_prohibited",
        "body_armor_prohibited",
        "may_record_violations",
        "custody_ordered",
        "animals",
        "other",
    }
)
"""Source: Fam. Code 6320, 6321, 6323, 6389; forms DV-110 items 5-21 and DV-130 items 8-31."""

EMERGENCY_TERMS = frozenset(
    {"no_abuse", "contact", "stay_away", "must_move_out", "firearms_prohibited", "custody_ordered", "other"}
)
"""Source: Fam. Code 6252 (background knowledge)."""

_COURT_OR_ITS_AGENCY = frozenset({"court", "tribal_court", "law_enforcement"})
"""Fam. Code 6380(a): the court enters its order, or gives it to a law enforcement agency that enters it."""

ORDER_TYPES: tuple[OrderType, ...] = (
    OrderType(
        code="EPO",
        name="Emergency protective order",
        forms=("EPO-001",),
        clets_suffix="CLETS-EPO",
        family=Family.EMERGENCY,
        is_temporary=True,
        is_domestic_violence=True,
        ending=Ending(EndRule.EMERGENCY, Law("Fam. Code 6256"), court_days=5, calendar_days=7),
        filers=_COURT_OR_ITS_AGENCY,
        terms=EMERGENCY_TERMS,
        firearms_required=True,
        law=Law("Fam. Code 6240-6275; form EPO-001", Certainty.WEAK),
    ),
    OrderType(
        code="TRO",
        name="Temporary restraining order, domestic violence",
        forms=("DV-110",),
        clets_suffix="CLETS-TRO",
        family=Family.CIVIL,
        is_temporary=True,
        is_domestic_violence=True,
        ending=Ending(
            EndRule.HEARING,
            Law("Fam. Code 242, 245; form DV-110 item 4"),
            hearing_days=21,
            hearing_days_good_cause=25,
        ),
        filers=_COURT_OR_ITS_AGENCY,
        terms=DOMESTIC_VIOLENCE_TERMS,
        firearms_required=True,
        law=Law("Fam. Code 6320-6327; form DV-110"),
    ),
    OrderType(
        code="OAH",
        name="Restraining order after hearing, domestic violence",
        forms=("DV-130",),
        clets_suffix="CLETS-OAH",
        family=Family.CIVIL,
        is_temporary=False,
        is_domestic_violence=True,
        ending=Ending(EndRule.FACE_DATE, Law("Fam. Code 6345; form DV-130 item 4"), default_years=3, maximum_years=5),
        filers=_COURT_OR_ITS_AGENCY,
        terms=DOMESTIC_VIOLENCE_TERMS,
        firearms_required=True,
        law=Law("Fam. Code 6340-6347; form DV-130"),
    ),
)

_BY_CODE = {row.code: row for row in ORDER_TYPES}


def order_type(code: str) -> OrderType | None:
    """The row of a type, or None when there is no such type."""
    return _BY_CODE.get(code)


CALIFORNIA = ZoneInfo("America/Los_Angeles")


@dataclass(frozen=True, slots=True)
class Policy:
    """What no source settles; each default is an own decision. Days in law are days of `zone`.

    `close_of_business`: Fam. Code 6256 says "close of judicial business" without an hour. `court_holidays` are closing
    days of the county beside those of Code Civ. Proc. 135.
    """

    zone: ZoneInfo = CALIFORNIA
    close_of_business: time = time(17, 0)
    court_holidays: frozenset[date] = frozenset()


DEFAULT_POLICY = Policy()
