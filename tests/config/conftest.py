"""A folder with every file that a full audit.yaml names."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tests.config.examples import FULL, ROSTER, WAIVERS, write_config


@pytest.fixture(scope="package")
def certificate() -> x509.Certificate:
    """A self-signed certificate."""
    key = Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Jane")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=30))
        .sign(key, None)
    )


@pytest.fixture
def folder(tmp_path: Path, certificate: x509.Certificate) -> Path:
    """A folder with every file that FULL names."""
    write_config(tmp_path, FULL)
    (tmp_path / "roster.csv").write_text(ROSTER)
    (tmp_path / "waivers.yaml").write_text(WAIVERS)
    (tmp_path / "statements").mkdir()
    (tmp_path / "statements" / "b.json").write_text("{}")
    (tmp_path / "statements" / "a.json").write_text("{}")
    (tmp_path / "jane.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (tmp_path / "mine").mkdir()
    (tmp_path / "key.p12").write_bytes(b"")
    return tmp_path
