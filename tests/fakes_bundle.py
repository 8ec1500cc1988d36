"""A small bundle with everything that a real one has, and keys to seal it with."""

import hashlib
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import zstandard
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

from auditor.envelope import canonical
from auditor.sign import Origin, SigningKey, TimestampAuthority, ephemeral_key, seal_bundle

BORN = datetime(2026, 1, 1, tzinfo=UTC)
DIES = BORN + timedelta(days=3650)
NOW = datetime(2026, 6, 1, tzinfo=UTC)
ORIGIN = Origin(tool="auditor 0.1.0", collections=("c-1",))
RECORDS_PER_SEGMENT = 5
MASTER = hashlib.sha256(b"a salt for tests").hexdigest()


def records(count: int) -> list[bytes]:
    """Canonical evidence lines; some names in them are hostile."""
    names = ("logs", "\u202egpj.exe", "<script>alert(1)</script>", "a\nb", "\x00", "😀" * 50)
    return [
        canonical({"index": i, "operation": "GetBucket", "body": {"Name": names[i % len(names)]}})
        for i in range(count)
    ]


def write_segment(path: Path, lines: Iterable[bytes]) -> None:
    """Write one evidence segment."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(zstandard.compress(b"".join(line + b"\n" for line in lines)))


@cache
def blank_pdf() -> bytes:
    """A PDF of one empty page that ends, like a renderer's, without a line feed."""
    writer = PdfFileWriter()  # type: ignore[no-untyped-call]
    contents = writer.add_object(generic.StreamObject(stream_data=b"q Q"))
    size = generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842)))
    page = PageObject(contents=contents, media_box=size)  # type: ignore[no-untyped-call]
    writer.insert_page(page)  # type: ignore[no-untyped-call]
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue().rstrip(b"\n")


def write_unsealed(folder: Path, segments: int = 3, pdf: bytes | None = None) -> Path:
    """Write what an audit leaves before it is sealed."""
    folder.mkdir()
    (folder / "audit.json").write_bytes(b'{"id":"a-1"}\n')
    (folder / "results.json").write_bytes(b'{"controls":[{"id":"A-02","verdict":"fail"}]}\n')
    (folder / "report.html").write_bytes(b"<!doctype html><title>Report</title>\n")
    (folder / "report.pdf").write_bytes(pdf or blank_pdf())
    (folder / "policies" / "ttp-2020").mkdir(parents=True)
    (folder / "policies" / "ttp-2020" / "pack.yaml").write_bytes(b"id: ttp-2020\n")
    (folder / "facts").mkdir()
    (folder / "facts" / "stores.parquet").write_bytes(b"PAR1 not really PAR1")
    lines = records(segments * RECORDS_PER_SEGMENT)
    for number in range(segments):
        start = number * RECORDS_PER_SEGMENT
        path = folder / "evidence" / f"{number + 1:06d}.jsonl.zst"
        write_segment(path, lines[start : start + RECORDS_PER_SEGMENT])
    (folder / "evidence").mkdir(exist_ok=True)
    (folder / "evidence" / "salt").write_text(MASTER)
    return folder


def write_bundle(
    folder: Path, key: SigningKey | None = None, tsa: TimestampAuthority | None = None
) -> Path:
    """Write a sealed bundle."""
    seal_bundle(write_unsealed(folder), key or company_key(), ORIGIN, tsa)
    return folder


@cache
def stranger_key() -> SigningKey:
    """A key that nobody trusts."""
    return ephemeral_key(BORN)


@cache
def company_key() -> SigningKey:
    """A P-256 key under an issuing authority under a root, with an empty revocation list."""
    return issue("Report Signing 2026", ec.generate_private_key(ec.SECP256R1()))


@cache
def rsa_key() -> SigningKey:
    """An RSA key under the same root."""
    return issue("RSA Signing 2026", rsa.generate_private_key(65537, 2048))


@cache
def expired_key() -> SigningKey:
    """A key whose certificate was valid for one day."""
    days = timedelta(days=1)
    return issue("Expired 2026", ec.generate_private_key(ec.SECP256R1()), valid=days)


@cache
def authority(name: str) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """A certificate authority: ``root``, or one below it."""
    key = ec.generate_private_key(ec.SECP256R1())
    parent = None if name == "root" else authority("root")
    return key, certificate(name, key, parent, is_authority=True)


def issue(
    name: str,
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    *,
    purposes: Sequence[x509.ObjectIdentifier] = (
        x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36"),
        ExtendedKeyUsageOID.EMAIL_PROTECTION,
    ),
    valid: timedelta = DIES - BORN,
) -> SigningKey:
    """A key with a certificate from the issuing authority."""
    issuer = authority("issuing")
    own = certificate(name, key, issuer, purposes=purposes, valid=valid)
    return SigningKey(private=key, certificate=own, chain=(issuer[1], authority("root")[1]))


def revocation_list(name: str) -> x509.CertificateRevocationList:
    """An empty revocation list of an authority."""
    key, own = authority(name)
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())
    return (
        x509.CertificateRevocationListBuilder()
        .issuer_name(own.subject)
        .last_update(BORN)
        .next_update(DIES)
        .add_extension(identifier, False)
        .add_extension(x509.CRLNumber(1), False)
        .sign(key, SHA256())
    )


def certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    issuer: tuple[ec.EllipticCurvePrivateKey, x509.Certificate] | None,
    *,
    purposes: Sequence[x509.ObjectIdentifier] = (),
    valid: timedelta = DIES - BORN,
    is_authority: bool = False,
) -> x509.Certificate:
    """A certificate; without an issuer it signs itself."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Test {name}")])
    signing_key = issuer[0] if issuer else key
    usage = x509.KeyUsage(
        not is_authority, not is_authority, False, False, False, is_authority, is_authority,
        False, False,
    )  # fmt: skip
    own_id = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    issuer_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key())
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[1].subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BORN)
        .not_valid_after(BORN + valid)
        .add_extension(x509.BasicConstraints(is_authority, None), True)
        .add_extension(usage, True)
        .add_extension(own_id, False)
        .add_extension(issuer_id, False)
    )
    if purposes:
        only_stamps = list(purposes) == [ExtendedKeyUsageOID.TIME_STAMPING]
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), only_stamps)
    return builder.sign(signing_key, SHA256())
