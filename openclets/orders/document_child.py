"""A program of its own: opens one document from outside, in a process that may be lost.

Started by `rendering.run_task` with the document on standard input; writes its result to standard output. It bounds
itself before it loads a parser, imports nothing of OpenCLETS, sees no environment, database or secret, and ends when
its one task is done. Exit status: 0 result written, 3 the document is refused (standard output holds the reason).

No JavaScript can run: the PDF library is built without a script engine and without XFA.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import resource
import sys
from collections.abc import Callable, Iterator
from typing import Any, Final, NoReturn

MEMORY_BYTES: Final = 900_000_000
RESULT_BYTES: Final = 64_000_000
CPU_SECONDS: Final = {"inspect": 40, "render": 15, "fields": 15}
"""What one task may use. Own decision: ten times what the largest official form and a 100-page scan at 300 dpi need."""

MAX_PAGES: Final = 400
MAX_PIXELS: Final = 50_000_000
"""Of one picture, decoded: a letter page at 700 dpi. Own decision; `MEMORY_BYTES` holds it several times."""

MAX_SHEET_POINTS: Final = 14_400.0
"""Longest side of a page. Source: ISO 32000-1 annex C.2, 14,400 units."""

MAX_FIELDS: Final = 5_000
MAX_FIELD_CHARACTERS: Final = 10_000
MAX_ANCESTORS: Final = 40
CHECK_WIDTH: Final = 120
REFUSED: Final = 3
WRONG_PASSWORD: Final = 4
"""PDFium's error code for a document that needs a password."""

_HIDDEN: Final = 2 | 32
"""Annotation flags Hidden and NoView: such a field is not on the paper. Source: ISO 32000-1 table 165."""

_RASTER_FORMATS: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/tiff": "TIFF"}


