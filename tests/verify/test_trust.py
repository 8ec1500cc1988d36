"""Whether a signer is trusted, and that not having asked is never taken for a yes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from auditor.errors import AuditorError, SignatureError
from auditor.sign import SigningKey
from auditor.verify import Standing, Trust, read_certificates, verify_bundle
from auditor.verify.trust import judge
from tests.fakes_bundle import (
    BORN,
    DIES,
    NOW,
    authority,
    certificate,
    company_key,
    expired_key,
    issue,
    rsa_key,
    stranger_key,
    write_bundle,
)

ROOT = authority("root")[1]
OWN = company_key().certificate.fingerprint(SHA256())
OTHER = rsa_key().certificate.fingerprint(SHA256())


@pytest.mark.parametrize(
    ("key", "trust", "at", "standing"),
    [
        (company_key, Trust(), NOW, Standing.UNCHECKED),
        (company_key, Trust(roots=(ROOT,)), NOW, Standing.TRUSTED),
        (company_key, Trust(roots=(company_key().certificate,)), NOW, Standing.TRUSTED),
        (company_key, Trust(fingerprint=OWN.hex()), NOW, Standing.TRUSTED),
        (company_key, Trust(fingerprint=OWN.hex(":").upper()), NOW, Standing.TRUSTED),
        (company_key, Trust(roots=(ROOT,), fingerprint=OWN.hex()), NOW, Standing.TRUSTED),
        (company_key, Trust(roots=(ROOT,), fingerprint=OTHER.hex()), NOW, Standing.OTHER),
        (company_key, Trust(fingerprint=OTHER.hex()), NOW, Standing.OTHER),
        (company_key, Trust(roots=stranger_key().chain), NOW, Standing.UNKNOWN),
        (stranger_key, Trust(roots=(ROOT,)), NOW, Standing.UNKNOWN),
        (stranger_key, Trust(roots=stranger_key().chain), NOW, Standing.TRUSTED),
        (expired_key, Trust(roots=(ROOT,)), NOW, Standing.EXPIRED),
        (expired_key, Trust(roots=(ROOT,)), BORN + timedelta(hours=1), Standing.TRUSTED),
        (company_key, Trust(roots=(ROOT,)), BORN - timedelta(days=1), Standing.EXPIRED),
        (company_key, Trust(fingerprint=OWN.hex()), DIES + timedelta(days=1), Standing.EXPIRED),
        (company_key, Trust(), DIES + timedelta(days=1), Standing.UNCHECKED),
    ],
)
def test_standing(
    key: Callable[[], SigningKey], trust: Trust, at: datetime, standing: Standing
) -> None:
    """One word for each way in which a signer can stand."""
    signing = key()

    assert judge(signing.certificate, signing.chain, trust, at)[0] is standing


def test_a_certificate_that_may_not_sign_is_unknown() -> None:
    """An authority's own certificate has another purpose."""
    key, own = authority("issuing")

    standing, _ = judge(own, (), Trust(roots=(ROOT,)), NOW)

    assert standing is Standing.UNKNOWN
    assert key.public_key() == own.public_key()


def test_an_issuer_that_is_no_authority_is_unknown() -> None:
    """Whoever has a certificate could otherwise issue more."""
    middle = company_key()
    assert isinstance(middle.private, ec.EllipticCurvePrivateKey)
    issuer = (middle.private, middle.certificate)
    forged = certificate("Forged", ec.generate_private_key(ec.SECP256R1()), issuer)

    standing, _ = judge(forged, (middle.certificate, *middle.chain), Trust(roots=(ROOT,)), NOW)

    assert standing is Standing.UNKNOWN


def test_without_trust_the_report_says_that_nobody_asked(tmp_path: Path) -> None:
    """Open, not held: and the certificate to compare is named."""
    fifth = verify_bundle(write_bundle(tmp_path / "bundle"), None, NOW)[4]

    assert fifth.held is None
    assert "the signature holds, but the signer's identity was not checked" in fifth.detail
    assert OWN.hex() in fifth.detail


def test_a_hostile_name_of_a_signer_is_safe_to_print(tmp_path: Path) -> None:
    """Whoever signs chooses what the certificate says; it must not steer a terminal."""
    hostile = issue("\u202e\x1b[31m\nTRUSTED" * 3, ec.generate_private_key(ec.SECP256R1()))

    for trust in (None, Trust(roots=stranger_key().chain)):
        fifth = verify_bundle(write_bundle(tmp_path / f"{trust is None}", hostile), trust, NOW)[4]
        assert fifth.held is not True
        for text in (fifth.detail, *fifth.faults):
            assert text.isprintable()


@pytest.mark.parametrize("text", ["", "00", "zz" * 32, "0" * 65])
def test_what_is_no_fingerprint_is_refused(text: str) -> None:
    """A truncated fingerprint would be easy to match."""
    with pytest.raises(AuditorError, match="64 hex digits"):
        Trust(fingerprint=text)


def test_certificates_are_read_from_pem_and_der(tmp_path: Path) -> None:
    """A root is handed over in either."""
    for encoding in (Encoding.PEM, Encoding.DER):
        path = tmp_path / str(encoding)
        path.write_bytes(ROOT.public_bytes(encoding))
        assert read_certificates(path) == (ROOT,)

    (tmp_path / "junk").write_bytes(b"junk")
    for name in ("junk", "missing"):
        with pytest.raises(SignatureError, match="holds no certificate"):
            read_certificates(tmp_path / name)


@pytest.mark.parametrize(
    ("purpose", "standing"),
    [
        (ExtendedKeyUsageOID.SERVER_AUTH, Standing.UNKNOWN),
        (ExtendedKeyUsageOID.TIME_STAMPING, Standing.UNKNOWN),
        (ExtendedKeyUsageOID.EMAIL_PROTECTION, Standing.TRUSTED),
        (None, Standing.TRUSTED),
    ],
)
def test_the_certificate_of_a_web_server_signs_no_bundle(
    purpose: x509.ObjectIdentifier | None, standing: Standing
) -> None:
    """An authority that is trusted for signers certifies other things, too."""
    own, root = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    at = datetime(2026, 6, 1, tzinfo=UTC)

    def begin(name: str, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
        subject, issuer = (
            x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, each)]) for each in (name, "root")
        )
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer)
        builder = builder.public_key(key.public_key()).serial_number(len(name))
        return builder.not_valid_before(at - timedelta(9)).not_valid_after(at + timedelta(9))

    anchor = begin("root", root).add_extension(
        x509.BasicConstraints(ca=True, path_length=None), critical=True
    )
    usage = ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")  # fmt: skip
    signer = begin("server", own).add_extension(
        x509.KeyUsage(digital_signature=True, **dict.fromkeys(usage, False)), critical=True
    )
    if purpose is not None:
        signer = signer.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
    trust = Trust(roots=(anchor.sign(root, SHA256()),))
    assert judge(signer.sign(root, SHA256()), (), trust, at)[0] is standing
