"""The frame of every verb: check the right, open the transaction, journal exactly one entry, whatever happens.

    with asking(actor, Right.ASK_PERSON, kind="question", now=now, asked=text) as deed:
        ...
        deed.answered = answer.text
    return replace(answer, receipt=deed.receipt)

`asking` leaves its entry through the shared commit; `changing` writes it in the change's own transaction. A refusal,
a rejection or a failure inside is journalled outside any rolled-back transaction and raised on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from django.db import transaction

from openclets.agencies.access import check_may
from openclets.agencies.actor import Actor
from openclets.agencies.oneself import Subject
from openclets.agencies.permissions import Right
from openclets.agencies.rules import Circumstances
from openclets.journal.leaf import Receipt
from openclets.journal.record import EntryDraft, record_durably, record_in_transaction
from openclets.vocabulary.errors import NotAnswered, Refused, Rejected, Unavailable

Outcome = Literal["answered", "done", "refused", "rejected", "unavailable", "failed"]


@dataclass(slots=True)
class Deed:
    """What the verb tells the journal while it works, and the receipt it gets for it.

    `records` are record numbers the deed touched or answered with; `personal` names people and cases (text only).
    """

    answered: str = ""
    records: list[str] = field(default_factory=list)
    personal: dict[str, str] = field(default_factory=dict)
    _receipt: Receipt | None = None

    @property
    def receipt(self) -> Receipt:
        """Only after the `with` block has ended."""
        if self._receipt is None:
            raise RuntimeError("no receipt before the deed has ended")
        return self._receipt


@contextmanager
def asking(
    actor: Actor,
    right: Right,
    *,
    kind: str,
    now: datetime,
    asked: str,
    message_key: str = "",
    purpose: str = "",
    personal: Mapping[str, str] | None = None,
    case_number: str = "",
    subject: Subject | None = None,
) -> Iterator[Deed]:
    """Frame of a verb that reads. Its entry is durable when the block has ended.

    Raises: Refused, Unavailable (no journal, no answer), and what the block raises.
    """
    circumstances = Circumstances(message_key, purpose, case_number, subject)
    with _framed(actor, right, kind, now, asked, circumstances, personal, changes=False) as deed:
        yield deed


@contextmanager
def changing(
    actor: Actor,
    right: Right,
    *,
    kind: str,
    now: datetime,
    asked: str,
    message_key: str = "",
    purpose: str = "",
    personal: Mapping[str, str] | None = None,
) -> Iterator[Deed]:
    """Frame of a verb that writes: the block and its entry are one transaction.

    Raises: Refused, and what the block raises; then nothing of the change is left.
    """
    circumstances = Circumstances(message_key, purpose)
    with _framed(actor, right, kind, now, asked, circumstances, personal, changes=True) as deed:
        yield deed


@contextmanager
def _framed(
    actor: Actor,
    right: Right,
    kind: str,
    now: datetime,
    asked: str,
    circumstances: Circumstances,
    personal: Mapping[str, str] | None,
    *,
    changes: bool,
) -> Iterator[Deed]:
    deed = Deed(personal=dict(personal or {}))

    def draft(outcome: Outcome) -> EntryDraft:
        return EntryDraft(
            at=now,
            kind=kind,
            outcome=outcome,
            user_name=actor.user,
            agency=actor.agency,
            device=actor.device,
            channel=actor.channel,
            message_key=circumstances.key,
            purpose=circumstances.purpose,
            records=tuple(deed.records),
            asked=asked,
            answered=deed.answered,
            personal={name: text for name, text in deed.personal.items() if text},
        )

    work: AbstractContextManager[object] = transaction.atomic() if changes else nullcontext()
    try:
        check_may(actor, right, now=now, circumstances=circumstances)
        with work:
            yield deed
            if changes:
                deed._receipt = record_in_transaction(draft("done"))
    except Exception as error:
        outcome, reason = _outcome_of(error)
        deed.records.clear()
        deed.answered = reason
        deed._receipt = record_durably(draft(outcome))
        if isinstance(error, NotAnswered):
            error.receipt = str(deed._receipt)
        raise
    if not changes:
        deed._receipt = record_durably(draft("answered"))


def _outcome_of(error: Exception) -> tuple[Outcome, str]:
    if isinstance(error, Refused):
        return "refused", f"{error.rule}: {error.missing} ({error.source})"
    if isinstance(error, Rejected):
        return "rejected", str(error)
    if isinstance(error, Unavailable):
        return "unavailable", error.what
    return "failed", type(error).__name__
