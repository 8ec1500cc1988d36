"""Steps 3 and 4: the signature over SHA256SUMS, and the signed statement."""

import asyncio
import base64
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import cms, pem
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.validation import StandardCMSSignatureStatus, async_validate_detached_cms

from auditor.envelope import dsse, files
from auditor.envelope.statement import Predicate, Statement, decode_statement
from auditor.errors import SignatureError
from auditor.verify.contents import Contents, open_contents
from auditor.verify.hostile import UNREADABLE
from auditor.verify.trust import as_asn1, indifferent

_SIGNATURE_ALGORITHMS = ("sha256_ecdsa", "sha256_rsa", "rsassa_pkcs1v15")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """The certificates that a bundle carries for its signer; nothing says yet that they hold."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]


def read_signer(contents: Contents) -> Signer:
    """The certificates in signer.pem, the signer's own first.

    Raises:
        SignatureError: the file is missing or holds no certificates.
    """
    try:
        own, *chain = x509.load_pem_x509_certificates(contents.read(files.SIGNER))
        for certificate in (own, *chain):
            _read_through(certificate)
    except UNREADABLE as error:
        raise SignatureError(f"{files.SIGNER}: holds no certificate: {error}") from error
    return Signer(certificate=own, chain=tuple(chain))


def _read_through(certificate: x509.Certificate) -> None:
    """Raise now what this library would raise later: it parses each field when asked for it."""
    certificate.public_key()
    certificate.subject.rfc4514_string()
    certificate.issuer.rfc4514_string()
    assert certificate.not_valid_before_utc <= certificate.not_valid_after_utc


def check_list_signature(contents: Contents, signer: Signer) -> str:
    """Step 3: SHA256SUMS.p7s is the signer's signature over SHA256SUMS. Says so if it is.

    Raises:
        SignatureError: it is not.
    """
    armored, signed = contents.read(files.SUMS_SIGNATURE), contents.read(files.SUMS)
    name = files.SUMS_SIGNATURE
    try:
        kind, _, encoded = pem.unarmor(armored)
        content = cms.ContentInfo.load(encoded, strict=True)
        _require_plain_form(content, signer)
        status = asyncio.run(_validate(signed, content["content"], signer))
        used = status.signing_cert.dump()
        again = content.dump(force=True)
    except UNREADABLE as error:
        raise SignatureError(f"{name}: cannot be read: {error or type(error).__name__}") from error
    if armored != _armor(kind, encoded) or again != encoded:
        raise SignatureError(f"{name}: is not in the form that it is written in")
    if not (status.intact and status.valid):
        raise SignatureError(f"{name}: the signature over {files.SUMS} does not hold")
    if used != signer.certificate.public_bytes(Encoding.DER):
        raise SignatureError(f"{name}: was made by another signer than {files.SIGNER} names")
    return f"{name} holds over {files.SUMS}"


async def _validate(
    signed: bytes, data: cms.SignedData, signer: Signer
) -> StandardCMSSignatureStatus:
    context = indifferent(as_asn1(signer.certificate))
    return await async_validate_detached_cms(signed, data, signer_validation_context=context)


def _armor(kind: str, encoded: bytes) -> bytes:
    text = base64.b64encode(encoded).decode()
    lines = [text[start : start + 64] for start in range(0, len(text), 64)]
    return "\n".join([f"-----BEGIN {kind}-----", *lines, f"-----END {kind}-----\n"]).encode()


def _require_plain_form(content: cms.ContentInfo, signer: Signer) -> None:
    """Refuse whatever a signature does not cover and our signatures do not have."""
    data = content["content"]
    (info,) = data["signer_infos"]
    (digest,) = data["digest_algorithms"]
    expected = {
        certificate.public_bytes(Encoding.DER)
        for certificate in (signer.certificate, *signer.chain)
        if certificate is signer.certificate or certificate.issuer != certificate.subject
    }
    if {certificate.dump() for certificate in data["certificates"]} != expected:
        raise SignatureError(
            f"{files.SUMS_SIGNATURE}: was made by another signer than {files.SIGNER} names"
        )
    plain = (
        content["content_type"].native == "signed_data"
        and data["version"].native == info["version"].native == "v1"
        and data["encap_content_info"]["content_type"].native == "data"
        and data["encap_content_info"]["content"].native is None
        and data["crls"].native is None
        and info["unsigned_attrs"].native is None
        and digest["algorithm"].native == info["digest_algorithm"]["algorithm"].native == "sha256"
        and digest["parameters"].native is info["digest_algorithm"]["parameters"].native is None
        and info["signature_algorithm"]["algorithm"].native in _SIGNATURE_ALGORITHMS
        and info["signature_algorithm"]["parameters"].native is None
        # Byte by byte: as names, "Example" and "eXAMPLE" are equal.
        and info["sid"].chosen["issuer"].dump() == as_asn1(signer.certificate).issuer.dump()
    )
    if not plain:
        raise SignatureError(
            f"{files.SUMS_SIGNATURE}: holds more, or something else, than one plain signature"
        )


def check_statement(contents: Contents, signer: Signer) -> tuple[Statement, list[str]]:
    """Step 4: the statement is signed, and its subjects are the files that SHA256SUMS lists.

    Returns the statement and a fault for each file about which the two lists disagree.

    Raises:
        SignatureError: the signature does not hold, or there is no statement to speak of.
    """
    payload, keyid, signature = dsse.unwrap(contents.read(files.STATEMENT))
    public = signer.certificate.public_key()
    if keyid != dsse.key_id(public):
        raise SignatureError(
            f"{files.STATEMENT}: was signed with another key than {files.SIGNER} names"
        )
    signed = dsse.pre_authentication_encoding(payload)
    try:
        if isinstance(public, EllipticCurvePublicKey):
            public.verify(signature, signed, ECDSA(SHA256()))
        elif isinstance(public, RSAPublicKey):
            public.verify(signature, signed, PKCS1v15(), SHA256())
        else:
            raise SignatureError(f"{files.SIGNER}: the key is neither elliptic-curve nor RSA")
    except InvalidSignature as error:
        raise SignatureError(f"{files.STATEMENT}: the signature does not hold") from error
    statement = decode_statement(payload)
    return statement, _disagreements(statement, contents)


def sealed_predicate(bundle: Path) -> Predicate:
    """What the statement of a bundle says beyond its files, read without verifying anything.

    For those who compare with it what they recompute, after a verification.

    Raises:
        SignatureError: there is no statement, or it cannot be read.
    """
    payload, _, _ = dsse.unwrap(open_contents(bundle).read(files.STATEMENT))
    return decode_statement(payload).predicate


def _disagreements(statement: Statement, contents: Contents) -> list[str]:
    listed = {n: d for n, d in contents.listed.items() if n not in files.NOT_SUBJECTS}
    faults = [
        f"{files.shown(name)}: {_disagreement(name, listed, statement)}"
        for name in sorted({*listed, *statement.subjects})
        if listed.get(name) != statement.subjects.get(name)
    ]
    if statement.predicate.results_sha256 != statement.subjects.get(files.RESULTS):
        faults.append(f"{files.RESULTS}: the statement gives two digests for it")
    return faults


def _disagreement(name: str, listed: dict[str, str], statement: Statement) -> str:
    if name not in listed:
        return f"the statement names it, {files.SUMS} does not"
    if name not in statement.subjects:
        return f"{files.SUMS} names it, the statement does not"
    return "is not the file that the statement names"
