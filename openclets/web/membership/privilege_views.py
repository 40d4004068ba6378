"""Privileges: proposals that wait for somebody else, and the yearly review as a work list."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from openclets.agencies.membership.granting import decide_privilege, propose_privilege
from openclets.agencies.membership.review import privileges_to_review, review_privilege
from openclets.agencies.permissions import Duty
from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import parse_user_name
from openclets.web.membership.forms import ProposalForm
from openclets.web.visitor import actor_of


@require_http_methods(["GET", "POST"])
def privileges(request: HttpRequest) -> HttpResponse:
    """Proposals and the work list; by POST one decision. Raises: Refused, Unavailable."""
    if request.method == "POST":
        try:
            messages.success(request, _decide(request))
        except Rejected as rejected:
            return _listed(request, rejected=rejected)
        return redirect("privileges:home")
    return _listed(request)


@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Proposes somebody for a duty at the visitor's agency. Raises: Refused, Unavailable."""
    form = ProposalForm(request.POST)
    if not form.is_valid():
        return _listed(request, form=form)
    try:
        proposed = propose_privilege(actor=actor_of(request), now=timezone.now(), new=form.new_privilege())
    except Rejected as rejected:
        return _listed(request, form=form, rejected=rejected)
    messages.success(request, f"It waits for somebody else's decision. Receipt {proposed.receipt}")
    return redirect("privileges:home")


def _decide(request: HttpRequest) -> str:
    """What was done, in words. Raises: Rejected, Refused, Unavailable."""
    reason, decision = request.POST.get("reason", ""), request.POST.get("decision", "")
    actor, now = actor_of(request), timezone.now()
    if decision in ("grant", "turn down"):
        typed = request.POST.get("proposal", "")
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 18 else 0
        decided = decide_privilege(actor=actor, now=now, proposal=number, grant=decision == "grant", reason=reason)
        return f"{'Granted' if decided.is_granted else 'Turned down'}. Receipt {decided.receipt}"
    if decision not in ("keep", "take away"):
        raise Rejected(Fault(FaultCode.FORMAT, "decision", "no button was pressed", "one of the buttons"))
    user, keep = parse_user_name(request.POST.get("user", "")), decision == "keep"
    duty = next((duty for duty in Duty if duty.value == request.POST.get("duty")), None)
    if duty is None:
        raise Rejected(Fault(FaultCode.CODE, "duty", "there is no such duty", ", ".join(Duty)))
    receipt = review_privilege(actor=actor, now=now, user=user, duty=duty, keep=keep, reason=reason)
    return f"{'Kept' if keep else 'Taken away'}: {user}, {duty}. Receipt {receipt}"


def _listed(
    request: HttpRequest, *, form: ProposalForm | None = None, rejected: Rejected | None = None
) -> HttpResponse:
    listed = privileges_to_review(actor=actor_of(request), now=timezone.now())
    context = {
        "listed": listed,
        "form": form or ProposalForm(),
        "rejected": rejected,
        "receipt": str(listed.receipt),
    }
    is_wrong = form is not None or rejected is not None
    return render(
        request, "membership/privileges.html", context, status=HTTPStatus.BAD_REQUEST if is_wrong else HTTPStatus.OK
    )
