"""Reads the CMS signatures of packages, and checks them over what they were made for.

Only the signature is checked, not who issued the certificate: for apps the certificate itself is
what is pinned (Android), or Apple's servers decide about it (iOS).

Source: RFC 5652
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from asn1crypto import cms

from auditor.apps.public_keys import HASHES, key_of, signature_holds
from auditor.errors import PackageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One signer of a CMS.

    Attributes:
        certificate: in DER.
        holds: the signature is by it, over the content.
        weak: it rests on SHA-1.
    """

    certificate: bytes
    holds: bool
    weak: bool


def read_signers(encoded: bytes, content: bytes | None) -> list[Signed]:
    """Return the signers of a CMS, with its own content or that which it was made for.

    Args:
        content: what a detached signature is over; None takes the content inside.

    Raises:
        PackageError: it is no CMS, or lacks the certificate of a signer.
    """
    try:
        return list(_signers(encoded, content))
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise PackageError(f"its signature is no CMS: {error}") from error


def content_of(encoded: bytes) -> bytes:
    """Return what a CMS carries.

    Raises:
        PackageError: it is no CMS, or carries nothing.
    """
    try:
        inner = cms.ContentInfo.load(encoded)["content"]["encap_content_info"]["content"].native
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise PackageError(f"a signed part is no CMS: {error}") from error
    if not isinstance(inner, bytes):
        raise PackageError("a signed part carries nothing")
    return inner


def _signers(encoded: bytes, content: bytes | None) -> Iterator[Signed]:
    info = cms.ContentInfo.load(encoded)
    if info["content_type"].native != "signed_data":
        raise ValueError("another kind of message")
    data = info["content"]
    body = data["encap_content_info"]["content"].native if content is None else content
    held = [each.chosen for each in data["certificates"] or () if each.name == "certificate"]
    for signer in data["signer_infos"]:
        certificate = _certificate(signer, held).dump()
        digest = signer["digest_algorithm"]["algorithm"].native
        known = digest in HASHES and isinstance(body, bytes)
        holds = known and _holds(signer, certificate, digest, body)
        yield Signed(certificate=certificate, holds=bool(holds), weak=digest == "sha1")


def _certificate(signer: Any, held: list[Any]) -> Any:
    named = signer["sid"]
    for each in held:
        if named.name == "issuer_and_serial_number":
            same = each.issuer.dump() == named.chosen["issuer"].dump()
            if same and each.serial_number == named.chosen["serial_number"].native:
                return each
        elif each.key_identifier == named.chosen.native:
            return each
    raise ValueError("a signer has no certificate in it")


def _holds(signer: Any, certificate: bytes, digest: str, body: bytes) -> bool:
    attributes = signer["signed_attrs"]
    signed = body
    if attributes:
        given = {each["type"].native: each["values"] for each in attributes}
        digests = given.get("message_digest")
        own = hashlib.new(digest, body).digest()
        if digests is None or len(digests) != 1 or digests[0].native != own:
            return False
        signed = attributes.untag().dump()
    pss = signer["signature_algorithm"]["algorithm"].native == "rsassa_pss"
    key = key_of(certificate)
    return signature_holds(key, signer["signature"].native, signed, digest, pss=pss)
