"""The journal for the auditor. Each look is itself a question in the journal, left by the verbs called here."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from openclets.inquiry.journal_search import open_entry, prove_entry, search_journal
from openclets.web.auditor.filter_form import FilterForm
from openclets.web.visitor import actor_of


@require_http_methods(["GET", "POST"])
def journal(request: HttpRequest) -> HttpResponse:
    """Entries newest first, one page. The filter comes by POST: names and case numbers do not belong in addresses.

    Raises: Refused, Unavailable.
    """
    form = FilterForm(request.POST if request.method == "POST" else {})
    if not form.is_valid():
        return render(request, "auditor/journal.html", {"form": form}, status=HTTPStatus.BAD_REQUEST)
    found = search_journal(
        actor=actor_of(request),
        now=timezone.now(),
        criteria=form.criteria(),
        older_than=form.cleaned_data["older_than"],
    )
    return render(
        request,
        "auditor/journal.html",
        {
            "form": form,
            "words": form.criteria().in_words(),
            "page": found.page,
            "receipt": str(found.receipt),
            "is_first": form.cleaned_data["older_than"] is None,
        },
    )


@require_GET
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """One whole entry. Raises: Rejected when there is none; Refused, Unavailable."""
    opened = open_entry(actor=actor_of(request), now=timezone.now(), number=number)
    personal = sorted((opened.entry.personal or {}).items())
    return render(
        request,
        "auditor/entry.html",
        {
            "opened": opened.entry,
            "personal": [(name.replace("_", " ").capitalize(), text) for name, text in personal],
            "receipt": str(opened.receipt),
        },
    )


@require_GET
def proof(request: HttpRequest, number: int) -> HttpResponse:
    """The entry's proof as a file. Raises: Rejected when there is none; Refused, Unavailable until it is sealed."""
    made = prove_entry(actor=actor_of(request), now=timezone.now(), number=number, folder=settings.LOG_FOLDER)
    response = HttpResponse(made, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{number}.tlog-proof"'
    return response
