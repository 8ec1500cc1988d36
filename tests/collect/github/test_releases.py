"""Files that were released, and what vouches for them."""

import base64
import json
from typing import cast

import pytest

from auditor.collect.github.releases import ATTESTATIONS, RELEASES
from auditor.model import Json, Unknown
from auditor.tables import Artifact, Attestation, Component, Row
from tests.collect.github.finding import APP, DENIED, found, ok, rows

DIGEST = "sha256:" + "a" * 64
REPOSITORY: Json = {"nameWithOwner": "acme/app", "releases": {"totalCount": 1}}


def release(**changed: Json) -> Json:
    asset = {
        "name": "app.tar.gz",
        "digest": DIGEST.replace("a", "A"),
        "size": 12,
        "created_at": "2026-01-01T00:00:00Z",
    }
    return {"tag_name": "v1", "draft": False, "immutable": True, "assets": [asset], **changed}


def test_a_released_file_is_an_artefact() -> None:
    (row,) = rows(RELEASES, REPOSITORY, details={"releases": ok([release()])})

    artifact = cast(Artifact, row)
    assert (artifact.id, artifact.name) == (f"{APP}/release/v1/app.tar.gz", "acme/app/app.tar.gz")
    assert (artifact.digest, artifact.tags, artifact.mutable_tags) == (DIGEST, ("v1",), False)
    assert (artifact.released, artifact.size_bytes) == (True, 12)


def test_attestations_are_looked_for_by_digest() -> None:
    one = found(RELEASES, REPOSITORY, details={"releases": ok([release(), release()])})

    assert RELEASES.axis is not None
    assert RELEASES.axis.values_of(one) == (f"acme/app@{DIGEST}",)


def test_a_file_without_a_digest_is_vouched_for_by_nobody_knows_what() -> None:
    assets = [{"name": "old.zip", "digest": None, "size": 1}]
    details = {"releases": ok([release(assets=assets)])}
    (row,) = rows(RELEASES, REPOSITORY, details=details)

    assert isinstance(cast(Artifact, row).digest, Unknown)


@pytest.mark.parametrize("answer", [ok([release(draft=True)]), ok([release(assets=[])]), ok([])])
def test_what_is_not_released_is_no_artefact(answer: Json) -> None:
    assert rows(RELEASES, REPOSITORY, details={"releases": answer}) == []


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        (REPOSITORY, DENIED),
        (REPOSITORY, ok([release(assets=None)])),
        (REPOSITORY, ok(["odd"])),
        ({**REPOSITORY, "releases": None}, ok([])),
    ],
    ids=("refused", "without files", "odd", "not counted"),
)
def test_releases_that_are_hidden_may_hold_anything(item: Json, answer: Json) -> None:
    (row,) = rows(RELEASES, item, details={"releases": answer})

    artifact = cast(Artifact, row)
    assert artifact.id == f"{APP}/release/?"
    assert isinstance(artifact.released, Unknown)
    assert isinstance(artifact.digest, Unknown)


def seen(predicate_type: str, predicate: Json, digest: str = DIGEST) -> list[Row]:
    statement = {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": "app", "digest": {"sha256": digest.removeprefix("sha256:")}}],
        "predicateType": predicate_type,
        "predicate": predicate,
    }
    bundle = {
        "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
        "verificationMaterial": {},
        "dsseEnvelope": {
            "payloadType": "application/vnd.in-toto+json",
            "payload": base64.b64encode(json.dumps(statement).encode()).decode(),
            "signatures": [{"sig": ""}],
        },
    }
    return rows(ATTESTATIONS, {"bundle": bundle}, release=f"acme/app@{DIGEST}")


def test_provenance_says_who_built_what_from_which_commit() -> None:
    source = {"uri": "git+https://github.com/acme/app", "digest": {"gitCommit": "c" * 40}}
    (row,) = seen(
        "https://slsa.dev/provenance/v1",
        {
            "buildDefinition": {"buildType": "t", "resolvedDependencies": [source]},
            "runDetails": {"builder": {"id": "b"}, "metadata": {}},
        },
    )

    assert isinstance(row, Attestation)
    assert (row.kind, row.builder, row.build_type) == ("provenance", "b", "t")
    assert (row.commit, row.digest, row.inputs_pinned) == ("c" * 40, DIGEST, True)
    assert "dsseEnvelope" in str(row.envelope)


def test_an_attestation_is_about_what_it_says_and_not_about_what_was_asked() -> None:
    other = "sha256:" + "b" * 64
    (row,) = seen("https://example.com/x", {}, other)

    assert isinstance(row, Attestation)
    assert (row.kind, row.digest) == ("other", other)


def test_an_inventory_is_rows_of_components() -> None:
    part = {"type": "library", "name": "zlib", "version": "1", "purl": "pkg:generic/zlib@1"}
    sbom = {"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [part]}
    attestation, component = seen("https://cyclonedx.org/bom", sbom)

    assert isinstance(attestation, Attestation)
    assert attestation.kind == "sbom"
    assert isinstance(component, Component)
    assert (component.name, component.digest) == ("zlib", DIGEST)


@pytest.mark.parametrize("bundle", [None, {}, {"dsseEnvelope": {"payload": "!"}}, "odd"])
def test_a_bundle_that_cannot_be_read_is_unknown(bundle: Json) -> None:
    (row,) = rows(ATTESTATIONS, {"bundle": bundle}, release=f"acme/app@{DIGEST}")

    assert isinstance(cast(Attestation, row).kind, Unknown)
