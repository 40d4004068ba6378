"""Files of the public log. Nothing here is personal: hashes of entries that hold salted hashes."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from openclets.inquiry.journal_search import read_log_entries
from openclets.web.visitor import actor_of

TILE_WIDTH = 256

FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_MOMENT = "public, max-age=1"
"""Source: tlog-tiles, tiles never change and the checkpoint does."""


@login_not_required
@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint. Raises: Http404 before the first."""
    return _file("checkpoint", "text/plain; charset=utf-8", FOR_A_MOMENT)


@login_not_required
@require_safe
def cosigned(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint that witnesses have cosigned. Raises: Http404 when none has."""
    return _file("cosigned", "text/plain; charset=utf-8", FOR_A_MOMENT)


@login_not_required
@require_safe
def tile(request: HttpRequest, level: str, index: str, width: str | None = None) -> HttpResponse:
    """A hash tile. Raises: Http404."""
    part = f".p/{width}" if width else ""
    return _file(f"tile/{level}/{index}{part}", "application/octet-stream", FOR_EVER)


@require_safe
def entries(request: HttpRequest, index: str, width: str | None = None) -> HttpResponse:
    """A bundle of entries, for auditors; the look is recorded. Raises: Rejected, Refused, Unavailable."""
    bundle = read_log_entries(
        actor=actor_of(request),
        now=timezone.now(),
        folder=settings.LOG_FOLDER,
        tile=int(index.replace("x", "").replace("/", "")),
        width=int(width) if width else TILE_WIDTH,
    )
    return HttpResponse(bundle, content_type="application/octet-stream")


def _file(path: str, content_type: str, kept: str) -> HttpResponse:
    try:
        content = (settings.LOG_FOLDER / path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise Http404 from None
    return HttpResponse(content, content_type=content_type, headers={"Cache-Control": kept})
