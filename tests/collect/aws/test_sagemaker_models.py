"""What we claim to know about models that are served, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sagemaker_models import ENDPOINTS, PACKAGES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Artifact, Deployment
from tests.collect.aws.walking import ACCOUNT, HOME, gather

ENDPOINT = f"arn:aws:sagemaker:{HOME}:{ACCOUNT}:endpoint/e"
PACKAGE = f"arn:aws:sagemaker:{HOME}:{ACCOUNT}:model-package/g/2"
DIGEST = "sha256:" + "ab" * 32

pytestmark = pytest.mark.usefixtures("cloud")


def served(*images: Json, deny: str = "") -> dict[str, Deployment]:
    item = {"EndpointName": "e", "EndpointArn": ENDPOINT}
    variant: Json = {"VariantName": "v", "DeployedImages": list(images)}
    about = {**item, "EndpointConfigName": "c", "ProductionVariants": [variant]}
    rules = [
        Rule(operation="sagemaker.ListEndpoints", answer={"Endpoints": [item]}),
        Rule(operation="sagemaker.DescribeEndpoint", answer=about),
    ]
    rows = gather((IDENTITY, REGIONS, ENDPOINTS), rules=rules, deny=[deny]).rows
    return {row.id: row for row in rows if isinstance(row, Deployment)}


def test_an_image_is_known_and_the_model_in_it_is_not() -> None:
    """The image is the same whatever model it loads."""
    rows = served({"SpecifiedImage": "app:1", "ResolvedImage": f"app@{DIGEST}"})
    image = rows[f"{ENDPOINT}/ProductionVariants/v/0"]

    assert (image.kind, image.image, image.digest, image.pinned) == (
        "container",
        "app:1",
        DIGEST,
        False,
    )
    assert (rows[ENDPOINT].kind, rows[ENDPOINT].image) == ("model", "c")
    assert isinstance(rows[ENDPOINT].digest, Unknown)


def test_an_image_that_is_not_resolved_is_not_known() -> None:
    rows = served({"SpecifiedImage": "app:1"})

    assert isinstance(rows[f"{ENDPOINT}/ProductionVariants/v/0"].digest, Unknown)
    assert isinstance(served()[f"{ENDPOINT}/ProductionVariants/v/?"].digest, Unknown)


def test_an_endpoint_that_is_not_described_runs_something() -> None:
    rows = served(deny="DescribeEndpoint")

    assert all(isinstance(row.digest, Unknown) for row in rows.values())
    assert len(rows) == 2


@pytest.mark.parametrize(
    ("status", "released"), [("Approved", True), ("PendingManualApproval", False)]
)
def test_a_package_is_released_once_it_is_approved(status: str, released: bool) -> None:
    item = {
        "ModelPackageArn": PACKAGE,
        "ModelPackageGroupName": "g",
        "ModelPackageVersion": 2,
        "ModelApprovalStatus": status,
        "ModelPackageStatus": "Completed",
        "CreationTime": "2020-09-20T00:00:00Z",
    }
    rules = [
        Rule(operation="sagemaker.ListModelPackages", answer={"ModelPackageSummaryList": [item]})
    ]

    rows = gather((IDENTITY, REGIONS, PACKAGES), rules=rules).rows
    (row,) = [row for row in rows if isinstance(row, Artifact)]

    assert (row.id, row.kind, row.name, row.tags) == (PACKAGE, "model", "g", ("2",))
    assert row.released is released
    assert isinstance(row.digest, Unknown)
