"""Asking the journal: list, and open one entry. Each is a verb and leaves an entry of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from openclets.agencies.actor import Actor
from openclets.agencies.deed import asking
from openclets.agencies.permissions import Right
from openclets.journal.leaf import Receipt
from openclets.journal.log_folder import LogUnreadable, read_tile
from openclets.journal.lookup import Criteria, EntryPage, OpenedEntry, entry_by_number, find_entries
from openclets.journal.receipts import NoSuchEntry, proof_of
from openclets.vocabulary.errors import Fault, Rejected, Unavailable


@dataclass(frozen=True, slots=True)
class JournalPage:
    """A page of entries and the receipt of the search that found it."""

    page: EntryPage
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """An opened entry and the receipt of the look at it."""

    entry: OpenedEntry
    receipt: Receipt


def search_journal(*, actor: Actor, now: datetime, criteria: Criteria, older_than: int | None = None) -> JournalPage:
    """Entries that fit, newest first, one page. Records `journal searched` with the criteria in words.

    The names searched for are in the personal part of that entry. Raises: Refused, Unavailable.
    """
    personal = {"subject_name": criteria.subject_name, "case_number": criteria.case_number}
    with asking(
        actor,
        Right.READ_JOURNAL,
        kind="journal searched",
        now=now,
        asked=criteria.in_words() + (f", older than {older_than}" if older_than is not None else ""),
        personal=personal,
    ) as deed:
        page = find_entries(criteria, older_than=older_than)
        numbers = [str(entry.number) for entry in page.entries]
        deed.answered = f"{len(numbers)} entries" + (f", {numbers[-1]} to {numbers[0]}" if numbers else "")
    return JournalPage(page, deed.receipt)


def open_entry(*, actor: Actor, now: datetime, number: int) -> JournalEntry:
    """One whole entry, checked against its own hashes. Records `journal entry opened`.

    Raises: Rejected when there is no such entry; Refused, Unavailable.
    """
    with asking(actor, Right.READ_JOURNAL, kind="journal entry opened", now=now, asked=f"entry {number}") as deed:
        entry = entry_by_number(number)
        if entry is None:
            raise Rejected(Fault("40", "number", f"there is no journal entry {number}", "a number from the list"))
        deed.records = [str(number)]
        deed.answered = f"entry {number}, {entry.receipt}"
    return JournalEntry(entry, deed.receipt)


def prove_entry(*, actor: Actor, now: datetime, number: int, folder: Path) -> str:
    """The `.tlog-proof` of an entry, from the log in `folder`. Records `journal proof given`.

    Raises: Rejected when there is no such entry; Unavailable until it is sealed; Refused.
    """
    asked = f"proof of entry {number}"
    with asking(actor, Right.READ_JOURNAL, kind="journal proof given", now=now, asked=asked) as deed:
        try:
            proof = proof_of(number, folder)
        except NoSuchEntry as error:
            raise Rejected(Fault("40", "number", str(error), "a number from the list")) from None
        except LogUnreadable as error:
            raise Unavailable("the log cannot be read") from error
        deed.records = [str(number)]
    return proof


def read_log_entries(*, actor: Actor, now: datetime, folder: Path, tile: int, width: int) -> bytes:
    """A bundle of entries of the log, `width` of them from place 256 times `tile` on. Records `log entries read`.

    Source: C2SP tlog-tiles. Raises: Rejected when the log has no such bundle; Refused, Unavailable.
    """
    asked = f"entries of the log, bundle {tile}, {width} entries"
    with asking(actor, Right.READ_JOURNAL, kind="log entries read", now=now, asked=asked) as deed:
        try:
            bundle = read_tile(folder, "entries", tile, width)
        except LogUnreadable:
            raise Rejected(
                Fault("40", "tile", "the log has no such bundle", "one within the checkpoint's size")
            ) from None
        deed.answered = f"{len(bundle)} bytes"
    return bundle
