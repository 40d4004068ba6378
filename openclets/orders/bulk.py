"""Loading many orders at once, in whatever state they are: for the generator of synthetic counties and for take-overs.

Not for filing: no right is checked, nothing is journalled and nothing is compared with what is on file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db import transaction

from openclets.orders.entry import OrderEntry
from openclets.orders.node_policy import node_policy
from openclets.orders.numbering import fcn_of, take_fcns
from openclets.orders.on_file import Service
from openclets.orders.record import NewOrder, services_at_filing, write_orders
from openclets.orders.rules.court_days import holidays_after, local_day
from openclets.orders.rules.doubts import doubts_about, stops_filing
from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import Ori, RecordNumber

BATCH_ORDERS = 1_000
"""Orders of one transaction, so that no place in the journal's order waits long for a loader. Own decision."""


@dataclass(frozen=True, slots=True)
class LoadedOrder:
    """One order with what has happened to it. `services` are those beside the one the entry itself proves;
    `document_pages`: pages of each document, () for one each; `superseded_by` is the position, in the same load and
    batch or an earlier one, of the order that took its place."""

    entry: OrderEntry
    filed_at: datetime
    filed_by_agency: Ori
    filed_by_user_id: int
    services: tuple[Service, ...] = ()
    document_pages: tuple[int, ...] = ()
    terminated_at: datetime | None = None
    cancelled_at: datetime | None = None
    superseded_at: datetime | None = None
    superseded_by: int | None = None
    end_reason: str = ""


def load_orders(orders: Iterable[LoadedOrder], *, batch: int = BATCH_ORDERS) -> list[RecordNumber]:
    """Stores and indexes the orders, `batch` at a time, each batch one commit; their FCNs in the order given.

    Doubts are raised as filing would have raised them on the day of filing. After it, `people.index.settle_index`.
    Raises: Rejected for the first batch with an order filing would stop; batches before it stay.
    """
    numbers: list[int] = []
    rest = iter(orders)
    while part := list(islice(rest, batch)):
        with transaction.atomic():
            taken = _numbers_for(part)
            numbers += taken
            write_orders([_new_order(order, fcn, numbers) for order, fcn in zip(part, taken, strict=True)])
    return [fcn_of(number) for number in numbers]


def _numbers_for(orders: Sequence[LoadedOrder]) -> list[int]:
    """A number for each order, taken in one go for each agency and day."""
    zone = node_policy().zone
    positions: dict[tuple[Ori, date], list[int]] = defaultdict(list)
    for position, order in enumerate(orders):
        positions[order.filed_by_agency, local_day(order.filed_at, zone)].append(position)
    numbers = [0] * len(orders)
    for agency, day in sorted(positions):
        places = positions[agency, day]
        for place, number in zip(places, take_fcns(agency, day, len(places)), strict=True):
            numbers[place] = number
    return numbers


def _new_order(order: LoadedOrder, fcn: int, numbers: Sequence[int]) -> NewOrder:
    entry = order.entry
    faults = stops_filing(entry)
    if faults:
        raise Rejected(*faults)
    if order.superseded_by is not None and not 0 <= order.superseded_by < len(numbers):
        raise Rejected(
            Fault(FaultCode.VALUE, "superseded_by", "no such position so far", "an order of this batch or before")
        )
    policy = node_policy()
    doubts = doubts_about(
        entry,
        today=local_day(order.filed_at, policy.zone),
        holidays=holidays_after(entry.issued_on, further=policy.court_holidays),
        policy=policy,
    )
    return NewOrder(
        fcn=fcn,
        entry=entry,
        filed_at=order.filed_at,
        filed_by_agency=order.filed_by_agency,
        filed_by_user_id=order.filed_by_user_id,
        why="loaded",
        document_pages=order.document_pages or (1,) * len(entry.documents),
        doubts=doubts,
        services=(*services_at_filing(entry), *order.services),
        terminated_at=order.terminated_at,
        cancelled_at=order.cancelled_at,
        superseded_at=order.superseded_at,
        superseded_by=None if order.superseded_by is None else numbers[order.superseded_by],
        end_reason=order.end_reason,
    )
