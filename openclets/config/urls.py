"""Every address of the pages.

Of the sign-in library only what is listed here can be reached: signing in goes through our own pages, which demand a
second factor; nobody signs up, and nobody takes their own second factor away.
"""

from __future__ import annotations

from typing import Final

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path


def closed(request: HttpRequest, **_: str) -> HttpResponse:
    """An address whose name the library needs and nobody may use. Raises: Http404."""
    raise Http404


CLOSED_NAMES: Final = (
    "account_signup",
    "account_email",
    "account_email_verification_sent",
    "account_reset_password",
    "account_inactive",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
)

handler500 = "openclets.web.outcomes.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("accounts/password/change/", account.password_change, name="account_change_password"),
    path("accounts/2fa/", second_factor.index, name="mfa_index"),
    path("accounts/2fa/reauthenticate/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("accounts/2fa/recovery-codes/", include("allauth.mfa.recovery_codes.urls")),
    path("accounts/2fa/webauthn/", include("allauth.mfa.webauthn.urls")),
    *(path(f"accounts/closed/{name}/", closed, name=name) for name in CLOSED_NAMES),
    path("", include("openclets.web.urls")),
]
