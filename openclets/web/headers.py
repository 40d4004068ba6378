"""What every response says to the browser: run nothing that is not ours, keep nothing, be framed by nobody."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        # data: for the design system's own icons; blob: for pages of an order, each fetched once and shown twice.
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


class ResponseHeaders:
    """Middleware. Stands first, so that error pages carry the headers too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        is_public = request.path.startswith((settings.STATIC_URL, "/log/")) and response.has_header("Cache-Control")
        if not is_public and not request.path.startswith(settings.STATIC_URL):
            # A vehicle's screen is shared: nothing of an answer may be found again by going back or in a cache.
            response["Cache-Control"] = "no-store"
        return response
