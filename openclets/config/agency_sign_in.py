"""An agency's own sign-in by OpenID Connect, in place of the password: the second factor and the notice follow here.

A provider speaks for people of its agency and for nobody else. The name it gives finds the account once; from then on
the account is bound to the provider's own unchanging identifier: a name given to somebody else opens nothing.
"""

from __future__ import annotations

from typing import Any, NoReturn

from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone

from openclets.agencies.lookup import actor_of_page
from openclets.agencies.models import Affiliation, User
from openclets.agencies.signing_on import record_credential_change, record_page_refusal
from openclets.web.sign_in import UNKNOWN_BROWSER


class AgencySignIn(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """What the sign-in library asks when a provider has spoken."""

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        """The providers of the settings; none is taken from a table."""
        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Accounts are made by an agency's coordinator."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Finds the account, or ends the sign-in. Raises: ImmediateHttpResponse; Unavailable."""
        app = sociallogin.provider.app
        claims = sociallogin.account.extra_data.get("id_token") or {}
        name = str(claims.get(app.settings["name_claim"], "")).lower()
        # Of what the provider told, only its identifier is kept.
        sociallogin.account.extra_data = {}
        if sociallogin.state.get("process") != "login":
            _refuse(request, name, f"{app.name} was asked for something else than a sign-in")
        bound = sociallogin.user if sociallogin.is_existing else None
        person = bound or User.objects.filter(user_name=name).first()
        if (
            person is None
            or not person.is_active
            or not Affiliation.objects.filter(user=person, agency_id=app.settings["agency"]).exists()
        ):
            _refuse(request, name, f"{app.name} may not speak for this account, or there is none")
        if not is_mfa_enabled(person, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]):
            _refuse(request, person.user_name, "this account has no second factor yet")
        if bound is None:
            if SocialAccount.objects.filter(user=person, provider=app.provider_id).exists():
                _refuse(request, name, f"{app.name} gave this name to somebody else before")
            sociallogin.connect(request, person)
            what = f"bound to the sign-in of {app.name}"
            record_credential_change(actor=actor_of_page(person.pk), now=timezone.now(), what=what)
        else:
            sociallogin.account.save(update_fields=["extra_data"])

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> NoReturn:
        """The provider said no, or what it said cannot be believed. Raises: ImmediateHttpResponse; Unavailable."""
        reason = type(exception).__name__ if exception else str(error)
        _refuse(request, "", f"the sign-in at {provider.app.name} did not succeed ({reason})")


def _refuse(request: HttpRequest, user_name: str, refusal: str) -> NoReturn:
    clear_login(request)
    record_page_refusal(actor=UNKNOWN_BROWSER, now=timezone.now(), user_name=user_name, refusal=refusal)
    messages.error(request, f"You are not signed in: {refusal}.")
    raise ImmediateHttpResponse(redirect("account_login"))
