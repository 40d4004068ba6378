"""Every row of the conformance table. The expected values in it were typed by hand; others may run it as it is."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from openclets.vocabulary.fields import Edit
from openclets.vocabulary.messages import MESSAGE_KEY_BY_CODE, Family, fields_of
from openclets.wire.parse import read_message

TODAY = date(2026, 11, 22)
ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in Path(__file__).with_name("conformance.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_a_message_is_read_as_the_table_says(row: dict[str, Any]) -> None:
    reading = read_message(row["text"], today=TODAY, from_switch=row.get("from_switch", False))

    assert [[fault.code, fault.field] for fault in reading.faults] == row.get("errors", [])
    for field, offered in row.get("offered", {}).items():
        accepted = " ".join(fault.accepted for fault in reading.faults if fault.field == field)
        assert [each for each in offered if each not in accepted] == []
    if "errors" in row:
        assert reading.message is None
        return
    message = reading.message
    assert message is not None
    assert message.key == row["key"]
    assert message.ori == "CA0990100"
    assert {code: list(values) for code, values in message.fields} == row["fields"]
    assert list(message.destinations) == row.get("destinations", [])
    assert message.control == row.get("control", "")
    expected = row.get("warned", [])
    assert len(message.warnings) == len(expected)
    assert all(warning.startswith(begin) for warning, begin in zip(message.warnings, expected, strict=True))


def test_no_row_of_the_table_is_there_twice() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    assert len({row["text"] for row in ROWS}) == len(ROWS)


def test_the_table_has_every_family_and_every_edit_taken_and_rejected() -> None:
    taken, rejected, families = set[Edit](), set[Edit](), set[Family]()
    for row in ROWS:
        reading = read_message(row["text"], today=TODAY, from_switch=row.get("from_switch", False))
        if not reading.key:
            continue
        fields = fields_of(reading.key)
        families.add(MESSAGE_KEY_BY_CODE[reading.key].family)
        taken |= {fields[code].edit for code, _ in reading.fields if "errors" not in row}
        rejected |= {fields[fault.field].edit for fault in reading.faults if fault.field in fields}
    assert set(Edit) - taken == set()
    assert set(Edit) - rejected == set()
    assert set(Family) - families == set()
    assert len(ROWS) >= 250
