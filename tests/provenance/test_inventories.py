"""What SBOMs say of an artefact's parts, in every form that is read, and of others."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import ProvenanceError
from auditor.model import Unknown
from auditor.provenance import read_file, says_it_vouches, statements_of
from auditor.provenance.parts import Inventory, Part
from tests.provenance.signing import (
    DIGEST,
    GRAPH,
    cyclonedx,
    dsse,
    package,
    related,
    spdx_graph,
    statement,
)


def read(document: Any) -> Inventory:
    """Return what an SBOM that stands alone says."""
    inventory = read_file(json.dumps(document), "sbom.json").inventory
    assert inventory is not None
    return inventory


def names(document: Any) -> list[str]:
    """Return the names of its parts."""
    return [each.name for each in read(document).parts]


def test_a_graph_tells_what_it_is_about_and_its_parts() -> None:
    """By the root of the collection that is the document's root."""
    assert read(spdx_graph()) == Inventory(
        digest=f"sha256:{DIGEST}",
        parts=(
            Part(
                name="codec",
                version="2.0",
                purl="pkg:generic/codec@2.0",
                supplier="Example",
                binary=False,
            ),
        ),
    )


def test_a_signed_graph_lists_parts() -> None:
    """About the statement's subject."""
    (only,) = statements_of(dsse(statement("https://spdx.dev/Document/v3", spdx_graph())))
    assert [(only.kind, each.name) for each in only.parts] == [("sbom", "codec")]


def test_parts_are_what_is_contained_or_needed_at_any_depth() -> None:
    """Tools that built it are no parts, once anything is related to what it is about."""
    more = [package("zlib"), package("compiler"), package("runtime"), package("checker")]
    source = {"type": "software_File", "spdxId": f"{GRAPH}source", "name": "codec.c"}
    needed = [
        related("contains", "app", "codec"),
        related("contains", "codec", "source"),
        related("dependsOn", "source", "zlib", "app"),
        related("usesTool", "app", "compiler"),
        related("hasProvidedDependency", "app", "runtime"),
        related("dependsOn", "app", "checker", type="LifecycleScopedRelationship", scope="test"),
    ]
    assert names(spdx_graph(*more, source, *needed)) == ["codec", "zlib"]


def test_elements_may_be_written_where_they_are_named() -> None:
    """As JSON-LD allows: whole or by name, alone or in a list."""
    supplier = {"type": "Person", "spdxId": f"{GRAPH}jo", "name": "Jo"}
    purl = {
        "type": "ExternalIdentifier",
        "externalIdentifierType": "packageUrl",
        "identifier": "pkg:generic/inner",
    }
    inner = package("inner", suppliedBy=[supplier], externalIdentifier=purl)
    whole = related("contains", "app", to=inner, **{"from": {"spdxId": f"{GRAPH}app"}})
    (part,) = read(spdx_graph(whole)).parts
    assert (part.name, part.supplier, part.purl) == ("inner", "Jo", "pkg:generic/inner")
    assert isinstance(part.binary, Unknown)


@pytest.mark.parametrize(
    ("stated", "supplier"),
    [
        pytest.param(
            "https://example.org/agents#acme", "https://example.org/agents#acme", id="far"
        ),
        pytest.param("NoAssertionElement", "", id="short"),
        pytest.param(
            "https://spdx.org/rdf/3.0.1/terms/Core/NoAssertionElement", "", id="no assertion"
        ),
        pytest.param(None, "", id="none"),
    ],
)
def test_who_is_described_elsewhere_is_named(stated: Any, supplier: str) -> None:
    """And nobody is nobody."""
    document = spdx_graph(package("x", suppliedBy=stated))
    assert read(document).parts[-1].supplier == supplier


def test_a_code_over_files_is_no_digest() -> None:
    """Nobody could match an artefact by it."""
    code = {"type": "PackageVerificationCode", "algorithm": "sha256", "hashValue": DIGEST}
    document = spdx_graph()
    document["@graph"][3]["verifiedUsing"] = [code]
    assert read(document).digest == ""


def test_a_digest_may_stand_elsewhere() -> None:
    """Hashes may have names, too."""
    document = spdx_graph(
        {"@id": "_:hash", "type": "Hash", "algorithm": "sha256", "hashValue": DIGEST.upper()}
    )
    document["@graph"][3]["verifiedUsing"] = ["_:hash"]
    assert read(document).digest == f"sha256:{DIGEST}"


def test_a_relationship_may_say_what_is_described() -> None:
    """Without a root."""
    document = spdx_graph(related("describes", "document", "app"))
    del document["@graph"][1]["rootElement"]
    assert (read(document).digest, names(document)) == (f"sha256:{DIGEST}", ["codec"])


