"""Every address of the pages.

Of the sign-in library only what is listed here can be reached: signing in goes through our own pages, which demand a
second factor; nobody signs up, and nobody takes their own second factor away.
"""

from __future__ import annotations

from typing import Final

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.webauthn import views as keys
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from openclets.web import fresh_sign_in


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
    "socialaccount_signup",
    "socialaccount_connections",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
)

handler500 = "openclets.web.outcomes.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/reauthenticate/", fresh_sign_in.PasswordAgain.as_view(), name="account_reauthenticate"),
    path("accounts/password/change/", account.password_change, name="account_change_password"),
    path("accounts/2fa/", second_factor.index, name="mfa_index"),
    path("accounts/2fa/reauthenticate/", fresh_sign_in.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("accounts/2fa/recovery-codes/", include("allauth.mfa.recovery_codes.urls")),
    path("accounts/2fa/keys/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("accounts/2fa/keys/add/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("accounts/2fa/keys/reauthenticate/", fresh_sign_in.KeyAgain.as_view(), name="mfa_reauthenticate_webauthn"),
    path("accounts/2fa/keys/<int:pk>/remove/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("accounts/2fa/keys/<int:pk>/name/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
    *(path(f"accounts/closed/{name}/", closed, name=name) for name in CLOSED_NAMES),
    path("", include("openclets.web.urls")),
]
