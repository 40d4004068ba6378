#!/usr/bin/env python3
"""Checks an OpenCLETS log, or a proof taken from it, with no network and no trust in whoever runs the log.

    python verify_log.py LOG_FOLDER      --key VKEY [--witness VKEY]... [--against CHECKPOINT_FILE]... [--hashes-only]
    python verify_log.py FILE.tlog-proof --key VKEY [--witness VKEY]...

Exit status 0 when everything holds; otherwise 1 and one line that names the first bad entry. `--key` is the log's
verifier key as told by somebody you trust (`openclets journal key` prints it). `--against` is a checkpoint that was
kept from before: it shows a log that was forked or rolled back. Every `--witness` must have cosigned.

This file needs Python 3.11 and the package `cryptography`, and nothing else of OpenCLETS: it may be copied and read by
itself. OpenCLETS uses the same file to write what is checked here.

Source: RFC 6962 section 2.1 (tree), C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-tiles, tlog-proof.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

TILE_WIDTH = 256
HASH_BYTES = 32
MAX_SIGNATURES = 16
"""Source: tlog-tiles (a tile has 256 hashes of 32 bytes); signed-note (at least 16 signatures are accepted)."""

ED25519, COSIGNATURE = 0x01, 0x04
"""Signature types. Source: signed-note, Signature types."""

TELL_EVERY_TILES = 64
TELL_EVERY_SECONDS = 2.0
"""How often progress is told. Own decision."""

PROOF_HEADER = "c2sp.org/tlog-proof@v1"
MOVING_FOR_SECONDS = 3.0
"""How long a folder may hold more than its checkpoint says, because it is being written now. Own decision."""

_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")
_TILE = re.compile(r"tile/(entries|[0-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


class Wrong(Exception):
    """What does not hold, in one line; the first bad entry is named first."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key with its name, as in a vkey."""

    name: str
    key_id: bytes
    algorithm: int
    public_bytes: bytes

    def __str__(self) -> str:
        material = base64.b64encode(bytes([self.algorithm]) + self.public_bytes).decode()
        return f"{self.name}+{self.key_id.hex()}+{material}"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line of a note. `value` is what follows the key id."""

    name: str
    key_id: bytes
    value: bytes

    def __str__(self) -> str:
        return f"\u2014 {self.name} {base64.b64encode(self.key_id + self.value).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A signed note, its signatures not yet checked. `text` ends in a newline."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(map(str, self.signatures))


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself: so many entries, and the root over them."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class Proof:
    """That an entry is at a place of the log. `leaf` is the entry itself; `hashes` go from the leaf to the root."""

    index: int
    leaf: bytes
    hashes: tuple[bytes, ...]
    checkpoint: str

    def __str__(self) -> str:
        lines = [PROOF_HEADER, f"extra {base64.b64encode(self.leaf).decode()}", f"index {self.index}"]
        lines += [base64.b64encode(each).decode() for each in self.hashes]
        return "\n".join(lines) + "\n\n" + self.checkpoint


# Keys and notes


def key_id_of(name: str, algorithm: int, public_bytes: bytes) -> bytes:
    """The four bytes that stand for a key in a signature line."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([algorithm]) + public_bytes).digest()[:4]


def read_verifier(vkey: str) -> Verifier:
    """The verifier key written `name+id+key`. Raises: Wrong."""
    name, _, rest = vkey.strip().partition("+")
    stated, _, material = rest.partition("+")
    try:
        raw = base64.b64decode(material, validate=True)
    except binascii.Error:
        raw = b""
    if len(raw) != 1 + HASH_BYTES or raw[0] not in (ED25519, COSIGNATURE):
        raise Wrong("the verifier key is none: it is written name+id+key, of type Ed25519")
    verifier = Verifier(name, key_id_of(name, raw[0], raw[1:]), raw[0], raw[1:])
    if verifier.key_id.hex() != stated:
        raise Wrong("the verifier key's id does not belong to its name and key")
    return verifier


