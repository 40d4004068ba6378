"""Who is looking at a page: for the header, for the way to the pages of a duty, and as the actor of a verb."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from openclets.agencies.actor import Actor
from openclets.agencies.lookup import actor_of_page, agency_names, duties_of, screen_locks
from openclets.agencies.permissions import Duty
from openclets.vocabulary.errors import Refused


@dataclass(frozen=True, slots=True)
class Place:
    """A page that belongs to a duty, as a link. `about` is one sentence for the choice at `/`."""

    name: str
    address: str
    about: str
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class _DutyPlace:
    duties: frozenset[Duty]
    place: Place


DUTY_PLACES: tuple[_DutyPlace, ...] = (
    _DutyPlace(
        frozenset({Duty.OFFICER, Duty.RECORDS}),
        Place("Ask", "/officer/", "Ask about a person and read what binds now."),
    ),
    _DutyPlace(
        frozenset({Duty.CLERK, Duty.JUDGE}),
        Place("Orders", "/court/", "File a signed order and see the court's orders."),
    ),
    _DutyPlace(
        frozenset({Duty.RECORDS}),
        Place("Duplicates", "/records/", "Decide whether two records are of one person."),
    ),
    _DutyPlace(
        frozenset({Duty.COORDINATOR}),
        Place("People", "/agency/", "See who may what until when, and what is missing."),
    ),
    _DutyPlace(
        frozenset({Duty.REVIEWER}),
        Place("Agencies", "/agencies/", "Review applications and agreements; stop an agency."),
    ),
    _DutyPlace(
        frozenset({Duty.COORDINATOR, Duty.REVIEWER}),
        Place("Privileges", "/privileges/", "Decide who may do what, and look at it again each year."),
    ),
    _DutyPlace(
        frozenset({Duty.AUDITOR, Duty.COORDINATOR}),
        Place("Journal", "/auditor/", "Search the journal and open its entries."),
    ),
)
"""Which duty leads to which pages. What may be done there is decided by the verbs, not here."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person signed in, in words for the header. `places` are the pages their duties lead to, in fixed order;
    `screen_locks`: whether the screen locks when nobody touches it."""

    full_name: str
    agency_line: str
    device_line: str
    places: tuple[Place, ...]
    screen_locks: bool = True


def actor_of(request: HttpRequest) -> Actor:
    """The actor behind a request that the guard has let through.

    Raises: Refused when the person acts for no agency.
    """
    person = signed_in_person(request)
    if person is None:
        raise RuntimeError("a page asked for its actor before anyone was signed in")
    return actor_of_page(person.pk)


def signed_in_person(request: HttpRequest) -> AbstractBaseUser | None:
    """The account signed in with this request's session, whether or not it has shown a second factor."""
    person: AbstractBaseUser | AnonymousUser = request.user
    return person if isinstance(person, AbstractBaseUser) else None


def visitor_of(request: HttpRequest) -> Visitor | None:
    """For the header; None when nobody is signed in. A person without an agency is shown with none and no places:
    whatever page they ask for tells them why they are refused."""
    person = signed_in_person(request)
    if person is None:
        return None
    full_name = str(getattr(person, "full_name", person.get_username()))
    try:
        actor = actor_of_page(person.pk)
    except Refused as refused:
        return Visitor(full_name, refused.missing, "", ())
    duties = duties_of(actor)
    name = agency_names({actor.agency}).get(actor.agency, "")
    return Visitor(
        full_name=full_name,
        agency_line=f"{name} ({actor.agency})".strip(),
        device_line=f"device {actor.device}",
        places=tuple(
            Place(row.place.name, row.place.address, row.place.about, request.path.startswith(row.place.address))
            for row in DUTY_PLACES
            if row.duties & duties
        ),
        screen_locks=screen_locks(actor.device),
    )
