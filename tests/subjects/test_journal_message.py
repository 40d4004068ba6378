"""The journal asked by message: NLQ finds, NFQ fetches."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from openclets.exchange.exchange import exchange
from openclets.exchange.replies import Reply
from openclets.inquiry.journal_message import criteria_in
from openclets.journal.lookup import entry_by_number
from openclets.journal.record import EntryDraft, record_durably
from openclets.journal.search import Criteria
from openclets.wire.answer_text import parse_answer
from openclets.wire.compose import parse_reply
from openclets.wire.parse import read_message
from tests.county import County
from tests.own_names import own_letters

AT = datetime(2026, 11, 20, 17, 36, 27, tzinfo=UTC)
"""09:36:27 in California."""


def _word() -> str:
    return own_letters(14)


def _entry(surname: str, *, key: str = "QW", agency: str = "CA0990100", seconds: int = 0) -> int:
    draft = EntryDraft(
        at=AT + timedelta(seconds=seconds),
        kind="question",
        outcome="answered",
        user_name="chen",
        agency=agency,
        device="CADEMO01",
        message_key=key,
        purpose="C",
        asked=f"{key}.{agency}.NV.TXT\nNAM/{surname},JOHN Q.LIC/8ABC123",
        answered="ANSWER: NO HIT. 1 OF 1 FILES ANSWERED.\n\nFILES ASKED\nPROTECTIVE ORDERS          NO RECORD",
        personal={"subject_name": f"{surname},JOHN Q"},
    )
    return record_durably(draft).number


def _asked(county: County, text: str) -> Reply:
    return exchange(actor=county.actor("eze"), text=text, now=county.now)


def _found(reply: Reply) -> list[str]:
    assert reply.status == "answered", reply.text
    assert reply.answer is not None
    assert parse_answer(parse_reply(reply.text).body) == reply.answer
    return [hit.record_id for hit in reply.answer.hits]


@pytest.mark.parametrize(
    "search",
    [
        "TYP/ALL.BEG/20261120.END/20261120.NAM/{0} JOHN",
        "TYP/ALL.BEG/20261120.END/20261120.NAM/JOHN {1}*",
        "TYP/RQ,QW.BEG/20261120@0936.END/20261120@0936.FND/{0}",
        "TYP/ALL.SRC/CA.DST/NV.BEG/20261119.END/20261121.FND/{0}.AND/8ABC123",
        "TYP/ALL.SRC/CA0990100.BEG/20261119.END/20261121.FND/NOBODYWROTETHIS.ORR/{0}",
    ],
)
def test_an_entry_is_found_by_type_place_time_words_and_name(county: County, search: str) -> None:
    surname = _word()
    number = _entry(surname)
    assert _found(_asked(county, f"NLQ.CA0990000.{search.format(surname, surname[:12])}")) == [str(number)]


@pytest.mark.parametrize(
    "search",
    [
        "TYP/QPO.BEG/20261120.END/20261120.NAM/{0}",
        "TYP/ALL.BEG/20261121.END/20261122.NAM/{0}",
        "TYP/ALL.BEG/20261120@0937.END/20261120@1000.NAM/{0}",
        "TYP/ALL.BEG/20261119.END/20261120@0935.NAM/{0}",
        "TYP/ALL.SRC/NV.BEG/20261120.END/20261120.NAM/{0}",
        "TYP/ALL.DST/AZ.BEG/20261120.END/20261120.NAM/{0}",
        "TYP/ALL.BEG/20261120.END/20261120.FND/{0}.AND/NOBODYWROTETHIS",
    ],
)
def test_an_entry_that_does_not_fit_is_not_found_and_that_is_said(county: County, search: str) -> None:
    surname = _word()
    _entry(surname)
    reply = _asked(county, f"NLQ.CA0990000.{search.format(surname)}")
    assert _found(reply) == []
    assert "JOURNAL                    NO RECORD" in reply.text


def test_what_is_found_says_who_asked_what_about_whom(county: County) -> None:
    surname = _word()
    number = _entry(surname)
    reply = _asked(county, f"NLQ.CA0990000.TYP/ALL.BEG/20261120.END/20261120.NAM/{surname}.CAS/26-17")
    assert reply.answer is not None
    (hit,) = reply.answer.hits
    assert hit.headline == "2026-11-20 17:36:27Z chen: QW, answered"
    assert [(field.code, field.value) for field in hit.fields] == [
        ("ORI", "CA0990100"),
        ("USR", "chen"),
        ("MNE", "CADEMO01"),
        ("KND", "question"),
        ("MKE", "QW"),
        ("PUR", "C"),
        ("NAM", f"{surname},JOHN Q"),
        ("LIC", "8ABC123"),
    ]
    assert hit.lines == ()
    assert hit.verdict == "not judged, found by words"
    entry = entry_by_number(int(reply.receipt[:12]))
    assert entry is not None
    assert (entry.listed.kind, entry.listed.message_key) == ("journal searched", "NLQ")
    assert entry.listed.records == (str(number),)
    assert entry.personal is not None
    assert (entry.personal["subject_name"], entry.personal["case_number"]) == (surname, "26-17")


def test_fetching_gives_the_whole_texts(county: County) -> None:
    surname = _word()
    _entry(surname)
    reply = _asked(county, f"NFQ.CA0990000.TYP/ALL.BEG/20261120.END/20261120.NAM/{surname}")
    assert reply.answer is not None
    assert reply.answer.hits[0].lines == (
        "ASKED: QW.CA0990100.NV.TXT",
        f"ASKED: NAM/{surname},JOHN Q.LIC/8ABC123",
        "ANSWERED: ANSWER: NO HIT. 1 OF 1 FILES ANSWERED.",
        "ANSWERED: FILES ASKED",
        "ANSWERED: PROTECTIVE ORDERS NO RECORD",
    )


def test_more_than_an_answer_holds_is_counted_with_how_to_go_on(county: County) -> None:
    surname = _word()
    numbers = [_entry(surname, seconds=60 * minute) for minute in range(12)]
    search = f"NFQ.CA0990000.TYP/ALL.BEG/20261120.NAM/{surname}.END/"
    reply = _asked(county, search + "20261120")
    assert _found(reply) == [str(number) for number in reversed(numbers[2:])]
    assert reply.answer is not None
    # The tenth from the end was asked at 09:38:27.
    assert reply.answer.notes == ("2 more entries fit. Ask again with END/20261120@0938 for those before.",)
    assert _found(_asked(county, search + "20261120@0938")) == [str(number) for number in reversed(numbers[:3])]


def test_where_one_minute_holds_more_than_an_answer_the_same_is_not_advised_again(county: County) -> None:
    surname = _word()
    for seconds in range(12):
        _entry(surname, seconds=seconds)
    reply = _asked(county, f"NFQ.CA0990000.TYP/ALL.BEG/20261120.END/20261120.NAM/{surname}")
    assert len(_found(reply)) == 10
    assert reply.answer is not None
    assert reply.answer.notes == (
        "2 more entries fit. All shown are of one minute, 20261120@0936: narrow the search by TYP, SRC or FND, "
        "or see the journal's page.",
    )


def test_an_officer_is_refused(county: County) -> None:
    text = "NLQ.CA0990100.TYP/ALL.BEG/20261120.END/20261120.NAM/NOBODY"
    reply = exchange(actor=county.actor("chen"), text=text, now=county.now)
    assert reply.status == "refused"
    assert reply.refusal is not None
    assert reply.refusal.missing == "the duty 'officer' does not carry 'inquiry.journal'"


def test_the_end_is_whole() -> None:
    message = read_message(
        "NLQ.CA0990000.TYP/RQ,DQ.BEG/20261031.END/20261101.FND/TRUCK", today=datetime(2026, 11, 22, tzinfo=UTC).date()
    ).message
    assert message is not None
    # The night in which clocks go back: from midnight of summer time to midnight of standard time.
    criteria = criteria_in(message)
    assert criteria.from_at is not None
    assert criteria.to_at is not None
    assert criteria.from_at.astimezone(UTC) == datetime(2026, 10, 31, 7, tzinfo=UTC)
    assert criteria.to_at.astimezone(UTC) == datetime(2026, 11, 2, 8, tzinfo=UTC)
    assert criteria == Criteria(message_keys=("RQ", "DQ"), text="TRUCK", from_at=criteria.from_at, to_at=criteria.to_at)
