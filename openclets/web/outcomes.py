"""From what went wrong, by whose fault, to a page. The one place where the pages translate `Rejected`, `Refused`
and `Unavailable`; a fault of our own becomes the broken page.

Parts of a page exchanged in place get the same text without the frame around it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from http import HTTPStatus

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from openclets.agencies.rules import MISUSE_IS_A_CRIME
from openclets.agencies.signing_on import record_page_refusal
from openclets.vocabulary.errors import Refused, Rejected, Unavailable
from openclets.web.sign_in import UNKNOWN_BROWSER
from openclets.web.visitor import signed_in_person

NO_DATABASE = Unavailable("the database does not answer")


class Outcomes:
    """Middleware. Stands last, nearest to the pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            return refused_page(request, error, signed_in_person(request))
        if isinstance(error, Rejected):
            return render(request, "400.html", {"rejected": error}, status=HTTPStatus.BAD_REQUEST)
        if isinstance(error, Unavailable):
            return _unavailable_page(request, error)
        return None


def refused_page(request: HttpRequest, refused: Refused, person: AbstractBaseUser | None) -> HttpResponse:
    """The rule, what is missing, the source, the penalty and the receipt of the refusal.

    What reached no verb has no receipt yet and is journalled here, such as a person without an agency.
    """
    if not refused.receipt:
        name = person.get_username() if person else ""
        try:
            receipt = record_page_refusal(
                actor=UNKNOWN_BROWSER, now=timezone.now(), user_name=name, refusal=refused.missing
            )
        except Unavailable as unavailable:
            return _unavailable_page(request, unavailable)
        refused.receipt = str(receipt)
    context = {"refused": refused, "penalty": MISUSE_IS_A_CRIME}
    return render(request, "403.html", context, status=HTTPStatus.FORBIDDEN)


def broken(request: HttpRequest) -> HttpResponse:
    """The last page, for a fault of our own or no database. Looks nothing up: whatever it needs may be what broke."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return _unavailable_page(request, NO_DATABASE)
    page = render_to_string("500.html", {"theme": request.COOKIES.get("theme", "")})
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _unavailable_page(request: HttpRequest, unavailable: Unavailable) -> HttpResponse:
    """Made without the request, whose session and header could not be read either."""
    context = {
        "unavailable": unavailable,
        "theme": request.COOKIES.get("theme", ""),
        "in_place": bool(request.headers.get("HX-Request")),
    }
    return HttpResponse(render_to_string("503.html", context), status=HTTPStatus.SERVICE_UNAVAILABLE)
