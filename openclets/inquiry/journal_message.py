"""The journal asked by message: NLQ finds entries, NFQ fetches their whole texts. Source: Nlets message formats."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from openclets.agencies.access import LOCAL_ZONE
from openclets.agencies.actor import Actor
from openclets.agencies.deed import asking
from openclets.agencies.permissions import Right
from openclets.inquiry.ask import Answer
from openclets.inquiry.journal_search import SEARCHED, personal_of
from openclets.journal.lookup import OpenedEntry, entry_by_number
from openclets.journal.search import Criteria, EntryPage, ListedEntry, PageWanted, find_entries
from openclets.vocabulary.answers import AnswerBody, File, FileAnswer, FileState, Hit, HitClass, HitField
from openclets.wire.answer_text import compose_answer
from openclets.wire.layout import plain
from openclets.wire.message import Message

MAX_LISTED: Final = 50
MAX_FETCHED: Final = 10
"""Entries in one answer to NLQ and to NFQ; the rest is counted, with how to go on. Own decision."""

MAX_TEXT_LINES: Final = 200
"""Lines of one entry's texts in an answer; the entry's page and the export have them all. Own decision."""

_ALL: Final = "ALL"
_FETCH: Final = "NFQ"


def answer_journal_query(*, actor: Actor, now: datetime, message: Message) -> Answer:
    """Answers NLQ and NFQ, newest entries first. Records `journal searched` under the message's key.

    Raises: Refused; Unavailable when it takes too long or cannot be recorded.
    """
    criteria = criteria_in(message)
    personal = personal_of(criteria)
    with asking(
        actor,
        Right.READ_JOURNAL,
        kind=SEARCHED,
        now=now,
        asked=message.text,
        message_key=message.key,
        personal={**personal, "subject_name": message.first("NAM"), "case_number": message.first("CAS")},
    ) as deed:
        is_fetch = message.key == _FETCH
        page = find_entries(criteria, PageWanted(size=MAX_FETCHED if is_fetch else MAX_LISTED))
        hits = tuple(_hit(entry, with_texts=is_fetch) for entry in page.entries)
        state = FileState.HIT if hits else FileState.NO_RECORD
        notes = (*message.warnings, *_notes_on(page))
        body = AnswerBody(hits, (FileAnswer(File.JOURNAL, state, f"{page.count} entries" if hits else ""),), notes)
        deed.answered = compose_answer(body)
        deed.records = [hit.record_id for hit in hits]
    return Answer(body, deed.answered, deed.receipt)


def criteria_in(message: Message) -> Criteria:
    """What the message looks for. Days and times are California's; END is whole: its day, or its minute, included.

    NAM looks for the parts of a name anywhere in what was asked and answered, as Nlets has it.
    """
    types = message.values("TYP")
    words = " ".join(text for text in (message.first("FND"), message.first("AND"), message.first("NAM")) if text)
    until = message.first("END")
    return Criteria(
        message_keys=() if _ALL in types else types,
        agency=message.first("SRC"),
        destination=message.first("DST"),
        text=words,
        or_text=message.first("ORR"),
        from_at=_moment(message.first("BEG")),
        to_at=_moment(until) + (timedelta(minutes=1) if "@" in until else timedelta(days=1)),
    )


def _moment(text: str) -> datetime:
    day, _, time = text.partition("@")
    return datetime.strptime(f"{day}{time or '0000'}", "%Y%m%d%H%M").replace(tzinfo=LOCAL_ZONE)


def _hit(entry: ListedEntry, *, with_texts: bool) -> Hit:
    key = entry.message_key or entry.kind
    lines: tuple[str, ...] = ()
    opened = entry_by_number(entry.number) if with_texts else None
    if opened is not None:
        lines = _texts(opened)
    return Hit(
        file=File.JOURNAL,
        hit_class=HitClass.JOURNAL,
        record_id=str(entry.number),
        score=1.0,
        verdict="not judged, found by words",
        headline=f"{entry.at:%Y-%m-%d %H:%M:%S}Z {entry.user_name or 'nobody signed on'}: {key}, {entry.outcome}",
        lines=lines,
        why=(),
        fields=_fields(entry),
    )


def _texts(opened: OpenedEntry) -> tuple[str, ...]:
    if opened.asked is None or opened.answered is None:
        return ("The texts were erased at the end of their keeping time.",)
    lines = [f"ASKED: {plain(line)}" for line in opened.asked.splitlines() if line.strip()]
    lines += [f"ANSWERED: {plain(line)}" for line in opened.answered.splitlines() if line.strip()]
    more = len(lines) - MAX_TEXT_LINES
    return (*lines[:MAX_TEXT_LINES], *((f"{more} more lines are in the entry.",) if more > 0 else ()))


def _fields(entry: ListedEntry) -> tuple[HitField, ...]:
    facts = entry.facts
    rows = [
        ("ORI", "agency", entry.agency),
        ("USR", "user", entry.user_name),
        ("MNE", "device", entry.device),
        ("KND", "kind", entry.kind),
        ("MKE", "message key", entry.message_key),
        ("PUR", "purpose", entry.purpose),
        *(("CAS", "case number", number) for number in (facts.case_numbers if facts else ())),
        *(("NAM", "asked about", name) for name in (facts.names_asked if facts else ())),
        *(("DOB", "birth date", day) for day in (facts.birth_dates if facts else ())),
        *(("LIC", "plate", plate) for plate in (facts.plates if facts else ())),
        *(("OLN", "licence", licence) for licence in (facts.licences if facts else ())),
        *(("ANS", "answered with", name) for name in (facts.names_answered if facts else ())),
        *(("REC", "record", record) for record in entry.records),
    ]
    return tuple(HitField(code, label, value) for code, label, value in rows if value)


def _notes_on(page: EntryPage) -> tuple[str, ...]:
    notes = []
    if page.is_behind:
        notes.append("The newest entries may be missing: they cannot be found by words yet. Ask again in a minute.")
    more = page.count - len(page.entries)
    if more > 0 and page.entries:
        first, last = (
            f"{entry.at.astimezone(LOCAL_ZONE):%Y%m%d@%H%M}" for entry in (page.entries[0], page.entries[-1])
        )
        how = (
            f"Ask again with END/{last} for those before."
            if first != last
            # END goes by minutes: asked again with this one, the same entries would come.
            else f"All shown are of one minute, {last}: narrow the search by TYP, SRC or FND, "
            "or see the journal's page."
        )
        notes.append(f"{more} more entries fit. {how}")
    return tuple(notes)
