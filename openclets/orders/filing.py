"""The court's verbs: filing a signed order, seeing what was filed, opening one order."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from openclets.agencies.actor import Actor
from openclets.agencies.deed import asking, changing
from openclets.agencies.models import Agency
from openclets.agencies.permissions import Right
from openclets.journal.leaf import Receipt
from openclets.orders.catalogue import OrderType, order_type
from openclets.orders.entry import OrderEntry
from openclets.orders.images import describe_kept, is_kept
from openclets.orders.lookup import orders_by_number
from openclets.orders.models import DoubtRaised, Order
from openclets.orders.node_policy import node_policy
from openclets.orders.numbering import fcn_of, take_fcns
from openclets.orders.on_file import Doubt, OrderOnFile
from openclets.orders.record import NewOrder, services_at_filing, supersede, write_orders
from openclets.orders.rules.court_days import holidays_after, local_day
from openclets.orders.rules.doubts import doubts_about, stops_filing
from openclets.orders.rules.standing import Standing, ending_of, standing_at, starting_of
from openclets.vocabulary.errors import Fault, Refused, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import Ori, RecordNumber
from openclets.vocabulary.numbers import parse_fcn

PAGE_SIZE = 50
"""Orders on one page of a list. Own decision."""

_COURT_KINDS = (Agency.Kind.COURT, Agency.Kind.TRIBAL_COURT)


@dataclass(frozen=True, slots=True)
class FiledOrder:
    """What filing did. `doubts` went into the record and back to the court; `superseded` are the orders this one, as an
    amendment, took the place of."""

    fcn: RecordNumber
    doubts: tuple[Doubt, ...]
    standing: Standing
    superseded: tuple[RecordNumber, ...]
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class CourtOrder:
    """One order for the court that made or filed it, and where it stands."""

    order: OrderOnFile
    standing: Standing


@dataclass(frozen=True, slots=True)
class OrdersPage:
    """One page of a list, newest filing first. `page` counts from 1.

    `returned` is the court's work on the first page: orders not over yet with a doubt nobody has settled, newest filing
    first, a page of its own (`returned_page`, from 1); `returned_count` is how many there are in all.
    """

    orders: tuple[CourtOrder, ...]
    returned: tuple[CourtOrder, ...]
    returned_count: int
    returned_page: int
    page: int
    has_more: bool
    receipt: Receipt

    @property
    def has_more_returned(self) -> bool:
        """Whether further orders were returned than those up to this page of them."""
        return self.returned_count > self.returned_page * PAGE_SIZE


@dataclass(frozen=True, slots=True)
class OpenedOrder:
    """One order, opened, with the receipt for having opened it."""

    order: OrderOnFile
    standing: Standing
    receipt: Receipt


def open_filing(*, actor: Actor, now: datetime) -> Receipt:
    """Whether the actor may file at all: asked when the pages for it are opened, before anything is handed in or typed.

    Records `filing opened`. Raises: Refused; Unavailable.
    """
    with asking(actor, Right.FILE_ORDER, kind="filing opened", now=now, asked="the pages for filing an order") as deed:
        deed.answered = "may file"
    return deed.receipt


def file_order(*, actor: Actor, now: datetime, entry: OrderEntry) -> FiledOrder:
    """Files a signed order. When this returns, every question finds it.

    1. Only what nobody could find or read is stopped, with every fault at its field.
    2. The agency must be one that files such orders, for its own county.
    3. The same signed document for the same person is not filed twice; another order of the same case and person is
       filed and the doubt says which one is there. An amended order takes the place of those it amends from the moment
       it takes effect; one that is over already takes nobody's place, or a slip in a date would leave no order at all.
    4. What is doubtful is filed, flagged and returned to the court.
    5. Number, tables, name index and journal entry are one transaction.

    Records `order filed` with the FCN (and those superseded) and the documents' hashes.
    Raises: Rejected; Refused; Unavailable.
    """
    with changing(
        actor, Right.FILE_ORDER, kind="order filed", now=now, asked=_asked(entry), personal=_personal(entry)
    ) as deed:
        # 1.
        faults = stops_filing(entry) or _missing_documents(entry)
        row = order_type(entry.order_type)
        if faults or row is None:
            raise Rejected(*faults)
        # 2.
        court_doubts = _check_agency_files(actor, entry, row)
        # 3.
        policy = node_policy()
        holidays = holidays_after(entry.issued_on, further=policy.court_holidays)
        end = ending_of(entry, holidays=holidays, policy=policy).at
        effective_at = max(now, starting_of(entry, policy=policy))
        earlier = _EarlierOrders.of(entry, now=now, effective_at=effective_at, is_over=end is not None and end <= now)
        # 4.
        today = local_day(now, policy.zone)
        doubts = (
            *doubts_about(entry, today=today, holidays=holidays, policy=policy),
            *court_doubts,
            *earlier.doubts,
        )
        # 5.
        (fcn,) = take_fcns(actor.agency, today)
        write_orders(
            [
                NewOrder(
                    fcn=fcn,
                    entry=entry,
                    filed_at=now,
                    filed_by_agency=actor.agency,
                    filed_by_user_id=actor.user_id,
                    why="filed",
                    document_pages=tuple(describe_kept(sha256).pages for sha256 in entry.documents),
                    doubts=doubts,
                    services=services_at_filing(entry),
                )
            ]
        )
        supersede(earlier.amended, by=fcn, at=effective_at)
        standing = standing_at(orders_by_number([fcn])[0], now, policy=policy)
        superseded = tuple(fcn_of(number) for number in earlier.amended)
        deed.records += [fcn_of(fcn), *superseded]
        deed.answered = _answered(fcn_of(fcn), entry, doubts, superseded)
    return FiledOrder(fcn_of(fcn), doubts, standing, superseded, deed.receipt)


def orders_filed(*, actor: Actor, now: datetime, page: int = 1, returned_page: int = 1) -> OrdersPage:
    """What the actor's agency filed, and what was filed as an order of theirs, newest first, open doubts with each; on
    the first page also what was returned with doubts, page `returned_page` of it.

    Records `orders listed` with the numbers shown. Raises: Refused; Rejected (a page before the first); Unavailable.
    """
    asked = f"orders filed, page {page}" + (f"; returned, page {returned_page}" if page == 1 else "")
    with asking(actor, Right.SEE_FILED_ORDERS, kind="orders listed", now=now, asked=asked) as deed:
        if not (1 <= page <= 1_000_000 and 1 <= returned_page <= 1_000_000):
            raise Rejected(Fault(FaultCode.VALUE, "page", "there is no such page", "a page from 1"))
        first = (page - 1) * PAGE_SIZE
        numbers = list(
            Order.objects.filter(Q(filed_by_agency=actor.agency) | Q(court=actor.agency))
            .order_by("-filed_at", "-fcn")
            .values_list("fcn", flat=True)[first : first + PAGE_SIZE + 1]
        )
        shown = numbers[:PAGE_SIZE]
        doubtful = _doubtful(actor.agency, now) if page == 1 else []
        shown_doubtful = doubtful[(returned_page - 1) * PAGE_SIZE : returned_page * PAGE_SIZE]
        orders = {order.fcn: order for order in orders_by_number({*shown, *shown_doubtful})}
        listed = tuple(_for_court(orders[fcn_of(number)], now) for number in shown)
        returned = tuple(_for_court(orders[fcn_of(number)], now) for number in shown_doubtful)
        deed.records += dict.fromkeys(one.order.fcn for one in (*listed, *returned))
        deed.answered = f"{len(listed)} orders, {len(returned)} of {len(doubtful)} returned with doubts"
    return OrdersPage(listed, returned, len(doubtful), returned_page, page, len(numbers) > PAGE_SIZE, deed.receipt)


def order_for_court(*, actor: Actor, now: datetime, fcn: str) -> OpenedOrder:
    """One order the actor's agency made or filed, with everything entered and what is doubtful.

    Records `order opened`. Raises: Rejected (no such order); Refused (another court's order); Unavailable.
    """
    asked = f"order {_plain(fcn)[:20]}"
    with asking(actor, Right.SEE_FILED_ORDERS, kind="order opened", now=now, asked=asked) as deed:
        found = orders_by_number([int(parse_fcn(fcn, field="fcn"))])
        if not found:
            raise Rejected(Fault(FaultCode.NOT_THERE, "fcn", "there is no order with this number", "an FCN on file"))
        order = found[0]
        if actor.agency not in (order.filed_by_agency, order.entry.court):
            raise Refused(
                rule="a court opens the orders it made or filed",
                missing="this order is another court's: ask about the person instead",
                source="Fam. Code 6380(a)",
            )
        deed.records.append(order.fcn)
        deed.answered = f"order {order.fcn}"
        opened = _for_court(order, now)
    return OpenedOrder(opened.order, opened.standing, deed.receipt)


def _doubtful(agency: Ori, now: datetime) -> list[int]:
    """Orders of the agency that are not over and have an open doubt, newest filing first."""
    return list(
        Order.objects.filter(Q(filed_by_agency=agency) | Q(court=agency))
        .filter(terminated_at=None, cancelled_at=None)
        .filter(Q(superseded_at=None) | Q(superseded_at__gt=now))
        .filter(Q(ends_at=None) | Q(ends_at__gt=now))
        .filter(Exists(DoubtRaised.objects.filter(order=OuterRef("pk"), resolved_at=None)))
        .order_by("-filed_at", "-fcn")
        .values_list("fcn", flat=True)
    )


def _for_court(order: OrderOnFile, now: datetime) -> CourtOrder:
    return CourtOrder(order, standing_at(order, now, policy=node_policy()))


def _missing_documents(entry: OrderEntry) -> tuple[Fault, ...]:
    return tuple(
        Fault(FaultCode.NOT_THERE, f"documents.{position}", "this document is not kept here", "keep the document first")
        for position, sha256 in enumerate(entry.documents)
        if not is_kept(sha256)
    )


def _check_agency_files(actor: Actor, entry: OrderEntry, row: OrderType) -> tuple[Doubt, ...]:
    """Whether the actor's agency files orders of this type, court and county, as far as the agencies tell.

    Raises: Refused. Returns what is doubtful about the court.
    """
    agencies = {agency.ori: agency for agency in Agency.objects.filter(ori__in={actor.agency, entry.court})}
    own, court = agencies[actor.agency], agencies.get(entry.court)
    source = "Fam. Code 6380(a): the court enters its orders, or the agency that does so for it"
    if own.kind not in row.filers:
        raise Refused(rule="only some agencies file such orders", missing=f"{own.name} is none of them", source=source)
    if entry.county != own.county:
        raise Refused(
            rule="an agency files for its own county",
            missing=f"the order is of county {entry.county}, the agency of county {own.county}",
            source=source,
        )
    if court is not None and court.county != own.county:
        raise Refused(
            rule="an agency files for its own county",
            missing=f"the court {court.ori} is of county {court.county}",
            source=source,
        )
    if entry.court and court is None:
        return (Doubt("court", f"no agency here has the identifier {entry.court}", source),)
    if court is not None and court.kind not in _COURT_KINDS:
        return (Doubt("court", f"{court.name} is not a court", source),)
    return ()


@dataclass(frozen=True, slots=True)
class _EarlierOrders:
    """What is on file already for this paper, case and person: doubts about it, and the orders this one amends."""

    doubts: tuple[Doubt, ...]
    amended: tuple[int, ...]

    @classmethod
    def of(cls, entry: OrderEntry, *, now: datetime, effective_at: datetime, is_over: bool) -> _EarlierOrders:
        """Two filings of one case or one document wait for each other here, so that neither overlooks the other.
        `effective_at`: from when the order being filed takes the place of others; `is_over`: it has ended already.

        Raises: Rejected when this signed document is on file for this person: it is answerable already, and a second
        record would only make two orders of one.
        """
        case = f"{entry.court}|{entry.case_number.strip().upper()}"
        for lock in (f"case {case}", f"document {entry.documents[0]}"):
            _run("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [lock])
        person = [entry.restrained.name.surname, entry.restrained.name.given]
        same_paper = _run(_SAME_DOCUMENT, [*person, entry.documents[0]])
        for fcn, is_same_person in same_paper:
            if is_same_person:
                text = f"this signed order is on file as FCN {fcn_of(fcn)}"
                raise Rejected(Fault(FaultCode.TWICE, "documents", text, "a signed order not yet filed"))
        doubts = [
            Doubt("documents", f"the same document is on file for another person, FCN {fcn_of(fcn)}", _ONCE)
            for fcn, _ in same_paper
        ]
        if not entry.case_number.strip():
            return cls(tuple(doubts), ())
        amended: list[int] = []
        case_of_county = [entry.case_number.strip(), entry.court, entry.county]
        same_case = _run(_SAME_CASE, [now, now, effective_at, *case_of_county, entry.order_type, *person])
        for fcn, amendment, was_over, is_replaced in same_case:
            if amendment == entry.amendment and not was_over:
                doubts.append(Doubt("case_number", f"already on file as FCN {fcn_of(fcn)}", _ONCE))
            elif amendment > entry.amendment:
                text = f"a later version is on file as FCN {fcn_of(fcn)}, amendment {amendment}"
                doubts.append(Doubt("amendment", text, _ONCE))
            elif amendment < entry.amendment and not was_over and is_over:
                text = f"this amendment is over already: FCN {fcn_of(fcn)}, which it amends, is left in force"
                doubts.append(Doubt("amendment", text, "own decision: no order is ended by what looks like a slip"))
            elif amendment < entry.amendment and not was_over and not is_replaced:
                amended.append(fcn)
        if entry.amendment and not any(amendment < entry.amendment for _, amendment, _, _ in same_case):
            doubts.append(Doubt("amendment", "amended, but the order it amends is not on file", _ONCE))
        return cls(tuple(doubts), tuple(amended))


_ONCE = "Fam. Code 6380(a): each order and each modification is entered"

_SAME_DOCUMENT = """
    SELECT o.fcn, upper(o.restrained_surname) = upper(%s) AND upper(o.restrained_given) = upper(%s)
      FROM orders_document d
      JOIN orders_order o ON o.fcn = d.order_id
     WHERE d.sha256 = %s AND d.position = 0 AND o.cancelled_at IS NULL
     ORDER BY o.fcn
"""
"""Orders filed with this very document as the signed order, and whether they restrain a person of this name."""

_SAME_CASE = """
    SELECT fcn, amendment,
           terminated_at IS NOT NULL OR coalesce(superseded_at <= %s, false) OR coalesce(ends_at <= %s, false),
           coalesce(superseded_at <= %s, false)
      FROM orders_order
     WHERE upper(case_number) = upper(%s) AND court = %s AND county = %s AND order_type = %s AND cancelled_at IS NULL
       AND upper(restrained_surname) = upper(%s) AND upper(restrained_given) = upper(%s)
     ORDER BY fcn
"""
"""Orders of this type in this case against a person of this name, whether they are over, and whether another has taken
their place by the time the new one would: that must not be put off. Where no court is named, the county tells two cases
of one number apart."""


def _run(statement: str, values: Sequence[object]) -> list[Any]:
    connection.ensure_connection()
    rows: list[Any] = connection.connection.execute(statement, values).fetchall()
    return rows


def _asked(entry: OrderEntry) -> str:
    documents = ", ".join(_plain(sha256)[:64] for sha256 in entry.documents[:20])
    what = f"file {_plain(entry.order_type)[:8]} of court {_plain(entry.court)[:9]}, county {_plain(entry.county)[:3]}"
    return f"{what}, amendment {entry.amendment}, documents SHA-256 {documents or 'none'}"


def _personal(entry: OrderEntry) -> dict[str, str]:
    birth_date = entry.restrained.birth_date
    return {
        "case_number": _plain(entry.case_number)[:40],
        "subject_name": _plain(entry.restrained.name.wire)[:200],
        "subject_birth_date": birth_date.isoformat() if birth_date else "",
    }


def _answered(fcn: RecordNumber, entry: OrderEntry, doubts: Sequence[Doubt], superseded: Sequence[RecordNumber]) -> str:
    lines = [f"filed as FCN {fcn}", *(f"document SHA-256 {sha256}" for sha256 in entry.documents)]
    lines += [f"supersedes FCN {number}" for number in superseded]
    lines += [f"doubtful: {doubt.field}: {doubt.text}" for doubt in doubts]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Text that the journal can keep, whatever was typed: nothing but characters that are text."""
    return "".join("?" if unicodedata.category(character) in ("Cc", "Cs") else character for character in text)
