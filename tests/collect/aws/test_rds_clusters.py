"""What we claim to know about Aurora clusters and the global clusters above them."""

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.rds_clusters import CLUSTERS, GLOBAL_CLUSTERS
from auditor.collect.aws.sts import IDENTITY
from auditor.model import Json, Target, Unknown
from auditor.spec import Found
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, gather

ABROAD = "eu-central-1"
BOTH = Target(name="here", provider="aws", axes={"region": (HOME, ABROAD)})


def arn(region: str, name: str) -> str:
    return f"arn:aws:rds:{region}:{ACCOUNT}:cluster:{name}"


@pytest.mark.usefixtures("cloud")
def test_a_global_cluster_is_one_flow_for_each_reader() -> None:
    """Every member region lists the whole; the flow must not be counted twice."""
    boto3.client("rds", HOME).create_global_cluster(
        GlobalClusterIdentifier="world", Engine="aurora-postgresql"
    )
    for region in (HOME, ABROAD):
        boto3.client("rds", region).create_db_cluster(
            DBClusterIdentifier=f"part-{region}",
            Engine="aurora-postgresql",
            GlobalClusterIdentifier="world",
            MasterUsername="administrator",
            MasterUserPassword="only-in-memory",
            StorageEncrypted=True,
        )

    collected = gather((IDENTITY, REGIONS, CLUSTERS, GLOBAL_CLUSTERS), BOTH)

    (flow,) = collected.flows
    assert flow.store_id == arn(HOME, f"part-{HOME}")
    assert (flow.target_id, flow.active) == (arn(ABROAD, f"part-{ABROAD}"), True)
    assert collected.stores[f"part-{ABROAD}"].country == "DE"


def flows_of(*members: Json) -> list[Flow]:
    found = Found(
        place={"account": ACCOUNT, "region": HOME},
        item={"GlobalClusterMembers": list(members)},
        records={"item": (0,)},
    )
    return [row for row in GLOBAL_CLUSTERS.rows(found) if isinstance(row, Flow)]


def test_the_writers_region_alone_reports() -> None:
    writer = {"DBClusterArn": arn(ABROAD, "w"), "IsWriter": True}

    assert flows_of(writer, {"DBClusterArn": arn(HOME, "r")}) == []


def test_without_a_writer_it_is_unknown_whether_data_moves() -> None:
    (flow,) = flows_of({"DBClusterArn": arn(HOME, "a")}, {"DBClusterArn": arn(ABROAD, "b")})

    assert isinstance(flow.active, Unknown)


def test_a_replica_cluster_names_its_source() -> None:
    found = Found(
        place={"account": ACCOUNT, "region": HOME},
        item={
            "DBClusterArn": arn(HOME, "copy"),
            "AvailabilityZones": ["us-east-1a"],
            "ReplicationSourceIdentifier": arn(ABROAD, "first"),
            "ReadReplicaIdentifiers": [arn(ABROAD, "next")],
        },
        records={"item": (0,)},
    )

    store, flow = CLUSTERS.rows(found)

    assert (store.kind, store.source_id) == ("replica", arn(ABROAD, "first"))  # type: ignore[attr-defined]
    assert flow.target_id == arn(ABROAD, "next")  # type: ignore[attr-defined]
