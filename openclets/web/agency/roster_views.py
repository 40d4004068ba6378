"""A roster is uploaded, looked through line by line, and applied as it was shown."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from openclets.agencies.access import check_may
from openclets.agencies.permissions import Right
from openclets.agencies.roster.applying import apply_roster, check_roster
from openclets.agencies.roster.lines import COLUMNS, MAX_LINES
from openclets.vocabulary.errors import Rejected
from openclets.web.visitor import actor_of

SHOWN: Final = 500
"""Changes, and faults, of one page: the first ones, with the count of all. More could not be read anyway."""


class RosterForm(forms.Form):
    roster = forms.FileField()
    ends_absent = forms.BooleanField(required=False)


@require_GET
def roster(request: HttpRequest) -> HttpResponse:
    """The empty form. Raises: Refused."""
    check_may(actor_of(request), Right.APPLY_ROSTER, now=timezone.now())
    return render(request, "agency/roster.html", _form_context())


@require_POST
def look_through(request: HttpRequest) -> HttpResponse:
    """What the uploaded roster would change, and each fault. Raises: Refused."""
    form = RosterForm(request.POST, request.FILES)
    file = request.FILES.get("roster")
    if not form.is_valid() or not isinstance(file, UploadedFile):
        context = {**_form_context(), "is_missing": True}
        return render(request, "agency/roster.html", context, status=HTTPStatus.BAD_REQUEST)
    ends_absent = form.cleaned_data["ends_absent"]
    checked = check_roster(actor=actor_of(request), now=timezone.now(), data=file.read(), ends_absent=ends_absent)
    plan = checked.plan
    context = {
        **_form_context(),
        "checked": checked,
        "file_name": (file.name or "")[:100],
        "changes": plan.changes[:SHOWN],
        "faults": plan.faults[:SHOWN],
        "absent": plan.absent[:SHOWN],
        "ends_absent": ends_absent,
        "receipt": str(checked.receipt),
    }
    return render(request, "agency/roster.html", context)


@require_POST
def apply(request: HttpRequest, number: int) -> HttpResponse:
    """Applies what was shown and goes to the list of people. Raises: Refused."""
    try:
        applied = apply_roster(actor=actor_of(request), now=timezone.now(), number=number)
    except Rejected as rejected:
        messages.warning(request, f"Nothing was changed: {rejected.faults[0].text}; {rejected.faults[0].accepted}.")
        return redirect("agency:roster")
    done = ", ".join(f"{kind.value}: {count}" for kind, count in applied.counts)
    messages.success(request, f"The roster is applied. {done.capitalize()}. Receipt {applied.receipt}")
    return redirect("agency:home")


def _form_context() -> dict[str, object]:
    return {"columns": ",".join(COLUMNS), "max_lines": MAX_LINES}
