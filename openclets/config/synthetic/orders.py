"""Synthetic protective orders in every state: in force served and unserved, expired, ended, cancelled, superseded,
not yet effective, doubtful. Each has a one-page picture of its own as the signed order.

Shares after published figures where there are any: about one in six never served, about one in ten without a
firearms term (a 2003 study of California's registry); the rest is an own decision.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Final

from openclets.agencies.access import LOCAL_ZONE
from openclets.config.synthetic.county import COUNTY, COURT
from openclets.config.synthetic.paper import order_picture
from openclets.config.synthetic.population import Resident
from openclets.orders.bulk import LoadedOrder, load_orders
from openclets.orders.entry import (
    Contact,
    OrderEntry,
    ProtectedPerson,
    RestrainedPerson,
    Sex,
    StayAway,
    StayAwayPlace,
    Terms,
)
from openclets.orders.images import store_described
from openclets.orders.on_file import Service, ServiceManner
from openclets.vocabulary.identifiers import Ori

BATCH: Final = 250
ONE_IN: Final = 50
AMENDED: Final = 19
POST_DATED: Final = 31
"""Which order of so many is amended by the next one, and which bears a date to come. As ONE_IN divides BATCH, an order
and its amendment are of one batch. Own decision."""

CASE_LIKE: Final = "^[0-9]{2}(FL|EP)[0-9]{6}$"
"""How the case numbers of synthetic orders are written: nobody else's in the fictional county are."""

JUDGES: Final = ("Judge Ines Alvarez", "Judge Peter Okoye", "Judge Mei Lindgren")
_RELATIONSHIPS: Final = ("spouse", "former spouse", "dating partner", "parent of a common child", "sibling", "parent")


def load_synthetic_orders(
    people: Sequence[Resident],
    *,
    count: int,
    skip: int,
    seed: int,
    now: datetime,
    filer_user_id: int,
    with_pictures: bool,
    loaded: Callable[[int], None],
) -> None:
    """Stores orders `skip` to `count` of the seed, in batches that commit one by one; calls `loaded` after each.

    Without pictures all orders of one load share one document: for measuring, where drawing would take hours.
    """
    specimen = None if with_pictures else _stored(order_picture(("SPECIMEN",), judge=JUDGES[0]))
    drawn = islice(synthetic_orders(people, count=count, seed=seed, now=now), skip, None)
    batch: list[LoadedOrder] = []
    for order in drawn:
        document = specimen or _stored(_picture_of(order.entry))
        batch.append(order.stored(document, filer_user_id, place=len(batch)))
        if len(batch) == BATCH:
            _load(batch, loaded)
            batch = []
    if batch:
        _load(batch, loaded)


def _load(batch: list[LoadedOrder], loaded: Callable[[int], None]) -> None:
    # The pictures reach the disk before the orders that name them.
    os.sync()
    load_orders(batch)
    loaded(len(batch))


@dataclass(frozen=True, slots=True)
class SyntheticOrder:
    """An order before its document is known, with what happened to it since."""

    entry: OrderEntry
    filed_at: datetime
    services: tuple[Service, ...] = ()
    terminated_at: datetime | None = None
    cancelled_at: datetime | None = None
    end_reason: str = ""
    superseded_at: datetime | None = None

    def stored(self, document: str, filer_user_id: int, *, place: int) -> LoadedOrder:
        """The order as the loader takes it, with its document's SHA-256, as the one at `place` of its load. What it was
        superseded by comes next."""
        return LoadedOrder(
            entry=replace(self.entry, documents=(document,)),
            filed_at=self.filed_at,
            filed_by_agency=Ori(COURT),
            filed_by_user_id=filer_user_id,
            services=self.services,
            terminated_at=self.terminated_at,
            cancelled_at=self.cancelled_at,
            end_reason=self.end_reason,
            superseded_at=self.superseded_at,
            superseded_by=place + 1 if self.superseded_at is not None else None,
        )


