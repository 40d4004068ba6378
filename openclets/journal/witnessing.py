"""Cosignatures of witnesses: asked for, checked, kept, and published beside the log's own checkpoint.

A witness remembers the last checkpoint of this log and signs a new one only when it continues that. So whoever trusts
one witness knows that everybody was shown the same log. Source: C2SP tlog-witness (add-checkpoint), tlog-cosignature.
"""

from __future__ import annotations

import base64
import http.client
import urllib.error
import urllib.request
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import psycopg

from openclets.journal.log_folder import CHECKPOINT, COSIGNED, consistency_proof, root_at, write_files
from openclets.journal.receipts import size_in
from openclets.journal.verify_log import (
    COSIGNATURE,
    Checkpoint,
    Note,
    Verifier,
    Wrong,
    read_checkpoint,
    read_note,
)
from openclets.vocabulary.errors import Unavailable

ANSWERS_WITHIN_SECONDS: Final = 10.0
MAX_ANSWER_BYTES: Final = 65_536
"""Own decisions."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    body: bytes


def ask_witness(
    connection: psycopg.Connection[Any], folder: Path, log: Verifier, witness: Verifier, address: str
) -> Checkpoint:
    """Has the newest checkpoint cosigned and keeps the cosignature. `address` is the witness's submission prefix.

    Returns the checkpoint that is cosigned now. Raises: Unavailable when the witness does not answer or refuses; Wrong
    when its cosignature does not hold; LogUnreadable.
    """
    raw = (folder / CHECKPOINT).read_bytes()
    checkpoint = read_checkpoint(raw, log)
    known = _row(connection, "SELECT coalesce(max(size), 0) FROM journal_cosignature WHERE witness = %s", str(witness))
    answer = _post(address, request_body(folder, min(int(known), checkpoint.size), checkpoint.size, raw))
    if answer.status == HTTPStatus.CONFLICT and answer.body.strip().isdigit():
        remembered = int(answer.body)
        if remembered > checkpoint.size:
            raise Wrong(
                f"entry at {checkpoint.size}: {witness.name} has cosigned {remembered} entries of this log, which now"
                f" has {checkpoint.size}; the log was rolled back"
            )
        answer = _post(address, request_body(folder, remembered, checkpoint.size, raw))
    if answer.status != HTTPStatus.OK:
        raise Unavailable(f"the witness {witness.name} did not cosign (HTTP {answer.status})")
    return accept(connection, folder, log, witness, raw + answer.body)


def request_body(folder: Path, old: int, size: int, checkpoint: bytes) -> bytes:
    """What is sent to a witness: the size it knows, the proof from there, and the checkpoint."""
    lines = [f"old {old}", *(base64.b64encode(each).decode() for each in consistency_proof(folder, old, size))]
    return "\n".join(lines).encode() + b"\n\n" + checkpoint


def accept(
    connection: psycopg.Connection[Any], folder: Path, log: Verifier, witness: Verifier, cosigned: bytes
) -> Checkpoint:
    """Keeps the witness's cosignature on a checkpoint of this log, and publishes it with those kept before.

    Raises: Wrong when it is not this log's checkpoint or not cosigned by that witness.
    """
    if witness.algorithm != COSIGNATURE:
        raise Wrong(f"{witness.name} is no witness: its key is not of the type for cosignatures")
    note = read_note(cosigned)
    checkpoint = read_checkpoint(cosigned, log, [witness])
    present = size_in((folder / CHECKPOINT).read_text(encoding="utf-8"))
    if checkpoint.size > present or root_at(folder, checkpoint.size, present) != checkpoint.root:
        raise Wrong(f"the cosigned checkpoint of {checkpoint.size} entries is not of this log: a fork")
    line = next(each for each in note.signatures if (each.name, each.key_id) == (witness.name, witness.key_id))
    connection.execute(
        "INSERT INTO journal_cosignature (size, witness, line) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
        [checkpoint.size, str(witness), str(line)],
    )
    _publish(connection, folder, log, note, checkpoint)
    return checkpoint


def _publish(
    connection: psycopg.Connection[Any], folder: Path, log: Verifier, note: Note, checkpoint: Checkpoint
) -> None:
    """The newest cosigned checkpoint with every cosignature kept on it."""
    shown = folder / COSIGNED
    if shown.is_file() and size_in(shown.read_text(encoding="utf-8")) > checkpoint.size:
        return
    own = tuple(each for each in note.signatures if (each.name, each.key_id) == (log.name, log.key_id))
    bare = str(Note(note.text, own))
    lines = connection.execute(
        "SELECT line FROM journal_cosignature WHERE size = %s ORDER BY witness", [checkpoint.size]
    ).fetchall()
    write_files(folder, {COSIGNED: (bare + "".join(line for (line,) in lines)).encode()})


def _post(address: str, body: bytes) -> _Answer:
    if not address.startswith(("https://", "http://")):
        raise Unavailable("the address of a witness begins with https://")
    request = urllib.request.Request(  # noqa: S310 (the scheme is checked)
        f"{address.rstrip('/')}/add-checkpoint", data=body, headers={"Content-Type": "text/plain; charset=utf-8"}
    )
    try:
        with urllib.request.urlopen(request, timeout=ANSWERS_WITHIN_SECONDS) as answer:  # noqa: S310 (as above)
            return _Answer(answer.status, answer.read(MAX_ANSWER_BYTES))
    except urllib.error.HTTPError as error:
        return _Answer(error.code, error.read(MAX_ANSWER_BYTES))
    except (OSError, http.client.HTTPException) as error:
        raise Unavailable(f"the witness does not answer ({type(error).__name__})") from error


def _row(connection: psycopg.Connection[Any], query: str, parameter: str) -> Any:
    row = connection.execute(query.encode(), [parameter]).fetchone()
    return row[0] if row else None
