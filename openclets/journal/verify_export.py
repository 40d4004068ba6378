#!/usr/bin/env python3
"""Checks an export of the journal, with no network and no trust in whoever made it.

    python verify_export.py EXPORT.zip --key VKEY [--witness VKEY]...

Exit status 0 when everything holds; otherwise 1 and one line that names the first bad entry. What is checked:

1. Every line is an entry at its place in the log that was signed: its proof leads to the export's checkpoint.
2. What was asked, answered and kept of persons in that line gives the hashes in its entry, unless it was erased.
3. The table (entries.csv) says what the lines (entries.jsonl) say; no line has been added, every line has its proof.
4. No line has been taken away or exchanged: the journal's own entry about the export holds the hash of the lines. That
   entry's proof is in the export where it was sealed in time; `openclets receipt` gives it at any time.

Needs this file, verify_log.py beside it, Python 3.11 and the package `cryptography`. OpenCLETS uses the same file to
write what is checked here.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import sys
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

if __package__:
    from openclets.journal import verify_log
else:  # by itself, verify_log.py lies beside this file
    import verify_log  # type: ignore[import-not-found,no-redef]

Wrong = verify_log.Wrong

FORMAT = "openclets-journal-export/1"
LINES, TABLE, CHECKPOINT, OWN_PROOF, ABOUT, README = (
    "entries.jsonl", "entries.csv", "checkpoint", "export.tlog-proof", "search.json", "README.txt",
)  # fmt: skip
EXPORTED = "journal exported"
"""Kind of the journal's own entry about an export; its one record is the SHA-256 of the lines, in hex."""

MAX_UNPACKED_BYTES = 1_000_000_000
"""A file that unpacks to more is no export of ours. Own decision."""

_LEAF_COLUMNS = "number at user agency device channel kind key purpose outcome".split()
_PERSONAL_COLUMNS = "subject_name subject_birth_date plate licence record_number case_number attention".split()
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be run by a spreadsheet. Source: OWASP, CSV injection."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of an export. `leaf` is the entry as it is hashed; salt and texts: None where the body was erased."""

    place: int
    leaf: str
    salt: str | None
    asked: str | None
    answered: str | None
    personal: Mapping[str, str] | None

    @property
    def number(self) -> int:
        return int(json.loads(self.leaf)["number"])

    @property
    def hash(self) -> str:
        return verify_log.leaf_hash(self.leaf.encode()).hex()

    def __str__(self) -> str:
        return json.dumps({name: getattr(self, name) for name in self.__slots__}, sort_keys=True)


def proof_path(number: int) -> str:
    """Where the proof of an entry lies in the export."""
    return f"proofs/{number}.tlog-proof"


def lines_as_bytes(lines: Sequence[Line]) -> bytes:
    """The file entries.jsonl."""
    return "".join(f"{line}\n" for line in lines).encode()


