"""Orders as they stand: about candidates of the name index, or by number. The hot path of every inquiry.

Ground functions: no right is checked and nothing journalled; the verb that asks does both. One prepared statement
fetches whole orders, however many.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from openclets.orders.entry import OrderEntry, ProtectedPerson, RestrainedPerson, Sex
from openclets.orders.entry_json import alternates_from_json, terms_from_json
from openclets.orders.node_policy import node_policy
from openclets.orders.numbering import fcn_of
from openclets.orders.on_file import Doubt, OrderOnFile, Service, ServiceManner
from openclets.orders.record import RECORD_KIND, RESTRAINED
from openclets.orders.rules.priority import Ruling, controlling, is_same_restrained_person
from openclets.orders.rules.standing import Standing, standing_at
from openclets.people.search import Candidate
from openclets.people.statements import run
from openclets.vocabulary.identifiers import Ori, RecordNumber, UserName
from openclets.vocabulary.persons import PersonName


@dataclass(frozen=True, slots=True)
class FoundOrder:
    """An order found, and where it stands at the moment asked about.

    `candidate` says why, with role `restrained` or `protected`; None when it was asked for by number. `rulings` are
    those that name it, among the orders found with it that bind.
    """

    order: OrderOnFile
    standing: Standing
    candidate: Candidate | None = None
    rulings: tuple[Ruling, ...] = ()

    @property
    def controls(self) -> bool:
        """Whether no other order found goes before it for anyone."""
        return all(ruling.controlling == self.order.fcn for ruling in self.rulings)

    @property
    def is_about_restrained(self) -> bool:
        """Whether the person asked about is the one restrained (also when it was asked for by number)."""
        return self.candidate is None or self.candidate.role == RESTRAINED


def orders_about(candidates: Sequence[Candidate], *, at: datetime, include_inactive: bool) -> list[FoundOrder]:
    """The orders in which these candidates stand, each once per role, the better candidate where there are two.

    What binds at `at` comes first, then what is not yet effective, then (only with `include_inactive`) what is over;
    within each, restrained people before protected ones, then by score, then the order issued last.
    Candidates of other records are passed over. One query.
    """
    best: dict[tuple[int, str], Candidate] = {}
    for candidate in candidates:
        key = (candidate.record_id, candidate.role)
        if candidate.record_kind == RECORD_KIND and (key not in best or best[key].score < candidate.score):
            best[key] = candidate
    orders = {int(order.fcn): order for order in orders_by_number({number for number, _ in best})}
    policy = node_policy()
    standings = {number: standing_at(order, at, policy=policy) for number, order in orders.items()}
    rulings = _rulings([order for number, order in orders.items() if standings[number].status.binds])
    found = [
        FoundOrder(
            order=orders[number],
            standing=standings[number],
            candidate=candidate,
            rulings=tuple(ruling for ruling in rulings if orders[number].fcn in ruling.orders),
        )
        for (number, _), candidate in best.items()
        if number in orders and (include_inactive or not standings[number].status.is_over)
    ]
    return sorted(found, key=_most_dangerous_first)


def order_by_number(fcn: RecordNumber, *, at: datetime) -> FoundOrder | None:
    """The order with this FCN, whatever its standing, or None when there is none. One query."""
    orders = orders_by_number([int(fcn)])
    if not orders:
        return None
    return FoundOrder(order=orders[0], standing=standing_at(orders[0], at, policy=node_policy()))


def not_over(numbers: Sequence[int], *, at: datetime) -> set[int]:
    """Those of these orders that have not ended at `at`, as `standing_at` says it. One light query."""
    return {row[0] for row in run(_NOT_OVER, [list(numbers), at, at, at, at])}


_NOT_OVER = """
    SELECT o.fcn
      FROM orders_order o
     WHERE o.fcn = ANY((SELECT %s::bigint[])::bigint[])
       AND (o.cancelled_at IS NULL OR o.cancelled_at > %s)
       AND (o.terminated_at IS NULL OR o.terminated_at > %s)
       AND (o.superseded_at IS NULL OR o.superseded_at > %s)
       AND (o.ends_at IS NULL OR o.ends_at > %s)
"""


def orders_by_number(numbers: Iterable[int]) -> list[OrderOnFile]:
    """The orders with these numbers, ascending; numbers without an order are passed over. One query, none for none."""
    wanted = list(numbers)
    if not wanted:
        return []
    return [_order_from(row) for row in run(_ORDERS, [wanted])]


_ORDERS = """
    SELECT o.fcn, o.version, o.order_type, o.case_number, o.court, o.county, o.judge, o.amendment,
           o.issued_on, o.issued_time, o.expires_on, o.expires_time, o.hearing_on, o.hearing_time,
           o.served_in_court, o.firearms_known, o.terms::json,
           o.restrained_surname, o.restrained_given, o.restrained_middle, o.restrained_suffix,
           o.restrained_sex, o.restrained_race, o.restrained_birth_date, o.restrained_age, o.restrained_height,
           o.restrained_weight_pounds, o.restrained_hair, o.restrained_eyes, o.restrained_address,
           o.restrained_relationship, o.restrained_alternates::json,
           o.filed_at, o.filed_by_agency_id, u.user_name, o.starts_at, o.ends_at, o.ends_rule,
           o.terminated_at, o.cancelled_at, o.superseded_at, o.superseded_by_id, o.end_reason,
           coalesce(court.name, ''), coalesce(filer.name, ''), coalesce(filer.telephone, ''),
           (SELECT coalesce(json_agg(json_build_array(
                       p.surname, p.given, p.middle, p.suffix, p.sex, p.age, p.relationship) ORDER BY p.position), '[]')
              FROM orders_protectedperson p WHERE p.order_id = o.fcn),
           (SELECT array_agg(d.sha256 ORDER BY d.position) FROM orders_document d WHERE d.order_id = o.fcn),
           (SELECT array_agg(d.pages ORDER BY d.position) FROM orders_document d WHERE d.order_id = o.fcn),
           (SELECT coalesce(json_agg(json_build_array(
                       s.served_on, s.served_time, s.manner, s.served_by)
                       ORDER BY s.served_on, s.served_time NULLS FIRST, s.id), '[]')
              FROM orders_servicerecorded s WHERE s.order_id = o.fcn),
           (SELECT coalesce(json_agg(json_build_array(r.field, r.text, r.source) ORDER BY r.id), '[]')
              FROM orders_doubtraised r WHERE r.order_id = o.fcn AND r.resolved_at IS NULL)
      FROM orders_order o
      JOIN agencies_user u ON u.id = o.filed_by_user_id
      JOIN agencies_agency filer ON filer.ori = o.filed_by_agency_id
      LEFT JOIN agencies_agency court ON court.ori = o.court
     WHERE o.fcn = ANY((SELECT %s::bigint[])::bigint[])
     ORDER BY o.fcn
