"""What a terminal's session needs besides its messages: its beginning, and replies handed over until acknowledged."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from openclets.agencies.access import lacking_of
from openclets.agencies.actor import Actor
from openclets.agencies.signing_on import Caller, Claim, sign_on
from openclets.delivery.post import (
    Counters,
    acknowledge,
    acknowledge_up_to,
    counters_of,
    forget_acknowledged,
    take_unacknowledged,
)
from openclets.exchange.replies import text_of
from openclets.vocabulary.identifiers import Mnemonic, UserName
from openclets.wire.session import SignOn

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Begun:
    """A session that has begun, good until `good_until` and no longer. `counters` are the device's last numbers; what
    is waiting lies at or below them. `lacking` are the rules of a session that did not hold when it began."""

    actor: Actor
    lacking: frozenset[str]
    ticket: str
    good_until: datetime
    receipt: str
    counters: Counters


@dataclass(frozen=True, slots=True)
class Waiting:
    """One stored reply that was never acknowledged, as it goes out again."""

    osn: int
    text: str


def begin(*, actor: Caller, shown: SignOn, now: datetime) -> Begun:
    """Signs the person on, takes note of the last reply the device says it has, and tells where the numbers stand.

    Leaves one journal entry, also when refused. Raises: Refused, Unavailable.
    """
    claim = Claim(shown.user, shown.agency, shown.password, shown.code, shown.ticket)
    signed_on = sign_on(actor=actor, claim=claim, now=now)
    person = signed_on.actor
    if shown.last_osn:
        acknowledge_up_to(device=person.device, for_user=person.user, osn=shown.last_osn, now=now)
    counters = counters_of(person.device)
    return Begun(
        person, lacking_of(person, now=now), signed_on.ticket, signed_on.good_until, str(signed_on.receipt), counters
    )


def lost_standing(begun: Mapping[Key, tuple[Actor, frozenset[str]]], *, now: datetime) -> dict[Key, str]:
    """Of sessions that began lacking so much, those that lack more now, each with the rule it lacks."""
    lost = {}
    for key, (actor, lacking) in begun.items():
        if new := lacking_of(actor, now=now) - lacking:
            lost[key] = min(new)
    return lost


def waiting_replies(*, device: Mnemonic, user: UserName, after_osn: int, up_to_osn: int) -> list[Waiting]:
    """The next of this person's unacknowledged replies at the device, oldest first; none left: an empty list."""
    stored = take_unacknowledged(device=device, for_user=user, after_osn=after_osn, up_to_osn=up_to_osn)
    return [Waiting(one.osn, text_of(one)) for one in stored]


def acknowledge_replies(*, device: Mnemonic, user: UserName, osns: Collection[int], now: datetime) -> None:
    """What the device has, it need not be sent again."""
    acknowledge(device=device, for_user=user, osns=osns, now=now)


def forget_replies(*, now: datetime) -> int:
    """Replies that devices acknowledged long ago are deleted; how many. To be called now and then."""
    return forget_acknowledged(now=now)
