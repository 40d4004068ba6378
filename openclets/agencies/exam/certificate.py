"""The certificate of a course passed, as a PDF to print."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import landscape, letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import HRFlowable, Paragraph, SimpleDocTemplate, Spacer

from openclets.agencies.actor import Actor
from openclets.agencies.deed import asking
from openclets.agencies.exam.rules import COURSES
from openclets.agencies.lookup import agency_line
from openclets.agencies.models import Training
from openclets.agencies.permissions import Right
from openclets.journal.leaf import Receipt
from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode

_BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=13, leading=20, alignment=TA_CENTER)
_TITLE = ParagraphStyle("title", parent=_BODY, fontName="Helvetica-Bold", fontSize=26, leading=34, spaceAfter=18)
_NAME = ParagraphStyle("name", parent=_BODY, fontName="Helvetica-Bold", fontSize=20, leading=30)
_SMALL = ParagraphStyle("small", parent=_BODY, fontSize=9, leading=13)


@dataclass(frozen=True, slots=True)
class Certificate:
    """`pdf` is the whole file."""

    number: int
    pdf: bytes
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Certified:
    """What a certificate says. `right_answers` and `asked` are None where the course was passed elsewhere."""

    number: int
    full_name: str
    agency: str
    course: str
    passed_on: date
    expires_on: date
    right_answers: int | None
    asked: int | None


def take_certificate(*, actor: Actor, now: datetime, number: int) -> Certificate:
    """The certificate of one's own course. Records `certificate taken`.

    Raises: Rejected when there is no such certificate of the actor's; Refused, Unavailable.
    """
    with asking(
        actor, Right.LEARN, kind="certificate taken", now=now, asked=f"certificate {certificate_number(number)}"
    ) as deed:
        row = Training.objects.select_related("user", "sitting").filter(pk=number, user_id=actor.user_id).first()
        if row is None:
            raise Rejected(
                Fault(
                    FaultCode.NOT_THERE, "certificate", "there is no such certificate of yours", "a course you passed"
                )
            )
        certified = Certified(
            row.pk,
            row.user.full_name,
            agency_line(actor.agency).partition(",")[0],
            row.course,
            row.passed_on,
            row.expires_on,
            row.sitting.right_answers if row.sitting else None,
            len(row.sitting.paper) if row.sitting else None,
        )
        deed.answered = f"{row.course}, passed {row.passed_on}"
    return Certificate(number, certificate_paper(certified), deed.receipt)


def certificate_number(number: int) -> str:
    """As printed: `T-000042`."""
    return f"T-{number:06d}"


def certificate_paper(certified: Certified) -> bytes:
    """One page. The same certificate gives the same bytes."""
    content = io.BytesIO()
    title = next((row.title for row in COURSES if row.course == certified.course), certified.course)
    document = SimpleDocTemplate(
        content,
        pagesize=landscape(letter),
        topMargin=1.3 * inch,
        bottomMargin=0.8 * inch,
        title=f"Certificate {certificate_number(certified.number)}",
        author="OpenCLETS",
        subject=title,
        lang="en-US",
        invariant=1,
    )
    result = (
        f"{certified.right_answers} of {certified.asked} questions answered right"
        if certified.right_answers is not None
        else "course passed elsewhere and recorded by the agency's coordinator"
    )
    # A name from a table is text, never markup of the page.
    flow = [
        Paragraph("Certificate of training", _TITLE),
        Paragraph(_as_text(certified.full_name), _NAME),
        Paragraph(_as_text(certified.agency), _BODY),
        Spacer(1, 16),
        Paragraph(f"passed the course <b>{_as_text(title)}</b> on {certified.passed_on.isoformat()}", _BODY),
        Paragraph(result, _BODY),
        Paragraph(f"It counts up to, and not including, <b>{certified.expires_on.isoformat()}</b>.", _BODY),
        Spacer(1, 24),
        HRFlowable(width="60%"),
        Spacer(1, 8),
        Paragraph(f"Number {certificate_number(certified.number)}", _SMALL),
        Paragraph(
            "Whether it still counts is shown by the system itself: leaving the agency, or a bar, ends access at once.",
            _SMALL,
        ),
    ]
    document.build(flow, onFirstPage=_frame, onLaterPages=_frame)
    return content.getvalue()


def _frame(canvas: Canvas, _: object) -> None:
    width, height = landscape(letter)
    canvas.saveState()
    canvas.setLineWidth(2)
    canvas.rect(0.5 * inch, 0.5 * inch, width - inch, height - inch)
    canvas.restoreState()


def _as_text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
