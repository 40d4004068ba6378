"""The permission question, asked by every verb and by every page that shows a button."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from django.db import connection

from openclets.agencies.actor import Actor
from openclets.agencies.permissions import Duty, Right
from openclets.agencies.rules import Decision, Standing, decide
from openclets.vocabulary.errors import Refused

LOCAL_ZONE = ZoneInfo("America/Los_Angeles")
"""Days in law (training, expiry) are days of California. Own decision until an agency carries its own zone."""


def decision_for(actor: Actor, right: Right, *, now: datetime) -> Decision:
    """Whether the actor has the right at `now`, with the rule either way."""
    return decide(standing_of(actor), right, on=now.astimezone(LOCAL_ZONE).date())


def may(actor: Actor, right: Right, *, now: datetime) -> bool:
    """For pages: whether to show a button. The verb asks again."""
    return decision_for(actor, right, now=now).allowed


def check_may(actor: Actor, right: Right, *, now: datetime) -> Decision:
    """Raises: Refused, naming the rule, its source and what is missing."""
    decision = decision_for(actor, right, now=now)
    if not decision.allowed:
        raise Refused(rule=decision.rule, missing=decision.missing, source=decision.source)
    return decision


_STANDING = """
    SELECT u.is_active,
           coalesce(a.is_active, false),
           coalesce(d.is_active, false),
           coalesce(d.agency_id, ''),
           array(SELECT f.duty FROM agencies_affiliation f WHERE f.user_id = u.id AND f.agency_id = a.ori),
           (SELECT max(t.expires_on) FROM agencies_training t
             WHERE t.user_id = u.id AND t.course <> 'security awareness')
      FROM agencies_user u
      LEFT JOIN agencies_agency a ON a.ori = %s
      LEFT JOIN agencies_device d ON d.mnemonic = %s
     WHERE u.id = %s
"""


def standing_of(actor: Actor) -> Standing:
    """What is stored of the actor now: one query, nothing cached, so a change counts from the next question on."""
    connection.ensure_connection()
    # Not with Django's own cursor: that binds values into the text, so that no statement is ever met twice.
    cursor: psycopg.Cursor[Any] = psycopg.Cursor(connection.connection)
    row = cursor.execute(_STANDING, [actor.agency, actor.device, actor.user_id], prepare=True).fetchone()
    if row is None:
        return Standing(False, False, False, "", actor.agency, frozenset(), None)
    user_active, agency_active, device_active, device_agency, duties, trained_until = row
    return Standing(
        user_active=user_active,
        agency_active=agency_active,
        device_active=device_active,
        device_agency=device_agency,
        agency=actor.agency,
        duties=frozenset(Duty(duty) for duty in duties),
        trained_until=trained_until,
    )
