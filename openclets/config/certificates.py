"""A certificate authority for demonstrations and tests, and the certificates it issues.

A real installation brings its own authority; this one exists so that a demo speaks TLS 1.3 with device certificates
from the first minute. Every key is ECDSA on P-256 and lies in a file of mode 0600.
"""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from openclets.vocabulary.identifiers import Mnemonic

AUTHORITY_LIFE: Final = timedelta(days=3650)
CERTIFICATE_LIFE: Final = timedelta(days=397)
"""Own decision: longer than any demo, short enough that nobody comes to rely on it."""

CLOCK_SLACK: Final = timedelta(hours=1)
"""Valid from a little before it is made, for machines whose clocks lag."""

LOOPBACK_NAMES: Final = ("localhost", "127.0.0.1", "::1")

_ORGANISATION: Final = "OpenCLETS demonstration"


@dataclass(frozen=True, slots=True)
class Authority:
    """Where an authority lies. `certificate` is given to everybody, `key` to nobody."""

    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Identity:
    """Where a certificate and its key lie, for one server or one device."""

    certificate: Path
    key: Path


def make_authority(folder: Path, *, now: datetime) -> Authority:
    """The authority of this folder (made with mode 0700); an existing one is kept."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    authority = Authority(folder / "authority.pem", folder / "authority.key")
    if authority.certificate.exists() and authority.key.exists():
        return authority
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"{_ORGANISATION} authority")
    certificate = (
        _unsigned(name, name, key.public_key(), now, AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    _write(authority.key, authority.certificate, key, certificate)
    return authority


def issue_server(
    authority: Authority, folder: Path, *, now: datetime, names: tuple[str, ...] = LOOPBACK_NAMES
) -> Identity:
    """A certificate for the switch, for host names and addresses; files `server.pem` and `server.key`."""
    alternatives = x509.SubjectAlternativeName([_alternative(name) for name in names])
    return _issue(authority, folder, "server", names[0], ExtendedKeyUsageOID.SERVER_AUTH, alternatives, now)


def issue_device(authority: Authority, folder: Path, mnemonic: Mnemonic, *, now: datetime) -> Identity:
    """A certificate whose common name is the device's mnemonic; files `MNEMONIC.pem` and `MNEMONIC.key`."""
    return _issue(authority, folder, mnemonic, mnemonic, ExtendedKeyUsageOID.CLIENT_AUTH, None, now)


def _issue(
    authority: Authority,
    folder: Path,
    file_name: str,
    common_name: str,
    use: x509.ObjectIdentifier,
    alternatives: x509.SubjectAlternativeName | None,
    now: datetime,
) -> Identity:
    issuer = x509.load_pem_x509_certificate(authority.certificate.read_bytes())
    issuer_key = serialization.load_pem_private_key(authority.key.read_bytes(), password=None)
    if not isinstance(issuer_key, ec.EllipticCurvePrivateKey):
        raise TypeError("the authority's key is not of an elliptic curve")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    unsigned = (
        _unsigned(_name(common_name), issuer.subject, key.public_key(), now, CERTIFICATE_LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([use]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if alternatives is not None:
        unsigned = unsigned.add_extension(alternatives, critical=False)
    identity = Identity(folder / f"{file_name}.pem", folder / f"{file_name}.key")
    _write(identity.key, identity.certificate, key, unsigned.sign(issuer_key, hashes.SHA256()))
    return identity


def _unsigned(
    subject: x509.Name, issuer: x509.Name, public_key: ec.EllipticCurvePublicKey, now: datetime, life: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCK_SLACK)
        .not_valid_after(now + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _write(
    key_path: Path, certificate_path: Path, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate
) -> None:
    """Writes both files whole, the certificate last: where it lies, its key does too."""
    text = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for path, content in ((key_path, text), (certificate_path, certificate.public_bytes(serialization.Encoding.PEM))):
        unfinished = path.with_name(f"{path.name}.new")
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
        unfinished.replace(path)
