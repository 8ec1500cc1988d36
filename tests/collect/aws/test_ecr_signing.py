"""Whose signature on an image ECR vouches for, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.ecr import REPOSITORIES
from auditor.collect.aws.ecr_images import SIGNATURE
from auditor.collect.aws.ecr_signing import _matches
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Artifact
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, REPOSITORIES)
DIGEST, OTHER = "sha256:" + "ab" * 32, "sha256:" + "cd" * 32
PROFILE = f"arn:aws:signer:{HOME}:{ACCOUNT}:/signing-profiles/release"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"

pytestmark = pytest.mark.usefixtures("cloud")


def image(digest: str, **more: Json) -> Json:
    return {"imageDigest": digest, "imageManifestMediaType": MANIFEST, **more}


SIGNED = image(OTHER, artifactMediaType=SIGNATURE, subjectManifestDigest=DIGEST)
UNCLEAR = image(OTHER, artifactMediaType=SIGNATURE)


def told(
    *statuses: str,
    beside: Json = SIGNED,
    profile: str = "Active",
    filters: Json = None,
    deny: str = "",
    named: str = DIGEST,
) -> Artifact:
    """Return the image, given how far its signatures are."""
    repository: Json = {"repositoryArn": "arn:app", "repositoryName": "team/app"}
    rule = {"signingProfileArn": PROFILE, **({"repositoryFilters": filters} if filters else {})}
    signatures = [{"signingProfileArn": PROFILE, "status": each} for each in statuses]
    rules = [
        Rule(operation="ecr.DescribeRepositories", answer={"repositories": [repository]}),
        Rule(
            operation="ecr.DescribeImages",
            answer={"imageDetails": [image(DIGEST), *([beside] if beside else [])]},
        ),
        Rule(
            operation="ecr.GetSigningConfiguration",
            answer={"signingConfiguration": {"rules": [rule]}},
        ),
        Rule(
            operation="ecr.DescribeImageSigningStatus",
            answer={"imageId": {"imageDigest": named}, "signingStatuses": signatures},
        ),
        Rule(
            operation="signer.ListSigningProfiles",
            answer={"profiles": [{"arn": PROFILE, "status": profile}] if profile else []},
        ),
    ]
    rows = gather(COLLECTORS, rules=rules, deny=[deny]).rows
    (row,) = [row for row in rows if isinstance(row, Artifact)]
    return row


@pytest.mark.parametrize("profile", ["Active", "Canceled"])
def test_an_image_that_ecr_had_signed_is_signed(profile: str) -> None:
    """A profile that was cancelled makes no more signatures, and takes none back."""
    assert told("FAILED", "COMPLETE", profile=profile).signed is True


def test_an_image_without_a_signature_is_not_signed() -> None:
    """Nobody is asked about it."""
    assert told("COMPLETE", beside=None).signed is False


@pytest.mark.parametrize(
    "row",
    [
        pytest.param({"statuses": ("IN_PROGRESS",)}, id="under way"),
        pytest.param({"statuses": ("FAILED",)}, id="failed"),
        pytest.param({"statuses": ()}, id="not told"),
        pytest.param({"profile": "Revoked"}, id="profile revoked"),
        pytest.param({"profile": ""}, id="profile of another account"),
        pytest.param({"named": OTHER}, id="about another image"),
        pytest.param({"filters": [{"filter": "other/*"}]}, id="another repository's rule"),
        pytest.param({"deny": "GetSigningConfiguration"}, id="rules refused"),
        pytest.param({"deny": "DescribeImageSigningStatus"}, id="status refused"),
        pytest.param({"deny": "ListSigningProfiles"}, id="profiles refused"),
    ],
)
def test_a_signature_that_ecr_does_not_vouch_for_is_unknown(row: dict[str, Json]) -> None:
    statuses = row.pop("statuses", ("COMPLETE",))
    assert isinstance(told(*statuses, **row).signed, Unknown)


def test_a_signature_that_does_not_say_of_what_it_is_may_be_of_any_image() -> None:
    assert told("COMPLETE", beside=UNCLEAR).signed is True
    assert isinstance(told(beside=UNCLEAR).signed, Unknown)


@pytest.mark.parametrize(
    ("wildcard", "expected"),
    [
        ("*", True), ("team/*", True), ("*/app", True), ("t*m/a*p", True), ("team/app", True),
        ("team", False), ("*x*", False), ("team/app*app", False), ("app*", False),
        ("*a" * 60 + "b", False),
    ],
)  # fmt: skip
def test_rules_name_repositories_by_wildcards(wildcard: str, expected: bool) -> None:
    assert _matches(wildcard, "team/app" if len(wildcard) < 60 else "a" * 200) is expected
