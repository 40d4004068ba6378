"""Names locked after too many wrong sign-ons: who of the agency they are, and letting them sign on again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from openclets.agencies.actor import Actor
from openclets.agencies.attempts import locked_since, unlock
from openclets.agencies.deed import asking, changing
from openclets.agencies.models import Affiliation, User
from openclets.agencies.permissions import Right
from openclets.agencies.signing_on import Caller
from openclets.journal.leaf import Receipt
from openclets.journal.record import EntryDraft, record_in_transaction
from openclets.vocabulary.errors import Fault, Refused, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import UserName


@dataclass(frozen=True, slots=True)
class LockedName:
    """One person of the agency whose name is locked. `locked_at` aware."""

    user: UserName
    full_name: str
    locked_at: datetime


def locked_names(*, actor: Actor, now: datetime) -> list[LockedName]:
    """The actor's agency's people whose names are locked, the longest locked first. Leaves one entry.

    Raises: Refused, Unavailable.
    """
    with asking(actor, Right.RELEASE_SIGN_ON, kind="locked names listed", now=now, asked="locked names") as deed:
        people = dict(
            User.objects.filter(affiliations__agency_id=actor.agency)
            .order_by("user_name")
            .values_list("user_name", "full_name")
        )
        since = locked_since(set(people))
        locked = [LockedName(UserName(name), people[name], at) for name, at in since.items()]
        locked.sort(key=lambda one: (one.locked_at, one.user))
        deed.answered = ", ".join(one.user for one in locked) or "none"
    return locked


def release_name(*, actor: Actor, now: datetime, user_name: UserName) -> Receipt:
    """Lets a person of the actor's agency sign on again, whose name is locked. Leaves one entry.

    Nobody releases their own name: whoever typed the wrong passwords may hold its open session.
    Raises: Refused; Rejected (code 40) when the name is not locked, or nobody of the agency has it.
    """
    with changing(actor, Right.RELEASE_SIGN_ON, kind="name released", now=now, asked=f"release {user_name}") as deed:
        if user_name == actor.user:
            raise Refused(
                rule="nobody releases their own name",
                missing="another coordinator of the agency",
                source="CJIS Security Policy AC-5, AC-7",
            )
        belongs = Affiliation.objects.filter(user__user_name=user_name, agency_id=actor.agency).exists()
        if not belongs or not unlock(user_name):
            raise _not_locked(f"no locked name '{user_name}' at agency {actor.agency}")
        deed.answered = f"{user_name} may sign on again"
    return deed.receipt


def release_by_operator(*, actor: Caller, now: datetime, user_name: UserName, operator: str, reason: str) -> Receipt:
    """The same by whoever operates the system, where no coordinator is left who could: no right is checked, for who
    may run commands on the machine may do this. Leaves one entry; none when nothing was released.

    Raises: Rejected (code 40) when the name is not locked.
    """
    with transaction.atomic():
        if not unlock(user_name):
            raise _not_locked(f"the name '{user_name}' is not locked")
        return record_in_transaction(
            EntryDraft(
                at=now,
                kind="name released",
                outcome="done",
                device=actor.device,
                channel=actor.channel,
                asked=f"release {user_name} by {operator}; {reason}",
                answered=f"{user_name} may sign on again",
            )
        )


def _not_locked(fault: str) -> Rejected:
    return Rejected(Fault(FaultCode.NOT_THERE, "USR", fault, "a name that is locked"))
