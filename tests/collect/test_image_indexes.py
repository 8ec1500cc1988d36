"""Which images an index names: its text must be the one that its digest is of."""

import hashlib
import json

import pytest

from auditor.collect.image_indexes import INDEX_TYPES, images_named_in
from auditor.model import Json, Unknown

ARM, INTEL = "sha256:" + "a" * 64, "sha256:" + "b" * 64


def named(content: Json, *, text: str = "") -> object:
    written = text or json.dumps(content)
    return images_named_in(written, f"sha256:{hashlib.sha256(written.encode()).hexdigest()}")


def entry(digest: Json, os: str = "linux", **more: Json) -> Json:
    return {"digest": digest, "platform": {"os": os, "architecture": os}, **more}


RECORD: dict[str, Json] = {"annotations": {"vnd.docker.reference.type": "attestation-manifest"}}


def test_an_index_names_an_image_for_each_platform() -> None:
    assert named({"mediaType": INDEX_TYPES[0], "manifests": [entry(INTEL), entry(ARM)]}) == (
        ARM,
        INTEL,
    )


def test_records_of_how_it_was_built_are_no_images() -> None:
    """Only for a platform on which nothing runs: a label alone hides nothing."""
    hidden, shown = entry(ARM, "unknown", **RECORD), entry(INTEL, **RECORD)
    assert named({"manifests": [hidden, shown]}) == (INTEL,)


def test_an_image_is_no_index() -> None:
    assert named({"mediaType": "application/vnd.oci.image.manifest.v1+json"}) == ()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param({"mediaType": INDEX_TYPES[1]}, id="no list"),
        pytest.param({"manifests": "x"}, id="another type"),
        pytest.param({"manifests": ["x"]}, id="no objects"),
        pytest.param({"manifests": [entry("sha512:" + "a" * 128)]}, id="another hash"),
        pytest.param({"manifests": [entry(ARM.upper())]}, id="upper case"),
        pytest.param({"manifests": [{}]}, id="no digest"),
        pytest.param({"manifests": [entry({})]}, id="no text"),
        pytest.param([], id="no object"),
    ],
)
def test_another_form_is_unknown(content: Json) -> None:
    assert isinstance(named(content), Unknown)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{", id="cut"),
        pytest.param("[" * 100_000, id="deep"),
        pytest.param('{"manifests": [], "manifests": []}', id="twice"),
        pytest.param('{"manifests": [], "Manifests": []}', id="twice in another case"),
    ],
)
def test_text_that_cannot_be_read_is_unknown(text: str) -> None:
    assert isinstance(named(None, text=text), Unknown)


@pytest.mark.parametrize("text", [None, 7, "", '{"manifests": []}'])
def test_a_text_of_another_digest_is_not_believed(text: Json) -> None:
    """Whoever answers for the registry could borrow the provenance of an index."""
    assert isinstance(images_named_in(text, ARM), Unknown)
