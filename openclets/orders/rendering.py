"""Opening documents from outside, always in a child process with limits; see `document_child`.

A document can exhaust or crash only the child: the process that serves people gets a result or a numbered fault,
within `WALL_SECONDS`. At most `AT_ONCE` children run beside each other in one process.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

import structlog

from openclets.orders.document_child import MAX_PAGES, REFUSED, RESULT_BYTES
from openclets.vocabulary.errors import Fault, Rejected, Unavailable

Task = Literal["inspect", "render", "fields"]

MAX_DOCUMENT_BYTES: Final = 40 * 1024 * 1024
"""Largest document taken. Own decision: a 100-page colour scan at 300 dpi."""

WALL_SECONDS: Final = 60
AT_ONCE: Final = 2
WAIT_SECONDS: Final = 30

PDF: Final = "application/pdf"
_SIGNATURES: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_PDF_HEADER_WITHIN: Final = 1024
"""Readers accept a PDF whose header stands in the first 1024 bytes. Source: ISO 32000-1 annex H, note 13."""

_ACCEPTED: Final = "a PDF, or a scan as JPEG, PNG or TIFF"

REASONS: Final[dict[str, Fault]] = {
    "empty": Fault("60", "document", "the document is empty", _ACCEPTED),
    "too_large": Fault(
        "61", "document", "the document is too large", f"at most {MAX_DOCUMENT_BYTES // 1024 // 1024} megabytes"
    ),
    "type": Fault("62", "document", "the file is neither a PDF nor a scan, whatever its name says", _ACCEPTED),
    "too_many_pages": Fault("63", "document", "the document has too many pages", f"at most {MAX_PAGES} pages"),
    "password": Fault(
        "64", "document", "the document can only be opened with a password", "the document without a password"
    ),
    "unreadable": Fault(
        "65", "document", "the document is damaged: it cannot be opened", "the whole file, or a new scan"
    ),
    "too_costly": Fault(
        "66",
        "document",
        "the document cannot be shown within the time and memory allowed; it may be damaged, or made to do harm",
        "a new scan of the paper",
    ),
    "sheet_size": Fault("67", "document", "a page is larger than any sheet of paper", "a new scan of the paper"),
    "no_such_page": Fault("68", "page", "the document has no such page", "a page of the document, counted from 1"),
    "too_many_fields": Fault("69", "document", "the form has more fields than any court form", "the court's own form"),
}
"""Every way in which a document is not taken."""

_running = threading.BoundedSemaphore(AT_ONCE)
_log = structlog.get_logger(__name__)


def media_type_of(data: bytes) -> str:
    """What the document is by its content; its name is never asked.

    Raises: Rejected (60 empty, 61 too large, 62 neither PDF nor picture).
    """
    if not data:
        raise refusal("empty")
    if len(data) > MAX_DOCUMENT_BYTES:
        raise refusal("too_large", f"{len(data) // 1024 // 1024} megabytes")
    for signature, media_type in _SIGNATURES:
        if data.startswith(signature):
            return media_type
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return PDF
    raise refusal("type")


def run_task(task: Task, data: bytes, media_type: str, *numbers: int) -> bytes:
    """Runs one task of `document_child` on the document and returns what it wrote.

    Raises: Rejected (63 to 69) when the document is not taken or cost the child its life; Unavailable when too many
    documents are being opened already.
    """
    if not _running.acquire(timeout=WAIT_SECONDS):
        raise Unavailable("too many documents are being opened; nothing was kept, try again in a minute")
    try:
        status, result = _run_child(task, data, media_type, numbers)
    finally:
        _running.release()
    if status == 0:
        return result
    if status == REFUSED:
        refused = json.loads(result)
        _log.info("document_refused", task=task, reason=refused["reason"], detail=refused["detail"])
        raise refusal(
            refused["reason"], refused["detail"] if refused["reason"] not in {"unreadable", "too_costly"} else ""
        )
    if status > 0:
        raise RuntimeError(f"the document process ended with status {status}")
    _log.warning("document_process_lost", task=task, signal=-status)
    raise refusal("too_costly")


def refusal(reason: str, detail: str = "") -> Rejected:
    """The fault of a reason, with what was found."""
    fault = REASONS[reason]
    return Rejected(replace(fault, text=f"{fault.text} ({detail})") if detail else fault)


def _run_child(task: Task, data: bytes, media_type: str, numbers: tuple[int, ...]) -> tuple[int, bytes]:
    """Exit status (negative: the signal it died of) and result. Both documents stay in memory, never on disk."""
    command = [sys.executable, "-I", "-X", "utf8", str(Path(__file__).with_name("document_child.py")), task, media_type]
    with _memory_file("document") as source, _memory_file("result") as result:
        with os.fdopen(os.dup(source), "wb") as writer:
            writer.write(data)
        os.lseek(source, 0, os.SEEK_SET)
        with subprocess.Popen(  # noqa: S603 (our own program, no shell, arguments are not from outside)
            [*command, *(str(number) for number in numbers)],
            stdin=source,
            stdout=result,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in ("LD_LIBRARY_PATH", "TMPDIR") if name in os.environ},
            cwd="/",
        ) as process:
            try:
                status = process.wait(WALL_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                status = process.wait()
        os.lseek(result, 0, os.SEEK_SET)
        with os.fdopen(os.dup(result), "rb") as reader:
            return status, reader.read(RESULT_BYTES)


@contextlib.contextmanager
def _memory_file(name: str) -> Iterator[int]:
    descriptor = os.memfd_create(name)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
