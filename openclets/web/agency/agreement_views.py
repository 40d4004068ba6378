"""The agency's own agreements: what is in force, what waits, and one signed by the agency's head."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from openclets.agencies.joining.agreements import own_agreements, propose_agreement
from openclets.vocabulary.errors import Rejected
from openclets.web.membership.forms import AgreementForm, put_at_fields
from openclets.web.visitor import actor_of


@require_GET
def agreements(request: HttpRequest) -> HttpResponse:
    """The agreements. Raises: Refused, Unavailable."""
    return _shown(request)


@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Enters an agreement of the own agency, to be countersigned elsewhere. Raises: Refused, Unavailable."""
    form = AgreementForm(request.POST)
    if not form.is_valid():
        return _shown(request, form=form)
    actor = actor_of(request)
    try:
        proposed = propose_agreement(actor=actor, now=timezone.now(), terms=form.terms(actor.agency))
    except Rejected as rejected:
        put_at_fields(form, rejected)
        return _shown(request, form=form)
    messages.success(request, f"It waits to be countersigned by another agency. Receipt {proposed.receipt}")
    return redirect("agency:agreements")


def _shown(request: HttpRequest, *, form: AgreementForm | None = None) -> HttpResponse:
    own = own_agreements(actor=actor_of(request), now=timezone.now())
    context = {"own": own, "form": form or AgreementForm(), "receipt": str(own.receipt)}
    status = HTTPStatus.OK if form is None else HTTPStatus.BAD_REQUEST
    return render(request, "agency/agreements.html", context, status=status)
