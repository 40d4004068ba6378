"""The one table of permissions: which duty carries which right, and where that comes from. Default: not allowed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Duty(StrEnum):
    """What a person does for an agency. Values are stored."""

    CLERK = "clerk"
    JUDGE = "judge"
    OFFICER = "officer"
    AUDITOR = "auditor"
    COORDINATOR = "coordinator"
    RECORDS = "records"
    REVIEWER = "reviewer"


class Course(StrEnum):
    """What can be passed. Values are stored."""

    FULL = "full access"
    INQUIRY = "inquiry only"
    SECURITY = "security awareness"


class Right(StrEnum):
    """What can be allowed. Values are journalled and shown; the catalogue of message keys names them by value."""

    FILE_ORDER = "order.file"
    READ_COURT_FORM = "order.read_form"
    SEE_FILED_ORDERS = "order.see_filed"
    ASK_PERSON = "inquiry.person"
    ASK_ORDERS = "inquiry.orders"
    ASK_HISTORY = "inquiry.history"
    ASK_DRIVER = "inquiry.driver"
    ASK_VEHICLE = "inquiry.vehicle"
    ASK_PROPERTY = "inquiry.property"
    SEE_ORDER_IMAGE = "inquiry.order_image"
    RESOLVE_DUPLICATES = "people.duplicates"
    READ_JOURNAL = "inquiry.journal"
    READ_OWN_JOURNAL = "inquiry.own_journal"
    LEARN = "training.learn"
    KEEP_TRAINING = "training.keep"
    SEE_PEOPLE = "agency.people"
    REMIND_OF_TRAINING = "agency.remind"
    APPLY_ROSTER = "agency.roster"
    KEEP_CERTIFICATES = "agency.certificates"
    RELEASE_SIGN_ON = "agency.release_sign_on"
    APPLY_FOR_AGENCY = "agency.apply"
    PROPOSE_AGREEMENT = "agency.propose_agreement"
    DECIDE_ON_AGENCIES = "agency.decide"
    KEEP_PEOPLE = "agency.keep_people"
    DECIDE_ON_PRIVILEGES = "agency.decide_privileges"
    REVIEW_FELONIES = "agency.review_felonies"


@dataclass(frozen=True, slots=True)
class Grant:
    duty: Duty
    right: Right
    source: str


_CLERKS = "Fam. Code 6380(a): the court transmits or enters its orders"
_ASKING = (
    "Gov. Code 15150-15169: official business of public agencies only; every access needs a need and a right to know"
)
_HISTORY = "Pen. Code 11076, 11105: criminal history goes only to agencies authorized by statute"
_COURT_HISTORY = "Fam. Code 6306; 28 U.S.C. 534(f): courts search histories in domestic violence and stalking cases"
_OWN_AGENCY = (
    "CLETS PPP 1.3: the agency's CLETS coordinator sees to audits and reports misuse; entries of the own agency only,"
    " own decision"
)
_COORDINATING = (
    "CLETS PPP 1.3: the agency's CLETS coordinator keeps its users, terminals and training records; own agency only,"
    " own decision"
)
_REVIEWING = (
    "Gov. Code 15154, 15165; CLETS PPP 1.3: the department reviews applications, signs agreements and may stop service"
)
_KEEPING_PEOPLE = "CJIS Security Policy AC-2, PS-3 to PS-5: accounts, screening, leaving; own agency only"
_APART = "CJIS Security Policy AC-5, AC-6(7): privileges are granted and reviewed by somebody else"
_AUDIT = "CJIS Security Policy AU-6: audit records are reviewed by assigned staff"

GRANTS: tuple[Grant, ...] = (
    Grant(Duty.CLERK, Right.FILE_ORDER, _CLERKS),
    Grant(Duty.CLERK, Right.READ_COURT_FORM, _CLERKS),
    Grant(Duty.CLERK, Right.SEE_FILED_ORDERS, _CLERKS),
    Grant(Duty.CLERK, Right.SEE_ORDER_IMAGE, _CLERKS),
    Grant(Duty.CLERK, Right.ASK_ORDERS, "Fam. Code 6306: the court searches for existing orders before a hearing"),
    Grant(Duty.CLERK, Right.ASK_HISTORY, _COURT_HISTORY),
    Grant(Duty.JUDGE, Right.ASK_HISTORY, _COURT_HISTORY),
    Grant(Duty.JUDGE, Right.SEE_FILED_ORDERS, _CLERKS),
    Grant(Duty.JUDGE, Right.SEE_ORDER_IMAGE, _CLERKS),
    Grant(Duty.JUDGE, Right.ASK_ORDERS, "Fam. Code 6306: the court searches for existing orders before a hearing"),
    Grant(Duty.OFFICER, Right.ASK_PERSON, _ASKING),
    Grant(Duty.OFFICER, Right.ASK_ORDERS, _ASKING),
    Grant(Duty.OFFICER, Right.SEE_ORDER_IMAGE, _ASKING),
    Grant(Duty.OFFICER, Right.ASK_HISTORY, _HISTORY),
    Grant(Duty.OFFICER, Right.ASK_DRIVER, _ASKING),
    Grant(Duty.OFFICER, Right.ASK_VEHICLE, _ASKING),
    Grant(Duty.OFFICER, Right.ASK_PROPERTY, _ASKING),
    Grant(Duty.RECORDS, Right.ASK_PERSON, _ASKING),
    Grant(Duty.RECORDS, Right.ASK_ORDERS, _ASKING),
    Grant(Duty.RECORDS, Right.SEE_ORDER_IMAGE, _ASKING),
    Grant(Duty.RECORDS, Right.ASK_HISTORY, _HISTORY),
    Grant(Duty.RECORDS, Right.ASK_DRIVER, _ASKING),
    Grant(Duty.RECORDS, Right.ASK_VEHICLE, _ASKING),
    Grant(Duty.RECORDS, Right.ASK_PROPERTY, _ASKING),
    Grant(
        Duty.RECORDS,
        Right.RESOLVE_DUPLICATES,
        "28 CFR 20.37: records on people are kept complete, accurate and current; by whom: own decision",
    ),
    Grant(Duty.AUDITOR, Right.READ_JOURNAL, _AUDIT),
    Grant(Duty.COORDINATOR, Right.READ_OWN_JOURNAL, _OWN_AGENCY),
    Grant(Duty.COORDINATOR, Right.SEE_PEOPLE, _COORDINATING),
    Grant(Duty.COORDINATOR, Right.REMIND_OF_TRAINING, _COORDINATING),
    Grant(Duty.COORDINATOR, Right.APPLY_ROSTER, _COORDINATING),
    Grant(Duty.COORDINATOR, Right.KEEP_CERTIFICATES, f"{_COORDINATING}; CJIS Security Policy IA-3, SC-17"),
    Grant(
        Duty.COORDINATOR,
        Right.KEEP_TRAINING,
        "CLETS PPP 1.3, 1.8: the coordinator keeps the agency's training records; never one's own: own decision",
    ),
    *(Grant(duty, Right.LEARN, "CLETS PPP 1.8: everybody with access is trained and examined") for duty in Duty),
    Grant(
        Duty.COORDINATOR,
        Right.RELEASE_SIGN_ON,
        "CJIS Security Policy AC-7: a locked account is released by an administrator; who that is: own decision",
    ),
    Grant(Duty.COORDINATOR, Right.APPLY_FOR_AGENCY, "CLETS PPP 1.4: a county's agency sponsors others: own decision"),
    Grant(Duty.COORDINATOR, Right.PROPOSE_AGREEMENT, _COORDINATING),
    Grant(Duty.COORDINATOR, Right.KEEP_PEOPLE, _KEEPING_PEOPLE),
    Grant(Duty.COORDINATOR, Right.DECIDE_ON_PRIVILEGES, _APART),
    Grant(Duty.REVIEWER, Right.APPLY_FOR_AGENCY, _REVIEWING),
    Grant(Duty.REVIEWER, Right.PROPOSE_AGREEMENT, _REVIEWING),
    Grant(Duty.REVIEWER, Right.DECIDE_ON_AGENCIES, _REVIEWING),
    Grant(Duty.REVIEWER, Right.DECIDE_ON_PRIVILEGES, _APART),
    Grant(Duty.REVIEWER, Right.REVIEW_FELONIES, "CJIS Security Policy PS-3: a felony is reviewed by the department"),
)

FILES: frozenset[Right] = frozenset(
    {
        Right.ASK_PERSON,
        Right.ASK_ORDERS,
        Right.ASK_HISTORY,
        Right.ASK_DRIVER,
        Right.ASK_VEHICLE,
        Right.ASK_PROPERTY,
        Right.SEE_ORDER_IMAGE,
        Right.FILE_ORDER,
        Right.READ_COURT_FORM,
        Right.SEE_FILED_ORDERS,
        Right.RESOLVE_DUPLICATES,
    }
)
"""Rights that read or change the files, as against those that look after agencies, people and the journal."""

FILING: frozenset[Right] = frozenset({Right.FILE_ORDER, Right.READ_COURT_FORM})
CHANGING: frozenset[Right] = FILING | {Right.RESOLVE_DUPLICATES}
"""Rights that change the files or lead up to it; they need the full-access course. Source: CLETS PPP 1.8."""


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A duty that keeps its holder from rights which another duty of theirs would carry: it wins."""

    duty: Duty
    rights: frozenset[Right]
    rule: str
    source: str


FORBIDDEN: tuple[Forbidden, ...] = (
    Forbidden(
        Duty.AUDITOR,
        CHANGING,
        "auditors change nothing",
        "CJIS Security Policy AC-5: separation of duties; which: own decision",
    ),
    Forbidden(
        Duty.COORDINATOR,
        FILES,
        "who administers access does not read files",
        "CJIS Security Policy AC-5, AC-6: separation of duties; which: own decision",
    ),
    Forbidden(
        Duty.REVIEWER,
        FILES,
        "who decides about agencies does not read files",
        "CJIS Security Policy AC-5, AC-6: separation of duties; which: own decision",
    ),
)

NEEDS_TRAINING: frozenset[Right] = frozenset(Right) - {Right.LEARN}
"""Rights that lapse with the person's training: all but that of being trained. Source: CLETS PPP 1.8, training every
two years; CJIS AT-3."""
