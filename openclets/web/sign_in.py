"""Signing in and out at the pages: password, then one-time code, by the sign-in library; each attempt is journalled.

Accounts are made by an agency's coordinator, never here.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.account.views import LoginView, LogoutView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.views import LoginWebAuthnView
from allauth.socialaccount.adapter import get_adapter as get_providers
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator

from openclets.agencies.actor import Actor
from openclets.agencies.lookup import actor_of_page
from openclets.agencies.rules import MISUSE_IS_A_CRIME
from openclets.agencies.signing_on import (
    Caller,
    record_credential_change,
    record_page_refusal,
    record_page_sign_on,
    record_sign_off,
)
from openclets.vocabulary.errors import Refused
from openclets.vocabulary.identifiers import Mnemonic
from openclets.web import screen_lock
from openclets.web.counted_forms import CodeForm, SecurityKeyForm

UNKNOWN_BROWSER = Caller(Mnemonic(""), "web")
"""Before a person has signed in, a browser belongs to no agency."""


class SignInForm(LoginForm):  # type: ignore[misc]
    """Name and password. A right password alone is not enough to go on: the account needs a second factor and an
    agency, and is told so here, where its owner has just shown who they are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        self.label_suffix = ""
        self.fields["login"].label = "Sign-in name"
        self.fields["login"].error_messages["required"] = "Enter your sign-in name."
        self.fields["password"].error_messages["required"] = "Enter your password."
        for field in self.fields.values():
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs["class"] = "usa-input"
        self.fields["login"].widget.attrs.update(autocapitalize="none", spellcheck="false", autofocus=True)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.errors or self.user is None:
            return cleaned
        if not self.user.is_active:
            # In the words for a wrong password: whoever left is told nothing.
            raise get_adapter().validation_error("username_password_mismatch")
        if not is_mfa_enabled(self.user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]):
            raise forms.ValidationError(
                "This account has no second factor yet, so it cannot sign in. Ask your agency's coordinator for an"
                " invitation."
            )
        try:
            actor_of_page(self.user.pk)
        except Refused as refused:
            raise forms.ValidationError(f"This account cannot sign in: {refused.missing}.") from refused
        return cleaned


class SignInView(LoginView):  # type: ignore[misc]
    """Step one. Raises: Unavailable when the journal cannot record a refusal."""

    form_class = SignInForm
    template_name = "sign_in/password.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "penalty": MISUSE_IS_A_CRIME,
            "providers": [
                (one.name, one.get_login_url(self.request)) for one in get_providers().list_providers(self.request)
            ],
        }

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        _record_refusal(str(form.data.get("login", "")), _in_words(form))
        response: HttpResponse = super().form_invalid(form)
        return response


class CodeView(AuthenticateView):  # type: ignore[misc]
    """Step two. Raises: Unavailable when the journal cannot record a refusal."""

    form_class = CodeForm
    webauthn_form_class = SecurityKeyForm
    template_name = "sign_in/code.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.stage.login.user
        return {
            **super().get_context_data(**kwargs),
            "has_codes": is_mfa_enabled(person, [Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]),
            "has_key": is_mfa_enabled(person, [Authenticator.Type.WEBAUTHN]),
        }

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        _record_refusal(self.stage.login.user.get_username(), _in_words(form))
        response: HttpResponse = super().form_invalid(form)
        return response


@method_decorator(login_not_required, name="dispatch")
class PasskeySignInView(LoginWebAuthnView):  # type: ignore[misc]
    """Both factors at once: a passkey that has made sure of its owner. On GET, for scripts, what a passkey is asked.

    Raises: Unavailable when the journal cannot record a refusal.
    """

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        _record_refusal("", "the passkey is not known here, or did not make sure of its owner")
        response: HttpResponse = super().form_invalid(form)
        return response


class SignOutView(LogoutView):  # type: ignore[misc]
    """Asks on GET, signs out on POST."""

    template_name = "sign_in/out.html"


def record_arrival(request: HttpRequest, user: Any, **_: object) -> None:
    """Receiver of Django's `user_logged_in`, whichever way the person came. Without an entry nobody is signed in: the
    error rises, and the session is not kept."""
    now = timezone.now()
    record_page_sign_on(actor=actor_of_page(user.pk), now=now)
    screen_lock.begin(request.session, now)


def record_departure(request: HttpRequest, user: Any, **_: object) -> None:
    """Receiver of Django's `user_logged_out`; `user` is None when nobody was signed in."""
    actor = _actor_if_any(user)
    if actor is not None:
        record_sign_off(actor=actor, now=timezone.now())


def record_new_password(request: HttpRequest, user: Any, **_: object) -> None:
    """Receiver of the sign-in library's signal. Raises: Refused, Unavailable."""
    _record_change(user, "a new password")


def record_new_factor(request: HttpRequest, user: Any, authenticator: Any, **_: object) -> None:
    """Receiver of the sign-in library's signals of a second factor added or made anew. Raises: as above."""
    _record_change(user, f"a second factor added or made anew: {authenticator.type}")


def record_lost_factor(request: HttpRequest, user: Any, authenticator: Any, **_: object) -> None:
    """Receiver of the sign-in library's signal of a second factor taken away. Raises: as above."""
    _record_change(user, f"a second factor taken away: {authenticator.type}")


def _record_change(user: Any, what: str) -> None:
    record_credential_change(actor=actor_of_page(user.pk), now=timezone.now(), what=what)


def _actor_if_any(user: Any) -> Actor | None:
    if user is None:
        return None
    try:
        return actor_of_page(user.pk)
    except Refused:
        # The agency was taken from them while they were signed in; there is nobody left to record as acting.
        return None


def _record_refusal(user_name: str, refusal: str) -> None:
    record_page_refusal(actor=UNKNOWN_BROWSER, now=timezone.now(), user_name=user_name, refusal=refusal)


def _in_words(form: forms.Form) -> str:
    return " ".join(str(error) for errors in form.errors.values() for error in errors)
