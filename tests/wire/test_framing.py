from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openclets.wire.framing import (
    Broken,
    Deframer,
    Event,
    Frame,
    Framing,
    LengthDeframer,
    NeedMore,
    deframer_for,
    encode_frame,
)

LIMIT = 20

# Streams with a limit of 20 bytes per frame, and what comes out; the reasons are those of docs/protocol.md.
STREAMS: list[tuple[str, Framing, bytes, list[Event]]] = [
    ("nothing", Framing.LEN4, b"", []),
    ("one frame", Framing.LEN4, b"\x00\x00\x00\x03abc", [Frame(b"abc")]),
    ("an empty frame", Framing.LEN4, b"\x00\x00\x00\x00", [Frame(b"")]),
    ("two frames", Framing.LEN4, b"\x00\x00\x00\x01a\x00\x00\x00\x02bc", [Frame(b"a"), Frame(b"bc")]),
    ("half a length", Framing.LEN4, b"\x00\x00\x00", []),
    ("half a frame", Framing.LEN4, b"\x00\x00\x00\x03ab", []),
    (
        "a good frame after one over the limit",
        Framing.LEN4,
        b"\x00\x00\x00\x15" + b"x" * 21 + b"\x00\x00\x00\x02ok",
        [Broken("a frame of 21 bytes was announced", "at most 20 bytes"), Frame(b"ok")],
    ),
    ("a frame of exactly the limit", Framing.LEN4, b"\x00\x00\x00\x14" + b"y" * 20, [Frame(b"y" * 20)]),
    (
        "a web request on the wrong port",
        Framing.LEN4,
        b"GET / HTTP/1.1\r\n\r\n",
        [Broken("a frame of 1195725856 bytes was announced", "at most 20 bytes")],
    ),
    ("two short lengths", Framing.LEN2, b"\x00\x01a\x00\x02bc", [Frame(b"a"), Frame(b"bc")]),
    (
        "a short length over the limit",
        Framing.LEN2,
        b"\x00\x15" + b"x" * 21 + b"\x00\x01z",
        [Broken("a frame of 21 bytes was announced", "at most 20 bytes"), Frame(b"z")],
    ),
    ("marks", Framing.STX_ETX, b"\x02abc\x03\x02\x03", [Frame(b"abc"), Frame(b"")]),
    (
        "line ends between marked frames",
        Framing.STX_ETX,
        b"\r\n\x02a\x03\r\n\x00 \x02b\x03\r\n",
        [Frame(b"a"), Frame(b"b")],
    ),
    (
        "stray bytes are one fault per run",
        Framing.STX_ETX,
        b"xyz\x02a\x03q\x03q\x02b\x03",
        [
            Broken("bytes outside a frame", "0x02, the message, 0x03"),
            Frame(b"a"),
            Broken("bytes outside a frame", "0x02, the message, 0x03"),
            Frame(b"b"),
        ],
    ),
    (
        "a frame that was broken off",
        Framing.STX_ETX,
        b"\x02half\x02whole\x03",
        [Broken("a frame began before the last one ended", "0x02, the message, 0x03"), Frame(b"whole")],
    ),
    (
        "a marked frame over the limit",
        Framing.STX_ETX,
        b"\x02" + b"x" * 50 + b"\x03\x02ok\x03",
        [Broken("a frame without end", "at most 20 bytes before 0x03"), Frame(b"ok")],
    ),
    (
        "a marked frame over the limit that is broken off",
        Framing.STX_ETX,
        b"\x02" + b"x" * 21 + b"\x02ok\x03",
        [Broken("a frame without end", "at most 20 bytes before 0x03"), Frame(b"ok")],
    ),
    ("a marked frame of exactly the limit", Framing.STX_ETX, b"\x02" + b"y" * 20 + b"\x03", [Frame(b"y" * 20)]),
]
EVERY_STREAM = pytest.mark.parametrize(
    ("framing", "stream", "expected"), [row[1:] for row in STREAMS], ids=[row[0] for row in STREAMS]
)


def drained(deframer: Deframer) -> list[Event]:
    events: list[Event] = []
    while not isinstance(event := deframer.next_event(), NeedMore):
        events.append(event)
    return events


