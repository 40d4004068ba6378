"""The permission question, asked by every verb and by every page that shows a button."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from django.db import connection

from openclets.agencies.actor import Actor
from openclets.agencies.oneself import OwnIdentity, Subject, is_oneself
from openclets.agencies.permissions import Course, Duty, Right
from openclets.agencies.prerequisites import ABOUT_ONESELF, ONESELF
from openclets.agencies.rules import Circumstances, Decision, Standing, Step, decide, lacking_for_session, steps
from openclets.agencies.standing import NO_CIRCUMSTANCES
from openclets.vocabulary.errors import Refused
from openclets.vocabulary.persons import PersonName, parse_wire_name

LOCAL_ZONE = ZoneInfo("America/Los_Angeles")
"""Days in law (training, expiry) are days of California. Own decision until an agency carries its own zone."""


def decision_for(
    actor: Actor, right: Right, *, now: datetime, circumstances: Circumstances | None = NO_CIRCUMSTANCES
) -> Decision:
    """Whether the actor has the right at `now`, in these circumstances (None: in any), with the rule either way."""
    today = now.astimezone(LOCAL_ZONE).date()
    return decide(standing_of(actor, on=today), right, on=today, circumstances=circumstances)


def steps_for(
    actor: Actor, right: Right, *, now: datetime, circumstances: Circumstances | None = NO_CIRCUMSTANCES
) -> tuple[Step, ...]:
    """Every prerequisite of that decision, in order, with what is missing of it."""
    today = now.astimezone(LOCAL_ZONE).date()
    return steps(standing_of(actor, on=today), right, on=today, circumstances=circumstances)


def may(actor: Actor, right: Right, *, now: datetime) -> bool:
    """For pages: whether to show a button. The verb asks again."""
    return decision_for(actor, right, now=now, circumstances=None).allowed


def check_may(
    actor: Actor, right: Right, *, now: datetime, circumstances: Circumstances | None = NO_CIRCUMSTANCES
) -> Decision:
    """Raises: Refused, naming the rule, its source and what is missing."""
    decision = decision_for(actor, right, now=now, circumstances=circumstances)
    if not decision.allowed:
        raise Refused(rule=decision.rule, missing=decision.missing, source=decision.source)
    return decision


_STANDING = """
    SELECT u.is_active,
           coalesce(a.status, '') = 'active',
           coalesce(d.is_active, false),
           coalesce(d.agency_id, ''),
           array(SELECT f.duty FROM agencies_affiliation f WHERE f.user_id = u.id AND f.agency_id = a.ori),
           coalesce(a.kind, ''),
           coalesce(d.kind, ''),
           coalesce(d.device_class, ''),
           u.clearance = 'cleared',
           u.felony = 'barred',
           u.statement_until,
           t.trained_until, t.full_until, t.aware_until,
           g.subscribed_until, g.managed_until, g.tribal_reading_until, g.tribal_filing_until, g.reciprocal_until,
           g.hosted_until, g.placed_until,
           u.wire_name,
           u.birth_date,
           array(SELECT n.kind || ':' || n.value FROM agencies_ownnumber n WHERE n.user_id = u.id)
      FROM agencies_user u
      LEFT JOIN agencies_agency a ON a.ori = %(agency)s
      LEFT JOIN agencies_device d ON d.mnemonic = %(device)s
      LEFT JOIN LATERAL (
           SELECT max(c.expires_on) FILTER (WHERE c.course IN (%(full)s, %(inquiry)s)) AS trained_until,
                  max(c.expires_on) FILTER (WHERE c.course = %(full)s) AS full_until,
                  max(c.expires_on) FILTER (WHERE c.course = %(security)s) AS aware_until
             FROM agencies_training c
            WHERE c.user_id = u.id
           ) t ON true
      LEFT JOIN LATERAL (
           SELECT max(w.until) FILTER (WHERE w.own AND w.kind = 'subscriber') AS subscribed_until,
                  max(w.until) FILTER (WHERE w.own AND w.kind = 'management_control') AS managed_until,
                  max(w.until) FILTER (WHERE w.own AND w.kind = 'tribal_reading') AS tribal_reading_until,
                  max(w.until) FILTER (WHERE w.own AND w.kind = 'tribal_filing') AS tribal_filing_until,
                  max(w.until) FILTER (WHERE w.own AND w.kind = 'reciprocity') AS reciprocal_until,
                  max(w.until) FILTER (WHERE w.agency_id = d.agency_id AND w.kind = 'host') AS hosted_until,
                  max(w.until) FILTER (
                      WHERE w.own AND w.kind = 'interagency' AND w.other_id = d.agency_id
                  ) AS placed_until
             FROM (SELECT m.kind, m.agency_id, m.other_id, m.agency_id = a.ori AS own,
                          least(m.ends_on, m.ended_on) AS until
                     FROM agencies_agreement m
                    WHERE m.agency_id IN (a.ori, d.agency_id) AND m.begins_on <= %(today)s
                  ) w
           ) g ON true
     WHERE u.id = %(user)s
