"""One id for everything logged while a request is answered."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from structlog.contextvars import bound_contextvars

HEADER = "X-Correlation-Id"


class CorrelationId:
    """Middleware. The id is made here and told to the browser, so that a person can quote it; never taken from it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        correlation = secrets.token_hex(8)
        with bound_contextvars(correlation=correlation):
            response = self._get_response(request)
        response[HEADER] = correlation
        return response
