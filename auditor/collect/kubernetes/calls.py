"""The calls to a cluster's API: what may be asked there, where it is, and what has to be granted.

A cluster that was found is asked after its provider has told its address and its authority; that
every call of it answers at once that a cluster is out of reach is the door's doing.

Source: https://kubernetes.io/docs/reference/using-api/api-concepts/
"""

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.spec import Detail

SERVICE = "kubernetes"
AUTHORITY = "certificate_authority"  # parameter: certificates in PEM, in base64
CLUSTER = "cluster"  # parameter: what a token is asked for
PODS, WEBHOOKS = "pods", ("validating", "mutating")
_ADMISSION = "/apis/admissionregistration.k8s.io/v1"
_PREFIX = f"{SERVICE}:"


@dataclass(frozen=True, slots=True)
class Read:
    """One list of a cluster's API: its path, and what it calls itself."""

    path: str
    kind: str

    @property
    def resource(self) -> str:
        """What is listed, in the words of rules."""
        return self.path.rpartition("/")[2]

    @property
    def group(self) -> str:
        """The API group that it is in, '' for the core."""
        return self.path.split("/")[2] if self.path.startswith("/apis/") else ""


READS: Mapping[str, Read] = {
    "list_pods": Read("/api/v1/pods", "PodList"),
    "list_validating_webhooks": Read(
        f"{_ADMISSION}/validatingwebhookconfigurations", "ValidatingWebhookConfigurationList"
    ),
    "list_mutating_webhooks": Read(
        f"{_ADMISSION}/mutatingwebhookconfigurations", "MutatingWebhookConfigurationList"
    ),
}


def cluster_calls(cluster: str, authority: str, address: str) -> tuple[Detail, ...]:
    """Return what is asked of each cluster.

    Args:
        cluster: path to the name or id that a token is asked for.
        authority: path to the certificate authority of its API.
        address: path to the address of its API.
    """
    return tuple(
        Detail(
            name=name,
            service=SERVICE,
            operation=operation,
            permission=f"{_PREFIX}{READS[operation].resource}:list",
            bind={CLUSTER: cluster, AUTHORITY: authority},
            endpoint=address,
            items="items",
        )
        for name, operation in zip((PODS, *WEBHOOKS), READS, strict=True)
    )


def is_of_cluster(permission: str) -> bool:
    """Whether a permission is granted in the cluster, by its own rules, not by the provider's."""
    return permission.startswith(_PREFIX)
