"""When a screen that nobody has touched for half an hour locks, and when a sign-in ends: after twelve hours.

The pages cover themselves and tell the server; the server locks by itself too, for pages whose script does not run.
What was typed stays behind the cover until the person shows the password again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from openclets.web.visitor import visitor_of

LOCKED_AFTER: Final = timedelta(minutes=30)
"""Source: CJIS Security Policy AC-11, after at most 30 minutes; devices in vehicles and dispatch are exempt."""

SIGN_IN_LASTS: Final = timedelta(hours=12)
"""Source: CJIS Security Policy IA-11, re-authentication every 12 hours."""

SEEN_AGAIN_AFTER: Final = timedelta(minutes=1)
"""So often at most a session is written only to note that its person is there. Own decision."""

_SIGNED_IN_AT: Final = "signed_in_at"
_SEEN_AT: Final = "seen_at"
_LOCKED: Final = "screen_locked"


def begin(session: SessionBase, now: datetime) -> None:
    """Notes when the person signed in."""
    session[_SIGNED_IN_AT] = session[_SEEN_AT] = now.timestamp()


def is_over(session: SessionBase, now: datetime) -> bool:
    """Whether the sign-in has run out, however busy its person was. One without a beginning has."""
    return now.timestamp() - float(session.get(_SIGNED_IN_AT, 0.0)) >= SIGN_IN_LASTS.total_seconds()


def is_locked(request: HttpRequest, now: datetime) -> bool:
    """Whether the screen is locked, which it is from now on if its person was not seen for too long."""
    session = request.session
    unseen = now.timestamp() - float(session.get(_SEEN_AT, 0.0))
    if not session.get(_LOCKED) and unseen >= LOCKED_AFTER.total_seconds():
        visitor = visitor_of(request)
        if visitor is None or visitor.screen_locks:
            lock(session)
    if session.get(_LOCKED):
        return True
    if unseen >= SEEN_AGAIN_AFTER.total_seconds():
        session[_SEEN_AT] = now.timestamp()
    return False


def lock(session: SessionBase) -> None:
    """From now on nothing is shown."""
    session[_LOCKED] = True


def unlock(session: SessionBase, now: datetime) -> None:
    """The person has shown the password."""
    session.pop(_LOCKED, None)
    session[_SEEN_AT] = now.timestamp()
