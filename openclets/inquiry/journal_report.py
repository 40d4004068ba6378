"""An export of the journal as a report to print: every entry with its texts, receipt and place, and what all are
proven against. The file with the proofs is attached to it, so that what is printed can be checked."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape

from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import HRFlowable, KeepTogether, Paragraph, Preformatted, SimpleDocTemplate, Spacer

from openclets.journal.export import About, Taken
from openclets.journal.verify_export import Line

ATTACHED: Final = "journal-export.zip"

MAX_COLUMNS: Final = 96
"""Characters of a line of a text as asked or answered, at the report's size of letters."""

_BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=9, leading=12)
_TITLE = ParagraphStyle("title", parent=_BODY, fontName="Helvetica-Bold", fontSize=16, leading=20, spaceAfter=6)
_HEAD = ParagraphStyle("head", parent=_BODY, fontName="Helvetica-Bold", fontSize=10.5, leading=14, spaceBefore=6)
_SMALL = ParagraphStyle("small", parent=_BODY, fontSize=7.5, leading=10, wordWrap="CJK")
_TEXT = ParagraphStyle("text", fontName="Courier", fontSize=8, leading=9.6, leftIndent=8)


def report_of(taken: Taken, about: About, attached: bytes) -> bytes:
    """The report as a PDF, `attached` being the export's file with the proofs."""
    content = io.BytesIO()
    document = SimpleDocTemplate(
        content,
        pagesize=letter,
        leftMargin=0.8 * inch,
        rightMargin=0.8 * inch,
        topMargin=0.7 * inch,
        bottomMargin=0.8 * inch,
        title="Export of the journal",
        author=f"{about.user}, {about.agency}",
        subject=f"Receipt {about.receipt}",
        lang="en-US",
    )

    def foot(canvas: Canvas, _: object) -> None:
        canvas.saveState()
        canvas.setFont("Helvetica", 7)
        canvas.drawString(0.8 * inch, 0.5 * inch, f"Export {about.receipt}")
        canvas.drawRightString(letter[0] - 0.8 * inch, 0.5 * inch, f"Page {canvas.getPageNumber()}")
        canvas.restoreState()

    document.build([*_first(taken, about), *_entries(taken)], onFirstPage=foot, onLaterPages=foot)
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content.getvalue())))
    writer.add_attachment(ATTACHED, attached)
    whole = io.BytesIO()
    writer.write(whole)
    return whole.getvalue()


def attached_to(report: bytes) -> bytes | None:
    """The export's file attached to a report; None when there is none."""
    found = PdfReader(io.BytesIO(report)).attachments.get(ATTACHED)
    return found[0] if found else None


def _first(taken: Taken, about: About) -> Iterable[object]:
    yield Paragraph("Export of the journal", _TITLE)
    yield from _facts(
        [
            ("Taken out by", f"{about.user}, {about.agency}"),
            ("When", about.at.isoformat()),
            ("Looked for", about.words),
            ("Entries", str(len(taken.lines))),
            ("Receipt of this export", str(about.receipt)),
            ("SHA-256 of the lines", taken.lines_hash),
        ]
    )
    yield Paragraph("Checkpoint against which every entry is proven", _HEAD)
    yield Preformatted(_printable(taken.checkpoint), _TEXT, maxLineLength=MAX_COLUMNS, splitChars="")
    yield Paragraph("How to check it", _HEAD)
    yield Paragraph(
        f"The file {ATTACHED} attached to this document holds every entry to the letter, the salts of their hashes and"
        " their proofs. <font name='Courier'>openclets journal verify THIS_FILE --key KEY</font> checks it with no"
        " network; KEY is the log's verifier key, told by somebody you trust. A letter that this document's type"
        " does not have is written as a code such as \\u0142.",
        _BODY,
    )
    yield Spacer(0, 8)


def _entries(taken: Taken) -> Iterable[object]:
    for line in taken.lines:
        leaf = json.loads(line.leaf)
        yield HRFlowable(width="100%", thickness=0.5, color="#888888", spaceBefore=4, spaceAfter=2)
        yield KeepTogether([Paragraph(_printable(_headline(leaf)), _HEAD), *_facts(_facts_of(line, leaf))])
        for name, text in (("Asked", line.asked), ("Answered", line.answered)):
            yield Paragraph(name, _BODY)
            shown = "(erased at the end of its keeping time)" if text is None else text or "(nothing)"
            yield Preformatted(_printable(shown), _TEXT, maxLineLength=MAX_COLUMNS, splitChars=" .")
        yield Paragraph(f"Receipt {line.number:012d}.{line.hash}, at place {line.place} of the log", _SMALL)


def _headline(leaf: dict[str, object]) -> str:
    return f"Entry {leaf['number']}: {leaf['kind']}, {leaf['outcome']}"


def _facts_of(line: Line, leaf: dict[str, object]) -> list[tuple[str, str]]:
    records = leaf["records"]
    facts = [
        ("When", str(leaf["at"])),
        ("User", str(leaf["user"])),
        ("Agency, device, by", ", ".join(str(leaf[name]) for name in ("agency", "device", "channel") if leaf[name])),
        ("Message key", str(leaf["key"])),
        ("Purpose", str(leaf["purpose"])),
        ("Records", ", ".join(map(str, records)) if isinstance(records, list) else ""),
        *((name.replace("_", " ").capitalize(), text) for name, text in sorted((line.personal or {}).items())),
    ]
    return [(name, text) for name, text in facts if text]


def _facts(facts: Iterable[tuple[str, str]]) -> list[Paragraph]:
    return [Paragraph(f"<b>{escape(name)}</b> {escape(_printable(text))}", _BODY) for name, text in facts]


def _printable(text: str) -> str:
    """What the document's type can show; every other letter as its code, so that none is lost unseen."""
    return text.encode("cp1252", "backslashreplace").decode("cp1252")
