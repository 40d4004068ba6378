"""Writing orders into the tables and the name index: one way in for filing and for loaders, by COPY.

Ground functions: no right is checked and nothing journalled; to be called inside the caller's transaction.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from openclets.orders.catalogue import Policy
from openclets.orders.entry import OrderEntry, ProtectedPerson, RestrainedPerson, Sex
from openclets.orders.entry_json import alternates_as_json, entry_as_json, terms_as_json
from openclets.orders.node_policy import node_policy
from openclets.orders.on_file import Doubt, Service, ServiceManner
from openclets.orders.rules.court_days import holidays_after
from openclets.orders.rules.standing import ending_of, starting_of
from openclets.people.index import IndexedPerson, index_people
from openclets.vocabulary.codes import code_table
from openclets.vocabulary.identifiers import Ori

RECORD_KIND = "order"
RESTRAINED = "restrained"
PROTECTED = "protected"


@dataclass(frozen=True, slots=True)
class NewOrder:
    """An order about to be stored as version 1, in whatever state: most have only what filing knows.

    `document_pages`: pages of each of the entry's documents. `superseded_by` is the number of an order stored before or
    with this one. `doubts` are open.
    """

    fcn: int
    entry: OrderEntry
    filed_at: datetime
    filed_by_agency: Ori
    filed_by_user_id: int
    why: str
    document_pages: tuple[int, ...]
    doubts: tuple[Doubt, ...] = ()
    services: tuple[Service, ...] = ()
    terminated_at: datetime | None = None
    cancelled_at: datetime | None = None
    superseded_at: datetime | None = None
    superseded_by: int | None = None
    end_reason: str = ""


def write_orders(orders: Sequence[NewOrder]) -> None:
    """Stores the orders and indexes their people; all are answerable from the caller's commit on."""
    policy = node_policy()
    _copy("orders_order", _ORDER_COLUMNS, [_order_row(order, policy) for order in orders])
    _copy("orders_orderversion", _VERSION_COLUMNS, [_version_row(order) for order in orders])
    _copy("orders_protectedperson", _PROTECTED_COLUMNS, _each(orders, _protected_rows))
    _copy("orders_document", _DOCUMENT_COLUMNS, _each(orders, _document_rows))
    _copy("orders_doubtraised", _DOUBT_COLUMNS, _each(orders, _doubt_rows))
    _copy("orders_servicerecorded", _SERVICE_COLUMNS, _each(orders, _service_rows))
    index_people(person for order in orders for person in _people_of(order.fcn, order.entry))


