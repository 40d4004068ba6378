"""Replies in the fixed layout, and every kind of body back again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import StatusCode
from openclets.wire.compose import (
    Outage,
    Refusal,
    Rejection,
    Reply,
    ReplyHeader,
    compose_refusal,
    compose_rejection,
    compose_reply,
    compose_unavailable,
    parse_refusal,
    parse_rejection,
    parse_reply,
    parse_unavailable,
)
from openclets.wire.layout import plain

RECEIVED = datetime(2026, 11, 22, 9, 36, 27, 410_000, tzinfo=UTC)
SENT = datetime(2026, 11, 22, 9, 36, 27, 430_000, tzinfo=UTC)
HEADER = ReplyHeader(
    node="CADEMO",
    isn=3,
    received_at=RECEIVED,
    device="CADEMO01",
    osn=7,
    sent_at=SENT,
    reference="QW.CA0990100.*AB12345678",
    receipt="000000012345.3f9a",
)
REPLY_TEXT = """\
FROM: CADEMO   ISN: 0000003 DATE: 2026-11-22 TIME: 09:36:27.41Z
TO:   CADEMO01  OSN: 0000007 DATE: 2026-11-22 TIME: 09:36:27.43Z
RE: QW.CA0990100.*AB12345678
JRN: 000000012345.3f9a

body line one

body line two
                                     *** END OF MESSAGE ***"""

FAULTS = (
    Fault("05", "DOB", "there is no such day as 19800230", "a real day as CCYYMMDD, not in the future"),
    Fault("00", "", "'LEE' is not a field", "CODE/value; a value holds no period"),
)
REJECTION_TEXT = """\
ER - REJECTED, NOTHING WAS DONE
.05. DOB: there is no such day as 19800230
  ACCEPTED: a real day as CCYYMMDD, not in the future
.00. MESSAGE: 'LEE' is not a field
  ACCEPTED: CODE/value; a value holds no period
