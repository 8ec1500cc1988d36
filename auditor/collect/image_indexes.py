"""Which images an index names, read from its own text: a registry's word is not needed.

Source: https://github.com/opencontainers/image-spec/blob/main/image-index.md
"""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from auditor.model import Json, Unknown
from auditor.model.paths import dig
from auditor.tables import Maybe

INDEX_TYPES = (
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
)
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)
_NOWHERE = "unknown"  # a platform on which nothing runs
_OTHER = Unknown("the content of the image index is not the one that its digest is of")
_ODD = Unknown("the image index is not in a form that this version knows")
_NOT_BY_SHA256 = Unknown("the image index names an image otherwise than by its SHA-256")


def images_named_in(manifest: Json, digest: str) -> Maybe[tuple[str, ...]]:
    """Return the digests of the images that an index names, sorted; () for what is no index.

    Records of how an image was built stand among them, for a platform on which nothing runs, and
    are left out: https://docs.docker.com/build/metadata/attestations/attestation-storage/

    Args:
        manifest: the text, whose hash is the digest.
    """
    written = manifest if isinstance(manifest, str) else ""
    hashed = hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()
    if f"sha256:{hashed}" != digest:
        return _OTHER
    try:
        content = json.loads(written, object_pairs_hook=_unambiguous)
    except (ValueError, RecursionError):
        return _ODD
    return _named_in(content) if isinstance(content, Mapping) else _ODD


def _named_in(content: Mapping[str, Json]) -> Maybe[tuple[str, ...]]:
    several = content.get("manifests")
    if several is None and content.get("mediaType") not in INDEX_TYPES:
        return ()
    if not isinstance(several, list) or not all(isinstance(each, Mapping) for each in several):
        return _ODD
    named = [each.get("digest") for each in several if not _is_record(each)]
    if not all(isinstance(each, str) and _DIGEST.fullmatch(each) for each in named):
        return _NOT_BY_SHA256
    return tuple(sorted({str(each) for each in named}))


def _is_record(descriptor: Mapping[str, Json]) -> bool:
    annotations = descriptor.get("annotations")
    kind = annotations.get("vnd.docker.reference.type") if isinstance(annotations, Mapping) else ""
    platform = [dig(descriptor, f"platform.{name}") for name in ("os", "architecture")]
    return kind == "attestation-manifest" and platform == [_NOWHERE, _NOWHERE]


def _unambiguous(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    """Refuse what two readers may understand differently: some take names without their case."""
    if len({name.casefold() for name, _ in pairs}) < len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)
