"""Reads CycloneDX in JSON.

Source: https://cyclonedx.org/docs/1.7/json/
"""

import re
from collections.abc import Iterator, Mapping

from auditor.errors import ProvenanceError
from auditor.model import Json
from auditor.provenance.members import best_digest, member, objects, text
from auditor.provenance.parts import UNSAID, Inventory, Part, limited, only

_SUPPLIERS = (("supplier", "name"), ("manufacturer", "name"), ("publisher",), ("author",))
_WITH_SOURCE = frozenset({"vcs", "source-distribution"})
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_VERSION = re.compile(r"1\.([2-9]|[1-9]\d)")  # JSON since 1.2; minor versions only add members


def read_cyclonedx(document: Mapping[str, Json]) -> Inventory:
    """Return the parts of a document, parts of parts included.

    Raises:
        ProvenanceError: it is no CycloneDX 1, or a member has a type that it cannot have.
    """
    if document.get("bomFormat") != "CycloneDX":
        raise ProvenanceError("its SBOM has another format than CycloneDX")
    version = text(document.get("specVersion"), "specVersion")
    if not _VERSION.fullmatch(version):
        raise ProvenanceError(f"its SBOM has another version than CycloneDX 1: {version[:20]!a}")
    parts = [_part(each) for each in _components(document)]
    limited(len(parts))
    about = member(document, "metadata", "component")
    return Inventory(digest=_digest(about), parts=tuple(parts))


def _components(holder: Mapping[str, Json]) -> Iterator[Mapping[str, Json]]:
    for each in objects(holder.get("components"), "components"):
        if each.get("isExternal") is True:  # since 1.7: whatever runs the artefact brings it
            continue
        yield each
        yield from _components(each)


def _part(component: Mapping[str, Json]) -> Part:
    stated = (text(member(component, *path), path[0]) for path in _SUPPLIERS)
    references = objects(component.get("externalReferences"), "externalReferences")
    sources = any(text(each.get("type"), "type") in _WITH_SOURCE for each in references)
    return Part(
        name=_name(component),
        version=text(component.get("version"), "version"),
        purl=text(component.get("purl"), "purl"),
        supplier=next(filter(None, stated), ""),
        binary=False if sources else UNSAID,
    )


def _name(component: Mapping[str, Json]) -> str:
    group = text(component.get("group"), "group")
    name = text(component.get("name"), "name")
    if not name:
        raise ProvenanceError("a component of its SBOM has no name")
    return f"{group}/{name}" if group else name


def _digest(about: Json) -> str:
    """Return the digest of what the document is about; tools give an image's as its version."""
    stated = {
        text(each.get("alg"), "alg").lower().replace("-", ""): text(
            each.get("content"), "content"
        ).lower()
        for each in objects(member(about, "hashes"), "hashes")
    }
    version = text(member(about, "version"), "version").lower()
    return only({best_digest(stated), version if _DIGEST.fullmatch(version) else ""})
