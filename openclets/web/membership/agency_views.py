"""Agencies: the work list, one agency with its steps and agreements, an application."""

from __future__ import annotations

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openclets.agencies.access import check_may
from openclets.agencies.joining.agreements import decide_agreement, end_agreement, propose_agreement
from openclets.agencies.joining.rules import Step
from openclets.agencies.joining.status import agencies_to_decide, agency_file, apply_for_agency, take_step
from openclets.agencies.permissions import Right
from openclets.vocabulary.errors import Rejected
from openclets.vocabulary.identifiers import Ori, parse_ori
from openclets.web.membership.forms import AgreementForm, ApplicationForm
from openclets.web.visitor import actor_of


@require_GET
def agencies(request: HttpRequest) -> HttpResponse:
    """Agencies that wait for something, then the others. Raises: Refused, Unavailable."""
    listed = agencies_to_decide(actor=actor_of(request), now=timezone.now())
    return render(request, "membership/agencies.html", {"listed": listed, "receipt": str(listed.receipt)})


@require_http_methods(["GET", "POST"])
def agency(request: HttpRequest, ori: str) -> HttpResponse:
    """One agency; by POST a step, or a decision about a proposed agreement. Raises: Rejected, Refused, Unavailable."""
    known = parse_ori(ori)
    if request.method == "POST":
        try:
            messages.success(request, _decide(request, known))
        except Rejected as rejected:
            return _file(request, known, rejected=rejected)
        return redirect(reverse("agencies_joining:agency", args=[known]))
    return _file(request, known)


@require_POST
def agreement(request: HttpRequest, ori: str) -> HttpResponse:
    """Keeps an agreement as signed, to be countersigned by somebody else. Raises: Refused, Unavailable."""
    known, form = parse_ori(ori), AgreementForm(request.POST)
    if not form.is_valid():
        return _file(request, known, form=form)
    try:
        proposed = propose_agreement(actor=actor_of(request), now=timezone.now(), terms=form.terms(known))
    except Rejected as rejected:
        return _file(request, known, form=form, rejected=rejected)
    messages.success(request, f"It waits to be countersigned by somebody else. Receipt {proposed.receipt}")
    return redirect(reverse("agencies_joining:agency", args=[known]))


@require_POST
def end(request: HttpRequest, ori: str) -> HttpResponse:
    """Ends one of the agency's agreements at once. Raises: Rejected for no such agency; Refused, Unavailable."""
    known = parse_ori(ori)
    number, reason = _number(request.POST.get("agreement", "")), request.POST.get("reason", "")
    try:
        receipt = end_agreement(actor=actor_of(request), now=timezone.now(), agreement=number, reason=reason)
    except Rejected as rejected:
        return _file(request, known, rejected=rejected)
    messages.success(request, f"The agreement counts no longer. Receipt {receipt}")
    return redirect(reverse("agencies_joining:agency", args=[known]))


@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """An agency's application. Raises: Refused, Unavailable."""
    check_may(actor_of(request), Right.APPLY_FOR_AGENCY, now=timezone.now())
    form = ApplicationForm(request.POST or None)
    rejected: Rejected | None = None
    if request.method == "POST" and form.is_valid():
        try:
            done = apply_for_agency(actor=actor_of(request), now=timezone.now(), new=form.new_agency())
        except Rejected as error:
            rejected = error
        else:
            messages.success(request, f"{done.ori} has applied; somebody else reviews it. Receipt {done.receipt}")
            return redirect("agencies_joining:apply")
    status = HTTPStatus.OK if request.method == "GET" else HTTPStatus.BAD_REQUEST
    return render(request, "membership/apply.html", {"form": form, "rejected": rejected}, status=status)


def _decide(request: HttpRequest, ori: Ori) -> str:
    """What was done, in words. Raises: Rejected, Refused, Unavailable."""
    reason = request.POST.get("reason", "")
    proposal = request.POST.get("proposal", "")
    if proposal:
        number = _number(proposal)
        accept = request.POST.get("decision") == "countersign"
        decided = decide_agreement(
            actor=actor_of(request), now=timezone.now(), proposal=number, accept=accept, reason=reason
        )
        return f"{'Countersigned' if decided.agreement else 'Turned down'}. Receipt {decided.receipt}"
    typed = request.POST.get("step", "")
    step = next((step for step in Step if step.value == typed), Step.APPLY)
    done = take_step(actor=actor_of(request), now=timezone.now(), ori=ori, step=step, reason=reason)
    return f"{ori} is {done.status.replace('_', ' ')} now. Receipt {done.receipt}"


def _number(typed: str) -> int:
    """0, which is nobody's, for what is no number."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 18 else 0


def _file(
    request: HttpRequest, ori: Ori, *, form: forms.Form | None = None, rejected: Rejected | None = None
) -> HttpResponse:
    file = agency_file(actor=actor_of(request), now=timezone.now(), ori=ori)
    context = {
        "file": file,
        "form": form or AgreementForm(),
        "rejected": rejected,
        "typed_agreement": _number(request.POST.get("agreement", "")),
        "typed_reason": request.POST.get("reason", ""),
        "receipt": str(file.receipt),
    }
    is_wrong = rejected is not None or form is not None
    return render(
        request, "membership/agency.html", context, status=HTTPStatus.BAD_REQUEST if is_wrong else HTTPStatus.OK
    )
