"""The national index's own form: by position, under a header that comes back unchanged."""

from __future__ import annotations

import pytest
from hypothesis import given

from openclets.vocabulary.errors import Rejected
from openclets.wire.message import Message
from openclets.wire.positional import IndexMessage, compose_positional, parse_positional
from tests.wire.hostile import MEGABYTE, check_faults, check_time, noise, same_content
from tests.wire.strategies import TODAY, example, messages

HEADER = "1N01SW00004711"

# Order of the fields as printed on the key's page: NAM SEX RAC ETN POB DOB HGT WGT EYE HAI SKN FBI SMT FPC MNU SOC OLN
# OLS OLY BRD PNO ISD EXP SVC SVD PCO PPN PPB PSN PSX PPR PPE CTI OCA NOA ...
ENTRY = (
    f"{HEADER}.EPO.CA0990100.DOE,JOHN QUINCY.M.W...19800214..............Y.24DV000123.20260301.20290301.1.20260303"
    ".01,04,05,07.ROE,JANE.19820505..F.W..CA099013J.24-00123"
)
SAID = {
    "NAM": ("DOE,JOHN QUINCY",),
    "SEX": ("M",),
    "RAC": ("W",),
    "DOB": ("19800214",),
    "BRD": ("Y",),
    "PNO": ("24DV000123",),
    "ISD": ("20260301",),
    "EXP": ("20290301",),
    "SVC": ("1",),
    "SVD": ("20260303",),
    "PCO": ("01", "04", "05", "07"),
    "PPN": ("ROE,JANE",),
    "PPB": ("19820505",),
    "PSX": ("F",),
    "PPR": ("W",),
    "CTI": ("CA099013J",),
    "OCA": ("24-00123",),
}
NEEDS_REMARKS = ENTRY.replace("01,04,05,07", "01,04,05")


def faults_of(text: str) -> list[tuple[str, str]]:
    with pytest.raises(Rejected) as caught:
        parse_positional(text, today=TODAY)
    return [(fault.code, fault.field) for fault in caught.value.faults]


def test_an_entry_is_read_by_position_and_its_header_kept() -> None:
    read = parse_positional(NEEDS_REMARKS, today=TODAY)
    assert read.header == HEADER
    assert dict(read.message.fields) == SAID | {"PCO": ("01", "04", "05")}
    assert (read.message.key, read.message.ori, read.message.form) == ("EPO", "CA0990100", "positional")


def test_an_entry_is_composed_with_adjacent_periods_for_what_is_blank() -> None:
    read = parse_positional(NEEDS_REMARKS, today=TODAY)
    assert compose_positional(read) == NEEDS_REMARKS


def test_an_entry_is_held_to_its_row_like_any_other_message() -> None:
    # Condition 07 speaks of remarks that are not there.
    assert faults_of(ENTRY) == [("14", "MIS")]


def test_every_fault_of_an_entry_is_named_at_once() -> None:
    wrong = NEEDS_REMARKS.replace(".M.W.", ".Q.W.").replace("19800214", "19800230").replace(HEADER, "1N01")
    assert sorted(faults_of(wrong)) == [("01", "HDR"), ("05", "DOB"), ("31", "SEX")]


def test_an_entry_that_came_by_field_codes_is_taken_too() -> None:
    read = parse_positional(f"{HEADER}.ETO.CA0990100.{tagged('ETO')}", today=TODAY)
    assert same_content(read.message, example("ETO"))


def tagged(key: str) -> str:
    return example(key).text.partition("\n")[2] or example(key).text.split(".", 2)[2]


def test_a_question_goes_by_field_codes() -> None:
    text = f"{HEADER}.QW.CA0990100.NAM/DOE,JOHN.DOB/19800214.SEX/M.RAC/W"
    read = parse_positional(text, today=TODAY)
    assert read.message.first("DOB") == "19800214"
    assert compose_positional(read) == text


def test_several_names_are_pairs_and_a_single_name_keeps_its_comma() -> None:
    bare = NEEDS_REMARKS.replace(".19820505..F.W.", ".....")
    read = parse_positional(bare.replace("ROE,JANE", "ROE,JANE,CHER,,DE LA CRUZ,ANA MARIA"), today=TODAY)
    assert read.message.values("PPN") == ("ROE,JANE", "CHER", "DE LA CRUZ,ANA MARIA")
    assert "ROE,JANE,CHER,,DE LA CRUZ,ANA MARIA" in compose_positional(read)


def test_an_empty_place_in_a_list_stays_in_its_place() -> None:
    two = NEEDS_REMARKS.replace("ROE,JANE.19820505..F.W.", "ROE,JANE,LEE,ANA.,20121231..F,.,W.")
    read = parse_positional(two, today=TODAY)
    assert read.message.values("PPB") == ("", "20121231")
    assert read.message.values("PSX") == ("F", "")
    assert compose_positional(read) == two


def test_what_stands_behind_the_last_field_is_rejected_rather_than_dropped() -> None:
    assert ("35", "") in faults_of(NEEDS_REMARKS + "." * 40 + "MORE")


@pytest.mark.parametrize("header", ["", "1N01", "1N01SW0000471112345X", "1n01sw00004711"])
def test_a_header_that_cannot_come_back_unchanged_is_not_composed(header: str) -> None:
    with pytest.raises(ValueError, match="header"):
        compose_positional(IndexMessage(header, example("EPO")))


@given(messages(has_header_parts=False, is_shuffled=False))
def test_a_composed_message_to_the_index_is_read_back_as_the_same(message: Message) -> None:
    if message.destinations:
        with pytest.raises(ValueError, match="destinations"):
            compose_positional(IndexMessage(HEADER, message))
        return
    read = parse_positional(compose_positional(IndexMessage(HEADER, message)), today=TODAY)
    assert read.header == HEADER
    assert same_content(read.message, message)


@given(
    noise(HEADER, ".EPO.", "CA0990100", ".", "/", ",", "NAM/", "DOE,JOHN", "PCO/", "07", "\x03", "\ud800", " ", "TEPO")
)
def test_any_text_gives_a_message_or_faults(text: str) -> None:
    check_faults(lambda: parse_positional(text, today=TODAY))
    check_faults(lambda: parse_positional(f"{HEADER}.EPO.CA0990100.{text}", today=TODAY))


@pytest.mark.parametrize("piece", [".", ",", "/", "A", "NAM/", "X/Y.", "A,B.", " \n"])
@pytest.mark.parametrize("length", [65_000, MEGABYTE])
def test_hostile_text_of_a_megabyte_takes_at_most_50_ms(piece: str, length: int) -> None:
    text = f"{HEADER}.EPO.CA0990100." + piece * (length // len(piece))
    check_time(lambda: parse_positional(text, today=TODAY))
