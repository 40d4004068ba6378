"""Showing who one is once more: before a privileged act, unless that was done a few minutes ago.

Source: CJIS Security Policy IA-11: re-authentication for privileged functions and before authenticators change.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Final

from allauth.account.authentication import get_authentication_records
from allauth.account.views import ReauthenticateView
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from openclets.agencies.signing_on import record_page_refusal
from openclets.web.sign_in import UNKNOWN_BROWSER
from openclets.web.visitor import signed_in_person

FRESH_FOR: Final = timedelta(minutes=5)
"""Own decision."""

View = Callable[..., HttpResponseBase]


def fresh_sign_in_required(view: View) -> View:
    """Asks for the password or a second factor before what comes by POST; what was sent is carried out after that. To
    look asks for nothing."""

    @wraps(view)
    def asked_first(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        records = get_authentication_records(request, signed_in_person(request))
        latest = max((float(record["at"]) for record in records), default=0.0)
        if time.time() - latest >= FRESH_FOR.total_seconds():
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return asked_first


class _Journalled:
    """What was wrong is journalled. Raises: Unavailable."""

    request: HttpRequest

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        words = " ".join(str(error) for errors in form.errors.values() for error in errors)
        person = signed_in_person(self.request)
        name = person.get_username() if person else ""
        record_page_refusal(actor=UNKNOWN_BROWSER, now=timezone.now(), user_name=name, refusal=words)
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        return response


class PasswordAgain(_Journalled, ReauthenticateView):  # type: ignore[misc]
    """By password."""


class CodeAgain(_Journalled, CodeAgainView):  # type: ignore[misc]
    """By the code of an authenticator or a recovery code."""


class KeyAgain(_Journalled, ReauthenticateWebAuthnView):  # type: ignore[misc]
    """By a passkey or security key."""
