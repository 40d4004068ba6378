"""Storing replies before they are handed on, acknowledging them, and finding what was never acknowledged.

Ground functions: they run inside the exchange of one message, check no right and journal nothing. A reply for one
person is never handed to another who signs on at the same device.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, LiteralString

import psycopg
from django.db import connection

from openclets.vocabulary.identifiers import Mnemonic, UserName
from openclets.wire.compose import Status

KEPT_AFTERWARDS = timedelta(days=7)
"""How long a message stays that the device has: for looking into a fault of a link. Own decision."""

MAX_RESENT_AT_ONCE = 100
"""Most messages read for one step of sending again, so that a long absence costs little memory. Own decision."""


@dataclass(frozen=True, slots=True)
class ReplyToStore:
    """A reply before it has its numbers. `echo` is the header of the message it answers, `receipt` may be empty."""

    device: Mnemonic
    for_user: UserName
    kind: Status
    echo: str
    receipt: str
    body: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class StoredReply:
    """A reply that is in the database, with everything a link needs to write it."""

    reply: ReplyToStore
    isn: int
    osn: int
    stored_at: datetime


@dataclass(frozen=True, slots=True)
class Counters:
    """The last numbers given at a device; zero before the first."""

    last_isn: int
    last_osn: int


_STORE = """
    WITH counter AS (
        INSERT INTO delivery_counter AS c (device, last_isn, last_osn) VALUES (%(device)s, 1, 1)
        ON CONFLICT (device) DO UPDATE SET last_isn = c.last_isn + 1, last_osn = c.last_osn + 1
        RETURNING last_isn, last_osn
    ), acknowledged AS (
        UPDATE delivery_message SET acknowledged_at = %(stored_at)s
         WHERE device = %(device)s AND osn = ANY(%(acknowledged)s::bigint[])
           AND for_user IN (%(for_user)s, '') AND acknowledged_at IS NULL
    )
    INSERT INTO delivery_message (device, osn, for_user, isn, kind, echo, receipt, body,
                                  received_at, stored_at, acknowledged_at, sends)
    SELECT %(device)s, last_osn, %(for_user)s, last_isn, %(kind)s, %(echo)s, %(receipt)s, %(body)s,
           %(received_at)s, %(stored_at)s, %(acknowledged_at)s, 1
      FROM counter
    RETURNING isn, osn
"""


def store_reply(
    reply: ReplyToStore, *, now: datetime, shown_at_once: bool = False, acknowledged: Collection[int] = ()
) -> StoredReply:
    """Gives the message its input number and the reply its output number, and stores the reply, in one statement.

    Outside a transaction it is durable on return. `shown_at_once`: the caller itself shows it (a page), so nothing
    remains to be acknowledged. `acknowledged`: earlier numbers that the device has received, as for `acknowledge`.
    """
    row = _execute(
        _STORE,
        {
            "device": reply.device,
            "for_user": reply.for_user,
            "kind": reply.kind,
            "echo": reply.echo,
            "receipt": reply.receipt,
            "body": reply.body,
            "received_at": reply.received_at,
            "stored_at": now,
            "acknowledged_at": now if shown_at_once else None,
            # As text, so that it is one statement to prepare, whatever sizes of number there are or none.
            "acknowledged": f"{{{','.join(map(str, _possible(acknowledged)))}}}",
        },
    ).fetchone()
    if row is None:
        raise RuntimeError("an INSERT of one row returned none")
    isn, osn = row
    return StoredReply(reply, isn, osn, now)


# A lost acknowledgement only means that a message is sent once more, so its commit does not wait for the disk.
_ACKNOWLEDGE = """
    WITH eased AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true) AS value)
    UPDATE delivery_message
       SET acknowledged_at = %(now)s
      FROM eased
     WHERE eased.value = 'off' AND device = %(device)s AND osn = ANY(%(osns)s)
       AND for_user IN (%(for_user)s, '') AND acknowledged_at IS NULL
    RETURNING osn
