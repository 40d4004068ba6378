"""Codes and what they mean, for everybody who is signed in. Nothing here is about a person, so nothing is recorded."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openclets.vocabulary.codes import (
    FoundInTable,
    code_table,
    find_codes,
    find_in_all_tables,
    has_table,
    table_entries,
)

MAX_ROWS = 200
MAX_SEARCH_CHARACTERS = 60


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The search and what it found; what it found alone where the page exchanges it in place.

    `table` is a table's name, empty or unknown: every table; `q` a code or words.
    """
    text = request.GET.get("q", "")[:MAX_SEARCH_CHARACTERS].strip()
    name = request.GET.get("table", "").upper()
    if has_table(name):
        table = code_table(name)
        rows = find_codes(table, text, limit=MAX_ROWS)
        found: tuple[FoundInTable, ...] = (FoundInTable(table, rows),)
        is_cut = len(rows) == MAX_ROWS and len(rows) < len(table.meanings)
    else:
        name, is_cut, found = "", False, find_in_all_tables(text)
    context = {"found": found, "q": text, "name": name, "is_cut": is_cut, "most": MAX_ROWS}
    if request.headers.get("HX-Request"):
        return render(request, "codes/found.html", context)
    return render(request, "codes/page.html", {**context, "tables": table_entries()})
