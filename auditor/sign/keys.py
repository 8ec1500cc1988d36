"""Keys that sign bundles: read from PEM or PKCS#12, or made for one demonstration."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    load_pem_private_key,
    pkcs12,
)

from auditor.errors import SigningKeyError

PrivateKey = EllipticCurvePrivateKey | RSAPrivateKey
_CURVES = ("secp256r1", "secp384r1")
_FEWEST_RSA_BITS = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A private key with its certificate, and what a verifier needs to trust it."""

    private: PrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]  # issuer first, the root last if it is known
    revocation_lists: tuple[x509.CertificateRevocationList, ...] = ()
    ephemeral: bool = False  # made for one run: shows integrity, names nobody

    def __repr__(self) -> str:
        return f"SigningKey({self.certificate.subject.rfc4514_string()})"

    @property
    def pem(self) -> bytes:
        """The certificates, the signer's first."""
        return b"".join(c.public_bytes(Encoding.PEM) for c in (self.certificate, *self.chain))


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySource:
    """Where a signing key lies. The password is named, never held."""

    path: Path  # PKCS#12, or a private key in PEM, with or without its certificates
    certificates: Path | None = None  # PEM, the signer's among them
    revocation_lists: tuple[Path, ...] = ()  # PEM or DER
    password_variable: str | None = None
    password_file: Path | None = None


def load_signing_key(
    source: KeySource, *, environment: Mapping[str, str] = os.environ, now: datetime | None = None
) -> SigningKey:
    """Read a signing key and make sure that it can sign a bundle at ``now`` (default: the clock).

    Raises:
        SigningKeyError: a file or the password is missing or wrong, no certificate belongs to the
            key, or the certificate is not for signing now.
    """
    password = _password(source, environment)
    content = _read(source.path)
    try:
        private, found = _key_and_certificates(content, password)
        if source.certificates:
            found += _certificates(_read(source.certificates))
        lists = tuple(_revocation_list(_read(path)) for path in source.revocation_lists)
    except (ValueError, TypeError, x509.InvalidVersion) as error:
        raise SigningKeyError(f"{source.path}: the signing key cannot be read: {error}") from error
    key = _assemble(_supported(private, source.path), found, lists, source.path)
    _check_purpose(key.certificate, now or datetime.now(UTC), source.path)
    return key


def _password(source: KeySource, environment: Mapping[str, str]) -> bytes | None:
    if source.password_file:
        return _read(source.password_file).rstrip(b"\r\n")
    if source.password_variable:
        try:
            return environment[source.password_variable].encode()
        except KeyError as error:
            raise SigningKeyError(
                f"the variable {source.password_variable}, which should hold the password of "
                f"{source.path}, is not set"
            ) from error
    return None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SigningKeyError(f"{path} cannot be read: {error.strerror}") from error


def _key_and_certificates(
    content: bytes, password: bytes | None
) -> tuple[object, list[x509.Certificate]]:
    if b"-----BEGIN" in content:
        return load_pem_private_key(content, password), _certificates(content)
    store = pkcs12.load_pkcs12(content, password)
    entries = (store.cert, *store.additional_certs)
    return store.key, [entry.certificate for entry in entries if entry]


def _certificates(content: bytes) -> list[x509.Certificate]:
    if b"-----BEGIN CERTIFICATE-----" not in content:
        return []
    return x509.load_pem_x509_certificates(content)


def _revocation_list(content: bytes) -> x509.CertificateRevocationList:
    if b"-----BEGIN" in content:
        return x509.load_pem_x509_crl(content)
    return x509.load_der_x509_crl(content)


def _supported(private: object, path: Path) -> PrivateKey:
    if isinstance(private, EllipticCurvePrivateKey) and private.curve.name in _CURVES:
        return private
    if isinstance(private, RSAPrivateKey) and private.key_size >= _FEWEST_RSA_BITS:
        return private
    raise SigningKeyError(
        f"{path}: the private key must be P-256, P-384, or RSA with at least "
        f"{_FEWEST_RSA_BITS} bits"
    )


def _assemble(
    private: PrivateKey,
    found: Sequence[x509.Certificate],
    lists: tuple[x509.CertificateRevocationList, ...],
    path: Path,
) -> SigningKey:
    public = private.public_key()
    own = next((c for c in found if c.public_key() == public), None)
    if own is None:
        raise SigningKeyError(f"{path}: none of the certificates belongs to the private key")
    return SigningKey(
        private=private,
        certificate=own,
        chain=_ordered_chain(own, found),
        revocation_lists=lists,
    )


def _ordered_chain(
    leaf: x509.Certificate, found: Sequence[x509.Certificate]
) -> tuple[x509.Certificate, ...]:
    chain: list[x509.Certificate] = []
    current = leaf
    while issuer := next(
        (c for c in found if c not in (current, *chain) and _issued(c, current)), None
    ):
        chain.append(issuer)
        current = issuer
    return tuple(chain)


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _check_purpose(certificate: x509.Certificate, now: datetime, path: Path) -> None:
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        raise SigningKeyError(
            f"{path}: the certificate is valid from {certificate.not_valid_before_utc:%Y-%m-%d} "
            f"to {certificate.not_valid_after_utc:%Y-%m-%d} only"
        )
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not usage.digital_signature:
        raise SigningKeyError(f"{path}: the certificate's key usage lacks digitalSignature")
