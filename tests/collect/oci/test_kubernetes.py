"""Kubernetes clusters, and what runs in them."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from auditor.collect.oci.clusters import read_kubeconfig
from auditor.demo.kubernetes.objects import SECRET, pod, webhook
from auditor.demo.kubernetes.server import Cluster, resolving, serving
from auditor.demo.kubernetes.tokens import opens_oke
from auditor.demo.oci import credentials
from auditor.demo.oci.estate_reader import make_estate
from auditor.demo.oci.kubeconfig import vouched_for_by
from auditor.demo.oci.simulator import Simulator
from auditor.model import Json, Outcome, Unknown
from auditor.tables import Deployment, Processor
from tests.collect.oci.simulated import (
    Collected,
    collected,
    door_to,
    request_for,
    tenancy,
)
from tests.collect.oci.things import named

ADDRESS, PRIVATE = "203.0.113.7", "10.0.0.7"
DIGEST = f"sha256:{'a' * 64}"


def clusters(*several: dict[str, Json]) -> Collected:
    for each in several:
        each.pop("time_created", None)
    estate = {"eu-frankfurt-1": {"container_engine": {"Cluster": list(several)}}}
    return collected(estate, kinds="oci.oke")


def reachable(**more: Json) -> dict[str, Any]:
    """Return a cluster with a public address."""
    return named("cluster", "apps", endpoints={"public_endpoint": f"{ADDRESS}:6443"}, **more)


@pytest.fixture(scope="module")
def served() -> Iterator[Cluster]:
    """A cluster that lets in who signs as the tenancy's user, and whose authority Oracle tells."""
    identifier = named("cluster", "apps")["id"]
    keys = credentials.public_keys()
    cluster = Cluster(host=ADDRESS, lets_in=lambda bearer: opens_oke(bearer, identifier, keys))
    with serving(cluster) as authority, vouched_for_by(authority):
        yield cluster


def test_a_cluster_works_on_data_where_it_is() -> None:
    """A deleted one does not."""
    found = clusters(
        named("cluster", "apps", metadata={"time_created": "2025-02-01T00:00:00Z"}),
        named("cluster", "gone", lifecycle_state="DELETED"),
    )
    (row,) = found.of(Processor)

    assert (row.name, row.country, row.created) == ("apps", "DE", "2025-02-01T00:00:00.000Z")
    assert len(found.asked("create_kubeconfig")) == 1


def test_what_a_cluster_that_nobody_can_ask_runs_is_not_known() -> None:
    """Whether its nodes take only signed images is, where Oracle sees to it."""
    found = clusters(
        named("cluster", "signed", image_policy_config={"is_policy_enabled": True}),
        named("cluster", "open"),
    )
    signed, other = sorted(found.of(Deployment), key=lambda row: str(row.name), reverse=True)

    assert (signed.kind, signed.signed) == ("cluster", True)
    assert isinstance(signed.digest, Unknown)
    assert isinstance(other.signed, Unknown)


def test_a_cluster_is_asked_what_it_runs(served: Cluster) -> None:
    """A signed request is the token; of the kubeconfig, address and authority are kept."""
    served.page_size = 1
    served.objects = {
        "pods": [pod(f"p{number}", "iad.ocir.io/acme/player:1", DIGEST) for number in range(3)]
    }
    found = clusters(reachable())
    (row,) = found.of(Deployment)
    (kubeconfig,) = found.asked("create_kubeconfig")

    assert (row.kind, row.name, row.digest, row.pinned) == ("container", "player", DIGEST, False)
    assert row.resource_id == "ocid1.cluster.oc1.iad.apps/default/ReplicaSet/player-6d4f"
    assert row.signed is False
    assert kubeconfig.answer.body.keys() == {"server", "certificate-authority-data"}
    assert "cluster_request" not in repr(found.records)
    assert SECRET not in repr(found.records)
    assert {each.partition(" ")[0] for each in served.asked} == {"GET"}


def test_a_policy_of_oracles_counts_besides_those_within(served: Cluster) -> None:
    served.objects = {
        "pods": [pod("p", "iad.ocir.io/acme/player:1", DIGEST)],
        "validatingwebhookconfigurations": [webhook("kyverno", "pods")],
    }
    (signed,) = clusters(reachable(image_policy_config={"is_policy_enabled": True})).of(Deployment)
    (other,) = clusters(reachable(image_policy_config={"is_policy_enabled": False})).of(Deployment)

    assert signed.signed is True
    assert isinstance(other.signed, Unknown)


def test_a_cluster_with_a_private_address_may_be_out_of_reach(served: Cluster) -> None:
    """Its address is asked for, and tried."""
    endpoints: Json = {"private_endpoint": f"{PRIVATE}:6443"}
    with resolving({PRIVATE: 0}):
        found = clusters(named("cluster", "apps", endpoints=endpoints))
    (row,) = found.of(Deployment)

    assert isinstance(row.digest, Unknown)
    assert row.digest.reason == "the cluster's API could not be reached from here"


@pytest.mark.parametrize(
    ("endpoint", "cluster"),
    [
        ("https://127.0.0.1:6443", "ocid1.cluster.oc1.iad.apps"),
        ("https://169.254.169.254", "ocid1.cluster.oc1.iad.apps"),
        ("https://[::1]:6443", "ocid1.cluster.oc1.iad.apps"),
        ("https://[::ffff:7f00:1]:6443", "ocid1.cluster.oc1.iad.apps"),
        ("http://203.0.113.7:6443", "ocid1.cluster.oc1.iad.apps"),
        ("https://stranger.example", "ocid1.cluster.oc1.iad.apps"),
        ("https://oraclecloud.com.stranger.example", "ocid1.cluster.oc1.iad.apps"),
        ("https://999.0.0.1", "ocid1.cluster.oc1.iad.apps"),
        ("", "ocid1.cluster.oc1.iad.apps"),
        ("https://203.0.113.7:6443", "../../users"),
        ("https://203.0.113.7:6443", None),
    ],
)
def test_no_token_goes_elsewhere(endpoint: str, cluster: Json) -> None:
    """What a cloud's answer names is looked at first."""
    simulator = Simulator(make_estate(tenancy({})))
    request = request_for("kubernetes", "list_pods", endpoint=endpoint, cluster=cluster)
    with door_to(simulator) as door:
        answer = door.ask(request)

    assert (answer.outcome, answer.code) == (Outcome.FAILED, "InvalidParameter")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[",
        b"clusters: 7",
        b"clusters: []",
        b"clusters: [{cluster: 7}]",
        b"clusters: [{cluster: {server: 7, certificate-authority-data: x}}]",
        b"clusters: " + b"[" * 20_000,
    ],
)
def test_what_is_no_kubeconfig_is_no_answer(content: bytes) -> None:
    response = SimpleNamespace(headers={}, data=SimpleNamespace(content=content))

    assert read_kubeconfig(response, 0).code == "UnexpectedAnswer"
