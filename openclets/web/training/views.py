"""Learning: where one stands, the lessons, sitting an exam, the certificate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from openclets.agencies.exam.bank import course_of_letter, lesson_on, lessons
from openclets.agencies.exam.certificate import take_certificate
from openclets.agencies.exam.rules import terms_of
from openclets.agencies.exam.sitting import begin_exam, hand_in_exam, my_training, open_exam
from openclets.agencies.membership.rules import STATEMENT
from openclets.agencies.membership.vetting import sign_statement
from openclets.agencies.permissions import Course
from openclets.vocabulary.errors import Rejected
from openclets.web.visitor import actor_of

MAX_PLACE_DIGITS: Final = 2
"""Of a question's or a choice's place on a paper, so that no larger number is read."""


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Courses, lessons, certificates. Raises: Refused, Unavailable."""
    mine = my_training(actor=actor_of(request), now=timezone.now())
    context = {
        "courses": [(row, terms_of(row.course)) for row in mine.courses],
        "passed": mine.passed,
        "lessons": lessons(),
        "receipt": str(mine.receipt),
    }
    return render(request, "training/overview.html", context)


@require_GET
def lesson(request: HttpRequest, subject: str) -> HttpResponse:
    """One lesson: nobody's record, so nothing is recorded."""
    here = lesson_on(subject)
    if here is None:
        raise Http404
    every = lessons()
    following = every[every.index(here) + 1 :]
    return render(request, "training/lesson.html", {"lesson": here, "following": following[0] if following else None})


@require_http_methods(["GET", "POST"])
def exam(request: HttpRequest, letter: str) -> HttpResponse:
    """The paper begun; by POST begins one, or hands in the one whose number is sent along.

    Raises: Refused when one must wait; Rejected when no paper is begun, the course is held or the paper was handed in.
    """
    course = course_of_letter(letter)
    if course is None:
        raise Http404
    sitting = request.POST.get("sitting", "")
    if request.method == "POST" and not sitting:
        begin_exam(actor=actor_of(request), now=timezone.now(), course=course)
        return redirect(reverse("training:exam", args=[letter]))
    if request.method == "POST":
        return _marked(request, sitting)
    return _paper(request, course)


@require_http_methods(["GET", "POST"])
def statement(request: HttpRequest) -> HttpResponse:
    """The confidentiality statement; by POST it is signed with one's full name. Raises: Refused, Unavailable."""
    rejected: Rejected | None = None
    if request.method == "POST":
        try:
            signed = sign_statement(
                actor=actor_of(request), now=timezone.now(), typed_name=request.POST.get("name", "")
            )
        except Rejected as error:
            rejected = error
        else:
            messages.success(request, f"Signed; it counts until {signed.until.isoformat()}. Receipt {signed.receipt}")
            return redirect("training:home")
    status = HTTPStatus.OK if rejected is None else HTTPStatus.BAD_REQUEST
    return render(request, "training/statement.html", {"statement": STATEMENT, "rejected": rejected}, status=status)


@require_GET
def certificate(request: HttpRequest, number: int) -> HttpResponse:
    """The certificate as a PDF. Raises: Rejected when it is not the visitor's; Refused, Unavailable."""
    taken = take_certificate(actor=actor_of(request), now=timezone.now(), number=number)
    response = HttpResponse(taken.pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="certificate-{number}.pdf"'
    return response


def _paper(request: HttpRequest, course: Course) -> HttpResponse:
    paper = open_exam(actor=actor_of(request), now=timezone.now(), course=course)
    context = {
        "paper": paper,
        "terms": terms_of(course),
        "is_over": timezone.now() > paper.ends_at,
        "receipt": str(paper.receipt),
    }
    return render(request, "training/paper.html", context)


def _marked(request: HttpRequest, sitting: str) -> HttpResponse:
    number = int(sitting) if sitting.isascii() and sitting.isdigit() and len(sitting) <= 18 else 0
    done = hand_in_exam(
        actor=actor_of(request), now=timezone.now(), sitting=number, answers=_answers(request.POST.items())
    )
    context = {
        "done": done,
        "terms": terms_of(done.course),
        "again": [lesson_on(subject) for subject in done.mark.read_again],
        "receipt": str(done.receipt),
    }
    return render(request, "training/marked.html", context)


def _answers(fields: Iterable[tuple[str, object]]) -> Mapping[int, int]:
    """From `q3=1` to {3: 1}; whatever else was sent is passed over, and so counts as not answered."""
    found = {}
    for name, value in fields:
        place = _place(name.removeprefix("q")) if name.startswith("q") else None
        choice = _place(str(value))
        if place is not None and choice is not None:
            found[place] = choice
    return found


def _place(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MAX_PLACE_DIGITS else None
