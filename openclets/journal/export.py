"""Taking entries out of the journal so that they can be checked elsewhere: each with its texts, salt, place and proof,
all against one checkpoint. Ground functions; the verb is in `inquiry`."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import psycopg
from django.db import connection

from openclets.journal.leaf import LEAF_COLUMNS, Receipt, leaf_bytes, leaf_of
from openclets.journal.log_folder import CHECKPOINT, inclusion_proof
from openclets.journal.receipts import size_in
from openclets.journal.search import Criteria, PageWanted, find_entries
from openclets.journal.verify_export import (
    ABOUT,
    FORMAT,
    LINES,
    OWN_PROOF,
    README,
    TABLE,
    Line,
    lines_as_bytes,
    proof_path,
    table_of,
)
from openclets.journal.verify_log import Proof
from openclets.vocabulary.errors import Fault, Rejected, Unavailable


@dataclass(frozen=True, slots=True)
class Taken:
    """Entries taken out, in the order wanted, and the checkpoint that all are proven against."""

    lines: tuple[Line, ...]
    proofs: tuple[str, ...]
    checkpoint: str

    @property
    def lines_hash(self) -> str:
        """SHA-256 of the lines, in hex: what the journal's own entry about the export holds."""
        return hashlib.sha256(lines_as_bytes(self.lines)).hexdigest()


@dataclass(frozen=True, slots=True)
class About:
    """Who took the entries out, when, and what was looked for; `receipt` is that of the export's own entry."""

    user: str
    agency: str
    at: datetime
    search: int
    words: str
    receipt: Receipt


def take_out(criteria: Criteria, wanted: PageWanted, folder: Path, *, most: int) -> Taken:
    """What fits, with the proofs from the log in `folder`.

    Raises: Rejected when nothing fits or more than `most` do; Unavailable when an entry is not sealed yet or the search
    takes too long; LogUnreadable.
    """
    page = find_entries(criteria, PageWanted(wanted.sort, wanted.descending, size=most))
    if page.after is not None:
        raise Rejected(
            Fault("40", "search", f"more than {most:,} entries fit", "a narrower search: by time, user or agency")
        )
    if not page.entries:
        raise Rejected(Fault("40", "search", "no entry fits", "a search that finds something"))
    try:
        checkpoint = (folder / CHECKPOINT).read_bytes().decode()
    except FileNotFoundError:
        raise Unavailable("the journal is not sealed here: the sealer does not run") from None
    size = size_in(checkpoint)
    moments = [entry.at for entry in page.entries]
    lines, proofs = [], []
    for place, salt, asked, answered, personal, *columns in _rows([entry.number for entry in page.entries], moments):
        leaf = leaf_bytes(leaf_of(columns))
        if place is None or place >= size:
            raise Unavailable(f"entry {columns[0]} is not sealed yet: try again in a second")
        told: Mapping[str, str] | None = None if personal is None else json.loads(personal)
        lines.append(
            Line(place, leaf.decode("ascii"), None if salt is None else bytes(salt).hex(), asked, answered, told)
        )
        proofs.append(str(Proof(place, leaf, inclusion_proof(folder, place, size), checkpoint)))
    return Taken(tuple(lines), tuple(proofs), checkpoint)


def packed(taken: Taken, about: About, own_proof: str) -> bytes:
    """The export as one file. `own_proof` is that of the export's own entry, empty when it was not sealed in time."""
    files = {
        README: _readme(taken, about, own_proof).encode(),
        ABOUT: json.dumps(_about(taken, about), indent=2, sort_keys=True).encode() + b"\n",
        TABLE: table_of(taken.lines),
        LINES: lines_as_bytes(taken.lines),
        CHECKPOINT: taken.checkpoint.encode(),
        **({OWN_PROOF: own_proof.encode()} if own_proof else {}),
        **{proof_path(line.number): proof.encode() for line, proof in zip(taken.lines, taken.proofs, strict=True)},
    }
    content = io.BytesIO()
    stamp = (about.at.year, about.at.month, about.at.day, about.at.hour, about.at.minute, about.at.second)
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, raw in files.items():
            file.writestr(zipfile.ZipInfo(name, stamp), raw, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _rows(numbers: list[int], moments: list[datetime]) -> list[tuple[Any, ...]]:
    raw: psycopg.Connection[Any] = connection.connection
    return raw.execute(_TAKEN, [numbers, moments]).fetchall()


def _about(taken: Taken, about: About) -> dict[str, object]:
    return {
        "format": FORMAT,
        "exported_by": about.user,
        "agency": about.agency,
        "at": about.at.isoformat(),
        "looked_for": about.words,
        "search": about.search,
        "entries": len(taken.lines),
        "lines_sha256": taken.lines_hash,
        "receipt": str(about.receipt),
    }


def _readme(taken: Taken, about: About, own_proof: str) -> str:
    number = about.receipt.number
    own = (
        f"{OWN_PROOF} proves the journal's own entry about this export, number {number}."
        if own_proof
        else f"The journal's own entry about this export, number {number}, was not sealed when it was made. Its proof\n"
        f"is given at any time by `openclets receipt {number}`; put it into this file as {OWN_PROOF}."
    )
    return f"""Export of the journal

{len(taken.lines)} entries, taken out by {about.user} ({about.agency}) at {about.at.isoformat()}.
Looked for: {about.words}
Receipt of this export: {about.receipt}

{TABLE} is for reading. {LINES} holds the same entries to the letter, with the salts of their hashes.
proofs/ holds the proof of each entry; all lead to the signed checkpoint beside it.
{own}

To check this file, with no network and no trust in whoever made it:

    openclets journal verify THIS_FILE --key KEY

or `python verify_export.py THIS_FILE --key KEY` with verify_export.py and verify_log.py of OpenCLETS, Python 3.11 and
the package cryptography. KEY is the log's verifier key: have it told to you by somebody you trust, not by this file.

In the table a cell that a spreadsheet would run as a formula has an apostrophe in front.
"""


_TAKEN: Final = f"""
    SELECT s.leaf_index, b.salt, b.asked, b.answered, b.personal::text,
           {", ".join(f"e.{name}" for name in LEAF_COLUMNS)}
      FROM unnest(%s::bigint[], %s::timestamptz[]) WITH ORDINALITY AS wanted (number, at, line)
      JOIN journal_entry e ON e.number = wanted.number AND e.at = wanted.at
      LEFT JOIN journal_body b ON b.entry_number = e.number AND b.at = e.at
      LEFT JOIN journal_sealed s ON s.entry_number = e.number
     ORDER BY wanted.line
"""  # noqa: S608 (fixed names)