class DocumentRefused(Exception):
    """The document is not taken. The reason is one of the keys of `rendering.REASONS`, with a detail in words."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


def main() -> int:
    """One task: `document_child.py TASK MEDIA_TYPE [PAGE WIDTH]`."""
    task, media_type, *numbers = sys.argv[1:]
    _bound_this_process(CPU_SECONDS[task])
    logging.disable(logging.CRITICAL)
    source = sys.stdin.buffer.read()
    try:
        result = _TASKS[task](source, media_type, *(int(number) for number in numbers))
    except DocumentRefused as refused:
        return _refuse(refused.reason, refused.detail)
    except (MemoryError, RecursionError) as error:
        return _refuse("too_costly", type(error).__name__)
    except Exception as error:  # noqa: BLE001 (whatever a parser raises on a hostile document means: not readable)
        return _refuse("unreadable", type(error).__name__)
    with open(sys.stdout.fileno(), "wb", closefd=False) as output:
        output.write(result)
    return 0


def _bound_this_process(cpu_seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (RESULT_BYTES, RESULT_BYTES))


def _refuse(reason: str, detail: str) -> int:
    with open(sys.stdout.fileno(), "wb", closefd=False) as output:
        output.write(json.dumps({"reason": reason, "detail": detail[:200]}).encode())
    return REFUSED


# ---- inspect and render: PDF by PDFium, pictures by Pillow


def inspect(source: bytes, media_type: str) -> bytes:
    """JSON `{"pages": N}` after every page has been drawn small: what cannot be shown is found before it is kept."""
    with _pages_of(source, media_type) as (count, draw):
        if count < 1:
            raise DocumentRefused("unreadable", "no page")
        if count > MAX_PAGES:
            raise DocumentRefused("too_many_pages", f"{count} pages")
        for number in range(1, count + 1):
            draw(number, CHECK_WIDTH)
        return json.dumps({"pages": count}).encode()


def render(source: bytes, media_type: str, page: int, width: int) -> bytes:
    """Page `page` (from 1) as PNG, `width` pixels wide."""
    with _pages_of(source, media_type) as (count, draw):
        if not 1 <= page <= count:
            raise DocumentRefused("no_such_page", f"{count} pages")
        picture = io.BytesIO()
        draw(page, width).save(picture, format="PNG")
        return picture.getvalue()


@contextlib.contextmanager
def _pages_of(source: bytes, media_type: str) -> Iterator[tuple[int, Callable[[int, int], Any]]]:
    if media_type == "application/pdf":
        with _pdf_pages(source) as pages:
            yield pages
    else:
        with _raster_pages(source, _RASTER_FORMATS[media_type]) as pages:
            yield pages


@contextlib.contextmanager
def _pdf_pages(source: bytes) -> Iterator[tuple[int, Callable[[int, int], Any]]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        reason = "password" if error.err_code == WRONG_PASSWORD else "unreadable"
        raise DocumentRefused(reason) from None
    with document:
        # What has been typed into fields is drawn by the form environment; without a script engine nothing runs in it.
        document.init_forms()

        def draw(number: int, width: int) -> Any:
            page = document[number - 1]
            across, down = page.get_size()
            if not (1 <= across <= MAX_SHEET_POINTS and 1 <= down <= MAX_SHEET_POINTS):
                raise DocumentRefused("sheet_size", f"page {number} is {across:.0f} by {down:.0f} points")
            scale = width / across
            if width * down * scale > MAX_PIXELS:
                raise DocumentRefused("sheet_size", f"page {number} is {across:.0f} by {down:.0f} points")
            picture = page.render(scale=scale).to_pil().convert("RGB")
            page.close()
            return picture

        yield len(document), draw


@contextlib.contextmanager
def _raster_pages(source: bytes, format_name: str) -> Iterator[tuple[int, Callable[[int, int], Any]]]:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # checked below, for every frame, against our own number
    with Image.open(io.BytesIO(source), formats=[format_name]) as picture:
        count = int(getattr(picture, "n_frames", 1)) if format_name == "TIFF" else 1

        def draw(number: int, width: int) -> Any:
            picture.seek(number - 1)
            across, down = picture.size
            if across * down > MAX_PIXELS or down * width > across * 20_000:
                raise DocumentRefused("sheet_size", f"page {number} is {across} by {down} pixels")
            upright = ImageOps.exif_transpose(picture.convert("RGB"))
            height = max(1, round(upright.height * width / upright.width))
            return upright.resize((width, height))

        yield count, draw


# ---- fields: what the form holds, by pypdf


def fields(source: bytes, media_type: str) -> bytes:
    """What `fields_of` finds, as JSON."""
    return json.dumps(fields_of(source)).encode()


def fields_of(source: bytes) -> dict[str, Any]:
    """The visible fields of a PDF form in page order, its title, and the values of its XFA part.

    Each field: `name` (full), `kind` (/Tx, /Btn, ...), `tooltip`, `page` (from 1), `value` of text and choices, and for
    a box whether it is `shown` ticked and whether it is `stored` ticked (None: nothing stored).
    """
    reader = _open_with_pypdf(source)
    form = _resolved(reader.root_object.get("/AcroForm"))
    found: list[dict[str, Any]] = []
    if len(reader.pages) > MAX_PAGES:
        raise DocumentRefused("too_many_pages", f"{len(reader.pages)} pages")
    for number, page in enumerate(reader.pages, start=1):
        for annotation in _resolved(page.get("/Annots")) or []:
            widget = _resolved(annotation)
            if isinstance(widget, dict) and widget.get("/Subtype") == "/Widget":
                if int(_resolved(widget.get("/F")) or 0) & _HIDDEN:
                    continue
                found.append(_field_of(widget, number))
                if len(found) > MAX_FIELDS:
                    raise DocumentRefused("too_many_fields")
    return {
        "title": _text(_resolved((reader.metadata or {}).get("/Title"))),
        "fields": [field for field in found if field["name"]],
        "xfa": _xfa_values(form),
    }


def _field_of(widget: Any, page: int) -> dict[str, Any]:
    """Name, kind and value are inherited from the ancestors. Source: ISO 32000-1 12.7.3."""
    parts: list[str] = []
    kind: Any = None
    stored: Any = None
    tooltip: Any = None
    node = widget
    for _ in range(MAX_ANCESTORS):
        if "/T" in node:
            parts.append(_text(_resolved(node["/T"])))
        kind = kind if kind is not None else _resolved(node.get("/FT"))
        stored = stored if stored is not None else _resolved(node.get("/V"))
        tooltip = tooltip if tooltip is not None else _resolved(node.get("/TU"))
        node = _resolved(node.get("/Parent"))
        if not isinstance(node, dict):
            break
    else:
        raise DocumentRefused("unreadable", "fields nested too deeply")
    field: dict[str, Any] = {
        "name": ".".join(reversed(parts)),
        "kind": _text(kind),
        "tooltip": _text(tooltip),
        "page": page,
        "value": "",
        "on_state": "",
        "shown": False,
        "stored": None,
    }
    if kind == "/Btn":
        normal = _resolved((_resolved(widget.get("/AP")) or {}).get("/N"))
        states = [str(state) for state in normal if state != "/Off"] if isinstance(normal, dict) else []
        shown = _resolved(widget.get("/AS"))
        field["on_state"] = states[0].lstrip("/") if len(states) == 1 else ""
        field["shown"] = shown is not None and shown != "/Off" and (not states or str(shown) in states)
        if stored is not None:
            field["stored"] = str(stored) != "/Off" and (not states or str(stored) in states)
    else:
        field["value"] = _text(stored)
    return field


def _xfa_values(form: Any) -> list[list[str]]:
    """Path and value of every filled leaf of the form's XFA data, none where there is no such part."""
    from xml.etree import ElementTree

    packets = _resolved(form.get("/XFA")) if isinstance(form, dict) else None
    if not isinstance(packets, list):
        return []
    by_name = {_text(_resolved(packets[i])): _resolved(packets[i + 1]) for i in range(0, len(packets) - 1, 2)}
    stream: Any = by_name.get("datasets")
    data = stream.get_data() if hasattr(stream, "get_data") else b""
    if not data or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return []
    root = ElementTree.fromstring(data)  # noqa: S314 (no entities, see above; this process is bounded)
    values: list[list[str]] = []
    waiting = [(root, "", 0)]
    while waiting:
        node, path, depth = waiting.pop()
        here = f"{path}/{node.tag.rpartition('}')[2]}"
        if depth > MAX_ANCESTORS or len(values) > MAX_FIELDS:
            raise DocumentRefused("too_many_fields")
        waiting.extend((child, here, depth + 1) for child in node)
        if len(node) == 0 and (text := (node.text or "").strip()):
            values.append([here, text[:MAX_FIELD_CHARACTERS]])
    return sorted(values)


def _open_with_pypdf(source: bytes) -> Any:
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(source))
    if reader.is_encrypted and not reader.decrypt(""):
        raise DocumentRefused("password")
    return reader


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.decode("latin-1")[:MAX_FIELD_CHARACTERS]
    if hasattr(value, "get_data"):
        return str(value.get_data().decode("utf-8", "replace"))[:MAX_FIELD_CHARACTERS]
    return str(value)[:MAX_FIELD_CHARACTERS] if not isinstance(value, dict | list) else ""


_TASKS: Final[dict[str, Callable[..., bytes]]] = {
    "inspect": inspect,
    "render": render,
    "fields": fields,
}


def _end(status: int) -> NoReturn:
    # Without the interpreter's tidying up: a broken document may have left libraries in a state that crashes on exit.
    import os

    sys.stdout.flush()
    os._exit(status)


if __name__ == "__main__":
    _end(main())
