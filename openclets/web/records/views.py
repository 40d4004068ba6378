"""Possible duplicates: the list, two records side by side with what can be decided, and the decisions made."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from openclets.inquiry.same_person import (
    MAX_REASON_CHARACTERS,
    Decided,
    decisions_made,
    keep_apart,
    link_records,
    number_of,
    possible_duplicates,
    restrained_person_of,
    two_records,
    undo_decision,
)
from openclets.people.decisions import Decision
from openclets.people.duplicates import SideBySide
from openclets.people.person import PersonOnRecord, RecordPerson, Ruling
from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.web.visitor import actor_of

_DEEDS: Final = {"link": link_records, "apart": keep_apart, "undo": undo_decision}
"""By the value of the button."""

_DONE: Final = {
    Ruling.LINKED: "Linked: answers show these records together, as one person by your decision.",
    Ruling.APART: "Not the same: these records are no longer listed together.",
    Ruling.UNDONE: "Undone: nothing stands about these records now.",
}


@dataclass(frozen=True, slots=True)
class ListedPair:
    """One line of the list, in words."""

    one: str
    other: str
    one_in_words: str
    other_in_words: str
    verdict: str
    what_differs: str


@dataclass(frozen=True, slots=True)
class ListedDecision:
    """One decision, in words; `says` is what was decided."""

    one: str
    other: str
    says: str
    made: Decision


@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    """One page of undecided pairs. Raises: Refused, Unavailable."""
    before = _number(request.GET.get("before", ""))
    listed = possible_duplicates(actor=actor_of(request), now=timezone.now(), before=before)
    pairs = [_listed(pair) for pair in listed.found.pairs]
    context = {"pairs": pairs, "found": listed.found, "before": before, "receipt": str(listed.receipt)}
    return render(request, "records/duplicates.html", context)


@require_http_methods(["GET", "POST"])
def pair(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """Two records side by side; by POST one decision about them, and back to the list where it was left.

    Raises: Rejected for numbers that are on no record; Refused, Unavailable.
    """
    people = restrained_person_of(one), restrained_person_of(other)
    before = _number(request.GET.get("before", ""))
    rejected: Rejected | None = None
    if request.method == "POST":
        try:
            decided = _decide(request, *people)
        except Rejected as error:
            rejected = error
        else:
            messages.success(request, f"{_DONE[decided.ruling]} Receipt {decided.receipt}")
            return redirect(f"{reverse('records:home')}{_query(before)}")
    two = two_records(actor=actor_of(request), now=timezone.now(), one=people[0], other=people[1])
    context = {
        "one": number_of(two.pair.one.person),
        "other": number_of(two.pair.other.person),
        "two": two,
        "history": [_decision_in_words(decision) for decision in two.history],
        "rejected": rejected,
        "reason": request.POST.get("reason", ""),
        "max_reason": MAX_REASON_CHARACTERS,
        "back": _query(before),
        "receipt": str(two.receipt),
    }
    status = HTTPStatus.OK if rejected is None else HTTPStatus.BAD_REQUEST
    return render(request, "records/pair.html", context, status=status)


@require_GET
def decisions(request: HttpRequest) -> HttpResponse:
    """What was decided, newest first. Raises: Refused, Unavailable."""
    older_than = _number(request.GET.get("older_than", ""))
    page = decisions_made(actor=actor_of(request), now=timezone.now(), older_than=older_than)
    listed = [_decision_in_words(decision) for decision in page.decisions]
    return render(request, "records/decisions.html", {"listed": listed, "page": page, "receipt": str(page.receipt)})


def _decide(request: HttpRequest, one: RecordPerson, other: RecordPerson) -> Decided:
    """The decision whose button was pressed. Raises: Rejected, Refused, Unavailable."""
    deed = _DEEDS.get(request.POST.get("decision", ""))
    if deed is None:
        raise Rejected(Fault(FaultCode.MISSING, "decision", "it does not say which", "one of the buttons of the page"))
    reason = request.POST.get("reason", "")
    return deed(actor=actor_of(request), now=timezone.now(), one=one, other=other, reason=reason)


def _listed(pair: SideBySide) -> ListedPair:
    differing = [row.field for row in pair.fields if row.outcome is not None and row.outcome.value in _TOLD_IN_LIST]
    return ListedPair(
        number_of(pair.one.person),
        number_of(pair.other.person),
        _in_words(pair.one),
        _in_words(pair.other),
        pair.verdict.value,
        ", ".join(differing) or "nothing",
    )


_TOLD_IN_LIST: Final = frozenset({"similar", "differs"})


def _in_words(whole: PersonOnRecord) -> str:
    born = f", born {whole.birth_dates[0]}" if whole.birth_dates else ""
    return f"{whole.names[0].wire}{born}"


def _decision_in_words(decision: Decision) -> ListedDecision:
    says = {Ruling.LINKED: "one person", Ruling.APART: "not the same", Ruling.UNDONE: "undone"}[decision.ruling]
    return ListedDecision(number_of(decision.one), number_of(decision.other), says, decision)


def _number(text: str) -> int | None:
    """A place to go on from; whatever else stands in the address is passed over."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def _query(before: int | None) -> str:
    return f"?before={before}" if before is not None else ""
