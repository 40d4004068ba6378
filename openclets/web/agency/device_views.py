"""The agency's devices: certificates are issued, replaced and revoked, and the agency's own authorities named."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from openclets.agencies.certificates.keeping import (
    MAX_REASON_CHARACTERS,
    devices_of_agency,
    distrust_authority,
    issue_certificate,
    revoke_certificate,
    trust_authority,
)
from openclets.agencies.certificates.paper import AuthorityFiles
from openclets.vocabulary.errors import Rejected
from openclets.vocabulary.identifiers import parse_mnemonic
from openclets.web.visitor import actor_of


@require_GET
def devices(request: HttpRequest) -> HttpResponse:
    """Every device with its certificates. Raises: Refused, Unavailable."""
    return _shown(request)


@require_POST
def issue(request: HttpRequest) -> HttpResponse:
    """Issues a certificate from a request that was pasted. Raises: Refused, Unavailable."""
    try:
        issued = issue_certificate(
            actor=actor_of(request),
            now=timezone.now(),
            device=parse_mnemonic(request.POST.get("device", "")),
            request=request.POST.get("request", ""),
            node_authority=_node_authority(),
        )
    except Rejected as rejected:
        return _shown(request, rejected)
    return _shown(request, issued=issued)


@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """Revokes one certificate. Raises: Refused, Unavailable."""
    try:
        receipt = revoke_certificate(
            actor=actor_of(request),
            now=timezone.now(),
            fingerprint=request.POST.get("fingerprint", ""),
            reason=request.POST.get("reason", ""),
        )
    except Rejected as rejected:
        return _shown(request, rejected)
    messages.success(request, f"Revoked. A connection with it ends within a minute. Receipt {receipt}")
    return redirect("agency:devices")


@require_POST
def trust(request: HttpRequest) -> HttpResponse:
    """Trusts an authority that was pasted. Raises: Refused, Unavailable."""
    try:
        receipt = trust_authority(
            actor=actor_of(request),
            now=timezone.now(),
            authority=request.POST.get("authority", ""),
            node_authority=_node_authority(),
        )
    except Rejected as rejected:
        return _shown(request, rejected)
    messages.success(request, f"The authority is trusted for your devices, within a minute. Receipt {receipt}")
    return redirect("agency:devices")


@require_POST
def distrust(request: HttpRequest) -> HttpResponse:
    """Ends the trust in one authority. Raises: Refused, Unavailable."""
    fingerprint = request.POST.get("fingerprint", "")
    try:
        receipt = distrust_authority(actor=actor_of(request), now=timezone.now(), fingerprint=fingerprint)
    except Rejected as rejected:
        return _shown(request, rejected)
    messages.success(request, f"The authority is no longer trusted. Receipt {receipt}")
    return redirect("agency:devices")


def _shown(request: HttpRequest, rejected: Rejected | None = None, issued: Any = None) -> HttpResponse:
    listed = devices_of_agency(actor=actor_of(request), now=timezone.now())
    context = {
        "listed": listed,
        "rejected": rejected,
        "issued": issued,
        "max_reason": MAX_REASON_CHARACTERS,
        "typed": request.POST,
        "receipt": str(listed.receipt),
    }
    status = HTTPStatus.OK if rejected is None else HTTPStatus.BAD_REQUEST
    return render(request, "agency/devices.html", context, status=status)


def _node_authority() -> AuthorityFiles:
    folder = settings.CERTIFICATES_FOLDER
    return AuthorityFiles(folder / "authority.pem", folder / "authority.key")
