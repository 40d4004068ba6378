"""The one table of prerequisites: what must hold before anything is allowed, by which rule and source, in order.

What forbids stands before what grants, so it wins; what no row grants is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from openclets.agencies.oneself import is_oneself
from openclets.agencies.permissions import (
    CHANGING,
    FILES,
    FILING,
    FORBIDDEN,
    GRANTS,
    NEEDS_TRAINING,
    Forbidden,
    Grant,
    Right,
)
from openclets.agencies.purposes import NEEDS_PURPOSE, RULE_OF
from openclets.agencies.standing import Standing, Wanted

Find = Callable[[Standing, Wanted], str]
"""What is missing, in words fit to be shown; '' when nothing is."""


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """One row: a rule, its source, and what of it is missing.

    `is_of_session` rows say the same whatever is wanted: who begins to lack one is signed off. `is_of_question` rows
    look at nothing but what it is wanted for.
    """

    rule: str
    source: str
    find: Find
    is_of_session: bool = False
    is_of_question: bool = False


def grant_of(standing: Standing, right: Right) -> Grant | None:
    """The first row of the table of permissions that gives `right` to one of the duties."""
    return next((row for row in GRANTS if row.right == right and row.duty in standing.duties), None)


def _lapsed(until: date | None, on: date, what: str, ended: str = "ended") -> str:
    """What to say of something that counts on days before `until`; '' while it does."""
    if until is None:
        return f"no {what} on record"
    return f"{what} {ended} {until.isoformat()}" if on >= until else ""


def _account(standing: Standing, wanted: Wanted) -> str:
    return "" if standing.user_active else "the account is disabled"


def _felony(standing: Standing, wanted: Wanted) -> str:
    return "a felony conviction without a documented review" if standing.is_barred else ""


def _agency(standing: Standing, wanted: Wanted) -> str:
    return "" if standing.agency_active else "the agency's subscription is not active"


def _device(standing: Standing, wanted: Wanted) -> str:
    return "" if standing.device_active else "the device is disabled or unknown"


def _own_device(standing: Standing, wanted: Wanted) -> str:
    placed = standing.placed_until
    if standing.device_agency == standing.agency or (placed is not None and wanted.on < placed):
        return ""
    return "this device belongs to another agency"


def _host(standing: Standing, wanted: Wanted) -> str:
    return _lapsed(standing.hosted_until, wanted.on, "host agreement") if standing.device_kind == "host" else ""


def _membership(standing: Standing, wanted: Wanted) -> str:
    return "" if standing.duties else "no duty at this agency"


def _forbidding(row: Forbidden) -> Prerequisite:
    def find(standing: Standing, wanted: Wanted) -> str:
        if row.duty not in standing.duties or wanted.right not in row.rights:
            return ""
        return f"the duty '{row.duty}' rules out '{wanted.right}'"

    return Prerequisite(row.rule, row.source, find)


def _not_oneself(standing: Standing, wanted: Wanted) -> str:
    subject = wanted.circumstances.subject
    if subject is None or not is_oneself(standing.own, subject):
        return ""
    return ABOUT_ONESELF


def _history_device(standing: Standing, wanted: Wanted) -> str:
    if wanted.right is not Right.ASK_HISTORY or standing.device_class not in NO_HISTORY_FROM:
        return ""
    return f"a device of class '{standing.device_class}' does not reach criminal histories"


def _granted(standing: Standing, wanted: Wanted) -> str:
    if grant_of(standing, wanted.right) is not None:
        return ""
    return f"the duty '{', '.join(sorted(standing.duties))}' does not carry '{wanted.right}'"


def _purpose_given(standing: Standing, wanted: Wanted) -> str:
    asked = wanted.circumstances
    if asked.purpose:
        return ""
    needs = asked.key in NEEDS_PURPOSE or wanted.right is Right.ASK_HISTORY
    return f"no purpose given for {asked.key or wanted.right}" if needs else ""


def _purpose_lawful(standing: Standing, wanted: Wanted) -> str:
    purpose = wanted.circumstances.purpose
    if not purpose:
        return ""
    row = RULE_OF.get((wanted.right, purpose))
    if row is not None and standing.agency_kind in row.kinds:
        return ""
    kind = standing.agency_kind.replace("_", " ") or "unknown"
    return f"purpose {purpose} is not open to an agency of class '{kind}' for '{wanted.right}'"


def _case_given(standing: Standing, wanted: Wanted) -> str:
    asked = wanted.circumstances
    row = RULE_OF.get((wanted.right, asked.purpose))
    if row is None or not row.needs_case or asked.case_number.strip():
        return ""
    return f"no case number given with purpose {asked.purpose}"


def _subscribed(standing: Standing, wanted: Wanted) -> str:
    return _lapsed(standing.subscribed_until, wanted.on, "subscriber agreement")


def _managed(standing: Standing, wanted: Wanted) -> str:
    if standing.agency_kind != "other":
        return ""
    return _lapsed(standing.managed_until, wanted.on, "management control agreement")


def _tribal_reading(standing: Standing, wanted: Wanted) -> str:
    if not standing.agency_kind.startswith("tribal") or wanted.right not in FILES:
        return ""
    return _lapsed(standing.tribal_reading_until, wanted.on, "agreement on tribal reading")


def _tribal_filing(standing: Standing, wanted: Wanted) -> str:
    if not standing.agency_kind.startswith("tribal") or wanted.right not in FILING:
        return ""
    return _lapsed(standing.tribal_filing_until, wanted.on, "agreement on tribal filing")


def _reciprocity(standing: Standing, wanted: Wanted) -> str:
    if standing.agency.startswith(HOME_STATE):
        return ""
    return _lapsed(standing.reciprocal_until, wanted.on, "reciprocity agreement")


def _cleared(standing: Standing, wanted: Wanted) -> str:
    if standing.is_cleared or wanted.right not in NEEDS_TRAINING:
        return ""
    return "no fingerprint and background clearance on record"


def _statement(standing: Standing, wanted: Wanted) -> str:
    if wanted.right not in NEEDS_TRAINING:
        return ""
    return _lapsed(standing.statement_until, wanted.on, "signed confidentiality statement")


def _ever_trained(standing: Standing, wanted: Wanted) -> str:
    return "no training on record" if standing.trained_until is None and wanted.right in NEEDS_TRAINING else ""


def _training_current(standing: Standing, wanted: Wanted) -> str:
    if standing.trained_until is None or wanted.right not in NEEDS_TRAINING:
        return ""
    return _lapsed(standing.trained_until, wanted.on, "training", "expired")


def _full_course(standing: Standing, wanted: Wanted) -> str:
    return _lapsed(standing.full_until, wanted.on, "full-access course") if wanted.right in CHANGING else ""


def _aware(standing: Standing, wanted: Wanted) -> str:
    if wanted.right not in NEEDS_TRAINING:
        return ""
    return _lapsed(standing.aware_until, wanted.on, "security awareness course", "expired")


ABOUT_ONESELF: Final = "this is about the person asking; anybody may ask to see their own record, Pen. Code 11120-11127"

NO_HISTORY_FROM: Final = frozenset({"vehicle"})
"""Device classes that do not reach criminal histories. Source: CDCR Operations Manual 47030.5, mobile terminals."""

HOME_STATE: Final = "CA"
"""How the ORIs of this state's agencies begin."""

