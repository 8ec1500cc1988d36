"""What we claim to know about the images that are kept, given what AWS answered."""

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

pytestmark = pytest.mark.usefixtures("cloud")


def found(
    *images: Json, mutability: str = "IMMUTABLE", deny: tuple[str, ...] = ()
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
    ]
    rows = gather(COLLECTORS, rules=rules, deny=deny).rows
    return [row for row in rows if isinstance(row, Artifact)]


def test_reads_an_image() -> None:
    (row,) = found({"imageDigest": DIGEST, "imageTags": ["b", "a<b>"], "imageSizeInBytes": 7})

    assert (row.id, row.kind, row.digest) == (f"{STORE}/{DIGEST}", "image", DIGEST)
    assert (row.name, row.store_id, row.tags) == (ADDRESS, STORE, ("a<b>", "b"))
    assert (row.size_bytes, row.mutable_tags, row.signed) == (7, False, False)


@pytest.mark.parametrize("mutability", ["MUTABLE", "IMMUTABLE_WITH_EXCLUSION"])
def test_a_tag_that_may_be_moved_is_mutable(mutability: str) -> None:
    assert found({"imageDigest": DIGEST}, mutability=mutability)[0].mutable_tags is True


def test_a_signature_is_no_image_and_is_not_believed() -> None:
    """Whoever may push can put one beside an image; nobody has checked it."""
    kind = "application/vnd.cncf.notary.signature"

    (row,) = found(
        {"imageDigest": DIGEST},
        {"imageDigest": OTHER, "artifactMediaType": kind, "subjectManifestDigest": DIGEST},
    )

    assert row.digest == DIGEST
    assert isinstance(row.signed, Unknown)


def test_images_that_are_not_shown_are_unknown() -> None:
    (row,) = found(deny=("DescribeImages",))

    assert isinstance(row.digest, Unknown)
    assert row.digest.permission == "ecr:DescribeImages"
