"""What we claim to know about EMR, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.emr import BLOCKS, CLUSTERS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Guardrail
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")

_ARN = f"arn:aws:elasticmapreduce:{HOME}:{ACCOUNT}:cluster/j-1"


def collect(zone: str = "us-east-1a", deny: str = "", **about: Json) -> Collected:
    item = {"Id": "j-1", "Name": "c", "ClusterArn": _ARN}
    cluster = {"Id": "j-1", "Ec2InstanceAttributes": {"Ec2AvailabilityZone": zone}, **about}
    rules = [
        Rule(operation="emr.ListClusters", answer={"Clusters": [item]}),
        Rule(operation="emr.DescribeCluster", answer={"Cluster": cluster}),
    ]
    return gather((IDENTITY, REGIONS, CLUSTERS), rules=rules, deny=[deny])


def test_a_cluster_is_where_its_zone_is() -> None:
    assert collect().stores["c"].country == "US"
    assert collect("us-east-1-bue-1a").stores["c"].country == "AR"


def test_logs_go_to_a_bucket() -> None:
    public, flow = collect(LogUri="s3n://logs/emr/").flows

    assert (public.mechanism, isinstance(public.active, Unknown)) == ("public", True)
    assert (flow.mechanism, flow.target_id) == ("export", "arn:aws:s3:::logs")


def test_a_refusal_leaves_logs_and_place_open() -> None:
    found = collect(deny="DescribeCluster")

    assert isinstance(found.stores["c"].country, Unknown)
    assert all(isinstance(flow.active, Unknown) for flow in found.flows)


def test_passwords_are_kept_out() -> None:
    found = collect(KerberosAttributes={"Realm": "r", "KdcAdminPassword": "hunter2"})

    assert "hunter2" not in repr(found)


def test_the_block_lets_some_ports_through() -> None:
    answer = {
        "BlockPublicAccessConfiguration": {
            "BlockPublicSecurityGroupRules": True,
            "PermittedPublicSecurityGroupRuleRanges": [{"MinRange": 22, "MaxRange": 22}],
        },
        "BlockPublicAccessConfigurationMetadata": {"CreationDateTime": 0, "CreatedByArn": "a"},
    }
    rules = [Rule(operation="emr.GetBlockPublicAccessConfiguration", answer=answer)]

    found = gather((IDENTITY, REGIONS, BLOCKS), rules=rules)

    (block,) = (row for row in found.rows if isinstance(row, Guardrail))
    assert (block.enforced, block.escapes) == (True, ("ports 22 to 22",))
