"""Puts a synthetic county into the database: agencies and people who sign on at once, orders batch by batch.

Can be stopped at any point: what is there is counted, and only what is missing is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import connection, transaction

from openclets.agencies.access import LOCAL_ZONE
from openclets.agencies.models import Agency, User
from openclets.config.synthetic.county import COURT, DemoPerson, make_county
from openclets.config.synthetic.orders import CASE_LIKE, load_synthetic_orders
from openclets.config.synthetic.population import residents
from openclets.journal.record import EntryDraft, record_durably
from openclets.people.index import settle_index

FILER = "brandt"


def load_county(
    *,
    people: int,
    orders: int,
    seed: int,
    now: datetime,
    password: str,
    pictures: bool,
    progress: Callable[[int], None],
    before_people_commit: Callable[[Mapping[str, DemoPerson]], None] = lambda _people: None,
) -> Mapping[str, DemoPerson]:
    """The people made who can sign on, by name; empty when they were there already. Records `synthetic data loaded`.

    `before_people_commit` gets them while they can still be undone, so that no one's secrets are lost by a kill.
    """
    today = now.astimezone(LOCAL_ZONE).date()
    made: Mapping[str, DemoPerson] = {}
    if not Agency.objects.filter(ori=COURT).exists():
        with transaction.atomic():
            made = make_county(password=password, today=today)
            before_people_commit(made)
    there = _orders_there()
    progress(min(there, orders))
    if there < orders:
        population = list(residents(people, seed=seed, today=today))
        load_synthetic_orders(
            population,
            count=orders,
            skip=there,
            seed=seed,
            now=now,
            filer_user_id=User.objects.get(user_name=FILER).pk,
            with_pictures=pictures,
            loaded=progress,
        )
        settle_index()
        record_durably(
            EntryDraft(
                at=now,
                kind="synthetic data loaded",
                outcome="done",
                channel="command",
                asked=f"{people} people, {orders} orders, seed {seed}",
                answered=f"{orders - there} orders added",
            )
        )
    return made


def _orders_there() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM orders_order WHERE case_number ~ %s", [CASE_LIKE])
        row = cursor.fetchone()
    return int(row[0])
