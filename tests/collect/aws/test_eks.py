"""What we claim to know about Kubernetes clusters, given what AWS and the clusters answered."""

from collections.abc import Iterator

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.eks import CLUSTERS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.demo.kubernetes.objects import SECRET, pod, webhook
from auditor.demo.kubernetes.server import Cluster, resolving, serving
from auditor.demo.kubernetes.tokens import opens_eks
from auditor.model import Json, Outcome, Unknown
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


HOST = "ABC.gr7.us-east-1.eks.amazonaws.com"
DIGEST = f"sha256:{'a' * 64}"


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Cluster, str]]:
    cluster = Cluster(host=HOST.lower(), lets_in=opens_eks)
    with serving(cluster) as authority:
        yield cluster, authority


def inside(served: tuple[Cluster, str], address: str = f"https://{HOST}") -> Collected:
    return collect(endpoint=address, certificateAuthority={"data": served[1]})


def deployments(collected: Collected) -> list[Deployment]:
    return [row for row in collected.rows if isinstance(row, Deployment)]


def test_what_runs_in_a_cluster_that_nobody_can_ask_is_not_known() -> None:
    (row,) = deployments(collect())

    assert (row.id, row.kind) == (ARN, "cluster")
    assert isinstance(row.digest, Unknown)
    assert isinstance(row.signed, Unknown)


def test_a_cluster_is_asked_what_it_runs(served: tuple[Cluster, str]) -> None:
    """With a token of STS's that never leaves the request; replicas are one row."""
    cluster, _ = served
    cluster.page_size = 1
    pods = [pod(f"p{number}", "registry/player:1", DIGEST) for number in range(3)]
    cluster.objects = {"pods": pods}
    collected = inside(served)
    (row,) = deployments(collected)

    assert (row.kind, row.name, row.digest) == ("container", "player", DIGEST)
    assert row.resource_id == f"{ARN}/default/ReplicaSet/player-6d4f"
    assert (row.pinned, row.signed) == (False, False)
    assert (row.account, row.region) == (ACCOUNT, HOME)
    assert "k8s-aws-v1" not in repr(collected.records)
    assert SECRET not in repr(collected.records)
    assert {each.partition(" ")[0] for each in cluster.asked} == {"GET"}


def test_a_cluster_without_pods_runs_nothing(served: tuple[Cluster, str]) -> None:
    served[0].objects = {}

    assert deployments(inside(served)) == []


def test_a_cluster_that_does_not_let_us_in_says_what_to_grant(served: tuple[Cluster, str]) -> None:
    cluster, _ = served
    cluster.objects = {"mutatingwebhookconfigurations": [webhook("kyverno", "pods")]}
    cluster.refused = frozenset({"pods"})
    (row,) = deployments(inside(served))
    cluster.refused = frozenset()

    assert row.kind == "cluster"
    assert isinstance(row.digest, Unknown)
    assert row.digest.permission == "kubernetes:pods:list"
    assert isinstance(row.signed, Unknown)


def test_a_cluster_out_of_reach_is_not_known(served: tuple[Cluster, str]) -> None:
    """A private endpoint, or a name that nobody here knows."""
    away = "https://away.gr7.us-east-1.eks.amazonaws.com"
    with resolving({away.removeprefix("https://"): 0}):
        (row,) = deployments(inside(served, away))

    assert isinstance(row.digest, Unknown)
    assert row.digest.reason == "the cluster's API could not be reached from here"


@pytest.mark.parametrize(
    "address",
    [
        "http://abc.gr7.us-east-1.eks.amazonaws.com",
        "https://eks.amazonaws.com.stranger.example",
        "https://stranger.example/.eks.amazonaws.com",
        "https://user@abc.gr7.us-east-1.eks.amazonaws.com",
        "https://169.254.169.254",
        "",
    ],
)
def test_no_token_goes_elsewhere(served: tuple[Cluster, str], address: str) -> None:
    served[0].asked = []
    collected = inside(served, address)
    asked = [each for each in collected.records if each.request.service == "kubernetes"]

    assert served[0].asked == []
    assert {each.answer.outcome for each in asked} == {Outcome.FAILED}
    assert isinstance(deployments(collected)[0].digest, Unknown)
