"""People barred by a felony: the review, which lets in or keeps out with a documented reason."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from openclets.agencies.membership.felonies import felonies_to_review
from openclets.agencies.membership.vetting import review_felony
from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import parse_user_name
from openclets.web.visitor import actor_of


@require_GET
def felonies(request: HttpRequest) -> HttpResponse:
    """Who waits, and who was let in. Raises: Refused, Unavailable."""
    return _listed(request)


@require_POST
def review(request: HttpRequest) -> HttpResponse:
    """Lets one person in, or keeps them out. Raises: Refused, Unavailable."""
    try:
        done = _review(request)
    except Rejected as rejected:
        return _listed(request, rejected=rejected)
    messages.success(request, done)
    return redirect("agencies_joining:felonies")


def _review(request: HttpRequest) -> str:
    """What was done, in words. Raises: Rejected, Refused, Unavailable."""
    decision, user = request.POST.get("decision", ""), parse_user_name(request.POST.get("user", ""))
    if decision not in ("let in", "keep out"):
        raise Rejected(Fault(FaultCode.FORMAT, "decision", "no button was pressed", "one of the buttons"))
    receipt = review_felony(
        actor=actor_of(request),
        now=timezone.now(),
        user=user,
        let_in=decision == "let in",
        reason=request.POST.get("reason", ""),
    )
    return f"{user}: {'let in' if decision == 'let in' else 'kept out'}. Receipt {receipt}"


def _listed(request: HttpRequest, *, rejected: Rejected | None = None) -> HttpResponse:
    """The lists; what was rejected is shown at its person, with the reason as typed."""
    listed = felonies_to_review(actor=actor_of(request), now=timezone.now())
    context = {
        "listed": listed,
        "rejected": rejected,
        "typed_user": request.POST.get("user", ""),
        "typed_reason": request.POST.get("reason", ""),
        "receipt": str(listed.receipt),
    }
    status = HTTPStatus.OK if rejected is None else HTTPStatus.BAD_REQUEST
    return render(request, "membership/felonies.html", context, status=status)
