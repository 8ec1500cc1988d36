"""SHA-256 digests as clouds write them, bare and in references to images.

Of archives of code, they are in base64. A reference to an image names a digest, which is of one
image for ever, or a tag, which whoever may push can move:
https://github.com/opencontainers/distribution-spec/blob/main/spec.md
"""

import base64
import binascii
import re

from auditor.model import Json, Unknown
from auditor.tables import Maybe

_DIGEST = re.compile(r"(sha256:)?(?P<hex>[0-9a-fA-F]{64})", re.ASCII)
_PINNED = re.compile(r".+@(?P<digest>sha256:[0-9a-f]{64})", re.ASCII | re.DOTALL)
_BYTES = 32
BY_TAG = Unknown("its image is named without a digest, and the answer does not say which it is")


def digest_of(value: Json) -> Maybe[str]:
    """Return a SHA-256 as the tables spell it, from hexadecimal digits or base64."""
    if isinstance(value, Unknown):
        return value
    written = value if isinstance(value, str) else ""
    match = _DIGEST.fullmatch(written)
    if match:
        return f"sha256:{match['hex'].lower()}"
    try:
        decoded = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError):  # letters outside ASCII are a ValueError
        decoded = b""
    if len(decoded) != _BYTES:
        return Unknown("the answer has no SHA-256 of it")
    return f"sha256:{decoded.hex()}"


def pinned_digest(image: str) -> str:
    """Return the digest in a reference to an image; '' if it names a tag, or nothing."""
    match = _PINNED.fullmatch(image)
    return match["digest"] if match else ""


def named_digest(image: Maybe[str]) -> Maybe[str]:
    """Return the digest in a reference to an image, or that there is none."""
    return image if isinstance(image, Unknown) else pinned_digest(image) or BY_TAG


def is_pinned(image: Maybe[str]) -> Maybe[bool]:
    """Return whether a reference to an image names a digest."""
    return image if isinstance(image, Unknown) else bool(pinned_digest(image))
