"""One message through the exchange, as switch and pages call it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from openclets.delivery.post import take_unacknowledged
from openclets.exchange.exchange import exchange, reject
from openclets.exchange.table import RIGHT_OF_KEY, TABLE, ask_question
from openclets.inquiry.ask import RIGHT_OF_QUESTION
from openclets.journal.lookup import entry_by_number
from openclets.vocabulary.errors import Fault
from openclets.vocabulary.messages import MESSAGE_KEY_BY_CODE
from openclets.wire.answer_text import parse_answer
from openclets.wire.compose import parse_reply
from tests.county import County
from tests.simulators.running_switch import last_receipt_number

NOBODY = "QW.CA0990100.NAM/NOBODY,QUITE UNKNOWN.DOB/19700101"


def test_the_table_says_what_the_catalogue_and_the_verb_say() -> None:
    assert {key: MESSAGE_KEY_BY_CODE[key].right for key in TABLE} == dict(RIGHT_OF_KEY)
    asked = {key: row.right for key, row in TABLE.items() if row.verb is ask_question}
    assert dict(RIGHT_OF_QUESTION) == asked


def test_an_answer_carries_its_parts_and_the_same_answer_in_words(county: County) -> None:
    reply = exchange(actor=county.actor("chen"), text=NOBODY, now=county.now)
    assert reply.status == "answered"
    told = parse_reply(reply.text)
    assert (told.header.isn, told.header.osn, told.header.receipt) == (reply.isn, reply.osn, reply.receipt)
    assert parse_answer(told.body) == reply.answer
    assert (reply.faults, reply.refusal) == ((), None)


def test_the_journal_holds_exactly_the_body_that_was_sent(county: County) -> None:
    reply = exchange(actor=county.actor("chen"), text=NOBODY, now=county.now)
    entry = entry_by_number(int(reply.receipt[:12]))
    assert entry is not None
    assert str(entry.receipt) == reply.receipt
    assert entry.answered == parse_reply(reply.text).body


@pytest.mark.parametrize("user", ["chen", "dorn"])
def test_what_a_page_was_shown_never_waits_for_an_acknowledgement(county: County, user: str) -> None:
    actor = county.actor(user, channel="web")
    reply = exchange(actor=actor, text=f"QW.{actor.agency}.NAM/NOBODY,QUITE UNKNOWN", now=county.now)
    assert reply.osn > 0
    assert take_unacknowledged(device=actor.device, for_user=actor.user, after_osn=0, up_to_osn=reply.osn) == []


def test_a_refusal_carries_rule_and_what_is_missing_for_the_page(county: County) -> None:
    actor = county.actor("dorn", channel="web")
    before = last_receipt_number()
    reply = exchange(actor=actor, text="QW.CA0990200.NAM/NOBODY,QUITE UNKNOWN", now=county.now)
    assert last_receipt_number() == before + 1, "the verb's own entry is the only one"
    assert reply.status == "refused"
    assert reply.refusal is not None
    assert reply.refusal.missing == "training expired 2026-03-01"
    assert reply.refusal.receipt == reply.receipt


@pytest.mark.parametrize("text", ["SON.CA0990100.USR/CHEN.TKT/" + "x" * 43, "SOF.CA0990100", "KAL.CA0990100"])
def test_messages_of_a_session_are_rejected_where_there_is_none(county: County, text: str) -> None:
    reply = exchange(actor=county.actor("chen", channel="web"), text=text, now=county.now)
    assert [fault.code for fault in reply.faults] == ["39"]
    assert "xxx" not in reply.text


def test_a_rejection_is_journalled_with_what_was_sent_and_by_whom(county: County) -> None:
    reply = exchange(actor=county.actor("chen"), text="QW.CA0990100.NAM/DOE,JOHN.DOB/19990231", now=county.now)
    entry = entry_by_number(int(reply.receipt[:12]))
    assert entry is not None
    assert (entry.listed.kind, entry.listed.outcome) == ("rejected message", "rejected")
    assert (entry.listed.user_name, entry.listed.device, entry.listed.message_key) == ("chen", "CADEMO01", "QW")
    assert entry.asked == "QW.CA0990100.NAM/DOE,JOHN.DOB/19990231"


def test_a_broken_frame_is_journalled_and_its_rejection_kept_for_the_person(county: County) -> None:
    before = last_receipt_number()
    fault = Fault("38", "", "a frame of 400000 bytes was announced", "at most 262144 bytes")
    reply = reject(sender=county.actor("chen"), faults=(fault,), sent=b"", now=county.now)
    assert last_receipt_number() == before + 1
    assert parse_reply(reply.text).header.reference == "UNREADABLE"
    assert reply.osn > 0


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.one_of(st.text(max_size=200), st.binary(max_size=200)))
@example(sent="QW.CA0990100.NAM/DOE\x00,JOHN")
@example(sent="QW.CA0990100.NAM/DOE\ud800,JOHN")
@example(sent="\x00QW\x00.CA0990100.ZZZ\x00/\x00\x00.\x00")
@example(sent="QW.CA0990100.*A\x00B12345678.NAM/DOE,JOHN")
@example(sent=b"\x00" * 200)
@example(sent="QW.CA0990100.NAM/DOE,JOHN." * 3000)
def test_whatever_is_sent_gets_one_reply_and_one_entry(county: County, sent: str | bytes) -> None:
    before = last_receipt_number()
    reply = exchange(actor=county.actor("chen"), text=sent, now=county.now)
    assert parse_reply(reply.text).header.osn == reply.osn > 0
    assert last_receipt_number() == before + 1 == int(reply.receipt[:12])