"""
"""Whole orders with what hangs on them: people, documents, services, open doubts, and the agencies' names.

The numbers stand in a SELECT of their own so that the planner cannot count them: it would make a new plan each time,
which takes longer than the orders do."""


def _rulings(binding: Sequence[OrderOnFile]) -> list[Ruling]:
    """The rulings among orders in force, taken apart by the person they restrain."""
    groups: list[list[OrderOnFile]] = []
    for order in binding:
        for group in groups:
            if all(is_same_restrained_person(order.entry, other.entry) for other in group):
                group.append(order)
                break
        else:
            groups.append([order])
    return [ruling for group in groups if len(group) > 1 for ruling in controlling(group)]


def _most_dangerous_first(found: FoundOrder) -> tuple[int, bool, float, int, int]:
    status = found.standing.status
    rank = 0 if status.binds else 2 if status.is_over else 1
    score = found.candidate.score if found.candidate else 1.0
    return rank, not found.is_about_restrained, -score, -found.order.entry.issued_on.toordinal(), int(found.order.fcn)


def _order_from(row: Sequence[Any]) -> OrderOnFile:
    # In the order of the statement's columns.
    (
        fcn,
        version,
        order_type,
        case_number,
        court,
        county,
        judge,
        amendment,
        issued_on,
        issued_time,
        expires_on,
        expires_time,
        hearing_on,
        hearing_time,
        served_in_court,
        firearms_known,
        terms,
        *restrained,
    ) = row[:32]
    (
        filed_at,
        filed_by_agency,
        filed_by_user,
        starts_at,
        ends_at,
        ends_rule,
        terminated_at,
        cancelled_at,
        superseded_at,
        superseded_by,
        end_reason,
        court_name,
        filer_name,
        filer_telephone,
        protected,
        documents,
        document_pages,
        services,
        doubts,
    ) = row[32:]
    entry = OrderEntry(
        order_type=order_type,
        case_number=case_number,
        court=Ori(court),
        county=county,
        restrained=_restrained_from(restrained),
        protected=tuple(_protected_from(person) for person in protected),
        terms=terms_from_json(terms),
        issued_on=issued_on,
        documents=tuple(documents or ()),
        issued_time=issued_time,
        judge=judge,
        expires_on=expires_on,
        expires_time=expires_time,
        hearing_on=hearing_on,
        hearing_time=hearing_time,
        amendment=amendment,
        served_in_court=served_in_court,
        firearms_known=firearms_known,
    )
    return OrderOnFile(
        fcn=fcn_of(fcn),
        version=version,
        entry=entry,
        filed_at=filed_at,
        filed_by_agency=Ori(filed_by_agency),
        filed_by_user=UserName(filed_by_user),
        starts_at=starts_at,
        ends_at=ends_at,
        ends_rule=ends_rule,
        services=tuple(_service_from(service) for service in services),
        doubts=tuple(Doubt(*doubt) for doubt in doubts),
        terminated_at=terminated_at,
        cancelled_at=cancelled_at,
        superseded_at=superseded_at,
        superseded_by=fcn_of(superseded_by) if superseded_by is not None else "",
        end_reason=end_reason,
        document_pages=tuple(document_pages or ()),
        court_name=court_name,
        filer_name=filer_name,
        filer_telephone=filer_telephone,
    )


def _restrained_from(columns: Sequence[Any]) -> RestrainedPerson:
    surname, given, middle, suffix, sex, race, birth_date, age, height, weight, hair, eyes, address, relation, also = (
        columns
    )
    return RestrainedPerson(
        name=PersonName(surname, given, middle, suffix),
        sex=Sex(sex),
        race=race,
        birth_date=birth_date,
        age=age,
        height=height,
        weight_pounds=weight,
        hair=hair,
        eyes=eyes,
        address=address,
        relationship=relation,
        **alternates_from_json(also),
    )


def _protected_from(columns: Sequence[Any]) -> ProtectedPerson:
    surname, given, middle, suffix, sex, age, relationship = columns
    return ProtectedPerson(PersonName(surname, given, middle, suffix), Sex(sex), age, relationship)


def _service_from(columns: Sequence[Any]) -> Service:
    served_on, served_time, manner, by = columns
    return Service(
        served_on=date.fromisoformat(served_on),
        manner=ServiceManner(manner),
        by=by,
        served_time=time.fromisoformat(served_time) if served_time else None,
    )
