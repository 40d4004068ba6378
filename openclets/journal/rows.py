"""Entries as rows: many entries, each with its body and its number, in one statement that is sent once.

What can be made ready before an entry has its number is made ready by whoever waits for it; the writer only joins. The
database takes the numbers in the order of the rows and hashes the leaves, of which the number is a part. A receipt is
hashed here all the same, from the number that came back: should the two ever differ, `verify` finds it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import psycopg

from openclets.journal.leaf import MAX_LEAF_BYTES, Leaf, Receipt, leaf_halves

_NUMBER_DIGITS: Final = 19


class Row:
    """One entry and its body, ready to be written but for the number."""

    __slots__ = ("at", "columns", "head", "tail")

    def __init__(self, leaf: Leaf, *, salt: bytes, asked: str, answered: str, personal: str) -> None:
        """`leaf` has the number 0. The texts are storable and `leaf` has their hashes; `personal` is canonical.

        Raises: psycopg.DataError when the entry is longer than the log has room for.
        """
        self.at = leaf.at
        head, tail = leaf_halves(leaf)
        self.head, self.tail = head.encode("ascii"), tail.encode("ascii")
        if len(head) + _NUMBER_DIGITS + len(tail) > MAX_LEAF_BYTES:
            raise psycopg.DataError("an entry names more records than the log has room for")
        self.columns = (
            f'"{leaf.at.isoformat()}"',
            _word(leaf.kind),
            _word(leaf.outcome),
            _word(leaf.user_name),
            _word(leaf.agency),
            _word(leaf.device),
            _word(leaf.channel),
            _word(leaf.message_key),
            _word(leaf.purpose),
            _text(array(map(_text, leaf.records))),
            f'"\\\\x{leaf.asked_hash.hex()}"',
            f'"\\\\x{leaf.answered_hash.hex()}"',
            f'"\\\\x{leaf.personal_hash.hex()}"',
            f'"\\\\x{salt.hex()}"',
            _text(asked),
            _text(answered),
            _text(personal),
            f'"\\\\x00{self.head.hex()}"',
            f'"\\\\x{self.tail.hex()}"',
        )
        """Elements of the arrays that INSERT takes, as PostgreSQL writes them."""

    def receipt(self, number: int) -> Receipt:
        """The receipt of this entry under that number."""
        return Receipt(number, hashlib.sha256(b"\x00%b%d%b" % (self.head, number, self.tail)).digest())


def insert(connection: psycopg.Connection[Any], rows: Sequence[Row]) -> list[int]:
    """Writes the rows, in the caller's transaction or in one of their own; their numbers, in the rows' order."""
    columns = zip(*[row.columns for row in rows], strict=True)
    cursor = psycopg.Cursor(connection)
    numbers = cursor.execute(INSERT, [array(column) for column in columns], prepare=True).fetchall()
    if len(numbers) != len(rows):
        raise psycopg.DataError(f"{len(rows)} entries were written and {len(numbers)} numbers came back")
    return [number for (number,) in numbers]


def array(elements: Any) -> str:
    """An array as PostgreSQL reads it, of elements in quotation marks. Source: PostgreSQL documentation, 8.15.6."""
    return "{" + ",".join(elements) + "}"


def _text(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_word: Final = lru_cache(4096)(_text)
"""For what many entries have in common."""


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
