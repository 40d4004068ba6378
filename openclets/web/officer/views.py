"""The officer's page: one line in, one answer out, both through `exchange` as from any terminal."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from openclets.agencies.access import decision_for
from openclets.agencies.actor import Actor
from openclets.agencies.permissions import Right
from openclets.agencies.rules import MISUSE_IS_A_CRIME
from openclets.exchange.exchange import exchange
from openclets.inquiry.pictures import show_page
from openclets.web.officer.question_form import QuestionForm
from openclets.web.visitor import actor_of


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The empty page. Says at once when this person may not ask, before anything is typed. Raises: Refused."""
    return _page(request, actor_of(request), timezone.now())


@require_POST
def ask_by_line(request: HttpRequest) -> HttpResponse:
    """Sends what was typed, as typed. Raises: Unavailable."""
    actor = actor_of(request)
    return _ask(request, actor, request.POST.get("line", "").strip())


@require_POST
def ask_by_form(request: HttpRequest) -> HttpResponse:
    """Writes the line from the form and sends it. Raises: Unavailable."""
    actor = actor_of(request)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        faults = [(form.fields[name].label, error) for name, errors in form.errors.items() for error in errors]
        return _answer(request, actor, timezone.now(), {"unreadable": faults}, form)
    return _ask(request, actor, form.line(actor.agency), form)


@require_GET
def order_page(request: HttpRequest, number: str, page: int) -> HttpResponse:
    """One page of the signed order as a picture; the header `X-Pages` says how many there are.

    Raises: Refused, Rejected, Unavailable.
    """
    shown = show_page(actor=actor_of(request), now=timezone.now(), fcn=number, page=page)
    return HttpResponse(shown.png, content_type="image/png", headers={"X-Pages": str(shown.pages)})


def _ask(request: HttpRequest, actor: Actor, line: str, form: QuestionForm | None = None) -> HttpResponse:
    now = timezone.now()
    reply = exchange(actor=actor, text=line, now=now)
    return _answer(request, actor, now, {"reply": reply, "line": line}, form)


def _answer(
    request: HttpRequest, actor: Actor, now: datetime, answer: dict[str, object], form: QuestionForm | None
) -> HttpResponse:
    """The answer alone where the page exchanges it in place, the whole page around it where the browser runs no
    scripts. A rejection or refusal is an answer like any other: it arrived, and says what it says."""
    context = {**answer, "asked_at": now, "penalty": MISUSE_IS_A_CRIME}
    if request.headers.get("HX-Request"):
        return render(request, "officer/answer.html", context)
    return _page(request, actor, now, form, context)


def _page(
    request: HttpRequest,
    actor: Actor,
    now: datetime,
    form: QuestionForm | None = None,
    context: dict[str, object] | None = None,
) -> HttpResponse:
    decision = decision_for(actor, Right.ASK_PERSON, now=now)
    return render(
        request,
        "officer/page.html",
        {
            "starter": f"QW.{actor.agency}.NAM/",
            "form": form or QuestionForm(),
            "decision": decision,
            "penalty": MISUSE_IS_A_CRIME,
            **(context or {}),
        },
    )
