"""Addresses of the pages. One folder per duty: /officer/, /court/, /auditor/; each folder's `urls.py` is included.

A page's folder has `app_name` set to the folder's name and calls its first page `home` (`court:home` is /court/).
"""

from __future__ import annotations

from django.urls import include, path

from openclets.web import first_sign_in, home, notice, outcomes, sign_in, unlocking
from openclets.web.agency.people_views import my_access

handler500 = outcomes.broken

urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in/", sign_in.SignInView.as_view(), name="account_login"),
    path("sign-in/code/", sign_in.CodeView.as_view(), name="mfa_authenticate"),
    path("sign-in/passkey/", sign_in.PasskeySignInView.as_view(), name="mfa_login_webauthn"),
    path("sign-in/first/", first_sign_in.first_sign_in, name="first_sign_in"),
    path("sign-in/notice/", notice.NoticeView.as_view(), name="sign_in_notice"),
    path("sign-in/locked/", unlocking.locked, name="sign_in_locked"),
    path("sign-in/lock/", unlocking.lock, name="sign_in_lock"),
    path("sign-in/seen/", unlocking.seen, name="sign_in_seen"),
    path("sign-out/", sign_in.SignOutView.as_view(), name="account_logout"),
    path("court/", include("openclets.web.court.urls")),
    path("officer/", include("openclets.web.officer.urls")),
    path("records/", include("openclets.web.records.urls")),
    path("agency/", include("openclets.web.agency.urls")),
    path("agencies/", include("openclets.web.membership.agency_urls")),
    path("privileges/", include("openclets.web.membership.privilege_urls")),
    path("training/", include("openclets.web.training.urls")),
    path("my-access/", my_access, name="my_access"),
    path("auditor/", include("openclets.web.auditor.urls")),
    path("log/", include("openclets.web.public.log.urls")),
    path("transparency/", include("openclets.web.public.transparency.urls")),
    path("codes/", include("openclets.web.codes.urls")),
]
