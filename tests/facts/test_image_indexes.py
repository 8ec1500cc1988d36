"""Images for several platforms: what is said of an index, and of the images that it names."""

from typing import Any

import pytest

from auditor.model import Unknown
from auditor.tables import Row
from tests.facts.coding import (
    DIGEST,
    HEAD,
    artifact,
    attestation,
    change,
    covered,
    deployment,
    estate,
    listing,
    review,
    revision,
    settled,
)
from tests.facts.deriving import Facts

NOBODY = Unknown("x")
INDEX, ARM, OUTER = (f"sha256:{letter * 64}" for letter in "abc")
READ = covered("artifacts", "attestations", "components")
APPROVED = (change(), revision(), review())
LINKS = "broken, vouched, kept, attestation_id"


def kept(digest: str, **changes: Any) -> Row:
    """Return an image or index that is kept."""
    return artifact(id=f"registry/{digest}", digest=digest, **changes)


def said(digest: str, kind: str = "provenance", **changes: Any) -> Row:
    """Return a statement about a digest."""
    return attestation(kind, id=f"{kind}/{digest[7]}", digest=digest, **changes)


IMAGE_INDEX = kept(INDEX, index_of=(ARM, DIGEST))
UNREAD_INDEX = kept(INDEX, index_of=NOBODY)


def chain(*rows: Row, columns: str = LINKS, **deployed: Any) -> Any:
    """Return what is derived of one container."""
    facts = Facts(estate(deployment(**deployed), READ, *APPROVED, *rows), settled())
    return facts.one("chains", columns)


def test_provenance_of_an_index_is_about_the_images_that_it_names() -> None:
    """A container runs the image of its platform; the build was of them all."""
    rows = kept(DIGEST), IMAGE_INDEX, said(INDEX)
    columns = f"{LINKS}, commit, signer"
    assert chain(*rows, columns=columns) == (
        *("", True, True, f"provenance/{INDEX[7]}"),
        *(HEAD, "release key"),
    )


def test_an_index_keeps_the_images_that_it_names() -> None:
    """A registry may list the index alone."""
    assert chain(IMAGE_INDEX, said(INDEX), columns="kept, artifact_id") == (
        True,
        f"registry/{INDEX}",
    )


def test_an_index_within_an_index_is_followed() -> None:
    outer = kept(OUTER, index_of=(INDEX,))
    assert chain(outer, IMAGE_INDEX, said(OUTER), columns="vouched") == (True,)


def test_indexes_that_name_each_other_end() -> None:
    """No real ones can: whoever forges evidence may try."""
    rows = kept(OUTER, index_of=(INDEX,)), kept(INDEX, index_of=(OUTER, DIGEST))
    assert chain(*rows, said(OUTER), columns="vouched") == (True,)


def test_what_no_index_names_is_not_vouched_for() -> None:
    """Another image of the same repository borrows nothing."""
    rows = kept(DIGEST), kept(INDEX, index_of=(ARM,)), said(INDEX)
    assert chain(*rows) == ("provenance", False, True, "")


def test_its_own_provenance_comes_before_that_of_its_index() -> None:
    rows = IMAGE_INDEX, said(INDEX, commit="f" * 40), said(DIGEST)
    assert chain(*rows, columns="commit") == (HEAD,)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, ("", True, "source"), id="alike"),
        pytest.param({"commit": "f" * 40}, ("provenance", None, None), id="another commit"),
        pytest.param({"builder": "https://x"}, ("provenance", None, None), id="another builder"),
        pytest.param({"signature_holds": False}, ("provenance", None, None), id="forged"),
        pytest.param({"signature_holds": NOBODY}, ("provenance", None, None), id="unchecked"),
        pytest.param(None, ("provenance", None, None), id="none for one"),
    ],
)
def test_an_index_runs_only_what_all_its_images_vouch_for(
    changes: dict[str, Any] | None, expected: tuple[Any, ...]
) -> None:
    """Which of them runs is not said, and neither is which commit, where they differ."""
    other = () if changes is None else (said(ARM, **changes),)
    found = chain(
        IMAGE_INDEX, said(DIGEST), *other, digest=INDEX, columns="broken, vouched, commit"
    )
    assert found == (*expected[:2], HEAD if expected[2] else None)


