"""The yearly look at privileges, as a work list; and accounts nobody uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction

from openclets.agencies.access import LOCAL_ZONE
from openclets.agencies.actor import Actor
from openclets.agencies.deed import asking, changing
from openclets.agencies.joining.status import APART_SOURCE, check_reason
from openclets.agencies.lookup import duties_of
from openclets.agencies.membership.rules import UNUSED_DAYS, review_due_on
from openclets.agencies.models import Affiliation, PrivilegeProposal, PrivilegeReview, Ticket, User
from openclets.agencies.permissions import Duty, Right
from openclets.journal.leaf import Receipt
from openclets.journal.record import EntryDraft, record_in_transaction
from openclets.vocabulary.errors import Fault, Refused, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import UserName

LISTED: Final = 500
"""How many lines the work list shows at once: the longest due first, so that the rest comes up as these are done."""


@dataclass(frozen=True, slots=True)
class PrivilegeListed:
    """One duty of one person. `due_on`: the day from which it is to be looked at; `last_by` '' where it never was."""

    user: UserName
    full_name: str
    duty: Duty
    granted_on: date
    due_on: date
    is_due: bool
    last_by: str


@dataclass(frozen=True, slots=True)
class ProposalListed:
    """A proposed duty that waits; `may_decide`: not by who looks, where they proposed it or it is for them;
    `may_open`: the page of that person is theirs to look at."""

    number: int
    user: UserName
    full_name: str
    agency: str
    duty: str
    proposed_by: str
    proposed_at: datetime
    may_decide: bool
    may_open: bool = False


@dataclass(frozen=True, slots=True)
class PrivilegesToReview:
    """`proposals` in the order in which they came, a reviewer's of every agency. `privileges`: the longest due first;
    `due` counts those whose day has come."""

    proposals: tuple[ProposalListed, ...]
    privileges: tuple[PrivilegeListed, ...]
    due: int
    receipt: Receipt


def privileges_to_review(*, actor: Actor, now: datetime) -> PrivilegesToReview:
    """Every duty at the actor's agency with the day of its next look. Records `privileges listed`.

    Raises: Refused, Unavailable.
    """
    with asking(
        actor, Right.DECIDE_ON_PRIVILEGES, kind="privileges listed", now=now, asked=f"privileges at {actor.agency}"
    ) as deed:
        today = now.astimezone(LOCAL_ZONE).date()
        with connection.cursor() as cursor:
            cursor.execute(_PRIVILEGES, [actor.agency])
            listed = [_listed(row, today) for row in cursor.fetchall()]
        listed.sort(key=lambda row: (row.due_on, row.user, row.duty))
        due = sum(row.is_due for row in listed)
        proposals = _proposals(actor)
        deed.answered = f"{due} of {len(listed)} due, {len(proposals)} proposed"
    return PrivilegesToReview(proposals, tuple(listed[:LISTED]), due, deed.receipt)


def review_privilege(*, actor: Actor, now: datetime, user: UserName, duty: Duty, keep: bool, reason: str) -> Receipt:
    """Looks at one duty of one person at the actor's agency: it stays, or is taken away at once. Records
    `privilege reviewed`.

    Raises: Refused for one's own; Rejected when they have no such duty here; Unavailable.
    """
    with changing(
        actor,
        Right.DECIDE_ON_PRIVILEGES,
        kind="privilege reviewed",
        now=now,
        asked=f"{user}, {duty}: {'keep' if keep else 'take away'}",
        personal={"reason": reason},
    ) as deed:
        check_reason(reason)
        if user == actor.user:
            raise Refused(
                rule="nobody reviews their own privilege", missing="somebody else who decides", source=APART_SOURCE
            )
        row = (
            Affiliation.objects.select_for_update()
            .filter(user__user_name=user, agency_id=actor.agency, duty=duty)
            .first()
        )
        if row is None:
            raise Rejected(Fault(FaultCode.NOT_THERE, "person", f"'{user}' has no such duty here", "one they have"))
        PrivilegeReview.objects.create(
            user_id=row.user_id,
            agency_id=actor.agency,
            duty=duty,
            is_kept=keep,
            reviewed_by_id=actor.user_id,
            reviewed_at=now,
            reason=reason.strip(),
        )
        if not keep:
            row.delete()
        deed.answered = "kept" if keep else "taken away"
    return deed.receipt


def disable_unused(*, now: datetime) -> tuple[UserName, ...]:
    """Disables each account that was neither signed on with nor given a duty for 90 days, and voids its tickets; the
    names, sorted. Records `unused account disabled` for each, in the same transaction. For the command of that name.

    Source: CJIS Security Policy AC-2(3).
    """
    since = now - timedelta(days=UNUSED_DAYS)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_UNUSED, [since, since])
            unused = [UserName(name) for (name,) in cursor.fetchall()]
        for name in unused:
            User.objects.filter(user_name=name).update(is_active=False)
            Ticket.objects.filter(user__user_name=name).delete()
            _record_disabled(name, now)
    return tuple(unused)


def _proposals(actor: Actor) -> tuple[ProposalListed, ...]:
    rows = PrivilegeProposal.objects.filter(decided_at=None).select_related("user", "proposed_by", "agency")
    duties = duties_of(actor)
    if Duty.REVIEWER not in duties:
        rows = rows.filter(agency_id=actor.agency)
    return tuple(
        ProposalListed(
            row.pk,
            UserName(row.user.user_name),
            row.user.full_name,
            str(row.agency),
            row.duty,
            row.proposed_by.full_name,
            row.proposed_at,
            actor.user_id not in (row.proposed_by_id, row.user_id),
            Duty.COORDINATOR in duties and row.agency_id == actor.agency,
        )
        for row in rows.order_by("pk")[:LISTED]
    )


def _record_disabled(name: UserName, now: datetime) -> None:
    record_in_transaction(
        EntryDraft(
            at=now,
            kind="unused account disabled",
            outcome="done",
            user_name=name,
            channel="command",
            asked=f"not used for {UNUSED_DAYS} days",
            answered="disabled",
        )
    )


def _listed(row: tuple[Any, ...], today: date) -> PrivilegeListed:
    user_name, full_name, duty, began_at, reviewed_at, last_by = row
    granted_on = began_at.astimezone(LOCAL_ZONE).date()
    reviewed_on = reviewed_at.astimezone(LOCAL_ZONE).date() if reviewed_at else None
    due_on = review_due_on(granted_on, reviewed_on)
    return PrivilegeListed(
        UserName(user_name), full_name, Duty(duty), granted_on, due_on, today >= due_on, last_by or ""
    )


_PRIVILEGES: Final = """
    SELECT u.user_name, u.full_name, f.duty, f.began_at, r.reviewed_at, r.full_name
      FROM agencies_affiliation f
      JOIN agencies_user u ON u.id = f.user_id
      LEFT JOIN LATERAL (
           SELECT p.reviewed_at, b.full_name
             FROM agencies_privilegereview p JOIN agencies_user b ON b.id = p.reviewed_by_id
            WHERE p.agency_id = f.agency_id AND p.user_id = f.user_id AND p.duty = f.duty
              AND p.reviewed_at >= f.began_at
            ORDER BY p.reviewed_at DESC
            LIMIT 1
           ) r ON true
     WHERE f.agency_id = %s
"""

_UNUSED: Final = """
    SELECT u.user_name
      FROM agencies_user u
     WHERE u.is_active
       AND NOT EXISTS (SELECT FROM agencies_affiliation f WHERE f.user_id = u.id AND f.began_at > %s)
       AND NOT EXISTS (
           SELECT FROM agencies_privilegeproposal p WHERE p.user_id = u.id AND p.decided_at IS NULL
           )
       AND NOT EXISTS (
           SELECT FROM journal_entry e
            WHERE e.user_name = u.user_name AND e.kind = 'sign-on' AND e.outcome = 'done' AND e.at > %s
           )
     ORDER BY u.user_name
       FOR UPDATE
"""
"""Signing on is looked for in the journal, which knows both doors."""
