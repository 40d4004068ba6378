"""Certificates of devices at the real switch: issued, replaced, revoked, expired, foreign and made by oneself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from openclets.agencies.certificates.keeping import (
    Issued,
    distrust_authority,
    issue_certificate,
    revoke_certificate,
    trust_authority,
)
from openclets.agencies.certificates.paper import AuthorityFiles, fingerprint_of, pem_of
from openclets.agencies.models import Device, DeviceCertificate
from openclets.config.certificates import issue_device, make_authority
from openclets.config.terminal_client import ClientTls, TerminalClient
from openclets.journal.models import Body, Entry
from openclets.vocabulary.errors import Rejected, Unavailable
from openclets.vocabulary.identifiers import Mnemonic
from openclets.wire.compose import parse_unavailable
from tests.county import POLICE, SHERIFF, County
from tests.simulators.device_papers import OwnKey, own_key, request_of
from tests.simulators.running_switch import Paper, RunningSwitch, make_paper, running_switch

NOW = datetime.now(UTC)
"""A handshake asks the machine's own clock, so here everything happens now."""

ASKED_AGAIN_SECONDS = 3600.0
"""The switch of these tests looks at its connections so seldom that whatever it ends in time, it was told of."""


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return make_paper(tmp_path_factory.mktemp("papers"))


@pytest.fixture(scope="module")
def switch(county: County, paper: Paper) -> Iterator[RunningSwitch]:
    with running_switch(county, paper, recheck_seconds=ASKED_AGAIN_SECONDS, clock=lambda: NOW) as running:
        yield running


@dataclass(frozen=True, slots=True)
class Desk:
    """The coordinator's side, for devices of the sheriff's."""

    county: County
    paper: Paper
    folder: Path

    @property
    def node(self) -> AuthorityFiles:
        return AuthorityFiles(self.paper.authority.certificate, self.paper.authority.key)

    def device(self, mnemonic: str, agency: str = SHERIFF) -> Mnemonic:
        Device.objects.get_or_create(mnemonic=mnemonic, defaults={"agency_id": agency})
        return Mnemonic(mnemonic)

    def issue(self, mnemonic: str, key: OwnKey) -> Issued:
        return issue_certificate(
            actor=self.county.actor("fox"),
            now=NOW,
            device=self.device(mnemonic),
            request=key.request,
            node_authority=self.node,
        )

    def issued(self, mnemonic: str) -> tuple[Issued, ClientTls]:
        key = own_key(mnemonic)
        issued = self.issue(mnemonic, key)
        return issued, self.tls(key, issued.pem)

    def tls(self, key: OwnKey, pem: str) -> ClientTls:
        folder = self.folder / fingerprint_of(x509.load_pem_x509_certificate(pem.encode()))
        return key.with_certificate(pem, folder, self.paper.authority.certificate)

    def revoke(self, fingerprint: str) -> None:
        actor = self.county.actor("fox")
        revoke_certificate(actor=actor, now=NOW, fingerprint=fingerprint, reason="the car was stolen")

    def trust(self, authority: Path) -> None:
        trust_authority(
            actor=self.county.actor("fox"),
            now=NOW,
            authority=authority.read_text(),
            node_authority=self.node,
        )


@pytest.fixture
def desk(county: County, paper: Paper, tmp_path: Path) -> Desk:
    return Desk(county, paper, tmp_path)


def _connect(switch: RunningSwitch, tls: ClientTls) -> TerminalClient:
    return TerminalClient.connect("127.0.0.1", switch.port, tls, reply_seconds=20)


def _is_let_in(switch: RunningSwitch, tls: ClientTls) -> bool:
    """Signs nobody on: whether a sign-on would be looked at is enough."""
    with _connect(switch, tls) as client:
        client.send("QW.CA0990000.NAM/NOBODY,ATALL")
        return client.receive().reply.status == "rejected"


def _turned_away(switch: RunningSwitch, tls: ClientTls) -> str:
    """What the device is told before anything was asked."""
    with _connect(switch, tls) as client:
        told = client.receive()
    assert told.reply.status == "unavailable"
    return parse_unavailable(told.reply.body).what


def _entries(device: str) -> list[str]:
    found = Entry.objects.filter(kind="device turned away", device=device).order_by("number")
    return [Body.objects.get(entry_number=entry.number).answered for entry in found]


def test_a_device_comes_in_with_the_certificate_issued_for_its_own_key(switch: RunningSwitch, desk: Desk) -> None:
    issued, tls = desk.issued("CACERT01")
    assert _is_let_in(switch, tls)
    row = DeviceCertificate.objects.get(fingerprint=issued.fingerprint)
    assert (row.device_id, row.issued_by_id) == ("CACERT01", desk.county.actor("fox").user_id)


