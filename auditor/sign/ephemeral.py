"""Makes a key for one demonstration: it shows that nothing changed, and names nobody."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from auditor.sign.keys import SigningKey

EPHEMERAL = "EPHEMERAL – NOT AN IDENTITY"  # noqa: RUF001  # the dash is meant
_DOCUMENT_SIGNING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336
_VALIDITY = timedelta(days=3650)


def ephemeral_key(now: datetime | None = None) -> SigningKey:
    """A new P-256 key under a new root, both labelled ``EPHEMERAL``, valid for ten years."""
    start = (now or datetime.now(UTC)) - timedelta(minutes=5)
    root_key, leaf_key = generate_private_key(SECP256R1()), generate_private_key(SECP256R1())
    root_name, leaf_name = _name("root"), _name("signer")
    root = _builder(root_name, root_name, root_key.public_key(), root_key, start)
    leaf = _builder(leaf_name, root_name, leaf_key.public_key(), root_key, start)
    purposes = x509.ExtendedKeyUsage([_DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION])
    return SigningKey(
        private=leaf_key,
        certificate=leaf.add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
        .add_extension(_usage(authority=False), True)
        .add_extension(purposes, False)
        .sign(root_key, SHA256()),
        chain=(
            root.add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
            .add_extension(_usage(authority=True), True)
            .sign(root_key, SHA256()),
        ),
        ephemeral=True,
    )


def _name(role: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{EPHEMERAL} ({role})")])


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    public: EllipticCurvePublicKey,
    issuer_key: EllipticCurvePrivateKey,
    start: datetime,
) -> x509.CertificateBuilder:
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + _VALIDITY)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), False)
        .add_extension(authority, False)
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
