"""Certificates and requests as files: read, checked and signed. Knows nothing of what is on file.

Keys are made where they are used: a device sends a request (PKCS #10), and its key never leaves it.
Source: RFC 5280, RFC 2986; sizes of keys by NIST SP 800-57 part 1 and CJIS Security Policy SC-12, SC-13.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from openclets.vocabulary.errors import Fault, Rejected, Unavailable
from openclets.vocabulary.faults import FaultCode
from openclets.vocabulary.identifiers import Mnemonic

CERTIFICATE_LIFE: Final = timedelta(days=397)
"""Own decision: renewed once a year, with a month to do it in."""

CLOCK_SLACK: Final = timedelta(hours=1)
"""Valid from a little before it is made, for machines whose clocks lag."""

MIN_RSA_BITS: Final = 3072
CURVES: Final = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)

MAX_PEM_CHARACTERS: Final = 20_000


@dataclass(frozen=True, slots=True)
class AuthorityFiles:
    """Where this node's own authority lies: its certificate, and its key where it may sign (PEM)."""

    certificate: Path
    key: Path


def fingerprint_of(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate, 64 hexadecimal digits."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def pem_of(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")


def read_request(text: str) -> x509.CertificateSigningRequest:
    """A device's request, whose signature proves that the device has the key.

    Raises: Rejected when it cannot be read, its signature is wrong or its key is too weak.
    """
    accepted = "a request in PEM, from BEGIN CERTIFICATE REQUEST to END CERTIFICATE REQUEST"
    try:
        request = x509.load_pem_x509_csr(_short(text, "request"))
        is_signed = request.is_signature_valid
    except (ValueError, UnsupportedAlgorithm, InvalidSignature):
        raise _rejected("request", "is not a certificate request", accepted) from None
    if not is_signed:
        raise _rejected("request", "is not signed by the key it names", accepted)
    _check_key(request.public_key(), "request")
    return request


def read_authority(text: str, *, now: datetime) -> x509.Certificate:
    """An agency's own authority: a certificate that may issue others, and is good at `now`.

    Raises: Rejected.
    """
    try:
        found = x509.load_pem_x509_certificates(_short(text, "authority"))
    except (ValueError, UnsupportedAlgorithm):
        raise _rejected("authority", "is not a certificate", "one certificate in PEM") from None
    if len(found) != 1:
        raise _rejected("authority", f"holds {len(found)} certificates", "the one that signs the devices' certificates")
    (certificate,) = found
    if not may_issue(certificate):
        raise _rejected("authority", "may not issue certificates", "a certificate of an authority (CA:TRUE)")
    if not certificate.not_valid_before_utc <= now < certificate.not_valid_after_utc:
        raise _rejected("authority", "is not valid now", "a certificate that is")
    _check_key(certificate.public_key(), "authority")
    return certificate


def may_issue(certificate: x509.Certificate) -> bool:
    """Whether it says of itself that it is an authority's, and may sign certificates."""
    try:
        is_authority = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False
    try:
        return is_authority and certificate.extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
    except x509.ExtensionNotFound:
        return is_authority


def is_issued_by(certificate: x509.Certificate, authority: x509.Certificate) -> bool:
    """Whether the authority's key signed the certificate, and it names that authority as its issuer."""
    try:
        certificate.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def load_authority(files: AuthorityFiles) -> x509.Certificate:
    """This node's authority. Raises: FileNotFoundError, ValueError."""
    return x509.load_pem_x509_certificate(files.certificate.read_bytes())


def sign_device(
    request: x509.CertificateSigningRequest, mnemonic: Mnemonic, files: AuthorityFiles, *, now: datetime
) -> x509.Certificate:
    """A client certificate for the request's key. Of the request nothing but the key is taken over: the name is the
    mnemonic, whatever was asked for.

    Raises: Unavailable when this node has no authority that can sign.
    """
    try:
        issuer = load_authority(files)
        key = serialization.load_pem_private_key(files.key.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise Unavailable("this node's authority cannot sign here: its key is not at hand") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise Unavailable("this node's authority cannot sign here: its key is of another kind")
    name = x509.Name(
        [
            *issuer.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)[:1],
            x509.NameAttribute(NameOID.COMMON_NAME, mnemonic),
        ]
    )
    usage = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.subject)
        .public_key(request.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCK_SLACK)
        .not_valid_after(min(now + CERTIFICATE_LIFE, issuer.not_valid_after_utc))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(request.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _check_key(key: object, field: str) -> None:
    is_good = (isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, CURVES)) or (
        isinstance(key, rsa.RSAPublicKey) and key.key_size >= MIN_RSA_BITS
    )
    if not is_good:
        accepted = f"P-256, P-384 or P-521, or RSA of {MIN_RSA_BITS} bits or more"
        raise _rejected(field, "has a key of a kind or size that is not taken", accepted)


def _short(text: str, field: str) -> bytes:
    if len(text) > MAX_PEM_CHARACTERS or not text.isascii():
        raise _rejected(field, "is too long or not plain text", f"PEM of at most {MAX_PEM_CHARACTERS} characters")
    return text.strip().encode("ascii") + b"\n"


def _rejected(field: str, text: str, accepted: str) -> Rejected:
    return Rejected(Fault(FaultCode.VALUE, field, text, accepted))
