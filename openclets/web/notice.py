"""The notice of system use, which stays on the screen until it is agreed to; nobody is signed in before that.

Source: CJIS Security Policy AC-8: a restricted system, use is recorded, misuse is punished, use is consent.
"""

from __future__ import annotations

from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.account.stages import LoginStage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from openclets.agencies.rules import MISUSE_IS_A_CRIME

STAGE = "openclets_notice"


class NoticeStage(LoginStage):  # type: ignore[misc]
    """The last stage of every way to sign in, after both factors."""

    key = STAGE
    urlname = "sign_in_notice"

    def handle(self) -> tuple[HttpResponse, bool]:
        return HttpResponseRedirect(reverse(self.urlname)), True


@method_decorator(login_stage_required(stage=STAGE, redirect_urlname="account_login"), name="dispatch")
class NoticeView(TemplateView):
    """Shows the notice on GET; on POST the person is signed in, or leaves.

    Raises: Refused, Unavailable; then the person is not signed in.
    """

    template_name = "sign_in/notice.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "penalty": MISUSE_IS_A_CRIME}

    def post(self, request: HttpRequest) -> HttpResponseBase:
        stage: Any = request._login_stage  # type: ignore[attr-defined]
        response: HttpResponseBase = stage.exit() if request.POST.get("answer") == "agreed" else stage.abort()
        return response
