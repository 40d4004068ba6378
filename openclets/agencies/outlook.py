"""What a person may do now, until when, and what is missing: for the coordinator's list and for the person's own page.

Answers come from the same rules as every decision, asked for each right that the person's duties carry.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from openclets.agencies.access import LOCAL_ZONE, standing_of
from openclets.agencies.actor import Actor
from openclets.agencies.permissions import GRANTS, Duty, Right
from openclets.agencies.rules import decide, steps

SOON: Final = timedelta(days=60)
"""How long before it lapses a thing is listed as lapsing soon. Own decision: two monthly courses."""


_FOR_EVERYBODY: Final = frozenset({Right.LEARN})
"""Rights that say nothing of somebody's access."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that stands between a person and rights of theirs, with the rule that asks for it and its source."""

    what: str
    rule: str
    source: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """What one person may do at one agency. `may` and `may_not` together are the rights of their duties, in the order
    of the table of rights; `missing` names each obstacle once. `until` is the first day on which training no longer
    counts; None: never trained."""

    duties: tuple[Duty, ...]
    may: tuple[Right, ...]
    may_not: tuple[Right, ...]
    missing: tuple[Missing, ...]
    until: date | None

    def lapses_by(self, day: date) -> bool:
        """Whether access has lapsed, or lapses on `day` or before."""
        return self.until is None or self.until <= day


def outlook_of(actor: Actor, *, now: datetime) -> Outlook:
    """What `actor` may do at `now`. Ground: shows whatever is stored of the person."""
    today = now.astimezone(LOCAL_ZONE).date()
    standing = standing_of(actor, on=today)
    may: list[Right] = []
    may_not: list[Right] = []
    missing: list[Missing] = []
    for right in _rights_of(standing.duties):
        lacking = [step for step in steps(standing, right, on=today, circumstances=None) if step.missing]
        (may_not if lacking else may).append(right)
        missing += [Missing(step.missing, step.rule, step.source) for step in lacking]
    if not standing.duties:
        nothing = decide(standing, Right.READ_OWN_JOURNAL, on=today)
        missing.append(Missing(nothing.missing, nothing.rule, nothing.source))
    return Outlook(
        tuple(sorted(standing.duties)),
        tuple(may),
        tuple(may_not),
        tuple(dict.fromkeys(missing)),
        standing.trained_until,
    )


def soon_from(now: datetime) -> date:
    """The last local day that counts as soon."""
    return (now + SOON).astimezone(LOCAL_ZONE).date()


def _rights_of(duties: Iterable[Duty]) -> tuple[Right, ...]:
    carried = {grant.right for grant in GRANTS if grant.duty in set(duties)} - _FOR_EVERYBODY
    return tuple(right for right in Right if right in carried)
