"""The demonstration's certificates, tried in real TLS handshakes."""

from __future__ import annotations

import ssl
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from openclets.config.certificates import Authority, Identity, issue_device, issue_server, make_authority
from openclets.vocabulary.identifiers import Mnemonic

# The handshake's own clock is the machine's, so these certificates must be valid now.
NOW = datetime.now(UTC)
DEVICE = Mnemonic("CADEMO01")


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return make_authority(tmp_path / "ours", now=NOW)


def test_a_device_with_our_certificate_is_known_by_its_mnemonic(authority: Authority, tmp_path: Path) -> None:
    server = issue_server(authority, tmp_path / "server", now=NOW)
    device = issue_device(authority, tmp_path / "device", DEVICE, now=NOW)
    assert _shake_hands(authority, server, authority, device, "localhost") == ("CADEMO01", "TLSv1.3")


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "::1"])
def test_the_server_is_trusted_under_every_loopback_name(authority: Authority, tmp_path: Path, name: str) -> None:
    server = issue_server(authority, tmp_path / "server", now=NOW)
    device = issue_device(authority, tmp_path / "device", DEVICE, now=NOW)
    assert _shake_hands(authority, server, authority, device, name)[0] == "CADEMO01"


def test_the_server_is_not_trusted_under_another_name(authority: Authority, tmp_path: Path) -> None:
    server = issue_server(authority, tmp_path / "server", now=NOW)
    device = issue_device(authority, tmp_path / "device", DEVICE, now=NOW)
    with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        _shake_hands(authority, server, authority, device, "switch.example.gov")


def test_a_device_of_a_foreign_authority_is_not_let_in(authority: Authority, tmp_path: Path) -> None:
    foreign = make_authority(tmp_path / "foreign", now=NOW)
    server = issue_server(authority, tmp_path / "server", now=NOW)
    device = issue_device(foreign, tmp_path / "device", DEVICE, now=NOW)
    with pytest.raises(ssl.SSLCertVerificationError):
        _shake_hands(authority, server, authority, device, "localhost")


def test_a_server_of_a_foreign_authority_is_not_trusted(authority: Authority, tmp_path: Path) -> None:
    foreign = make_authority(tmp_path / "foreign", now=NOW)
    server = issue_server(foreign, tmp_path / "server", now=NOW)
    device = issue_device(authority, tmp_path / "device", DEVICE, now=NOW)
    with pytest.raises(ssl.SSLCertVerificationError):
        _shake_hands(authority, server, authority, device, "localhost")


def test_a_device_cannot_pose_as_the_server(authority: Authority, tmp_path: Path) -> None:
    posing = issue_device(authority, tmp_path / "posing", DEVICE, now=NOW)
    device = issue_device(authority, tmp_path / "device", DEVICE, now=NOW)
    with pytest.raises(ssl.SSLCertVerificationError):
        _shake_hands(authority, posing, authority, device, "localhost")


def test_the_server_cannot_pose_as_a_device(authority: Authority, tmp_path: Path) -> None:
    server = issue_server(authority, tmp_path / "server", now=NOW)
    with pytest.raises(ssl.SSLCertVerificationError):
        _shake_hands(authority, server, authority, server, "localhost")


def test_a_device_cannot_issue_certificates(authority: Authority, tmp_path: Path) -> None:
    device = issue_device(authority, tmp_path / "device", DEVICE, now=NOW)
    server = issue_server(authority, tmp_path / "server", now=NOW)
    forged = issue_device(Authority(device.certificate, device.key), tmp_path / "forged", Mnemonic("CAJAIL01"), now=NOW)
    forged.certificate.write_bytes(forged.certificate.read_bytes() + device.certificate.read_bytes())
    with pytest.raises(ssl.SSLCertVerificationError):
        _shake_hands(authority, server, authority, forged, "localhost")


def test_keys_are_readable_by_their_owner_alone(authority: Authority, tmp_path: Path) -> None:
    device = issue_device(authority, tmp_path / "device", DEVICE, now=NOW)
    server = issue_server(authority, tmp_path / "server", now=NOW)
    for key in (authority.key, device.key, server.key):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_an_existing_authority_is_kept(authority: Authority, tmp_path: Path) -> None:
    before = authority.certificate.read_bytes()
    make_authority(tmp_path / "ours", now=NOW)
    assert authority.certificate.read_bytes() == before


def test_the_common_name_of_a_device_is_its_mnemonic(authority: Authority, tmp_path: Path) -> None:
    device = issue_device(authority, tmp_path / "device", DEVICE, now=NOW)
    certificate = x509.load_pem_x509_certificate(device.certificate.read_bytes())
    assert certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value == "CADEMO01"


def _shake_hands(
    servers_authority: Authority, server: Identity, clients_authority: Authority, client: Identity, name: str
) -> tuple[str, str | None]:
    """The client's common name as the server saw it, and the protocol; TLS 1.3 with both sides' certificates."""
    at_server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    at_server.load_verify_locations(servers_authority.certificate)
    at_server.verify_mode = ssl.CERT_REQUIRED
    at_client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    at_client.load_verify_locations(clients_authority.certificate)
    for context, identity in ((at_server, server), (at_client, client)):
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.load_cert_chain(identity.certificate, identity.key)
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    clients_end = at_client.wrap_bio(to_client, to_server, server_hostname=name)
    servers_end = at_server.wrap_bio(to_server, to_client, server_side=True)
    waiting = [clients_end, servers_end]
    for _ in range(10):
        for end in list(waiting):
            try:
                end.do_handshake()
                waiting.remove(end)
            except ssl.SSLWantReadError:
                continue
        if not waiting:
            break
    seen = servers_end.getpeercert()
    assert seen is not None
    subject: Any = seen["subject"]
    names = [value for part in subject for key, value in part if key == "commonName"]
    return names[0], servers_end.version()
