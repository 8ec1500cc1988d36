"""What we claim to know about databases that write to other services."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.rds import INSTANCES
from auditor.collect.aws.rds_clusters import CLUSTERS
from auditor.collect.aws.rds_outlets import OPTION_GROUPS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, gather

ROLE = f"arn:aws:iam::{ACCOUNT}:role/writer"


def flows_of(collector: Collector, **item: Json) -> list[Flow]:
    place = {"account": ACCOUNT, "region": HOME}
    known = {"DBClusterArn": "c", "DBInstanceArn": "i", **item}
    found = Found(place=place, item=known, records={"item": (0,)})
    return [row for row in collector.rows(found) if isinstance(row, Flow)]


@pytest.mark.parametrize("collector", [INSTANCES, CLUSTERS], ids=["instance", "cluster"])
@pytest.mark.parametrize(("status", "active"), [("started", True), ("stopped", False)])
def test_statements_go_to_a_stream(collector: Collector, status: str, active: bool) -> None:
    (flow,) = flows_of(
        collector, ActivityStreamKinesisStreamName="das", ActivityStreamStatus=status
    )

    assert (flow.mechanism, flow.active) == ("stream", active)
    assert flow.target_id == f"arn:aws:kinesis:{HOME}:{ACCOUNT}:stream/das"


@pytest.mark.parametrize("collector", [INSTANCES, CLUSTERS], ids=["instance", "cluster"])
def test_a_role_lets_a_database_write_somewhere(collector: Collector) -> None:
    """Older roles of Aurora name no feature; a role for reading alone is no way out."""
    roles = [
        {"RoleArn": ROLE, "FeatureName": "s3Export"},
        {"RoleArn": ROLE, "FeatureName": ""},
        {"RoleArn": ROLE, "FeatureName": "s3Import"},
    ]

    flows = flows_of(collector, AssociatedRoles=roles)

    assert [(flow.mechanism, flow.active) for flow in flows] == [("export", True)] * 2
    assert all(isinstance(flow.target_country, Unknown) for flow in flows)


@pytest.mark.usefixtures("cloud")
def test_reads_option_groups_without_what_is_set_in_them() -> None:
    """A setting can be a password."""
    arn = f"arn:aws:rds:{HOME}:{ACCOUNT}:og:plain"
    option = {"OptionName": "OEM", "OptionSettings": [{"Name": "PASSWORD", "Value": "hush"}]}
    rule = Rule(
        operation="rds.DescribeOptionGroups",
        answer={
            "OptionGroupsList": [
                {"OptionGroupName": "plain", "OptionGroupArn": arn, "Options": [option]}
            ]
        },
    )

    collected = gather((IDENTITY, REGIONS, OPTION_GROUPS), rules=[rule])

    assert collected.processors["plain"].id == arn
    assert collected.flows == []
    assert "hush" not in str(collected.records)


def test_an_option_that_writes_is_a_way_out() -> None:
    options = [{"OptionName": "SQLSERVER_BACKUP_RESTORE"}, {"OptionName": "TDE"}]

    (flow,) = flows_of(OPTION_GROUPS, OptionGroupArn="g", Options=options)

    assert flow.mechanism == "export"
    assert isinstance(flow.target_account, Unknown)


def test_a_clone_of_another_accounts_cluster_has_an_unknown_original() -> None:
    place = {"account": ACCOUNT, "region": HOME}
    item = {"DBClusterArn": "c", "CrossAccountClone": True}

    (store,) = CLUSTERS.rows(Found(place=place, item=item, records={"item": (0,)}))

    assert isinstance(store.source_id, Unknown)  # type: ignore[attr-defined]
