"""Seals a bundle: signs its report, states what it consists of, and signs that twice.

A bundle is sealed from the inside out, so that each layer covers the ones before it:

    report.pdf → statement.dsse.json over all files → its timestamp
      → SHA256SUMS over all of these → SHA256SUMS.p7s

No file is outside: SHA256SUMS lists all but itself and its signature, and a verifier demands
both. The signed statement says whether there must be a timestamp. The signature over SHA256SUMS
needs none of its own: what that file may say follows from the statement, which has one.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import (
    PKCS7Options,
    PKCS7SignatureBuilder,
)

from auditor.envelope import dsse, files
from auditor.envelope.segments import seal_evidence
from auditor.envelope.statement import Predicate, Statement, UnsignedReport, encode_statement
from auditor.errors import BundleError, SignatureError
from auditor.sign.instructions import instructions
from auditor.sign.keys import SigningKey
from auditor.sign.pdf import sign_pdf
from auditor.sign.timestamps import TimestampAuthority


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a bundle comes from, as far as its files do not say."""

    tool: str  # name and version, such as "auditor 0.1.0"
    collections: tuple[str, ...]  # ids of the collections whose evidence it holds


def seal_bundle(
    bundle: Path, key: SigningKey, origin: Origin, tsa: TimestampAuthority | None = None
) -> None:
    """Sign everything in a folder; afterwards it is a bundle that can be verified.

    Nothing is written before everything is signed, so a failure leaves the folder as it was.

    Raises:
        BundleError: the folder is sealed already, or holds what a bundle may not hold.
        EvidenceError: the evidence cannot be read.
        SignatureError: signing or timestamping failed.
    """
    if any((bundle / name).exists() for name in files.NOT_SUBJECTS):
        raise BundleError(f"{bundle} is sealed already; unseal it first")
    evidence = seal_evidence(bundle)
    contents, report = _signed_report(bundle / files.REPORT, key, tsa)
    contents[files.SIGNER] = key.pem
    text = instructions(key, timestamped=tsa is not None, with_report=report is not None)
    contents[files.INSTRUCTIONS] = text.encode()
    digests = _digests(bundle, contents)
    predicate = Predicate(
        tool=origin.tool,
        collections=origin.collections,
        evidence=evidence,
        report=report,
        results_sha256=digests.get(files.RESULTS),
        timestamped=tsa is not None,
        ephemeral_key=key.ephemeral,
    )
    payload = encode_statement(Statement(subjects=digests, predicate=predicate))
    # The statement first and the report last: whenever this is cut short, the statement tells
    # ``unseal_bundle`` how long the unsigned report was.
    for name, content in (_seals(digests, payload, key, tsa) | contents).items():
        (bundle / name).parent.mkdir(exist_ok=True)
        write_whole(bundle / name, content)


def _signed_report(
    path: Path, key: SigningKey, tsa: TimestampAuthority | None
) -> tuple[dict[str, bytes], UnsignedReport | None]:
    if not path.exists():
        return {}, None
    unsigned = path.read_bytes()
    report = UnsignedReport(length=len(unsigned), sha256=files.digest(unsigned))
    return {files.REPORT: sign_pdf(unsigned, key, tsa)}, report


def _digests(bundle: Path, contents: Mapping[str, bytes]) -> dict[str, str]:
    listing = files.list_files(bundle)
    if listing.faults:
        raise BundleError(f"{bundle} cannot be sealed:\n" + "\n".join(listing.faults))
    kept = {n: files.digest_file(p) for n, p in listing.files.items() if n not in contents}
    return kept | {name: files.digest(content) for name, content in contents.items()}


def _seals(
    digests: dict[str, str], payload: bytes, key: SigningKey, tsa: TimestampAuthority | None
) -> dict[str, bytes]:
    signature = sign_bytes(dsse.pre_authentication_encoding(payload), key)
    keyid = dsse.key_id(key.certificate.public_key())
    envelope = dsse.wrap(payload, keyid=keyid, signature=signature)
    seals = {files.STATEMENT: envelope}
    if tsa:
        seals[files.STATEMENT_TIMESTAMP] = tsa.stamp(envelope)
    listed = digests | {name: files.digest(content) for name, content in seals.items()}
    seals[files.SUMS] = files.format_sums(listed)
    seals[files.SUMS_SIGNATURE] = sign_detached(seals[files.SUMS], key)
    return seals


def sign_bytes(data: bytes, key: SigningKey) -> bytes:
    """A signature with SHA-256: ECDSA in DER, or RSA with PKCS#1 v1.5 padding.

    Both are what ``openssl dgst -sha256 -verify`` takes without further options.
    """
    if isinstance(key.private, EllipticCurvePrivateKey):
        return key.private.sign(data, ECDSA(SHA256()))
    return key.private.sign(data, PKCS1v15(), SHA256())


def sign_detached(data: bytes, key: SigningKey) -> bytes:
    """A detached CMS signature in PEM (RFC 5652), with all certificates but the root.

    Raises:
        SignatureError: the certificate cannot be used for it.
    """
    options = [PKCS7Options.DetachedSignature, PKCS7Options.Binary]
    try:
        # The signer first: add_signer drops the certificates that were added before it.
        builder = PKCS7SignatureBuilder().set_data(data)
        builder = builder.add_signer(key.certificate, key.private, SHA256())
        for certificate in key.chain:
            if certificate.issuer != certificate.subject:
                builder = builder.add_certificate(certificate)
        return builder.sign(Encoding.PEM, options)
    except (ValueError, TypeError) as error:
        raise SignatureError(f"{files.SUMS} could not be signed: {error}") from error


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file at once, so that nobody ever sees half of it."""
    partial = path.with_name(f"{path.name}.partial")
    partial.write_bytes(content)
    os.replace(partial, path)
