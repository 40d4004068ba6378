"""An order as it is on file: what was entered, and what has happened to it since. Frozen values, no tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from openclets.orders.entry import OrderEntry
from openclets.vocabulary.identifiers import Ori, RecordNumber, UserName


class ServiceManner(StrEnum):
    """How the restrained person learned of the order. Values are stored."""

    IN_COURT = "in_court"
    IN_PERSON = "in_person"
    TOLD_BY_OFFICER = "told_by_officer"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Service:
    """One service of the order. Day and time are local; no time: at the start of that day. `by` is a name in words."""

    served_on: date
    manner: ServiceManner
    by: str = ""
    served_time: time | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that looks wrong in an order that was filed all the same: the field of `OrderEntry` it concerns
    (dotted, such as `terms.stay_away`), what is doubtful in words fit to be shown, and the rule it rests on."""

    field: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class OrderOnFile:
    """One order. It is effective from `starts_at` and no longer from `ends_at` on (None: no end is known);
    `ends_rule` says in words where that moment comes from.

    `terminated_at`, `cancelled_at` (entered in error) and `superseded_at` are None while nothing of the kind happened;
    `end_reason` is in words. `document_pages`: how many pages each of the entry's documents has. `doubts` are those
    still open, `services` in order of time. `court_name`, `filer_name` and `filer_telephone` are as the agencies are
    known now, empty where they are not.
    """

    fcn: RecordNumber
    version: int
    entry: OrderEntry
    filed_at: datetime
    filed_by_agency: Ori
    filed_by_user: UserName
    starts_at: datetime
    ends_at: datetime | None
    ends_rule: str
    services: tuple[Service, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    terminated_at: datetime | None = None
    cancelled_at: datetime | None = None
    superseded_at: datetime | None = None
    superseded_by: str = ""
    end_reason: str = ""
    document_pages: tuple[int, ...] = ()
    court_name: str = ""
    filer_name: str = ""
    filer_telephone: str = ""
