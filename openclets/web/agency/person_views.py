"""One person of the agency: what stands of them and what may be done, from the vetting to the end of their duties."""

from __future__ import annotations

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from openclets.agencies.exam.keeping import record_training
from openclets.agencies.inviting import issue_invitation
from openclets.agencies.membership.granting import end_duties
from openclets.agencies.membership.person_file import person_file
from openclets.agencies.membership.vetting import record_vetting
from openclets.agencies.permissions import Duty
from openclets.vocabulary.errors import Rejected
from openclets.vocabulary.identifiers import UserName, parse_user_name
from openclets.web.membership.forms import CourseForm, EndDutiesForm, VettingForm, put_at_fields
from openclets.web.visitor import actor_of

_VETTING_IDS = "vetting_%s"
_COURSE_IDS = "course_%s"
_ENDING_IDS = "ending_%s"


@require_GET
def person(request: HttpRequest, user: str) -> HttpResponse:
    """The page. Raises: Rejected when nobody here is called so; Refused, Unavailable."""
    return _shown(request, parse_user_name(user))


@require_POST
def vet(request: HttpRequest, user: str) -> HttpResponse:
    """Records a vetting. Raises: as above."""
    known, form = parse_user_name(user), VettingForm(request.POST, auto_id=_VETTING_IDS)
    if not form.is_valid():
        return _shown(request, known, vetting=form)
    try:
        receipt = record_vetting(
            actor=actor_of(request),
            now=timezone.now(),
            user=known,
            found=form.found(),
            reason=form.cleaned_data["reason"],
        )
    except Rejected as rejected:
        put_at_fields(form, rejected, {"is_clear": "result"})
        return _shown(request, known, vetting=form)
    messages.success(request, f"The vetting of {known} is recorded. Receipt {receipt}")
    return redirect("agency:person", known)


@require_POST
def record_course(request: HttpRequest, user: str) -> HttpResponse:
    """Records a course passed elsewhere. Raises: as above."""
    known, form = parse_user_name(user), CourseForm(request.POST, auto_id=_COURSE_IDS)
    if not form.is_valid():
        return _shown(request, known, course=form)
    try:
        recorded = record_training(
            actor=actor_of(request),
            now=timezone.now(),
            user=known,
            course=form.passed(),
            passed_on=form.cleaned_data["passed_on"],
            proof=form.cleaned_data["proof"],
        )
    except Rejected as rejected:
        put_at_fields(form, rejected)
        return _shown(request, known, course=form)
    messages.success(
        request, f"Recorded; it counts up to, and not on, {recorded.expires_on.isoformat()}. Receipt {recorded.receipt}"
    )
    return redirect("agency:person", known)


@require_POST
def end(request: HttpRequest, user: str) -> HttpResponse:
    """Ends one duty or all of them, and goes back to the list. Raises: as above."""
    known = parse_user_name(user)
    form = EndDutiesForm(request.POST, duties=tuple(Duty), auto_id=_ENDING_IDS)
    if not form.is_valid():
        return _shown(request, known, ending=form)
    try:
        receipt = end_duties(
            actor=actor_of(request),
            now=timezone.now(),
            user=known,
            duty=form.ended(),
            reason=form.cleaned_data["reason"],
        )
    except Rejected as rejected:
        put_at_fields(form, rejected, {"person": "duty"})
        return _shown(request, known, ending=form)
    what = form.ended() or "every duty here"
    messages.success(request, f"Ended at once: {known}, {what}. Receipt {receipt}")
    return redirect("agency:home")


@require_POST
def invite(request: HttpRequest, user: str) -> HttpResponse:
    """Issues an invitation and shows its code, this once. Raises: as above."""
    invited = issue_invitation(actor=actor_of(request), now=timezone.now(), user=parse_user_name(user))
    address = f"{request.build_absolute_uri(reverse('first_sign_in'))}?name={user}"
    context = {"invited": invited, "user": user, "address": address, "receipt": str(invited.receipt)}
    return render(request, "agency/invitation.html", context)


def _shown(
    request: HttpRequest,
    user: UserName,
    *,
    vetting: forms.Form | None = None,
    course: forms.Form | None = None,
    ending: EndDutiesForm | None = None,
) -> HttpResponse:
    """The page with at most one form as it was sent; that one is open."""
    file = person_file(actor=actor_of(request), now=timezone.now(), user=user)
    duties = tuple(row.duty for row in file.duties)
    context = {
        "file": file,
        "vetting": vetting or VettingForm(auto_id=_VETTING_IDS),
        "course": course or CourseForm(auto_id=_COURSE_IDS),
        "ending": ending or EndDutiesForm(duties=duties, auto_id=_ENDING_IDS),
        "receipt": str(file.receipt),
    }
    is_wrong = vetting is not None or course is not None or ending is not None
    return render(request, "agency/person.html", context, status=HTTPStatus.BAD_REQUEST if is_wrong else HTTPStatus.OK)
