"""The verb for asking: one question, every file it reaches, one answer, one journal entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from openclets.agencies.access import check_not_oneself
from openclets.agencies.actor import Actor
from openclets.agencies.deed import asking
from openclets.agencies.oneself import Subject
from openclets.agencies.permissions import Right
from openclets.inquiry.files import answers_of_files_not_held
from openclets.inquiry.order_hits import danger_rank, order_hit
from openclets.inquiry.question import Question
from openclets.journal.leaf import Receipt
from openclets.orders.lookup import FoundOrder, not_over, order_by_number, orders_about
from openclets.orders.record import RECORD_KIND, RESTRAINED
from openclets.people.decisions import with_linked
from openclets.people.search import SearchResult, search
from openclets.people.strict import search_strict
from openclets.vocabulary.answers import AnswerBody, File, FileAnswer, FileState, Hit
from openclets.vocabulary.identifiers import RecordNumber
from openclets.wire.answer_text import compose_answer

RIGHT_OF_QUESTION: Final = {"QW": Right.ASK_PERSON, "QPO": Right.ASK_ORDERS}
"""The right each inquiry key needs. Source: the catalogue of messages names it; a test holds the two together."""

ALSO_INACTIVE: Final = frozenset({"QPO"})
"""Keys that show ended orders too. Source: NCIC: QPO returns active, expired and cleared orders."""

MAX_CANDIDATES: Final = 25
"""Most people an answer is about; more are counted, with what would narrow the question. Own decision."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer in parts and in words; the receipt covers `text`."""

    body: AnswerBody
    text: str
    receipt: Receipt


def ask(*, actor: Actor, now: datetime, question: Question) -> Answer:
    """Answers a question about a person or an order. Records `question`, with whom it was about and what was shown.

    1. May this actor ask this now? 2. Ask each file held here. 3. Word one answer, most dangerous first.
    4. Journal question and answer; nothing is returned before that is durable.

    Raises: Refused; Unavailable (no journal, no answer).
    """
    # 1. and 4. are the frame's.
    with asking(
        actor,
        RIGHT_OF_QUESTION[question.key],
        kind="question",
        now=now,
        asked=question.text,
        message_key=question.key,
        purpose=question.purpose,
        personal=question.about(),
        case_number=question.case_number,
        subject=question.subject(),
    ) as deed:
        # 2. The files held here; the others say so.
        hits, notes = _order_hits(question, actor, now)
        orders = FileAnswer(File.ORDERS, FileState.HIT if hits else FileState.NO_RECORD, f"{len(hits)}" if hits else "")

        # 3. One answer.
        body = AnswerBody(hits, (orders, *answers_of_files_not_held(question.key)), (*question.notes, *notes))
        deed.answered = compose_answer(body)
        deed.records = [hit.record_id for hit in hits]
    return Answer(body, deed.answered, deed.receipt)


def _order_hits(question: Question, actor: Actor, at: datetime) -> tuple[tuple[Hit, ...], tuple[str, ...]]:
    """The orders found, most dangerous first, and what would narrow the question. Raises: Refused."""
    if question.record_number:
        found = order_by_number(RecordNumber(question.record_number), at=at)
        if found is not None:
            check_not_oneself(actor, _restrained_by(found), now=at)
        return ((order_hit(found, at=at),), (_ONE_ORDER_ONLY,)) if found else ((), ())
    if question.name is None:
        return (), ()
    people = _people_meant(question, at)
    linked = with_linked(people.candidates)
    meant = [one for one in linked if not (question.is_strict and one.by_link)]
    links = {(one.candidate.record_kind, one.candidate.record_id): one for one in meant}
    candidates = [one.candidate for one in meant]
    orders = sorted(orders_about(candidates, at=at, include_inactive=True), key=danger_rank)
    shown = [found for found in orders if question.key in ALSO_INACTIVE or not found.standing.status.is_over]
    hits = tuple(order_hit(found, at=at, linked=links.get((RECORD_KIND, int(found.order.fcn)))) for found in shown)
    notes = (*_notes_on_rule(question), *_note_on_links_left_out(len(linked) - len(meant)), *_notes_on(people))
    return hits, (*notes, *_note_on_ended(len(orders) - len(shown)))


def _restrained_by(found: FoundOrder) -> Subject:
    """Whom the order restrains: a record's number is also a way to ask about oneself."""
    person = found.order.entry.restrained
    return Subject((person.name,), (person.birth_date,) if person.birth_date else ())


def _people_meant(question: Question, at: datetime) -> SearchResult:
    """The restrained people that may be meant, by the answer the asker chose. Where there are more than can be shown,
    nobody whose order has ended takes the place of one whose order has not."""
    asked, kinds, roles, first = question.person(), (RECORD_KIND,), (RESTRAINED,), partial(not_over, at=at)
    if not question.is_strict:
        return search(asked, kinds=kinds, roles=roles, limit=MAX_CANDIDATES, first=first)
    return search_strict(
        asked, expanded=question.is_expanded, kinds=kinds, roles=roles, limit=MAX_CANDIDATES, first=first
    )


_STRICT_ONLY = (
    "STRICT ANSWER: exactly whom the national rule finds. Somebody whose name was misheard or mistyped may be missing: "
    "ask without RUL/S to see who is near."
)
_EXPANDED_ANYWAY = "EBD/1 adds nothing here: without RUL/S birth dates near by are looked at anyway."


def _notes_on_rule(question: Question) -> tuple[str, ...]:
    """An empty strict answer must never be read as an empty file."""
    if question.is_strict:
        return (_STRICT_ONLY,)
    return (_EXPANDED_ANYWAY,) if question.is_expanded else ()


_ONE_ORDER_ONLY = (
    "Only the order of this number was looked up: another may control or add to it. Ask with NAM for all of them."
)


def _note_on_ended(count: int) -> tuple[str, ...]:
    """An order that ended yesterday may have been extended by a paper nobody has entered yet."""
    if not count:
        return ()
    orders = "1 order that has ended is" if count == 1 else f"{count} orders that have ended are"
    return (f"{orders} not shown: QPO shows what they said.",)


def _note_on_links_left_out(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    records = "1 record" if count == 1 else f"{count} records"
    return (f"Not in this strict answer: {records} that somebody linked with one of these as the same person.",)


def _notes_on(people: SearchResult) -> tuple[str, ...]:
    """What the asker must know of the search: whom it may have missed, and what would narrow it."""
    notes = []
    if people.truncated:
        notes.append("NOT EVERY NAME THAT MIGHT FIT WAS COMPARED: the right person may be missing from this answer.")
    if people.more:
        at_least = "At least " if people.truncated else ""
        notes.append(f"{at_least}{people.more} more {_people(people.more)} might be meant and are not shown.")
    return (*notes, *people.notes)


def _people(count: int) -> str:
    return "person" if count == 1 else "people"
