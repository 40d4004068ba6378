"""ONE MESSAGE, from the text a person sent to the reply that may leave. The same for socket, page and API.

1. Read the text.
2. Find the verb by the table.
3. Check that the header's agency is the sender's own.
4. Call it: it checks the right, answers and leaves its journal entry.
5. Journal what never reached a verb.
6. Store the reply under the device's next numbers; only now may it leave.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from openclets.agencies.access import LOCAL_ZONE, check_may
from openclets.agencies.actor import Actor
from openclets.agencies.signing_on import Caller
from openclets.delivery.post import ReplyToStore, store_reply
from openclets.exchange.replies import (
    Reply,
    Wording,
    stored_as_reply,
    unstored_reply,
    worded_outage,
    worded_refusal,
    worded_rejection,
)
from openclets.exchange.table import TABLE, Served
from openclets.journal.record import EntryDraft, record_durably
from openclets.vocabulary.errors import Fault, Refused, Rejected, Unavailable
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import Ori
from openclets.vocabulary.messages import MESSAGE_KEY_BY_CODE, Family
from openclets.wire.echo import echo_of
from openclets.wire.message import Message
from openclets.wire.parse import UNREADABLE, decode_text, read_message, reference_of
from openclets.wire.reading import Reading

REJECTED_MESSAGE = "rejected message"
"""Kind of the journal entry of a message that never reached a verb."""


def exchange(*, actor: Actor, text: str | bytes, now: datetime, acknowledged: Collection[int] = ()) -> Reply:
    """The reply to one message from a person who has signed on. Every text gets one.

    Leaves exactly one journal entry, the verb's or its own, and one stored reply. At `socket` the reply waits to be
    acknowledged; elsewhere the caller shows it at once. `acknowledged`: numbers of earlier replies that the device has
    received; they are stored with this one.

    Raises: Unavailable when nothing can be journalled; then nothing was answered and nothing is stored.
    """
    reading = Reading()
    try:
        # 1. Read the text.
        reading = _read(text, now)
        message = _message_of(reading)
        # 2. Find the verb by the table.
        served = TABLE.get(message.key)
        if served is None:
            raise Rejected(_not_served(message.key))
        # 3. Check that the header's agency is the sender's own.
        _check_agency(message, actor, served, now)
        # 4. Call it: it checks the right, answers and leaves its journal entry.
        answer = served.verb(actor=actor, now=now, message=message)
        wording = Wording("answered", answer.text, str(answer.receipt), answer=answer.body)
    except (Rejected, Refused) as error:
        # 5. Journal what never reached a verb: a verb's own entry has left its receipt on the error.
        if not error.receipt:
            _record(error, actor, actor.agency, reading, text, now)
        wording = (
            worded_rejection(error.faults, text, error.receipt)
            if isinstance(error, Rejected)
            else worded_refusal(error)
        )
    except Unavailable as error:
        if not error.receipt:
            raise
        wording = worded_outage(error)
    # 6. Store the reply under the device's next numbers; only now may it leave.
    return _stored(wording, actor, reference_of(text), now, acknowledged)


def reject(*, sender: Actor | Caller, faults: Sequence[Fault], sent: str | bytes, now: datetime) -> Reply:
    """The rejection of what does not fit the session or is no message at all, such as a broken frame.

    Leaves one journal entry. For a person signed on the reply is stored; a device at which nobody is signed on has
    nobody to keep it for. Raises: Unavailable when it cannot be journalled.
    """
    error = Rejected(*faults)
    agency = sender.agency if isinstance(sender, Actor) else Ori("")
    _record(error, sender, agency, Reading(), sent, now)
    wording = worded_rejection(faults, sent, error.receipt)
    reference = reference_of(sent) if sent else UNREADABLE
    if isinstance(sender, Actor):
        return _stored(wording, sender, reference, now)
    return unstored_reply(wording, device=sender.device, reference=reference, now=now)


def _read(text: str | bytes, now: datetime) -> Reading:
    decoded = decode_text(text) if isinstance(text, bytes) else text
    return read_message(decoded, today=now.astimezone(LOCAL_ZONE).date())


def _message_of(reading: Reading) -> Message:
    if reading.message is None:
        raise Rejected(*reading.faults)
    return reading.message


def _check_agency(message: Message, actor: Actor, served: Served, now: datetime) -> None:
    """A message under another agency's identifier would be answered in that agency's name. Raises: Refused."""
    if message.ori != actor.agency:
        # Somebody who may not ask at all is told that: with the right identifier the refusal would be this one.
        check_may(actor, served.right, now=now)
        raise Refused(
            rule="a message carries the sender's own agency",
            missing=f"{message.ori} in the header; this person is signed on for {actor.agency}",
            source="CJIS Security Policy IA-2, AU-3: each access is the accountable agency's own",
        )


def _not_served(key: str) -> Fault:
    keys = ", ".join(TABLE)
    if MESSAGE_KEY_BY_CODE[key].family is Family.SESSION:
        return Fault(FaultCode.SESSION, "MKE", f"{key} belongs to a terminal's session and not here", f"one of {keys}")
    return Fault(FaultCode.KEY, "MKE", f"{key} is known but not served here", f"one of {keys}")


def _record(
    error: Rejected | Refused, sender: Actor | Caller, agency: Ori, reading: Reading, sent: str | bytes, now: datetime
) -> None:
    receipt = record_durably(
        EntryDraft(
            at=now,
            kind=REJECTED_MESSAGE,
            outcome="rejected" if isinstance(error, Rejected) else "refused",
            user_name=sender.user if isinstance(sender, Actor) else "",
            agency=agency,
            device=sender.device,
            channel=sender.channel,
            message_key=reading.key,
            asked=reading.text or echo_of(sent),
            answered=str(error),
        )
    )
    error.receipt = str(receipt)


def _stored(wording: Wording, actor: Actor, reference: str, now: datetime, acknowledged: Collection[int] = ()) -> Reply:
    reply = ReplyToStore(actor.device, actor.user, wording.status, reference, wording.receipt, wording.body, now)
    is_shown = actor.channel != "socket"
    return stored_as_reply(wording, store_reply(reply, now=now, shown_at_once=is_shown, acknowledged=acknowledged))
