"""Looking orders up, and loading many: what is found, in which order, and how many questions the database is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection

from openclets.agencies.models import User
from openclets.orders.bulk import LoadedOrder, load_orders
from openclets.orders.entry import Contact, ProtectedPerson, RestrainedPerson, Sex, StayAway, StayAwayPlace, Terms
from openclets.orders.entry_json import entry_as_json, entry_from_json
from openclets.orders.lookup import FoundOrder, not_over, order_by_number, orders_about, orders_by_number
from openclets.orders.models import Order, OrderVersion
from openclets.orders.on_file import Service, ServiceManner
from openclets.orders.rules.standing import Status, standing_at
from openclets.people.search import PersonQuery, search
from openclets.vocabulary.errors import Rejected
from openclets.vocabulary.identifiers import Ori, RecordNumber
from openclets.vocabulary.persons import PersonName
from tests.county import COURT, SHERIFF, County
from tests.rules.orders_examples import NO_CONTACT, PEACEFUL, away, entry

pytestmark = pytest.mark.usefixtures("rolled_back")

FILED = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
AT = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
BORN = date(1980, 2, 14)
MARCH, APRIL = date(2026, 3, 2), date(2026, 4, 1)


def loaded(surname: str, terms: Terms = NO_CONTACT, issued_on: date = MARCH, **changes: object) -> LoadedOrder:
    """An order after hearing against ORSON of that surname for WILLA of that surname, filed by the court."""
    entered = entry(
        "OAH",
        issued_on,
        terms=terms,
        restrained=RestrainedPerson(PersonName(surname, "ORSON"), Sex.MALE, "W", BORN),
        protected=(ProtectedPerson(PersonName(surname, "WILLA"), Sex.FEMALE, 41, "spouse"),),
    )
    user = User.objects.get(user_name="brandt").pk
    return replace(LoadedOrder(entered, FILED, COURT, user), **changes)  # type: ignore[arg-type]


def about(surname: str, *, given: str = "ORSON", include_inactive: bool = False) -> list[FoundOrder]:
    result = search(PersonQuery(PersonName(surname, given), BORN if given == "ORSON" else None), kinds=("order",))
    return orders_about(result.candidates, at=AT, include_inactive=include_inactive)


def test_what_binds_comes_first_and_what_is_over_only_when_asked_for(county: County) -> None:
    over = loaded("SORTWELL", terminated_at=AT - timedelta(days=1), end_reason="dismissed")
    expired = loaded("SORTWELL", issued_on=date(2020, 1, 6))
    future = loaded("SORTWELL", issued_on=date(2026, 7, 1))
    binding = loaded("SORTWELL")
    numbers = load_orders([over, expired, future, binding])
    found = about("SORTWELL")
    restrained = [one for one in found if one.is_about_restrained]
    assert [one.order.fcn for one in restrained] == [numbers[3], numbers[2]]
    everything = [one for one in about("SORTWELL", include_inactive=True) if one.is_about_restrained]
    assert [(one.order.fcn, one.standing.status) for one in everything] == [
        (numbers[3], Status.IN_FORCE_UNSERVED),
        (numbers[2], Status.NOT_YET_EFFECTIVE),
        (numbers[0], Status.TERMINATED),
        (numbers[1], Status.EXPIRED),
    ]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, Status.IN_FORCE_UNSERVED),
        ({"services": (Service(date(2026, 3, 5), ServiceManner.MAIL),)}, Status.IN_FORCE_SERVED),
        ({"terminated_at": AT}, Status.TERMINATED),
        ({"terminated_at": AT + timedelta(seconds=1)}, Status.IN_FORCE_UNSERVED),
        ({"cancelled_at": AT}, Status.CANCELLED),
    ],
)
def test_an_order_loaded_in_a_state_is_found_in_that_state(
    county: County, changes: dict[str, Any], status: Status
) -> None:
    (number,) = load_orders([loaded("STATELY", **changes)])
    found = order_by_number(number, at=AT)
    assert found is not None
    assert found.standing.status is status
    assert (found.order.fcn in {one.order.fcn for one in about("STATELY")}) is not status.is_over


def test_a_loaded_order_can_be_replaced_by_another_of_the_load(county: County) -> None:
    later = loaded("REPLACEDBY", issued_on=APRIL)
    earlier = loaded("REPLACEDBY", superseded_at=AT - timedelta(days=9), superseded_by=0)
    numbers = load_orders([later, earlier])
    found = order_by_number(numbers[1], at=AT)
    assert found is not None
    assert found.standing.status is Status.SUPERSEDED
    assert found.order.superseded_by == numbers[0]


def test_what_is_not_over_is_told_alike_with_and_without_the_whole_order(county: County) -> None:
    soon = AT + timedelta(seconds=1)
    changes: list[dict[str, Any]] = [
        *({end: at} for end in ("terminated_at", "cancelled_at") for at in (AT, soon)),
        *({"superseded_at": at, "superseded_by": 0} for at in (AT, soon)),
        {"issued_on": date(2026, 7, 1)},
    ]
    numbers = load_orders([loaded("LIGHTLY"), *(loaded("LIGHTLY", **change) for change in changes)])
    ends = [datetime(2029, 3, 3, 8, 0, tzinfo=UTC), datetime(2029, 3, 3, 7, 59, 59, tzinfo=UTC)]
    for at in (AT, *ends):
        every = orders_by_number([int(number) for number in numbers])
        standing = {int(order.fcn) for order in every if not standing_at(order, at).status.is_over}
        assert not_over([int(number) for number in numbers], at=at) == standing
    assert not_over([int(number) for number in numbers], at=AT) == {int(numbers[place]) for place in (0, 2, 4, 6, 7)}


def test_a_whole_order_comes_back_as_it_was_entered(county: County) -> None:
    whole = entry(
        "TRO",
        restrained=RestrainedPerson(
            name=PersonName("O'DELL-RÍOS", "ÁNGEL", "DE LA CRUZ", "JR"),
            sex=Sex.NONBINARY,
            race="P",
            birth_date=None,
            age=44,
            height="600",
            weight_pounds=210,
            hair="BLK",
            eyes="BRO",
            address="1 First Street\nAlder Falls",
            relationship="cohabitant",
        ),
        protected=(
            ProtectedPerson(PersonName("RÍOS", "LUZ"), Sex.FEMALE, 40, "cohabitant"),
            ProtectedPerson(PersonName("RÍOS"), Sex.UNKNOWN),
        ),
        terms=Terms(
            no_abuse=True,
            contact=Contact.PEACEFUL,
            contact_exceptions="by text message",
            stay_away=StayAway(
                50, frozenset({StayAwayPlace.WORK, StayAwayPlace.CHILDRENS_SCHOOL}), "the market", "on Sundays"
            ),
            must_move_out=True,
            move_out_address="2 Second Street",
            firearms_prohibited=True,
            body_armor_prohibited=True,
            may_record_violations=True,
            custody_ordered=True,
            animals="a parrot",
            other="return the keys; 'quoted', \"double\", back\\slash\ttab",
        ),
        documents=("b" * 64, "a" * 64),
        issued_time=time(14, 30),
        expires_on=date(2026, 3, 24),
        expires_time=time(17, 0),
        hearing_on=date(2026, 3, 20),
        hearing_time=time(8, 30),
        amendment=2,
        firearms_known="a shotgun",
    )
    (number,) = load_orders([replace(loaded("UNUSED"), entry=whole)])
    found = order_by_number(number, at=AT)
    assert found is not None
    assert found.order.entry == whole
    version = OrderVersion.objects.get(order_id=int(number), version=1)
    assert entry_from_json(version.entered) == whole
    assert entry_from_json(entry_as_json(whole)) == whole


def test_orders_between_the_same_people_say_which_controls(county: County) -> None:
    numbers = load_orders([loaded("RULINGTON"), loaded("RULINGTON", PEACEFUL, APRIL)])
    found = {one.order.fcn: one for one in about("RULINGTON") if one.is_about_restrained}
    assert found[numbers[0]].controls
    assert not found[numbers[1]].controls
    (ruling,) = found[numbers[1]].rulings
    assert ruling.reason == "no-contact order"


def test_an_order_that_is_over_controls_nothing(county: County) -> None:
    numbers = load_orders([loaded("RULINGOVER", terminated_at=AT), loaded("RULINGOVER", PEACEFUL, APRIL)])
    found = {one.order.fcn: one for one in about("RULINGOVER", include_inactive=True) if one.is_about_restrained}
    assert found[numbers[0]].rulings == ()
    assert found[numbers[1]].controls
    assert found[numbers[1]].rulings == ()


def test_orders_against_different_people_of_similar_names_do_not_compete(county: County) -> None:
    other = loaded("RULINGSAME")
    younger = replace(other.entry.restrained, birth_date=date(1999, 9, 9))
    load_orders([other, replace(other, entry=replace(other.entry, restrained=younger, terms=PEACEFUL))])
    result = search(PersonQuery(PersonName("RULINGSAME", "ORSON")), kinds=("order",), roles=("restrained",))
    found = orders_about(result.candidates, at=AT, include_inactive=False)
    assert len(found) == 2
    assert all(one.rulings == () for one in found)


def test_restrained_people_come_before_protected_ones(county: County) -> None:
    first = loaded("MUTUALLY")
    mutual = replace(
        first.entry,
        restrained=replace(first.entry.restrained, name=PersonName("MUTUALLY", "WILLA"), birth_date=None, age=41),
        protected=(ProtectedPerson(PersonName("MUTUALLY", "ORSON"), Sex.MALE, 46, "spouse"),),
    )
    numbers = load_orders([first, replace(first, entry=mutual)])
    found = about("MUTUALLY", given="WILLA")
    named = [one for one in found if one.candidate and one.candidate.name.given == "WILLA"]
    assert [(one.order.fcn, one.is_about_restrained) for one in named] == [(numbers[1], True), (numbers[0], False)]


def test_candidates_of_other_records_are_passed_over(county: County) -> None:
    load_orders([loaded("PASSEDOVER")])
    result = search(PersonQuery(PersonName("PASSEDOVER", "ORSON"), BORN), kinds=("order",))
    others = [replace(candidate, record_kind="warrant") for candidate in result.candidates]
    assert others
    assert orders_about(others, at=AT, include_inactive=True) == []


def test_any_number_of_orders_takes_one_query_with_one_plan_for_all(county: County) -> None:
    numbers = [int(number) for number in load_orders([loaded(f"QUERYCOUNT{letter}") for letter in "ABCDEFGHIJ"])]
    orders_by_number(numbers[:1])
    before = executions()
    found = [orders_by_number(numbers[:count]) for count in (1, 1, 1, 1, 1, 1, 10, 2)]
    assert [len(orders) for orders in found] == [1, 1, 1, 1, 1, 1, 10, 2]
    assert [order.fcn for order in found[6]] == sorted(f"{number:013d}" for number in numbers)
    after = executions()
    assert sum(after) - sum(before) == 8
    # The server plans anew for the first five only (PostgreSQL documentation, PREPARE).
    assert after[1] <= 5


def executions() -> tuple[int, int]:
    """How often this connection has run prepared statements, with the general plan and with one made for the values."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(generic_plans), 0), coalesce(sum(custom_plans), 0) FROM pg_prepared_statements"
            " WHERE statement LIKE '%orders_order o%'"
        )
        ((general, own),) = cursor.fetchall()
    return int(general), int(own)