def test_whatever_name_a_request_asks_for_the_certificate_names_the_device(switch: RunningSwitch, desk: Desk) -> None:
    key = own_key("CADEMO01")
    issued = desk.issue("CACERT02", key)
    subject = x509.load_pem_x509_certificate(issued.pem.encode()).subject.rfc4514_string()
    assert "CN=CACERT02" in subject
    assert "CADEMO01" not in subject


def test_a_revoked_certificate_does_not_come_in_and_that_is_journalled(switch: RunningSwitch, desk: Desk) -> None:
    issued, tls = desk.issued("CACERT03")
    desk.revoke(issued.fingerprint)
    assert _turned_away(switch, tls) == "the certificate was revoked"
    assert _entries("CACERT03") == ["the certificate was revoked"]


def test_a_live_connection_ends_when_its_certificate_is_revoked(switch: RunningSwitch, desk: Desk) -> None:
    issued, tls = desk.issued("CACERT04")
    _, other_tls = desk.issued("CACERT05")
    with _connect(switch, tls) as client, _connect(switch, other_tls) as untouched:
        client.send("QW.CA0990000.NAM/NOBODY,ATALL")
        assert client.receive().reply.status == "rejected"
        desk.revoke(issued.fingerprint)
        told = client.receive()
        assert parse_unavailable(told.reply.body).what == "the certificate was revoked; this connection ends"
        with pytest.raises(Unavailable, match="ended the connection"):
            client.receive()
        untouched.send("QW.CA0990000.NAM/NOBODY,ATALL")
        assert untouched.receive().reply.status == "rejected"
    assert _entries("CACERT04") == ["the certificate was revoked"]


def test_a_new_certificate_leaves_the_one_before_a_week_and_no_longer(
    switch: RunningSwitch, county: County, paper: Paper, desk: Desk
) -> None:
    first, first_tls = desk.issued("CACERT06")
    second, second_tls = desk.issued("CACERT06")
    assert (first.replaced, second.replaced) == (0, 1)
    assert _is_let_in(switch, first_tls)
    assert _is_let_in(switch, second_tls)
    row = DeviceCertificate.objects.get(fingerprint=first.fingerprint)
    assert row.good_until == NOW + timedelta(days=7)
    with running_switch(county, paper, clock=lambda: NOW + timedelta(days=7)) as a_week_later:
        assert _turned_away(a_week_later, first_tls) == "the certificate is out of date or was replaced"
        assert _is_let_in(a_week_later, second_tls)


def test_once_one_is_issued_no_other_of_this_authority_comes_in(switch: RunningSwitch, desk: Desk) -> None:
    mnemonic = desk.device("CACERT07")
    unlisted = switch.paper.device(mnemonic)
    assert _is_let_in(switch, unlisted)
    desk.issued("CACERT07")
    stolen_key = switch.paper.device(mnemonic)
    assert _turned_away(switch, stolen_key) == "this certificate is not the one that was issued to the device"


def test_a_certificate_met_at_the_door_is_on_record_and_can_be_revoked(switch: RunningSwitch, desk: Desk) -> None:
    tls = switch.paper.device(desk.device("CACERT08"))
    assert _is_let_in(switch, tls)
    (row,) = DeviceCertificate.objects.filter(device_id="CACERT08")
    assert row.issued_by_id is None
    desk.revoke(row.fingerprint)
    assert _turned_away(switch, tls) == "the certificate was revoked"


@pytest.mark.parametrize("fault", ["expired", "not yet", "self-made", "foreign"])
def test_what_the_handshake_refuses_never_reaches_a_message(
    switch: RunningSwitch, desk: Desk, tmp_path: Path, fault: str
) -> None:
    mnemonic = desk.device("CACERT09")
    authority = switch.paper.authority
    if fault == "expired":
        made = issue_device(authority, tmp_path, mnemonic, now=NOW - timedelta(days=400))
    elif fault == "not yet":
        made = issue_device(authority, tmp_path, mnemonic, now=NOW + timedelta(days=2))
    elif fault == "foreign":
        made = issue_device(make_authority(tmp_path / "foreign", now=NOW), tmp_path, mnemonic, now=NOW)
    else:
        made = issue_device(authority, tmp_path, mnemonic, now=NOW)
        key = own_key(mnemonic)
        request = x509.load_pem_x509_csr(key.request.encode())
        own = (
            x509.CertificateBuilder()
            .subject_name(request.subject)
            .issuer_name(request.subject)
            .public_key(request.public_key())
            .serial_number(1)
            .not_valid_before(NOW - timedelta(hours=1))
            .not_valid_after(NOW + timedelta(days=1))
            .sign(key.key, hashes.SHA256())
        )
        tls = key.with_certificate(pem_of(own), tmp_path / "own", authority.certificate)
    if fault != "self-made":
        tls = ClientTls(authority.certificate, made.certificate, made.key)
    with pytest.raises(Unavailable):
        _is_let_in(switch, tls)
    assert not DeviceCertificate.objects.filter(device_id="CACERT09").exists()


