"""The coordinator's list: everybody with a duty at the agency, what they may do, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from openclets.agencies.access import LOCAL_ZONE
from openclets.agencies.actor import Actor
from openclets.agencies.deed import asking
from openclets.agencies.lapsing import AgreementLapsing, Lapsing, agreements_lapsing, courses_lapsing
from openclets.agencies.models import Affiliation, User
from openclets.agencies.outlook import Outlook, outlook_of, soon_from
from openclets.agencies.permissions import Right
from openclets.journal.leaf import Receipt
from openclets.vocabulary.identifiers import Ori, UserName

PEOPLE_ON_A_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class PersonListed:
    """One person of the agency."""

    user_name: UserName
    full_name: str
    email: str
    outlook: Outlook


@dataclass(frozen=True, slots=True)
class AgencyPeople:
    """A page of people by full name, and what lapses soon by day, the longest lapsed first. `next_after` is the
    sign-in name to go on after, '' at the end; `lapsing_count` counts them all where `lapsing` is cut."""

    people: tuple[PersonListed, ...]
    next_after: str
    lapsing: tuple[Lapsing, ...]
    lapsing_count: int
    agreements: tuple[AgreementLapsing, ...]
    receipt: Receipt


def people_of_agency(*, actor: Actor, now: datetime, after: str = "") -> AgencyPeople:
    """The actor's agency's people, a page of them after the sign-in name `after`. Leaves `agency people listed`.

    Raises: Refused, Unavailable.
    """
    asked = f"people of {actor.agency}" + (f" after {after}" if after else "")
    with asking(actor, Right.SEE_PEOPLE, kind="agency people listed", now=now, asked=asked) as deed:
        rows = list(_after(_people_at(actor.agency), after)[: PEOPLE_ON_A_PAGE + 1])
        people = tuple(_listed(user, actor, now) for user in rows[:PEOPLE_ON_A_PAGE])
        today, soon = now.astimezone(LOCAL_ZONE).date(), soon_from(now)
        courses = courses_lapsing(actor.agency, today=today, soon=soon)
        agreements = agreements_lapsing(actor.agency, today=today, soon=soon)
        deed.answered = f"{len(people)} people"
    next_after = people[-1].user_name if len(rows) > PEOPLE_ON_A_PAGE else ""
    return AgencyPeople(people, next_after, courses.shown, courses.count, agreements, deed.receipt)


def _people_at(agency: Ori) -> QuerySet[User]:
    here = Affiliation.objects.filter(user=OuterRef("pk"), agency_id=agency)
    return User.objects.filter(Exists(here)).order_by("full_name", "user_name")


def _after(people: QuerySet[User], user_name: str) -> QuerySet[User]:
    """From the beginning when nobody is called so."""
    last = people.filter(user_name=user_name).first() if user_name else None
    if last is None:
        return people
    return people.filter(Q(full_name__gt=last.full_name) | Q(full_name=last.full_name, user_name__gt=last.user_name))


def _listed(user: User, actor: Actor, now: datetime) -> PersonListed:
    name = UserName(user.user_name)
    seen_as = Actor(user.pk, name, actor.agency, actor.device, actor.channel)
    return PersonListed(name, user.full_name, user.email, outlook_of(seen_as, now=now))
