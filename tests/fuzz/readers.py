"""Every reader of the wire as a function over bytes, and seeds for each. Only Rejected may come out of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from openclets.vocabulary.errors import Fault, Rejected
from openclets.wire.answer_text import compose_answer, parse_answer
from openclets.wire.compose import (
    ReplyHeader,
    compose_rejection,
    compose_reply,
    parse_refusal,
    parse_rejection,
    parse_reply,
    parse_unavailable,
)
from openclets.wire.framing import Frame, Framing, NeedMore, deframer_for, encode_frame
from openclets.wire.json_form import compose_json_answer, compose_json_message, parse_json_answer, parse_json_message
from openclets.wire.message_text import compose_tagged
from openclets.wire.niem21 import compose_niem21, parse_niem21
from openclets.wire.niem60 import compose_niem60, parse_niem60
from openclets.wire.nlets import (
    NETWORK,
    Delivery,
    compose_delivery,
    compose_network_error,
    delivery_of,
    message_in,
    network_error,
    parse_delivery,
    parse_network_error,
    parse_network_status,
    parse_nlets,
)
from openclets.wire.parse import decode_text, parse_message, read_message, reference_of
from openclets.wire.positional import IndexMessage, compose_positional, parse_positional
from tests.wire.strategies import FROM_SWITCH, ORDER_KEYS, SENDABLE, example
from tests.wire.test_answer_text import ANSWER

TODAY = date(2026, 11, 22)
_CONFORMANCE = Path(__file__).parents[1] / "wire" / "conformance.jsonl"
_NOW = datetime(2026, 11, 22, 9, 36, tzinfo=UTC)
_HEADER = "1N01SW00004711"
_LARGEST_FRAME = 2_000


def read_any(data: bytes) -> None:
    """Gives the data to the reader that its first byte names. Raises whatever the reader raises but Rejected."""
    if not data:
        return
    try:
        _READERS[data[0] % len(_READERS)](data[1:])
    except Rejected as rejected:
        if not rejected.faults:
            raise AssertionError("a rejection without a fault") from rejected


def seeds() -> Iterator[bytes]:
    """Something right for every reader, and the conformance table for the text's."""
    texts = [json.loads(line)["text"] for line in _CONFORMANCE.read_text(encoding="utf-8").splitlines() if line]
    header = ReplyHeader("CADEMO", 3, _NOW, "CADEMO01", 7, _NOW, "QW.CA0990100", "000000012345.3f9a")
    fault = Fault("05", "DOB", "there is no such day", "a real day")
    yield from (_seed(_text, text) for text in texts)
    for key in FROM_SWITCH:
        yield _seed(_text_of_switch, compose_tagged(example(key)))
    for key in SENDABLE[::7]:
        yield _seed(_json, compose_json_message(example(key)))
        if not example(key).destinations and "TXT" not in dict(example(key).fields):
            yield _seed(_positional, compose_positional(IndexMessage(_HEADER, example(key))))
    for key in ORDER_KEYS:
        yield _seed(_niem21, compose_niem21(example(key)))
        yield _seed(_niem60, compose_niem60(example(key)))
    delivery = delivery_of(example("EPO"), "NV", received_at=_NOW, sender_number=1, sent_at=_NOW, receiver_number=2)
    error = Delivery(
        "ER", NETWORK, _NOW, 1, _NOW, 2, "CA0990100", "", compose_network_error(network_error((fault,), "RQ.CA"))
    )
    yield _seed(_nlets, "QW.CA0990100.NV,OR.*SW00004712.TXT\r\nNAM/DOE,JOHN QUINCY.DOB/19800214")
    yield _seed(_delivery, compose_delivery(delivery))
    yield _seed(_delivery, compose_delivery(error))
    yield _seed(_answer, compose_answer(ANSWER))
    yield _seed(_json_answer, compose_json_answer(ANSWER))
    yield _seed(_reply, compose_reply(header, compose_answer(ANSWER)))
    yield _seed(_reply, compose_reply(header, compose_rejection((fault,), "QW.CA0990100")))
    for reader, framing in ((_len4, Framing.LEN4), (_len2, Framing.LEN2), (_stx_etx, Framing.STX_ETX)):
        yield bytes([_READERS.index(reader)]) + encode_frame(framing, texts[0].encode()) * 2


