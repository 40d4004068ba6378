"""Signing on and off, acknowledging, keeping alive: composed at one end, understood at the other."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openclets.vocabulary.errors import Rejected
from openclets.vocabulary.identifiers import Ori, UserName
from openclets.wire.parse import parse_message
from openclets.wire.session import (
    SignOn,
    SignOnAccepted,
    acknowledged_osn,
    compose_acknowledgement,
    compose_keep_alive,
    compose_sign_off,
    compose_sign_on,
    compose_sign_on_accepted,
    is_keep_alive,
    parse_sign_on_accepted,
    sign_on_in,
)

TODAY = date(2026, 11, 22)
AGENCY = Ori("CA0990100")
TICKET = "abcdefghijklmnopqrstuvwxyz-_ABCDEFGHIJKLMNO"


def received(text: str) -> SignOn:
    return sign_on_in(parse_message(text, today=TODAY))


def test_a_sign_on_is_written_as_the_contract_says() -> None:
    text = compose_sign_on(SignOn(UserName("j.doe"), AGENCY, password="pass/word.1", code="123456", last_osn=7))
    assert text == "SON.CA0990100.TXT\nUSR/J_DOE.PWD/cGFzcy93b3JkLjE.OTP/123456.OSN/0000007"


@given(
    user=st.from_regex(r"[a-z][a-z0-9.-]{1,29}", fullmatch=True),
    password=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60),
    code=st.from_regex(r"[0-9]{6}", fullmatch=True),
    last_osn=st.integers(0, 9_999_999_999),
)
def test_any_name_and_password_arrive_as_they_were_typed(user: str, password: str, code: str, last_osn: int) -> None:
    sign_on = SignOn(UserName(user), AGENCY, password=password, code=code, last_osn=last_osn)
    assert received(compose_sign_on(sign_on)) == sign_on


def test_a_ticket_arrives_as_it_was_issued() -> None:
    sign_on = SignOn(UserName("chen"), AGENCY, ticket=TICKET)
    assert received(compose_sign_on(sign_on)) == sign_on


def test_a_sign_on_can_be_logged_without_its_secrets() -> None:
    shown = repr(SignOn(UserName("chen"), AGENCY, password="hunter2", code="123456", ticket=TICKET))
    assert "hunter2" not in shown
    assert "123456" not in shown
    assert TICKET not in shown


def test_an_accepted_sign_on_carries_ticket_and_last_numbers() -> None:
    accepted = SignOnAccepted(TICKET, last_isn=3, last_osn=7)
    body = compose_sign_on_accepted(accepted)
    assert body == f"SON ACCEPTED\nTKT/{TICKET}\nISN/0000003\nOSN/0000007"
    assert parse_sign_on_accepted(body) == accepted


def test_another_body_does_not_accept_a_sign_on() -> None:
    with pytest.raises(Rejected):
        parse_sign_on_accepted("SOF ACCEPTED")


def test_an_acknowledgement_names_exactly_one_reply() -> None:
    assert compose_acknowledgement(AGENCY, 7) == "ACK.CA0990100.OSN/0000007"
    assert acknowledged_osn(parse_message("ACK.CA0990100.OSN/0000007", today=TODAY)) == 7


def test_signing_off_and_keeping_alive_are_messages() -> None:
    assert parse_message(compose_sign_off(AGENCY), today=TODAY).key == "SOF"
    kept = parse_message(compose_keep_alive(AGENCY, "AB12345678"), today=TODAY)
    assert (kept.key, kept.control) == ("KAL", "AB12345678")


def test_the_switch_s_keep_alive_is_told_from_a_reply() -> None:
    assert is_keep_alive("KAL.CA0990100")
    assert is_keep_alive("KAL.CA0990100.*AB12345678")
    assert not is_keep_alive("FROM: CADEMO   ISN: 0000003 DATE: 2026-11-22 TIME: 09:36:27.41Z")
