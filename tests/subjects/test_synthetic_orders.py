"""The made-up orders of a county: every state is among them, and the same seed gives the same ones."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from openclets.agencies.models import User
from openclets.config.synthetic.orders import BATCH, SyntheticOrder, synthetic_orders
from openclets.config.synthetic.population import residents
from openclets.orders.bulk import load_orders
from openclets.orders.lookup import orders_by_number
from openclets.orders.rules.standing import Status, standing_at
from openclets.vocabulary.identifiers import RecordNumber
from tests.county import County

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


def drawn(count: int, *, seed: int = 99) -> list[SyntheticOrder]:
    people = list(residents(600, seed=seed, today=date(2026, 11, 22)))
    return list(synthetic_orders(people, count=count, seed=seed, now=NOW))


def test_the_same_seed_and_day_give_the_same_orders_and_another_seed_others() -> None:
    assert drawn(60) == drawn(60)
    assert drawn(60) != drawn(60, seed=98)


def test_as_many_are_made_as_are_wanted_also_where_the_last_would_be_amended() -> None:
    assert [len(drawn(count)) for count in (18, 19, 20, 120)] == [18, 19, 20, 120]
    assert drawn(120)[:19][-1].superseded_at is not None
    assert drawn(19)[-1].superseded_at is None


@pytest.mark.usefixtures("rolled_back")
def test_orders_of_every_state_are_among_them(county: County) -> None:
    filer = User.objects.get(user_name="brandt").pk
    made = drawn(BATCH)
    numbers = load_orders(order.stored(f"{place:064x}", filer, place=place) for place, order in enumerate(made))
    found = {order.fcn: order for order in orders_by_number([int(number) for number in numbers])}
    standings = [standing_at(order, NOW).status for order in found.values()]
    assert set(standings) == set(Status)
    assert sum(bool(order.doubts) for order in found.values()) > 10
    for order in found.values():
        if order.superseded_by:
            later = found[RecordNumber(order.superseded_by)].entry
            assert (later.case_number, later.amendment) == (order.entry.case_number, 1)
            assert later.restrained == order.entry.restrained


def test_no_order_is_filed_or_superseded_in_the_future() -> None:
    moments = [moment for order in drawn(BATCH) for moment in (order.filed_at, order.superseded_at) if moment]
    assert max(moments) <= NOW
    assert min(moments) > datetime.combine(date(2019, 1, 1), time(0), UTC)
