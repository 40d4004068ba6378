"""The first sign-in: by an invitation a person sets their password and authenticator, and then signs in with both.

The key of the authenticator, its picture and its check are the sign-in library's.
"""

from __future__ import annotations

import base64
from http import HTTPStatus
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from openclets.agencies.inviting import FirstSecrets, use_invitation
from openclets.agencies.signing_on import record_page_refusal
from openclets.vocabulary.errors import Refused, Rejected
from openclets.vocabulary.identifiers import USER_NAME_SHAPE, UserName
from openclets.web.counted_forms import counted
from openclets.web.membership.forms import put_at_fields
from openclets.web.sign_in import UNKNOWN_BROWSER

_NOBODY_YET = "first-sign-in"
"""What an authenticator calls the account where the address named nobody."""


class FirstSignInForm(forms.Form):
    """Passwords are asked for anew after a fault: a page does not carry them back."""

    user = forms.RegexField(
        USER_NAME_SHAPE,
        label="Sign-in name",
        max_length=30,
        widget=forms.TextInput({"autocapitalize": "none", "spellcheck": "false", "autocomplete": "username"}),
        error_messages={"invalid": "This is no sign-in name: 2 to 30 small letters, digits, dots or hyphens."},
    )
    code = forms.CharField(
        label="Invitation code",
        max_length=60,
        help_text="24 letters and figures; hyphens and spaces do not matter.",
        widget=forms.TextInput({"autocapitalize": "characters", "spellcheck": "false", "autocomplete": "off"}),
    )
    one_time = forms.CharField(
        label="Code that the authenticator shows now",
        max_length=10,
        help_text="Six digits.",
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    password = forms.CharField(
        label="New password",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="The same again", strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", "This is not the same password.")
        return cleaned


@login_not_required
@require_http_methods(["GET", "POST"])
def first_sign_in(request: HttpRequest) -> HttpResponse:
    """The page; `name` in the address fills in who it is for. Raises: Unavailable."""
    if request.method == "GET":
        return _shown(request, FirstSignInForm(initial={"user": request.GET.get("name", "")[:30]}))
    form = FirstSignInForm(request.POST)
    if form.is_valid() and _is_used(form):
        clear_totp_secret(request)
        messages.success(request, "Your password and authenticator are set. Sign in with them; use the next code.")
        return redirect("account_login")
    return _shown(request, form)


def _is_used(form: FirstSignInForm) -> bool:
    """Whether everything is set; otherwise the form says what is wrong. Raises: Unavailable."""
    given, now = form.cleaned_data, timezone.now()
    user = UserName(given["user"])
    first = FirstSecrets(given["password"], get_totp_secret(), given["one_time"].strip())
    refusals: list[str] = []

    def look() -> bool:
        try:
            use_invitation(actor=UNKNOWN_BROWSER, now=now, user=user, code=given["code"], first=first)
        except Refused as refused:
            refusals.append(refused.missing)
        return not refusals

    try:
        is_used = counted(look, user_name=user, is_last_factor=True)
    except forms.ValidationError as fault:
        # Locked, or too much was wrong from here: the verb was not asked.
        record_page_refusal(actor=UNKNOWN_BROWSER, now=now, user_name=user, refusal=" ".join(fault.messages))
        form.add_error(None, fault)
        return False
    except Rejected as rejected:
        put_at_fields(form, rejected)
        return False
    for missing in refusals:
        form.add_error("code", f"{missing[:1].upper()}{missing[1:]}. Your coordinator can issue a new one.")
    return is_used


def _shown(request: HttpRequest, form: FirstSignInForm) -> HttpResponse:
    secret, library = get_totp_secret(), get_adapter()
    name = str(form["user"].value() or "") or _NOBODY_YET
    picture = library.build_totp_svg(library.build_totp_url(get_user_model()(user_name=name), secret))
    context = {
        "form": form,
        "who": [form["user"], form["code"]],
        "authenticator": [form["one_time"]],
        "password": [form["password"], form["again"]],
        "picture": f"data:image/svg+xml;base64,{base64.b64encode(picture.encode()).decode('ascii')}",
        "key": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "sign_in/first.html", context, status=status)
