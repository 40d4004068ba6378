"""Public figures of the journal: what `openclets journal figures` published, shown to everybody, with nothing added."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

ALL = "*"


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The newest month, and the way to the others."""
    months = _months()
    return _page(request, months[0] if months else "", months)


@login_not_required
@require_safe
def month(request: HttpRequest, month: str) -> HttpResponse:
    """One month. Raises: Http404 when it was not published."""
    months = _months()
    if month not in months:
        raise Http404
    return _page(request, month, months)


@login_not_required
@require_safe
def csv(request: HttpRequest, month: str) -> HttpResponse:
    """The month as the file that was published, byte for byte. Raises: Http404."""
    return HttpResponse(_published(month), content_type="text/csv; charset=utf-8")


def _page(request: HttpRequest, month: str, months: list[str]) -> HttpResponse:
    stated, _, *lines = _published(month).splitlines() if month else ["", ""]
    rows = [
        {
            "agency": "All agencies" if agency == ALL else agency or "None known",
            "kind": "All" if kind == ALL else kind,
            "outcome": "All" if outcome == ALL else outcome,
            "count": number,
            "is_total": kind == ALL,
        }
        for agency, kind, outcome, number in (line.split(",") for line in lines)
    ]
    shown = {"month": month, "months": months, "stated": stated.removeprefix("# "), "rows": rows}
    return render(request, "transparency/month.html", shown)


def _months() -> list[str]:
    """Every published month, newest first."""
    return sorted((path.stem for path in (settings.LOG_FOLDER / "figures").glob("*.csv")), reverse=True)


def _published(month: str) -> str:
    try:
        return (settings.LOG_FOLDER / "figures" / f"{month}.csv").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Http404 from None
