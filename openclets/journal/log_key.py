"""The log's own key: made once, kept by the sealer alone, and the way it signs a checkpoint."""

from __future__ import annotations

import base64
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openclets.journal.verify_log import ED25519, Checkpoint, Note, Signature, Verifier, key_id_of

PREFIX: Final = "PRIVATE+KEY"


class KeyUnusable(Exception):
    """The file is no key of a log."""


@dataclass(frozen=True, slots=True)
class LogKey:
    """The private key of a log, and the key by which anyone checks it."""

    private: Ed25519PrivateKey
    verifier: Verifier

    def sign(self, checkpoint: Checkpoint) -> Note:
        """The checkpoint as a note signed by the log. The same checkpoint always gives the same bytes."""
        text = str(checkpoint)
        signature = Signature(self.verifier.name, self.verifier.key_id, self.private.sign(text.encode()))
        return Note(text, (signature,))


def key_in(path: Path, *, name: str) -> LogKey:
    """The key in the file, made there (mode 0600) when there is none, with `name` as the log's name for ever.

    Raises: KeyUnusable; OSError when it can be neither read nor made.
    """
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        seed = Ed25519PrivateKey.generate().private_bytes_raw()
        _write_once(path, f"{PREFIX}+{name}+{base64.b64encode(bytes([ED25519]) + seed).decode()}\n")
    return read_key(path)


def read_key(path: Path) -> LogKey:
    """The key in the file. Raises: KeyUnusable; FileNotFoundError."""
    name, _, material = path.read_text(encoding="utf-8").strip().removeprefix(f"{PREFIX}+").partition("+")
    try:
        raw = base64.b64decode(material, validate=True)
    except ValueError:
        raw = b""
    if not name or len(raw) != 33 or raw[0] != ED25519:
        raise KeyUnusable(f"{path} is no key of a log: put the right one back")
    private = Ed25519PrivateKey.from_private_bytes(raw[1:])
    public = private.public_key().public_bytes_raw()
    return LogKey(private, Verifier(name, key_id_of(name, ED25519, public), ED25519, public))


def _write_once(path: Path, text: str) -> None:
    """Writes the file whole and durable, or leaves the one that another program made meanwhile."""
    unfinished = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(unfinished, path)
    except FileExistsError:
        return
    finally:
        unfinished.unlink()