def _seed(reader: Callable[[bytes], object], text: str) -> bytes:
    return bytes([_READERS.index(reader)]) + text.encode("utf-8", "surrogatepass")


def _lenient(data: bytes) -> str:
    """Any text, half characters too: other programs of this house hand over text, not bytes."""
    return (
        data.decode("utf-8", "surrogatepass" if b"\xed" in data else "replace")
        if _is_text(data)
        else data.decode("latin-1")
    )


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _text(data: bytes) -> None:
    reading = read_message(_lenient(data), today=TODAY)
    compose_rejection(reading.faults, data).encode()
    reference_of(data)
    if reading.message is not None:
        again = parse_message(compose_tagged(reading.message), today=TODAY)
        if again.fields != reading.message.fields:
            raise AssertionError("what was composed is another message")
    parse_message(decode_text(data), today=TODAY)


def _text_of_switch(data: bytes) -> None:
    parse_message(_lenient(data), today=TODAY, from_switch=True)


def _positional(data: bytes) -> None:
    read = parse_positional(_lenient(data), today=TODAY)
    again = parse_positional(compose_positional(read), today=TODAY)
    if sorted(again.message.fields) != sorted(read.message.fields) or again.header != read.header:
        raise AssertionError("what was composed is another message")


def _nlets(data: bytes) -> None:
    parse_nlets(_lenient(data), today=TODAY)


def _delivery(data: bytes) -> None:
    delivery = parse_delivery(_lenient(data))
    if delivery.key == "ER":
        parse_network_error(delivery)
    elif delivery.key == "SM":
        parse_network_status(delivery)
    else:
        message_in(delivery, today=TODAY)


def _json(data: bytes) -> None:
    message = parse_json_message(_lenient(data), today=TODAY)
    if parse_json_message(compose_json_message(message), today=TODAY).fields != message.fields:
        raise AssertionError("what was composed is another message")


def _json_answer(data: bytes) -> None:
    answer = parse_json_answer(_lenient(data))
    if parse_json_answer(compose_json_answer(answer)) != answer:
        raise AssertionError("what was composed is another answer")


def _niem21(data: bytes) -> None:
    message = parse_niem21(_lenient(data), today=TODAY)
    if parse_niem21(compose_niem21(message), today=TODAY).fields != message.fields:
        raise AssertionError("what was composed is another message")


def _niem60(data: bytes) -> None:
    message = parse_niem60(_lenient(data), today=TODAY)
    if parse_niem60(compose_niem60(message), today=TODAY).fields != message.fields:
        raise AssertionError("what was composed is another message")


def _answer(data: bytes) -> None:
    parse_answer(_lenient(data))


def _reply(data: bytes) -> None:
    body = parse_reply(_lenient(data)).body
    for read in (parse_answer, parse_rejection, parse_refusal, parse_unavailable):
        try:
            read(body)
        except Rejected:
            continue


def _len4(data: bytes) -> None:
    _frames(Framing.LEN4, data)


def _len2(data: bytes) -> None:
    _frames(Framing.LEN2, data)


def _stx_etx(data: bytes) -> None:
    _frames(Framing.STX_ETX, data)


def _frames(framing: Framing, data: bytes) -> None:
    """The stream in one piece and byte by byte: the same must come out."""
    whole, cut = [deframer_for(framing, max_frame_bytes=_LARGEST_FRAME) for _ in range(2)]
    events: list[list[object]] = [[], []]
    for place, (deframer, pieces) in enumerate(
        ((whole, [data]), (cut, [data[at : at + 1] for at in range(len(data))]))
    ):
        for piece in pieces:
            deframer.receive(piece)
            while not isinstance(event := deframer.next_event(), NeedMore):
                events[place].append(event.data if isinstance(event, Frame) else event.fault)
    if events[0] != events[1] or whole.is_inside_frame != cut.is_inside_frame:
        raise AssertionError("what comes out depends on where the stream was cut")


_READERS: tuple[Callable[[bytes], None], ...] = (
    _text,
    _text_of_switch,
    _positional,
    _nlets,
    _delivery,
    _json,
    _json_answer,
    _niem21,
    _niem60,
    _answer,
    _reply,
    _len4,
    _len2,
    _stx_etx,
)
