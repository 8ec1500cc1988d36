"""The clusters of the demo: one of each cloud answers, and one of each is out of reach."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from auditor.demo.builds import image_digest, index_digest
from auditor.demo.kubernetes.objects import pod
from auditor.demo.kubernetes.server import Cluster, resolving, serving
from auditor.demo.kubernetes.tokens import opens_eks, opens_oke
from auditor.demo.oci.credentials import public_keys
from auditor.demo.oci.kubeconfig import vouched_for_by
from auditor.model import Json

EKS, EKS_AWAY = (f"{name}.gr7.us-east-1.eks.amazonaws.com" for name in ("0ab1", "0ab2"))
OKE, OKE_AWAY = "203.0.113.80", "10.0.3.7"
OKE_PORT = 6443


@contextmanager
def eks_clusters() -> Iterator[str]:
    """Run the cluster of Amazon's that answers; yields its authority, in base64."""
    cluster = Cluster(host=EKS, objects={"pods": _pods("registry")}, lets_in=opens_eks)
    with resolving({EKS_AWAY: 0}), serving(cluster) as authority:
        yield authority


@contextmanager
def oke_clusters(identifier: str) -> Iterator[None]:
    """Run the cluster of Oracle's that answers, and let the simulator tell its authority.

    Args:
        identifier: its OCID.
    """
    keys = public_keys()
    cluster = Cluster(
        host=OKE,
        objects={"pods": _pods("iad.ocir.io/northstar")},
        lets_in=lambda bearer: opens_oke(bearer, identifier, keys),
    )
    with resolving({OKE_AWAY: 0}), serving(cluster) as authority, vouched_for_by(authority):
        yield


def _pods(registry: str) -> Sequence[Json]:
    """Return replicas of what was built and approved, and beside them what nobody built."""
    player, worker = index_digest("player"), image_digest("worker")
    ended = pod("old", f"{registry}/old:1", worker, phase="Succeeded", container="old")
    return (
        *(pod(f"player-{each}", f"{registry}/player@{player}", player) for each in "abc"),
        pod(
            "helper-x",
            f"{registry}/helper:latest",
            worker,
            namespace="kube-system",
            owner=("DaemonSet", "helper"),
            container="helper",
        ),
        ended,
    )
