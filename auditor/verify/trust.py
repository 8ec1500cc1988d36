"""Whom a verifier trusts, and step 5: the signer is one of them."""

import asyncio
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import ExpiredError, NotYetValidError, RevokedError

from auditor.errors import AuditorError, SignatureError
from auditor.verify.hostile import UNREADABLE
from auditor.verify.steps import Step, fails, holds, undecided

_LONGEST_SUBJECT = 200
_SIGNING_PURPOSES = frozenset(
    {
        "1.2.840.113583.1.1.5",  # Adobe's document signing
        "1.3.6.1.4.1.311.10.3.12",  # Microsoft's document signing
        "1.3.6.1.5.5.7.3.3",  # code signing
        "1.3.6.1.5.5.7.3.4",  # e-mail protection
        "1.3.6.1.5.5.7.3.36",  # document signing, RFC 9336
        "2.5.29.37.0",  # any
    }
)
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


class Standing(StrEnum):
    """How a signer stands with whoever verifies."""

    TRUSTED = "trusted"
    UNCHECKED = "not checked"  # nobody said whom to trust
    UNKNOWN = "unknown"  # issued by nobody who is trusted
    OTHER = "another key"  # not the one with the fingerprint that was given
    EXPIRED = "not valid at that time"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Whom to trust, obtained from elsewhere than the bundle.

    ``roots`` are authorities that may issue a signer's certificate; ``fingerprint`` is the
    SHA-256 of the one signer's certificate in hexadecimal, with or without colons. If both are
    given, both must hold. ``timestamp_roots`` may issue a timestamp authority's certificate;
    without them, a timestamp's time is not relied on.
    """

    roots: tuple[x509.Certificate, ...] = ()
    fingerprint: str | None = None
    timestamp_roots: tuple[x509.Certificate, ...] = ()

    def __post_init__(self) -> None:
        if self.fingerprint is None:
            return
        plain = self.fingerprint.replace(":", "").strip().lower()
        if not _FINGERPRINT.fullmatch(plain):
            problem = AuditorError("a fingerprint is the SHA-256 of a certificate: 64 hex digits")
            problem.advice = "ask the signer for it, by another way than the bundle's"
            raise problem
        object.__setattr__(self, "fingerprint", plain)


NOBODY = Trust()


def read_certificates(path: Path) -> tuple[x509.Certificate, ...]:
    """The certificates in a PEM file, or the one in a DER file.

    Raises:
        SignatureError: there are none.
    """
    try:
        content = path.read_bytes()
        if b"-----BEGIN" in content:
            return tuple(x509.load_pem_x509_certificates(content))
        return (x509.load_der_x509_certificate(content),)
    except UNREADABLE as error:
        raise SignatureError(f"{path} holds no certificate: {error}") from error


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate in DER, in lower-case hexadecimal."""
    return certificate.fingerprint(SHA256()).hex()


def check_signer(
    signer: x509.Certificate, chain: tuple[x509.Certificate, ...], trust: Trust, at: datetime
) -> Step:
    """Step 5: whose key it is that signed everything."""
    standing, reason = judge(signer, chain, trust, at)
    subject = signer.subject.rfc4514_string()[:_LONGEST_SUBJECT]
    who = f"{subject}, SHA-256 fingerprint {fingerprint(signer)}"
    if standing is Standing.TRUSTED:
        return holds(5, f"signed by {who}; trusted, valid at {at:%Y-%m-%d %H:%M:%SZ}")
    if standing is Standing.UNCHECKED:
        return undecided(
            5, f"the signature holds, but the signer's identity was not checked: it says {who}"
        )
    return fails(5, (f"signer {standing}: {who}{reason}",))


def judge(
    signer: x509.Certificate, chain: tuple[x509.Certificate, ...], trust: Trust, at: datetime
) -> tuple[Standing, str]:
    """How the signer stands at a time, and why if not well."""
    if trust.fingerprint is not None and fingerprint(signer) != trust.fingerprint:
        return Standing.OTHER, f"; expected {trust.fingerprint}"
    if trust.roots:
        return asyncio.run(_judge_path(signer, chain, trust.roots, at))
    if trust.fingerprint is None:
        return Standing.UNCHECKED, ""
    if not signer.not_valid_before_utc <= at <= signer.not_valid_after_utc:
        return Standing.EXPIRED, f"; checked at {at:%Y-%m-%d %H:%M:%SZ}"
    return Standing.TRUSTED, ""


async def _judge_path(
    signer: x509.Certificate,
    chain: tuple[x509.Certificate, ...],
    roots: tuple[x509.Certificate, ...],
    at: datetime,
) -> tuple[Standing, str]:
    try:
        context = ValidationContext(
            trust_roots=[as_asn1(root) for root in roots],
            moment=at,
            allow_fetching=False,
            revocation_mode="soft-fail",
        )
        validator = CertificateValidator(
            as_asn1(signer),
            intermediate_certs=[as_asn1(certificate) for certificate in chain],
            validation_context=context,
        )
        await validator.async_validate_usage({"digital_signature"})  # type: ignore[no-untyped-call]
        if not _may_sign(as_asn1(signer)):
            return Standing.UNKNOWN, "; its certificate is for other purposes than signing"
    except (ExpiredError, NotYetValidError) as error:
        return Standing.EXPIRED, f"; {error}"
    except RevokedError as error:
        return Standing.REVOKED, f"; {error}"
    except UNREADABLE as error:
        return Standing.UNKNOWN, f"; {error}"
    return Standing.TRUSTED, ""


def _may_sign(signer: asn1_x509.Certificate) -> bool:
    """Whether a certificate is for signing, or for no purpose in particular.

    An authority that certifies signers may certify any web server too (RFC 5280, 4.2.1.12).
    """
    purposes = signer.extended_key_usage_value
    return purposes is None or any(each.dotted in _SIGNING_PURPOSES for each in purposes)


def indifferent(signer: asn1_x509.Certificate) -> ValidationContext:
    """A context in which a signature is checked without asking whose it is.

    Whose it is, step 5 decides for all signatures at once. With no roots at all, the library
    would turn to those of the operating system.
    """
    return ValidationContext(trust_roots=[signer], allow_fetching=False)


def as_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    """The same certificate for the libraries that build on asn1crypto."""
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
