"""The first page: leads each person to the pages of their duty."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openclets.web.visitor import actor_of, visitor_of


def home(request: HttpRequest) -> HttpResponse:
    """One duty's pages at once; a choice where there are several. Every duty has some.

    Raises: Refused for a person without an agency.
    """
    actor_of(request)
    visitor = visitor_of(request)
    places = visitor.places if visitor else ()
    if len(places) == 1:
        return redirect(places[0].address)
    return render(request, "home.html", {"places": places})
