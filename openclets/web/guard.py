"""The door before every page: closed unless a person has signed in with two factors, less than twelve hours ago, and
is still there.

A page open to all says so with Django's `login_not_required`.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from openclets.agencies.lookup import disabled_person, is_barred
from openclets.vocabulary.errors import Refused
from openclets.web import screen_lock
from openclets.web.outcomes import refused_page
from openclets.web.visitor import signed_in_person, visitor_of

OPEN_WHEN_LOCKED = frozenset({"sign_in_locked", "sign_in_lock", "account_logout"})

SECOND_FACTOR = "sign-on needs two factors"


class Guard:
    """Middleware. Stands after those of sessions, accounts and htmx; gives every request its `visitor`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Read by the base template alone, and only where a page is made: a picture costs no look-up for a header.
        request.visitor = SimpleLazyObject(lambda: visitor_of(request))  # type: ignore[attr-defined]
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view, "login_required", True):
            return None
        person = signed_in_person(request)
        if person is None:
            # Django takes nobody for signed in whose account is disabled; they are told why, once.
            gone = disabled_person(str(request.session.get(SESSION_KEY, "")))
            if gone is None:
                return _please_sign_in(request)
            logout(request)
            return refused_page(request, _disabled(), gone)
        if not has_shown_second_factor(request):
            logout(request)
            refused = Refused(
                rule=SECOND_FACTOR,
                missing="no one-time code was given in this session",
                source="CJIS Security Policy IA-2(1)(2)",
            )
            return refused_page(request, refused, person)
        if is_barred(person):
            logout(request)
            return refused_page(request, _barred(), person)
        now = timezone.now()
        if screen_lock.is_over(request.session, now):
            logout(request)
            return _please_sign_in(request)
        match = request.resolver_match
        if screen_lock.is_locked(request, now) and (match is None or match.url_name not in OPEN_WHEN_LOCKED):
            return _please_unlock(request)
        return None


def _disabled() -> Refused:
    return Refused(
        rule="the account must be active",
        missing="the account is disabled",
        source="CJIS Security Policy AC-2(3)",
    )


def _barred() -> Refused:
    return Refused(
        rule="a felony bars access until it is reviewed",
        missing="a felony conviction without a documented review",
        source="CJIS Security Policy PS-3",
    )


def has_shown_second_factor(request: HttpRequest) -> bool:
    """Whether this session's person gave a one-time code or used a security key in it."""
    records = get_authentication_records(request, signed_in_person(request))
    return any(record.get("method") == "mfa" for record in records)


def _please_unlock(request: HttpRequest) -> HttpResponseBase:
    """To the page that asks for the password and back, or the same in place."""
    if request.headers.get("HX-Request"):
        return render(request, "screen_locked.html", status=HTTPStatus.UNAUTHORIZED)
    onward = request.get_full_path() if request.method == "GET" else request.path
    return redirect_to_login(onward, login_url=reverse("sign_in_locked"))


def _please_sign_in(request: HttpRequest) -> HttpResponseBase:
    """To the sign-in page and back; a part of a page that is exchanged in place says so in place instead, so that
    nothing typed on that page is lost."""
    if request.headers.get("HX-Request"):
        return render(request, "signed_out.html", status=HTTPStatus.UNAUTHORIZED)
    return redirect_to_login(request.get_full_path() if request.method == "GET" else request.path)
