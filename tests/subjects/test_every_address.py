"""Every address of the pages, asked for as every role: who gets in is written down here, and nobody else does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from openclets.agencies.models import User
from openclets.agencies.signing_on import record_sign_off
from tests.county import County, signed_in_browser
from tests.joining_people import browser_of

EVERYBODY: Final = frozenset({"alvarez", "brandt", "chen", "dorn", "eze", "fox", "gupta", "reviewer"})
"""The county's people, and a reviewer made for each test."""

COURT: Final = frozenset({"alvarez", "brandt"})
CLERK: Final = frozenset({"brandt"})
ASKING: Final = frozenset({"chen", "gupta"})
RECORDS: Final = frozenset({"gupta"})
JOURNAL: Final = frozenset({"eze", "fox"})
AUDITOR: Final = frozenset({"eze"})
COORDINATOR: Final = frozenset({"fox"})
REVIEWER: Final = frozenset({"reviewer"})
DECIDING: Final = frozenset({"fox", "reviewer"})

DOORS: Final = ("sign-in/", "sign-out/", "accounts/oidc/")
"""Beginnings of addresses by which one comes in or leaves. What they do is tested with signing on."""

PUBLIC: Final = ("log/checkpoint", "log/cosigned", "log/^tile/(?P<level>", "transparency/")
"""Beginnings of addresses that are open to the whole world: checkpoints, hashes and counted figures."""

WHO: Final = {
    ("GET", "court/"): COURT,
    ("GET", "court/order/0990000000009/"): COURT,
    ("GET", "court/order/0990000000009/page/1/"): COURT | ASKING,
    ("GET", "court/file/"): CLERK,
    ("POST", "court/file/entry/"): CLERK,
    ("GET", f"court/document/{'0' * 64}/page/1/"): CLERK,
    ("GET", "officer/order/0990000000009/page/1/"): ASKING | COURT,
    ("GET", "records/"): RECORDS,
    ("GET", "records/pair/0990000000009/0990000000019/"): RECORDS,
    ("GET", "records/decisions/"): RECORDS,
    ("GET", "agency/"): COORDINATOR,
    ("POST", "agency/remind/"): COORDINATOR,
    ("GET", "agency/people/eze/"): COORDINATOR,
    ("POST", "agency/people/eze/vetting/"): COORDINATOR,
    ("POST", "agency/people/eze/course/"): COORDINATOR,
    ("POST", "agency/people/eze/invite/"): COORDINATOR,
    ("POST", "agency/people/eze/end/"): COORDINATOR,
    ("GET", "agency/agreements/"): COORDINATOR,
    ("POST", "agency/agreements/propose/"): COORDINATOR,
    ("GET", "agency/locked/"): COORDINATOR,
    ("POST", "agency/locked/release/"): COORDINATOR,
    ("GET", "agency/roster/"): COORDINATOR,
    ("POST", "agency/roster/look-through/"): COORDINATOR,
    ("POST", "agency/roster/999999999/apply/"): COORDINATOR,
    ("GET", "agency/devices/"): COORDINATOR,
    ("POST", "agency/devices/issue/"): COORDINATOR,
    ("POST", "agency/devices/revoke/"): COORDINATOR,
    ("POST", "agency/devices/trust/"): COORDINATOR,
    ("POST", "agency/devices/distrust/"): COORDINATOR,
    ("GET", "my-access/"): EVERYBODY,
    ("GET", "agencies/"): REVIEWER,
    ("GET", "agencies/apply/"): DECIDING,
    ("POST", "agencies/apply/"): DECIDING,
    ("GET", "agencies/felonies/"): REVIEWER,
    ("POST", "agencies/felonies/review/"): REVIEWER,
    ("POST", "agencies/CA0990100/end-agreement/"): REVIEWER,
    ("GET", "agencies/CA0990100/"): REVIEWER,
    ("POST", "agencies/CA0990100/"): REVIEWER,
    ("POST", "agencies/CA0990100/agreement/"): REVIEWER,
    ("GET", "privileges/"): DECIDING,
    ("POST", "privileges/"): DECIDING,
    ("POST", "privileges/propose/"): DECIDING,
    ("GET", "training/"): EVERYBODY,
    ("GET", "training/lesson/misuse/"): EVERYBODY,
    ("GET", "training/exam/inquiry/"): EVERYBODY,
    ("GET", "training/statement/"): EVERYBODY,
    ("GET", "training/certificate/1/"): EVERYBODY,
    ("GET", "accounts/reauthenticate/"): EVERYBODY,
    ("GET", "accounts/password/change/"): EVERYBODY,
    ("GET", "accounts/2fa/"): EVERYBODY,
    ("GET", "accounts/2fa/reauthenticate/"): EVERYBODY,
    ("GET", "accounts/2fa/recovery-codes/"): EVERYBODY,
    ("GET", "accounts/2fa/recovery-codes/generate/"): EVERYBODY,
    ("GET", "accounts/2fa/keys/"): EVERYBODY,
    ("GET", "accounts/2fa/keys/add/"): EVERYBODY,
    ("GET", "accounts/2fa/keys/reauthenticate/"): EVERYBODY,
    ("GET", "accounts/2fa/keys/1/remove/"): EVERYBODY,
    ("GET", "accounts/2fa/keys/1/name/"): EVERYBODY,
    ("GET", "codes/"): EVERYBODY,
    ("GET", "auditor/"): JOURNAL,
    ("GET", "auditor/entry/{entry}/"): JOURNAL,
}
"""Method and address to those who are not refused. They may still be told that there is no such record."""

