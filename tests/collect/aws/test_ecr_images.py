"""What we claim to know about the images that are kept, given what AWS answered."""

import hashlib
import json

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.ecr import REPOSITORIES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Artifact
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, REPOSITORIES)
STORE = f"arn:aws:ecr:{HOME}:{ACCOUNT}:repository/app"
ADDRESS = f"{ACCOUNT}.dkr.ecr.{HOME}.amazonaws.com/app"
DIGEST = "sha256:" + "ab" * 32
OTHER = "sha256:" + "cd" * 32

INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
NAMING = json.dumps({"mediaType": INDEX, "manifests": [{"digest": DIGEST}, {"digest": OTHER}]})
NAMED = f"sha256:{hashlib.sha256(NAMING.encode()).hexdigest()}"

pytestmark = pytest.mark.usefixtures("cloud")


def image(digest: str = DIGEST, media: str = MANIFEST, **more: Json) -> Json:
    return {"imageDigest": digest, "imageManifestMediaType": media, **more}


def shown(text: str, digest: str = NAMED) -> Rule:
    answer = {"images": [{"imageId": {"imageDigest": digest}, "imageManifest": text}]}
    return Rule(operation="ecr.BatchGetImage", answer=answer)


def found(
    *images: Json,
    mutability: str = "IMMUTABLE",
    deny: tuple[str, ...] = (),
    more: tuple[Rule, ...] = (),
) -> list[Artifact]:
    repository: Json = {
        "repositoryArn": STORE,
        "repositoryName": "app",
        "repositoryUri": ADDRESS,
        "imageTagMutability": mutability,
    }
    rules = [
        Rule(operation="ecr.DescribeRepositories", answer={"repositories": [repository]}),
        Rule(operation="ecr.DescribeImages", answer={"imageDetails": list(images)}),
        *more,
    ]
    rows = gather(COLLECTORS, rules=rules, deny=deny).rows
    return [row for row in rows if isinstance(row, Artifact)]


def test_reads_an_image() -> None:
    (row,) = found(image(imageTags=["b", "a<b>"], imageSizeInBytes=7))

    assert (row.id, row.kind, row.digest) == (f"{STORE}/{DIGEST}", "image", DIGEST)
    assert (row.name, row.store_id, row.tags) == (ADDRESS, STORE, ("a<b>", "b"))
    assert (row.size_bytes, row.mutable_tags, row.signed) == (7, False, False)
    assert row.index_of == ()


@pytest.mark.parametrize("mutability", ["MUTABLE", "IMMUTABLE_WITH_EXCLUSION"])
def test_a_tag_that_may_be_moved_is_mutable(mutability: str) -> None:
    assert found(image(), mutability=mutability)[0].mutable_tags is True


def test_a_signature_is_no_image_and_is_not_believed() -> None:
    """Whoever may push can put one beside an image; nobody has checked it."""
    kind = "application/vnd.cncf.notary.signature"

    (row,) = found(image(), image(OTHER, artifactMediaType=kind, subjectManifestDigest=DIGEST))

    assert row.digest == DIGEST
    assert isinstance(row.signed, Unknown)


def test_images_that_are_not_shown_are_unknown() -> None:
    (row,) = found(deny=("DescribeImages",))

    assert isinstance(row.digest, Unknown)
    assert row.digest.permission == "ecr:DescribeImages"
    assert isinstance(row.index_of, Unknown)


def test_an_index_is_read_for_the_images_that_it_names() -> None:
    index, other = found(image(NAMED, INDEX), image(), more=(shown(NAMING),))

    assert index.index_of == tuple(sorted((DIGEST, OTHER)))
    assert other.index_of == ()


def test_what_does_not_say_that_it_is_an_image_may_be_an_index() -> None:
    (row,) = found({"imageDigest": NAMED}, more=(shown(NAMING),))

    assert row.index_of == tuple(sorted((DIGEST, OTHER)))


@pytest.mark.parametrize(
    ("rules", "deny"),
    [
        pytest.param((shown(NAMING + " "),), (), id="another content"),
        pytest.param((shown(NAMING, DIGEST),), (), id="another image"),
        pytest.param((), ("BatchGetImage",), id="refused"),
    ],
)
def test_an_index_that_is_not_shown_is_unknown(
    rules: tuple[Rule, ...], deny: tuple[str, ...]
) -> None:
    (row,) = found(image(NAMED, INDEX), deny=deny, more=rules)

    assert isinstance(row.index_of, Unknown)
    assert row.index_of.permission == ("ecr:BatchGetImage" if deny else "")


def test_indexes_are_asked_for_a_hundred_at_a_time() -> None:
    """Images that say that they are images are not asked for."""
    repository: Json = {"repositoryArn": STORE, "repositoryName": "app"}
    several = [image(f"sha256:{number:064}", INDEX) for number in range(101)]
    rules = (
        Rule(operation="ecr.DescribeRepositories", answer={"repositories": [repository]}),
        Rule(operation="ecr.DescribeImages", answer={"imageDetails": [image(), *several]}),
        Rule(operation="ecr.BatchGetImage", answer={"images": []}),
    )
    records = gather(COLLECTORS, rules=rules).records
    asked = [each.request for each in records if each.request.operation == "BatchGetImage"]

    assert [len(each.parameters["imageIds"]) for each in asked] == [100, 1]
