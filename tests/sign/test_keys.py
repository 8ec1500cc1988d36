"""Signing keys are read as users have them, and a key that cannot sign is refused with a reason."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from auditor.errors import SignatureError
from auditor.sign import EPHEMERAL, KeySource, SigningKey, ephemeral_key, load_signing_key
from tests.fakes_bundle import (
    BORN,
    DIES,
    NOW,
    authority,
    certificate,
    company_key,
    revocation_list,
    rsa_key,
)

PASSWORD = "correct horse battery staple"


def pem(key: SigningKey, password: str | None = None) -> bytes:
    """The private key in PEM."""
    lock: KeySerializationEncryption = (
        BestAvailableEncryption(password.encode()) if password else NoEncryption()
    )
    return key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)


def write(path: Path, content: bytes) -> Path:
    """Write a file and return its path."""
    path.write_bytes(content)
    return path


def load(source: KeySource, now: datetime = NOW, **environment: str) -> SigningKey:
    """Load at a fixed time."""
    return load_signing_key(source, environment=environment, now=now)


@pytest.mark.parametrize("make", [company_key, rsa_key])
def test_reads_pem_with_certificates_in_any_order(tmp_path: Path, make: object) -> None:
    """The chain is put in order, whatever the order in the file."""
    assert callable(make)
    key: SigningKey = make()
    root, issuing = (c.public_bytes(Encoding.PEM) for c in reversed(key.chain))
    own = key.certificate.public_bytes(Encoding.PEM)
    source = KeySource(
        path=write(tmp_path / "key.pem", pem(key, PASSWORD)),
        certificates=write(tmp_path / "chain.pem", root + own + issuing),
        password_variable="KEY_PASSWORD",
    )

    loaded = load(source, KEY_PASSWORD=PASSWORD)

    assert loaded.certificate == key.certificate
    assert loaded.chain == key.chain
    assert PASSWORD not in repr(loaded)


def test_reads_pkcs12_with_the_password_from_a_file(tmp_path: Path) -> None:
    """A line feed at the end of the password file is not part of the password."""
    key = company_key()
    content = pkcs12.serialize_key_and_certificates(
        b"signer", key.private, key.certificate, key.chain, BestAvailableEncryption(b"secret")
    )
    source = KeySource(
        path=write(tmp_path / "key.p12", content),
        password_file=write(tmp_path / "password", b"secret\n"),
    )

    assert load(source).chain == key.chain


def test_reads_revocation_lists_in_pem_and_der(tmp_path: Path) -> None:
    """As authorities publish them."""
    key, one = company_key(), revocation_list("issuing")
    source = KeySource(
        path=write(tmp_path / "key.pem", pem(key) + key.pem),
        revocation_lists=(
            write(tmp_path / "one.crl", one.public_bytes(Encoding.DER)),
            write(tmp_path / "two.crl", one.public_bytes(Encoding.PEM)),
        ),
    )

    assert load(source).revocation_lists == (one, one)


def test_wrong_or_missing_password(tmp_path: Path) -> None:
    """Says which file, and which variable is not set."""
    source = KeySource(
        path=write(tmp_path / "key.pem", pem(company_key(), PASSWORD)),
        password_variable="KEY_PASSWORD",
    )

    with pytest.raises(SignatureError, match=r"key\.pem: the signing key cannot be read"):
        load(source, KEY_PASSWORD="wrong")
    with pytest.raises(SignatureError, match=r"KEY_PASSWORD.*is not set"):
        load(source)


def test_a_certificate_of_another_key_is_refused(tmp_path: Path) -> None:
    """A mix-up is found before anything is signed."""
    source = KeySource(
        path=write(tmp_path / "key.pem", pem(company_key())),
        certificates=write(tmp_path / "c.pem", rsa_key().pem),
    )

    with pytest.raises(SignatureError, match="none of the certificates belongs"):
        load(source)


@pytest.mark.parametrize("now", [BORN - timedelta(days=1), DIES + timedelta(days=1)])
def test_a_certificate_that_is_not_valid_now_is_refused(tmp_path: Path, now: datetime) -> None:
    """Nobody would accept the signature."""
    key = company_key()
    source = KeySource(path=write(tmp_path / "key.pem", pem(key) + key.pem))

    with pytest.raises(SignatureError, match="valid from 2026-01-01 to"):
        load(source, now)


def test_keys_for_other_purposes_are_refused(tmp_path: Path) -> None:
    """An authority's key, a curve or an algorithm that reviewers' tools may not know."""
    key, own = authority("issuing")
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    content = private + own.public_bytes(Encoding.PEM)
    with pytest.raises(SignatureError, match="lacks digitalSignature"):
        load(KeySource(path=write(tmp_path / "ca.pem", content)))

    for other in (ed25519.Ed25519PrivateKey.generate(), ec.generate_private_key(ec.SECP521R1())):
        content = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        with pytest.raises(SignatureError, match="must be P-256, P-384, or RSA"):
            load(KeySource(path=write(tmp_path / "other.pem", content)))


@pytest.mark.parametrize("content", [b"", b"junk", b"-----BEGIN PRIVATE KEY-----\n"])
def test_files_that_hold_no_key(tmp_path: Path, content: bytes) -> None:
    """Named, without a traceback."""
    with pytest.raises(SignatureError, match=r"key\.pem"):
        load(KeySource(path=write(tmp_path / "key.pem", content)))
    with pytest.raises(SignatureError, match="cannot be read"):
        load(KeySource(path=tmp_path / "missing"))


def test_an_ephemeral_key_says_so_in_both_names_and_allows_signing_documents() -> None:
    """Whoever looks at the certificate sees that it identifies nobody."""
    key = ephemeral_key(NOW)

    assert key.ephemeral
    for own in (key.certificate, *key.chain):
        (name,) = own.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        assert EPHEMERAL in str(name.value)
    purposes = [oid.dotted_string for oid in key.certificate.extensions[4].value]
    assert purposes == [
        "1.3.6.1.5.5.7.3.36",
        ExtendedKeyUsageOID.EMAIL_PROTECTION.dotted_string,
    ]
    assert ephemeral_key(NOW).certificate != key.certificate


def test_a_self_signed_certificate_has_no_chain(tmp_path: Path) -> None:
    """It is its own root; whoever trusts it, trusts its fingerprint."""
    key = ec.generate_private_key(ec.SECP384R1())
    own = certificate("Self", key, None)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    content = private + own.public_bytes(Encoding.PEM)

    assert load(KeySource(path=write(tmp_path / "key.pem", content))).chain == ()