def read_note(raw: bytes) -> Note:
    """A note in its one spelling: what was not written so, byte for byte, is no note. Raises: Wrong."""
    try:
        whole = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Wrong("the checkpoint is no text") from None
    text, blank, lines = whole.rpartition("\n\n")
    signatures = []
    for line in lines.splitlines()[: MAX_SIGNATURES + 1]:
        dash, _, rest = line.partition(" ")
        name, _, value = rest.partition(" ")
        signed = _decode64(value)
        if dash != "\u2014" or not name or "+" in name or len(signed) <= 4:
            raise Wrong("the checkpoint has a line that is no signature")
        signatures.append(Signature(name, signed[:4], signed[4:]))
    note = Note(text + "\n", tuple(signatures))
    if not blank or not signatures or len(signatures) > MAX_SIGNATURES or str(note) != whole:
        raise Wrong("the checkpoint is no signed note")
    return note


def has_signed(note: Note, by: Verifier) -> bool:
    """Whether the key signed the note (or cosigned it, for a key of that type).

    Raises: Wrong when there is a signature of this key and it is false.
    """
    found = [each for each in note.signatures if (each.name, each.key_id) == (by.name, by.key_id)]
    for signature in found:
        message, value = note.text.encode(), signature.value
        if by.algorithm == COSIGNATURE:
            message = b"cosignature/v1\ntime %d\n" % int.from_bytes(value[:8], "big") + message
            value = value[8:]
        try:
            Ed25519PublicKey.from_public_bytes(by.public_bytes).verify(value, message)
        except InvalidSignature:
            raise Wrong(f"the signature of {by.name} on the checkpoint is false") from None
    return bool(found)


def read_checkpoint(raw: bytes, log: Verifier, witnesses: Sequence[Verifier] = ()) -> Checkpoint:
    """The checkpoint in a note that the log and every witness have signed. Raises: Wrong."""
    note = read_note(raw)
    for signer in (log, *witnesses):
        if not has_signed(note, signer):
            raise Wrong(f"the checkpoint is not signed by {signer.name} with key {signer.key_id.hex()}")
    origin, _, rest = note.text.partition("\n")
    size, _, root = rest.partition("\n")
    if not _NUMBER.fullmatch(size) or len(_decode64(root.partition("\n")[0])) != HASH_BYTES:
        raise Wrong("the signed note is no checkpoint")
    if origin != log.name:
        raise Wrong(f"the checkpoint is of another log, {origin!r}")
    return Checkpoint(origin, int(size), _decode64(root.partition("\n")[0]))


# The tree


def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: enough to add leaves and to tell the root at any moment."""

    def __init__(self, size: int = 0, complete: Sequence[bytes] = ()) -> None:
        """Empty, or as another was: `complete` are the roots of its complete trees, the largest first."""
        self.size = size
        self._complete = list(complete)

    @property
    def complete(self) -> tuple[bytes, ...]:
        return tuple(self._complete)

    def append(self, leaf: bytes) -> None:
        """Adds a leaf by its hash."""
        carried, bits = leaf, self.size
        while bits & 1:
            carried = node_hash(self._complete.pop(), carried)
            bits >>= 1
        self._complete.append(carried)
        self.size += 1

    def root(self) -> bytes:
        if not self._complete:
            return hashlib.sha256().digest()
        root = self._complete[-1]
        for left in reversed(self._complete[:-1]):
            root = node_hash(left, root)
        return root


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over these leaf hashes."""
    frontier = Frontier()
    for each in hashes:
        frontier.append(each)
    return frontier.root()


def root_by_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """The root to which an inclusion proof leads. Raises: Wrong when the proof has not the right length.

    Source: RFC 9162 section 2.1.3.2.
    """
    if not 0 <= index < size:
        raise Wrong(f"the proof speaks of place {index} in a log of {size} entries")
    place, last, root = index, size - 1, leaf
    for hashed in proof:
        if last == 0:
            raise Wrong("the proof has too many hashes")
        if place & 1 or place == last:
            root = node_hash(hashed, root)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            root = node_hash(root, hashed)
        place, last = place >> 1, last >> 1
    if last:
        raise Wrong("the proof has too few hashes")
    return root


