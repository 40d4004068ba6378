"""Fillable PDFs for the tests: one maker that writes the PDF itself, and a hand that fills any fillable PDF in.

`made` forms carry the names and tooltips of the official ones' fields and nothing else of them. The official ones are
taken from the folder named by OPENCLETS_TEST_FORMS; where there is none, those tests are skipped and say so.
"""

from __future__ import annotations

import dataclasses
import io
import logging
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import pypdf
import pytest
from pypdf.generic import NameObject, TextStringObject

from openclets.orders.court_forms.clets001 import CLETS001
from openclets.orders.court_forms.dv110 import DV110
from openclets.orders.court_forms.dv130 import DV130
from openclets.orders.court_forms.rows import Field, FormTable, Kind, Notice, Printed, Row

# The official forms are encrypted in a way pypdf comments on at every object.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

OFFICIAL_FILES: Final = {
    "DV-100": "dv100.pdf",
    "DV-110": "dv110.pdf",
    "DV-130": "dv130.pdf",
    "DV-140": "dv140.pdf",
    "DV-200": "dv200.pdf",
    "CLETS-001": "clets001.pdf",
}
TABLES: Final = {"DV-110": DV110, "DV-130": DV130, "CLETS-001": CLETS001}
ORIGINS: Final = ("made", pytest.param("official", marks=pytest.mark.official_forms))


@dataclass(frozen=True)
class MadeField:
    """One field to be made: full name, tooltip, page from 1, and whether it is a box."""

    name: str
    tooltip: str
    page: int = 1
    is_box: bool = False


class PdfFile:
    """Objects of a PDF, numbered as they are added, written with a plain cross-reference table."""

    def __init__(self) -> None:
        self._objects: list[bytes] = []

    def reserve(self) -> int:
        self._objects.append(b"")
        return len(self._objects)

    def put(self, number: int, body: str | bytes) -> int:
        self._objects[number - 1] = body.encode("latin-1") if isinstance(body, str) else body
        return number

    def add(self, body: str | bytes) -> int:
        return self.put(self.reserve(), body)

    def add_stream(self, data: bytes, entries: str = "") -> int:
        return self.add(f"<< /Length {len(data)} {entries} >>\nstream\n".encode("latin-1") + data + b"\nendstream")

    def written(self, root: int, trailer: str = "") -> bytes:
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number, body in enumerate(self._objects, start=1):
            places.append(len(out))
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
        out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
        out += (
            f"trailer\n<< /Size {len(places) + 1} /Root {root} 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
        )
        return bytes(out)


@dataclass
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    made: MadeField | None = None


