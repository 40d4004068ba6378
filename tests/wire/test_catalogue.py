"""The rows of the catalogue agree with each other and say where they come from."""

from __future__ import annotations

from datetime import date

import pytest

from openclets.agencies.permissions import Right
from openclets.vocabulary.answers import File
from openclets.vocabulary.codes import code_table, has_table, nearest
from openclets.vocabulary.edits import canonical_value
from openclets.vocabulary.errors import Rejected
from openclets.vocabulary.faults import FAULT_MEANINGS, STATUS_MEANINGS, FaultCode, StatusCode
from openclets.vocabulary.fields import FIELD_BY_CODE, FIELD_BY_KIND, FIELDS, Edit, Field
from openclets.vocabulary.messages import MESSAGE_KEY_BY_CODE, MESSAGE_KEYS, SENDABLE_KEYS
from openclets.vocabulary.purposes import PURPOSES
from openclets.wire.field_set import read_values
from openclets.wire.parse import read_message
from openclets.wire.reading import Reading

TODAY = date(2026, 11, 22)


def test_every_key_and_field_is_there_once() -> None:
    assert len(MESSAGE_KEY_BY_CODE) == len(MESSAGE_KEYS)
    assert len(FIELD_BY_KIND) == len(FIELDS)


# Typed by hand from docs/protocol.md and the public list of national keys.
ORDER_KEYS = "EPO EPOC ETO ETOC ENPO XNPO MPO MTO XPO XTO CPO CTO IPO ITO QPO"


def test_every_key_of_the_protective_orders_may_be_sent() -> None:
    for key in ORDER_KEYS.split():
        assert key in SENDABLE_KEYS
        assert f"T{key}" in SENDABLE_KEYS


def test_what_only_the_switch_says_may_not_be_sent() -> None:
    assert {"ER", "RF", "SM"} & set(SENDABLE_KEYS) == set()


def test_every_row_names_its_source() -> None:
    tables = [code_table("SEX"), code_table("RACE"), code_table("STATE")]
    numbers = [*FAULT_MEANINGS.values(), *STATUS_MEANINGS.values()]
    sources = [
        *(row.source for row in MESSAGE_KEYS),
        *(row.source for row in FIELDS),
        *(row.source for row in PURPOSES),
        *(row.source for row in tables),
        *(row.source for row in numbers),
    ]
    assert all(sources)


def test_every_number_printed_has_a_meaning() -> None:
    assert set(FAULT_MEANINGS) == set(FaultCode)
    assert set(STATUS_MEANINGS) == set(StatusCode)


def test_every_use_of_a_field_names_its_source() -> None:
    unnamed = [(row.key, use.code) for row in MESSAGE_KEYS for use in row.fields if not use.source]
    assert unnamed == []
    assert [(row.key, edit) for row in MESSAGE_KEYS for edit in row.edits if not edit.source] == []


def test_every_field_a_key_uses_has_a_row() -> None:
    used = {(use.code, use.kind) for row in MESSAGE_KEYS for use in row.fields}
    assert used - set(FIELD_BY_KIND) == set()
    for row in MESSAGE_KEYS:
        codes = [use.code for use in row.fields]
        own = set(codes)
        assert len(own) == len(codes), row.key
        assert {use.only_with for use in row.fields} - {""} <= own
        assert {code for one in row.alternatives for code in one} <= own


def test_every_table_a_field_names_is_there() -> None:
    assert [field.code for field in FIELDS if field.table and not has_table(field.table)] == []


def test_the_keys_that_are_served_need_rights_of_the_permission_table() -> None:
    rights = {key: MESSAGE_KEY_BY_CODE[key].right for key in ("QW", "QPO", "TQW", "TQPO", "EPO")}
    assert rights == {
        "QW": Right.ASK_PERSON,
        "QPO": Right.ASK_ORDERS,
        "TQW": Right.ASK_PERSON,
        "TQPO": Right.ASK_ORDERS,
        "EPO": Right.FILE_ORDER,
    }


def test_a_training_twin_is_marked_and_asks_like_the_live_key() -> None:
    live, twin = MESSAGE_KEY_BY_CODE["QW"], MESSAGE_KEY_BY_CODE["TQW"]
    assert (twin.fields, twin.alternatives, twin.files) == (live.fields, live.alternatives, live.files)
    assert (live.training, twin.training) == (False, True)
    live_message = read_message("QW.CA0990100.NAM/DOE,JOHN", today=TODAY).message
    training_message = read_message("TQW.CA0990100.NAM/DOE,JOHN", today=TODAY).message
    assert live_message is not None
    assert training_message is not None
    assert (live_message.training, training_message.training) == (False, True)


def test_a_question_for_orders_reaches_the_orders_and_the_national_index_only() -> None:
    assert MESSAGE_KEY_BY_CODE["QPO"].files == (File.ORDERS, File.NATIONAL)


def test_a_question_for_a_person_reaches_no_criminal_history_and_no_driver_file() -> None:
    files = MESSAGE_KEY_BY_CODE["QW"].files
    assert File.ORDERS in files
    assert File.HISTORIES not in files
    assert File.DRIVERS not in files


CONDITIONS = Field("PCO", "conditions", Edit.NUMBER, 2, "NCIC PCO: 2, at most 9", min_length=2, max_values=9)


def test_a_field_of_many_values_is_divided_at_commas() -> None:
    reading = Reading()
    assert read_values(CONDITIONS, "01, 04,05", reading, TODAY) == ("01", "04", "05")
    assert reading.faults == []


def test_more_values_than_a_field_takes_are_rejected() -> None:
    reading = Reading()
    assert read_values(CONDITIONS, "01,02,03,04,05,06,07,08,09,10", reading, TODAY) == ()
    assert [(fault.code, fault.field) for fault in reading.faults] == [("35", "PCO")]


# Letters that Python's upper() turns into ASCII must not reach a code or number.
@pytest.mark.parametrize(("code", "typed"), [("PUR", "ſ"), ("CAS", "straße"), ("CAS", "ﬁ1"), ("FCN", "٠٩٩٢٦٣٢٧٠٠٠١٢")])
def test_a_letter_that_only_looks_like_ascii_is_no_code(code: str, typed: str) -> None:
    with pytest.raises(Rejected):
        canonical_value(FIELD_BY_CODE[code], typed, today=TODAY)


def test_an_attention_field_takes_a_person_with_accents() -> None:
    assert canonical_value(FIELD_BY_CODE["ATN"], "Sgt  Núñez #12", today=TODAY).value == "SGT NÚÑEZ #12"


def test_the_states_are_fifty_the_district_and_sixteen_territories() -> None:
    meanings = code_table("STATE").meanings
    assert len(meanings) == 67
    assert (meanings["CA"], meanings["NB"], meanings["GM"]) == ("California", "Nebraska", "Guam")


def test_the_nearest_code_comes_first() -> None:
    assert nearest("QPQ", ("QW", "QPO", "KAL"))[0] == "QPO"
    assert nearest("#", ("QW", "QPO")) == ()
