"""What is composed as tagged or short text is read back as the same message."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from openclets.vocabulary.errors import Rejected
from openclets.vocabulary.messages import MESSAGE_KEY_BY_CODE, fields_of
from openclets.wire.message import Message
from openclets.wire.message_text import compose_short, compose_tagged
from openclets.wire.parse import parse_message
from tests.wire.hostile import same_content
from tests.wire.strategies import FROM_SWITCH, TODAY, example, messages


def read(text: str) -> Message:
    return parse_message(text, today=TODAY)


@given(messages())
def test_a_composed_tagged_message_is_read_back_as_the_same_message(message: Message) -> None:
    again = read(compose_tagged(message))
    assert same_content(again, message)
    assert again.fields == message.fields


@given(messages(FROM_SWITCH))
def test_what_a_switch_sends_is_read_back_as_the_same_where_it_is_known_to_come_from_one(message: Message) -> None:
    again = parse_message(compose_tagged(message), today=TODAY, from_switch=True)
    assert again.fields == message.fields
    assert same_content(again, message)
    with pytest.raises(Rejected):
        read(compose_tagged(message))


@given(messages())
def test_a_composed_short_message_is_read_back_as_the_same_message(message: Message) -> None:
    if MESSAGE_KEY_BY_CODE[message.key].text_field:
        return
    again = read(compose_short(message))
    assert same_content(again, message)
    assert again.fields == message.fields


def test_every_field_of_an_order_is_among_the_made_messages() -> None:
    # The promises above would say little if the strategy only gave the catalogue's own examples.
    made: set[str] = set()

    @settings(max_examples=300, derandomize=True, database=None)
    @given(messages(("EPOC",)))
    def collect(message: Message) -> None:
        made.update(code for code, _ in message.fields if message.values(code) != example("EPOC").values(code))

    collect()
    assert made == set(fields_of("EPOC"))


@pytest.mark.parametrize(
    "text",
    [
        "QW.CA0990100.TXT\nNAM/DOE,JOHN QUINCY.DOB/19800214",
        "QPO.CA0990100.NV,OR.*AB12345678.TXT\nFCN/0992632700012",
        "KAL.CA0990100.TXT\n",
        "MPO.CA0990100.TXT\nNIC/H000000001.NAM/DOE,JOHN QUINCY.SVD/",
    ],
)
def test_a_message_in_its_one_spelling_is_composed_just_so(text: str) -> None:
    assert compose_tagged(read(text)) == text


def test_several_protected_persons_are_a_field_each() -> None:
    sent = example("EPO")
    fields = tuple((code, ("ROE,JANE", "ROE,MAX") if code == "PPN" else values) for code, values in sent.fields)
    message = read(
        compose_tagged(sent)
        .replace("PPN/ROE,JANE", "PPN/ROE,JANE.PPN/ROE,MAX")
        .replace(".PPB/19820505", "")
        .replace(".PSX/F", "")
        .replace(".PPR/W", "")
    )
    assert message.values("PPN") == dict(fields)["PPN"]
    assert "PPN/ROE,JANE.PPN/ROE,MAX" in compose_short(message)
