"""What statements and SBOMs say, of every version that is read, and of hostile ones."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from auditor.errors import ProvenanceError
from auditor.model import Unknown
from auditor.provenance import REBUILD, read_file, statements_of, verify
from auditor.provenance.slsa import Build
from tests.provenance.instance import instance
from tests.provenance.signing import (
    COMMIT,
    DIGEST,
    MOMENT,
    SOURCE,
    cyclonedx,
    dsse,
    encode,
    envelope,
    old_provenance,
    provenance,
    root_of,
    spdx,
    statement,
)

OTHER = "b" * 40


def build_of(content: Any) -> Build:
    """Return what the only statement of an envelope says of a build."""
    (only,) = statements_of(dsse(content))
    return only.build


def test_provenance_tells_who_built_what() -> None:
    """Of SLSA 1."""
    (only,) = statements_of(dsse(provenance()))
    assert (only.kind, only.predicate_type) == ("provenance", "https://slsa.dev/provenance/v1")
    assert [(each.name, each.digest) for each in only.subjects] == [
        ("registry/app", f"sha256:{DIGEST}")
    ]
    assert only.build == Build(
        builder="https://builder.example",
        build_type="https://actions.github.io/buildtypes/workflow/v1",
        source=SOURCE,
        commit=COMMIT,
        made=MOMENT,
        inputs_pinned=True,
    )


def test_provenance_of_the_version_before_tells_the_same() -> None:
    """Of SLSA 0.2, in a statement of version 0.1."""
    assert build_of(old_provenance()) == Build(
        builder="https://builder.example",
        build_type="https://builder.example/make",
        source=f"git+{SOURCE}",
        commit=COMMIT,
        made=MOMENT,
        inputs_pinned=True,
    )


def test_of_several_inputs_the_stated_source_is_the_source() -> None:
    """Whatever comes first."""
    other = {"uri": "git+https://github.com/acme/tools", "digest": {"gitCommit": OTHER}}
    source = {"uri": f"git+{SOURCE}.git@refs/tags/1", "digest": {"gitCommit": COMMIT}}
    assert build_of(provenance(resolvedDependencies=[other, source])).commit == COMMIT


@pytest.mark.parametrize(
    ("parameters", "source"),
    [
        pytest.param({"source": SOURCE}, SOURCE, id="text"),
        pytest.param({"source": {"uri": SOURCE}}, SOURCE, id="descriptor"),
        pytest.param({"buildConfigSource": {"repository": SOURCE}}, SOURCE, id="cloud build"),
        pytest.param({"other": 1}, f"git+{SOURCE}@refs/heads/main", id="nothing stated"),
    ],
)
def test_builders_have_their_own_words_for_source(parameters: Any, source: str) -> None:
    """Where none is known, it is the only commit."""
    build = build_of(provenance(externalParameters=parameters))
    assert (build.source, build.commit) == (source, COMMIT)


def test_without_a_word_two_commits_are_unknown() -> None:
    """Nobody says which one was built."""
    two = [
        {"uri": f"git+https://example.org/{name}", "digest": {"gitCommit": name * 40}}
        for name in "ab"
    ]
    build = build_of(provenance(externalParameters={}, resolvedDependencies=two))
    assert isinstance(build.source, Unknown)
    assert isinstance(build.commit, Unknown)


def test_an_input_without_a_digest_is_not_pinned() -> None:
    """It may have been anything."""
    inputs = [{"uri": f"git+{SOURCE}", "digest": {"sha1": COMMIT}}, {"uri": "pkg:npm/left-pad"}]
    assert build_of(old_provenance(materials=inputs)).inputs_pinned is False
    assert isinstance(build_of(old_provenance(materials=[])).inputs_pinned, Unknown)


def test_provenance_of_an_unknown_version_tells_nothing() -> None:
    """But that it is there."""
    (only,) = statements_of(dsse(statement("https://slsa.dev/provenance/v7", {})))
    assert only.kind == "provenance"
    assert isinstance(only.build.builder, Unknown)


def test_json_lines_hold_several() -> None:
    """As builders append them."""
    lines = [dsse(provenance()), json.dumps(instance().bundle(provenance())), ""]
    assert len(statements_of("\n".join(lines))) == 2


def test_a_rebuild_agrees_or_not() -> None:
    """And says who built again."""
    again = {"agrees": False, "builder": {"id": "https://assessor.example"}}
    (only,) = statements_of(dsse(statement(REBUILD, again)))
    assert (only.kind, only.agrees, only.build.builder) == (
        "rebuild",
        False,
        "https://assessor.example",
    )
    (unsaid,) = statements_of(dsse(statement(REBUILD, {})))
    assert isinstance(unsaid.agrees, Unknown)


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        pytest.param("https://cyclonedx.org/bom/v1.6", cyclonedx(), id="cyclonedx"),
        pytest.param("https://spdx.dev/Document/v2.3", spdx(), id="spdx"),
    ],
)
def test_a_signed_sbom_lists_parts(kind: str, document: Any) -> None:
    """About the statement's subject."""
    (only,) = statements_of(dsse(statement(kind, document)))
    assert only.kind == "sbom"
    assert only.parts == read_parts(document)


