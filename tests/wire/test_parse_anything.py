"""Whatever is sent gives a message or a rejection, quickly, and never shows a secret."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openclets.vocabulary.errors import Fault, Rejected
from openclets.wire.compose import compose_rejection
from openclets.wire.echo import echo_of, printable_text
from openclets.wire.parse import decode_text, parse_message, read_message, reference_of
from tests.wire.hostile import MEGABYTE, check_memory, check_time

TODAY = date(2026, 11, 22)
HEAD = "QW.CA0990100."

PIECES = (
    *("QW", "QPO", "SON", ".", ".", "/", "CA0990100", "TXT", "\n", "\r\n", ",", "*AB12345678", "NAM/", "DOE,JOHN"),
    *("DOB/", "19800214", "SEX/", "M", "FCN/", "0992632700012", "PWD/", "ATN/", " ", "é", "ß"),
    *("\x00", "\u202e", "\u2028", "\ud800"),
)
MESSAGE_LIKE = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def faults_of(data: bytes) -> tuple[Fault, ...]:
    try:
        parse_message(decode_text(data), today=TODAY)
    except Rejected as rejected:
        return rejected.faults
    return ()


@given(st.binary(max_size=400))
def test_any_bytes_give_a_message_or_a_rejection_that_can_be_sent(data: bytes) -> None:
    # Binary noise never is a message, so a rejection without a fault would show here.
    faults = faults_of(data)
    assert faults
    assert compose_rejection(faults, data).encode()


@given(st.one_of(st.text(max_size=300), MESSAGE_LIKE))
def test_any_text_gives_a_message_or_faults_and_a_journal_text_without_controls(text: str) -> None:
    reading = read_message(text, today=TODAY)
    assert (reading.message is None) == bool(reading.faults)
    assert reference_of(text)
    assert "\x00" not in reading.text
    compose_rejection(reading.faults, text).encode()


@given(MESSAGE_LIKE)
def test_a_message_in_its_canonical_spelling_reads_the_same_again(text: str) -> None:
    message = read_message(text, today=TODAY).message
    if message is None or message.key == "SON":
        return
    fields = ".".join(f"{code}/{','.join(values)}" for code, values in message.fields)
    again = parse_message(f"{message.key}.{message.ori}.TXT\n{fields}", today=TODAY)
    assert again.fields == message.fields


HOSTILE = {
    "letters": "A" * MEGABYTE,
    "periods": "." * MEGABYTE,
    "slashes": "/" * MEGABYTE,
    "lines": "\n" * MEGABYTE,
    "blanks": " " * MEGABYTE,
    "markers": ".TXT " * (MEGABYTE // 5),
    "name": HEAD + "NAM/" + "A" * MEGABYTE,
    "names": HEAD + "NAM/" * (MEGABYTE // 4),
    "fields": HEAD + "X/Y." * (MEGABYTE // 4),
    "marks": HEAD + "NAM/" + "\u0301\u0323" * (MEGABYTE // 2),
    "secrets": "P \n" * (MEGABYTE // 3),
    "wrong makes": "EV.CA0990100." + "VMA/HONDA MOTORS." * (MEGABYTE // 17),
    "empty places": "EPO.CA0990100.PPB/" + "," * MEGABYTE,
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("length", [65_536, MEGABYTE])
def test_hostile_input_of_a_megabyte_takes_at_most_50_ms(name: str, length: int) -> None:
    check_time(lambda: reject(HOSTILE[name][:length].encode()))


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("length", [65_536, MEGABYTE])
def test_hostile_input_of_a_megabyte_takes_bounded_memory(name: str, length: int) -> None:
    check_memory(lambda: reject(HOSTILE[name][:length].encode()))


def reject(data: bytes) -> None:
    with pytest.raises(Rejected) as caught:
        parse_message(decode_text(data), today=TODAY)
    compose_rejection(caught.value.faults, data)


def test_bytes_that_are_not_utf8_are_rejected_with_their_place() -> None:
    with pytest.raises(Rejected) as caught:
        decode_text(b"QW.CA0990100.NAM/NU\xd1EZ")
    assert [(fault.code, fault.text) for fault in caught.value.faults] == [("37", "the byte at place 20 is not UTF-8")]


def test_half_a_character_is_rejected_rather_than_dropped_from_a_name() -> None:
    faults = read_message(HEAD + "NAM/DOE,J\udce9ROME", today=TODAY).faults
    assert [fault.code for fault in faults] == ["37"]


def test_a_message_longer_than_taken_is_rejected_by_its_length() -> None:
    with pytest.raises(Rejected) as caught:
        parse_message(HEAD + "NAM/DOE,JOHN." + "A" * 65_536, today=TODAY)
    assert [fault.code for fault in caught.value.faults] == ["36"]


def test_a_flood_of_faults_is_cut_and_says_so() -> None:
    faults = read_message(HEAD + "NAM/DOE,JOHN." + "ZZZ/1." * 100, today=TODAY).faults
    assert len(faults) == 26
    assert (faults[25].code, faults[25].text) == ("35", "75 more faults are not shown")


def test_every_fault_says_what_would_be_accepted() -> None:
    faults = read_message("QWW.CA1.NAM/D0E.DOB/1.SEX/Q.RAC/Q.PUR/9.FCM/1.X", today=TODAY).faults
    assert len(faults) == 9
    assert all(fault.accepted for fault in faults)


def test_a_mistyped_key_names_the_nearest() -> None:
    (fault,) = read_message("QP.CA0990100.NAM/DOE,JOHN", today=TODAY).faults
    assert fault.accepted.startswith("the nearest: QPO")


def test_a_mistyped_field_names_the_nearest() -> None:
    (fault,) = read_message("QW.CA0990100.NAM/DOE,JOHN.DBO/19800214", today=TODAY).faults
    assert (
        fault.accepted
        == "the nearest: DOB; QW takes NAM, AKA, DOB, SEX, RAC, RUL, EBD, FBI, MNU, SOC, OLN, PUR, CAS, ATN"
    )


def test_a_fault_quotes_the_beginning_of_what_was_typed_but_never_a_social_security_number() -> None:
    sent = "QW.CA0990100.NAM/DOE,JOHN.SOC/123/45/6789.OLN/ABCDEFGHIJKLMNOPQRSTUVWXYZ.CAS/12/34"
    text = {fault.field: fault.text for fault in read_message(sent, today=TODAY).faults}
    assert text["SOC"] == "has a slash in its value"
    assert text["OLN"] == "'ABCDEFGHIJKLMNOPQRST' is not a licence number"
    assert text["CAS"] == "'12/34' has a slash in its value"


SECRETS = [
    "SON.CA0990100.USR/CHEN.PWD/aHVudGVyMg.OTP/123456",
    "son.ca0990100.usr/chen.pwd/aHVudGVyMg.otp/123456",
    "SON.CA0990100.TXT\nUSR/CHEN.TKT/aHVudGVyMgaHVudGVyMgaHVudGVyMg",
    "SNO.CA0990100.USR/CHEN.PWD/aHVudGVyMg",
    "SON.CA0990100.USR/CHEN.PW\r\nD /aHVudGVyMg",
    "SON.CA0990100.USR/CHEN.P\x00WD/aHVudGVyMg",
    "SON.CA0990100.USR/CHEN.PWD aHVudGVyMg",
    "SON.CA0990100.aHVudGVyMg",
    "SON.aHVudGVyMg.CA0990100",
    "SON CA0990100 aHVudGVyMg",
    "S\x00ON.CA0990100.USR/CHEN.PASS/aHVudGVyMg",
    "SON.CA0990100.USR/CHEN.PWD/x.aHVudGVyMg/y.OTP/1",
    "SON.CA0990100.USR/CHEN.PWD/x\naHVudGVyMg/y.OTP/1",
    "QW.CA0990100.NAM/DOE,JOHN.PWD/aHVudGVyMg",
    "QW.CA0990100.NAM/DOE,JOHN.PW\r\nD /aHVudGVyMg",
]


@pytest.mark.parametrize("sent", SECRETS)
def test_no_password_code_or_ticket_is_shown_or_kept(sent: str) -> None:
    reading = read_message(sent, today=TODAY)
    shown = [
        compose_rejection(reading.faults, sent),
        compose_rejection(reading.faults, sent.encode()),
        printable_text(sent),
        echo_of(sent),
        reading.text,
        reference_of(sent),
        *reading.warnings,
    ]
    assert all("HVUDGVYMG" not in text.replace("\n   +", "").upper() for text in shown)
    assert all("123456" not in text for text in shown)


def test_a_sign_on_s_text_for_the_journal_still_says_who() -> None:
    message = parse_message("SON.CA0990100.USR/CHEN.PWD/aHVudGVyMg.OTP/123456", today=TODAY)
    assert message.text == "SON.CA0990100.USR/CHEN.PWD/****"


@pytest.mark.parametrize(
    ("sent", "reference"),
    [
        ("QW.CA0990100.*AB12345678.TXT\nNAM/DOE", "QW.CA0990100.*AB12345678"),
        ("qw.ca0990100.nam/doe", "QW.CA0990100"),
        ("QZ.CA1.NAM/DOE", "QZ"),
        ("QZ.CA0990100.*TOOSHORT.TXT", "QZ.CA0990100"),
        ("\x00\x01\x02", "UNREADABLE"),
        ("<script>alert(1)</script>", "UNREADABLE"),
        (b"\xff\xfe", "UNREADABLE"),
        (b"QW.CA0990100.NAM/\xff", "QW.CA0990100"),
    ],
)
def test_a_reply_says_which_message_it_answers_as_far_as_it_can(sent: str | bytes, reference: str) -> None:
    assert reference_of(sent) == reference
