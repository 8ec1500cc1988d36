"""What we claim to know about machine images, and who may launch them."""

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.ec2_images import IMAGES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Artifact, Flow, Store
from tests.collect.aws.walking import HOME, gather

COLLECTORS = (IDENTITY, REGIONS, IMAGES)
ORGANIZATION = "arn:aws:organizations::123456789012:organization/o-a1b2c3d4e5"

pytestmark = pytest.mark.usefixtures("cloud")


def image(permissions: Json = (), **item: Json) -> tuple[Store, list[Flow]]:
    known = {"ImageId": "ami-1", "Name": "golden", "Public": False, **item}
    rules = [
        Rule(operation="ec2.DescribeImages", answer={"Images": [known]}),
        Rule(
            operation="ec2.DescribeImageAttribute",
            answer={"ImageId": "ami-1", "LaunchPermissions": list(permissions)},
        ),
    ]
    collected = gather(COLLECTORS, rules=rules)
    return collected.stores["golden"], collected.flows


def test_reads_an_image() -> None:
    disks = [{"Ebs": {"SnapshotId": "snap-1", "Encrypted": True}}]

    store, flows = image(BlockDeviceMappings=disks, Tags=[{"Key": "a", "Value": "b"}])

    assert store.id == f"arn:aws:ec2:{HOME}::image/ami-1"
    assert (store.encrypted, store.public, store.country) == (True, False, "US")
    assert (store.tags, flows) == ({"a": "b"}, [])


def test_one_open_disk_makes_an_image_open() -> None:
    disks = [{"Ebs": {"Encrypted": True}}, {"Ebs": {"Encrypted": False}}]

    store, _ = image(BlockDeviceMappings=disks)

    assert (store.encrypted, store.key_id) == (False, "")


def test_an_image_without_snapshots_does_not_say_whether_it_is_encrypted() -> None:
    assert isinstance(image(RootDeviceType="instance-store")[0].encrypted, Unknown)


def test_a_copy_names_its_original_abroad() -> None:
    store, _ = image(SourceImageId="ami-0", SourceImageRegion="eu-west-1")

    assert store.source_id == "arn:aws:ec2:eu-west-1::image/ami-0"


def test_accounts_and_organisations_may_launch_it() -> None:
    """Which accounts an organisation has, and will have, is not known from here."""
    _, flows = image([{"UserId": "999999999999"}, {"OrganizationArn": ORGANIZATION}])

    account, organization = flows
    assert (account.mechanism, account.target_account) == ("share", "999999999999")
    assert (organization.mechanism, organization.active) == ("share", True)
    assert isinstance(organization.target_account, Unknown)


def test_a_public_image_is_a_way_out() -> None:
    _, flows = image([{"Group": "all"}], Public=True)

    assert [(flow.mechanism, flow.target_account) for flow in flows] == [("public", "*")]


def test_refused_permissions_are_possible_shares() -> None:
    instance = boto3.client("ec2", HOME).run_instances(
        ImageId="ami-12345678", MinCount=1, MaxCount=1
    )["Instances"][0]
    boto3.client("ec2", HOME).create_image(InstanceId=instance["InstanceId"], Name="golden")

    collected = gather(COLLECTORS, deny=["DescribeImageAttribute"])

    assert [flow.mechanism for flow in collected.flows] == ["share"]
    assert all(isinstance(flow.active, Unknown) for flow in collected.flows)


def test_an_image_is_an_artifact_by_its_id() -> None:
    """Machine images have no digest, and their ids are never given again."""
    item = {"ImageId": "ami-1", "Name": "golden", "CreationDate": "2020-09-20T00:00:00.000Z"}
    rules = [Rule(operation="ec2.DescribeImages", answer={"Images": [item]})]

    (row,) = [row for row in gather(COLLECTORS, rules=rules).rows if isinstance(row, Artifact)]

    assert (row.kind, row.name, row.digest) == ("machine image", "golden", "ami-1")
    assert row.made == "2020-09-20T00:00:00.000Z"