def test_an_agencys_own_authority_speaks_for_its_devices_and_no_others(
    county: County, paper: Paper, desk: Desk, tmp_path: Path
) -> None:
    own = make_authority(tmp_path / "agency", now=NOW)
    desk.trust(own.certificate)
    with running_switch(county, paper, recheck_seconds=ASKED_AGAIN_SECONDS, clock=lambda: NOW) as switch:
        ours = issue_device(own, tmp_path / "ours", desk.device("CACERT10"), now=NOW)
        tls = ClientTls(paper.authority.certificate, ours.certificate, ours.key)
        assert _is_let_in(switch, tls)
        others = issue_device(own, tmp_path / "others", desk.device("CACERT11", POLICE), now=NOW)
        foreign = ClientTls(paper.authority.certificate, others.certificate, others.key)
        assert (
            _turned_away(switch, foreign) == "the authority of the certificate does not speak for this device's agency"
        )
        with _connect(switch, tls) as client:
            client.send("QW.CA0990000.NAM/NOBODY,ATALL")
            assert client.receive().reply.status == "rejected"
            fingerprint = fingerprint_of(x509.load_pem_x509_certificate(own.certificate.read_bytes()))
            distrust_authority(actor=county.actor("fox"), now=NOW, fingerprint=fingerprint)
            what = parse_unavailable(client.receive().reply.body).what
        assert what == "the authority of the certificate is no longer trusted; this connection ends"
        assert _turned_away(switch, tls) == "the authority of the certificate is no longer trusted"


def test_an_agency_cannot_bring_this_nodes_own_authority_along(desk: Desk, paper: Paper) -> None:
    with pytest.raises(Rejected, match="on file already"):
        desk.trust(paper.authority.certificate)


def test_a_devices_certificate_is_no_authority(desk: Desk, paper: Paper) -> None:
    with pytest.raises(Rejected, match="may not issue certificates"):
        desk.trust(paper.server.certificate)


@pytest.mark.parametrize(
    ("request_text", "told"),
    [
        ("", "is not a certificate request"),
        (
            "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----",
            "is not a certificate request",
        ),
        ("ü", "is too long or not plain text"),
        ("A" * 20_001, "is too long or not plain text"),
    ],
)
def test_what_is_no_request_is_rejected(desk: Desk, request_text: str, told: str) -> None:
    with pytest.raises(Rejected, match=told):
        desk.issue("CACERT12", replace(own_key("CACERT12"), request=request_text))


def test_a_request_with_a_weak_key_or_changed_after_it_was_signed_is_rejected(desk: Desk) -> None:
    for weak in (
        rsa.generate_private_key(public_exponent=65537, key_size=2048),
        ec.generate_private_key(ec.SECP224R1()),
    ):
        with pytest.raises(Rejected, match="has a key of a kind or size that is not taken"):
            desk.issue("CACERT12", own_key("CACERT12", weak))
    lines = request_of("CACERT12").splitlines()
    middle = lines[2]
    lines[2] = ("B" if middle[0] != "B" else "C") + middle[1:]
    with pytest.raises(Rejected):
        desk.issue("CACERT12", replace(own_key("CACERT12"), request="\n".join(lines)))


def test_nobody_issues_or_revokes_for_another_agencys_device(switch: RunningSwitch, desk: Desk) -> None:
    with pytest.raises(Rejected, match="no device 'CADEMO01' of yours"):
        desk.issue("CADEMO01", own_key("CADEMO01"))
    tls = switch.paper.device(desk.device("CACERT13", POLICE))
    assert _is_let_in(switch, tls)
    (theirs,) = DeviceCertificate.objects.filter(device_id="CACERT13")
    with pytest.raises(Rejected, match="no such certificate of yours"):
        desk.revoke(theirs.fingerprint)


def test_without_the_authoritys_key_nothing_is_issued(county: County, paper: Paper, desk: Desk) -> None:
    with pytest.raises(Unavailable, match="its key is not at hand"):
        issue_certificate(
            actor=county.actor("fox"),
            now=NOW,
            device=desk.device("CACERT12"),
            request=request_of("CACERT12"),
            node_authority=AuthorityFiles(paper.authority.certificate, desk.folder / "nowhere.key"),
        )
