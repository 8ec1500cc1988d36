"""The way into clusters of Oracle's Kubernetes Engine: a token, an authority and an address.

A token is a request to Container Engine about one cluster, signed and not sent: the cluster has it
checked, and learns who we are. It lasts some minutes. The authority is in the kubeconfig that
Container Engine writes out; everything else of that file is left behind.

Source: https://docs.oracle.com/en-us/iaas/Content/ContEng/Tasks/contengdownloadkubeconfigfile.htm
"""

import base64
import ipaddress
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from auditor.collect.kubernetes.calls import CLUSTER
from auditor.collect.kubernetes.client import KubernetesApi
from auditor.collect.oci.outcomes import fail
from auditor.collect.oci.regions import domain_of
from auditor.model import Answer, Json, Outcome, Request

KUBECONFIG = "create_kubeconfig"
_LONGEST = 1 << 20  # characters of a kubeconfig
_OCID = re.compile(r"ocid1\.cluster\.[a-z0-9]+\.[a-z0-9-]*(\.[a-zA-Z0-9_-]+)+")
# Matched as a whole: parsers of addresses disagree on the odd ones.
_ADDRESS = re.compile(r"https://([0-9.]+|\[[0-9a-f:]+\]|[a-z0-9-]+(\.[a-z0-9-]+)+)(:[0-9]{1,5})?/?")


class Clusters:
    """Asks clusters of one target."""

    def __init__(self) -> None:
        """Ask nothing yet."""
        self._api = KubernetesApi()

    def ask(self, signer: Any, request: Request, region: str) -> Answer:
        """Ask for one page of a list in a cluster.

        Args:
            signer: the SDK's, with the target's credentials.
            region: where the cluster is.

        Raises:
            ValueError: the operation is none of the lists; a mistake in a collector.
        """
        cluster = request.parameters.get(CLUSTER)
        if not isinstance(cluster, str) or not _OCID.fullmatch(cluster):
            return fail("InvalidParameter", f"{cluster!r} is not the OCID of a cluster")
        if not is_cluster_address(request.endpoint, region):
            message = f"{request.endpoint[:200]!r} is not an address of a cluster"
            return fail("InvalidParameter", message)
        return self._api.ask(request, cluster_token(signer, cluster, region))


def cluster_token(signer: Any, cluster: str, region: str) -> str:
    """Return a token that lets the signer's owner into a cluster, for some minutes."""
    from oci._vendor import requests  # noqa: PLC0415

    url = f"https://containerengine.{region}.{domain_of(region)}/cluster_request/{cluster}"
    signed = requests.Request("GET", url, auth=signer).prepare().headers
    proof = urlencode({name: signed[name] for name in ("authorization", "date")})
    return base64.urlsafe_b64encode(f"{url}?{proof}".encode()).decode()


def is_cluster_address(endpoint: str, region: str) -> bool:
    """Whether an address may be a cluster's: in a network, or a name in Oracle's own domain.

    Clusters have no names outside a customer's network; what is this machine's own, or that of the
    metadata beside it, is none of them.
    """
    if not _ADDRESS.fullmatch(endpoint):
        return False
    host = urlsplit(endpoint).hostname or ""
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return host.endswith((f".{domain_of(region) or '/'}", ".oraclevcn.com"))
    if isinstance(number, ipaddress.IPv6Address) and number.ipv4_mapped:
        number = number.ipv4_mapped
    return not (
        number.is_loopback or number.is_link_local or number.is_multicast or number.is_unspecified
    )


def read_kubeconfig(response: Any, throttled: int) -> Answer:
    """Return address and authority of a cluster, all that is kept of its kubeconfig.

    Args:
        response: the SDK's, whose body is YAML.
    """
    from oci.exceptions import RequestException  # noqa: PLC0415

    request_id = response.headers.get("opc-request-id") or ""
    try:
        text = response.data.content.decode("utf-8")[:_LONGEST]
        (cluster,) = YAML(typ="safe", pure=True).load(text)["clusters"]
        kept = _texts(cluster["cluster"], "server", "certificate-authority-data")
    except (RequestException, OSError) as error:
        return fail(type(error).__name__, str(error), request_id)
    except (YAMLError, ValueError, TypeError, LookupError, RecursionError):
        return fail("UnexpectedAnswer", "the answer is not the kubeconfig of a cluster", request_id)
    return Answer(outcome=Outcome.OK, body=kept, request_id=request_id, throttled=throttled)


def _texts(value: Mapping[str, Json], *names: str) -> dict[str, str]:
    """Return members that are texts.

    Raises:
        LookupError, TypeError, ValueError: they are not there, or something else.
    """
    found = {name: value[name] for name in names}
    if not all(isinstance(each, str) for each in found.values()):
        raise ValueError(f"{names} are no texts")
    return found
