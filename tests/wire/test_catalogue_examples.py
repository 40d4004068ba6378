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
