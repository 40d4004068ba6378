"""Filing an order, in three steps on one page: hand in the documents, compare and complete the entry, file.

The page is never left between the steps, so that a session that ends or a connection that breaks loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from openclets.agencies.actor import Actor
from openclets.orders.catalogue import ORDER_TYPES
from openclets.orders.court_forms.reading import read_court_form
from openclets.orders.entry import OrderEntry
from openclets.orders.filing import file_order, open_filing
from openclets.orders.images import keep_document, show_kept_page
from openclets.orders.rendering import MAX_DOCUMENT_BYTES
from openclets.orders.terms import term_lines
from openclets.vocabulary.errors import Fault, Rejected
from openclets.vocabulary.faults import FaultCode
from openclets.web.court.entry_form import EntryForm, ProtectedForms, label_of, place_faults
from openclets.web.court.entry_page import faults_listed, shown_groups, shown_people
from openclets.web.court.handed_in import HandedIn, ReadForm, documents_from, forms_from, hand_in, read_in
from openclets.web.court.order_views import fcn_in, label_doubts
from openclets.web.court.prefill import Prefill, prefill
from openclets.web.visitor import actor_of


@dataclass(frozen=True, slots=True)
class LeftFault:
    """A fault that belongs to no field of the form; `fcn` of the order it speaks of, or ''."""

    label: str
    fault: Fault
    fcn: str


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Step one: the type of order, the signed order, the fillable form. Raises: Refused, Unavailable."""
    actor = actor_of(request)
    open_filing(actor=actor, now=timezone.now())
    context = {"order_types": ORDER_TYPES, "most_bytes": MAX_DOCUMENT_BYTES, "user_name": actor.user}
    return render(request, "court/file.html", context)


@require_GET
def token(request: HttpRequest) -> JsonResponse:
    """Who is signed in now, and the token this session's forms carry: asked before everything that is sent, so that
    somebody who signed in again in between goes on where they were."""
    return JsonResponse({"token": get_token(request), "user": actor_of(request).user})


@require_POST
def keep_signed(request: HttpRequest) -> HttpResponse:
    """Keeps one document. Raises: Refused, Unavailable."""
    actor = actor_of(request)
    try:
        name, data = _uploaded(request)
        kept = keep_document(actor=actor, now=timezone.now(), data=data, file_name=name)
    except Rejected as rejected:
        return _not_taken(request, rejected)
    return render(request, "court/kept.html", {"document": hand_in(kept, name, actor)})


@require_POST
def read_form(request: HttpRequest) -> HttpResponse:
    """Reads one court form. Raises: Refused, Unavailable."""
    actor = actor_of(request)
    try:
        name, data = _uploaded(request)
        reading = read_court_form(actor=actor, now=timezone.now(), data=data, file_name=name)
    except Rejected as rejected:
        return _not_taken(request, rejected)
    return render(request, "court/form_read.html", {"form": read_in(reading, name, actor)})


@require_POST
def entry(request: HttpRequest) -> HttpResponse:
    """Step two: the entry beside the signed order, pre-filled from what was read.

    Raises: Refused, Rejected, Unavailable.
    """
    actor = actor_of(request)
    open_filing(actor=actor, now=timezone.now())
    documents, read = _handed_in(request, actor)
    if not documents:
        fault = Fault(
            FaultCode.MISSING, "signed order", "it is not handed in yet", "a PDF, or a scan as JPEG, PNG or TIFF"
        )
        return _not_taken(request, Rejected(fault))
    chosen = request.POST.get("order_type", "")
    filled = prefill(read, chosen)
    values = {**filled.values, "court": actor.agency, "county": _county_of(actor)}
    if chosen:
        values["order_type"] = chosen
    form = EntryForm(initial=values)
    context = _entry_context(form, ProtectedForms.initial(filled.people), filled, documents, read)
    return render(request, "court/entry.html", context)