def test_nobody_and_no_such_number_find_nothing(county: County) -> None:
    assert orders_about([], at=AT, include_inactive=True) == []
    assert order_by_number(RecordNumber("9" * 13), at=AT) is None
    assert orders_by_number([]) == []


def test_loading_in_small_batches_numbers_each_agency_and_day_in_sequence(county: County) -> None:
    clerk = User.objects.get(user_name="brandt").pk
    orders = [loaded("BATCHED", filed_at=FILED + timedelta(days=day)) for day in (0, 1, 0, 1, 0)]
    orders.append(replace(orders[0], filed_by_agency=Ori(SHERIFF), filed_by_user_id=clerk))
    numbers = load_orders(orders, batch=2)
    assert len(set(numbers)) == 6
    # 2 March is the 61st day of the year.
    assert [number[3:8] for number in numbers] == ["26061", "26062", "26061", "26062", "26061", "26061"]
    assert numbers[5][:3] != numbers[0][:3]
    first = int(numbers[0][8:])
    assert [int(number[8:]) - first for number in (numbers[0], numbers[2], numbers[4])] == [0, 1, 2]


def test_a_load_stops_at_an_order_filing_would_stop(county: County) -> None:
    good = loaded("LOADSTOP")
    before = Order.objects.count()
    with pytest.raises(Rejected):
        load_orders([good, replace(good, entry=replace(good.entry, documents=()))])
    assert Order.objects.count() == before


def test_doubts_are_raised_as_on_the_day_of_filing(county: County) -> None:
    late = loaded("LOADDOUBT", terms=away(None, StayAwayPlace.HOME))
    (number,) = load_orders([late])
    (order,) = orders_by_number([int(number)])
    assert [doubt.field for doubt in order.doubts] == ["terms.stay_away.yards"]


def test_a_doubtful_match_never_weakens_the_order_of_the_person_asked_about(county: County) -> None:
    mild, strict = loaded("TWINNING", PEACEFUL), loaded("TWINNING", NO_CONTACT)
    brother = replace(strict.entry.restrained, name=PersonName("TWINNING", "ORVILLE"))
    load_orders([mild, replace(strict, entry=replace(strict.entry, restrained=brother))])
    found = [one for one in about("TWINNING") if one.is_about_restrained]
    assert len(found) == 2
    assert all(one.rulings == () and one.controls for one in found)