def events_of(deframer: Deframer, *pieces: bytes) -> list[Event]:
    events: list[Event] = []
    for piece in pieces:
        deframer.receive(piece)
        events += drained(deframer)
    return events


@EVERY_STREAM
def test_a_stream_in_one_piece_gives_its_frames(framing: Framing, stream: bytes, expected: list[Event]) -> None:
    assert events_of(deframer_for(framing, max_frame_bytes=LIMIT), stream) == expected


@EVERY_STREAM
def test_a_stream_cut_at_any_byte_gives_the_same_frames(framing: Framing, stream: bytes, expected: list[Event]) -> None:
    for cut in range(len(stream) + 1):
        assert events_of(deframer_for(framing, max_frame_bytes=LIMIT), stream[:cut], stream[cut:]) == expected


@EVERY_STREAM
def test_a_stream_byte_by_byte_gives_the_same_frames(framing: Framing, stream: bytes, expected: list[Event]) -> None:
    pieces = [stream[place : place + 1] for place in range(len(stream))]
    assert events_of(deframer_for(framing, max_frame_bytes=LIMIT), *pieces) == expected


@given(framing=st.sampled_from(Framing), stream=st.binary(max_size=200), cuts=st.lists(st.integers(0, 200), max_size=6))
def test_any_bytes_cut_anywhere_give_the_same_events_and_no_exception(
    framing: Framing, stream: bytes, cuts: list[int]
) -> None:
    places = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    pieces = [stream[begin:end] for begin, end in pairwise(places)]
    whole = events_of(deframer_for(framing, max_frame_bytes=LIMIT), stream)
    assert events_of(deframer_for(framing, max_frame_bytes=LIMIT), *pieces) == whole


MARK_RICH = st.lists(st.sampled_from([b"\x02", b"\x03", b"\r\n", b"a", b"x" * 30]), max_size=20).map(b"".join)


@given(stream=MARK_RICH, cut=st.integers(0, 600))
def test_any_marks_cut_anywhere_give_the_same_events(stream: bytes, cut: int) -> None:
    whole = events_of(deframer_for(Framing.STX_ETX, max_frame_bytes=LIMIT), stream)
    assert events_of(deframer_for(Framing.STX_ETX, max_frame_bytes=LIMIT), stream[:cut], stream[cut:]) == whole


@given(framing=st.sampled_from(Framing), payloads=st.lists(st.binary(max_size=300), max_size=5))
def test_what_was_framed_comes_out_again(framing: Framing, payloads: list[bytes]) -> None:
    sent = [payload.replace(b"\x02", b"").replace(b"\x03", b"") for payload in payloads]
    stream = b"".join(encode_frame(framing, payload) for payload in sent)
    assert events_of(deframer_for(framing), stream) == [Frame(payload) for payload in sent]


def test_a_frame_over_the_limit_is_skipped_without_being_held() -> None:
    deframer = LengthDeframer(4, LIMIT)
    deframer.receive((4_000_000_000).to_bytes(4, "big"))
    assert drained(deframer) == [Broken("a frame of 4000000000 bytes was announced", "at most 20 bytes")]
    for _ in range(100):
        deframer.receive(b"z" * 65_536)
        assert drained(deframer) == []
        assert len(deframer._held) == 0


def test_whether_a_stream_ended_inside_a_frame_is_known() -> None:
    for framing, half, rest in ((Framing.LEN4, b"\x00\x00\x00\x02a", b"b"), (Framing.STX_ETX, b"\x02a", b"\x03")):
        deframer = deframer_for(framing)
        inside = [deframer.is_inside_frame]
        for part in (half, rest):
            events_of(deframer, part)
            inside.append(deframer.is_inside_frame)
        assert inside == [False, True, False]


def test_a_broken_frame_is_answered_with_number_38() -> None:
    assert Broken("a frame without end", "at most 20 bytes before 0x03").fault.code == "38"


def test_what_a_framing_cannot_carry_is_not_sent() -> None:
    with pytest.raises(ValueError, match="65536 bytes do not fit"):
        encode_frame(Framing.LEN2, b"x" * 65_536)
    with pytest.raises(ValueError, match="a frame mark inside"):
        encode_frame(Framing.STX_ETX, b"a\x03b")
