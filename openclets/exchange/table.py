"""Message key to verb and right, literally: a key that is not here is answered by a rejection, never by silence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final, Protocol

from openclets.agencies.actor import Actor
from openclets.agencies.permissions import Right
from openclets.inquiry.ask import Answer, ask
from openclets.inquiry.journal_message import answer_journal_query
from openclets.inquiry.question import question_from
from openclets.wire.message import Message


class Verb(Protocol):
    """What a key calls. It checks the right, journals, and raises Rejected, Refused or Unavailable."""

    def __call__(self, *, actor: Actor, now: datetime, message: Message) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Served:
    """One row: the right the verb will ask for (for `access explain` and for pages), and the verb."""

    right: Right
    verb: Verb


def ask_question(*, actor: Actor, now: datetime, message: Message) -> Answer:
    """An inquiry of any key. Raises: Rejected, Refused, Unavailable."""
    return ask(actor=actor, now=now, question=question_from(message, now=now))


TABLE: Final[Mapping[str, Served]] = MappingProxyType(
    {
        "QW": Served(Right.ASK_PERSON, ask_question),
        "QPO": Served(Right.ASK_ORDERS, ask_question),
        "NLQ": Served(Right.READ_JOURNAL, answer_journal_query),
        "NFQ": Served(Right.READ_JOURNAL, answer_journal_query),
    }
)

RIGHT_OF_KEY: Final[Mapping[str, Right]] = MappingProxyType({key: row.right for key, row in TABLE.items()})
