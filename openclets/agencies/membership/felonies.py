"""Who is barred by a felony and waits for the review, and who was let in after one: the reviewers' work list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from openclets.agencies.actor import Actor
from openclets.agencies.deed import asking
from openclets.agencies.membership.vetting import who_else_reviews
from openclets.agencies.models import User, Vetting
from openclets.agencies.permissions import Right
from openclets.journal.leaf import Receipt
from openclets.vocabulary.identifiers import UserName

LISTED: Final = 200
"""How many of each list are shown: of those who wait the longest waiting, so that the rest comes up as these are
decided; of those let in the latest."""


@dataclass(frozen=True, slots=True)
class FelonyListed:
    """One person with a felony on record. `found_by`, `found_at`, `found` are of the vetting that found it, `last` of
    the review after it ('' when there was none). `missing` says who else is needed, '' when the actor may decide."""

    user: UserName
    full_name: str
    agencies: str
    found_by: str
    found_at: datetime
    found: str
    last: str
    missing: str


@dataclass(frozen=True, slots=True)
class FeloniesToReview:
    """`barred`: kept out now, the longest waiting first. `let_in`: after a review, the latest first."""

    barred: tuple[FelonyListed, ...]
    let_in: tuple[FelonyListed, ...]
    receipt: Receipt


def felonies_to_review(*, actor: Actor, now: datetime) -> FeloniesToReview:
    """Everybody with a felony on record, of every agency. Records `felonies listed`. Raises: Refused, Unavailable."""
    with asking(actor, Right.REVIEW_FELONIES, kind="felonies listed", now=now, asked="felonies") as deed:
        barred = _listed(actor, User.Felony.BARRED, is_latest_first=False)
        let_in = _listed(actor, User.Felony.REVIEWED, is_latest_first=True)
        deed.answered = f"{len(barred)} barred, {len(let_in)} let in"
    return FeloniesToReview(barred, let_in, deed.receipt)


def _listed(actor: Actor, felony: str, *, is_latest_first: bool) -> tuple[FelonyListed, ...]:
    """Of each person the last screening, as `review_felony` goes by it."""
    last = Vetting.objects.filter(is_review=False, user__felony=felony).order_by("user_id", "-pk").distinct("user_id")
    rows = Vetting.objects.filter(pk__in=last.values("pk")).select_related("user", "recorded_by")
    return tuple(_line(actor, row) for row in rows.order_by("-pk" if is_latest_first else "pk")[:LISTED])


def _line(actor: Actor, row: Vetting) -> FelonyListed:
    agencies = row.user.affiliations.order_by("agency_id").values_list("agency_id", flat=True).distinct()
    review = (
        Vetting.objects.filter(user=row.user, is_review=True, pk__gt=row.pk)
        .select_related("recorded_by")
        .order_by("-pk")
        .first()
    )
    decided = "let in" if review is not None and review.is_let_in else "kept out"
    return FelonyListed(
        UserName(row.user.user_name),
        row.user.full_name,
        ", ".join(agencies) or "no agency yet",
        row.recorded_by.full_name,
        row.recorded_at,
        row.reason,
        f"{decided} by {review.recorded_by.full_name}: {review.reason}" if review else "",
        who_else_reviews(actor, row.user, row),
    )
