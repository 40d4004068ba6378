"""Taking found entries out of the journal, with proofs: as tables in one file, or as a report to print."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from openclets.agencies.actor import Actor
from openclets.agencies.deed import asking
from openclets.inquiry.journal_report import report_of
from openclets.inquiry.journal_search import earlier_criteria, personal_of, right_to_look, within_reach
from openclets.journal.export import About, packed, take_out
from openclets.journal.leaf import Receipt
from openclets.journal.log_folder import LogUnreadable
from openclets.journal.receipts import proof_of
from openclets.journal.search import PageWanted
from openclets.vocabulary.errors import Unavailable

Form = Literal["zip", "pdf"]

MOST: Final[dict[Form, int]] = {"zip": 10_000, "pdf": 1_000}
"""Entries in one export; more are refused with advice, never cut off. Bounds memory and time. Own decision."""

OWN_PROOF_WITHIN: Final = 30
OWN_PROOF_PAUSE_SECONDS: Final = 0.1
"""How often, and after which pauses, the proof of the export's own entry is asked for. Own decision."""


@dataclass(frozen=True, slots=True)
class JournalExport:
    """The file, how many entries it holds, and the receipt of the export."""

    content: bytes
    count: int
    receipt: Receipt


def export_search(
    *, actor: Actor, now: datetime, search: int, wanted: PageWanted, folder: Path, form: Form
) -> JournalExport:
    """The entries of an earlier search, in the order wanted. Records `journal exported`, with the hash of the lines.

    The proof of that entry is waited for and goes with the file, so that a line taken away later is missed.
    Raises: Rejected when there is no such search, nothing fits or too much does; Refused; Unavailable when an entry is
    not sealed yet.
    """
    right = right_to_look(actor, now)
    asked = f"search {search} as {form}, by {wanted.sort}, {'falling' if wanted.descending else 'rising'}"
    with asking(actor, right, kind="journal exported", now=now, asked=asked) as deed:
        within = within_reach(earlier_criteria(search, actor, right), actor, right)
        deed.personal.update(personal_of(within))
        try:
            taken = take_out(within, wanted, folder, most=MOST[form])
        except LogUnreadable as error:
            raise Unavailable("the log cannot be read") from error
        deed.records = [taken.lines_hash]
        numbers = ", ".join(str(line.number) for line in taken.lines)
        deed.answered = f"{within.in_words()}: {len(taken.lines)} entries, {numbers}"
    about = About(actor.user, actor.agency, now, search, within.in_words(), deed.receipt)
    content = packed(taken, about, _own_proof(deed.receipt.number, folder))
    if form == "pdf":
        content = report_of(taken, about, content)
    return JournalExport(content, len(taken.lines), deed.receipt)


def _own_proof(number: int, folder: Path) -> str:
    """The proof of the export's own entry; empty when it is not sealed in time, which the file then says."""
    for _ in range(OWN_PROOF_WITHIN):
        try:
            return proof_of(number, folder)
        except (Unavailable, LogUnreadable):
            time.sleep(OWN_PROOF_PAUSE_SECONDS)
    return ""
