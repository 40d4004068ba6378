"""The fuzz target itself: its seeds are read, and any bytes are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openclets.wire import framing
from tests.fuzz.readers import read_any, seeds


def test_every_seed_is_read() -> None:
    taken = list(seeds())
    assert len({seed[0] for seed in taken}) == 14
    for seed in taken:
        read_any(seed)


@given(st.sampled_from(list(seeds())), st.integers(0, 2000), st.binary(max_size=4), st.integers(0, 4))
def test_a_seed_with_a_few_bytes_changed_is_read(seed: bytes, place: int, put: bytes, length: int) -> None:
    at = 1 + place % len(seed)
    read_any(seed[:at] + put + seed[at + length :])


def test_the_target_sees_what_is_not_a_rejection(monkeypatch: pytest.MonkeyPatch) -> None:
    # Else it could only ever be green.
    def broken(*_: object, **__: object) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr(framing.LengthDeframer, "receive", broken)
    with pytest.raises(KeyError):
        read_any(next(seed for seed in seeds() if seed[0] == 11))
