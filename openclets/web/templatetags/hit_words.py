"""How the words of a hit are set: what comes first in a sentence stands out. The words themselves say everything."""

from __future__ import annotations

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

_LEAD = re.compile(r"(?:[0-9A-Z][0-9A-Z'’&()-]*[,.:]?\s+)*[A-Z][A-Z'’-]+[,.:]?(?=\s|$)")

_TONES = (
    ("RESTRAINED", "who"),
    ("CAUTION", "danger"),
    ("GIVES WAY", "danger"),
    ("NOT SERVED", "act"),
    ("ASK THE COURT", "act"),
    ("NOT YET EFFECTIVE", "act"),
    ("NOT IN FORCE", "over"),
    ("DOUBTFUL", "doubt"),
)
"""Sentences an officer must not miss get a colour and a bar as well."""

_OUTCOME = re.compile(r"[a-z ]+ (agrees|similar|differs|missing):")


@register.filter
def lead(sentence: str) -> SafeString:
    """The sentence with the capitals it begins with set strong: `NO CONTACT with ...`, `PROTECTS: ...`."""
    found = _LEAD.match(sentence.strip())
    if found is None:
        return format_html("{}", sentence)
    cut = found.end()
    colon = sentence.find(":", 0, cut)
    if colon >= 0:
        cut = colon + 1
    return format_html("<strong>{}</strong>{}", sentence.strip()[:cut], sentence.strip()[cut:])


@register.filter
def tone(sentence: str) -> str:
    """The tone of a sentence that must not be missed, or ''."""
    return next((tone for start, tone in _TONES if sentence.strip().startswith(start)), "")


@register.filter
def outcome(reason: str) -> str:
    """`agrees`, `similar`, `differs` or `missing` as said of a field (`birth date agrees: ...`), or ''."""
    found = _OUTCOME.match(reason)
    return found.group(1) if found else ""
