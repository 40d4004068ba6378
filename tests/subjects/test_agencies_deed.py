"""The frame of a verb: one call, one entry, whatever happens."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from openclets.agencies.deed import asking, changing
from openclets.agencies.models import Device
from openclets.agencies.permissions import Right
from openclets.vocabulary.errors import Fault, Refused, Rejected, Unavailable
from tests.county import County


def test_a_question_is_journalled_with_what_was_asked_answered_and_shown(county: County) -> None:
    with asking(
        county.actor("chen"),
        Right.ASK_PERSON,
        kind="question",
        now=county.now,
        asked="QW.CA0990100.NAM/DOE,JOHN",
        message_key="QW",
        purpose="C",
        personal={"subject_name": "DOE,JOHN", "attention": ""},
    ) as deed:
        deed.answered = "NO RECORD"
        deed.records.append("0990012345678")
        deed.personal["case_number"] = "26-1"
    assert _entry(deed.receipt.number) == {
        "kind": "question",
        "outcome": "answered",
        "user_name": "chen",
        "agency": "CA0990100",
        "device": "CADEMO01",
        "channel": "socket",
        "message_key": "QW",
        "purpose": "C",
        "records": ["0990012345678"],
        "asked": "QW.CA0990100.NAM/DOE,JOHN",
        "answered": "NO RECORD",
        "personal": {"subject_name": "DOE,JOHN", "case_number": "26-1"},
        "leaf_hash": f"\\x{deed.receipt.leaf_hash.hex()}",
    }


def test_there_is_no_receipt_before_the_deed_has_ended(county: County) -> None:
    with (
        asking(county.actor("chen"), Right.ASK_PERSON, kind="question", now=county.now, asked="?") as deed,
        pytest.raises(RuntimeError, match="no receipt"),
    ):
        _ = deed.receipt


def test_a_refused_person_reaches_nothing_and_the_refusal_carries_its_receipt(county: County) -> None:
    reached = False
    with (
        pytest.raises(Refused) as refused,
        asking(county.actor("dorn"), Right.ASK_PERSON, kind="question", now=county.now, asked="QW"),
    ):
        reached = True
    assert not reached
    entry = _entry(int(refused.value.receipt.partition(".")[0]))
    assert (entry["outcome"], entry["user_name"], entry["asked"]) == ("refused", "dorn", "QW")
    assert "training expired 2026-03-01" in str(entry["answered"])


def test_a_change_and_its_entry_are_one(county: County) -> None:
    with changing(county.actor("brandt"), Right.FILE_ORDER, kind="test change", now=county.now, asked="x") as deed:
        Device.objects.create(mnemonic="CADEEDA", agency_id="CA0990100", kind=Device.Kind.HOST)
    assert Device.objects.filter(mnemonic="CADEEDA").exists()
    assert _entry(deed.receipt.number)["outcome"] == "done"


@pytest.mark.parametrize(
    ("error", "outcome", "answered"),
    [
        (Rejected(Fault("14", "NAM", "no surname given", "a surname")), "rejected", "NAM: no surname given"),
        (Refused(rule="a rule", missing="a thing", source="a source"), "refused", "a rule: a thing (a source)"),
        (Unavailable("the picture store"), "unavailable", "the picture store"),
        (ZeroDivisionError("a name that must not be kept"), "failed", "ZeroDivisionError"),
    ],
)
def test_a_change_that_fails_leaves_its_entry_and_nothing_else(
    county: County, error: Exception, outcome: str, answered: str
) -> None:
    before = _newest()
    with pytest.raises(type(error)):
        _add_a_device_and_fail(county, error)
    assert not Device.objects.filter(mnemonic="CADEEDB").exists()
    assert _newest() > before
    entry = _entry(_newest())
    assert (entry["outcome"], entry["answered"], entry["records"]) == (outcome, answered, [])


def _add_a_device_and_fail(county: County, error: Exception) -> None:
    with changing(county.actor("brandt"), Right.FILE_ORDER, kind="test change", now=county.now, asked="x") as deed:
        Device.objects.create(mnemonic="CADEEDB", agency_id="CA0990100", kind=Device.Kind.HOST)
        deed.records.append("0990012345678")
        raise error


def _entry(number: int) -> dict[str, object]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, outcome, user_name, agency, device, channel, message_key, purpose, records, asked, answered,"
            " personal, leaf_hash::text FROM journal_entry JOIN journal_body ON entry_number = number"
            " WHERE number = %s",
            [number],
        )
        row = cursor.fetchone()
        assert row is not None
        found = dict(zip([column[0] for column in cursor.description], row, strict=True))
    # Django hands JSON over as text.
    return {**found, "personal": json.loads(found["personal"])}


def _newest() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(number), 0) FROM journal_entry")
        return int(cursor.fetchall()[0][0])
