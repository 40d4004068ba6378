"""Whatever is named in an address by its number: that of another agency is refused or not there, whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from openclets.agencies.actor import Actor
from openclets.agencies.models import (
    Affiliation,
    Agency,
    Device,
    DeviceCertificate,
    PrivilegeProposal,
    Roster,
    Training,
    User,
)
from openclets.agencies.permissions import Duty
from openclets.agencies.signing_on import record_sign_off
from openclets.inquiry.journal_search import search_journal
from openclets.journal.models import Body
from openclets.journal.search import Criteria
from openclets.orders.bulk import LoadedOrder, load_orders
from openclets.vocabulary.identifiers import Mnemonic, Ori, UserName
from tests.county import PASSWORD, County, signed_in_browser, subscriber_agreement, vetted_user
from tests.joining_people import browser_of, make_journal_month
from tests.subjects.test_filing import order

pytestmark = pytest.mark.usefixtures("rolled_back")

ELSEWHERE: Final = Ori("CA099881J")
"""A court that nobody of the county works for."""

ASKED_ABOUT: Final = "ELSEWHERIAN"
"""Whom the coordinator there looked for in the journal."""

WALKERS: Final = ("alvarez", "brandt", "chen", "dorn", "eze", "fox", "gupta", "reviewer")


@dataclass(frozen=True, slots=True)
class Objects:
    """Numbers of what belongs to the agency elsewhere, or to its people."""

    order: str
    entry: int
    search: int
    roster: int
    certificate: str
    training: int
    key: int
    proposal: int


@pytest.fixture(autouse=True)
def journal_month(county: County) -> None:
    make_journal_month(county)


@pytest.fixture
def objects(county: County) -> Objects:
    Agency.objects.create(
        ori=ELSEWHERE, name="Court Elsewhere", kind=Agency.Kind.COURT, county="099", status=Agency.Status.ACTIVE
    )
    subscriber_agreement(ELSEWHERE).save()
    Device.objects.create(mnemonic="CAWEB88", agency_id=ELSEWHERE, kind=Device.Kind.BROWSER)
    terminal = Device.objects.create(mnemonic="CAELSE88", agency_id=ELSEWHERE)
    clerk = vetted_user("else.clerk", "Clerk Elsewhere")
    coordinator = vetted_user("else.coordinator", "Coordinator Elsewhere")
    Affiliation.objects.create(user=clerk, agency_id=ELSEWHERE, duty=Duty.CLERK)
    Affiliation.objects.create(user=coordinator, agency_id=ELSEWHERE, duty=Duty.COORDINATOR)
    actor = Actor(coordinator.pk, UserName("else.coordinator"), ELSEWHERE, Mnemonic("CAWEB88"), "web")
    (fcn,) = load_orders([LoadedOrder(order("ELSEWHERE", court=ELSEWHERE), county.now, ELSEWHERE, clerk.pk)])
    roster = Roster.objects.create(
        agency_id=ELSEWHERE,
        uploaded_by=coordinator,
        uploaded_at=county.now,
        content=b"",
        ends_absent=False,
        digest="0" * 64,
    )
    certificate = DeviceCertificate.objects.create(
        fingerprint="88ab" * 16,
        device=terminal,
        pem="",
        not_before=county.now,
        good_until=county.now + timedelta(days=30),
        recorded_at=county.now,
    )
    key = Authenticator.objects.create(user=clerk, type=Authenticator.Type.WEBAUTHN, data={"name": "a key elsewhere"})
    proposal = PrivilegeProposal.objects.create(
        user=clerk, agency_id=ELSEWHERE, duty=Duty.JUDGE, proposed_by=coordinator, proposed_at=county.now
    )
    return Objects(
        order=str(fcn),
        entry=record_sign_off(actor=actor, now=county.now).number,
        search=search_journal(actor=actor, now=county.now, criteria=Criteria(subject_name=ASKED_ABOUT)).receipt.number,
        roster=roster.pk,
        certificate=certificate.fingerprint,
        training=Training.objects.filter(user=clerk).values_list("pk", flat=True)[0],
        key=key.pk,
        proposal=proposal.pk,
    )


def _browser(county: County, user: str) -> Client:
    if user == "reviewer":
        return browser_of("walk.reviewer", "Reviewer Walk")
    return signed_in_browser(User.objects.get(pk=county.actor(user).user_id))


AUDITOR: Final = frozenset({"eze"})
REVIEWER: Final = frozenset({"reviewer"})
NOBODY: Final[frozenset[str]] = frozenset()

WALK: Final[tuple[tuple[str, str, dict[str, str], frozenset[str]], ...]] = (
    ("GET", "court/order/{order}/", {}, NOBODY),
    ("GET", "auditor/entry/{entry}/", {}, AUDITOR),
    ("GET", "auditor/entry/{search}/", {}, AUDITOR),
    ("GET", "auditor/?search={search}", {}, AUDITOR),
    ("GET", "auditor/entry/{entry}/proof/", {}, AUDITOR),
    ("GET", "auditor/export/{search}.zip", {}, AUDITOR),
    ("GET", "auditor/export/{search}.pdf", {}, AUDITOR),
    ("GET", "training/certificate/{training}/", {}, NOBODY),
    ("GET", "accounts/2fa/keys/{key}/name/", {}, NOBODY),
    ("POST", "accounts/2fa/keys/{key}/name/", {"name": "mine now"}, NOBODY),
    ("GET", "accounts/2fa/keys/{key}/remove/", {}, NOBODY),
    ("POST", "accounts/2fa/keys/{key}/remove/", {}, NOBODY),
    ("GET", "agencies/CA099881J/", {}, REVIEWER),
    (
        "POST",
        "agencies/CA099881J/agreement/",
        {
            "kind": "host",
            "signed_by": "Judge Elsewhere",
            "signed_on": "2026-11-02",
            "begins_on": "2026-11-02",
            "ends_on": "2031-11-02",
        },
        REVIEWER,
    ),
    ("POST", "agencies/CA099881J/", {"step": "suspend", "reason": "as I please"}, REVIEWER),
    ("POST", "privileges/", {"proposal": "{proposal}", "decision": "grant", "reason": "as I please"}, REVIEWER),
    (
        "POST",
        "privileges/",
        {"user": "else.clerk", "duty": "clerk", "decision": "take away", "reason": "as I please"},
        NOBODY,
    ),
)
"""Method, address and what is sent, to those whose right goes beyond their own agency: auditors read the whole journal,
reviewers decide about every agency."""

NOT_THERE: Final = frozenset({400, 403, 404})


@pytest.mark.parametrize("user", WALKERS)
def test_what_is_another_agencys_is_refused_or_not_there_and_stays_as_it_was(
    county: County, objects: Objects, user: str
) -> None:
    browser = _browser(county, user)
    numbers = {name: getattr(objects, name) for name in Objects.__slots__}
    # Whoever changes keys shows once more who they are, however short ago they came in.
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    given = []
    for method, address, sent, beyond in WALK:
        if user in beyond:
            continue
        filled = {name: value.format(**numbers) for name, value in sent.items()}
        answer = getattr(browser, method.lower())(f"/{address.format(**numbers)}", filled)
        if answer.status_code not in NOT_THERE or ASKED_ABOUT in answer.content.decode("utf-8", "replace"):
            given.append(f"{method} /{address}: {answer.status_code} {answer.headers.get('Location', '')}")
    assert given == []
    # These go back to their page and say there that no such thing is theirs.
    browser.post(f"/agency/roster/{objects.roster}/apply/")
    browser.post("/agency/devices/revoke/", {"fingerprint": objects.certificate, "reason": "as I please"})
    assert DeviceCertificate.objects.get(pk=objects.certificate).revoked_at is None
    assert Authenticator.objects.get(pk=objects.key).data == {"name": "a key elsewhere"}
    assert Roster.objects.get(pk=objects.roster).applied_at is None
    assert PrivilegeProposal.objects.get(pk=objects.proposal).decided_at is None
    assert Agency.objects.get(pk=ELSEWHERE).status == "active"
    duties = Affiliation.objects.filter(agency_id=ELSEWHERE).order_by("duty").values_list("duty", flat=True)
    assert list(duties) == ["clerk", "coordinator"]


def test_who_asked_elsewhere_about_whom_is_told_to_no_other_coordinator(county: County, objects: Objects) -> None:
    answer = _browser(county, "fox").get("/auditor/", {"search": objects.search})
    assert answer.status_code == 403
    assert ASKED_ABOUT not in answer.content.decode()
    told = Body.objects.get(entry_number=objects.search).personal
    assert told["subject_name"] == ASKED_ABOUT