def is_consistent(old: Checkpoint, new: Checkpoint, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the old tree is the beginning of the new one. Source: RFC 9162 section 2.1.4.2."""
    if old.size == new.size or old.size == 0:
        return not proof and (old.size == 0 or old.root == new.root)
    if old.size > new.size or not proof:
        return False
    hashes = list(proof)
    if old.size & (old.size - 1) == 0:
        hashes.insert(0, old.root)
    place, last = old.size - 1, new.size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old_root = new_root = hashes[0]
    for hashed in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old_root, new_root = node_hash(hashed, old_root), node_hash(hashed, new_root)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new_root = node_hash(new_root, hashed)
        place, last = place >> 1, last >> 1
    return last == 0 and (old_root, new_root) == (old.root, new.root)


# Tiles


def tile_path(level: int | str, index: int, width: int = TILE_WIDTH) -> str:
    """Where a tile lies in the log; level `entries` for a bundle of entries. A width below 256 is a partial tile."""
    groups = [f"{index % 1000:03d}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03d}")
    return f"tile/{level}/{'/'.join(groups)}" + (f".p/{width}" if width < TILE_WIDTH else "")


def pack_entries(leaves: Sequence[bytes]) -> bytes:
    """A bundle of entries."""
    return b"".join(len(leaf).to_bytes(2, "big") + leaf for leaf in leaves)


def unpack_entries(bundle: bytes) -> list[bytes]:
    """The entries of a bundle; a last one that was cut off is given as far as it goes."""
    entries, at = [], 0
    while at < len(bundle):
        length = int.from_bytes(bundle[at : at + 2], "big")
        entries.append(bundle[at + 2 : at + 2 + length])
        at += 2 + length
    return entries


def verify_folder(
    folder: Path,
    log: Verifier,
    witnesses: Sequence[Verifier] = (),
    against: Sequence[Checkpoint] = (),
    *,
    hashes_only: bool = False,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Checkpoint:
    """Checks everything in a log folder: signatures, every entry, every tile, and the earlier checkpoints `against`.

    `hashes_only`: the folder is a public copy without bundles of entries. `progress` hears how many entries were
    checked, of how many. Raises: Wrong.
    """
    checkpoint = read_checkpoint(_read(folder, "checkpoint"), log, witnesses)
    for older in against:
        if older.size > checkpoint.size:
            raise Wrong(
                f"entry at {checkpoint.size}: missing; the log was rolled back from {older.size} entries"
                f" to {checkpoint.size}"
            )
    walk = _Walk(folder, checkpoint.size, sorted(against, key=lambda each: each.size), hashes_only, progress)
    root = walk.run()
    if root != checkpoint.root:
        raise Wrong(f"{walk.unproven()}: the entries do not give the root that the log has signed")
    # A folder at work grows while it is read; one that was rolled back stays as it is.
    deadline = time.monotonic() + MOVING_FOR_SECONDS
    while beyond := _first_beyond(folder, read_checkpoint(_read(folder, "checkpoint"), log).size):
        if time.monotonic() > deadline:
            raise Wrong(beyond)
        time.sleep(MOVING_FOR_SECONDS / 20)
    return checkpoint


class _Walk:
    """One way through a log folder, from the first entry to the last."""

    def __init__(
        self,
        folder: Path,
        size: int,
        against: Sequence[Checkpoint],
        hashes_only: bool,
        progress: Callable[[int, int], None],
    ) -> None:
        self._folder, self._size, self._hashes_only, self._progress = folder, size, hashes_only, progress
        self._against = list(against)
        self._frontier = Frontier()

    def run(self) -> bytes:
        """The root over all leaves. Raises: Wrong at the first place that does not hold."""
        expected: dict[str, bytes] = {}
        upper: list[bytes] = []
        for tile, width in _tiles(self._size):
            hashes = self._level_zero(tile, width, expected)
            for leaf in hashes:
                self._compare_checkpoints()
                self._frontier.append(leaf)
            if width == TILE_WIDTH:
                upper.append(root_of(hashes))
                self._compare_with_parent(tile, upper[-1])
            if tile % TELL_EVERY_TILES == 0:
                self._progress(self._frontier.size, self._size)
        self._compare_checkpoints()
        level, below = 1, upper
        while below:
            upper = []
            for tile, width in _tiles(len(below)):
                hashes = below[tile * TILE_WIDTH : tile * TILE_WIDTH + width]
                found, path = self._tile(level, tile, width)
                if found != b"".join(hashes):
                    first = tile * TILE_WIDTH ** (level + 1)
                    raise Wrong(f"entries from {first}: {path} does not give the hashes of the tiles below it")
                expected[path] = found
                if width == TILE_WIDTH:
                    upper.append(root_of(hashes))
            level, below = level + 1, upper
        self._compare_leftovers(expected)
        return self._frontier.root()

    def unproven(self) -> str:
        """The entries that no tile above vouches for."""
        first = self._size - self._size % TILE_WIDTH
        return f"entries {first} to {self._size - 1}" if first < self._size else "the checkpoint"

    def _level_zero(self, tile: int, width: int, expected: dict[str, bytes]) -> list[bytes]:
        first = tile * TILE_WIDTH
        hashed, path = self._tile(0, tile, width)
        hashes = [hashed[at : at + HASH_BYTES] for at in range(0, len(hashed), HASH_BYTES)]
        if not self._hashes_only:
            bundle, bundle_path = self._tile("entries", tile, width)
            leaves = unpack_entries(bundle)
            for place in range(width):
                index = first + place
                if place >= len(leaves):
                    raise Wrong(f"entry at {index}: missing, {bundle_path} is truncated")
                if place >= len(hashes) or leaf_hash(leaves[place]) != hashes[place]:
                    raise Wrong(
                        f"{_named(index, leaves[place])}: the entry in {bundle_path} does not give its hash in {path}"
                    )
            if len(leaves) > width:
                raise Wrong(f"entry at {first + width}: {bundle_path} holds more than its entries")
            if pack_entries(leaves) != bundle:
                named = _named(first + width - 1, leaves[-1])
                raise Wrong(f"{named}: {bundle_path} states another length than the entry has")
            expected[bundle_path] = bundle
        if len(hashed) != width * HASH_BYTES:
            bad = min(len(hashed) // HASH_BYTES, width)
            raise Wrong(f"entry at {first + bad}: {path} has {len(hashed)} bytes instead of {width * HASH_BYTES}")
        expected[path] = hashed
        return hashes

    def _tile(self, level: int | str, tile: int, width: int) -> tuple[bytes, str]:
        """A tile and its path. Of a partial tile whose full one is there already, the part that counts."""
        path = tile_path(level, tile, width)
        if width < TILE_WIDTH and not (self._folder / path).is_file():
            whole_path = tile_path(level, tile)
            whole = _read(self._folder, whole_path, otherwise=path)
            if level == "entries":
                return pack_entries(unpack_entries(whole)[:width]), whole_path
            return whole[: width * HASH_BYTES], whole_path
        return _read(self._folder, path), path

    def _compare_with_parent(self, tile: int, root: bytes) -> None:
        """The tile above tells at once in which 256 entries something is wrong."""
        complete = self._size // TILE_WIDTH
        parent, place = divmod(tile, TILE_WIDTH)
        width = min(TILE_WIDTH, complete - parent * TILE_WIDTH)
        if place == 0:
            self._parent, self._parent_path = self._tile(1, parent, width)
        if self._parent[place * HASH_BYTES : (place + 1) * HASH_BYTES] != root:
            first = tile * TILE_WIDTH
            raise Wrong(
                f"entries {first} to {first + TILE_WIDTH - 1}: {tile_path(0, tile)} does not give its hash in"
                f" {self._parent_path}"
            )

    def _compare_checkpoints(self) -> None:
        while self._against and self._against[0].size == self._frontier.size:
            older = self._against.pop(0)
            if older.root != self._frontier.root():
                raise Wrong(
                    f"entries before {older.size}: the log was forked; it once signed another root over its first"
                    f" {older.size} entries"
                )

    def _compare_leftovers(self, expected: dict[str, bytes]) -> None:
        """Every other file must be a tile of an earlier, smaller log, or lie beyond the checkpoint."""
        for path in _files(self._folder):
            if path in expected:
                continue
            matched = _TILE.fullmatch(path)
            if matched is None:
                raise Wrong(f"{path} does not belong to a log")
            level, index, width = _tile_of(matched)
            count = _tiles_at(self._size, level)
            present = min(TILE_WIDTH, count - index * TILE_WIDTH)
            if width > present:
                continue
            whole = expected.get(tile_path(level, index, present)) or expected.get(tile_path(level, index)) or b""
            part = pack_entries(unpack_entries(whole)[:width]) if level == "entries" else whole[: width * HASH_BYTES]
            if path.startswith("tile/entries/") and self._hashes_only:
                continue
            if _read(self._folder, path) != part:
                raise Wrong(f"entries from {index * TILE_WIDTH}: {path} is not what the log had there")


def _first_beyond(folder: Path, size: int) -> str:
    """In words, the first file with more than `size` entries; empty when there is none."""
    beyond = []
    for path in _files(folder):
        matched = _TILE.fullmatch(path)
        if matched is None:
            continue
        level, index, width = _tile_of(matched)
        if index * TILE_WIDTH + width > _tiles_at(size, level):
            beyond.append((index, path))
    if not beyond:
        return ""
    return f"entry at {size}: {min(beyond)[1]} lies beyond the checkpoint of {size} entries; the log was rolled back"


def _tile_of(matched: re.Match[str]) -> tuple[int | str, int, int]:
    level = matched[1] if matched[1] == "entries" else int(matched[1])
    return level, int(matched[2].replace("x", "").replace("/", "")), int(matched[3] or TILE_WIDTH)


def _tiles_at(size: int, level: int | str) -> int:
    """How many hashes (or entries) a log of this size has at a level."""
    return size if level == "entries" else int(size // TILE_WIDTH ** int(level))


def _tiles(count: int) -> Iterator[tuple[int, int]]:
    """Index and width of the tiles over so many hashes."""
    for tile in range((count + TILE_WIDTH - 1) // TILE_WIDTH):
        yield tile, min(TILE_WIDTH, count - tile * TILE_WIDTH)


def _files(folder: Path) -> Iterator[str]:
    """Every file under tile/, in order. Names that begin with a dot are of a write that was broken off."""
    for path in sorted((folder / "tile").rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            yield path.relative_to(folder).as_posix()


def _read(folder: Path, path: str, *, otherwise: str = "") -> bytes:
    try:
        return (folder / path).read_bytes()
    except FileNotFoundError:
        matched = _TILE.fullmatch(otherwise or path)
        first = f"entry at {_tile_of(matched)[1] * TILE_WIDTH}: " if matched and matched[1] in ("0", "entries") else ""
        raise Wrong(f"{first}{otherwise or path} is missing") from None


def _named(index: int, leaf: bytes) -> str:
    """An entry by its number where that can be read, and by its place."""
    try:
        return f"entry {int(json.loads(leaf)['number'])} (at {index})"
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return f"entry at {index}"


# Proofs


def read_proof(raw: bytes) -> Proof:
    """A proof in its one spelling. Raises: Wrong."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Wrong("the proof is no text") from None
    head, blank, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    fields = [line.partition(" ") for line in lines[1:3]]
    if not blank or lines[0] != PROOF_HEADER or [field[0] for field in fields] != ["extra", "index"]:
        raise Wrong(f"the proof is none that holds its entry: it begins with {PROOF_HEADER}, extra and index")
    hashes = tuple(_decode64(line) for line in lines[3:])
    if not _NUMBER.fullmatch(fields[1][2]) or any(len(each) != HASH_BYTES for each in hashes) or len(hashes) > 64:
        raise Wrong("the proof has a line that is neither place nor hash")
    return Proof(int(fields[1][2]), _decode64(fields[0][2]), hashes, checkpoint)


def verify_proof(raw: bytes, log: Verifier, witnesses: Sequence[Verifier] = ()) -> tuple[Proof, Checkpoint]:
    """Checks a proof: the entry in it is at its place in the log that the log has signed. Raises: Wrong."""
    proof = read_proof(raw)
    named = _named(proof.index, proof.leaf)
    try:
        checkpoint = read_checkpoint(proof.checkpoint.encode(), log, witnesses)
        root = root_by_inclusion(leaf_hash(proof.leaf), proof.index, checkpoint.size, proof.hashes)
    except Wrong as wrong:
        raise Wrong(f"{named}: {wrong}") from None
    if root != checkpoint.root:
        raise Wrong(f"{named}: the entry is not at this place in the log that was signed")
    return proof, checkpoint


def _decode64(text: str) -> bytes:
    """Base64 in its one spelling; the unused bits at the end are zero. Raises: Wrong."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Wrong("a line that should be base64 is not") from None
    if base64.b64encode(raw).decode() != text:
        raise Wrong("a line of base64 is not in its one spelling")
    return raw


class Told:
    """Tells a person of progress, every few seconds and never at once: what is done soon says only its end."""

    def __init__(self, write: Callable[[str], object], what: str = "entries") -> None:
        self._write, self._what, self._told_at = write, what, time.monotonic()

    def __call__(self, done: int, of: int) -> None:
        if time.monotonic() - self._told_at >= TELL_EVERY_SECONDS:
            self._told_at = time.monotonic()
            self._write(f"... {done:,} of {of:,} {self._what}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Check an OpenCLETS log folder or a .tlog-proof, offline.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--key", required=True, help="the log's verifier key, name+id+key")
    parser.add_argument("--witness", action="append", default=[], help="key of a witness that must have cosigned")
    parser.add_argument("--against", action="append", default=[], type=Path, help="file with an earlier checkpoint")
    parser.add_argument("--hashes-only", action="store_true", help="the folder holds no bundles of entries")
    given = parser.parse_args(arguments)
    try:
        said = verify(
            given.path,
            given.key,
            given.witness,
            given.against,
            hashes_only=given.hashes_only,
            progress=Told(sys.stderr.write),
        )
    except Wrong as wrong:
        sys.stdout.write(f"{wrong}\n")
        return 1
    sys.stdout.write(f"{said}\n")
    return 0


def verify(
    path: Path,
    key: str,
    witnesses: Sequence[str] = (),
    against: Sequence[Path] = (),
    *,
    hashes_only: bool = False,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> str:
    """Checks a folder or a proof and says in a line what holds. Raises: Wrong; OSError when it cannot be read."""
    log, trusted = read_verifier(key), [read_verifier(witness) for witness in witnesses]
    if path.is_dir():
        earlier = [read_checkpoint(file.read_bytes(), log) for file in against]
        checkpoint = verify_folder(path, log, trusted, earlier, hashes_only=hashes_only, progress=progress)
        return f"holds: {checkpoint.size} entries of {log.name}, root {checkpoint.root.hex()}"
    proof, checkpoint = verify_proof(path.read_bytes(), log, trusted)
    return (
        f"holds: {_named(proof.index, proof.leaf)} of {checkpoint.size} in {log.name},"
        f" leaf hash {leaf_hash(proof.leaf).hex()}\n{proof.leaf.decode(errors='replace')}"
    )


if __name__ == "__main__":
    sys.exit(main())
