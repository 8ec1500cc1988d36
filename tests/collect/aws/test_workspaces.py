"""What we claim to know about WorkSpaces, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.collect.aws.workspaces import IMAGES, WORKSPACES
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")


def collect(zone: str = "us-east-1a", **item: Json) -> Collected:
    desktop = {"WorkspaceId": "ws-1", "SubnetId": "subnet-1", **item}
    subnet = {"SubnetId": "subnet-1", "AvailabilityZone": zone}
    rules = [
        Rule(operation="workspaces.DescribeWorkspaces", answer={"Workspaces": [desktop]}),
        Rule(operation="ec2.DescribeSubnets", answer={"Subnets": [subnet]}),
    ]
    return gather((IDENTITY, REGIONS, WORKSPACES), rules=rules)


def test_a_desktop_is_where_its_subnet_is() -> None:
    assert collect().stores["ws-1"].country == "US"
    assert collect("us-east-1-lim-1a").stores["ws-1"].country == "PE"


def test_both_volumes_count() -> None:
    half = collect(UserVolumeEncryptionEnabled=True, RootVolumeEncryptionEnabled=False)
    unsaid = collect(UserVolumeEncryptionEnabled=True)
    key = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1"
    whole = collect(
        UserVolumeEncryptionEnabled=True, RootVolumeEncryptionEnabled=True, VolumeEncryptionKey=key
    )

    assert half.stores["ws-1"].encrypted is False
    assert isinstance(unsaid.stores["ws-1"].encrypted, Unknown)
    assert (whole.stores["ws-1"].encrypted, whole.stores["ws-1"].key_id) == (True, key)


@pytest.mark.parametrize(
    ("mode", "active"), [("PRIMARY_AS_SOURCE", True), ("NO_REPLICATION", False)]
)
def test_a_standby_is_in_the_region_of_the_related_desktop(mode: str, *, active: bool) -> None:
    (flow,) = collect(
        StandbyWorkspacesProperties=[{"StandbyWorkspaceId": "ws-2", "DataReplication": mode}],
        RelatedWorkspaces=[{"WorkspaceId": "ws-2", "Region": "eu-west-1", "Type": "STANDBY"}],
    ).flows

    assert flow.target_id == f"arn:aws:workspaces:eu-west-1:{ACCOUNT}:workspace/ws-2"
    assert (flow.target_country, flow.active) == ("IE", active)


def test_a_standby_of_which_no_region_is_named_may_be_anywhere() -> None:
    standby = {"StandbyWorkspaceId": "ws-2", "DataReplication": "PRIMARY_AS_SOURCE"}

    (flow,) = collect(StandbyWorkspacesProperties=[standby]).flows

    assert isinstance(flow.target_country, Unknown)


def test_an_image_is_shared_with_the_accounts_that_are_named() -> None:
    image = {"ImageId": "wsi-1", "Name": "base"}
    shared = {"ImageId": "wsi-1", "ImagePermissions": [{"SharedAccountId": "222222222222"}]}
    rules = [
        Rule(operation="workspaces.DescribeWorkspaceImages", answer={"Images": [image]}),
        Rule(operation="workspaces.DescribeWorkspaceImagePermissions", answer=shared),
    ]
    collectors = (IDENTITY, REGIONS, IMAGES)

    (flow,) = gather(collectors, rules=rules).flows
    (unread,) = gather(collectors, rules=rules, deny=["DescribeWorkspaceImagePermissions"]).flows

    assert flow.target_account == "222222222222"
    assert isinstance(unread.active, Unknown)
