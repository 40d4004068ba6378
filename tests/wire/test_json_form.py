"""Messages and answers as JSON: one stable shape, both ways without loss."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openclets.vocabulary.answers import AnswerBody
from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import StatusCode
from openclets.wire.compose import Outage, Refusal, Rejection
from openclets.wire.json_form import compose_json_answer, compose_json_message, parse_json_answer, parse_json_message
from openclets.wire.message import Message
from tests.wire.hostile import MEGABYTE, check_faults, check_time, noise, same_content
from tests.wire.strategies import FROM_SWITCH, TODAY, messages
from tests.wire.test_answer_text import ANSWER, BODIES

MESSAGE_TEXT = (
    '{"message": {"key": "QW", "ori": "CA0990100", "destinations": [], "control": "AB12345678", '
    '"fields": {"NAM": ["DOE,JOHN QUINCY"], "DOB": ["19800214"]}}}'
)
ANSWER_TEXT = (
    '{"answer": {"hits": [{"file": "PROTECTIVE ORDERS", "class": "ORDER ENFORCEMENT", "record_id": "0992632700012", '
    '"score": 0.97, "verdict": "likely", "headline": "NO CONTACT, ARMED: order in force, not yet '
    'served", "lines": ["HOLLOWAY, DEREK ALAN must stay 100 yards from HOLLOWAY, MARIA ELENA, her home, her workplace '
    'and her vehicle.", "Tell him the terms now: telling him is service."], "why": ["name agrees exactly", "birth date '
    'agrees"], "fields": [{"code": "EXP", "label": "Expires", "value": "2029-03-01"}, {"code": "CAS", "label": "Court '
    'case", "value": "26FL01234"}, {"code": "MIS", "label": "", "value": ""}], "images": 2}], "files": [{"file": '
    '"PROTECTIVE ORDERS", "state": "HIT", "detail": "1 order"}, {"file": "WANTED PERSONS", "state": "NOT HELD HERE", '
    '"detail": ""}, {"file": "NATIONAL INDEX", "state": "UNAVAILABLE", "detail": "since 2026-11-22 08:00Z"}], "notes": '
    '["NAM has 31 characters"]}}'
)


def read(text: str) -> Message:
    return parse_json_message(text, today=TODAY)


def faults_of(text: str) -> list[tuple[str, str]]:
    with pytest.raises(Rejected) as caught:
        read(text)
    return [(fault.code, fault.field) for fault in caught.value.faults]


def sent(**members: object) -> str:
    return json.dumps({"message": {"key": "QW", "ori": "CA0990100", **members}})


def test_a_message_has_this_shape() -> None:
    message = read(MESSAGE_TEXT)
    assert message.fields == (("NAM", ("DOE,JOHN QUINCY",)), ("DOB", ("19800214",)))
    assert (message.key, message.ori, message.control, message.form) == ("QW", "CA0990100", "AB12345678", "json")
    assert compose_json_message(message) == MESSAGE_TEXT


def test_lower_case_is_taken_and_raised_as_in_text() -> None:
    assert read(sent(key="qw", fields={"NAM": ["doe,john"], "SEX": ["m"]})).first("SEX") == "M"


def test_an_empty_text_among_several_is_an_empty_place() -> None:
    additions = {"NIC": ["H000000001"], "NAM": ["DOE,JOHN"], "PPN": ["ROE,JANE", "LEE,ANA"], "PPB": ["", "20121231"]}
    message = read(sent(key="ENPO", fields=additions))
    assert message.values("PPB") == ("", "20121231")
    assert json.loads(compose_json_message(message))["message"]["fields"] == additions
    assert faults_of(sent(key="ENPO", fields=additions | {"PPB": ["", ""]})) == [("14", "PPB")]


def test_an_answer_has_this_shape() -> None:
    assert compose_json_answer(ANSWER) == ANSWER_TEXT
    assert parse_json_answer(ANSWER_TEXT) == ANSWER


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (
            Rejection((Fault("05", "DOB", "there is no such day", "a real day"),), "QW.CA0990100"),
            '{"rejection": {"errors": [{"code": "05", "field": "DOB", "text": "there is no such day", '
            '"accepted": "a real day"}], "sent": "QW.CA0990100"}}',
        ),
        (
            Refusal("training must be current", "training expired 2026-03-01", "PPP 1.8", "a crime"),
            '{"refusal": {"rule": "training must be current", "missing": "training expired 2026-03-01", '
            '"source": "PPP 1.8", "penalty": "a crime"}}',
        ),
        (
            Outage("nothing is recorded", StatusCode.NOT_FORWARDED, datetime(2026, 11, 22, 9, 36, tzinfo=UTC)),
            '{"unavailable": {"code": "04", "what": "nothing is recorded", "since": "2026-11-22T09:36:00+00:00"}}',
        ),
        (
            Outage("a neighbour", StatusCode.WILL_FOLLOW, None),
            '{"unavailable": {"code": "02", "what": "a neighbour", "since": null}}',
        ),
    ],
)
def test_what_stands_instead_of_an_answer_has_these_shapes(answer: Rejection | Refusal | Outage, text: str) -> None:
    assert compose_json_answer(answer) == text
    assert parse_json_answer(text) == answer


@given(messages())
def test_a_composed_message_is_read_back_as_the_same(message: Message) -> None:
    again = read(compose_json_message(message))
    assert same_content(again, message)
    assert again.fields == message.fields


@given(messages(FROM_SWITCH))
def test_what_a_switch_sends_is_read_back_as_the_same(message: Message) -> None:
    again = parse_json_message(compose_json_message(message), today=TODAY, from_switch=True)
    assert again.fields == message.fields
    assert same_content(again, message)


@given(BODIES)
def test_a_composed_answer_is_read_back_as_the_same(body: AnswerBody) -> None:
    assert parse_json_answer(compose_json_answer(body)) == body


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", [("00", "")]),
        ("QW.CA0990100.NAM/DOE,JOHN", [("00", "")]),
        ("[]", [("00", "")]),
        ("{}", [("00", "")]),
        ('{"message": []}', [("00", "")]),
        ('{"message": {}, "answer": {}}', [("00", "")]),
        ('{"message": {"key": "QW", "key": "QPO"}}', [("00", "")]),
        ('{"message": {"key": NaN}}', [("00", "")]),
        ("[" * 100_000, [("00", "")]),
        ('{"message": {"key": "\\ud800"}}', [("37", "")]),
        ('{"message": {}}', [("02", "MKE"), ("19", "ORI")]),
        (sent(), [("14", "NAM")]),
        (sent(fields={"NAM": "DOE,JOHN"}), [("00", "")]),
        (sent(fields={"NAM": []}), [("14", "NAM")]),
        (sent(fields={"NAM": ["DOE,JOHN"]}, feilds={}), [("00", "")]),
        (sent(fields={"NAM": ["DOE,JOHN", "ROE,JANE"]}), [("35", "NAM")]),
        (sent(fields={"NAM": ["DOE,JOHN"], "DBO": ["19800214"]}), [("34", "DBO")]),
        (sent(fields={"NAM": ["DOE,JOHN"]}, control="SHORT"), [("01", "CONTROL")]),
        (sent(fields={"NAM": ["DOE,JOHN"]}, destinations=["NV/X"]), [("19", "DEST")]),
        (sent(fields={"NAM": ["DOE,JOHN"]}, control=7), [("00", "")]),
        (sent(fields={"NAM": ["DOE,JOHN Q.DOB/19800214"]}), [("06", "NAM")]),
    ],
)
def test_what_is_wrong_is_said_by_number_and_field(text: str, faults: list[tuple[str, str]]) -> None:
    assert faults_of(text) == faults


@pytest.mark.parametrize("value", ["X.DOB/19800214", "X/Y", "X. Y", "X\nY.Z"])
def test_no_value_can_begin_another_field_when_it_is_sent_on_as_text(value: str) -> None:
    text = json.dumps(
        {
            "message": {
                "key": "MPO",
                "ori": "CA0990100",
                "fields": {"NIC": ["H000000001"], "NAM": ["DOE,JOHN"], "MIS": [value]},
            }
        }
    )
    assert faults_of(text) == [("32", "MIS")]


@pytest.mark.parametrize("name", ["PWD", "P\\u0057D", "pwd"])
def test_a_password_is_masked_in_the_text_for_the_journal(name: str) -> None:
    text = '{"message": {"key": "SON", "ori": "CA0990100", "fields": {"USR": ["chen"], "%s": ["aHVudGVyMg"], "OTP": '
    text = (text % name) + '["123456"]}}}'
    try:
        shown = read(text).text
    except Rejected as rejected:
        shown = str(rejected)
    assert "aHVudGVyMg" not in shown
    assert "123456" not in shown


@given(
    noise(
        '{"message":', '{"answer":', '{"hits":[', "{", "}", "[", "]", ",", ":", '"key"', '"QW"', '"ori"', '"CA0990100"',
        '"fields"', '"NAM"', '"DOE,JOHN"', "null", "1e999", "-0", "true", '"\\ud800"', '"since"', '"code"', '"04"',
        '"unavailable"', "\x00", "\ud800",
    )
)  # fmt: skip
def test_any_text_gives_a_message_or_faults(text: str) -> None:
    check_faults(lambda: read(text))
    check_faults(lambda: parse_json_answer(text))


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.just("QW"), st.just("HIT")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from("key ori destinations control fields NAM hits files notes score since errors sent".split()),
            inner,
            max_size=6,
        ),
    ),
    max_leaves=12,
)


@given(JSON, st.sampled_from(["message", "answer", "rejection", "refusal", "unavailable"]))
def test_any_value_in_any_place_gives_a_message_or_faults(value: object, kind: str) -> None:
    text = json.dumps({kind: value})
    check_faults(lambda: read(text))
    check_faults(lambda: parse_json_answer(text))


@pytest.mark.parametrize("piece", ["[", '{"a":', "1,", '"a",', '{"A":["x"]},', " ", '"\\ud83d\\ude00",'])
@pytest.mark.parametrize("length", [131_000, 262_000, MEGABYTE])
def test_hostile_text_of_a_megabyte_takes_at_most_50_ms(piece: str, length: int) -> None:
    text = '{"message":{"fields":[' + piece * (length // len(piece))
    check_time(lambda: read(text))
    check_time(lambda: parse_json_answer(text))
