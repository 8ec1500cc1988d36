"""What we claim to know about volumes and snapshots, given what AWS answered."""

import boto3
import pytest

from auditor.collect.aws.ebs import SNAPSHOTS, VOLUMES
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.model import Unknown
from auditor.spec import Found
from auditor.tables import Store
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, VOLUMES, SNAPSHOTS)
KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.fixture
def volume() -> str:
    answer = boto3.client("ec2", HOME).create_volume(
        AvailabilityZone=f"{HOME}a",
        Size=3,
        Encrypted=True,
        KmsKeyId=KEY,
        TagSpecifications=[{"ResourceType": "volume", "Tags": [{"Key": "a", "Value": "b"}]}],
    )
    return str(answer["VolumeId"])


@pytest.fixture
def snapshot(volume: str) -> str:
    return str(boto3.client("ec2", HOME).create_snapshot(VolumeId=volume)["SnapshotId"])


def permit(snapshot: str, **whom: list[str]) -> None:
    boto3.client("ec2", HOME).modify_snapshot_attribute(
        SnapshotId=snapshot, Attribute="createVolumePermission", OperationType="add", **whom
    )


def test_reads_a_volume(volume: str) -> None:
    store = gather(COLLECTORS).stores[volume]

    assert store.id == f"arn:aws:ec2:{HOME}:{ACCOUNT}:volume/{volume}"
    assert (store.country, store.size_bytes) == ("US", 3 * 2**30)
    assert (store.encrypted, store.key_id) == (True, KEY)
    assert store.tags == {"a": "b"}


def test_an_open_volume_has_no_key() -> None:
    """Known to have none is not the same as unknown."""
    boto3.client("ec2", HOME).create_volume(AvailabilityZone=f"{HOME}a", Size=1)

    (store,) = gather(COLLECTORS).stores.values()

    assert (store.encrypted, store.key_id) == (False, "")


def test_a_snapshot_comes_from_its_volume(volume: str, snapshot: str) -> None:
    collected = gather(COLLECTORS)
    store = collected.stores[snapshot]

    assert (store.kind, store.backup, store.public) == ("snapshot", True, False)
    assert store.source_id == f"arn:aws:ec2:{HOME}:{ACCOUNT}:volume/{volume}"
    assert collected.flows == []


def test_shares_are_flows(snapshot: str) -> None:
    """Each account that may restore a snapshot has the data."""
    permit(snapshot, UserIds=["999999999999"])
    permit(snapshot, GroupNames=["all"])

    collected = gather(COLLECTORS)

    assert collected.stores[snapshot].public is True
    assert sorted((flow.mechanism, str(flow.target_account)) for flow in collected.flows) == [
        ("public", "*"),
        ("share", "999999999999"),
    ]


def test_refused_permissions_are_possible_shares(snapshot: str) -> None:
    collected = gather(COLLECTORS, deny=["DescribeSnapshotAttribute"])

    assert isinstance(collected.stores[snapshot].public, Unknown)
    assert {flow.mechanism for flow in collected.flows} == {"public", "share"}
    assert all(isinstance(flow.active, Unknown) for flow in collected.flows)


def snapshot_of(**item: object) -> Store:
    found = Found(
        place={"account": ACCOUNT, "region": HOME},
        item={"SnapshotId": "snap-1", "VolumeId": "vol-ffffffff", **item},
        records={"item": (0,)},
    )
    (store, *_) = SNAPSHOTS.rows(found)
    assert isinstance(store, Store)
    return store


def test_a_copy_names_its_original() -> None:
    """The answer has no field for it; only the description tells."""
    copy = snapshot_of(Description="[Copied snap-0a1 from eu-west-1] nightly")

    assert copy.source_id == "arn:aws:ec2:eu-west-1::snapshot/snap-0a1"


def test_a_copy_that_does_not_say_so_has_an_unknown_original() -> None:
    assert isinstance(snapshot_of(Description="nightly").source_id, Unknown)


@pytest.mark.parametrize(
    "place",
    [
        {"AvailabilityZone": "us-east-1-xyz-1a"},
        {"OutpostArn": "arn:aws:outposts:us-east-1:1:outpost/op-1"},
    ],
)
def test_unlisted_zones_and_outposts_are_anywhere(place: dict[str, str]) -> None:
    assert isinstance(snapshot_of(**place).country, Unknown)
    assert snapshot_of().country == "US"


def test_a_local_zone_is_not_where_its_region_is() -> None:
    assert snapshot_of(AvailabilityZone="us-east-1-lim-1a").country == "PE"
