"""The coordinator's page of locked names: who is locked since when, and letting them sign on again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from openclets.agencies.releasing import locked_names, release_name
from openclets.vocabulary.errors import Rejected
from openclets.vocabulary.identifiers import parse_user_name
from openclets.web.visitor import actor_of


@require_GET
def locked(request: HttpRequest) -> HttpResponse:
    """The agency's locked names, the longest locked first. Raises: Refused, Unavailable."""
    listed = locked_names(actor=actor_of(request), now=timezone.now())
    return render(request, "agency/locked.html", {"locked": listed})


@require_POST
def release(request: HttpRequest) -> HttpResponse:
    """Releases one name and goes back to the list. Raises: Refused."""
    try:
        user = parse_user_name(request.POST.get("user", ""))
        receipt = release_name(actor=actor_of(request), now=timezone.now(), user_name=user)
    except Rejected as rejected:
        messages.warning(request, f"Nobody was released: {rejected.faults[0].text}.")
    else:
        messages.success(request, f"{user} may sign on again. Receipt {receipt}")
    return redirect("agency:locked")
