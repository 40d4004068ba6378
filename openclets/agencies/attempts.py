"""The one counter of wrong sign-ons, for both doors and both factors, asked before a password is hashed.

An attempt is counted when it begins and taken back when it was right, so that thirty at a time are no more than thirty
one after another. Names nobody has are counted and locked like those of people: a lock tells nobody who exists.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection

from openclets.agencies.models import Attempts
from openclets.vocabulary.errors import Refused
from openclets.vocabulary.identifiers import USER_NAME_SHAPE

MAX_WRONG: Final = 5
WRONG_COUNT_FOR: Final = timedelta(minutes=15)
"""So many wrong ones in a row within this time lock a name until it is released. Source: CJIS Security Policy AC-7."""

MAX_WRONG_FROM_ONE_PLACE: Final = 20
WRONG_FROM_ONE_PLACE_COUNT_FOR: Final = timedelta(minutes=1)
"""Own decision: an agency's people may come from one address, and a morning's mistypings are fewer. Right ones do not
count."""

NOBODYS_LOCK_KEPT_FOR: Final = timedelta(days=30)
"""How long the lock of a name that nobody has is remembered. Own decision."""

LOCKED: Final = "this name is locked after 5 wrong sign-ons; the agency's coordinator releases it"
TOO_MANY_FROM_HERE: Final = "too many wrong sign-ons came from here in the last minute; wait a minute"

_PURGED_AT_ONCE: Final = 100


def is_right_and_counted(
    look: Callable[[], bool], *, user_name: str, place: str, is_last_factor: bool, now: datetime
) -> bool:
    """What `look` says of a password or code, after the attempt was counted for the person and for the place: the
    address of a browser, the mnemonic of a device.

    A right one is taken back; when it was the last factor, the person's wrong ones before it are forgotten too. Where
    `look` raises, nothing was learned and nothing counts.
    Ground. Raises: Refused, without looking, when the name is locked or too much was wrong from the place.
    """
    at_place = f"place:{place}"
    if not _count(at_place, MAX_WRONG_FROM_ONE_PLACE, WRONG_FROM_ONE_PLACE_COUNT_FOR, now):
        raise Refused(
            rule="wrong sign-ons from one place are limited",
            missing=TOO_MANY_FROM_HERE,
            source="CJIS Security Policy AC-7",
        )
    # A name that cannot exist needs no lock.
    person = f"person:{user_name}" if USER_NAME_SHAPE.fullmatch(user_name) else ""
    if person and not _count(person, MAX_WRONG, WRONG_COUNT_FOR, now):
        raise Refused(
            rule="five wrong sign-ons in 15 minutes lock a name until it is released",
            missing=LOCKED,
            source="CJIS Security Policy AC-7",
        )
    try:
        is_right = look()
    except BaseException:
        _take_back(at_place, now)
        _take_back(person, now)
        raise
    if is_right:
        _take_back(at_place, now)
        _take_back(person, now)
        if is_last_factor:
            # A lock that was set meanwhile stays.
            Attempts.objects.filter(subject=person, locked_at=None).delete()
        return True
    _forget_old(now)
    if person:
        given = {"subject": person, "now": now, "since": now - WRONG_COUNT_FOR, "most": MAX_WRONG}
        _run(_LOCK, given)
    return False


def locked_since(user_names: set[str]) -> dict[str, datetime]:
    """Since when each of these names is locked; those that are not are left out."""
    subjects = [f"person:{name}" for name in user_names]
    rows = Attempts.objects.filter(subject__in=subjects, locked_at__isnull=False).values_list("subject", "locked_at")
    return {subject.removeprefix("person:"): locked_at for subject, locked_at in rows if locked_at}


def unlock(user_name: str) -> bool:
    """Ends the lock of a name and forgets its wrong attempts. False when it was not locked."""
    deleted, _ = Attempts.objects.filter(subject=f"person:{user_name}", locked_at__isnull=False).delete()
    return bool(deleted)


_COUNT = """
    INSERT INTO agencies_attempts AS a (subject, wrong_at, last_at) VALUES (%(subject)s, ARRAY[%(now)s], %(now)s)
    ON CONFLICT (subject) DO UPDATE
       SET wrong_at = array(SELECT t FROM unnest(a.wrong_at) t WHERE t > %(since)s) || %(now)s,
           last_at = greatest(a.last_at, %(now)s)
     WHERE a.locked_at IS NULL AND (SELECT count(*) FROM unnest(a.wrong_at) t WHERE t > %(since)s) < %(most)s
"""
"""Counts one more where the limit leaves room; one statement, so that of many at once no more get through."""

_LOCK = """
    UPDATE agencies_attempts a SET locked_at = %(now)s
     WHERE subject = %(subject)s AND locked_at IS NULL
       AND (SELECT count(*) FROM unnest(a.wrong_at) t WHERE t > %(since)s) >= %(most)s
"""

_TAKE_BACK = """
    UPDATE agencies_attempts
       SET wrong_at = wrong_at[: array_position(wrong_at, %(at)s) - 1]
                   || wrong_at[array_position(wrong_at, %(at)s) + 1 :]
     WHERE subject = %(subject)s AND array_position(wrong_at, %(at)s) IS NOT NULL
"""

_FORGET = """
    DELETE FROM agencies_attempts WHERE subject IN (
        SELECT subject FROM agencies_attempts a
         WHERE (locked_at IS NULL AND last_at < %(since)s)
            OR (last_at < %(long_ago)s
                AND NOT EXISTS (SELECT 1 FROM agencies_user u WHERE a.subject = 'person:' || u.user_name))
         ORDER BY last_at LIMIT %(at_once)s FOR UPDATE SKIP LOCKED)
"""
"""Those behind a limit that no longer counts. Rows another attempt is just counted in are left to the next time."""


def _count(subject: str, most: int, lasting: timedelta, now: datetime) -> bool:
    return _run(_COUNT, {"subject": subject, "now": now, "since": now - lasting, "most": most})


def _take_back(subject: str, at: datetime) -> None:
    _run(_TAKE_BACK, {"subject": subject, "at": at})


def _forget_old(now: datetime) -> None:
    given = {
        "since": now - WRONG_COUNT_FOR,
        "long_ago": now - NOBODYS_LOCK_KEPT_FOR,
        "at_once": _PURGED_AT_ONCE,
    }
    _run(_FORGET, given)


def _run(sql: str, given: Mapping[str, Any]) -> bool:
    """Whether the statement changed a row."""
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return bool(cursor.rowcount)
