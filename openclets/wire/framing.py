"""Bytes to frames, without any input or output: bytes go in, one of three results comes out.

    deframer = deframer_for(Framing.LEN4)
    deframer.receive(data)
    while not isinstance(event := deframer.next_event(), NeedMore):
        ...  # a Frame or a Broken

Take every event before the next `receive`, and no more than one piece and one frame is ever held. What comes out does
not depend on where the stream was cut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Protocol

from openclets.vocabulary.errors import Fault
from openclets.vocabulary.faults import FaultCode

MAX_FRAME_BYTES = 1_048_576
"""Largest frame taken from a device. Own decision: a whole answer with its wording is far below; images go by HTTPS."""

MAX_LEN2_BYTES = 65_535

_STX, _ETX = b"\x02", b"\x03"
_MARK = re.compile(b"[\x02\x03]")
_BETWEEN_FRAMES = b"\r\n\x00 "
"""What many lines send after an ETX. Own decision: no fault."""


class Framing(StrEnum):
    """How frames are told apart on a link; values are the link table's."""

    LEN4 = "len4"
    LEN2 = "len2"
    STX_ETX = "stx-etx"


@dataclass(frozen=True, slots=True)
class Frame:
    """One whole frame, without its length or marks."""

    data: bytes


@dataclass(frozen=True, slots=True)
class NeedMore:
    """Nothing whole is there yet."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A frame that cannot be taken. What follows it can: the deframer finds the next frame by itself."""

    reason: str
    accepted: str

    @property
    def fault(self) -> Fault:
        return Fault(FaultCode.FRAME, "", self.reason, self.accepted)


Event = Frame | NeedMore | Broken

NEED_MORE = NeedMore()


class Deframer(Protocol):
    """What every framing offers."""

    def receive(self, data: bytes) -> None:
        """Takes the next piece of the stream."""

    def next_event(self) -> Event:
        """The next frame or broken frame; NeedMore when the pieces so far hold no other."""

    @property
    def is_inside_frame(self) -> bool:
        """Whether a stream that ended now would end in the middle of a frame."""


def deframer_for(framing: Framing, *, max_frame_bytes: int = MAX_FRAME_BYTES) -> Deframer:
    if framing is Framing.STX_ETX:
        return MarkDeframer(max_frame_bytes)
    if framing is Framing.LEN2:
        return LengthDeframer(2, min(max_frame_bytes, MAX_LEN2_BYTES))
    return LengthDeframer(4, max_frame_bytes)


def encode_frame(framing: Framing, payload: bytes) -> bytes:
    """The frame around `payload`. Raises: ValueError when the framing cannot carry it (a bug of the caller)."""
    if framing is Framing.STX_ETX:
        if _MARK.search(payload):
            raise ValueError("a frame mark inside the payload")
        return _STX + payload + _ETX
    length_bytes = 2 if framing is Framing.LEN2 else 4
    if len(payload) >= 1 << (8 * length_bytes):
        raise ValueError(f"{len(payload)} bytes do not fit a {length_bytes}-byte length")
    return len(payload).to_bytes(length_bytes, "big") + payload


class LengthDeframer:
    """A big-endian length, then that many bytes. A frame over the limit is skipped without being held."""

    def __init__(self, length_bytes: int, max_frame_bytes: int) -> None:
        self._length_bytes = length_bytes
        self._max_frame_bytes = max_frame_bytes
        self._held = bytearray()
        self._to_skip = 0

    def receive(self, data: bytes) -> None:
        skipped = min(self._to_skip, len(data))
        self._to_skip -= skipped
        self._held += memoryview(data)[skipped:]

    def next_event(self) -> Event:
        if len(self._held) < self._length_bytes:
            return NEED_MORE
        length = int.from_bytes(self._held[: self._length_bytes], "big")
        end = self._length_bytes + length
        if length > self._max_frame_bytes:
            self._to_skip = max(0, end - len(self._held))
            del self._held[:end]
            return Broken(f"a frame of {length} bytes was announced", f"at most {self._max_frame_bytes} bytes")
        if len(self._held) < end:
            return NEED_MORE
        data = bytes(self._held[self._length_bytes : end])
        del self._held[:end]
        return Frame(data)

    @property
    def is_inside_frame(self) -> bool:
        return bool(self._held) or self._to_skip > 0


class _Place(Enum):
    """Where in the stream a `MarkDeframer` is. REPORTED: outside, and the stray bytes there are already one fault."""

    OUTSIDE = auto()
    REPORTED = auto()
    INSIDE = auto()
    SKIPPING = auto()


class MarkDeframer:
    """0x02, the frame, 0x03. Stray bytes outside are one fault per run; 0x02 inside a frame begins the next one."""

    def __init__(self, max_frame_bytes: int) -> None:
        self._max_frame_bytes = max_frame_bytes
        self._held = bytearray()
        self._searched = 0
        self._place = _Place.OUTSIDE

    def receive(self, data: bytes) -> None:
        self._held += data

    def next_event(self) -> Event:
        while self._held:
            if self._place is _Place.INSIDE:
                return self._inside()
            if self._place is _Place.SKIPPING:
                self._skip()
            elif self._strays():
                return Broken("bytes outside a frame", "0x02, the message, 0x03")
        return NEED_MORE

    @property
    def is_inside_frame(self) -> bool:
        return self._place in (_Place.INSIDE, _Place.SKIPPING)

    def _strays(self) -> bool:
        """Drops what stands before the next frame; whether that has to be reported."""
        begins = self._held.find(_STX)
        before = bytes(self._held if begins < 0 else self._held[:begins])
        is_news = self._place is _Place.OUTSIDE and bool(before.strip(_BETWEEN_FRAMES))
        if begins < 0:
            self._held.clear()
            self._place = _Place.REPORTED if is_news else self._place
        else:
            self._enter(after=begins + 1)
        return is_news

    def _inside(self) -> Event:
        mark = _MARK.search(self._held, self._searched)
        length = mark.start() if mark else len(self._held)
        if length > self._max_frame_bytes:
            del self._held[:length]
            self._place = _Place.SKIPPING
            return Broken("a frame without end", f"at most {self._max_frame_bytes} bytes before 0x03")
        if mark is None:
            self._searched = length
            return NEED_MORE
        if mark.group() == _STX:
            self._enter(after=mark.end())
            return Broken("a frame began before the last one ended", "0x02, the message, 0x03")
        frame = Frame(bytes(self._held[:length]))
        del self._held[: mark.end()]
        self._place = _Place.OUTSIDE
        return frame

    def _skip(self) -> None:
        mark = _MARK.search(self._held)
        if mark is None:
            self._held.clear()
        elif mark.group() == _STX:
            self._enter(after=mark.end())
        else:
            del self._held[: mark.end()]
            self._place = _Place.OUTSIDE

    def _enter(self, *, after: int) -> None:
        del self._held[:after]
        self._searched = 0
        self._place = _Place.INSIDE
