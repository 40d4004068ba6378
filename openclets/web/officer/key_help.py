"""The panel with the fields of a message key, from the catalogue. Asks nothing about anybody, so nothing is recorded.

Only the key is sent here, never the rest of the line: names asked about must not stand in an address.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openclets.vocabulary.codes import nearest
from openclets.vocabulary.messages import MESSAGE_KEY_BY_CODE, SENDABLE_KEYS, fields_of
from openclets.vocabulary.messages.described import accepted_in_words, need_in_words, rules_in_words

MAX_KEY_CHARACTERS = 6


@dataclass(frozen=True, slots=True)
class FieldHelp:
    """One field as the panel shows it. `table` names its code table, '' for none."""

    code: str
    name: str
    need: str
    accepted: str
    table: str


@require_GET
def panel(request: HttpRequest, key: str) -> HttpResponse:
    """The panel for a key; for what is no key, the nearest ones."""
    typed = key.upper()[:MAX_KEY_CHARACTERS]
    row = MESSAGE_KEY_BY_CODE.get(typed)
    if row is None:
        return render(request, "officer/key_help.html", {"typed": typed, "near": nearest(typed, SENDABLE_KEYS)})
    fields = fields_of(row.key)
    helps = tuple(
        FieldHelp(
            use.code,
            fields[use.code].name,
            need_in_words(use, row),
            accepted_in_words(fields[use.code]),
            fields[use.code].table,
        )
        for use in row.fields
    )
    rules = tuple(rule for rule, _ in rules_in_words(row))
    return render(request, "officer/key_help.html", {"row": row, "fields": helps, "rules": rules})
