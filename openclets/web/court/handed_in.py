"""What was handed in before the entry: kept documents and forms read, carried from step to step in the page itself.

Nothing of an entry is stored before it is filed, so the page carries it; each part is signed, so that what comes back
is what was sent out, to the same person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing

from openclets.agencies.actor import Actor
from openclets.orders.court_forms.form import FormReading
from openclets.orders.court_forms.sheet import ReadField
from openclets.orders.images import KeptDocument
from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode

_DOCUMENT = "openclets.court.document"
_READING = "openclets.court.reading"


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A document kept for this entry. `token` is what the page carries."""

    sha256: str
    pages: int
    name: str
    token: str


@dataclass(frozen=True, slots=True)
class ReadForm:
    """A form read for this entry. `token` is what the page carries."""

    reading: FormReading
    name: str
    token: str


def hand_in(kept: KeptDocument, name: str, actor: Actor) -> HandedIn:
    """A document just kept, for the actor's entry."""
    token = signing.dumps([kept.sha256, kept.pages, name], salt=_salt(_DOCUMENT, actor))
    return HandedIn(kept.sha256, kept.pages, name, token)


def read_in(reading: FormReading, name: str, actor: Actor) -> ReadForm:
    """A form just read, for the actor's entry."""
    return ReadForm(reading, name, signing.dumps([asdict(reading), name], salt=_salt(_READING, actor), compress=True))


def documents_from(tokens: Iterable[str], actor: Actor) -> tuple[HandedIn, ...]:
    """The documents, in order. Raises: Rejected for a token that is none of this person's."""
    found = zip(tokens, _opened(tokens, _salt(_DOCUMENT, actor)), strict=True)
    return tuple(HandedIn(str(said[0]), int(said[1]), str(said[2]), token) for token, said in found)


def forms_from(tokens: Iterable[str], actor: Actor) -> tuple[ReadForm, ...]:
    """The forms read, in order. Raises: Rejected for a token that is none of this person's."""
    found = zip(tokens, _opened(tokens, _salt(_READING, actor)), strict=True)
    return tuple(ReadForm(_reading(said[0]), str(said[1]), token) for token, said in found)


def _salt(kind: str, actor: Actor) -> str:
    return f"{kind}.{actor.user_id}"


def _opened(tokens: Iterable[str], salt: str) -> Iterator[Any]:
    for token in tokens:
        try:
            yield signing.loads(token, salt=salt)
        except signing.BadSignature:
            raise Rejected(
                Fault(
                    FaultCode.VALUE,
                    "documents",
                    "this page's documents were handed in by somebody else, or by an older version of these pages",
                    "the documents, handed in again",
                )
            ) from None


def _reading(said: dict[str, Any]) -> FormReading:
    fields = tuple(ReadField(**field) for field in said.pop("fields"))
    warnings = tuple(said.pop("warnings"))
    return FormReading(fields=fields, warnings=warnings, **said)
