"""What we claim to know about snapshots of databases, and whom they are shared with."""

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.rds_snapshots import (
    BACKUP_CLUSTER_SNAPSHOTS,
    BACKUP_SNAPSHOTS,
    CLUSTER_SNAPSHOTS,
    SNAPSHOTS,
    SYSTEM_CLUSTER_SNAPSHOTS,
    SYSTEM_SNAPSHOTS,
)
from auditor.collect.aws.sts import IDENTITY
from auditor.model import Unknown
from auditor.spec import Found
from auditor.tables import Store
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, SNAPSHOTS, SYSTEM_SNAPSHOTS, CLUSTER_SNAPSHOTS)


@pytest.fixture
def snapshot() -> str:
    rds = boto3.client("rds", HOME)
    rds.create_db_instance(
        DBInstanceIdentifier="main",
        DBInstanceClass="db.m5.large",
        Engine="postgres",
        AllocatedStorage=20,
    )
    rds.create_db_snapshot(DBSnapshotIdentifier="copy", DBInstanceIdentifier="main")
    return "copy"


def share(snapshot: str, *accounts: str) -> None:
    boto3.client("rds", HOME).modify_db_snapshot_attribute(
        DBSnapshotIdentifier=snapshot, AttributeName="restore", ValuesToAdd=list(accounts)
    )


@pytest.mark.usefixtures("cloud")
def test_a_snapshot_comes_from_its_instance(snapshot: str) -> None:
    """Those that the service makes are listed besides, and each is listed once."""
    collected = gather(COLLECTORS)
    store = collected.stores[snapshot]

    assert store.source_id == f"arn:aws:rds:{HOME}:{ACCOUNT}:db:main"
    assert (store.public, store.backup, store.country) == (False, True, "US")
    assert len({each.id for each in collected.stores.values()}) == 2
    assert collected.flows == []


@pytest.mark.usefixtures("cloud")
def test_shares_are_flows(snapshot: str) -> None:
    share(snapshot, "999999999999", "all")

    collected = gather(COLLECTORS)

    assert collected.stores[snapshot].public is True
    assert {(flow.mechanism, flow.target_account) for flow in collected.flows} == {
        ("public", "*"),
        ("share", "999999999999"),
    }


@pytest.mark.usefixtures("cloud")
def test_refused_attributes_are_possible_shares(snapshot: str) -> None:
    collected = gather(COLLECTORS, deny=["DescribeDBSnapshotAttributes"])

    assert isinstance(collected.stores[snapshot].public, Unknown)
    assert {flow.mechanism for flow in collected.flows} == {"public", "share"}
    assert all(isinstance(flow.active, Unknown) for flow in collected.flows)


def test_a_copy_names_its_original_abroad() -> None:
    """Only copies across accounts or regions have a source."""
    origin = "arn:aws:rds:eu-west-1:1:snapshot:first"
    found = Found(
        place={"account": ACCOUNT, "region": HOME},
        item={"DBSnapshotArn": "s", "SourceDBSnapshotIdentifier": origin},
        records={"item": (0,)},
    )

    (store,) = SYSTEM_SNAPSHOTS.rows(found)

    assert isinstance(store, Store)
    assert store.source_id == origin


def test_only_snapshots_made_by_hand_are_asked_whom_they_are_shared_with() -> None:
    """The others cannot be shared, and there are many more of them."""
    asked = [
        each.kind
        for each in (
            SNAPSHOTS,
            SYSTEM_SNAPSHOTS,
            BACKUP_SNAPSHOTS,
            CLUSTER_SNAPSHOTS,
            SYSTEM_CLUSTER_SNAPSHOTS,
            BACKUP_CLUSTER_SNAPSHOTS,
        )
        if each.details
    ]

    assert asked == ["aws.rds.snapshot", "aws.rds.cluster_snapshot"]
