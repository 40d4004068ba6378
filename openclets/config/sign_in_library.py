"""What the sign-in library (allauth) does differently: nobody signs up, authenticators' secrets lie encrypted."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from openclets.agencies.attempts import LOCKED, locked_since
from openclets.agencies.signing_on import record_page_refusal
from openclets.web.counted_forms import counted
from openclets.web.sign_in import UNKNOWN_BROWSER


class NoSignUp(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an agency's coordinator, after vetting. Source: CJIS Security Policy AC-2."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        """Both factors, then the notice."""
        return [*super().get_login_stages(), "openclets.web.notice.NoticeStage"]

    def pre_login(self, request: HttpRequest, user: Any, **given: Any) -> HttpResponse | None:
        """What ends a sign-in before its second factor, whichever way it began: a passkey or another agency's word
        needs no password, and a locked name is locked for them too."""
        if locked_since({user.get_username()}):
            clear_login(request)
            record_page_refusal(
                actor=UNKNOWN_BROWSER, now=timezone.now(), user_name=user.get_username(), refusal=LOCKED
            )
            messages.error(request, f"{LOCKED[:1].upper()}{LOCKED[1:]}.")
            return redirect("account_login")
        response: HttpResponse | None = super().pre_login(request, user, **given)
        return response

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The account with this name and password, None when there is none; counted before the password is hashed.

        The library's own limits are off (settings): they miss sockets and count each factor by itself.
        Raises: ValidationError when nothing may be tried now; Unavailable.
        """
        found: list[Any] = []

        def look() -> bool:
            found.append(super(NoSignUp, self).authenticate(request, **credentials))
            return found[0] is not None

        counted(look, user_name=str(credentials.get("username", "")).lower(), is_last_factor=False)
        return found[0]


class EncryptedAuthenticators(DefaultMFAAdapter):  # type: ignore[misc]
    """A copy of the database alone must not be enough to make one-time codes.

    The key comes from the secret key, which lies outside the database; with another secret key every person needs
    their authenticator set up anew.
    """

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode("ascii")).decode()


def _cipher() -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"openclets authenticator secrets")
    return Fernet(base64.urlsafe_b64encode(derived.derive(str(settings.SECRET_KEY).encode())))