"""


def _standing_values(actor: Actor, on: date) -> dict[str, Any]:
    return {
        "agency": actor.agency,
        "device": actor.device,
        "user": actor.user_id,
        "today": on,
        "full": Course.FULL.value,
        "inquiry": Course.INQUIRY.value,
        "security": Course.SECURITY.value,
    }


def standing_of(actor: Actor, *, on: date) -> Standing:
    """What is stored of the actor now, agreements as on the local day `on`.

    One query and nothing cached, so a change counts from the next question on, in every process.
    """
    connection.ensure_connection()
    # Not with Django's own cursor: that binds values into the text, so that no statement is ever met twice.
    cursor: psycopg.Cursor[Any] = psycopg.Cursor(connection.connection)
    row = cursor.execute(_STANDING, _standing_values(actor, on), prepare=True).fetchone()
    if row is None:
        return Standing(False, False, False, "", actor.agency, frozenset(), None)
    return Standing(
        user_active=row[0],
        agency_active=row[1],
        device_active=row[2],
        device_agency=row[3],
        agency=actor.agency,
        duties=frozenset(Duty(duty) for duty in row[4]),
        agency_kind=row[5],
        device_kind=row[6],
        device_class=row[7],
        is_cleared=row[8],
        is_barred=row[9],
        statement_until=row[10],
        trained_until=row[11],
        full_until=row[12],
        aware_until=row[13],
        subscribed_until=row[14],
        managed_until=row[15],
        tribal_reading_until=row[16],
        tribal_filing_until=row[17],
        reciprocal_until=row[18],
        hosted_until=row[19],
        placed_until=row[20],
        own=OwnIdentity(_own_name(row[21]), row[22], frozenset(row[23])),
    )


def lacking_of(actor: Actor, *, now: datetime) -> frozenset[str]:
    """The rules of a session that do not hold for the actor now; a session ends when one joins those it began without.

    Ground: asked for sessions of people who have signed on.
    """
    today = now.astimezone(LOCAL_ZONE).date()
    return lacking_for_session(standing_of(actor, on=today), on=today)


def check_not_oneself(actor: Actor, subject: Subject, *, now: datetime) -> None:
    """For what is found by a record's number: refused when the record is of the actor. Raises: Refused."""
    today = now.astimezone(LOCAL_ZONE).date()
    if is_oneself(standing_of(actor, on=today).own, subject):
        raise Refused(rule=ONESELF.rule, missing=ABOUT_ONESELF, source=ONESELF.source)


@lru_cache(maxsize=4096)
def _own_name(wire: str) -> PersonName | None:
    """The stored name in parts, None when none is stored. The same few thousand names come again and again."""
    return parse_wire_name(wire) if wire else None