def synthetic_orders(people: Sequence[Resident], *, count: int, seed: int, now: datetime) -> Iterator[SyntheticOrder]:
    """`count` orders; the same people, seed and day give the same orders."""
    rng = random.Random(seed)  # noqa: S311 (made-up orders, not secrets)
    today = now.astimezone(LOCAL_ZONE).date()
    adults = [person for person in people if person.age_on(today) >= 18]
    by_household: dict[int, list[Resident]] = {}
    for person in people:
        by_household.setdefault(person.household, []).append(person)
    amended: SyntheticOrder | None = None
    for number in range(1, count + 1):
        if amended is not None:
            yield _amendment_of(amended, now)
            amended = None
            continue
        restrained = rng.choice(adults)
        others = [person for person in by_household[restrained.household] if person is not restrained]
        protected = others[: rng.randint(1, 4)] or [rng.choice(adults)]
        order = _order(rng, number, restrained, protected, now)
        if number % ONE_IN == AMENDED and number < count and not order.end_reason:
            amended = replace(order, superseded_at=_amendment_of(order, now).filed_at)
        elif number % ONE_IN == POST_DATED:
            order = _post_dated(order, today)
        yield amended or order


def _amendment_of(order: SyntheticOrder, now: datetime) -> SyntheticOrder:
    """The court's second version of an order, some days later, with no contact at all."""
    entry = order.entry
    today = now.astimezone(LOCAL_ZONE).date()
    issued_on = min(entry.issued_on + timedelta(days=3), today)
    terms = replace(entry.terms, contact=Contact.NO_CONTACT)
    return SyntheticOrder(
        replace(entry, issued_on=issued_on, amendment=1, terms=terms, served_in_court=False),
        min(datetime.combine(issued_on, time(23, 30), UTC), now),
    )


def _post_dated(order: SyntheticOrder, today: date) -> SyntheticOrder:
    """The order dated some days ahead: on paper it binds nobody yet."""
    issued_on = today + timedelta(days=4)
    hearing_on = issued_on + timedelta(days=20) if order.entry.hearing_on else None
    entry = replace(order.entry, issued_on=issued_on, expires_on=None, hearing_on=hearing_on, served_in_court=False)
    return SyntheticOrder(entry, order.filed_at)


def _order(
    rng: random.Random, number: int, restrained: Resident, protected: Sequence[Resident], now: datetime
) -> SyntheticOrder:
    order_type = rng.choices(("TRO", "OAH", "EPO"), weights=(25, 65, 10))[0]
    # Most temporary and emergency orders of a registry are over; most orders after hearing still run.
    age_days = {"TRO": rng.randint(0, 60), "OAH": rng.randint(0, 7 * 365), "EPO": rng.randint(0, 20)}[order_type]
    issued_on = now.astimezone(LOCAL_ZONE).date() - timedelta(days=age_days)
    served_in_court = order_type == "OAH" and rng.random() < 0.6
    entry = OrderEntry(
        order_type=order_type,
        case_number=f"{issued_on:%y}{'FL' if order_type != 'EPO' else 'EP'}{number:06d}",
        court=Ori(COURT),
        county=COUNTY,
        restrained=_restrained(rng, restrained, issued_on),
        protected=tuple(_protected(rng, person, issued_on) for person in protected),
        terms=_terms(rng, order_type, restrained),
        issued_on=issued_on,
        documents=(),
        issued_time=time(rng.randint(8, 16), rng.choice((0, 15, 30, 45))),
        judge=rng.choice(JUDGES),
        expires_on=_expiry(rng, order_type, issued_on),
        hearing_on=issued_on + timedelta(days=rng.randint(14, 21)) if order_type == "TRO" else None,
        served_in_court=served_in_court,
        firearms_known="handgun, location not known" if rng.random() < 0.08 else "",
    )
    filed_at = min(datetime.combine(issued_on, time(23, 0), UTC) + timedelta(hours=rng.randint(0, 20)), now)
    return SyntheticOrder(entry, filed_at, *_what_happened(rng, entry, filed_at, now))