def read_parts(document: Any) -> Any:
    """Return the parts of an SBOM that stands alone."""
    inventory = read_file(json.dumps(document), "sbom.json").inventory
    assert inventory is not None
    assert inventory.digest == f"sha256:{DIGEST}"
    return inventory.parts


def test_parts_have_names_and_origins() -> None:
    """Parts of parts, too; a part whose source is named does not come without it."""
    outer, inner = read_parts(cyclonedx())
    assert (outer.name, outer.version, outer.supplier) == ("org.example/codec", "2.0", "Example")
    assert (outer.purl, outer.binary) == ("pkg:maven/org.example/codec@2.0", False)
    assert (inner.name, inner.supplier) == ("zlib", "zlib.net")
    assert isinstance(inner.binary, Unknown)
    (only,) = read_parts(spdx())
    assert (only.name, only.version, only.purl) == ("codec", "2.0", "pkg:generic/codec@2.0")
    assert (only.supplier, only.binary) == ("Example", False)


@pytest.mark.parametrize("name", [f"{DIGEST}.cdx.json", f"sha256-{DIGEST}.spdx.json"])
def test_an_sbom_is_about_the_digest_in_its_name(name: str) -> None:
    """If it names none itself; two that differ are refused."""
    inventory = read_file(json.dumps(cyclonedx(metadata={})), name).inventory
    assert inventory is not None
    assert inventory.digest == f"sha256:{DIGEST}"
    with pytest.raises(ProvenanceError, match="another artefact"):
        read_file(json.dumps(cyclonedx()), name.replace("d" * 64, "e" * 64))


_DEEP = "[" * 50_000
_TWICE = '{"payloadType": "x", "payloadType": "y", "payload": "", "signatures": []}'


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("[]", id="list"),
        pytest.param('{"a":[' + "[]," * 2_000_000 + "1]}", id="many lists"),
        pytest.param("{}", id="nothing"),
        pytest.param(_DEEP, id="deep"),
        pytest.param('{"a":' * 200 + "1" + "}" * 200, id="rather deep"),
        pytest.param(_TWICE, id="member twice"),
        pytest.param('{"payloadType": NaN}', id="no number"),
        pytest.param('{"payloadType": "\\ud800"}', id="half a pair"),
        pytest.param('{"payloadType": ' + "9" * 5000 + "}", id="long number"),
        pytest.param(json.dumps(provenance()), id="unsigned"),
        pytest.param(json.dumps({"mediaType": "x", "dsseEnvelope": {}}), id="unknown bundle"),
        pytest.param(json.dumps(envelope(provenance(), payload_type="x")), id="other payload"),
        pytest.param(dsse(provenance() | {"_type": "x"}), id="other statement"),
        pytest.param(dsse(provenance() | {"subject": []}), id="about nothing"),
        pytest.param(dsse(provenance() | {"subject": "x"}), id="subject of a wrong type"),
        pytest.param(dsse(provenance() | {"predicate": []}), id="predicate of a wrong type"),
        pytest.param(dsse(provenance(externalParameters=3)), id="parameters of a wrong type"),
        pytest.param(dsse(old_provenance(builder="x")), id="builder of a wrong type"),
        pytest.param(dsse(old_provenance(metadata={"buildFinishedOn": "noon"})), id="no moment"),
        pytest.param(dsse(statement(REBUILD, {"agrees": "yes"})), id="no agreement"),
        pytest.param(json.dumps(cyclonedx(components=[{}])), id="part without a name"),
        pytest.param(json.dumps(cyclonedx(components={})), id="parts of a wrong type"),
        pytest.param(json.dumps(spdx(spdxVersion="SPDX-3.0")), id="other spdx"),
        pytest.param(dsse(provenance()) + "\nx", id="broken line"),
    ],
)
def test_hostile_files_are_refused_in_words(text: str) -> None:
    """Never a crash, and nothing is believed by halves."""
    with pytest.raises(ProvenanceError):
        read_file(text, "x.json")