_TWO = [
    package(
        "other", verifiedUsing=[{"type": "Hash", "algorithm": "sha256", "hashValue": "e" * 64}]
    ),
    related("describes", "document", "other"),
]


@pytest.mark.parametrize(
    ("document", "why"),
    [
        pytest.param(spdx_graph(**{"@context": "https://example.org"}), "context", id="context"),
        pytest.param(
            spdx_graph(**{"@context": ["https://spdx.org/rdf/3.0.1/spdx-context.jsonld", {}]}),
            "context",
            id="words of its own",
        ),
        pytest.param(
            spdx_graph(**{"@context": "https://spdx.org/rdf/3.1.0/spdx-context.jsonld"}),
            "context",
            id="later version",
        ),
        pytest.param({"@context": spdx_graph()["@context"]}, "graph", id="no graph"),
        pytest.param(spdx_graph(**{"@graph": {}}), "list of objects", id="graph of a wrong type"),
        pytest.param(spdx_graph(package("codec")), "twice", id="element twice"),
        pytest.param(spdx_graph(package("x", **{"@id": "_:y"})), "two names", id="two names"),
        pytest.param(spdx_graph(package("x") | {"name": ""}), "no name", id="no name"),
        pytest.param(
            spdx_graph(package("x", suppliedBy=3)), "neither", id="supplier of a wrong type"
        ),
        pytest.param(spdx_graph(package("x", type=3)), "type", id="type of a wrong type"),
        pytest.param(spdx_graph(*_TWO), "several artefacts", id="two artefacts"),
        pytest.param(cyclonedx(specVersion="2.0"), "version", id="cyclonedx 2"),
        pytest.param(cyclonedx(specVersion=None), "version", id="cyclonedx of no version"),
        pytest.param(cyclonedx(specVersion=1.6), "specVersion", id="version is a number"),
    ],
)
def test_what_has_two_meanings_or_none_is_refused(document: Any, why: str) -> None:
    """In words."""
    with pytest.raises(ProvenanceError, match=why):
        read(document)


@pytest.mark.parametrize("version", ["1.2", "1.5", "1.7", "1.10"])
def test_minor_versions_of_cyclonedx_are_read(version: str) -> None:
    """They only add members."""
    assert len(read(cyclonedx(specVersion=version)).parts) == 2


def test_what_is_brought_by_whatever_runs_it_is_no_part() -> None:
    """CycloneDX 1.7 marks it, and what is in it goes with it."""
    document = cyclonedx(specVersion="1.7")
    document["components"][0]["isExternal"] = True
    assert names(document) == []


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("app.cdx.xml", '<?xml version="1.0"?>\n<bom/>', "XML"),
        ("app.spdx.rdf", "\ufeff  <rdf:RDF/>", "XML"),
        ("app.spdx", "SPDXVersion: SPDX-2.3\n", "tags and values"),
    ],
)
def test_other_forms_are_refused_in_words(name: str, text: str, form: str) -> None:
    """Not left unread in silence: who wrote them takes them for read."""
    assert says_it_vouches(name)
    with pytest.raises(ProvenanceError, match=f"written in {form}: convert"):
        read_file(text, name)


def test_other_names_vouch_for_nothing() -> None:
    """They are named in the evidence only."""
    assert not any(map(says_it_vouches, ["README.md", "settings.xml", "json"]))
    assert says_it_vouches("APP.JSON")


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
_MEMBERS = [
    *("type", "spdxId", "@id", "@graph", "rootElement", "element", "from", "to", "scope", "name"),
    *("relationshipType", "suppliedBy", "verifiedUsing", "hashValue", "algorithm"),
    *("software_packageVersion", "software_packageUrl", "externalIdentifier"),
]


def _changed(value: Any, name: str, put: Any) -> Any:
    """Return JSON with a member exchanged wherever it is."""
    if isinstance(value, dict):
        inside = {key: _changed(each, name, put) for key, each in value.items()}
        return inside | {name: put} if name in value else inside
    return [_changed(each, name, put) for each in value] if isinstance(value, list) else value


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(_MEMBERS), _VALUES)
def test_a_member_of_any_type_is_read_or_refused(name: str, put: Any) -> None:
    """With an error of ours, and nothing else; no element leads round in circles for ever."""
    document = spdx_graph(related("contains", "app", "codec"), related("contains", "codec", "app"))
    with contextlib.suppress(ProvenanceError):
        read(_changed(document, name, put))
