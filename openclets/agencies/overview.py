"""The coordinator's list: everybody with a duty at the agency, what they may do, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from openclets.agencies.access import LOCAL_ZONE
from openclets.agencies.actor import Actor
from openclets.agencies.deed import asking
from openclets.agencies.models import Affiliation, User
from openclets.agencies.outlook import Outlook, outlook_of, soon_from
from openclets.agencies.permissions import Course, Right
from openclets.journal.leaf import Receipt
from openclets.vocabulary.identifiers import Ori, UserName

PEOPLE_ON_A_PAGE: Final = 50
LAPSING_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class PersonListed:
    """One person of the agency."""

    user_name: UserName
    full_name: str
    email: str
    outlook: Outlook


@dataclass(frozen=True, slots=True)
class Lapsing:
    """Somebody whose training has lapsed or lapses soon. `on` is the first day it no longer counts; None: never
    trained. `is_over` says that day has come."""

    user_name: UserName
    full_name: str
    email: str
    on: date | None
    is_over: bool


@dataclass(frozen=True, slots=True)
class AgencyPeople:
    """A page of people by full name, and whoever lapses soon by day, the longest lapsed first. `next_after` is the
    sign-in name to go on after, '' at the end; `lapsing_count` counts them all where `lapsing` is cut."""

    people: tuple[PersonListed, ...]
    next_after: str
    lapsing: tuple[Lapsing, ...]
    lapsing_count: int
    receipt: Receipt


def people_of_agency(*, actor: Actor, now: datetime, after: str = "") -> AgencyPeople:
    """The actor's agency's people, a page of them after the sign-in name `after`. Leaves `agency people listed`.

    Raises: Refused, Unavailable.
    """
    asked = f"people of {actor.agency}" + (f" after {after}" if after else "")
    with asking(actor, Right.SEE_PEOPLE, kind="agency people listed", now=now, asked=asked) as deed:
        rows = list(_after(_people_at(actor.agency), after)[: PEOPLE_ON_A_PAGE + 1])
        people = tuple(_listed(user, actor, now) for user in rows[:PEOPLE_ON_A_PAGE])
        late = _lapsing_at(actor.agency, soon_from(now))
        today = now.astimezone(LOCAL_ZONE).date()
        lapsing = tuple(_lapsing(user, today) for user in late[:LAPSING_SHOWN])
        lapsing_count = late.count()
        deed.answered = f"{len(people)} people"
    next_after = people[-1].user_name if len(rows) > PEOPLE_ON_A_PAGE else ""
    return AgencyPeople(people, next_after, lapsing, lapsing_count, deed.receipt)


def _people_at(agency: Ori) -> QuerySet[User]:
    here = Affiliation.objects.filter(user=OuterRef("pk"), agency_id=agency)
    return User.objects.filter(Exists(here)).order_by("full_name", "user_name")


def _after(people: QuerySet[User], user_name: str) -> QuerySet[User]:
    """From the beginning when nobody is called so."""
    last = people.filter(user_name=user_name).first() if user_name else None
    if last is None:
        return people
    return people.filter(Q(full_name__gt=last.full_name) | Q(full_name=last.full_name, user_name__gt=last.user_name))


def _lapsing_at(agency: Ori, soon: date) -> QuerySet[Any]:
    """Those of active accounts whose training is over by `soon`, never trained first."""
    return (
        _people_at(agency)
        .filter(is_active=True)
        .annotate(until=Max("trainings__expires_on", filter=Q(trainings__course__in=[Course.FULL, Course.INQUIRY])))
        .filter(Q(until=None) | Q(until__lte=soon))
        .order_by(F("until").asc(nulls_first=True), "full_name", "user_name")
    )


def _listed(user: User, actor: Actor, now: datetime) -> PersonListed:
    name = UserName(user.user_name)
    seen_as = Actor(user.pk, name, actor.agency, actor.device, actor.channel)
    return PersonListed(name, user.full_name, user.email, outlook_of(seen_as, now=now))


def _lapsing(user: Any, today: date) -> Lapsing:
    is_over = user.until is None or user.until <= today
    return Lapsing(UserName(user.user_name), user.full_name, user.email, user.until, is_over)
