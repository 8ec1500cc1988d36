"""What we claim to know about where Image Builder sends images."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.imagebuilder import DISTRIBUTIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, DISTRIBUTIONS)
ARN = f"arn:aws:imagebuilder:{HOME}:{ACCOUNT}:distribution-configuration/all"
STRANGER = "999999999999"

pytestmark = pytest.mark.usefixtures("cloud")


def flows_of(*distributions: Json, deny: tuple[str, ...] = ()) -> list[Flow]:
    known = {"arn": ARN, "name": "all"}
    rules = [
        Rule(
            operation="imagebuilder.ListDistributionConfigurations",
            answer={"distributionConfigurationSummaryList": [known]},
        ),
        Rule(
            operation="imagebuilder.GetDistributionConfiguration",
            answer={
                "distributionConfiguration": {
                    **known,
                    "distributions": list(distributions),
                    "timeoutMinutes": 1,
                }
            },
        ),
    ]
    collected = gather(COLLECTORS, rules=rules, deny=deny)
    assert collected.processors["all"].id == ARN
    return collected.flows


def test_images_go_to_regions_and_accounts() -> None:
    """Without accounts, an image stays in the account."""
    flows = flows_of(
        {"region": "eu-central-1"},
        {"region": HOME, "amiDistributionConfiguration": {"targetAccountIds": [STRANGER]}},
    )

    assert [(flow.mechanism, flow.target_account, flow.target_country) for flow in flows] == [
        ("copy", ACCOUNT, "DE"),
        ("copy", STRANGER, "US"),
    ]


def test_launch_permissions_are_shares() -> None:
    permission = {"userIds": [ACCOUNT, STRANGER], "userGroups": ["all"]}
    flows = flows_of(
        {"region": HOME, "amiDistributionConfiguration": {"launchPermission": permission}}
    )

    assert [(flow.mechanism, flow.target_account) for flow in flows[1:]] == [
        ("share", STRANGER),
        ("public", "*"),
    ]


def test_containers_and_disk_files_go_elsewhere() -> None:
    flows = flows_of(
        {
            "region": "us-west-2",
            "containerDistributionConfiguration": {
                "targetRepository": {"service": "ECR", "repositoryName": "web"}
            },
            "s3ExportConfiguration": {
                "roleName": "r",
                "diskImageFormat": "VMDK",
                "s3Bucket": "files",
            },
        }
    )

    assert [flow.target_id for flow in flows[1:]] == [
        f"arn:aws:ecr:us-west-2:{ACCOUNT}:repository/web",
        "arn:aws:s3:::files",
    ]


def test_a_refused_configuration_may_send_images_anywhere() -> None:
    flows = flows_of({"region": HOME}, deny=("GetDistributionConfiguration",))

    assert {flow.mechanism for flow in flows} == {"copy", "share", "export"}
    assert all(isinstance(flow.active, Unknown) for flow in flows)
