"""Entries as rows: many entries, each with its body and its number, in one statement that is sent once.

What can be made ready before an entry has its number is made ready by whoever waits for it; the writer only joins. The
database takes the numbers in the order of the rows and hashes the leaves, of which the number is a part. A receipt is
hashed here all the same, from the number that came back: should the two ever differ, `verify` finds it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

import psycopg

from openclets.journal.leaf import MAX_LEAF_BYTES, Leaf, Receipt, canonical_personal, leaf_bytes

_NUMBER: Final = b',"number":'
_AFTER_NUMBER: Final = b',"outcome":'
_NUMBER_DIGITS: Final = 19


class Row:
    """One entry and its body, ready to be written but for the number."""

    __slots__ = ("columns", "head", "tail")

    def __init__(self, leaf: Leaf, *, salt: bytes, asked: str, answered: str, personal: Mapping[str, str]) -> None:
        """`leaf` has the number 0. The texts are storable and `leaf` has their hashes.

        Raises: psycopg.DataError when the entry is longer than the log has room for.
        """
        # A quotation mark inside a text has a backslash before it, so this is found at the number and nowhere else.
        head, _, tail = leaf_bytes(leaf).partition(_NUMBER + b"0" + _AFTER_NUMBER)
        self.head, self.tail = head + _NUMBER, _AFTER_NUMBER + tail
        if len(self.head) + _NUMBER_DIGITS + len(self.tail) > MAX_LEAF_BYTES:
            raise psycopg.DataError("an entry names more records than the log has room for")
        self.columns = (
            f'"{leaf.at.isoformat()}"',
            _text(leaf.kind),
            _text(leaf.outcome),
            _text(leaf.user_name),
            _text(leaf.agency),
            _text(leaf.device),
            _text(leaf.channel),
            _text(leaf.message_key),
            _text(leaf.purpose),
            _text(array(map(_text, leaf.records))),
            _bytes(leaf.asked_hash),
            _bytes(leaf.answered_hash),
            _bytes(leaf.personal_hash),
            _bytes(salt),
            _text(asked),
            _text(answered),
            _text(canonical_personal(personal)),
            _bytes(b"\x00" + self.head),
            _bytes(self.tail),
        )
        """Elements of the arrays that INSERT takes, as PostgreSQL writes them."""

    def receipt(self, number: int) -> Receipt:
        """The receipt of this entry under that number."""
        return Receipt(number, hashlib.sha256(b"\x00%b%d%b" % (self.head, number, self.tail)).digest())


def insert(connection: psycopg.Connection[Any], rows: Sequence[Row]) -> list[Receipt]:
    """Writes the rows, in the caller's transaction or in one of their own; receipts in the rows' order."""
    columns = zip(*(row.columns for row in rows), strict=True)
    cursor = psycopg.Cursor(connection)
    numbers = cursor.execute(INSERT, [array(column) for column in columns], prepare=True).fetchall()
    return [row.receipt(number) for row, (number,) in zip(rows, numbers, strict=True)]


def array(elements: Any) -> str:
    """An array as PostgreSQL reads it, of elements in quotation marks. Source: PostgreSQL documentation, 8.15.6."""
    return "{" + ",".join(elements) + "}"


def _text(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _bytes(raw: bytes) -> str:
    return f'"\\\\x{raw.hex()}"'


INSERT: Final = """
    WITH numbered AS MATERIALIZED (
        SELECT nextval('journal_entry_number') AS number, r.*
          FROM unnest(%s::timestamptz[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
                      %s::text[], %s::text[], %s::text[], %s::bytea[], %s::bytea[], %s::bytea[], %s::bytea[],
                      %s::text[], %s::text[], %s::text[], %s::bytea[], %s::bytea[])
               WITH ORDINALITY AS r (at, kind, outcome, user_name, agency, device, channel, message_key, purpose,
                                     records, asked_hash, answered_hash, personal_hash, salt, asked, answered,
                                     personal, head, tail, place)
    ), entries AS (
        INSERT INTO journal_entry (number, at, kind, outcome, user_name, agency, device, channel, message_key, purpose,
                                   records, asked_hash, answered_hash, personal_hash, leaf_hash)
        SELECT number, at, kind, outcome, user_name, agency, device, channel, message_key, purpose,
               records::text[], asked_hash, answered_hash, personal_hash,
               sha256(head || convert_to(number::text, 'UTF8') || tail)
          FROM numbered
    ), bodies AS (
        INSERT INTO journal_body (entry_number, at, salt, asked, answered, personal)
        SELECT number, at, salt, asked, answered, personal::jsonb FROM numbered
    )
    SELECT number FROM numbered ORDER BY place
"""
"""Nothing is cast to a type with a length: that would cut off what is too long instead of refusing it."""