def make_form(
    fields: Iterable[MadeField],
    *,
    title: str = "",
    catalog: str = "",
    form: str = "",
    extra: Mapping[str, bytes] | None = None,
) -> bytes:
    """A fillable PDF with these fields. `catalog` and `form` are further entries of those dictionaries; `extra` are
    streams added to the file, whose numbers replace `{name}` in them."""
    fields = tuple(fields)
    file = PdfFile()
    catalog_number, form_number, pages_number = file.reserve(), file.reserve(), file.reserve()
    streams = {name: file.add_stream(data) for name, data in (extra or {}).items()}
    for name, number in streams.items():
        catalog, form = (text.replace("{" + name + "}", f"{number} 0 R") for text in (catalog, form))
    font = file.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    ticked = file.add_stream(b"q 1 1 7 7 re f Q", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    empty = file.add_stream(b"q Q", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    last_page = max((made.page for made in fields), default=1)
    page_numbers = [file.reserve() for _ in range(last_page)]
    widgets: dict[int, list[int]] = {page: [] for page in range(1, last_page + 1)}

    tree = _Node()
    for made in fields:
        node = tree
        for part in re.split(r"(?<!\\)\.", made.name):
            node = node.children.setdefault(part, _Node())
        node.made = made

    def write(node: _Node, name: str, parent: int | None) -> int:
        number = file.reserve()
        entries = [f"/T {text_string(name)}"]
        if parent is not None:
            entries.append(f"/Parent {parent} 0 R")
        if node.children:
            kids = " ".join(f"{write(child, part, number)} 0 R" for part, child in node.children.items())
            entries.append(f"/Kids [{kids}]")
        if node.made is not None:
            on_page = widgets[node.made.page]
            left, bottom = 20 + 145 * (len(on_page) % 4), 770 - 12 * (len(on_page) // 4)
            width = 9 if node.made.is_box else 140
            entries.append(
                f"/Type /Annot /Subtype /Widget /F 4 /P {page_numbers[node.made.page - 1]} 0 R "
                f"/Rect [{left} {bottom} {left + width} {bottom + 9}] /TU {text_string(node.made.tooltip)}"
            )
            if node.made.is_box:
                entries.append(f"/FT /Btn /AS /Off /AP << /N << /1 {ticked} 0 R /Off {empty} 0 R >> >>")
            else:
                entries.append("/FT /Tx /DA (/Helv 7 Tf 0 g)")
            on_page.append(number)
        return file.put(number, f"<< {' '.join(entries)} >>")

    roots = [write(child, part, None) for part, child in tree.children.items()]
    for page, number in enumerate(page_numbers, start=1):
        annotations = " ".join(f"{widget} 0 R" for widget in widgets[page])
        file.put(
            number,
            f"<< /Type /Page /Parent {pages_number} 0 R /MediaBox [0 0 612 792] /Resources << >> "
            f"/Annots [{annotations}] >>",
        )
    kids = " ".join(f"{number} 0 R" for number in page_numbers)
    file.put(pages_number, f"<< /Type /Pages /Count {last_page} /Kids [{kids}] >>")
    listed = " ".join(f"{number} 0 R" for number in roots)
    file.put(
        form_number,
        f"<< /Fields [{listed}] /DR << /Font << /Helv {font} 0 R >> >> /DA (/Helv 7 Tf 0 g) "
        f"/NeedAppearances true {form} >>",
    )
    file.put(catalog_number, f"<< /Type /Catalog /Pages {pages_number} 0 R /AcroForm {form_number} 0 R {catalog} >>")
    info = file.add(f"<< /Title {text_string(title)} >>")
    return file.written(catalog_number, f"/Info {info} 0 R")


def text_string(text: str) -> str:
    """A PDF text string, in hexadecimal UTF-16 so that every character can stand in it."""
    return "<FEFF" + text.encode("utf-16-be").hex() + ">"


class FillableForm:
    """A fillable PDF that can be filled again and again, each time from blank."""

    def __init__(self, blank: bytes) -> None:
        reader = pypdf.PdfReader(io.BytesIO(blank))
        if reader.is_encrypted:
            reader.decrypt("")
        self._writer = pypdf.PdfWriter(clone_from=reader)
        self._widgets: dict[str, Any] = {}
        for page in self._writer.pages:
            for annotation in page.get("/Annots") or []:
                widget = annotation.get_object()
                if widget.get("/Subtype") == "/Widget":
                    self._widgets[_full_name(widget)] = widget

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._widgets)

    def tooltip(self, name: str) -> str:
        return str(self._widgets[name].get("/TU", ""))

    def filled(self, values: Mapping[str, str | bool]) -> bytes:
        """The form with these values: text for text fields, True for a ticked box. Names must exist."""
        try:
            for name, value in values.items():
                self._set(self._widgets[name], value)
            out = io.BytesIO()
            self._writer.write(out)
            return out.getvalue()
        finally:
            for name in values:
                self._clear(self._widgets[name])

    def _set(self, widget: Any, value: str | bool) -> None:
        if isinstance(value, str):
            assert widget["/FT"] == "/Tx", "text goes into text fields"
            widget[NameObject("/V")] = TextStringObject(value)
            return
        assert widget["/FT"] == "/Btn", "only a box can be ticked"
        state = next(state for state in widget["/AP"]["/N"] if state != "/Off") if value else "/Off"
        widget[NameObject("/V")] = NameObject(state)
        widget[NameObject("/AS")] = NameObject(state)

    def _clear(self, widget: Any) -> None:
        if "/V" in widget:
            del widget["/V"]
        if widget["/FT"] == "/Btn":
            widget[NameObject("/AS")] = NameObject("/Off")


def _full_name(widget: Any) -> str:
    parts: list[str] = []
    node: Any = widget
    while node is not None:
        node = node.get_object()
        if "/T" in node:
            parts.append(str(node["/T"]))
        node = node.get("/Parent")
    return ".".join(reversed(parts))


def official_bytes(code: str) -> bytes:
    """The official form; skips the test where the folder is not given."""
    folder = os.environ.get("OPENCLETS_TEST_FORMS", "")
    if not folder:
        pytest.skip("OPENCLETS_TEST_FORMS does not name a folder of official court forms")
    return Path(folder, OFFICIAL_FILES[code]).read_bytes()


@cache
def blank_form(code: str, origin: str) -> FillableForm:
    """The blank form: `made` by this file or `official`."""
    if origin == "official":
        return FillableForm(official_bytes(code))
    return FillableForm(made_bytes(code))


@cache
def made_bytes(code: str) -> bytes:
    """A form with the fields that the table of this form names, blank."""
    table = TABLES[code]
    return make_form(fields_of_table(table), title=f"{table.code} {table.title}")


def fields_of_table(table: FormTable) -> tuple[MadeField, ...]:
    """Every field the table speaks of, once, in the table's order."""
    boxes = set(_names(_boxes(table)))
    made = {
        found.name: MadeField(found.name, f" {found.says.upper()}: ", _page(found.name), found.name in boxes)
        for found in _fields(table)
    }
    return tuple(made.values())


def _page(name: str) -> int:
    found = re.search(r"\.Page(\d+)\[", name)
    return int(found[1]) if found else 1


def _names(fields: Iterable[Field]) -> Iterator[str]:
    return (found.name for found in fields)


def _fields(part: object) -> Iterator[Field]:
    if isinstance(part, Field):
        yield part
    elif isinstance(part, tuple):
        for inner in part:
            yield from _fields(inner)
    elif dataclasses.is_dataclass(part):
        for inner_field in dataclasses.fields(part):
            yield from _fields(getattr(part, inner_field.name))


def _boxes(table: FormTable) -> Iterator[Field]:
    yield from _fields(table.items)
    for part in (*table.printed, *table.notices):
        yield from _fields(part.unless if isinstance(part, Printed) else part.box if isinstance(part, Notice) else None)
    for row in table.rows:
        yield from _fields((row.boxes, row.am, row.pm, row.midnight, row.receipt))
        if isinstance(row, Row) and row.kind is Kind.TICK:
            yield row.field
