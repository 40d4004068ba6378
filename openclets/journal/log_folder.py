"""The log as files: hash tiles, bundles of entries and the newest checkpoint, written so that a crash breaks none.

A file is written beside its place, forced to disk and moved there whole. Its content follows from the order of the
entries alone, so whoever writes it again writes the same bytes. Source: C2SP tlog-tiles.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from openclets.journal.leaf import MAX_LEAF_BYTES
from openclets.journal.verify_log import (
    HASH_BYTES,
    TILE_WIDTH,
    leaf_hash,
    node_hash,
    pack_entries,
    root_of,
    tile_path,
    unpack_entries,
)

CHECKPOINT: Final = "checkpoint"
COSIGNED: Final = "cosigned"
"""Newest checkpoint, and the newest that witnesses cosigned."""


class LogUnreadable(Exception):
    """Files of the log are missing or do not fit each other."""


class LogWriter:
    """The growing end of the log. One at a time writes a folder: whoever has the lock (`sealing`)."""

    def __init__(self, folder: Path, size: int = 0) -> None:
        """Continues the folder's log at `size` entries. Raises: LogUnreadable when its last tiles are not all there."""
        self.folder = folder
        self.size = size
        self._edges: list[list[bytes]] = []
        self._leaves: list[bytes] = []
        self._finished: list[str] = []
        self._fresh: dict[str, bytes] = {}
        count, level = size, 0
        while count:
            width = count % TILE_WIDTH
            hashed = read_tile(folder, level, count // TILE_WIDTH, width) if width else b""
            self._edges.append([hashed[at : at + HASH_BYTES] for at in range(0, len(hashed), HASH_BYTES)])
            count, level = count // TILE_WIDTH, level + 1
        if size % TILE_WIDTH:
            self._leaves = unpack_entries(read_tile(folder, "entries", size // TILE_WIDTH, size % TILE_WIDTH))
            if [leaf_hash(leaf) for leaf in self._leaves] != self._edges[0]:
                raise LogUnreadable(f"{tile_path('entries', size // TILE_WIDTH, size % TILE_WIDTH)} is not whole")

    def append(self, leaves: Iterable[bytes]) -> None:
        """Adds entries. Full tiles are handed to the disk at `flush`, or before, when many wait."""
        for leaf in leaves:
            if len(leaf) > MAX_LEAF_BYTES:
                raise ValueError(f"an entry of {len(leaf)} bytes is too long for the log")
            self._leaves.append(leaf)
            self._add(0, leaf_hash(leaf))
            self.size += 1
            if len(self._leaves) == TILE_WIDTH:
                self._finish("entries", self.size // TILE_WIDTH - 1, pack_entries(self._leaves))
                self._leaves = []

    def root(self) -> bytes:
        """The root over all entries so far."""
        return _root_of_edges(self._edges)

    def flush(self) -> None:
        """Makes every tile that a checkpoint of the present size needs durable."""
        count = self.size
        for level, edge in enumerate(self._edges):
            if edge:
                self._fresh[tile_path(level, count // TILE_WIDTH, len(edge))] = b"".join(edge)
            count //= TILE_WIDTH
        if self._leaves:
            path = tile_path("entries", self.size // TILE_WIDTH, len(self._leaves))
            self._fresh[path] = pack_entries(self._leaves)
        write_files(self.folder, self._fresh)
        self._fresh = {}

    def publish(self, checkpoint: str) -> None:
        """Shows the checkpoint to everybody, after `flush`; then forgets partial tiles whose full tile is there."""
        write_files(self.folder, {CHECKPOINT: checkpoint.encode()})
        for path in self._finished:
            shutil.rmtree(self.folder / f"{path}.p", ignore_errors=True)
        self._finished = []

    def _add(self, level: int, hashed: bytes) -> None:
        if level == len(self._edges):
            self._edges.append([])
        edge = self._edges[level]
        edge.append(hashed)
        if len(edge) == TILE_WIDTH:
            index = (self.size + 1) // TILE_WIDTH ** (level + 1) - 1
            self._finish(level, index, b"".join(edge))
            self._edges[level] = []
            self._add(level + 1, root_of(edge))

    def _finish(self, level: int | str, index: int, content: bytes) -> None:
        path = tile_path(level, index)
        self._fresh[path] = content
        self._finished.append(path)
        if len(self._fresh) >= TILE_WIDTH:
            write_files(self.folder, self._fresh)
            self._fresh = {}


def read_tile(folder: Path, level: int | str, index: int, width: int) -> bytes:
    """The first `width` hashes or entries of a tile, from whichever file has them. Raises: LogUnreadable."""
    whole = folder / tile_path(level, index)
    partial = folder / f"{tile_path(level, index)}.p"
    for path in (partial / str(width), whole, *_wider(partial, width)):
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            continue
        if level == "entries":
            return pack_entries(unpack_entries(content)[:width])
        if len(content) >= width * HASH_BYTES:
            return content[: width * HASH_BYTES]
    raise LogUnreadable(f"{tile_path(level, index, width)} is missing or too short")


def _wider(partial: Path, width: int) -> Iterator[Path]:
    """Partial tiles that begin with the one wanted; looked for only when that is not there itself."""
    if partial.is_dir():
        yield from (path for path in sorted(partial.iterdir()) if path.name.isdigit() and int(path.name) > width)


def write_files(folder: Path, contents: dict[str, bytes]) -> None:
    """Puts files at their paths, whole and durable, all of them before it returns."""
    parents: set[Path] = set()
    moves: list[tuple[Path, Path]] = []
    for path, content in contents.items():
        final = folder / path
        for missing in [parent for parent in (final.parent, *final.parent.parents) if not parent.is_dir()]:
            parents.add(missing.parent)
        final.parent.mkdir(parents=True, exist_ok=True)
        parents.add(final.parent)
        unfinished = final.with_name(f".{final.name}-{os.getpid()}")
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        moves.append((unfinished, final))
    for unfinished, final in moves:
        unfinished.replace(final)
    for parent in parents:
        descriptor = os.open(parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def inclusion_proof(folder: Path, index: int, size: int) -> tuple[bytes, ...]:
    """The hashes that lead from the entry at `index` to the root of the first `size` entries.

    Source: RFC 6962 section 2.1.1. Raises: LogUnreadable.
    """
    return tuple(_path(folder, index, 0, size, size))


def consistency_proof(folder: Path, old: int, size: int) -> tuple[bytes, ...]:
    """The hashes that show the first `old` entries to be the beginning of the first `size`.

    Source: RFC 6962 section 2.1.2. Raises: LogUnreadable.
    """
    return tuple(_subproof(folder, old, 0, size, size, known=True)) if 0 < old < size else ()


def root_at(folder: Path, size: int, present: int) -> bytes:
    """The root that the log had at `size` entries; `present` is its size now. Raises: LogUnreadable."""
    return _range_root(folder, 0, size, present) if size else root_of(())


def _path(folder: Path, index: int, low: int, high: int, size: int) -> list[bytes]:
    if high - low == 1:
        return []
    middle = low + _split(high - low)
    if index < middle:
        return [*_path(folder, index, low, middle, size), _range_root(folder, middle, high, size)]
    return [*_path(folder, index, middle, high, size), _range_root(folder, low, middle, size)]


def _subproof(folder: Path, old: int, low: int, high: int, size: int, *, known: bool) -> list[bytes]:
    if old == high:
        return [] if known else [_range_root(folder, low, high, size)]
    middle = low + _split(high - low)
    if old <= middle:
        return [
            *_subproof(folder, old, low, middle, size, known=known),
            _range_root(folder, middle, high, size),
        ]
    return [*_subproof(folder, old, middle, high, size, known=False), _range_root(folder, low, middle, size)]


def _range_root(folder: Path, low: int, high: int, size: int) -> bytes:
    """The root over the entries from `low` to before `high`, a range that the tree has as a node."""
    count = high - low
    if count & (count - 1) == 0:
        level = (count.bit_length() - 1) // 8
        first, wide = low // TILE_WIDTH**level, count // TILE_WIDTH**level
        tile, place = divmod(first, TILE_WIDTH)
        width = min(TILE_WIDTH, size // TILE_WIDTH**level - tile * TILE_WIDTH)
        hashed = read_tile(folder, level, tile, width)[place * HASH_BYTES : (place + wide) * HASH_BYTES]
        return root_of([hashed[at : at + HASH_BYTES] for at in range(0, len(hashed), HASH_BYTES)])
    middle = low + _split(count)
    return node_hash(_range_root(folder, low, middle, size), _range_root(folder, middle, high, size))


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << ((count - 1).bit_length() - 1)


def _root_of_edges(edges: Sequence[Sequence[bytes]]) -> bytes:
    peaks: list[bytes] = []
    for edge in reversed(edges):
        at = 0
        for bit in range(7, -1, -1):
            if len(edge) >> bit & 1:
                peaks.append(root_of(edge[at : at + (1 << bit)]))
                at += 1 << bit
    if not peaks:
        return root_of(())
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root
