"""What we claim to know about Lightsail, given what AWS answered."""

from typing import Any

import pytest

from auditor.collect.aws import lightsail
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.spec import Collector
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

LIGHTSAIL = [each for each in vars(lightsail).values() if isinstance(each, Collector)]
COLLECTORS = (IDENTITY, REGIONS, *LIGHTSAIL)
STRANGER = "999999999999"

pytestmark = pytest.mark.usefixtures("cloud")


def arn_of(kind: str) -> str:
    return f"arn:aws:lightsail:{HOME}:{ACCOUNT}:{kind}/one"


def collected(operation: str, items: str, kind: str, **more: Any) -> Collected:
    item = {
        "name": "one",
        "arn": arn_of(kind),
        "location": {"availabilityZone": "all", "regionName": HOME},
        "tags": [{"key": "a", "value": "b"}],
        **more,
    }
    rule = Rule(operation=f"lightsail.{operation}", answer={items: [item]})
    return gather(COLLECTORS, rules=[rule])


def bucket(rule: str, overrides: bool = False, accounts: list[str] | None = None) -> Collected:
    access = {"getObject": rule, "allowPublicOverrides": overrides}
    return collected(
        "GetBuckets", "buckets", "Bucket", accessRules=access, readonlyAccessAccounts=accounts or []
    )


def test_a_private_bucket() -> None:
    found = bucket("private")
    store = found.stores["one"]

    assert (store.id, store.country, store.public) == (arn_of("Bucket"), "US", False)
    assert store.tags == {"a": "b"}
    assert found.flows == []


def test_a_public_bucket_and_one_whose_objects_may_be() -> None:
    assert [flow.mechanism for flow in bucket("public").flows] == ["public"]
    assert isinstance(bucket("private", overrides=True).stores["one"].public, Unknown)


def test_an_account_that_may_read_is_a_share() -> None:
    (flow,) = bucket("private", accounts=[STRANGER]).flows

    assert (flow.mechanism, flow.target_account) == ("share", STRANGER)


def test_a_snapshot_comes_from_its_instance() -> None:
    """Whether its disk is encrypted, nobody says."""
    found = collected(
        "GetInstanceSnapshots", "instanceSnapshots", "InstanceSnapshot", fromInstanceArn="i-1"
    )
    store = found.stores["one"]

    assert (store.backup, store.source_id) == (True, "i-1")
    assert isinstance(store.encrypted, Unknown)


def test_a_snapshot_of_a_system_disk_comes_from_its_instance() -> None:
    found = collected("GetDiskSnapshots", "diskSnapshots", "DiskSnapshot", fromInstanceArn="i-1")
    store = found.stores["one"]

    assert (store.source_id, store.encrypted) == ("i-1", True)


def test_instances_and_snapshots_of_databases_are_stores() -> None:
    instances = collected("GetInstances", "instances", "Instance")
    snapshots = collected(
        "GetRelationalDatabaseSnapshots",
        "relationalDatabaseSnapshots",
        "RelationalDatabaseSnapshot",
        fromRelationalDatabaseArn="d-1",
    )

    assert isinstance(instances.stores["one"].encrypted, Unknown)
    assert snapshots.stores["one"].source_id == "d-1"


def test_databases_and_disks_are_where_their_zone_is() -> None:
    place = {"availabilityZone": "us-east-1a", "regionName": HOME}
    databases = collected(
        "GetRelationalDatabases", "relationalDatabases", "RelationalDatabase", location=place
    )
    disks = collected("GetDisks", "disks", "Disk", location=place, sizeInGb=2)

    assert databases.stores["one"].country == "US"
    assert disks.stores["one"].size_bytes == 2 * 2**30


def test_an_export_is_under_way_only_until_it_is_there() -> None:
    for state, active in (("Started", True), ("Succeeded", False)):
        record = {
            "arn": arn_of("ExportSnapshotRecord"),
            "state": state,
            "sourceInfo": {"arn": arn_of("InstanceSnapshot")},
            "destinationInfo": {"service": "Amazon EC2", "id": "ami-1"},
        }
        answer = {"exportSnapshotRecords": [record]}
        rule = Rule(operation="lightsail.GetExportSnapshotRecords", answer=answer)
        (flow,) = gather(COLLECTORS, rules=[rule]).flows
        assert (flow.store_id, flow.active) == (arn_of("InstanceSnapshot"), active)
        assert (flow.target_account, flow.target_country) == (ACCOUNT, "US")


def test_a_distribution_keeps_copies_at_every_edge() -> None:
    found = collected("GetDistributions", "distributions", "Distribution", isEnabled=True)

    assert (found.processors["one"].country, found.processors["one"].public) == ("*", True)
    (flow,) = found.flows
    assert (flow.mechanism, flow.target_country, flow.active) == ("edge", "*", True)