ONESELF: Final = Prerequisite(
    "nobody asks about themselves",
    "CLETS training material for trainers, chapter 3: one does not query the own record; Pen. Code 11142",
    _not_oneself,
    is_of_question=True,
)

PREREQUISITES: Final[tuple[Prerequisite, ...]] = (
    Prerequisite("the account must be active", "CJIS Security Policy AC-2(3)", _account, True),
    Prerequisite(
        "a felony bars access until it is reviewed",
        "CJIS Security Policy PS-3: screening before access; the review: background knowledge of the CLETS PPP",
        _felony,
        True,
    ),
    Prerequisite("the agency must be active", "Gov. Code 15165", _agency, True),
    Prerequisite("the device must be active", "CJIS Security Policy IA-3", _device, True),
    Prerequisite(
        "a device serves its own agency",
        "CJIS Security Policy IA-3; CLETS PPP 1.5: interagency agreement for placing a terminal",
        _own_device,
        True,
    ),
    Prerequisite("a host needs a host agreement", "CLETS PPP 1.4: requirements on system hosts", _host, True),
    Prerequisite("a person acts for an agency they belong to", "CJIS Security Policy AC-2", _membership, True),
    *(_forbidding(row) for row in FORBIDDEN),
    ONESELF,
    Prerequisite(
        "some devices do not reach criminal histories",
        "CDCR Operations Manual 47030.5: mobile terminals",
        _history_device,
    ),
    Prerequisite("the right must come with a duty", "CJIS Security Policy AC-3, AC-6", _granted),
    Prerequisite(
        "some questions need a purpose",
        "CJIS Security Policy 4.2.5.1; the catalogue of message keys",
        _purpose_given,
        is_of_question=True,
    ),
    Prerequisite(
        "a purpose must be open to the agency",
        "the table of purposes, with its sources",
        _purpose_lawful,
        is_of_question=True,
    ),
    Prerequisite(
        "some purposes need a case number",
        "CJIS Security Policy 4.2.5.1; the table of purposes",
        _case_given,
        is_of_question=True,
    ),
    Prerequisite("the agency has signed a subscriber agreement", "Gov. Code 15165; form HDC 0001", _subscribed, True),
    Prerequisite(
        "an agency outside justice has signed a management control agreement", "CLETS PPP 1.5", _managed, True
    ),
    Prerequisite(
        "a tribe reads as its agreement says",
        "reading by agreement: own decision",
        _tribal_reading,
        True,
    ),
    Prerequisite(
        "a tribe files as its agreement says", "Fam. Code 6380; filing by agreement: own decision", _tribal_filing
    ),
    Prerequisite("an agency of another state has a reciprocity agreement", "CLETS PPP 1.5", _reciprocity, True),
    Prerequisite(
        "clearance comes before access",
        "CJIS Security Policy PS-3; CLETS PPP 1.6: background and fingerprints",
        _cleared,
        True,
    ),
    Prerequisite(
        "the confidentiality statement is signed", "CJIS Security Policy PS-6; form HDC 0009", _statement, True
    ),
    Prerequisite("training comes before access", "CLETS PPP 1.8; CJIS Security Policy AT-3", _ever_trained, True),
    Prerequisite("training must be current", "CLETS PPP 1.8; CJIS Security Policy AT-3", _training_current, True),
    Prerequisite("changing the files takes the full-access course", "CLETS PPP 1.8", _full_course),
    Prerequisite("security awareness is renewed each year", "CJIS Security Policy AT-2", _aware, True),
)
"""What must hold, in the order in which it is told. `docs/reference/access.md` is made from it."""
