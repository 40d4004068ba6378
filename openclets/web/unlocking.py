"""Opening a locked screen with the password; locking one, and saying that somebody is there, for the pages' script."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from openclets.agencies.signing_on import record_page_refusal, record_unlocking
from openclets.web import screen_lock
from openclets.web.sign_in import UNKNOWN_BROWSER
from openclets.web.visitor import actor_of, signed_in_person

SCRIPT = "screen-lock"
"""What our script calls itself in X-Requested-With."""


class UnlockForm(forms.Form):
    """The password, once more. Any that is wrong counts as one at the front door does."""

    password = forms.CharField(
        label="Password",
        strip=False,
        widget=forms.PasswordInput(attrs={"class": "usa-input", "autocomplete": "current-password"}),
        error_messages={"required": "Enter your password."},
    )

    def __init__(self, *args: Any, person: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self._person = person

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if not get_adapter().reauthenticate(self._person, password):
            raise forms.ValidationError("This is not your password.")
        return password


def locked(request: HttpRequest) -> HttpResponseBase:
    """Asks for the password on GET; on POST opens the screen again, for scripts without a page (204).

    Raises: Refused, Unavailable; then it stays locked.
    """
    person = signed_in_person(request)
    form = UnlockForm(request.POST or None, person=person)
    onward = request.POST.get("next") or request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()}):
        onward = "/"
    is_script = request.headers.get("X-Requested-With") == SCRIPT
    if request.method == "POST":
        now = timezone.now()
        if form.is_valid():
            record_unlocking(actor=actor_of(request), now=now)
            screen_lock.unlock(request.session, now)
            return HttpResponse(status=HTTPStatus.NO_CONTENT) if is_script else redirect(onward)
        words = " ".join(str(error) for errors in form.errors.values() for error in errors)
        name = person.get_username() if person else ""
        record_page_refusal(actor=UNKNOWN_BROWSER, now=now, user_name=name, refusal=words)
        if is_script:
            return HttpResponse(words, status=HTTPStatus.FORBIDDEN, content_type="text/plain; charset=utf-8")
    return render(request, "sign_in/locked.html", {"form": form, "next": onward, "person": person})


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """The page has covered itself: nothing is shown until the password is."""
    screen_lock.lock(request.session)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Somebody is typing on a page that asks for nothing else; the guard has noted it."""
    return HttpResponse(status=HTTPStatus.NO_CONTENT)
