"""What of an agency has lapsed or lapses soon: each course that one of its people needs, each of its agreements.

Ground functions: they check no right and journal nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import psycopg
from django.db import connection

from openclets.agencies.exam.rules import DUTIES_OF_FULL
from openclets.agencies.models import Agreement
from openclets.agencies.permissions import Course
from openclets.vocabulary.identifiers import Ori, UserName

LAPSING_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Lapsing:
    """A course that somebody's duties need. `on` is the first day it no longer counts; None: never passed. `is_over`
    says that day has come."""

    user_name: UserName
    full_name: str
    email: str
    course: str
    on: date | None
    is_over: bool


@dataclass(frozen=True, slots=True)
class AgreementLapsing:
    """An agreement of the agency, in words, that no later one of its kind goes on from; `on` and `is_over` as above."""

    kind: str
    other: str
    on: date
    is_over: bool


@dataclass(frozen=True, slots=True)
class CoursesLapsing:
    """The first `LAPSING_SHOWN`: never passed, then by day, then by name. `count` counts them all."""

    shown: tuple[Lapsing, ...]
    count: int


# The course for the system and security awareness each by itself: the one that lasts longer must not hide the other.
_COURSES: Final = """
    WITH people AS (
        SELECT u.id, u.user_name, u.full_name, u.email, bool_or(f.duty = ANY(%(full_duties)s)) AS needs_full
          FROM agencies_user u
          JOIN agencies_affiliation f ON f.user_id = u.id AND f.agency_id = %(agency)s
         WHERE u.user_name = %(user)s OR %(user)s = '' AND u.is_active
         GROUP BY u.id
    )
    SELECT p.user_name, p.full_name, p.email, n.course, n.until, count(*) OVER ()
      FROM people p
     CROSS JOIN LATERAL (
           SELECT CASE WHEN p.needs_full THEN 'full-access course' ELSE 'inquiry course' END AS course,
                  max(c.expires_on) AS until
             FROM agencies_training c
            WHERE c.user_id = p.id AND (c.course = %(full)s OR c.course = %(inquiry)s AND NOT p.needs_full)
            UNION ALL
           SELECT 'security awareness', max(c.expires_on)
             FROM agencies_training c
            WHERE c.user_id = p.id AND c.course = %(security)s
           ) n
     WHERE n.until IS NULL OR n.until <= %(soon)s
     ORDER BY n.until NULLS FIRST, p.full_name, p.user_name, n.course
     LIMIT %(most)s
"""


def courses_lapsing(agency: Ori, *, today: date, soon: date, user: str = "") -> CoursesLapsing:
    """Courses that active people of the agency need and that are over by `soon`; with `user` that person's alone, also
    when the account is disabled."""
    connection.ensure_connection()
    cursor: psycopg.Cursor[Any] = psycopg.Cursor(connection.connection)
    values = {
        "agency": agency,
        "user": user,
        "soon": soon,
        "most": LAPSING_SHOWN,
        "full_duties": sorted(duty.value for duty in DUTIES_OF_FULL),
        "full": Course.FULL.value,
        "inquiry": Course.INQUIRY.value,
        "security": Course.SECURITY.value,
    }
    rows = cursor.execute(_COURSES, values).fetchall()
    shown = tuple(
        Lapsing(UserName(name), full_name, email, course, until, until is None or until <= today)
        for name, full_name, email, course, until, _ in rows
    )
    return CoursesLapsing(shown, rows[0][-1] if rows else 0)


def agreements_lapsing(agency: Ori, *, today: date, soon: date) -> tuple[AgreementLapsing, ...]:
    """The agency's agreements that are over by `soon`, the longest lapsed first, each kind and second agency once.
    One that was ended before its day is not missed."""
    last: dict[tuple[str, str], Agreement] = {}
    for row in Agreement.objects.filter(agency_id=agency, ended_on=None).order_by("ends_on", "pk"):
        last[row.kind, row.other_id or ""] = row
    found = sorted((row for row in last.values() if row.ends_on <= soon), key=lambda row: (row.ends_on, row.pk))
    return tuple(
        AgreementLapsing(row.get_kind_display(), row.other_id or "", row.ends_on, row.ends_on <= today) for row in found
    )
