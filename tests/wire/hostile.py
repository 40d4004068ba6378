"""What no reader may choke on: noise, pieces of its own form put together at random, and a megabyte of one thing."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable

from hypothesis import strategies as st

from openclets.vocabulary.errors import Fault, Rejected
from openclets.wire.message import Message

MEGABYTE = 1_048_576
MAX_SECONDS = 0.050
MAX_BYTES = 16 * MEGABYTE
"""Own decision: some copies of what was sent, none for each of its fields or faults."""


def noise(*pieces: str) -> st.SearchStrategy[str]:
    """Any text, and texts made of the pieces."""
    return st.one_of(st.text(max_size=300), st.lists(st.sampled_from(pieces), max_size=40).map("".join))


def check_faults(read: Callable[[], object]) -> None:
    """That reading gives something or a rejection that names its faults, and nothing else."""
    faults: tuple[Fault, ...] | None = None
    try:
        read()
    except Rejected as rejected:
        faults = rejected.faults
    if faults is not None:
        assert faults
        assert all(fault.code and fault.text and fault.accepted for fault in faults)


def check_time(read: Callable[[], object]) -> None:
    """That reading takes at most 50 ms of the processor, the best of three."""

    def seconds() -> float:
        begin = time.process_time()
        check_faults(read)
        return time.process_time() - begin

    assert min(seconds() for _ in range(3)) < MAX_SECONDS


def check_memory(read: Callable[[], object]) -> None:
    """That reading never holds more than 16 MB at a time."""
    check_faults(read)
    tracemalloc.start()
    try:
        check_faults(read)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most <= MAX_BYTES


def same_content(one: Message, other: Message) -> bool:
    """Whether two messages say the same, whatever the form and the order of their fields."""
    return _content(one) == _content(other)


def _content(message: Message) -> tuple[object, ...]:
    fields = tuple(sorted(message.fields))
    return message.key, message.ori, message.destinations, message.control, message.training, fields
