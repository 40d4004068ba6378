"""The sign-in library's forms for what a person shows, each attempt counted before it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from django import forms
from django.utils import timezone

from openclets.agencies.attempts import is_right_and_counted
from openclets.vocabulary.errors import Refused


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """The code of an authenticator, or one of the recovery codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = "Code from your authenticator"
        code.help_text = "Six digits, or one of your recovery codes."
        code.error_messages["required"] = "Enter the code."
        code.widget.attrs.pop("placeholder", None)
        code.widget.attrs.update(
            {
                "class": "usa-input",
                "inputmode": "numeric",
                "autofocus": True,
                "autocomplete": "one-time-code",
                "aria-describedby": "id_code-hint",
            }
        )

    def clean_code(self) -> str:
        return str(_counted(self.user, super().clean_code))


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """A new password, after the old one was shown once more."""

    def clean_oldpassword(self) -> str:
        return str(_counted(self.user, super().clean_oldpassword))


class CodeAgainForm(ReauthenticateForm):  # type: ignore[misc]
    """The same, of a person who is signed in."""

    def clean_code(self) -> str:
        return str(_counted(self.user, super().clean_code))


class SecurityKeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]
    """What a security key or passkey says, after the password."""

    def clean_credential(self) -> Any:
        return _counted(self.user, super().clean_credential)


class SecurityKeyAgainForm(ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """The same, of a person who is signed in."""

    def clean_credential(self) -> Any:
        return _counted(self.user, super().clean_credential)


def counted(look: Callable[[], bool], *, user_name: str, is_last_factor: bool) -> bool:
    """What `look` says, counted for the name and for the browser's address.

    Raises: ValidationError when nothing may be tried now, and what `look` raises.
    """
    try:
        return is_right_and_counted(
            look,
            user_name=user_name,
            place=get_adapter().get_client_ip(context.request),
            is_last_factor=is_last_factor,
            now=timezone.now(),
        )
    except Refused as refused:
        raise forms.ValidationError(f"{refused.missing[:1].upper()}{refused.missing[1:]}.") from refused


def _counted(person: Any, clean: Callable[[], Any]) -> Any:
    """What `clean` gives, of a person who is known. Raises: ValidationError."""
    cleaned: list[Any] = []
    faults: list[forms.ValidationError] = []

    def look() -> bool:
        try:
            cleaned.append(clean())
        except forms.ValidationError as fault:
            faults.append(fault)
        return bool(cleaned)

    if not counted(look, user_name=person.get_username(), is_last_factor=True):
        raise faults[0]
    return cleaned[0]
