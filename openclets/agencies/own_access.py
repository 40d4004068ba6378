"""Where my own access stands, and what is missing: open to everybody who is signed in, trained or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from openclets.agencies.actor import Actor
from openclets.agencies.outlook import Outlook, outlook_of
from openclets.journal.leaf import Receipt
from openclets.journal.record import EntryDraft, record_durably


@dataclass(frozen=True, slots=True)
class OwnAccess:
    """What the person may do, with the receipt of the look."""

    outlook: Outlook
    receipt: Receipt


def own_access(*, actor: Actor, now: datetime) -> OwnAccess:
    """The actor's own outlook. No right is needed: whoever is refused must be able to learn why.

    Leaves `own access seen`. Raises: Unavailable.
    """
    outlook = outlook_of(actor, now=now)
    receipt = record_durably(
        EntryDraft(
            at=now,
            kind="own access seen",
            outcome="answered",
            user_name=actor.user,
            agency=actor.agency,
            device=actor.device,
            channel=actor.channel,
            asked="own access",
            answered="; ".join(each.what for each in outlook.missing) or "nothing is missing",
        )
    )
    return OwnAccess(outlook, receipt)
