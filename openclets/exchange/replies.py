"""What an edge gets back for one message, and the text it goes out as."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from openclets.agencies.rules import MISUSE_IS_A_CRIME
from openclets.delivery.post import StoredReply
from openclets.vocabulary.answers import AnswerBody
from openclets.vocabulary.errors import Fault, Refused, Unavailable
from openclets.vocabulary.identifiers import Mnemonic
from openclets.wire.compose import (
    NOT_KEPT,
    ReplyHeader,
    Status,
    compose_refusal,
    compose_rejection,
    compose_reply,
    compose_unavailable,
)


@dataclass(frozen=True, slots=True)
class Reply:
    """The one reply to one message. `text` is the whole of it as a terminal shows it.

    `osn` is NOT_KEPT (0) when the reply is not stored: such a reply is not acknowledged and never sent again.
    `receipt` is '' when nothing was journalled. `answer`, `faults` and `refusal` are for pages; of the three only the
    one that goes with `status` is filled.
    """

    status: Status
    isn: int
    osn: int
    text: str
    receipt: str = ""
    answer: AnswerBody | None = None
    faults: tuple[Fault, ...] = ()
    refusal: Refused | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """A reply before it is numbered: what it says and what a page is given of it."""

    status: Status
    body: str
    receipt: str = ""
    answer: AnswerBody | None = None
    faults: tuple[Fault, ...] = ()
    refusal: Refused | None = None


def worded_rejection(faults: Iterable[Fault], sent: str | bytes, receipt: str) -> Wording:
    found = tuple(faults)
    return Wording("rejected", compose_rejection(found, sent), receipt, faults=found)


def worded_refusal(refused: Refused) -> Wording:
    body = compose_refusal(rule=refused.rule, missing=refused.missing, source=refused.source, penalty=MISUSE_IS_A_CRIME)
    return Wording("refused", body, refused.receipt, refusal=refused)


def worded_outage(unavailable: Unavailable) -> Wording:
    body = compose_unavailable(what=unavailable.what, since=unavailable.since)
    return Wording("unavailable", body, unavailable.receipt)


def stored_as_reply(wording: Wording, stored: StoredReply) -> Reply:
    return Reply(
        wording.status,
        stored.isn,
        stored.osn,
        text_of(stored),
        wording.receipt,
        wording.answer,
        wording.faults,
        wording.refusal,
    )


def unstored_reply(wording: Wording, *, device: Mnemonic, reference: str, now: datetime) -> Reply:
    """A reply that nobody has to acknowledge: before a sign-on, or when nothing can be stored."""
    header = ReplyHeader(
        node=_node(),
        isn=0,
        received_at=now,
        device=device,
        osn=NOT_KEPT,
        sent_at=now,
        reference=reference,
        receipt=wording.receipt,
    )
    return Reply(
        wording.status,
        0,
        NOT_KEPT,
        compose_reply(header, wording.body),
        wording.receipt,
        wording.answer,
        wording.faults,
        wording.refusal,
    )


def text_of(stored: StoredReply) -> str:
    """The whole text, the same each time it is sent."""
    reply = stored.reply
    header = ReplyHeader(
        node=_node(),
        isn=stored.isn,
        received_at=reply.received_at,
        device=reply.device,
        osn=stored.osn,
        sent_at=stored.stored_at,
        reference=reply.echo,
        receipt=reply.receipt,
    )
    return compose_reply(header, reply.body)


def _node() -> str:
    return str(settings.NODE)
