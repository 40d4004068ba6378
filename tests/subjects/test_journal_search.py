"""Searching the journal: by everything an investigator may know, in pages that stay what they are."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from django.db import connection, transaction

from openclets.config import embedded_postgres
from openclets.inquiry.journal_search import open_entry, search_again, search_journal
from openclets.journal.lookup import entry_by_number
from openclets.journal.record import EntryDraft, own_connection, record_durably, record_on
from openclets.journal.search import Criteria, EntryPage, PageWanted, Sort, criteria_from, find_entries, plan_of
from openclets.journal.search_index import bring_up, forget_everything, keep_up
from openclets.vocabulary.errors import Refused, Rejected
from tests.conftest import DATA_FOLDER
from tests.county import County
from tests.own_names import own_letters

AT = datetime(2026, 11, 20, 17, 36, 27, 410000, tzinfo=UTC)

ANSWER = """ANSWER: 1 HIT. 1 OF 1 FILES ANSWERED.

HIT 1 OF 1 - PROTECTIVE ORDERS - ORDER ENFORCEMENT
RECORD 0992632700012
NAM/{answered}  [restrained person]
DOB/19791231  [birth date]

FILES ASKED
PROTECTIVE ORDERS          HIT
"""


def _word() -> str:
    """A surname that no other test has."""
    return own_letters(14)


def _entry(surname: str, **given: object) -> int:
    """One question about this surname, as a verb would record it; `given` replaces parts of the draft."""
    draft = EntryDraft(
        at=AT,
        kind="question",
        outcome="answered",
        user_name="chen",
        agency="CA0990100",
        device="CADEMO01",
        channel="socket",
        message_key="QW",
        purpose="C",
        records=("0992632700012",),
        asked=f"QW.CA0990100.NV.TXT\nNAM/{surname},DEREK ALAN.DOB/19840517.LIC/8ABC123.OLN/D1234567.CAS/26-004711",
        answered=ANSWER.format(answered=f"{surname}SON,DIRK"),
        personal={
            "subject_name": f"{surname},DEREK ALAN",
            "subject_birth_date": "1984-05-17",
            "case_number": "26-004711",
            "attention": "SGT ORTIZ",
        },
    )
    return record_durably(replace(draft, **given)).number  # type: ignore[arg-type]


def _found(criteria: Criteria, wanted: PageWanted | None = None) -> list[int]:
    return [entry.number for entry in find_entries(criteria, wanted or PageWanted()).entries]


@pytest.mark.parametrize(
    "criterion",
    [
        Criteria(user_name="chen"),
        Criteria(agency="CA0990100"),
        Criteria(agency="CA099"),
        Criteria(device="CADEMO01"),
        Criteria(kind="question"),
        Criteria(message_keys=("QPO", "QW")),
        Criteria(purpose="C"),
        Criteria(outcome="answered"),
        Criteria(record="0992632700012"),
        Criteria(birth_date=date(1984, 5, 17)),
        Criteria(birth_date=date(1979, 12, 31)),
        Criteria(plate="8abc 123"),
        Criteria(licence="d1234567"),
        Criteria(case_number="26 004711"),
        Criteria(destination="NV"),
        Criteria(text="ortiz protective"),
        Criteria(text="nobodywrotethis", or_text="restrain* person"),
        Criteria(from_at=AT),
        Criteria(to_at=AT + timedelta(microseconds=1)),
    ],
    ids=lambda criteria: criteria.in_words(),
)
def test_an_entry_is_found_by_each_criterion_together_with_its_subject(database: None, criterion: Criteria) -> None:
    surname = _word()
    number = _entry(surname)
    assert _found(replace(criterion, subject_name=surname)) == [number]


@pytest.mark.parametrize(
    "criterion",
    [
        Criteria(user_name="gupta"),
        Criteria(agency="CA0990200"),
        Criteria(agency="NV"),
        Criteria(device="CADEMO05"),
        Criteria(kind="sign-on"),
        Criteria(message_keys=("QPO",)),
        Criteria(purpose="F"),
        Criteria(outcome="refused"),
        Criteria(record="0992632700013"),
        Criteria(birth_date=date(1984, 5, 18)),
        Criteria(plate="8ABC124"),
        Criteria(licence="D1234568"),
        Criteria(case_number="26-004712"),
        Criteria(destination="AZ"),
        Criteria(text="ortiz jaywalking"),
        Criteria(from_at=AT + timedelta(microseconds=1)),
        Criteria(to_at=AT),
    ],
    ids=lambda criteria: criteria.in_words(),
)
def test_an_entry_that_misses_one_criterion_is_not_found(database: None, criterion: Criteria) -> None:
    surname = _word()
    _entry(surname)
    assert _found(replace(criterion, subject_name=surname)) == []


def test_a_name_is_found_as_asked_or_as_answered_or_as_it_sounds(database: None) -> None:
    surname = _word()
    number = _entry(surname)
    assert _found(Criteria(subject_name=f"alan {surname.lower()} DEREK", named_in="asked")) == [number]
    assert _found(Criteria(subject_name=f"{surname}", named_in="answered")) == []
    assert _found(Criteria(subject_name=f"{surname}SON", named_in="answered")) == [number]
    assert _found(Criteria(subject_name=f"{surname}SON", named_in="asked")) == []
    assert _found(Criteria(subject_name=f"{surname[:9]}* D*")) == [number]
    # NYSIIS gives DEREK and DERICK the same code; the surname is this test's own.
    assert _found(Criteria(subject_name=f"DERICK {surname}", named_in="asked")) == []
    assert _found(Criteria(subject_name=f"DERICK {surname}", named_in="sound")) == [number]


def test_a_beginning_beside_a_whole_word_must_fit_too(database: None) -> None:
    surname = _word()
    number = _entry(surname)
    assert _found(Criteria(subject_name=f"{surname} AL*")) == [number]
    assert _found(Criteria(subject_name=f"{surname} AX*")) == []
    assert _found(Criteria(text=f"{surname} ort*")) == [number]
    assert _found(Criteria(text=f"{surname} orx*")) == []
    assert _found(Criteria(text="nobodywrotethis", or_text=f"{surname} ort*")) == [number]


def test_a_message_that_reached_no_verb_is_found_by_its_fields(database: None) -> None:
    surname = _word()
    number = _entry(surname, personal={}, answered="", kind="rejected message", outcome="rejected", records=())
    assert _found(Criteria(subject_name=surname, plate="8ABC123", kind="rejected message")) == [number]


def test_what_is_found_tells_who_was_asked_about_and_who_was_answered(database: None) -> None:
    surname = _word()
    _entry(surname)
    (entry,) = find_entries(Criteria(subject_name=surname), PageWanted()).entries
    assert entry.facts is not None
    assert entry.facts.names_asked == (f"{surname},DEREK ALAN",)
    assert entry.facts.names_answered == (f"{surname}SON,DIRK",)
    assert entry.facts.birth_dates == ("1984-05-17",)
    assert entry.facts.plates == ("8ABC123",)
    assert entry.records == ("0992632700012",)


def _walk(criteria: Criteria, wanted: PageWanted) -> list[EntryPage]:
    pages = [find_entries(criteria, wanted)]
    while (after := pages[-1].after) is not None:
        pages.append(find_entries(criteria, replace(wanted, after=after)))
    return pages


@pytest.mark.parametrize(
    ("sort", "descending", "expected"),
    [
        # Users chen, gupta, chen, dorn, gupta at rising moments: first written 0, last written 4.
        (Sort.AT, True, [4, 3, 2, 1, 0]),
        (Sort.AT, False, [0, 1, 2, 3, 4]),
        (Sort.NUMBER, True, [4, 3, 2, 1, 0]),
        (Sort.USER, False, [0, 2, 3, 1, 4]),
        (Sort.USER, True, [4, 1, 3, 2, 0]),
    ],
)
def test_pages_follow_each_other_in_every_order_without_gap_or_repetition(
    database: None, sort: Sort, descending: bool, expected: list[int]
) -> None:
    surname = _word()
    numbers = [
        _entry(surname, user_name=user, at=AT + timedelta(seconds=second))
        for second, user in enumerate(["chen", "gupta", "chen", "dorn", "gupta"])
    ]
    criteria, wanted = Criteria(subject_name=surname), PageWanted(sort, descending, size=2)
    pages = _walk(criteria, wanted)
    assert [[numbers.index(entry.number) for entry in page.entries] for page in pages] == [
        expected[:2],
        expected[2:4],
        expected[4:],
    ]
    assert {page.count for page in pages} == {5}
    back = find_entries(criteria, replace(wanted, before=pages[2].before))
    assert back.entries == pages[1].entries
    assert find_entries(criteria, replace(wanted, before=back.before)).entries == pages[0].entries
    assert pages[0].before is None


@pytest.mark.parametrize(
    ("descending", "expected"), [(True, [5, 4, 3, 2, 1, 0]), (False, [0, 1, 2, 3, 4, 5])], ids=["newest", "oldest"]
)
def test_pages_of_a_name_go_through_the_months_without_gap_or_repetition(
    database: None, descending: bool, expected: list[int]
) -> None:
    surname = _word()
    # Two in a month, months between, the last moment of a month and the first of the next.
    moments = [
        datetime(2026, 5, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 6, 1, tzinfo=UTC),
        datetime(2026, 8, 2, 8, tzinfo=UTC),
        datetime(2026, 8, 2, 9, tzinfo=UTC),
        datetime(2026, 10, 30, tzinfo=UTC),
        AT,
    ]
    numbers = [_entry(surname, at=at) for at in moments]
    criteria, wanted = Criteria(subject_name=surname), PageWanted(descending=descending, size=2)
    pages = _walk(criteria, wanted)
    assert [[numbers.index(entry.number) for entry in page.entries] for page in pages] == [
        expected[:2],
        expected[2:4],
        expected[4:],
    ]
    assert find_entries(criteria, replace(wanted, before=pages[2].before)).entries == pages[1].entries
    among = replace(criteria, from_at=moments[1], to_at=moments[4])
    assert sorted(numbers.index(number) for number in _found(among)) == [1, 2, 3]


def test_a_page_stays_what_it_was_when_entries_come_in_meanwhile(database: None) -> None:
    surname = _word()
    numbers = [_entry(surname, at=AT + timedelta(seconds=second)) for second in range(4)]
    criteria, wanted = Criteria(subject_name=surname), PageWanted(size=2)
    first = find_entries(criteria, wanted)
    _entry(surname, at=AT + timedelta(seconds=9))
    second = find_entries(criteria, replace(wanted, after=first.after))
    assert [entry.number for entry in second.entries] == [numbers[1], numbers[0]]


def test_an_entry_that_is_committed_late_is_found_though_later_ones_are_found_already(database: None) -> None:
    surname = _word()
    draft = EntryDraft(
        at=AT, kind="question", outcome="answered", asked=f"QW.CA0990100.NAM/{surname}", personal={}, user_name="late"
    )
    with own_connection() as slow:
        with slow.transaction():
            (late,) = record_on(slow, [draft])
            early = _entry(surname)
            assert _found(Criteria(subject_name=surname)) == [early]
        assert sorted(_found(Criteria(subject_name=surname))) == sorted([early, late.number])


def test_the_index_can_be_made_anew(database: None) -> None:
    surname = _word()
    number = _entry(surname)
    with psycopg.connect(
        embedded_postgres.conninfo(DATA_FOLDER, embedded_postgres.ADMIN_ROLE), autocommit=True
    ) as owner:
        forget_everything(owner)
    with own_connection() as raw:
        while not bring_up(raw, batches=1):
            pass
        indexed = raw.execute("SELECT count(*) FROM journal_search WHERE entry_number = %s", [number]).fetchone()
    assert indexed == (1,)
    assert _found(Criteria(subject_name=surname)) == [number]


def test_the_index_is_brought_up_behind_the_answers_without_any_search(database: None) -> None:
    stop = threading.Event()
    keeping = threading.Thread(target=keep_up, args=(own_connection,), kwargs={"until": stop.is_set}, daemon=True)
    keeping.start()
    try:
        number = _entry(_word())
        deadline = time.monotonic() + 20
        with own_connection() as raw:
            while not raw.execute("SELECT FROM journal_search WHERE entry_number = %s", [number]).rowcount:
                assert time.monotonic() < deadline, "the entry did not come into the index"
                time.sleep(0.05)
    finally:
        stop.set()
        keeping.join()


def test_a_search_says_when_the_newest_entries_may_be_missing(database: None) -> None:
    surname = _word()
    _entry(surname)
    with own_connection() as other, other.transaction():
        # As while another brings the index up, or a month's bodies are erased.
        other.execute("SELECT FROM journal_search_place FOR UPDATE")
        page = find_entries(Criteria(subject_name=surname), PageWanted())
        assert (page.is_behind, page.entries) == (True, ())
        by_user = find_entries(Criteria(user_name="chen", from_at=AT), PageWanted())
        assert not by_user.is_behind, "what stands on the entry needs no index"
    page = find_entries(Criteria(subject_name=surname), PageWanted())
    assert (page.is_behind, len(page.entries)) == (False, 1)


@contextmanager
def _retention() -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(embedded_postgres.conninfo(DATA_FOLDER, embedded_postgres.RETENTION_ROLE)) as raw:
        yield raw
        raw.rollback()


def test_an_erased_body_is_no_longer_found_by_name_or_words_but_by_what_stays(database: None) -> None:
    surname = _word()
    record = f"R{own_letters(12)}"
    number = _entry(surname, records=(record,))
    assert _found(Criteria(subject_name=surname)) == [number]
    with _retention() as raw:
        raw.execute("INSERT INTO journal_erased (entry_number, erased_by) VALUES (%s, 1)", [number])
        raw.execute("DELETE FROM journal_body WHERE entry_number = %s", [number])
        raw.commit()
    assert _found(Criteria(subject_name=surname)) == []
    assert _found(Criteria(text=surname)) == []
    assert _found(Criteria(record=record)) == [number]
    with own_connection() as looking:
        kept = looking.execute("SELECT about::text, words::text FROM journal_search WHERE entry_number = %s", [number])
        assert kept.fetchone() == (f"'r:{record}'", "")


def test_the_program_cannot_change_what_entries_are_found_by(database: None) -> None:
    with own_connection() as raw:
        for command in (
            "DELETE FROM journal_search",
            "UPDATE journal_search SET words = ''",
            "TRUNCATE journal_search",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                raw.execute(command)


def test_criteria_are_read_again_as_they_were_written() -> None:
    criteria = Criteria(
        user_name="chen",
        message_keys=("QW", "QPO"),
        subject_name="HOLLOWAY,DEREK",
        named_in="asked",
        birth_date=date(1984, 5, 17),
        from_at=AT,
        with_looks=True,
    )
    assert criteria_from(criteria.as_text()) == criteria
    assert criteria.in_words() == (
        "user name: chen, message keys: QW,QPO, subject name: HOLLOWAY,DEREK, named in: asked, birth date: 1984-05-17,"
        " from at: 2026-11-20T17:36:27.410000+00:00, with looks: True"
    )


def test_neither_names_nor_users_are_looked_for_by_reading_every_entry(database: None) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            # So few entries are read whole, whatever indexes there are: what is asked is whether they can be used.
            cursor.execute("SET LOCAL enable_seqscan = off")
        by_user = plan_of(Criteria(user_name="chen", from_at=AT), PageWanted())
        by_agency = plan_of(Criteria(agency="CA0990100"), PageWanted())
        with connection.cursor() as cursor:
            # Nor walked along their numbers, which for few is as good.
            cursor.execute("SET LOCAL enable_indexscan = off")
        by_name = plan_of(Criteria(subject_name="HOLLOWAY D*"), PageWanted())
        by_words = plan_of(Criteria(text="red truck"), PageWanted())
    assert "journal_search_about" in by_name
    assert "journal_search_words" in by_words
    assert "user_name_at_idx" in by_user
    assert "agency_at_idx" in by_agency
    assert "Seq Scan on journal_entry" not in by_name + by_words + by_user + by_agency


# The verbs


def test_a_search_records_what_was_looked_for_and_why(county: County) -> None:
    surname = _word()
    number = _entry(surname)
    found = search_journal(
        actor=county.actor("eze"),
        now=county.now,
        criteria=Criteria(subject_name=surname, plate="8ABC123"),
        reason="complaint 26-17",
    )
    entry = entry_by_number(found.receipt.number)
    assert entry is not None
    assert (entry.listed.kind, entry.listed.user_name, entry.listed.outcome) == ("journal searched", "eze", "answered")
    assert entry.asked == f"subject name: {surname}, plate: 8ABC123; by at, falling"
    assert entry.answered == f"1 entries, shown {number}"
    assert entry.personal is not None
    assert entry.personal["reason"] == "complaint 26-17"
    assert entry.personal["subject_name"] == surname
    # So who looks for somebody in the journal is found by looking for that name.
    assert _found(Criteria(subject_name=surname)) == [number]
    assert _found(Criteria(subject_name=surname, kind="journal searched")) == [found.receipt.number]
    assert found.receipt.number in _found(Criteria(subject_name=surname, with_looks=True))


def test_an_earlier_search_is_made_again_by_the_number_of_its_entry(county: County) -> None:
    surname = _word()
    numbers = [_entry(surname, at=AT + timedelta(seconds=second)) for second in range(3)]
    eze = county.actor("eze")
    first = search_journal(
        actor=eze, now=county.now, criteria=Criteria(subject_name=surname), wanted=PageWanted(size=2)
    )
    assert [entry.number for entry in first.page.entries] == [numbers[2], numbers[1]]
    again = search_again(
        actor=eze, now=county.now, search=first.receipt.number, wanted=PageWanted(after=first.page.after)
    )
    assert [entry.number for entry in again.page.entries] == [numbers[0]]
    assert again.criteria == Criteria(subject_name=surname)
    with pytest.raises(Rejected, match="is no search"):
        search_again(actor=eze, now=county.now, search=numbers[0], wanted=PageWanted())


def test_a_coordinator_finds_and_opens_the_entries_of_the_own_agency_and_no_other(county: County) -> None:
    surname = _word()
    own = _entry(surname, agency="CA0990000", user_name="eze")
    foreign = _entry(surname)
    fox = county.actor("fox")
    found = search_journal(actor=fox, now=county.now, criteria=Criteria(subject_name=surname))
    assert [entry.number for entry in found.page.entries] == [own]
    assert open_entry(actor=fox, now=county.now, number=own).entry.listed.number == own
    with pytest.raises(Refused, match="CA0990100 is not CA0990000"):
        search_journal(actor=fox, now=county.now, criteria=Criteria(subject_name=surname, agency="CA0990100"))
    with pytest.raises(Refused, match="CA0990100 is not CA0990000"):
        open_entry(actor=fox, now=county.now, number=foreign)
    # An auditor's search, made again by a coordinator, reaches no further than a coordinator's own.
    wide = search_journal(actor=county.actor("eze"), now=county.now, criteria=Criteria(subject_name=surname))
    narrow = search_again(actor=fox, now=county.now, search=wide.receipt.number, wanted=PageWanted())
    assert [entry.number for entry in narrow.page.entries] == [own]