def test_a_statement_with_many_subjects_and_a_long_envelope_is_refused() -> None:
    """Every subject's row keeps it whole."""
    subjects = [{"name": "x", "digest": {"sha256": f"{n:064x}"}} for n in range(2_000)]
    long = provenance() | {"subject": subjects, "x": "x" * 200_000}
    with pytest.raises(ProvenanceError, match="too long"):
        statements_of(dsse(long))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)
_MEMBERS = st.sampled_from(
    [
        *("subject", "predicate", "predicateType", "_type", "components", "metadata", "packages"),
        *("relationships", "documentDescribes", "buildDefinition", "runDetails", "materials"),
        *("builder", "invocation", "externalParameters", "resolvedDependencies", "digest"),
    ]
)


def _changed(value: Any, name: str, put: Any) -> Any:
    """Return JSON with a member exchanged wherever it is."""
    if isinstance(value, dict):
        return {
            key: put if key == name else _changed(each, name, put) for key, each in value.items()
        }
    return [_changed(each, name, put) for each in value] if isinstance(value, list) else value


@settings(max_examples=150, deadline=None)
@given(_MEMBERS, _JSON, st.sampled_from(["new", "old", "cyclonedx", "spdx"]))
def test_a_member_of_any_type_is_read_or_refused(name: str, put: Any, kind: str) -> None:
    """With an error of ours, and nothing else."""
    makers = {"new": provenance, "old": old_provenance, "cyclonedx": cyclonedx, "spdx": spdx}
    changed = _changed(makers[kind](), name, put)
    signed = kind in ("new", "old")
    text = json.dumps(envelope(changed, "p256") if signed else changed)
    with contextlib.suppress(ProvenanceError):
        for each in read_file(text, "x.json").statements:
            assert each.subjects
            assert None not in each.columns.values()


@settings(max_examples=150, deadline=None)
@given(st.text() | _JSON.map(json.dumps), st.binary(max_size=40))
def test_no_text_breaks_reading_or_checking(text: str, payload: bytes) -> None:
    """Neither as a file nor as a payload."""
    wrapped = json.dumps(envelope({}) | {"payload": encode(payload)})
    for each in (text, wrapped):
        with contextlib.suppress(ProvenanceError):
            read_file(each, "x.json")
        assert verify(each, [root_of()]).holds is False


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_bundle_breaks_the_library(data: st.DataObject) -> None:
    """Whatever stands in place of one of its members, it holds no more."""
    bundle = instance().bundle(provenance())
    names = sorted(
        {*bundle["verificationMaterial"], *bundle["verificationMaterial"]["tlogEntries"][0]}
    )
    name = data.draw(st.sampled_from([*names, "rawBytes", "sig", "checkpoint", "envelope"]))
    put = data.draw(_JSON | st.binary(max_size=200).map(encode))
    changed = _changed(bundle, name, put)
    assume(changed != bundle)
    assert not verify(json.dumps(changed), [instance().root()]).holds
