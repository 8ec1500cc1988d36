"""SHA-256 digests as clouds write them: of archives of code, both do so in base64."""

import base64
import binascii
import re

from auditor.model import Json, Unknown
from auditor.tables import Maybe

_DIGEST = re.compile(r"(sha256:)?(?P<hex>[0-9a-fA-F]{64})", re.ASCII)
_BYTES = 32


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