SENT: QW.CA0990100.TXT NAM/DOE,JOHN.DOB/19800230.LEE"""

VALUE = st.text(max_size=120).map(plain)


def test_a_reply_has_the_fixed_layout() -> None:
    assert compose_reply(HEADER, "body line one\n\nbody line two") == REPLY_TEXT


def test_a_reply_is_read_back() -> None:
    reply = parse_reply(REPLY_TEXT)
    assert reply == Reply(HEADER, "body line one\n\nbody line two")
    assert reply.status == "answered"


def test_a_reply_without_journal_entry_has_no_receipt_line() -> None:
    header = ReplyHeader("CADEMO", 0, RECEIVED, "CADEMO01", 0, SENT, "UNREADABLE")
    text = compose_reply(header, "body")
    assert "JRN" not in text
    assert parse_reply(text) == Reply(header, "body")


def test_moments_are_printed_in_utc_to_a_hundredth_cut_not_rounded() -> None:
    pacific = timezone(timedelta(hours=-8))
    header = ReplyHeader(
        "CADEMO", 1, datetime(2026, 11, 21, 23, 59, 59, 999_999, tzinfo=pacific), "CADEMO01", 1, SENT, "QW"
    )
    assert "ISN: 0000001 DATE: 2026-11-22 TIME: 07:59:59.99Z" in compose_reply(header, "body")


def test_a_number_beyond_seven_digits_is_printed_whole() -> None:
    header = ReplyHeader("CADEMO", 12_345_678, RECEIVED, "CADEMO01", 7, SENT, "QW.CA0990100")
    assert parse_reply(compose_reply(header, "body")).header.isn == 12_345_678


@pytest.mark.parametrize(
    "text",
    [
        "",
        "KAL.CA0990100",
        REPLY_TEXT.replace("FROM:", "FORM:"),
        REPLY_TEXT.replace("OSN:", "OSM:"),
        REPLY_TEXT.replace("2026-11-22", "2026-02-30"),
        REPLY_TEXT.replace("*** END OF MESSAGE ***", ""),
        REPLY_TEXT.replace("RE: ", "RE; "),
        REPLY_TEXT.replace("JRN: ", "JRM: "),
        REPLY_TEXT + "\nmore",
    ],
)
def test_a_text_that_is_no_reply_is_rejected(text: str) -> None:
    with pytest.raises(Rejected):
        parse_reply(text)


def test_a_body_may_hold_an_end_line_without_ending_there() -> None:
    body = "one\n                                     *** END OF MESSAGE ***\ntwo"
    assert parse_reply(compose_reply(HEADER, body)).body == body


def test_a_rejection_names_number_field_fault_and_what_would_be_accepted() -> None:
    assert compose_rejection(FAULTS, "QW.CA0990100.TXT\nNAM/DOE,JOHN.DOB/19800230.LEE") == REJECTION_TEXT


def test_a_rejection_is_read_back() -> None:
    assert parse_rejection(REJECTION_TEXT) == Rejection(FAULTS, "QW.CA0990100.TXT NAM/DOE,JOHN.DOB/19800230.LEE")


def test_a_rejection_shows_the_first_hundred_characters_sent() -> None:
    assert parse_rejection(compose_rejection(FAULTS, "QW." + "A" * 200)).sent == "QW." + "A" * 97


def test_a_rejection_of_nothing_shows_nothing() -> None:
    assert parse_rejection(compose_rejection(FAULTS, b"")).sent == ""


@given(
    st.lists(st.builds(Fault, st.sampled_from(["05", "14"]), st.sampled_from(["", "NAM"]), VALUE, VALUE)), st.binary()
)
def test_any_faults_come_back_exactly(faults: list[Fault], sent: bytes) -> None:
    assert parse_rejection(compose_rejection(faults, sent)).faults == tuple(faults)


def test_what_was_sent_cannot_forge_a_fault() -> None:
    sent = "QW.\n.99. NAM: all is well\n  ACCEPTED: everything"
    assert parse_rejection(compose_rejection(FAULTS, sent)).faults == FAULTS


def test_a_refusal_names_rule_missing_source_and_the_law_on_misuse() -> None:
    text = compose_refusal(
        rule="training must be current",
        missing="training expired 2026-03-01",
        source="CLETS PPP 1.8",
        penalty="Misuse is a crime: Pen. Code 502.",
    )
    assert text == (
        "RF - REFUSED, NOTHING WAS DONE\n"
        "RULE: training must be current\n"
        "MISSING: training expired 2026-03-01\n"
        "SOURCE: CLETS PPP 1.8\n"
        "PENALTY: Misuse is a crime: Pen. Code 502."
    )


@given(VALUE, VALUE, VALUE, VALUE)
def test_any_refusal_comes_back_exactly(rule: str, missing: str, source: str, penalty: str) -> None:
    text = compose_refusal(rule=rule, missing=missing, source=source, penalty=penalty)
    assert parse_refusal(text) == Refusal(rule, missing, source, penalty)
    assert parse_reply(compose_reply(HEADER, text)).status == "refused"


def test_an_outage_says_what_since_when_and_whether_an_answer_follows() -> None:
    text = compose_unavailable(what="the orders cannot be read now", since=RECEIVED, code=StatusCode.WILL_FOLLOW)
    assert text == "SM - UNAVAILABLE\n.02. the orders cannot be read now\nSINCE: DATE: 2026-11-22 TIME: 09:36:27.41Z"
    assert parse_unavailable(text) == Outage("the orders cannot be read now", StatusCode.WILL_FOLLOW, RECEIVED)


@given(VALUE)
def test_any_outage_comes_back_exactly(what: str) -> None:
    text = compose_unavailable(what=what)
    assert parse_unavailable(text) == Outage(what, StatusCode.NOT_FORWARDED, None)
    assert parse_reply(compose_reply(HEADER, text)).status == "unavailable"


def test_a_rejection_s_reply_is_known_as_rejected() -> None:
    assert parse_reply(compose_reply(HEADER, REJECTION_TEXT)).status == "rejected"


@given(st.text(max_size=200), st.integers(0, 300))
def test_any_text_as_a_reply_or_body_gives_a_value_or_a_rejection(noise: str, place: int) -> None:
    good = [(parse_reply, REPLY_TEXT), (parse_rejection, REJECTION_TEXT), (parse_refusal, ""), (parse_unavailable, "")]
    for read, text in good:
        for spoiled in (noise, text[:place] + noise, text[:place] + noise + text[place:]):
            try:
                assert read(spoiled) is not None
            except Rejected as rejected:
                assert rejected.faults  # noqa: PT017 (either way out is right)
