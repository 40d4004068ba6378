"""What a device does for its certificate: makes a key that it keeps, and a request for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from openclets.config.terminal_client import ClientTls

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class OwnKey:
    """A key and the request (PEM) signed with it."""

    key: Key
    request: str

    def with_certificate(self, pem: str, folder: Path, authority: Path) -> ClientTls:
        """The device's papers in a folder; `authority` is what it trusts the switch by."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "device.pem").write_text(pem)
        (folder / "device.key").write_bytes(
            self.key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        return ClientTls(authority, folder / "device.pem", folder / "device.key")


def own_key(name: str, key: Key | None = None) -> OwnKey:
    """A request under `name`, by a new key of P-256 or the one given."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    request = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, hashes.SHA256())
    return OwnKey(key, request.public_bytes(serialization.Encoding.PEM).decode("ascii"))


def request_of(name: str) -> str:
    """As above, where the key does not matter any more."""
    return own_key(name).request
