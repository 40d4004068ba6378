"""Proofs that an entry is in the log, as files of their own."""

from __future__ import annotations

from pathlib import Path

from django.db import connection

from openclets.journal.archive import ArchiveReader, archive_of
from openclets.journal.leaf import Leaf, leaf_bytes
from openclets.journal.log_folder import CHECKPOINT, LogUnreadable, inclusion_proof
from openclets.journal.lookup import leaf_by_number
from openclets.journal.verify_log import Proof, Wrong, read_note
from openclets.vocabulary.errors import Unavailable


class NoSuchEntry(Exception):
    """The journal has no entry with that number."""


def proof_of(number: int, folder: Path) -> str:
    """The `.tlog-proof` of an entry against the newest published checkpoint, with the entry itself in it.

    Checked as anyone would check it, but for the signature. Source: C2SP tlog-proof.
    Raises: NoSuchEntry; Unavailable when the entry is not sealed yet, which takes less than a second while the sealer
    runs; LogUnreadable.
    """
    index = place_of(number)
    leaf = leaf_by_number(number) or _archived(index, folder)
    if leaf is None:
        raise NoSuchEntry(f"there is no journal entry {number}")
    try:
        checkpoint = (folder / CHECKPOINT).read_bytes().decode()
    except FileNotFoundError:
        raise Unavailable("the journal is not sealed here: the sealer does not run") from None
    size = size_in(checkpoint)
    if index is None or index >= size:
        raise Unavailable(f"entry {number} is not sealed yet")
    return str(Proof(index, leaf_bytes(leaf), inclusion_proof(folder, index, size), checkpoint))


def _archived(index: int | None, folder: Path) -> Leaf | None:
    """The entry at that place, if it was moved into the archive."""
    if index is None:
        return None
    connection.ensure_connection()
    try:
        return ArchiveReader(connection.connection, archive_of(folder)).leaf_at(index)
    except Wrong as wrong:
        raise LogUnreadable(str(wrong)) from None


def place_of(number: int) -> int | None:
    """The place of an entry in the log, from 0; None while it has none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT leaf_index FROM journal_sealed WHERE entry_number = %s", [number])
        row = cursor.fetchone()
    return int(row[0]) if row else None


def size_in(checkpoint: str) -> int:
    """How many entries a published checkpoint covers; its signature is not looked at. Raises: Unavailable."""
    try:
        return int(read_note(checkpoint.encode()).text.split("\n")[1])
    except (Wrong, IndexError, ValueError):
        raise Unavailable("the published checkpoint cannot be read") from None
