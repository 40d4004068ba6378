"""The court's orders: the list with what came back doubtful, and one order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from openclets.agencies.access import may
from openclets.agencies.permissions import Right
from openclets.inquiry.pictures import show_page
from openclets.orders.catalogue import order_type
from openclets.orders.filing import CourtOrder, order_for_court, orders_filed
from openclets.orders.on_file import Doubt
from openclets.orders.terms import term_lines
from openclets.web.court.entry_form import label_of
from openclets.web.court.typed_fields import name_as_typed
from openclets.web.visitor import actor_of

_FCN = re.compile(r"\bFCN ([0-9]{13})\b")


@dataclass(frozen=True, slots=True)
class LabelledDoubt:
    """A doubt with its field in the words of the page; `fcn` of the order it speaks of, or ''."""

    label: str
    text: str
    source: str
    fcn: str


@dataclass(frozen=True, slots=True)
class ListedOrder:
    """One order of the list."""

    found: CourtOrder
    name: str
    type_name: str
    doubts: tuple[LabelledDoubt, ...]


@require_GET
def orders(request: HttpRequest) -> HttpResponse:
    """What this court filed, newest first, and above it what came back. Raises: Refused, Rejected, Unavailable."""
    actor, now = actor_of(request), timezone.now()
    page = orders_filed(
        actor=actor, now=now, page=_page_number(request, "page"), returned_page=_page_number(request, "returned")
    )
    context = {
        "page": page,
        "orders": [_listed(order) for order in page.orders],
        "returned": [_listed(order) for order in page.returned],
        "may_file": may(actor, Right.FILE_ORDER, now=now),
    }
    return render(request, "court/orders.html", context)


@require_GET
def order(request: HttpRequest, fcn: str) -> HttpResponse:
    """One order with everything entered. Raises: Refused, Rejected, Unavailable."""
    actor, now = actor_of(request), timezone.now()
    opened = order_for_court(actor=actor, now=now, fcn=fcn)
    row = order_type(opened.order.entry.order_type)
    context = {
        "order": opened.order,
        "name": name_as_typed(opened.order.entry.restrained.name),
        "standing": opened.standing,
        "receipt": opened.receipt,
        "type_name": row.name if row else opened.order.entry.order_type,
        "doubts": label_doubts(opened.order.doubts),
        "terms": term_lines(opened.order.entry),
        "pages": order_pages(opened.order.fcn, sum(opened.order.document_pages)),
        "may_file": may(actor, Right.FILE_ORDER, now=now),
    }
    return render(request, "court/order.html", context)


@require_GET
def order_page(request: HttpRequest, fcn: str, page: int) -> HttpResponse:
    """One page of a signed order on file, as a picture. Raises: Refused, Rejected, Unavailable."""
    shown = show_page(actor=actor_of(request), now=timezone.now(), fcn=fcn, page=page)
    return HttpResponse(shown.png, content_type="image/png")


def order_pages(fcn: str, count: int) -> list[tuple[str, str]]:
    """Address and name of each page of an order on file."""
    return [(reverse("court:order_page", args=[fcn, page]), f"page {page}") for page in range(1, count + 1)]


def label_doubts(doubts: Iterable[Doubt]) -> tuple[LabelledDoubt, ...]:
    """Doubts in the words of the page."""
    return tuple(LabelledDoubt(label_of(doubt.field), doubt.text, doubt.source, fcn_in(doubt.text)) for doubt in doubts)


def fcn_in(text: str) -> str:
    """The number of an order that a fault or doubt speaks of, or ''."""
    found = _FCN.search(text)
    return found.group(1) if found else ""


def _listed(order: CourtOrder) -> ListedOrder:
    row = order_type(order.order.entry.order_type)
    return ListedOrder(
        found=order,
        name=name_as_typed(order.order.entry.restrained.name),
        type_name=row.name if row else order.order.entry.order_type,
        doubts=label_doubts(order.order.doubts),
    )


def _page_number(request: HttpRequest, name: str) -> int:
    typed = request.GET.get(name, "1")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 7 else 0