def test_an_index_whose_images_are_all_forged_is_not_vouched_for() -> None:
    rows = (said(DIGEST, signature_holds=False), said(ARM, signature_holds=False))
    assert chain(IMAGE_INDEX, *rows, digest=INDEX, columns="vouched") == (False,)


def test_an_index_of_which_nobody_says_anything_is_not_vouched_for() -> None:
    assert chain(IMAGE_INDEX, digest=INDEX) == ("provenance", False, True, "")


@pytest.mark.parametrize(
    ("rows", "deployed", "expected"),
    [
        pytest.param((said(INDEX),), DIGEST, None, id="may name what runs"),
        pytest.param((), DIGEST, False, id="has nothing to lend"),
        pytest.param((said(INDEX, signature_holds=False),), DIGEST, False, id="is forged"),
        pytest.param((), INDEX, None, id="runs itself"),
        pytest.param((said(DIGEST),), DIGEST, True, id="is not needed"),
    ],
)
def test_an_index_that_nobody_could_read(
    rows: tuple[Row, ...], deployed: str, expected: bool | None
) -> None:
    """It may name whatever runs; what it says counts for nothing until it is read."""
    found = chain(kept(DIGEST), UNREAD_INDEX, *rows, digest=deployed, columns="vouched, why")
    assert found[0] is expected
    if expected is None:
        assert found[1] == "an index of images that may name it was not read"


def test_images_that_were_not_shown_may_be_an_index() -> None:
    """A repository whose images are refused leaves open what it keeps."""
    hidden = artifact(digest=NOBODY, index_of=NOBODY)
    assert chain(hidden, columns="kept, vouched") == (None, None)
    assert chain(hidden, image="", columns="kept, vouched") == (False, False)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        pytest.param({INDEX: {"signer": "assessor"}}, True, id="of the index"),
        pytest.param({INDEX: {"agrees": False}}, None, id="another index"),
        pytest.param({INDEX: {"agrees": False}, DIGEST: {}}, None, id="they disagree"),
        pytest.param({DIGEST: {"agrees": False}}, False, id="another image"),
    ],
)
def test_a_second_build_of_an_index_is_one_of_its_images(
    kinds: dict[str, Any], expected: bool | None
) -> None:
    """One that gave another index may have differed for another platform."""
    rows = [said(digest, "rebuild", **changes) for digest, changes in kinds.items()]
    assert chain(IMAGE_INDEX, said(INDEX), *rows, columns="rebuilt") == (expected,)


def test_a_second_build_of_an_index_is_of_what_its_images_vouch_for() -> None:
    """Their builder is the one that must not agree with itself."""
    built = said(DIGEST), said(ARM)
    by = {"signer": "another key"}
    rows = (*built, said(INDEX, "rebuild", **by))
    assert chain(IMAGE_INDEX, *rows, digest=INDEX, columns="rebuilt") == (True,)
    rows = (*built, said(INDEX, "rebuild"))
    assert chain(IMAGE_INDEX, *rows, digest=INDEX, columns="rebuilt") == (None,)


@pytest.mark.parametrize(
    ("about", "deployed", "expected"),
    [
        pytest.param((INDEX,), DIGEST, True, id="of the index"),
        pytest.param((DIGEST, ARM), INDEX, True, id="of each image"),
        pytest.param((DIGEST,), INDEX, False, id="of one image"),
    ],
)
def test_inventories_follow_indexes(about: tuple[str, ...], deployed: str, expected: bool) -> None:
    rows = [listing(id=f"sbom/{digest[7]}/component/1", digest=digest) for digest in about]
    assert chain(IMAGE_INDEX, *rows, digest=deployed, columns="inventory") == (expected,)


def test_artefacts_are_vouched_for_through_indexes() -> None:
    """The table of artefacts tells the same as the chains."""
    rows = kept(DIGEST), IMAGE_INDEX, said(INDEX), listing(digest=INDEX)
    facts = Facts(estate(READ, *rows), settled())
    assert facts.rows("artifacts", "vouched, inventory") == [(True, True)] * 2