SENT: Final = {
    "agency/remind/": {"user": "chen"},
    "agency/locked/release/": {"user": "chen", "user_name": "chen"},
}
"""What is sent where without it nothing would be asked of anybody."""

CLOSED: Final = "accounts/closed/"
"""Addresses whose names the sign-in library needs and that are there for nobody."""

BY_CONTENT: Final = {
    "officer/",
    "officer/line/",
    "officer/form/",
    "officer/help/<str:key>/",
    "court/file/token/",
    "court/file/signed/",
    "court/file/form/",
    "court/file/order/",
    "auditor/export/<int:search>.zip",
    "auditor/export/<int:search>.pdf",
    "auditor/entry/<int:number>/proof/",
    "accounts/2fa/recovery-codes/download/",
}
"""Where the decision needs something sent or found first; tried with each page's own tests and in `test_verbs`."""


def _routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _routes(each, before + str(each.pattern))
        else:
            yield before + str(each.pattern), each


ROUTES: Final = dict(_routes(get_resolver()))


def _example(route: str) -> str:
    for shape, value in (
        ("<int:number>", "1"),
        ("<int:search>", "1"),
        ("<int:page>", "1"),
        ("<int:pk>", "1"),
        ("<str:sha256>", "0" * 64),
        ("<str:fcn>", "0990000000009"),
        ("<str:number>", "0990000000009"),
        ("<str:ori>", "CA0990100"),
        ("<str:one>", "0990000000009"),
        ("<str:other>", "0990000000019"),
        ("<str:key>", "QW"),
        ("<str:user>", "eze"),
        ("<slug:subject>", "misuse"),
        ("<slug:letter>", "inquiry"),
    ):
        route = route.replace(shape, value)
    return route


def _signed_in(county: County, user: str) -> Client:
    if user == "reviewer":
        return browser_of("every.reviewer", "Reviewer Every Address")
    return signed_in_browser(User.objects.get(pk=county.actor(user).user_id))


@pytest.mark.parametrize(
    "route", [each for each in ROUTES if not each.startswith((*DOORS, *PUBLIC)) and "^" not in each]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_sign_in_wherever_they_knock(database: None, route: str, method: str) -> None:
    answer = getattr(Client(SERVER_NAME="localhost"), method)(f"/{_example(route)}")
    assert answer.status_code == 302, answer.status_code
    assert answer["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("user", sorted(EVERYBODY))
def test_each_role_gets_in_where_it_is_written_and_is_refused_everywhere_else(
    county: County, rolled_back: None, user: str
) -> None:
    entry = record_sign_off(actor=county.actor("eze" if user == "eze" else "fox"), now=county.now).number
    browser = _signed_in(county, user)
    wrong = []
    for (method, address), allowed in WHO.items():
        sent = dict(SENT.get(address, {}))
        if address == "agency/roster/look-through/":
            sent["roster"] = SimpleUploadedFile("people.csv", b"user_name")  # type: ignore[assignment]
        answer = getattr(browser, method.lower())(f"/{address.format(entry=entry)}", sent)
        is_refused = answer.status_code == 403
        if is_refused == (user in allowed) or answer.status_code >= 500:
            wrong.append(f"{method} /{address}: {answer.status_code}")
    assert wrong == []


@pytest.mark.parametrize("user", sorted(EVERYBODY))
def test_what_is_closed_is_there_for_nobody(county: County, rolled_back: None, user: str) -> None:
    browser = _signed_in(county, user)
    closed = [route for route in ROUTES if route.startswith(CLOSED)]
    assert [route for route in closed if browser.get(f"/{route}").status_code != 404] == []
    assert len(closed) == 11


def test_every_address_stands_in_a_table_of_who_gets_in() -> None:
    written = {address.format(entry=1).strip("/") for _, address in WHO}
    missing = [
        route
        for route in ROUTES
        if route
        and not route.startswith((*DOORS, *PUBLIC, CLOSED))
        and "^" not in route
        and route not in BY_CONTENT
        and _example(route).replace("/roster/1/", "/roster/999999999/").strip("/") not in written
    ]
    assert missing == []
