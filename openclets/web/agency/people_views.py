"""The coordinator's first page: who may what until when, and who needs a reminder."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from openclets.agencies.overview import PersonListed, people_of_agency
from openclets.agencies.own_access import own_access
from openclets.agencies.reminding import remind_of_training
from openclets.vocabulary.errors import Rejected, Unavailable
from openclets.vocabulary.identifiers import parse_user_name
from openclets.web.agency.words import in_words
from openclets.web.visitor import actor_of


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One line of the list, in words; `state` is `good`, `partly` or `nothing`."""

    person: PersonListed
    duties: str
    may: str
    missing: str
    state: str


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """A page of people, and everybody who lapses soon. Raises: Refused, Unavailable."""
    listed = people_of_agency(actor=actor_of(request), now=timezone.now(), after=request.GET.get("after", "")[:30])
    context = {
        "listed": listed,
        "people": [_listed(person) for person in listed.people],
        "is_continued": bool(request.GET.get("after")),
        "receipt": str(listed.receipt),
    }
    return render(request, "agency/people.html", context)


@require_POST
def remind(request: HttpRequest) -> HttpResponse:
    """Sends one reminder and goes back to the list, with what became of it. Raises: Refused."""
    try:
        user = parse_user_name(request.POST.get("user", ""))
        sent = remind_of_training(actor=actor_of(request), now=timezone.now(), user=user)
    except Rejected as rejected:
        messages.warning(request, f"No reminder was sent: {rejected.faults[0].text}.")
    except Unavailable as unavailable:
        messages.error(request, f"No reminder was sent: {unavailable.what}.")
    else:
        messages.success(request, f"A reminder went to {sent.full_name}, {sent.email}. Receipt {sent.receipt}")
    return redirect("agency:home")


@require_GET
def my_access(request: HttpRequest) -> HttpResponse:
    """Where one's own access stands and what is missing. Raises: Refused without an agency; Unavailable."""
    own = own_access(actor=actor_of(request), now=timezone.now())
    context = {
        "outlook": own.outlook,
        "duties": ", ".join(own.outlook.duties),
        "may": in_words(own.outlook.may),
        "may_not": in_words(own.outlook.may_not),
        "receipt": str(own.receipt),
    }
    return render(request, "agency/my_access.html", context)


def _listed(person: PersonListed) -> ListedPerson:
    outlook = person.outlook
    state = "good" if not outlook.missing else "partly" if outlook.may else "nothing"
    return ListedPerson(
        person,
        ", ".join(outlook.duties),
        in_words(outlook.may),
        "; ".join(each.what for each in outlook.missing),
        state,
    )