def _restrained(rng: random.Random, person: Resident, issued_on: date) -> RestrainedPerson:
    knows_birth_date = rng.random() < 0.93
    return RestrainedPerson(
        name=person.name,
        sex=Sex(person.sex),
        race=person.race,
        birth_date=person.birth_date if knows_birth_date else None,
        age=None if knows_birth_date else max(person.age_on(issued_on), 18),
        height=person.height,
        weight_pounds=person.weight_pounds,
        hair=person.hair,
        eyes=person.eyes,
        address=person.address,
        relationship=rng.choice(_RELATIONSHIPS),
    )


def _protected(rng: random.Random, person: Resident, issued_on: date) -> ProtectedPerson:
    age = max(person.age_on(issued_on), 0)
    return ProtectedPerson(person.name, Sex(person.sex), age, rng.choice(_RELATIONSHIPS) if age >= 18 else "child")


def _terms(rng: random.Random, order_type: str, restrained: Resident) -> Terms:
    contact = rng.choices((Contact.NO_CONTACT, Contact.PEACEFUL, Contact.NOT_STATED), weights=(75, 18, 7))[0]
    places = {StayAwayPlace.PERSON, StayAwayPlace.HOME, *rng.sample(tuple(StayAwayPlace), rng.randint(0, 4))}
    stays_away = rng.random() < 0.85
    moves_out = rng.random() < 0.3
    return Terms(
        no_abuse=True,
        contact=contact,
        stay_away=StayAway(rng.choice((50, 100, 100, 100, 200, 300)), frozenset(places)) if stays_away else None,
        must_move_out=moves_out,
        move_out_address=restrained.address if moves_out else "",
        firearms_prohibited=rng.random() < 0.9,
        # The emergency form has no such item.
        may_record_violations=rng.random() < 0.3 and order_type != "EPO",
        custody_ordered=rng.random() < 0.25,
    )


def _expiry(rng: random.Random, order_type: str, issued_on: date) -> date | None:
    if order_type == "EPO":
        return issued_on + timedelta(days=rng.choice((5, 6, 7)))
    if order_type == "TRO":
        return None
    years = rng.choice((1, 2, 3, 3, 3, 5, 5))
    doubtful = rng.random()
    if doubtful < 0.01:
        return issued_on - timedelta(days=30)
    if doubtful < 0.03:
        return None
    # Day 28 exists in every month of every year.
    return date(issued_on.year + years, issued_on.month, min(issued_on.day, 28))


def _what_happened(
    rng: random.Random, entry: OrderEntry, filed_at: datetime, now: datetime
) -> tuple[tuple[Service, ...], datetime | None, datetime | None, str]:
    """Services, the court's ending, a cancellation, and its reason."""
    services: tuple[Service, ...] = ()
    if not entry.served_in_court and rng.random() < 0.75:
        served_on = entry.issued_on + timedelta(days=rng.randint(0, 6))
        if served_on <= now.astimezone(LOCAL_ZONE).date():
            manner = rng.choice((ServiceManner.IN_PERSON, ServiceManner.IN_PERSON, ServiceManner.TOLD_BY_OFFICER))
            services = (Service(served_on, manner, by="Sierra Vista County Sheriff", served_time=time(17, 30)),)
    later = min(filed_at + timedelta(days=rng.randint(1, 200)), now)
    fate = rng.random()
    if fate < 0.06:
        return services, later, None, "dismissed at the request of the protected person"
    if fate < 0.08:
        return services, None, later, "wrong person entered"
    return services, None, None, ""


def _stored(picture: bytes) -> str:
    return store_described(picture, "image/png", 1)


def _picture_of(entry: OrderEntry) -> bytes:
    terms = entry.terms
    return order_picture(
        (
            f"{entry.order_type}   CASE {entry.case_number}   ISSUED {entry.issued_on}",
            f"RESTRAINED: {entry.restrained.name.plain}",
            f"PROTECTED: {entry.protected[0].name.plain}",
            f"CONTACT: {terms.contact.replace('_', ' ')}",
            f"STAY AWAY: {terms.stay_away.yards if terms.stay_away else 'not ordered'}",
            f"FIREARMS PROHIBITED: {'yes' if terms.firearms_prohibited else 'not stated'}",
            f"EXPIRES: {entry.expires_on or 'no date on the order'}",
            f"HEARING: {entry.hearing_on or 'none'}",
        ),
        judge=entry.judge,
    )
