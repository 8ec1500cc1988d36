"""Reads envelopes of signed statements: DSSE, alone or within a Sigstore bundle.

Sources: github.com/secure-systems-lab/dsse, ``envelope.md``; github.com/sigstore/protobuf-specs,
``sigstore_bundle.proto``.
"""

import base64
import binascii
from dataclasses import dataclass

import msgspec

from auditor.errors import ProvenanceError
from auditor.model import Json
from auditor.provenance.strict_json import MOST_BYTES, read_json

STATEMENTS = "application/vnd.in-toto+json"
BUNDLES = (
    "application/vnd.dev.sigstore.bundle+json;version=0.1",
    "application/vnd.dev.sigstore.bundle+json;version=0.2",
    "application/vnd.dev.sigstore.bundle+json;version=0.3",
    "application/vnd.dev.sigstore.bundle.v0.3+json",
)
_MOST_SIGNATURES = 64
_MOST_LINES = 10_000
_URL_SAFE = str.maketrans("-_", "+/")


class UnreadVersionError(ProvenanceError):
    """It says that it is of a version that this edition does not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One signed payload, before anybody has checked who signed it.

    Attributes:
        text: JSON of the whole, bundle included, as it was read.
        is_bundle: it is in a Sigstore bundle, which may hold a certificate and log entries.
    """

    text: str
    payload: bytes
    payload_type: str
    signatures: tuple[bytes, ...]
    is_bundle: bool


class _Signature(msgspec.Struct):
    sig: str
    keyid: str | None = None  # a hint that nobody signs; nothing relies on it


class _Dsse(msgspec.Struct):
    payload: str
    payload_type: str = msgspec.field(name="payloadType")
    signatures: list[_Signature]


def split_lines(text: str) -> tuple[str, ...]:
    """Return the texts of JSON Lines, or the one text that it is.

    Raises:
        ProvenanceError: it has too many lines, or is too large.
    """
    if len(text) > MOST_BYTES:
        raise ProvenanceError(f"it is larger than {MOST_BYTES} bytes")
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or not _is_whole(lines[0]):  # noqa: PLR2004
        return (text,)
    if len(lines) > _MOST_LINES:
        raise ProvenanceError(f"it has more than {_MOST_LINES} lines")
    return tuple(lines)


def _is_whole(line: str) -> bool:
    """Whether the first line alone is an object: then every line is to be one."""
    try:
        return isinstance(read_json(line), dict)
    except ProvenanceError:
        return False


def is_envelope(value: Json) -> bool:
    """Whether JSON looks like a DSSE envelope or a Sigstore bundle, whole or broken."""
    return isinstance(value, dict) and bool(
        {"payloadType", "dsseEnvelope", "verificationMaterial"} & set(value)
    )


def read_envelope(text: str) -> Envelope:
    """Return the envelope of one text.

    Raises:
        ProvenanceError: it is none, or one of a kind or version that is not read.
    """
    return envelope_of(read_json(text), text)


def envelope_of(value: Json, text: str) -> Envelope:
    """Return the envelope of JSON that was read already, with the text that it was read from."""
    if not is_envelope(value):
        raise ProvenanceError("it is neither a DSSE envelope nor a Sigstore bundle")
    is_bundle = "payloadType" not in value
    if is_bundle:
        value = _inside_bundle(value)
    try:
        dsse = msgspec.convert(value, type=_Dsse)
    except msgspec.ValidationError as error:
        raise ProvenanceError(f"its envelope is no DSSE: {error}") from error
    if len(dsse.signatures) > _MOST_SIGNATURES:
        raise ProvenanceError(f"its envelope has more than {_MOST_SIGNATURES} signatures")
    return Envelope(
        text=text,
        payload=_decode(dsse.payload, "payload"),
        payload_type=dsse.payload_type,
        signatures=tuple(_decode(each.sig, "signature") for each in dsse.signatures),
        is_bundle=is_bundle,
    )


def _inside_bundle(bundle: dict[str, Json]) -> Json:
    media_type = bundle.get("mediaType")
    if media_type not in BUNDLES:
        stated = f"{media_type!a}"[:99]
        raise UnreadVersionError(f"it is no Sigstore bundle of versions 0.1 to 0.3: {stated}")
    if "dsseEnvelope" not in bundle:
        raise ProvenanceError("its bundle signs a file, and holds no statement about it")
    return bundle["dsseEnvelope"]


def _decode(encoded: str, what: str) -> bytes:
    """Decode Base64, standard or safe for addresses: DSSE allows either."""
    try:
        return base64.b64decode(encoded.translate(_URL_SAFE), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ProvenanceError(f"its {what} is no Base64: {error}") from error
