"""Looking at a signed order: each page shown is a question of its own, journalled like any other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from openclets.agencies.actor import Actor
from openclets.agencies.deed import asking
from openclets.agencies.permissions import Right
from openclets.journal.leaf import Receipt
from openclets.orders.images import page_picture
from openclets.orders.lookup import order_by_number
from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.numbers import parse_fcn

PICTURE_WIDTH = 1400
"""Pixels across: readable handwriting at arm's length on a vehicle screen. Own decision."""


@dataclass(frozen=True, slots=True)
class ShownPage:
    """One page as PNG; `page` counts from 1 through all documents of the order, `pages` is their sum."""

    png: bytes
    page: int
    pages: int
    receipt: Receipt


def show_page(*, actor: Actor, now: datetime, fcn: str, page: int, purpose: str = "") -> ShownPage:
    """One page of the signed order as a picture. Records `order image seen` with the order's number.

    Raises: Rejected when there is no such order or page; Refused, Unavailable.
    """
    with asking(
        actor,
        Right.SEE_ORDER_IMAGE,
        kind="order image seen",
        now=now,
        asked=f"page {page} of order {fcn[:13]}",
        purpose=purpose,
    ) as deed:
        found = order_by_number(parse_fcn(fcn), at=now)
        if found is None:
            raise Rejected(
                Fault(FaultCode.NOT_THERE, "FCN", f"there is no order {fcn[:13]}", "the number of an order on file")
            )
        entry = found.order.entry
        deed.records = [found.order.fcn]
        deed.personal["subject_name"] = entry.restrained.name.wire
        counts = found.order.document_pages
        document, page_of_document = _place_of(page, counts)
        png = page_picture(entry.documents[document], page_of_document, PICTURE_WIDTH)
        deed.answered = f"page {page} of {sum(counts)}, document SHA-256 {entry.documents[document]}"
    return ShownPage(png, page, sum(counts), deed.receipt)


def _place_of(page: int, counts: tuple[int, ...]) -> tuple[int, int]:
    """Which document (from 0) and which page of it (from 1). Raises: Rejected."""
    left = page
    for document, count in enumerate(counts):
        if 1 <= left <= count:
            return document, left
        left -= count
    raise Rejected(Fault(FaultCode.NOT_THERE, "page", f"there is no page {page}", f"a page from 1 to {sum(counts)}"))
