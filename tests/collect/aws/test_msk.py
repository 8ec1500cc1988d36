"""What we claim to know about Kafka, given what AWS answered."""

import json

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.msk import CLUSTERS, CONNECTORS, REPLICATORS, VPC_CONNECTIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, CLUSTERS, VPC_CONNECTIONS, REPLICATORS, CONNECTORS)
ARN = f"arn:aws:kafka:{HOME}:{ACCOUNT}:cluster/events/1"
ABROAD = f"arn:aws:kafka:eu-west-1:{ACCOUNT}:cluster/events/2"
NO_POLICY = Rule(operation="kafka.GetClusterPolicy", status=404, code="NotFoundException")

pytestmark = pytest.mark.usefixtures("cloud")


def cluster_of(*rules: Rule, **nodes: Json) -> Collected:
    provisioned = {
        "BrokerNodeGroupInfo": nodes,
        "EncryptionInfo": {"EncryptionAtRest": {"DataVolumeKMSKeyId": "1"}},
    }
    cluster = {
        "ClusterArn": ARN,
        "ClusterName": "events",
        "ClusterType": "PROVISIONED",
        "Provisioned": provisioned,
        "Tags": {"a": "b"},
    }
    rule = Rule(operation="kafka.ListClustersV2", answer={"ClusterInfoList": [cluster]})
    return gather(COLLECTORS, rules=[rule, *rules, NO_POLICY])


def test_reads_a_cluster() -> None:
    collected = cluster_of(ZoneIds=["use1-az1", "use1-az2"])
    store = collected.stores["events"]

    assert (store.id, store.country, store.tags) == (ARN, "US", {"a": "b"})
    assert store.key_id == f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"
    assert collected.flows == []


def test_a_policy_and_connected_vpcs_are_shares() -> None:
    statement = {"Effect": "Allow", "Principal": {"AWS": "999999999999"}, "Action": "kafka:*"}
    policy = json.dumps({"Statement": [statement]})
    owners = [{"Owner": "999999999999"}, {"Owner": "888888888888"}, {"Owner": ACCOUNT}]
    rules = (
        Rule(operation="kafka.GetClusterPolicy", answer={"Policy": policy}),
        Rule(operation="kafka.ListClientVpcConnections", answer={"ClientVpcConnections": owners}),
    )
    open_to_vpcs: Json = {"VpcConnectivity": {"ClientAuthentication": {"Sasl": {"Iam": {}}}}}

    flows = cluster_of(*rules, ConnectivityInfo=open_to_vpcs).flows

    assert [flow.target_account for flow in flows] == ["888888888888", "999999999999"]


def test_a_vpc_here_mounts_a_cluster_of_others() -> None:
    theirs = f"arn:aws:kafka:{HOME}:999999999999:cluster/x/1"
    connection = {"TargetClusterArn": theirs, "VpcConnectionArn": "arn:c", "State": "AVAILABLE"}
    rule = Rule(operation="kafka.ListVpcConnections", answer={"VpcConnections": [connection]})

    (flow,) = gather(COLLECTORS, rules=[rule]).flows

    assert (flow.store_id, flow.mechanism, flow.target_account) == (theirs, "mount", ACCOUNT)


def replicated_to(target: Json, **members: Json) -> list[Flow]:
    replicator = {
        "ReplicatorArn": "arn:r",
        "ReplicatorName": "r",
        "ReplicatorState": "RUNNING",
        "KafkaClustersSummary": [
            {"KafkaClusterAlias": "a", "AmazonMskCluster": {"MskClusterArn": ARN}},
            {"KafkaClusterAlias": "b", **target},
        ],
        "ReplicationInfoSummaryList": [
            {"SourceKafkaClusterAlias": "a", "TargetKafkaClusterAlias": "b"}
        ],
        **members,
    }
    rule = Rule(operation="kafka.ListReplicators", answer={"Replicators": [replicator]})
    return gather(COLLECTORS, rules=[rule]).flows


def test_a_replicator_joins_two_clusters() -> None:
    (flow,) = replicated_to({"AmazonMskCluster": {"MskClusterArn": ABROAD}})

    assert (flow.store_id, flow.target_id, flow.target_country) == (ARN, ABROAD, "IE")


def test_a_cluster_outside_of_aws_may_be_anywhere() -> None:
    elsewhere = {"BootstrapBrokerString": "kafka.example.com:9092", "ApacheKafkaClusterId": "x"}

    (flow,) = replicated_to({"ApacheKafkaCluster": elsewhere})

    assert (flow.target_id, flow.active) == ("", True)
    assert isinstance(flow.target_country, Unknown)


def test_a_reference_tells_of_the_flow_and_is_no_replicator() -> None:
    """The replicator is listed where it runs, which may be a region that nobody looks into."""
    target = {"AmazonMskCluster": {"MskClusterArn": ABROAD}}

    assert replicated_to(target, IsReplicatorReference=True) == replicated_to(target)


def test_a_connector_may_write_anywhere() -> None:
    connector = {"connectorArn": "arn:c", "connectorName": "sink"}
    rule = Rule(operation="kafkaconnect.ListConnectors", answer={"connectors": [connector]})

    (flow,) = gather(COLLECTORS, rules=[rule]).flows

    assert isinstance(flow.active, Unknown)
