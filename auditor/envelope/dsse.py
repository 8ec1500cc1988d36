"""The Dead Simple Signing Envelope, version 1, with exactly one signature.

Source: github.com/secure-systems-lab/dsse, ``protocol.md`` and ``envelope.md``.
"""

import base64
import binascii
import hashlib
from dataclasses import asdict, dataclass

import msgspec
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from auditor.errors import SignatureError

PAYLOAD_TYPE = "application/vnd.in-toto+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature; both fields as the envelope spells them."""

    keyid: str
    sig: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A payload in Base64 and who signed it; the fields in the order in which they are written."""

    payload: str
    payloadType: str  # noqa: N815  # the specification's spelling
    signatures: tuple[Signature, ...]


def pre_authentication_encoding(payload: bytes, payload_type: str = PAYLOAD_TYPE) -> bytes:
    """The bytes that are signed: type and payload, each with its length before it."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def key_id(public_key: PublicKeyTypes) -> str:
    """SHA-256 of the key's SubjectPublicKeyInfo in DER, in lower-case hexadecimal."""
    info = public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(info).hexdigest()


def wrap(payload: bytes, *, keyid: str, signature: bytes) -> bytes:
    """The envelope as one line of JSON."""
    envelope = Envelope(
        payload=base64.b64encode(payload).decode(),
        payloadType=PAYLOAD_TYPE,
        signatures=(Signature(keyid=keyid, sig=base64.b64encode(signature).decode()),),
    )
    return msgspec.json.encode(asdict(envelope)) + b"\n"


def unwrap(envelope: bytes) -> tuple[bytes, str, bytes]:
    """The payload, the key id and the signature of an envelope; nothing is verified here.

    Only the exact bytes that ``wrap`` writes are taken, so that no two readers can see two
    different things in one envelope.

    Raises:
        SignatureError: anything else.
    """
    try:
        read = msgspec.json.decode(envelope, type=Envelope)
        payload = base64.b64decode(read.payload, validate=True)
        (only,) = read.signatures
        signature = base64.b64decode(only.sig, validate=True)
    except (msgspec.MsgspecError, binascii.Error, ValueError, RecursionError) as error:
        raise SignatureError(f"the statement's envelope cannot be read: {error}") from error
    if wrap(payload, keyid=only.keyid, signature=signature) != envelope:
        raise SignatureError("the statement's envelope is not in the form that it is written in")
    return payload, only.keyid, signature