"""


def acknowledge(*, device: Mnemonic, for_user: UserName, osns: Collection[int], now: datetime) -> frozenset[int]:
    """Marks messages as received; returns the numbers that were waiting.

    A number that is unknown, already acknowledged or another person's changes nothing.
    """
    numbers = _possible(osns)
    if not numbers:
        return frozenset()
    rows = _execute(_ACKNOWLEDGE, {"device": device, "for_user": for_user, "osns": numbers, "now": now}).fetchall()
    return frozenset(row[0] for row in rows)


_ACKNOWLEDGE_UP_TO = """
    UPDATE delivery_message SET acknowledged_at = %(now)s
     WHERE device = %(device)s AND for_user IN (%(for_user)s, '') AND acknowledged_at IS NULL AND osn <= %(osn)s
"""


def acknowledge_up_to(*, device: Mnemonic, for_user: UserName, osn: int, now: datetime) -> None:
    """Marks everything for this person (or anyone) up to and with `osn` as received, as a device says on its return."""
    _execute(_ACKNOWLEDGE_UP_TO, {"device": device, "for_user": for_user, "osn": min(osn, 2**63 - 1), "now": now})


def forget_acknowledged(*, now: datetime) -> int:
    """Deletes the messages that were acknowledged `KEPT_AFTERWARDS` ago or longer; how many.

    What was answered lies in the journal, for as long as its bodies are kept, and nowhere else for ever.
    """
    return _execute(
        "DELETE FROM delivery_message WHERE acknowledged_at <= %(before)s", {"before": now - KEPT_AFTERWARDS}
    ).rowcount


_TAKE = """
    WITH waiting AS (
        SELECT device, osn FROM delivery_message
         WHERE device = %(device)s AND for_user IN (%(for_user)s, '') AND acknowledged_at IS NULL
           AND osn > %(after)s AND osn <= %(up_to)s
         ORDER BY osn LIMIT %(limit)s
    ), taken AS (
        UPDATE delivery_message m SET sends = m.sends + 1
          FROM waiting w WHERE m.device = w.device AND m.osn = w.osn
        RETURNING m.for_user, m.kind, m.echo, m.receipt, m.body, m.received_at, m.isn, m.osn, m.stored_at
    )
    SELECT * FROM taken ORDER BY osn
"""


def take_unacknowledged(
    *, device: Mnemonic, for_user: UserName, after_osn: int, up_to_osn: int, limit: int = MAX_RESENT_AT_ONCE
) -> list[StoredReply]:
    """Messages of the device for this person or for anyone, stored with `after_osn` < OSN <= `up_to_osn` and never
    acknowledged, in OSN order, at most `limit`; counts that they are sent once more."""
    rows = _execute(
        _TAKE, {"device": device, "for_user": for_user, "after": after_osn, "up_to": up_to_osn, "limit": limit}
    ).fetchall()
    return [
        StoredReply(ReplyToStore(device, UserName(user), kind, echo, receipt, body, received_at), isn, osn, stored_at)
        for user, kind, echo, receipt, body, received_at, isn, osn, stored_at in rows
    ]


def counters_of(device: Mnemonic) -> Counters:
    """The last numbers given at the device."""
    row = _execute(
        "SELECT last_isn, last_osn FROM delivery_counter WHERE device = %(device)s", {"device": device}
    ).fetchone()
    return Counters(*row) if row else Counters(0, 0)


def _possible(osns: Collection[int]) -> list[int]:
    """Those that a reply can have."""
    return [osn for osn in osns if 0 < osn < 2**63]


def _execute(statement: LiteralString, parameters: dict[str, Any]) -> psycopg.Cursor[Any]:
    """Runs a statement that is prepared once for each connection, inside the caller's transaction if there is one.

    Not with Django's own cursor: that binds values into the text, so that no statement is ever met twice.
    """
    connection.ensure_connection()
    cursor: psycopg.Cursor[Any] = psycopg.Cursor(connection.connection)
    return cursor.execute(statement, parameters, prepare=True)