def supersede(numbers: Sequence[int], *, by: int, at: datetime) -> None:
    """Marks the orders as replaced by another from `at` on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE orders_order SET superseded_at = %s, superseded_by_id = %s WHERE fcn = ANY(%s)",
            [at, by, list(numbers)],
        )


def services_at_filing(entry: OrderEntry) -> tuple[Service, ...]:
    """The service that the order itself proves: the person was there when it was made. Source: Fam. Code 6384, 6385."""
    if not entry.served_in_court:
        return ()
    return (Service(entry.issued_on, ServiceManner.IN_COURT, by=entry.judge, served_time=entry.issued_time),)


_Row = tuple[Any, ...]

_ORDER_COLUMNS = (
    "fcn, version, order_type, case_number, court, county, judge, amendment, issued_on, issued_time, expires_on, "
    "expires_time, hearing_on, hearing_time, served_in_court, firearms_known, terms, restrained_surname, "
    "restrained_given, restrained_middle, restrained_suffix, restrained_sex, restrained_race, restrained_birth_date, "
    "restrained_age, restrained_height, restrained_weight_pounds, restrained_hair, restrained_eyes, "
    "restrained_address, restrained_relationship, restrained_alternates, filed_at, filed_by_agency_id, "
    "filed_by_user_id, starts_at, ends_at, "
    "ends_rule, terminated_at, cancelled_at, superseded_at, superseded_by_id, end_reason"
)
_VERSION_COLUMNS = "order_id, version, entered, recorded_at, recorded_by_id, why"
_PROTECTED_COLUMNS = "order_id, position, surname, given, middle, suffix, sex, age, relationship"
_DOCUMENT_COLUMNS = "order_id, position, sha256, pages"
_DOUBT_COLUMNS = "order_id, field, text, source, raised_at"
_SERVICE_COLUMNS = "order_id, served_on, served_time, manner, served_by, recorded_at, recorded_by_id"


def _copy(table: str, columns: str, rows: Iterable[_Row]) -> None:
    connection.ensure_connection()
    rows = list(rows)
    if not rows:
        return
    with connection.connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _each(orders: Sequence[NewOrder], rows_of: Callable[[NewOrder], Iterator[_Row]]) -> Iterator[_Row]:
    for order in orders:
        yield from rows_of(order)


def _order_row(order: NewOrder, policy: Policy) -> _Row:
    entry = order.entry
    end = ending_of(entry, holidays=holidays_after(entry.issued_on, further=policy.court_holidays), policy=policy)
    return (
        order.fcn,
        1,
        entry.order_type,
        entry.case_number.strip(),
        entry.court,
        entry.county,
        entry.judge,
        entry.amendment,
        entry.issued_on,
        entry.issued_time,
        entry.expires_on,
        entry.expires_time,
        entry.hearing_on,
        entry.hearing_time,
        entry.served_in_court,
        entry.firearms_known,
        json.dumps(terms_as_json(entry.terms)),
        *_restrained_columns(entry.restrained),
        order.filed_at,
        order.filed_by_agency,
        order.filed_by_user_id,
        starting_of(entry, policy=policy),
        end.at,
        end.rule,
        order.terminated_at,
        order.cancelled_at,
        order.superseded_at,
        order.superseded_by,
        order.end_reason,
    )


def _restrained_columns(person: RestrainedPerson) -> _Row:
    return (
        person.name.surname,
        person.name.given,
        person.name.middle,
        person.name.suffix,
        person.sex.value,
        person.race,
        person.birth_date,
        person.age,
        person.height,
        person.weight_pounds,
        person.hair,
        person.eyes,
        person.address,
        person.relationship,
        json.dumps(alternates_as_json(person)),
    )


def _version_row(order: NewOrder) -> _Row:
    entered = json.dumps(entry_as_json(order.entry))
    return (order.fcn, 1, entered, order.filed_at, order.filed_by_user_id, order.why)


def _protected_rows(order: NewOrder) -> Iterator[_Row]:
    for position, person in enumerate(order.entry.protected):
        name = person.name
        yield (
            order.fcn,
            position,
            name.surname,
            name.given,
            name.middle,
            name.suffix,
            person.sex.value,
            person.age,
            person.relationship,
        )


def _document_rows(order: NewOrder) -> Iterator[_Row]:
    documents = zip(order.entry.documents, order.document_pages, strict=True)
    for position, (sha256, pages) in enumerate(documents):
        yield (order.fcn, position, sha256, pages)


def _doubt_rows(order: NewOrder) -> Iterator[_Row]:
    for doubt in order.doubts:
        yield (order.fcn, doubt.field, doubt.text, doubt.source, order.filed_at)


def _service_rows(order: NewOrder) -> Iterator[_Row]:
    for service in order.services:
        yield (
            order.fcn,
            service.served_on,
            service.served_time,
            service.manner.value,
            service.by,
            order.filed_at,
            order.filed_by_user_id,
        )


def _people_of(fcn: int, entry: OrderEntry) -> Iterator[IndexedPerson]:
    restrained = entry.restrained
    yield IndexedPerson(
        record_kind=RECORD_KIND,
        record_id=fcn,
        role=RESTRAINED,
        names=(restrained.name, *restrained.other_names),
        birth_date=restrained.birth_date,
        other_birth_dates=restrained.other_birth_dates,
        numbers=restrained.numbers,
        age=restrained.age,
        age_as_of=entry.issued_on,
        sex=_sex_for_index(restrained.sex),
        race=restrained.race if restrained.race in code_table("RACE").meanings else "",
        address=restrained.address,
    )
    for person in entry.protected:
        yield _protected_for_index(fcn, person, entry.issued_on)


def _protected_for_index(fcn: int, person: ProtectedPerson, issued_on: date) -> IndexedPerson:
    return IndexedPerson(
        record_kind=RECORD_KIND,
        record_id=fcn,
        role=PROTECTED,
        names=(person.name,),
        age=person.age,
        age_as_of=issued_on,
        sex=_sex_for_index(person.sex),
    )


def _sex_for_index(sex: Sex) -> str:
    return "" if sex is Sex.UNKNOWN else sex.value
