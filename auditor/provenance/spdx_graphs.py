"""Reads SPDX 3 in JSON, as it is published: a graph of elements that refer to one another.

The context must be SPDX's own, by its published address: one that redefines words would let the
same text mean other things to other readers. Nothing is fetched.

Sources: https://spdx.github.io/spdx-spec/v3.0.1/serializations/ and
https://spdx.github.io/spdx-spec/v3.0.1/model/Software/Classes/Package/
"""

import re
from collections.abc import Iterator, Mapping

from auditor.errors import ProvenanceError
from auditor.model import Json
from auditor.provenance.members import best_digest, objects, text
from auditor.provenance.parts import UNSAID, Inventory, Part, limited, only

_CONTEXT = re.compile(r"https://spdx\.org/rdf/3\.0(\.\d+)?/spdx-context\.jsonld")
_PACKAGES = frozenset({"software_Package", "ai_AIPackage", "dataset_DatasetPackage"})
_COLLECTIONS = frozenset({"SpdxDocument", "Bundle", "Bom", "software_Sbom"})
_RELATIONSHIPS = frozenset({"Relationship", "LifecycleScopedRelationship"})
_HOLDS = frozenset(
    {
        *("contains", "dependsOn", "hasStaticLink", "hasDynamicLink", "hasOptionalComponent"),
        "hasOptionalDependency",  # what is provided from elsewhere is in no artefact
    }
)
_WHERE_IT_RUNS = frozenset({"", "runtime", "other"})  # others are of building and testing only
_NOBODY = re.compile(r"(https://spdx\.org/rdf/3\.0[.\d]*/terms/Core/)?No(Assertion|ne)Element")

Element = Mapping[str, Json]


def read_spdx_graph(document: Mapping[str, Json]) -> Inventory:
    """Return the packages within what a document is about, or all where it relates none to that.

    Raises:
        ProvenanceError: it is no SPDX 3.0, says two things of one element, or a member has a type
            that it cannot have.
    """
    context = document.get("@context")
    if not isinstance(context, str) or not _CONTEXT.fullmatch(context):
        raise ProvenanceError(f"its SBOM has another context than SPDX 3.0's: {context!a:.99}")
    if "@graph" not in document:
        raise ProvenanceError("its SBOM has no graph of elements")
    graph = _Graph(document)
    about = graph.about()
    within = graph.within(about) or frozenset(graph.elements)
    packages = [
        each
        for name, each in graph.elements.items()
        if name in within - about and _type(each) in _PACKAGES
    ]
    limited(len(packages))
    known = (graph.elements.get(name, {}) for name in sorted(about))
    return Inventory(
        digest=only({graph.digest(each) for each in known}),
        parts=tuple(graph.part(each) for each in packages),
    )


class _Graph:
    """The elements of a document, by name, wherever in it they are written."""

    def __init__(self, document: Mapping[str, Json]) -> None:
        self.elements: dict[str, Element] = {}
        self._related: dict[str, list[Element]] = {}
        for each in _elements(objects(document.get("@graph"), "@graph")):
            name = _name(each)
            if name in self.elements:
                raise ProvenanceError(f"its SBOM says twice what {name[:99]!a} is")
            self.elements[name] = each
            if _type(each) in _RELATIONSHIPS:
                for one in _names(each.get("from"), "from"):
                    self._related.setdefault(one, []).append(each)

    def about(self) -> frozenset[str]:
        """Return what the document is about: the root, through whatever collections lead there."""
        collections = [each for each in self.elements.values() if _type(each) in _COLLECTIONS]
        documents = [each for each in collections if _type(each) == "SpdxDocument"]
        waiting = [_name(each) for each in documents or collections]
        seen: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += self._roots(name)
        return frozenset(
            name for name in seen if _type(self.elements.get(name, {})) not in _COLLECTIONS
        )

    def within(self, about: frozenset[str]) -> frozenset[str]:
        """Return what is contained or needed, at any depth; empty if nothing is related."""
        seen: set[str] = set()
        waiting = list(about)
        while waiting:
            found = set(self._held(waiting.pop())) - seen
            seen |= found
            waiting += found
        return frozenset(seen)

    def digest(self, element: Element) -> str:
        """Return the digest of an element's own bytes; codes over its files are none."""
        stated = (self._resolved(each) for each in _several(element.get("verifiedUsing")))
        return best_digest(
            {
                text(each.get("algorithm"), "algorithm"): text(
                    each.get("hashValue"), "hashValue"
                ).lower()
                for each in stated
                if _type(each) == "Hash"
            }
        )

    def part(self, package: Element) -> Part:
        """Return a package as a part.

        Raises:
            ProvenanceError: it has no name.
        """
        name = text(package.get("name"), "name")
        if not name:
            raise ProvenanceError("a package of its SBOM has no name")
        place = text(package.get("software_downloadLocation"), "software_downloadLocation")
        return Part(
            name=name,
            version=text(package.get("software_packageVersion"), "software_packageVersion"),
            purl=self._purl(package),
            supplier=self._supplier(package),
            binary=False if place.startswith("git+") else UNSAID,
        )

    def _purl(self, package: Element) -> str:
        stated = text(package.get("software_packageUrl"), "software_packageUrl")
        others = map(self._resolved, _several(package.get("externalIdentifier")))
        named = (
            text(each.get("identifier"), "identifier")
            for each in others
            if each.get("externalIdentifierType") == "packageUrl"
        )
        return stated or next(named, "")

    def _supplier(self, package: Element) -> str:
        for each in _several(package.get("suppliedBy")):
            agent = self._resolved(each)
            # Who is described in another document is at least named.
            name = text(agent.get("name"), "name") or next(_names(each, "suppliedBy"), "")
            return "" if _NOBODY.fullmatch(name) else name
        return ""

    def _roots(self, name: str) -> Iterator[str]:
        element = self.elements.get(name, {})
        if _type(element) not in _COLLECTIONS:
            return
        yield from _names(element.get("rootElement"), "rootElement")
        for each in self._related.get(name, ()):
            if each.get("relationshipType") == "describes":
                yield from _names(each.get("to"), "to")

    def _held(self, name: str) -> Iterator[str]:
        for each in self._related.get(name, ()):
            kind = text(each.get("relationshipType"), "relationshipType")
            if kind in _HOLDS and text(each.get("scope"), "scope") in _WHERE_IT_RUNS:
                yield from _names(each.get("to"), "to")

    def _resolved(self, value: Json) -> Element:
        if isinstance(value, str):
            return self.elements.get(value, {})
        if not isinstance(value, dict):
            raise ProvenanceError("an element of its SBOM is neither an object nor the name of one")
        return value


def _elements(values: list[Mapping[str, Json]]) -> Iterator[Element]:
    """Yield every object that has a name, within others, too."""
    waiting: list[Json] = list(reversed(values))
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, dict):
            if _name(value) and len(value) > 1:  # one with nothing but a name refers to another
                yield value
            waiting += reversed(list(value.values()))


def _name(element: Element) -> str:
    names = {text(element.get(each), each) for each in ("spdxId", "@id")} - {""}
    if len(names) > 1:
        raise ProvenanceError("an element of its SBOM has two names")
    return names.pop() if names else ""


def _type(element: Element) -> str:
    stated = element.get("type", element.get("@type"))
    return text(stated, "type")


def _several(value: Json) -> list[Json]:
    """Return the values of a member: JSON-LD writes one alone or in a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _names(value: Json, what: str) -> Iterator[str]:
    for each in _several(value):
        yield _name(each) if isinstance(each, dict) else text(each, what)
