"""The journal for the auditor. Each look is itself a question in the journal, left by the verbs called here.

A search is sent by POST, because names and case numbers do not belong in addresses, which browsers and proxies keep.
Its page has an address all the same: that of the entry which recorded the search. It can be kept as a bookmark, and
pages, orders and exports are links from there.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from openclets.inquiry.journal_export import export_search
from openclets.inquiry.journal_search import JournalPage, open_entry, prove_entry, search_again, search_journal
from openclets.journal.search import PageWanted
from openclets.web.auditor.filter_form import FilterForm, PageForm, filled_with
from openclets.web.auditor.result_page import address_of, count_in_words, exports_of, heads, rows_of
from openclets.web.visitor import actor_of

IN_ADDRESS = frozenset(
    {"user_name", "agency", "device", "kind", "message_key", "outcome", "purpose", "from_at", "to_at"}
)
"""Criteria that an address may carry: they name nobody who was asked about."""


@require_http_methods(["GET", "POST"])
def journal(request: HttpRequest) -> HttpResponse:
    """The filter and a page of what it finds: newest first without a filter, or `?search=N` for an earlier search.

    Raises: Refused, Unavailable; Rejected when there is no such earlier search.
    """
    place = PageForm(request.GET)
    if not place.is_valid():
        return render(request, "auditor/journal.html", {"form": FilterForm()}, status=HTTPStatus.BAD_REQUEST)
    wanted, search = place.wanted(), place.cleaned_data["search"]
    if request.method == "GET" and search is not None:
        found = search_again(actor=actor_of(request), now=timezone.now(), search=search, wanted=wanted)
        return _shown(request, filled_with(found.criteria), found, wanted, search)
    given = request.POST if request.method == "POST" else {k: v for k, v in request.GET.items() if k in IN_ADDRESS}
    form = FilterForm(given)
    if not form.is_valid():
        return render(request, "auditor/journal.html", {"form": form}, status=HTTPStatus.BAD_REQUEST)
    found = search_journal(
        actor=actor_of(request),
        now=timezone.now(),
        criteria=form.criteria(),
        wanted=wanted,
        reason=form.cleaned_data["reason"],
    )
    return _shown(request, form, found, wanted, found.receipt.number)


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
            "names": opened.entry.listed.facts.names_asked if opened.entry.listed.facts else (),
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


@require_GET
def export(request: HttpRequest, search: int, form: Literal["zip", "pdf"]) -> HttpResponse:
    """The entries of a search as a file with their proofs, in the order that the address says.

    Raises: Rejected when there is no such search, nothing fits or too much does; Refused; Unavailable.
    """
    place = PageForm(request.GET)
    wanted = place.wanted() if place.is_valid() else PageWanted()
    made = export_search(
        actor=actor_of(request),
        now=timezone.now(),
        search=search,
        wanted=wanted,
        folder=settings.LOG_FOLDER,
        form=form,
    )
    response = HttpResponse(made.content, content_type=f"application/{form}")
    response["Content-Disposition"] = f'attachment; filename="journal-{made.receipt.number}.{form}"'
    return response


def _shown(request: HttpRequest, form: FilterForm, found: JournalPage, wanted: PageWanted, search: int) -> HttpResponse:
    return render(
        request,
        "auditor/journal.html",
        {
            "form": form,
            "words": found.criteria.in_words(),
            "page": found.page,
            "rows": rows_of(found.page),
            "heads": heads(search, wanted),
            "count": count_in_words(found.page.count),
            "receipt": str(found.receipt),
            "search": search,
            "address": address_of(search, wanted),
            "exports": exports_of(search, wanted),
            "next": address_of(search, wanted, after=found.page.after) if found.page.after else "",
            "previous": address_of(search, wanted, before=found.page.before) if found.page.before else "",
            "first": address_of(search, wanted) if found.page.before else "",
        },
    )
