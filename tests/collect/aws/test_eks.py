"""What we claim to know about Kubernetes clusters, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.eks import CLUSTERS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Deployment
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, CLUSTERS)
ARN = f"arn:aws:eks:{HOME}:{ACCOUNT}:cluster/c"

pytestmark = pytest.mark.usefixtures("cloud")


def collect(*entries: str, deny: tuple[str, ...] = (), **cluster: Json) -> Collected:
    access: Json = {"endpointPublicAccess": True, "publicAccessCidrs": ["0.0.0.0/0"]}
    whole = {
        "name": "c",
        "arn": ARN,
        "resourcesVpcConfig": access,
        "accessConfig": {"authenticationMode": "API"},
        **cluster,
    }
    rules = [
        Rule(operation="eks.ListClusters", answer={"clusters": ["c"]}),
        Rule(operation="eks.DescribeCluster", answer={"cluster": whole}),
        Rule(operation="eks.ListAccessEntries", answer={"accessEntries": list(entries)}),
    ]
    return gather(COLLECTORS, rules=rules, deny=deny)


def test_reads_a_cluster() -> None:
    collected = collect(f"arn:aws:iam::{ACCOUNT}:role/r", tags={"a": "b"})
    row = collected.processors["c"]

    assert (row.id, row.country, row.public, row.tags) == (ARN, "US", True, {"a": "b"})
    assert collected.flows == []


def test_an_endpoint_for_few_addresses_is_not_public() -> None:
    access: Json = {"endpointPublicAccess": True, "publicAccessCidrs": ["203.0.113.0/24"]}

    assert collect(resourcesVpcConfig=access).processors["c"].public is False


def test_principals_of_other_accounts_may_enter() -> None:
    (flow,) = collect("arn:aws:iam::999999999999:role/r").flows

    assert (flow.mechanism, flow.target_account) == ("share", "999999999999")


@pytest.mark.parametrize("access", [{"authenticationMode": "API_AND_CONFIG_MAP"}, {}])
def test_a_map_inside_the_cluster_may_let_in_others(access: dict[str, Json]) -> None:
    """The entries that AWS lists are then not all."""
    (flow,) = collect(f"arn:aws:iam::{ACCOUNT}:role/r", accessConfig=access).flows

    assert flow.mechanism == "share"
    assert isinstance(flow.active, Unknown)


def test_nodes_on_site_are_outside() -> None:
    (flow,) = collect(
        remoteNetworkConfig={"remoteNodeNetworks": [{"cidrs": ["10.1.0.0/16"]}]}
    ).flows

    assert (flow.mechanism, flow.active) == ("mount", True)
    assert isinstance(flow.target_country, Unknown)


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"connectorConfig": {"provider": "OTHER", "activationCode": "hidden"}},
        {"outpostConfig": {"outpostArns": ["arn:aws:outposts:x"], "controlPlaneInstanceType": "m"}},
    ],
)
def test_a_cluster_that_runs_elsewhere_is_in_no_known_country(elsewhere: dict[str, Json]) -> None:
    collected = collect(**elsewhere)

    assert isinstance(collected.processors["c"].country, Unknown)
    assert "hidden" not in repr(collected.records)


@pytest.mark.parametrize("refused", ["DescribeCluster", "ListAccessEntries"])
def test_a_refusal_is_a_possible_way_out(refused: str) -> None:
    (flow,) = collect(deny=(refused,)).flows

    assert isinstance(flow.active, Unknown)


def test_what_runs_in_a_cluster_is_not_known() -> None:
    (row,) = (row for row in collect().rows if isinstance(row, Deployment))

    assert (row.id, row.kind) == (ARN, "cluster")
    assert isinstance(row.digest, Unknown)
    assert isinstance(row.signed, Unknown)
