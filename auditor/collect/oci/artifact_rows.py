"""Rows of ``artifacts``, built alike for every service of Oracle Cloud, and digests as it writes.

A digest stands in hexadecimal digits, or in base64 where it is of an archive of code.
"""

import base64
import binascii
import re
from typing import Any

from auditor.collect.oci.reading import moment, text
from auditor.collect.oci.service_rows import NO_SIZE
from auditor.model import Json, Unknown
from auditor.spec import Found
from auditor.tables import Artifact, Maybe

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


def artifact_of(found: Found, *, kind: str, digest: Maybe[str], **columns: Any) -> Artifact:
    """Return something that was built and is kept where the listing was asked.

    Args:
        columns: any other column of the table, in place of the default: its id, name and moment
            are those of the item, its size is unknown, no tag points to it, nothing signed it.
    """
    settled: dict[str, Any] = {"size_bytes": NO_SIZE, **columns}
    if "id" not in settled:
        settled["id"] = text(found, "item.id")
    if "name" not in settled:
        settled["name"] = text(found, "item.displayName")
    if "made" not in settled:
        settled["made"] = moment(found.read("item.timeCreated"))
    return Artifact(
        evidence=found.evidence,
        provider="oci",
        account=found.place["account"],
        region=found.place["region"],
        kind=kind,
        digest=digest,
        **settled,
    )
