"""Entries in Parquet files: the columns of the leaf and its place, zstd, so that other programs read them too."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyarrow
import pyarrow.parquet

from openclets.journal.leaf import LEAF_COLUMNS, Leaf, leaf_hash, leaf_of
from openclets.journal.verify_log import Wrong

GROUP: Final = 20_000
"""Entries in one row group; what is read at least. Own decision."""

_TYPES: Final = {
    "number": pyarrow.int64(),
    "at": pyarrow.timestamp("us", tz="UTC"),
    "records": pyarrow.list_(pyarrow.string()),
    "asked_hash": pyarrow.binary(32),
    "answered_hash": pyarrow.binary(32),
    "personal_hash": pyarrow.binary(32),
}
SCHEMA: Final = pyarrow.schema(
    [("leaf_index", pyarrow.int64())] + [(name, _TYPES.get(name, pyarrow.string())) for name in LEAF_COLUMNS]
)


@dataclass(frozen=True, slots=True)
class Written:
    """What a file holds. `digest` is a hash over the leaf hashes in order."""

    count: int
    digest: bytes
    first_index: int
    last_index: int


def write_entries(path: Path, rows: Iterator[Sequence[Any]]) -> Written | None:
    """Writes rows of place and leaf columns, ascending by place; whole and durable, or not at all. None: no rows."""
    group = list(islice(rows, GROUP))
    if not group:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}-{os.getpid()}")
    count, first, last, digest = 0, int(group[0][0]), 0, hashlib.sha256()
    with (
        unfinished.open("wb") as file,
        pyarrow.parquet.ParquetWriter(file, SCHEMA, compression="zstd") as writer,
    ):
        while group:
            columns = [
                pyarrow.array(values, type=field.type)
                for values, field in zip(zip(*group, strict=True), SCHEMA, strict=True)
            ]
            writer.write_table(pyarrow.Table.from_arrays(columns, schema=SCHEMA))
            count, last = count + len(group), int(group[-1][0])
            for row in group:
                digest.update(leaf_hash(leaf_of(row[1:])))
            group = list(islice(rows, GROUP))
    _make_durable(unfinished)
    unfinished.replace(path)
    _make_durable(path.parent)
    return Written(count, digest.digest(), first, last)


def read_back(path: Path, written: Written) -> bytes:
    """The SHA-256 of a file just written, once every entry in it has been read and hashed again. Raises: Wrong."""
    digest = hashlib.sha256()
    with pyarrow.parquet.ParquetFile(path) as content:
        for group in content.iter_batches(batch_size=GROUP):
            columns = [column.to_pylist() for column in group.columns]
            for row in zip(*columns, strict=True):
                digest.update(leaf_hash(leaf_of(row[1:])))
    if digest.digest() != written.digest:
        raise Wrong(f"{path.name}: what was written does not read back as it was")
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def read_places(path: Path, places: str, start: int, end: int) -> Iterator[tuple[int, Leaf]]:
    """The entries of the file at places from `start` to before `end`.

    `places` is what all of the file is over, in words. Raises: Wrong when it cannot be read.
    """
    try:
        table = pyarrow.parquet.read_table(
            path, schema=SCHEMA, filters=[("leaf_index", ">=", start), ("leaf_index", "<", end)]
        )
        columns = [table.column(name).to_pylist() for name in SCHEMA.names]
        for place, *leaf in zip(*columns, strict=True):
            yield place, leaf_of(leaf)
    except FileNotFoundError:
        raise Wrong(f"{places}: {path.name} is missing from the archive") from None
    except (pyarrow.ArrowException, OSError, ValueError, TypeError, AttributeError, OverflowError) as error:
        raise Wrong(f"{places}: {path.name} in the archive cannot be read ({type(error).__name__})") from None


def _make_durable(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
