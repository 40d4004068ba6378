"""Each key's own two examples: one it takes, one it rejects; and no other key takes the first for the same thing."""

from __future__ import annotations

from datetime import date

import pytest

from openclets.vocabulary.messages import MESSAGE_KEYS, Direction, MessageKey
from openclets.vocabulary.messages.examples import message_of
from openclets.wire.parse import read_message
from openclets.wire.reading import Reading

TODAY = date(2026, 11, 22)
LIVE = [row for row in MESSAGE_KEYS if not row.training]
SENT = [row for row in LIVE if row.direction is not Direction.OUT]


def read(row: MessageKey, fields: str) -> Reading:
    return read_message(message_of(row, fields), today=TODAY)


@pytest.mark.parametrize("row", SENT, ids=[row.key for row in SENT])
def test_a_key_takes_its_own_example_without_a_warning(row: MessageKey) -> None:
    reading = read(row, row.example)
    assert reading.faults == []
    assert reading.warnings == []
    assert reading.message is not None
    assert reading.message.key == row.key


@pytest.mark.parametrize("row", SENT, ids=[row.key for row in SENT])
def test_a_key_rejects_its_own_wrong_example_for_exactly_the_reason_named(row: MessageKey) -> None:
    assert row.wrong is not None
    reading = read(row, row.wrong.fields)
    assert [(fault.code, fault.field) for fault in reading.faults] == [(row.wrong.fault, row.wrong.about)]


@pytest.mark.parametrize("row", SENT, ids=[row.key for row in SENT])
def test_no_other_key_takes_the_example_for_the_same_thing(row: MessageKey) -> None:
    """Another key rejects the fields, or says with them another act, another record, other marks, other files."""
    meaning = (row.act, row.record, row.marks, row.files)
    for other in SENT:
        if other.key != row.key and read(other, row.example).message is not None:
            assert (other.act, other.record, other.marks, other.files) != meaning, other.key


def test_no_two_keys_share_a_purpose() -> None:
    assert len({row.purpose for row in MESSAGE_KEYS}) == len(MESSAGE_KEYS)


def test_no_two_keys_share_a_wrong_example_and_its_reason() -> None:
    wrong = [(row.wrong, row.record, row.act, row.marks) for row in SENT]
    assert len(set(wrong)) == len(wrong)


OUT = [row for row in LIVE if row.direction is Direction.OUT]


@pytest.mark.parametrize("row", OUT, ids=[row.key for row in OUT])
def test_what_a_switch_sends_is_read_from_a_switch_and_from_nobody_else(row: MessageKey) -> None:
    text = f"{row.key}.CA0990100.TXT\n{row.example}"
    from_terminal = read_message(text, today=TODAY)
    assert [(fault.code, fault.field) for fault in from_terminal.faults] == [("02", "MKE")]
    message = read_message(text, today=TODAY, from_switch=True).message
    assert message is not None
    assert (message.key, message.first("TXT")) == (row.key, row.example)


def test_a_switch_asks_no_questions_as_a_terminal_does() -> None:
    reading = read_message("QW.CA0990100.NAM/DOE,JOHN", today=TODAY, from_switch=True)
    assert [(fault.code, fault.field) for fault in reading.faults] == [("02", "MKE")]


# Two keys that take the same fields: the key alone says which record, and that is enough.
@pytest.mark.parametrize(
    ("one", "other"), [("CPO", "CTO"), ("XPO", "CPO"), ("IPO", "CPO"), ("EV", "EV-A"), ("EG", "ELG")]
)
def test_keys_with_the_same_fields_say_another_thing(one: str, other: str) -> None:
    first, second = (next(row for row in LIVE if row.key == key) for key in (one, other))
    assert [use.code for use in first.fields] == [use.code for use in second.fields]
    assert (first.act, first.record, first.marks) != (second.act, second.record, second.marks)


# Typed by hand from the public list of keys and docs/protocol.md.
LISTED = """
EPO EPOC ETO ETOC ENPO XNPO MPO MTO XPO XTO CPO CTO IPO ITO QPO EW EW-C EWJ EWJC ET ET-C EN ENS XN XNS MW XW CW LW QW
QWB QWI ZW EMD EMDC EME EMEC EMI EMIC EMJ EMJC EMO EMOC EMV EMVC EMN XMN MM XM CM LM QM EUD EUL EUV EUN QU EV EV-A EV-P
EV-F EF EVS1 EVS2 MV XV CV LV QV QVB ZV EL EP EP-P EG EG-P EFG ELG ERG MG XG CG LG QG QGB ZG EA EA-P EAA ELA QA QAB ZA
EB EBS EBT EBP1 EBP2 EBP3 EBP4 EBP5 EBP6 EBP7 QB ES ESS QS EC EC-C ECN EXS EXSC EXSN IXS QXS EGG EGM EGGT EGMT EGMN QGG
QGM EID EIDC EIN QID ZID EII XII EIM MII XIM QII EO MO QO ZO EDP MDP XDP SDP QN QNP QNR QDP NDN NDO NLN NPN ED QI SPRQ
ZE CRBD LRBD RBED RPDQ RSDU FT DEC DRS MRS QH QR ZI ZR ZRS QVC RQ DQ KQ IQ FQ AQ YQ YR AM AML APB NLQ NFQ RR DR KR IR FR
AR CR NLR NFR SON SOF ACK KAL ER RF SM $.1 $.2 $.3 $.4 $.5 $.6 $.7 $.8 $.10 $.11 $.A $.B $.C $.D $.E $.F $.G $.H $.I $.J
$.K $.L $.M $.N $.NICS $.O $.P $.Q $.R $.S $.U $.V $.W $.X $.Y $.Z
""".split()


def test_every_listed_key_is_there() -> None:
    assert set(LISTED) - {row.key for row in LIVE} == set()


TWINS = [row for row in MESSAGE_KEYS if row.training]


def test_a_training_twin_takes_and_rejects_what_its_live_key_does() -> None:
    live = {row.key: row for row in LIVE}
    assert len(TWINS) > 100
    for twin in TWINS:
        row = live[twin.key.removeprefix("T")]
        for fields in (row.example, row.wrong.fields if row.wrong else row.example):
            one, other = read(row, fields), read(twin, fields)
            assert (other.fields, other.warnings) == (one.fields, one.warnings)
            assert [(fault.code, fault.field) for fault in other.faults] == [
                (fault.code, fault.field) for fault in one.faults
            ]
        taken = read(twin, row.example).message
        assert taken is not None
        assert taken.training