def table_of(lines: Sequence[Line]) -> bytes:
    """The file entries.csv: the lines as a spreadsheet shows them, without what a check needs beyond hash and place."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    names = [name.replace("_", " ") for name in (*_LEAF_COLUMNS, "records", *_PERSONAL_COLUMNS)]
    writer.writerow([*names, "asked", "answered", "leaf hash", "place in log", "proof"])
    for line in lines:
        leaf, personal = json.loads(line.leaf), line.personal or {}
        asked, answered = ("erased" if each is None else each for each in (line.asked, line.answered))
        cells = [
            *(str(leaf[name]) for name in _LEAF_COLUMNS),
            " ".join(leaf["records"]),
            *(str(personal.get(name, "")) for name in _PERSONAL_COLUMNS),
            *(asked, answered, line.hash, str(line.place), proof_path(line.number)),
        ]
        writer.writerow(["'" + cell if cell.startswith(_FORMULA) else cell for cell in cells])
    # With a mark by which spreadsheets know the encoding.
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def verify_export(raw: bytes, key: str, witnesses: Sequence[str] = ()) -> str:
    """Checks an export and says in a line what holds. Raises: Wrong."""
    log, trusted = verify_log.read_verifier(key), [verify_log.read_verifier(witness) for witness in witnesses]
    files = _unpacked(raw)
    checkpoint = verify_log.read_checkpoint(_file(files, CHECKPOINT), log, trusted)
    lines = _read_lines(_file(files, LINES))
    for line in lines:
        _check_line(line, _file(files, proof_path(line.number)), files[CHECKPOINT], log)
    if _file(files, TABLE) != table_of(lines):
        raise Wrong(f"{TABLE} does not say what {LINES} says")
    known = {LINES, TABLE, CHECKPOINT, OWN_PROOF, ABOUT, README, *(proof_path(line.number) for line in lines)}
    if extra := sorted(set(files) - known):
        raise Wrong(f"{extra[0]} belongs to no line of the export")
    erased = sum(line.salt is None for line in lines)
    texts = f"; the texts of {erased} were erased before the export" if erased else ""
    said = f"holds: {len(lines)} entries of {checkpoint.size} in {log.name}{texts}"
    if OWN_PROOF not in files:
        return f"{said}\nnot shown: that no line was taken away; the proof of the export's own entry is not in it"
    return f"{said}\ncomplete: no line was taken away since {_check_own_entry(files, log, trusted)}"


def _check_line(line: Line, proof: bytes, checkpoint: bytes, log: verify_log.Verifier) -> None:
    named = f"entry {line.number} (at {line.place})"
    proven, _ = verify_log.verify_proof(proof, log)
    if proven.checkpoint.encode() != checkpoint:
        raise Wrong(f"{named}: its proof leads to another checkpoint than the export's")
    if proven.leaf.decode(errors="replace") != line.leaf or proven.index != line.place:
        raise Wrong(f"{named}: the line is not the entry that its proof proves")
    if line.salt is None or line.asked is None or line.answered is None or line.personal is None:
        if (line.salt, line.asked, line.answered, line.personal) != (None, None, None, None):
            raise Wrong(f"{named}: part of its texts is missing")
        return
    leaf, salt = json.loads(line.leaf), bytes.fromhex(line.salt)
    personal = json.dumps(dict(line.personal), sort_keys=True, separators=(",", ":"))
    for name, text in (("asked", line.asked), ("answered", line.answered), ("personal", personal)):
        if hashlib.sha256(salt + text.encode()).hexdigest() != leaf[name]:
            raise Wrong(f"{named}: what was {name} does not give the hash in the entry")


def _check_own_entry(
    files: Mapping[str, bytes], log: verify_log.Verifier, trusted: Sequence[verify_log.Verifier]
) -> str:
    """The entry about the export holds the hash of its lines. Returns the entry in words."""
    proof, _ = verify_log.verify_proof(files[OWN_PROOF], log, trusted)
    leaf = json.loads(proof.leaf)
    if leaf["kind"] != EXPORTED or leaf["records"] != [hashlib.sha256(files[LINES]).hexdigest()]:
        raise Wrong(f"entry {leaf['number']} (at {proof.index}): it is of another export than these lines")
    return f"{leaf['user']} exported them at {leaf['at']}, entry {leaf['number']}"


def _read_lines(raw: bytes) -> list[Line]:
    lines = []
    for place, text in enumerate(raw.decode("utf-8", "replace").splitlines()):
        try:
            given: dict[str, Any] = json.loads(text)
            line = Line(**given)
            well_made = f"{line}" == text and line.number >= 0 and isinstance(line.place, int)
            bytes.fromhex(line.salt or "")
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            well_made = False
        if not well_made:
            raise Wrong(f"line {place + 1} of {LINES} is no line of an export")
        lines.append(line)
    if len({line.number for line in lines}) != len(lines):
        raise Wrong(f"an entry is twice in {LINES}")
    return lines


def _unpacked(raw: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(each.file_size for each in packed.infolist()) > MAX_UNPACKED_BYTES:
                raise Wrong("the file unpacks to more than an export can hold")
            if len(packed.namelist()) != len(set(packed.namelist())):
                raise Wrong("the file holds a part twice")
            return {name: packed.read(name) for name in packed.namelist()}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError, RuntimeError):
        raise Wrong("the file is no export: it cannot be unpacked") from None
    except zlib.error:
        raise Wrong("the file is no export: a part of it is damaged") from None


def _file(files: Mapping[str, bytes], name: str) -> bytes:
    if name not in files:
        raise Wrong(f"{name} is missing from the export")
    return files[name]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Check an export of an OpenCLETS journal, offline.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--key", required=True, help="the log's verifier key, name+id+key")
    parser.add_argument("--witness", action="append", default=[], help="key of a witness that must have cosigned")
    given = parser.parse_args(arguments)
    try:
        said = verify_export(given.path.read_bytes(), given.key, given.witness)
    except Wrong as wrong:
        sys.stdout.write(f"{wrong}\n")
        return 1
    sys.stdout.write(f"{said}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
