"""The interstate network's text: into it, out of it, its errors and status."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.identifiers import Ori
from openclets.wire.layout import plain
from openclets.wire.message import Message
from openclets.wire.nlets import (
    NETWORK,
    Delivery,
    NetworkError,
    NetworkStatus,
    compose_delivery,
    compose_network_error,
    compose_network_status,
    compose_nlets,
    delivery_of,
    message_in,
    network_error,
    parse_delivery,
    parse_network_error,
    parse_network_status,
    parse_nlets,
)
from tests.wire.hostile import MEGABYTE, check_faults, check_time, noise, same_content
from tests.wire.strategies import FROM_SWITCH, TODAY, messages

INTO = "QW.CA0990100.NV,OR.*SW00004712.TXT\r\nNAM/DOE,JOHN QUINCY.DOB/19800214.SEX/M"

OUT_OF = """\
QW.NV0020100\r
08:00 11/22/2026 01239\r
08:01 11/22/2026 01233\r
CA0990100.*SW00004712.TXT\r
NAM/DOE,JOHN QUINCY.DOB/19800214"""

RECEIVED = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
"""08:00 Mountain Standard Time."""

AN_ERROR = """\
ER.NL0000000
08:00 11/22/2026 01239
08:00 11/22/2026 01233 CA0990100
TXT
.22. INVALID MESSAGE FORMAT - REFER TO RQ OPTIONS BELOW
1. LIC, LIY, LIT
2. VIN
ORIGINAL MESSAGE
RQ.CA0990100.NV.TXT
LIC/123456.LIT/PC"""


def test_a_message_goes_into_the_network_without_a_period_behind_its_last_field() -> None:
    message = parse_nlets(INTO, today=TODAY)
    assert (message.destinations, message.control, message.form) == (("NV", "OR"), "SW00004712", "nlets")
    assert compose_nlets(message) == INTO


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("QW.CA0990100.TXT\r\nNAM/DOE,JOHN", ("19", "DEST")),
        ("QW.CA0990100.NV.NAM/DOE,JOHN", ("03", "")),
        ("QW.CA0990100.NV.TXT\r\nNAM/DOE,JOHN.DOB/19800230", ("05", "DOB")),
    ],
)
def test_what_the_network_would_not_take_is_rejected(text: str, fault: tuple[str, str]) -> None:
    with pytest.raises(Rejected) as caught:
        parse_nlets(text, today=TODAY)
    assert [(one.code, one.field) for one in caught.value.faults] == [fault]


def test_a_delivery_is_read_with_its_moments_and_numbers() -> None:
    delivery = parse_delivery(OUT_OF)
    assert delivery == Delivery(
        key="QW",
        sender=Ori("NV0020100"),
        received_at=RECEIVED,
        sender_number=1239,
        sent_at=RECEIVED + timedelta(minutes=1),
        receiver_number=1233,
        destination="CA0990100",
        control="SW00004712",
        body="NAM/DOE,JOHN QUINCY.DOB/19800214",
    )
    assert compose_delivery(delivery) == OUT_OF


def test_the_message_in_a_delivery_can_be_answered_with_its_control_field() -> None:
    message = message_in(parse_delivery(OUT_OF), today=TODAY)
    assert (message.ori, message.destinations, message.control) == ("NV0020100", ("CA0990100",), "SW00004712")
    assert message.first("NAM") == "DOE,JOHN QUINCY"


def test_an_error_of_the_network_as_published_is_read() -> None:
    error = parse_network_error(parse_delivery(AN_ERROR))
    (fault,) = error.faults
    assert (fault.code, fault.text) == ("22", "INVALID MESSAGE FORMAT - REFER TO RQ OPTIONS BELOW")
    assert fault.accepted == "LIC, LIY, LIT; VIN"
    assert error.original == "RQ.CA0990100.NV.TXT LIC/123456.LIT/PC"


def test_only_the_network_itself_sends_errors() -> None:
    delivery = parse_delivery(AN_ERROR.replace("NL0000000", "NV0020100"))
    with pytest.raises(Rejected):
        parse_network_error(delivery)


def test_our_faults_are_told_by_the_network_s_numbers() -> None:
    faults = (
        Fault("05", "DOB", "there is no such day", "a real day"),
        Fault("31", "SEX", "'Q' is not a code", "F, M"),
        Fault("36", "", "too long", "less"),
        Fault("06", "NAM", "no surname", "SURNAME,GIVEN"),
        Fault("61", "page", "no page", "a page"),
    )
    error = network_error(faults, "QW.CA0990100.NAM/" + "A" * 200)
    assert [fault.code for fault in error.faults] == ["05", "22", "00", "22", "22"]
    assert error.faults[1].text == "SEX 'Q' is not a code"
    assert len(error.original) == 100


@pytest.mark.parametrize("code", ["01", "02", "04"])
def test_a_status_is_read_back(code: str) -> None:
    status = NetworkStatus(code, "NV OUT OF SERVICE")
    assert parse_network_status(delivered("SM", compose_network_status(status))) == status


def delivered(key: str, body: str) -> Delivery:
    return Delivery(key, NETWORK, RECEIVED, 1, RECEIVED, 2, "CA0990100", "", body)


NUMBERS = st.integers(0, 999_999_999)
MINUTES = st.integers(0, 40_000_000).map(lambda minutes: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
PRINTED = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=30)
WORDS = st.lists(st.one_of(PRINTED, st.sampled_from(["1.", ".22.", "ORIGINAL", "MESSAGE", "TXT"])), max_size=6).map(
    lambda words: plain(" ".join(words))
)


@given(messages())
def test_a_message_composed_for_the_network_is_read_back_as_the_same(message: Message) -> None:
    if not message.destinations:
        with pytest.raises(ValueError, match="destination"):
            compose_nlets(message)
        return
    again = parse_nlets(compose_nlets(message), today=TODAY)
    assert same_content(again, message)
    assert again.fields == message.fields


@given(st.one_of(messages(), messages(FROM_SWITCH)), MINUTES, NUMBERS, MINUTES, NUMBERS)
def test_a_message_delivered_to_one_destination_is_read_back_as_the_same(
    message: Message, received_at: datetime, sender_number: int, sent_at: datetime, receiver_number: int
) -> None:
    for destination in message.destinations:
        delivery = delivery_of(
            message,
            destination,
            received_at=received_at,
            sender_number=sender_number,
            sent_at=sent_at,
            receiver_number=receiver_number,
        )
        again = parse_delivery(compose_delivery(delivery))
        assert again == delivery
        assert message_in(again, today=TODAY).fields == message.fields


@given(
    st.lists(st.tuples(st.sampled_from(["00", "02", "05", "14", "22"]), WORDS, WORDS), min_size=1, max_size=5), WORDS
)
def test_an_error_is_read_back(told: list[tuple[str, str, str]], original: str) -> None:
    error = NetworkError(tuple(Fault(code, "", text, accepted) for code, text, accepted in told), original)
    assert parse_network_error(parse_delivery(compose_delivery(delivered("ER", compose_network_error(error))))) == error


@given(
    noise(
        "ER.NL0000000", "QW.NV0020100", "\n", "\r\n", "08:00 11/22/2026 01239", "99:99 99/99/9999 1", " CA0990100",
        "TXT", ".", "*SW00004712", ".22. X", "1. Y", "ORIGINAL MESSAGE", "NAM/DOE,JOHN", "\x03", "\ud800",
    )
)  # fmt: skip
def test_any_text_gives_a_delivery_or_faults(text: str) -> None:
    check_faults(lambda: parse_nlets(text, today=TODAY))
    check_faults(lambda: message_in(parse_delivery(text), today=TODAY))
    check_faults(lambda: parse_network_error(parse_delivery(text)))
    check_faults(lambda: parse_network_error(delivered("ER", text)))
    check_faults(lambda: parse_network_status(delivered("SM", text)))


@pytest.mark.parametrize("piece", ["A", "\n", ". ", " ", "1. ", "*", "0", "ORIGINAL MESSAGE\n", "TXT "])
@pytest.mark.parametrize("length", [65_000, MEGABYTE])
def test_hostile_text_of_a_megabyte_takes_at_most_50_ms(piece: str, length: int) -> None:
    many = piece * (length // len(piece))
    check_time(lambda: parse_delivery(many))
    check_time(lambda: parse_delivery(OUT_OF[:60] + many))
    check_time(lambda: parse_network_error(parse_delivery(AN_ERROR[:77] + "\nTXT\n.22. X\n" + many)))
    check_time(lambda: parse_nlets(many, today=TODAY))
