"""The permission decision among ten thousand grants: people of each kind of agency, duty and lapse, each asked once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from itertools import cycle, islice, product
from typing import Final

from openclets.agencies.oneself import OwnIdentity, Subject
from openclets.agencies.permissions import Duty, Right
from openclets.agencies.rules import Circumstances, Standing, decide
from openclets.vocabulary.persons import PersonName

GRANTS: Final = 10_000
KINDS: Final = ("law_enforcement", "criminal_justice", "court", "tribal_court", "tribal_police", "other")
CLASSES: Final = ("vehicle", "dispatch", "office", "court")


def decisions(today: date) -> list[Callable[[], object]]:
    """A decision for each of `GRANTS` people, about somebody else, with a purpose and a case; most are in order."""
    until, over = today + timedelta(days=100), today
    varieties = product(KINDS, CLASSES, tuple(Duty), (until, until, until, over))
    people = (
        _standing(number, kind, device_class, duty, trained_until, until)
        for number, (kind, device_class, duty, trained_until) in enumerate(islice(cycle(varieties), GRANTS))
    )
    asked = Circumstances("QW", "C", "26-1", Subject((PersonName("DOE", "JANE"),), (date(1984, 5, 17),)))
    return [partial(decide, one, Right.ASK_PERSON, on=today, circumstances=asked) for one in people]


def _standing(number: int, kind: str, device_class: str, duty: Duty, trained_until: date, until: date) -> Standing:
    return Standing(
        user_active=True,
        agency_active=True,
        device_active=True,
        device_agency="CA0990100",
        agency="CA0990100",
        duties=frozenset({duty}),
        trained_until=trained_until,
        full_until=until,
        aware_until=until,
        agency_kind=kind,
        device_kind="workstation",
        device_class=device_class,
        is_cleared=True,
        statement_until=until,
        subscribed_until=until,
        managed_until=until,
        tribal_reading_until=until,
        tribal_filing_until=until,
        own=OwnIdentity(PersonName(f"NUMBER{number}", "ANN"), date(1984, 5, 17), frozenset({f"OLN:D{number:07d}"})),
    )
