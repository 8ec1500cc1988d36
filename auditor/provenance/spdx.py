"""Reads SPDX 2 in JSON.

Source: https://spdx.github.io/spdx-spec/v2.3/
"""

from collections.abc import Mapping

from auditor.errors import ProvenanceError
from auditor.model import Json
from auditor.provenance.members import best_digest, objects, text
from auditor.provenance.parts import UNSAID, Inventory, Part, limited, only

_NOTHING = frozenset({"NOASSERTION", "NONE"})


def read_spdx(document: Mapping[str, Json]) -> Inventory:
    """Return the packages of a document, but for those that it is about.

    Raises:
        ProvenanceError: it is no SPDX 2, or a member has a type that it cannot have.
    """
    version = text(document.get("spdxVersion"), "spdxVersion")
    if not version.startswith("SPDX-2."):
        raise ProvenanceError(f"its SBOM has another version than SPDX 2: {version[:20]!a}")
    packages = objects(document.get("packages"), "packages")
    limited(len(packages))
    about = _described(document)
    names = [text(each.get("SPDXID"), "SPDXID") for each in packages]
    named = list(zip(names, packages, strict=True))
    return Inventory(
        digest=only({_digest(each) for name, each in named if name in about}),
        parts=tuple(_part(each) for name, each in named if name not in about),
    )


def _described(document: Mapping[str, Json]) -> set[str]:
    named = document.get("documentDescribes") or []
    if not isinstance(named, list):
        raise ProvenanceError("its documentDescribes is no list")
    found = {text(each, "documentDescribes") for each in named}
    for each in objects(document.get("relationships"), "relationships"):
        kind = text(each.get("relationshipType"), "relationshipType")
        one = text(each.get("spdxElementId"), "spdxElementId")
        other = text(each.get("relatedSpdxElement"), "relatedSpdxElement")
        if kind == "DESCRIBES" and one == "SPDXRef-DOCUMENT":
            found.add(other)
        elif kind == "DESCRIBED_BY" and other == "SPDXRef-DOCUMENT":
            found.add(one)
    return found


def _digest(package: Mapping[str, Json]) -> str:
    return best_digest(
        {
            text(each.get("algorithm"), "algorithm").lower(): text(
                each.get("checksumValue"), "checksumValue"
            ).lower()
            for each in objects(package.get("checksums"), "checksums")
        }
    )


def _part(package: Mapping[str, Json]) -> Part:
    name = text(package.get("name"), "name")
    if not name:
        raise ProvenanceError("a package of its SBOM has no name")
    supplier = _stated(package, "supplier")
    place = _stated(package, "downloadLocation")
    references = objects(package.get("externalRefs"), "externalRefs")
    purls = [
        text(each.get("referenceLocator"), "referenceLocator")
        for each in references
        if each.get("referenceType") == "purl"
    ]
    return Part(
        name=name,
        version=text(package.get("versionInfo"), "versionInfo"),
        purl=purls[0] if purls else "",
        supplier=supplier.partition(": ")[2] or supplier,
        binary=False if place.startswith("git+") else UNSAID,
    )


def _stated(package: Mapping[str, Json], name: str) -> str:
    value = text(package.get(name), name)
    return "" if value in _NOTHING else value
