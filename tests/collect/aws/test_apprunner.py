"""What we claim to know about what App Runner runs, given what AWS answered."""

import pytest

from auditor.collect.aws.apprunner import SERVICES
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Deployment
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

ARN = f"arn:aws:apprunner:{HOME}:{ACCOUNT}:service/s/1"
DIGEST = "sha256:" + "ab" * 32

pytestmark = pytest.mark.usefixtures("cloud")


def collect(deny: str = "", status: str = "RUNNING", **source: Json) -> Collected:
    item = {"ServiceArn": ARN, "ServiceName": "s", "Status": status}
    about = {**item, "SourceConfiguration": source}
    rules = [
        Rule(operation="apprunner.ListServices", answer={"ServiceSummaryList": [item]}),
        Rule(operation="apprunner.DescribeService", answer={"Service": about}),
    ]
    return gather((IDENTITY, REGIONS, SERVICES), rules=rules, deny=[deny])


def service(collected: Collected) -> Deployment:
    (row,) = (row for row in collected.rows if isinstance(row, Deployment))
    return row


def test_a_pinned_image_has_a_digest() -> None:
    image = f"registry.example/app@{DIGEST}"

    row = service(collect(ImageRepository={"ImageIdentifier": image}))

    assert (row.id, row.kind, row.image, row.digest) == (ARN, "app runner", image, DIGEST)
    assert row.pinned is True


def test_a_tag_has_none_that_is_stated() -> None:
    row = service(collect(ImageRepository={"ImageIdentifier": "registry.example/app:1"}))

    assert isinstance(row.digest, Unknown)
    assert row.pinned is False


@pytest.mark.parametrize(("kind", "pinned"), [("BRANCH", False), ("COMMIT", True)])
def test_what_is_built_from_source_has_no_digest(kind: str, pinned: bool) -> None:
    url = "https://github.com/acme/app"
    code: Json = {"RepositoryUrl": url, "SourceCodeVersion": {"Type": kind, "Value": "main"}}

    row = service(collect(CodeRepository=code))

    assert (row.image, row.pinned) == (url, pinned)
    assert isinstance(row.digest, Unknown)


def test_a_refusal_leaves_everything_open() -> None:
    row = service(collect(deny="DescribeService"))

    assert all(isinstance(each, Unknown) for each in (row.image, row.digest, row.pinned))


def test_what_is_gone_runs_nothing_and_variables_are_kept_out() -> None:
    settings = {"RuntimeEnvironmentVariables": {"TOKEN": "hidden"}, "StartCommand": "run hidden"}
    image = {"ImageIdentifier": "a:1", "ImageConfiguration": settings}

    assert "hidden" not in repr(collect(ImageRepository=image).records)
    assert not [row for row in collect(status="DELETED").rows if isinstance(row, Deployment)]
