"""Parts of the way by themselves, in this process: the decision, the search, the journal, reading and wording."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from itertools import cycle, islice
from statistics import median
from typing import Final

from openclets.agencies.access import LOCAL_ZONE, decision_for
from openclets.agencies.actor import Actor
from openclets.agencies.permissions import Right
from openclets.inquiry.ask import ask
from openclets.inquiry.question import Question, question_from
from openclets.journal.record import EntryDraft, record_durably
from openclets.orders.record import RECORD_KIND, RESTRAINED
from openclets.people.search import PersonQuery, search
from openclets.vocabulary.answers import AnswerBody
from openclets.vocabulary.identifiers import Mnemonic
from openclets.wire.answer_text import compose_answer
from openclets.wire.compose import ReplyHeader, compose_reply
from openclets.wire.parse import parse_message
from tests.bench.access import decisions
from tests.bench.floor import Inquiry
from tests.bench.floor_plan import JOURNAL_THREADS

DECISIONS: Final = 1_250
WARM_UP: Final = 200


@dataclass(frozen=True, slots=True)
class Timed:
    """Milliseconds of each call, and calls a second one after another in one thread."""

    milliseconds: Sequence[float]
    per_second: float

    def percentile(self, percent: float) -> float:
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def decision_by_rule() -> Timed:
    """The permission question on what is known of ten thousand people: the rule alone."""
    return _timed(decisions(date.today()))  # noqa: DTZ011 (a bench is an edge)


def decision_with_its_query(actor: Actor) -> Timed:
    """The same, looked up in the database as at each question."""
    now = datetime.now(UTC)
    return _timed([lambda: decision_for(actor, Right.ASK_PERSON, now=now)] * (DECISIONS))


def person_search(texts: Sequence[str], actor: Actor) -> Timed:
    """The search of the questions about persons, one after another on one connection."""
    queries = [PersonQuery(one.name, one.birth_date) for one in _questions(texts, actor) if one.name is not None]
    return _timed([partial(search, query, kinds=(RECORD_KIND,), roles=(RESTRAINED,)) for query in queries])


def reading_and_wording(texts: Sequence[str], actor: Actor) -> Timed:
    """From a frame's text to a checked question, and from an answer's parts to the reply's text."""
    now = datetime.now(UTC)
    today = now.astimezone(LOCAL_ZONE).date()
    bodies = [ask(actor=actor, now=now, question=question).body for question in _questions(texts, actor)]
    header = ReplyHeader("CADEMO", 1, now, Mnemonic("BENCH01"), 1, now, "QW.CA0990100", f"{1:012d}.{'a' * 64}")

    def both_ways(text: str, body: AnswerBody) -> None:
        question_from(parse_message(text, today=today), now=now)
        compose_reply(header, compose_answer(body))

    messages = [text.replace("{ori}", actor.agency) for text in texts]
    return _timed([partial(both_ways, message, body) for message, body in zip(messages, bodies, strict=True)])


def journal_entries_per_second(inquiries: Sequence[Inquiry], *, seconds: float, windows: int) -> float:
    """Entries a second that many threads get durable, with the content of these; the middle of the windows."""
    drafts = [_draft_of(inquiry) for inquiry in inquiries]
    counts = [0] * JOURNAL_THREADS
    stop = threading.Event()

    def write(place: int) -> None:
        for draft in islice(cycle(drafts), place, None):
            if stop.is_set():
                return
            record_durably(draft)
            counts[place] += 1

    threads = [threading.Thread(target=write, args=(place,)) for place in range(JOURNAL_THREADS)]
    for thread in threads:
        thread.start()
    time.sleep(seconds / 2)
    rates = []
    for _ in range(windows):
        before, began = sum(counts), time.perf_counter()
        time.sleep(seconds)
        rates.append((sum(counts) - before) / (time.perf_counter() - began))
    stop.set()
    for thread in threads:
        thread.join()
    return median(rates)


def _draft_of(inquiry: Inquiry) -> EntryDraft:
    at, kind, outcome, user_name, agency, device, channel, message_key, purpose, records = inquiry.entry[:10]
    _, asked, answered, personal = inquiry.body
    return EntryDraft(
        at=at,
        kind=kind,
        outcome=outcome,
        user_name=user_name,
        agency=agency,
        device=device,
        channel=channel,
        message_key=message_key,
        purpose=purpose,
        records=tuple(records),
        asked=asked,
        answered=answered,
        personal=personal,
    )


def _questions(texts: Sequence[str], actor: Actor) -> list[Question]:
    now = datetime.now(UTC)
    today = now.astimezone(LOCAL_ZONE).date()
    return [question_from(parse_message(text.replace("{ori}", actor.agency), today=today), now=now) for text in texts]


def _timed(calls: Sequence[Callable[[], object]]) -> Timed:
    for call in calls[:WARM_UP]:
        call()
    times = []
    began = time.perf_counter()
    for call in calls:
        started = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - started))
    return Timed(times, len(calls) / (time.perf_counter() - began))
