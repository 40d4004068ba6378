"""From an entry to the bytes that are hashed: the same for the writer, the reader and anyone who checks later.

The hash of personal text is SHA-256 over a 32-byte random salt of that entry and the UTF-8 text, so that an erased
body cannot be guessed back. The leaf hash is that of RFC 6962 section 2.1: SHA-256 over a zero byte and the leaf.
"""

from __future__ import annotations

import hashlib
import json
import json.encoder
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Leaf:
    """Every column of an entry except its own hash, as they are hashed. `at` is aware."""

    number: int
    at: datetime
    kind: str
    outcome: str
    user_name: str
    agency: str
    device: str
    channel: str
    message_key: str
    purpose: str
    records: tuple[str, ...]
    asked_hash: bytes
    answered_hash: bytes
    personal_hash: bytes


MAX_LEAF_BYTES: Final = 65_535
"""Longest leaf that the log can hold. Source: C2SP tlog-tiles, entries have a length of 16 bits."""

LEAF_COLUMNS: Final = tuple(field.name for field in fields(Leaf))
"""Columns of the table of entries that make the leaf."""

_quoted: Final = json.encoder.encode_basestring_ascii
"""A text as JSON in ASCII."""

_canonical: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an answer carries to prove that it was journalled: the entry's number and its leaf hash."""

    number: int
    leaf_hash: bytes

    def __str__(self) -> str:
        return f"{self.number:012d}.{self.leaf_hash.hex()}"


def salted_hash(salt: bytes, text: str) -> bytes:
    """SHA-256 over `salt` (32 bytes) and the text in UTF-8."""
    return hashlib.sha256(salt + text.encode()).digest()


def canonical_personal(personal: Mapping[str, str]) -> str:
    """The one spelling of the personal fields that is hashed: JSON, keys sorted, no spaces, ASCII."""
    try:
        return "{" + ",".join([f"{_quoted(name)}:{_quoted(personal[name])}" for name in sorted(personal)]) + "}"
    except TypeError:
        # Nothing but texts is ever written; what somebody put into the table by hand is still given its hash.
        return _canonical(dict(personal))


def leaf_bytes(leaf: Leaf) -> bytes:
    """The canonical leaf: JSON, keys sorted, no spaces, ASCII, hashes in hex, time in UTC to the microsecond."""
    head, tail = leaf_halves(leaf)
    return f"{head}{leaf.number}{tail}".encode("ascii")


def leaf_halves(leaf: Leaf) -> tuple[str, str]:
    """The canonical leaf before its number and after it."""
    # By hand, because this is done for every entry ever written or checked; the encoder takes three times as long.
    moment = leaf.at.astimezone(UTC).isoformat(timespec="microseconds")[:26]
    return (
        f'{{"agency":{_quoted(leaf.agency)},"answered":"{leaf.answered_hash.hex()}","asked":"{leaf.asked_hash.hex()}"'
        f',"at":"{moment}Z","channel":{_quoted(leaf.channel)},"device":{_quoted(leaf.device)}'
        f',"key":{_quoted(leaf.message_key)},"kind":{_quoted(leaf.kind)},"number":',
        f',"outcome":{_quoted(leaf.outcome)},"personal":"{leaf.personal_hash.hex()}"'
        f',"purpose":{_quoted(leaf.purpose)},"records":[{",".join(map(_quoted, leaf.records))}]'
        f',"user":{_quoted(leaf.user_name)}}}',
    )


def leaf_of(columns: Sequence[Any]) -> Leaf:
    """The leaf of a stored entry, from its columns in the order of `LEAF_COLUMNS`."""
    values = [*columns[:10], tuple(columns[10]), *map(bytes, columns[11:])]
    return Leaf(*values)


def leaf_hash(leaf: Leaf) -> bytes:
    """The 32-byte RFC 6962 leaf hash of the entry."""
    return hashlib.sha256(b"\x00" + leaf_bytes(leaf)).digest()
