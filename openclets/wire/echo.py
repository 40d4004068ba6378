"""What was sent, made fit to be shown and kept: control characters dropped, secrets masked."""

from __future__ import annotations

import re

from openclets.vocabulary.fields import SECRET_FIELDS
from openclets.vocabulary.identifiers import ORI_SHAPE

MAX_ECHO_CHARACTERS = 100
"""How much of what was sent a rejection shows. Source: Nlets error messages."""

_MASK = "****"
_LINE_BREAKS = re.compile("[\r\n]+")
_DROPPED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
_IS_CLEAN = re.compile(r"[!-~]++(?:[ \n][!-~]++)*+").fullmatch
"""Printable ASCII with single blanks or line breaks within it, as most texts are: nothing to drop."""
_CODE_ENDS = r"\s*(?:/|\"\s*[:>])"
"""After a field's code: a slash in text, a quotation mark and what follows it in JSON and XML."""
_SECRET_BEGINS = re.compile("|".join(r"\s*".join(code) + _CODE_ENDS for code in sorted(SECRET_FIELDS)), re.IGNORECASE)
_SECRET_CODES = tuple(sorted(code.lower() for code in SECRET_FIELDS))
_SIGN_ON_BEGINS = re.compile(r"\s*S\s*O\s*N", re.IGNORECASE)


def is_masked(printable: str) -> bool:
    """Whether a part of what `printable_text` was given may be a password, code or ticket, also in the wrong place."""
    return printable.endswith(_MASK)


def printable_text(text: str) -> str:
    """What was sent, fit for journal and echo: line breaks kept as one newline, other control characters dropped,
    and everything from the first secret on masked."""
    if _IS_CLEAN(text):
        clean = text
    else:
        lines = ((line if line.isprintable() else _DROPPED.sub("", line)).strip() for line in _LINE_BREAKS.split(text))
        clean = "\n".join(line for line in lines if line)
    secret = _secret_in(clean)
    if secret:
        return clean[: secret.end()] + _MASK
    if _SIGN_ON_BEGINS.match(clean):
        # A sign-on in which no secret can be told apart: only its agency is safe to show.
        agency = [part.strip() for part in clean.split(".", 2)[1:2] if ORI_SHAPE.fullmatch(part.strip().upper())]
        return ".".join(["SON", *agency, _MASK])
    return clean


def _secret_in(text: str) -> re.Match[str] | None:
    """Where the first secret begins. The exact search is slow and most texts hold no such letters at all."""
    squeezed = "".join(text.split()).lower()
    for code in _SECRET_CODES:
        if code in squeezed:
            return _SECRET_BEGINS.search(text)
    return None


def echo_of(sent: str | bytes) -> str:
    """The first 100 characters of what was sent, on one line, secrets masked. Bytes that are no text show as a mark."""
    beginning = sent[: 8 * MAX_ECHO_CHARACTERS]
    text = beginning.decode("utf-8", "replace") if isinstance(beginning, bytes) else beginning
    return " ".join(printable_text(text).split())[:MAX_ECHO_CHARACTERS]
