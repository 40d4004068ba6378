"""Documents of orders: the signed order as it was handed in, kept under its SHA-256, shown as pictures of its pages.

`keep_document` and `show_kept_page` are verbs; the rest are ground functions for use inside verbs. Documents lie behind
Django's storage `documents`. What is shown is only ever a picture: whatever acts in a document stays behind.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from openclets.agencies.actor import Actor
from openclets.agencies.deed import asking, changing
from openclets.agencies.permissions import Right
from openclets.orders.rendering import media_type_of, refusal, run_task
from openclets.vocabulary.errors import Unavailable

STORAGE: Final = "documents"
PICTURE_WIDTHS: Final = (240, 800, 1400, 1920)
"""Widths a page is drawn in, in pixels; a few only, so that asking cannot fill the disk."""

ENTRY_PICTURE_WIDTH: Final = 1400
"""Pixels across of a page beside an entry: handwriting stays readable when it is enlarged. Own decision."""

MAX_FILE_NAME_CHARACTERS: Final = 200

_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_PNG_END: Final = b"IEND\xaeB`\x82"


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A document that is kept and can be shown. `sha256` is its name everywhere; `media_type` is by its content."""

    sha256: str
    media_type: str
    pages: int


def keep_document(*, actor: Actor, now: datetime, data: bytes, file_name: str) -> KeptDocument:
    """Checks a document by its content, draws every page once to be sure that it can be shown, and keeps it.

    The same document again is the same `sha256`, kept once. Records `document kept` with hash, type and pages; the file
    name, which may hold a person's name, is personal. Raises: Refused; Rejected (60 to 69); Unavailable.
    """
    file_name = file_name[-MAX_FILE_NAME_CHARACTERS:]
    asked = f"keep a document of {len(data)} bytes"
    with changing(
        actor, Right.FILE_ORDER, kind="document kept", now=now, asked=asked, personal={"file_name": file_name}
    ) as deed:
        kept = describe_document(data)
        store_document(data)
        _describe(kept)
        deed.answered = f"{kept.media_type}, {kept.pages} pages, SHA-256 {kept.sha256}"
        deed.records.append(kept.sha256)
    return kept


def show_kept_page(*, actor: Actor, now: datetime, sha256: str, page: int) -> bytes:
    """One page, from 1, of a document that is kept, as PNG: for comparing it with the entry before the order is filed.

    Whoever may file and knows the hash may look: it is told to nobody but the one who handed the document in. Records
    `document page seen` with the hash. Raises: Refused; Rejected (68 no such document or page); Unavailable.
    """
    asked = f"page {page} of document SHA-256 {sha256[:64]}"
    with asking(actor, Right.FILE_ORDER, kind="document page seen", now=now, asked=asked) as deed:
        picture = page_picture(sha256, page, ENTRY_PICTURE_WIDTH)
        deed.records.append(sha256)
        deed.answered = f"page {page}"
    return picture


def describe_document(data: bytes) -> KeptDocument:
    """What the document is, after every page has been drawn once; keeps nothing. Raises: Rejected (60 to 69)."""
    media_type = media_type_of(data)
    pages = json.loads(run_task("inspect", data, media_type))["pages"]
    return KeptDocument(hashlib.sha256(data).hexdigest(), media_type, int(pages))


def store_document(data: bytes) -> str:
    """Puts the bytes into the storage, durable on return, and answers their SHA-256. Checks nothing else."""
    return _store(data, durable=True)


def store_described(data: bytes, media_type: str, pages: int) -> str:
    """As `store_document`, for documents a loader made itself and knows: spares drawing each once and waiting for the
    disk each time. The loader calls os.sync before it commits what names them."""
    sha256 = _store(data, durable=False)
    _describe(KeptDocument(sha256, media_type, pages))
    return sha256


