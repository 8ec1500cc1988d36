"""What an attestation's bundle says, before anybody has held its signature against a root.

Sources: https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md and
https://slsa.dev/spec/v1.0/provenance
"""

import base64
import json
from collections.abc import Mapping
from typing import Any

from auditor.model import Json, Unknown
from auditor.spec import dig

_UNREAD = Unknown("the attestation holds no statement that this version reads")
_PROVENANCE = "https://slsa.dev/provenance/"
_KINDS = (
    (_PROVENANCE, "provenance"),
    ("https://spdx.dev/Document", "sbom"),
    ("https://cyclonedx.org/bom", "sbom"),
)
_COLUMNS = ("predicate_type", "kind", "builder", "build_type", "source", "commit", "made")


def read_statement(bundle: Json) -> Mapping[str, Any]:
    """Return the columns of an attestation that its statement tells; unknown if it has none."""
    statement = _statement(bundle)
    if statement is None:
        return dict.fromkeys((*_COLUMNS, "inputs_pinned"), _UNREAD)
    stated = str(statement.get("predicateType"))
    kind = next((kind for start, kind in _KINDS if stated.startswith(start)), "other")
    columns: dict[str, Any] = {"predicate_type": stated, "kind": kind}
    return columns | (_provenance(statement.get("predicate")) if kind == "provenance" else {})


def _statement(bundle: Json) -> Mapping[str, Json] | None:
    payload = dig(bundle, "dsseEnvelope.payload")
    try:
        statement = json.loads(base64.b64decode(payload, validate=True))
    except (TypeError, ValueError, RecursionError):
        return None
    return statement if isinstance(statement, dict) else None


def _provenance(predicate: Json) -> dict[str, Any]:
    """Return what SLSA's provenance says, of version 1 and its predecessor 0.2."""
    builder = dig(predicate, "runDetails.builder.id") or dig(predicate, "builder.id")
    build_type = dig(predicate, "buildDefinition.buildType") or dig(predicate, "buildType")
    inputs = dig(predicate, "buildDefinition.resolvedDependencies")
    inputs = inputs if isinstance(inputs, list) else dig(predicate, "materials")
    inputs = inputs if isinstance(inputs, list) else []
    source = next((each for each in inputs if _commit(each)), None)
    made = dig(predicate, "runDetails.metadata.finishedOn")
    return {
        "builder": _text(builder),
        "build_type": _text(build_type),
        "source": str(dig(source, "uri") or "") if source else "",
        "commit": _commit(source),
        "made": _text(made or dig(predicate, "metadata.buildFinishedOn") or ""),
        "inputs_pinned": all(dig(each, "digest") for each in inputs),
    }


def _commit(material: Json) -> str:
    digest = dig(material, "digest")
    found = (digest.get("gitCommit") or digest.get("sha1")) if isinstance(digest, dict) else ""
    return str(found or "")


def _text(value: Json) -> str | Unknown:
    return value if isinstance(value, str) else _UNREAD