@require_POST
def file(request: HttpRequest) -> HttpResponse:
    """Step three. What cannot be read or found comes back at its field, with everything typed.

    Raises: Refused, Unavailable.
    """
    actor = actor_of(request)
    documents, read = _handed_in(request, actor)
    form, protected = EntryForm(request.POST), ProtectedForms.posted(request.POST)
    left: tuple[Fault, ...] = ()
    # All are checked, so that every fault is told at once.
    if all([form.is_valid(), protected.is_valid()]):
        order = form.entry(protected, tuple(document.sha256 for document in documents))
        try:
            return _filed(request, actor, order)
        except Rejected as rejected:
            left = place_faults(rejected.faults, form, protected)
    context = _entry_context(form, protected, prefill(read, request.POST.get("order_type", "")), documents, read, left)
    response = render(request, "court/entry_form.html", context, status=HTTPStatus.BAD_REQUEST)
    response["HX-Retarget"] = "#entry-form"
    return response


@require_GET
def document_page(request: HttpRequest, sha256: str, page: int) -> HttpResponse:
    """One page of a document that is kept, as a picture. Raises: Refused, Rejected, Unavailable."""
    picture = show_kept_page(actor=actor_of(request), now=timezone.now(), sha256=sha256, page=page)
    return HttpResponse(picture, content_type="image/png")


def _filed(request: HttpRequest, actor: Actor, order: OrderEntry) -> HttpResponse:
    now = timezone.now()
    filed = file_order(actor=actor, now=now, entry=order)
    context = {
        "filed": filed,
        "doubts": label_doubts(filed.doubts),
        "answerable_since": now,
        "entry": order,
        "terms": term_lines(order),
    }
    response = render(request, "court/filed.html", context)
    response["HX-Retarget"] = "#filing"
    response["HX-Reswap"] = "innerHTML"
    response["HX-Push-Url"] = reverse("court:order", args=[filed.fcn])
    return response


def _entry_context(
    form: EntryForm,
    protected: ProtectedForms,
    filled: Prefill,
    documents: tuple[HandedIn, ...],
    read: tuple[ReadForm, ...],
    left_faults: Iterable[Fault] = (),
) -> dict[str, object]:
    left = [LeftFault(label_of(fault.field), fault, fcn_in(fault.text)) for fault in left_faults]
    listed = faults_listed([form, *protected.rows]) if form.is_bound else []
    return {
        "groups": shown_groups(form, filled),
        "people": shown_people(protected.rows, filled),
        "blank_person": shown_people([protected.blank], Prefill())[0],
        "listed": listed,
        "left": left,
        "faults_count": len(listed) + len(left),
        "has_confidential": any(aside.is_confidential for aside in filled.asides),
        "read": filled,
        "documents": documents,
        "forms": read,
        "pages": [
            (reverse("court:document_page", args=[document.sha256, page]), f"page {page}" + _of(place, document))
            for place, document in enumerate(documents)
            for page in range(1, document.pages + 1)
        ],
    }


def _of(place: int, document: HandedIn) -> str:
    return f" of {document.name}" if place else ""


def _handed_in(request: HttpRequest, actor: Actor) -> tuple[tuple[HandedIn, ...], tuple[ReadForm, ...]]:
    """Raises: Rejected."""
    documents = documents_from(request.POST.getlist("document"), actor)
    return documents, forms_from(request.POST.getlist("reading"), actor)


def _uploaded(request: HttpRequest) -> tuple[str, bytes]:
    """Name and content of the one file. Raises: Rejected when there is none."""
    upload = request.FILES.get("file")
    if upload is None:
        raise Rejected(Fault(FaultCode.MISSING, "document", "no file was chosen", "one file"))
    return str(upload.name), upload.read()


def _not_taken(request: HttpRequest, rejected: Rejected) -> HttpResponse:
    return render(request, "court/not_taken.html", {"rejected": rejected}, status=HTTPStatus.BAD_REQUEST)


def _county_of(actor: Actor) -> str:
    """The agency's county, as a start the clerk may change: the third to fifth character of its ORI."""
    digits = actor.agency[2:5]
    return digits if digits.isdigit() else ""
