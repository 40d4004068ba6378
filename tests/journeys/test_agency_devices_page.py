"""Coordinator Fox uploads a roster and keeps the certificates of the sheriff's devices, by day and at night."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from django.conf import settings
from playwright.sync_api import Page, expect

from openclets.agencies.certificates.paper import AuthorityFiles, fingerprint_of, is_issued_by, load_authority
from openclets.agencies.models import Device, DeviceCertificate, User
from openclets.config.certificates import make_authority
from tests.county import SHERIFF
from tests.journeys.conftest import PHONE, VEHICLE, Theme, Visits
from tests.simulators.device_papers import request_of

pytestmark = pytest.mark.browser

HEADING = "user_name,full_name,email,ori,duty,course,passed_on\n"


@pytest.fixture(scope="module")
def node_authority() -> AuthorityFiles:
    """The authority of the node whose pages these are."""
    made = make_authority(settings.CERTIFICATES_FOLDER, now=datetime.now(UTC))
    return AuthorityFiles(made.certificate, made.key)


def _upload(page: Page, text: str) -> None:
    page.get_by_label("Roster").set_input_files(
        {"name": "people.csv", "mimeType": "text/csv", "buffer": (HEADING + text).encode()}
    )
    page.get_by_role("button", name="Look it through").click()


def test_a_roster_is_looked_through_mended_and_applied(visits: Visits) -> None:
    page = visits.somebody("fox")
    page.goto("/agency/")
    page.get_by_role("navigation", name="Agency").get_by_role("link", name="Roster").click()
    good = "upload.nash,Officer Upload Nash,nash@example.gov,CA0990000,officer,inquiry only,2026-10-01\n"
    _upload(page, good + "upload.orr,Officer Upload Orr,,CA0990100,officer,,\nupload.pike,,,CA0990000,chief,,\n")
    expect(page.get_by_role("heading", name="people.csv: 3 changes, 3 faults")).to_be_visible()
    assert page.locator("tr.fault").all_inner_texts() == [
        "3\tori\tCA0990100 is not your agency\tCA0990000",
        "4\tfull_name\tis empty\ta name of at most 120 characters",
        "4\tduty\tis 'chief'\tclerk, judge, officer, auditor, coordinator, records, reviewer",
    ]
    expect(page.get_by_role("button", name="Apply")).to_have_count(0)
    assert not User.objects.filter(user_name="upload.nash").exists()
    _upload(page, good)
    assert page.locator("tr.change").all_inner_texts() == [
        "2\tupload.nash\tjoins\t\tOfficer Upload Nash, nash@example.gov",
        "2\tupload.nash\tgets a duty\t\tofficer",
        "2\tupload.nash\ttraining recorded\t\tinquiry only passed 2026-10-01",
    ]
    page.get_by_role("button", name="Apply 3 changes").click()
    expect(page.locator(".note-success")).to_contain_text("The roster is applied. Joins: 1, gets a duty: 1")
    expect(page.locator("#person-upload\\.nash")).to_contain_text("Missing: the account is disabled")
    page.goto("/agency/roster/")
    _upload(page, good)
    expect(page.locator(".note-info")).to_contain_text("nothing is to be changed")


def test_a_certificate_is_issued_from_a_request_and_revoked(visits: Visits, node_authority: AuthorityFiles) -> None:
    Device.objects.get_or_create(mnemonic="CAPAGE01", defaults={"agency_id": SHERIFF, "place": "page of devices"})
    page = visits.somebody("fox")
    page.goto("/agency/devices/")
    device = page.locator("#device-CAPAGE01")
    expect(device).to_contain_text("No certificate on record")
    device.get_by_text("Issue a certificate").click()
    device.get_by_label("Request").fill("not a request")
    device.get_by_role("button", name="Issue").click()
    expect(page.get_by_role("alert")).to_contain_text("is not a certificate request")
    expect(device.get_by_label("Request")).to_have_value("not a request")
    device.get_by_label("Request").fill(request_of("CAPAGE01"))
    device.get_by_role("button", name="Issue").click()
    issued = x509.load_pem_x509_certificate(page.get_by_label("Certificate", exact=True).input_value().encode())
    assert is_issued_by(issued, load_authority(node_authority))
    expect(device).to_contain_text("issued here")
    device.locator("summary", has_text="Revoke").click()
    device.get_by_label("Why").fill("left in a taxi")
    device.get_by_role("button", name="Revoke for good").click()
    expect(page.locator(".note-success")).to_contain_text("A connection with it ends within a minute")
    expect(device).to_contain_text("left in a taxi")
    (row,) = DeviceCertificate.objects.filter(device_id="CAPAGE01")
    assert row.revoked_at is not None


def test_an_authority_of_the_agencys_own_is_trusted_and_no_longer(
    visits: Visits, node_authority: AuthorityFiles, tmp_path: Path
) -> None:
    own = make_authority(tmp_path, now=datetime.now(UTC))
    page = visits.somebody("fox")
    page.goto("/agency/devices/")
    page.get_by_text("Trust an authority of yours").click()
    page.get_by_label("Its certificate").fill(own.certificate.read_text())
    page.get_by_role("button", name="Trust", exact=True).click()
    expect(page.locator(".note-success")).to_contain_text("is trusted for your devices")
    fingerprint = fingerprint_of(x509.load_pem_x509_certificate(own.certificate.read_bytes()))
    mine = page.locator(".certificate", has_text=fingerprint[:16])
    mine.get_by_role("button", name="End the trust").click()
    expect(page.locator(".note-success")).to_contain_text("no longer trusted")
    expect(mine).to_contain_text("no longer trusted")


@pytest.mark.parametrize("size", [VEHICLE, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("theme", ["day", "night"])
def test_roster_and_devices_have_no_serious_accessibility_fault(
    visits: Visits,
    node_authority: AuthorityFiles,
    theme: Theme,
    size: tuple[int, int],
    serious_faults: Callable[[Page], list[str]],
) -> None:
    Device.objects.get_or_create(mnemonic="CAPAGE02", defaults={"agency_id": SHERIFF, "place": "page of devices"})
    page = visits.somebody("fox", theme=theme, size=size)
    page.goto("/agency/roster/")
    _upload(page, "axe.quill,Officer Axe Quill,,CA0990000,officer,,\naxe,,,CA0990000,chief,,\n")
    expect(page.locator("tr.fault")).to_have_count(2)
    assert serious_faults(page) == [], "roster"
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.goto("/agency/devices/")
    page.locator("#device-CAPAGE02").locator("summary", has_text=re.compile("^(Issue a|Replace the) cert")).click()
    page.get_by_label("Request").and_(page.locator("#request-CAPAGE02")).fill(request_of("CAPAGE02"))
    page.locator("#device-CAPAGE02").get_by_role("button", name="Issue").click()
    expect(page.locator("#issued")).to_be_visible()
    for details in page.locator("#device-CAPAGE02 details").all():
        if details.get_attribute("open") is None:
            details.locator("summary").click()
    assert serious_faults(page) == [], "devices"
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