@lru_cache(maxsize=4096)
def describe_kept(sha256: str) -> KeptDocument:
    """What the kept document is. Documents never change, so what was said once stays true.

    Raises: Rejected (68) when no such document is kept; Unavailable.
    """
    storage = storages[STORAGE]
    if _SHA256.fullmatch(sha256) and storage.exists(_description_name(sha256)):
        said = _read(storage, _description_name(sha256))
        # Not made durable: after a power cut it may be there and empty, and is then made again.
        if said:
            return KeptDocument(sha256, **json.loads(said))
    kept = describe_document(read_document(sha256))
    _describe(kept)
    return kept


def is_kept(sha256: str) -> bool:
    """Whether a document of that hash is in the storage."""
    return bool(_SHA256.fullmatch(sha256)) and storages[STORAGE].exists(_document_name(sha256))


def read_document(sha256: str) -> bytes:
    """The document as it was handed in. For checking and for `page_picture`; never send it to a browser.

    Raises: Rejected (68) when no such document is kept; Unavailable when what is stored is not what was kept.
    """
    if not is_kept(sha256):
        raise refusal("no_such_page", "no document of that hash is kept")
    data = _read(storages[STORAGE], _document_name(sha256))
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Unavailable("the stored document does not match its hash: it was changed or damaged after it was kept")
    return data


def page_picture(sha256: str, page: int, width: int) -> bytes:
    """Page `page` (from 1) as PNG, in the least of `PICTURE_WIDTHS` that is not below `width` (or the greatest).

    Drawn once in a bounded process, afterwards read from the storage. Raises: Rejected (68 no such document or page);
    Unavailable.
    """
    drawn_width = next((fixed for fixed in PICTURE_WIDTHS if fixed >= width), PICTURE_WIDTHS[-1])
    if not _SHA256.fullmatch(sha256) or not 1 <= page <= 99_999:
        raise refusal("no_such_page")
    storage = storages[STORAGE]
    name = f"pictures/{sha256[:2]}/{sha256}/{page}-{drawn_width}.png"
    if storage.exists(name):
        picture = _read(storage, name)
        if picture.endswith(_PNG_END):
            return picture
    data = read_document(sha256)
    picture = run_task("render", data, media_type_of(data), page, drawn_width)
    _write(storage, name, picture)
    return picture


def _store(data: bytes, *, durable: bool) -> str:
    sha256 = hashlib.sha256(data).hexdigest()
    storage = storages[STORAGE]
    name = _document_name(sha256)
    if not (storage.exists(name) and _read(storage, name) == data):
        _write(storage, name, data, durable=durable)
    return sha256


def _describe(kept: KeptDocument) -> None:
    text = json.dumps({"media_type": kept.media_type, "pages": kept.pages})
    _write(storages[STORAGE], _description_name(kept.sha256), text.encode())


def _description_name(sha256: str) -> str:
    return f"originals/{sha256[:2]}/{sha256}.json"


def _document_name(sha256: str) -> str:
    return f"originals/{sha256[:2]}/{sha256}"


def _read(storage: Storage, name: str) -> bytes:
    with storage.open(name) as file:
        return bytes(file.read())


def _write(storage: Storage, name: str, data: bytes, *, durable: bool = False) -> None:
    """In a folder the whole file appears under its name at once, or not at all; `durable`: and is on disk on return.
    What can be made again from the document need not be."""
    try:
        final = storage.path(name)
    except NotImplementedError:
        # A storage that is not a folder makes whole, durable files itself.
        storage.delete(name)
        storage.save(name, ContentFile(data))
        return
    folder = os.path.dirname(final)
    incoming = storage.path(storage.save(f"{os.path.dirname(name)}/incoming-{uuid.uuid4().hex}", ContentFile(data)))
    if durable:
        _make_durable(incoming)
    os.replace(incoming, final)
    if durable:
        # The folder above too: this one may be new, and a file in a folder that nothing names is lost as well.
        _make_durable(folder)
        _make_durable(os.path.dirname(folder))


def _make_durable(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
