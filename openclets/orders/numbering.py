"""Numbers of orders: the FCN, 13 digits that are given once.

Three digits for the filing agency, two for the year, three for the day of the year, five in sequence. Source: 13 digits
of which the first three name the entering agency are published for California; the rest is an own decision, the usual
pattern of such numbers. Day and year are those of California.

Ground functions, to be called in the transaction that stores the order: then no number is lost or given twice.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import psycopg
from django.db import connection

from openclets.vocabulary.errors import Unavailable
from openclets.vocabulary.identifiers import Ori, RecordNumber

MOST_FILERS = 999
MOST_PER_DAY = 99_999

_FILER_NUMBERS_LOCK = 0x6F7264
"""Advisory lock under which a new agency gets its three digits."""


def fcn_of(number: int) -> RecordNumber:
    """The FCN with which the tables and the name index know an order, as it is written."""
    return RecordNumber(f"{number:013d}")


def fcn_from_parts(filer: int, day: date, sequence: int) -> int:
    """The number whose 13 digits are agency, year, day of the year and sequence."""
    return int(f"{filer:03d}{day:%y%j}{sequence:05d}")


def take_fcns(agency: Ori, day: date, count: int = 1) -> list[int]:
    """The next `count` numbers of the agency for the local `day`, ascending.

    Another filing of the same agency and day waits until this transaction ends; one that is rolled back has taken none.
    Raises: Unavailable when the day's or the state's numbers are used up.
    """
    connection.ensure_connection()
    raw = connection.connection
    filer = _filer_number(raw, agency)
    row = raw.execute(
        _TAKE, {"filer": filer, "day": day, "count": count, "most": MOST_PER_DAY}, prepare=True
    ).fetchone()
    if row is None:
        raise Unavailable(f"the order numbers of {agency} for {day.isoformat()} are used up")
    last: int = row[0]
    return [fcn_from_parts(filer, day, sequence) for sequence in range(last - count + 1, last + 1)]


_TAKE = """
    INSERT INTO orders_dailynumber AS taken (filer, day, last)
    VALUES (%(filer)s, %(day)s, %(count)s)
    ON CONFLICT (filer, day) DO UPDATE SET last = taken.last + excluded.last
     WHERE taken.last + excluded.last <= %(most)s
 RETURNING last
"""

_FILER = "SELECT number FROM orders_filernumber WHERE agency_id = %s"

_NEW_FILER = """
    INSERT INTO orders_filernumber (agency_id, number)
    SELECT %s, given.next
      FROM (SELECT coalesce(max(number), 0) + 1 AS next FROM orders_filernumber) AS given
     WHERE given.next <= %s
 RETURNING number
"""


def _filer_number(raw: psycopg.Connection[Any], agency: Ori) -> int:
    """The agency's three digits, given now if it has none."""
    row = raw.execute(_FILER, [agency], prepare=True).fetchone()
    if row is None:
        raw.execute("SELECT pg_advisory_xact_lock(%s)", [_FILER_NUMBERS_LOCK])
        row = raw.execute(_FILER, [agency], prepare=True).fetchone()
        row = row or raw.execute(_NEW_FILER, [agency, MOST_FILERS]).fetchone()
    if row is None:
        raise Unavailable("the numbers for filing agencies are used up")
    return int(row[0])
