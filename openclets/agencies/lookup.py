"""Ground functions on agencies and people: found inside a verb, or by an edge that needs an actor to call one."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection

from openclets.agencies.actor import Actor, Channel
from openclets.agencies.models import Affiliation, Agency, Device, User
from openclets.agencies.permissions import Duty
from openclets.vocabulary.errors import Fault, Refused, Rejected
from openclets.vocabulary.identifiers import Mnemonic, Ori, UserName


def actor_of_page(user_id: int, *, channel: Channel = "web") -> Actor:
    """The actor for a person signed in at the pages: their first agency by ORI, on that agency's browser device.

    Raises: Refused when the person has no agency, or the agency no browser device.
    """
    connection.ensure_connection()
    row = (
        Affiliation.objects.filter(user_id=user_id, agency__devices__kind=Device.Kind.BROWSER)
        .order_by("agency_id")
        .values_list("user__user_name", "agency_id", "agency__devices__mnemonic")
        .first()
    )
    if row is None:
        raise Refused(
            rule="a person acts for an agency they belong to",
            missing="no duty at an agency that uses these pages",
            source="CJIS Security Policy AC-2",
        )
    user_name, ori, mnemonic = row
    return Actor(user_id, UserName(user_name), Ori(ori), Mnemonic(mnemonic), channel)


def is_barred(person: AbstractBaseUser) -> bool:
    """Whether a felony bars the person, as their account was read: they are let in nowhere until it is reviewed."""
    return isinstance(person, User) and person.felony == User.Felony.BARRED


def disabled_person(user_id: str) -> AbstractBaseUser | None:
    """The disabled account of that number, None when there is none: a session of its outlives it."""
    is_number = user_id.isascii() and user_id.isdigit()
    return User.objects.filter(pk=int(user_id), is_active=False).first() if is_number else None


def duties_of(actor: Actor) -> frozenset[Duty]:
    """What the actor does for the agency they act for: for showing the way to pages. It allows nothing."""
    held = Affiliation.objects.filter(user_id=actor.user_id, agency_id=actor.agency).order_by("duty")
    return frozenset(Duty(duty) for duty in held.values_list("duty", flat=True))


def screen_locks(device: Mnemonic) -> bool:
    """Whether the screen of pages on this device locks when nobody touches it: not in vehicles, nor at dispatch.

    Source: CJIS Security Policy AC-11(1), which exempts both.
    """
    exempt = (Device.Class.VEHICLE, Device.Class.DISPATCH)
    return not Device.objects.filter(mnemonic=device, device_class__in=exempt).exists()


def agency_names(oris: set[str]) -> dict[str, str]:
    """ORI to name, for those that exist."""
    return dict(Agency.objects.filter(ori__in=oris).order_by("ori").values_list("ori", "name"))


def agency_line(ori: str) -> str:
    """`NAME (ORI) TELEPHONE` of an agency, for telling an officer whom to confirm with; the bare ORI when unknown."""
    agency = Agency.objects.filter(ori=ori).first()
    if agency is None:
        return ori
    return f"{agency.name} ({agency.ori})" + (f", {agency.telephone}" if agency.telephone else "")


def actor_at(user: UserName, device: Mnemonic | None, *, channel: Channel) -> Actor:
    """The actor for a person at a device, or at the first device of their first agency (by ORI, then mnemonic).

    For explaining and for tests: nobody has proven anything. An unknown device is left to the decision to refuse.
    Raises: Rejected (code 30 unknown person).
    """
    row = (
        Affiliation.objects.filter(user__user_name=user)
        .order_by("agency_id", "agency__devices__mnemonic")
        .values_list("user_id", "agency_id", "agency__devices__mnemonic")
        .first()
    )
    if row is None:
        raise Rejected(Fault("30", "USR", f"nobody with a duty is called '{user}'", "a sign-in name"))
    user_id, ori, mnemonic = row
    return Actor(user_id, user, Ori(ori), device or Mnemonic(mnemonic or ""), channel)
