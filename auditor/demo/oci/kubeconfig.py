"""The kubeconfig of a cluster, as Container Engine writes it out.

Source: https://docs.oracle.com/en-us/iaas/api/#/en/containerengine/20180222/Cluster/CreateKubeconfig
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from auditor.demo.oci.lookup import Query
from auditor.demo.oci.wire import ServiceError, Success, invalid_parameter, not_found, read_body

_FIELDS = {
    "PUBLIC_ENDPOINT": "publicEndpoint",
    "PRIVATE_ENDPOINT": "privateEndpoint",
    "VCN_HOSTNAME": "vcnHostnameEndpoint",
    "LEGACY_KUBERNETES": "kubernetes",
}
_authorities: list[str] = []


@contextmanager
def vouched_for_by(authority: str) -> Iterator[None]:
    """Let kubeconfigs name an authority, in base64, until the block ends; else they name none."""
    _authorities.append(authority)
    try:
        yield
    finally:
        _authorities.remove(authority)


def create_kubeconfig(query: Query, page_size: int) -> Success:
    """Answer with how to reach a cluster.

    Raises:
        ServiceError: there is no such cluster, or it has no such address.
    """
    del page_size
    asked = read_body(query.body)
    groups = query.tenancy.groups(query.region, "container_engine", "Cluster")
    identifier = query.path["clusterId"]
    clusters = [each for group in groups for each in group.resources]
    found = next((each for each in clusters if each.fields.get("id") == identifier), None)
    if found is None:
        raise not_found()
    endpoint = asked.get("endpoint", "LEGACY_KUBERNETES")
    if endpoint not in _FIELDS or asked.get("tokenVersion") != "2.0.0":
        raise invalid_parameter("endpoint or tokenVersion is not one of the known values")
    stated = found.fields.get("endpoints")
    address = stated.get(_FIELDS[endpoint]) if isinstance(stated, Mapping) else None
    if not address or not _authorities:
        raise ServiceError(400, "InvalidParameter", f"the cluster has no {endpoint}")
    cluster = {
        "server": f"https://{address}",
        "certificate-authority-data": _authorities[-1],
    }
    user = {"exec": {"command": "oci", "args": ["ce", "cluster", "generate-token"]}}
    written = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "cluster", "cluster": cluster}],
        "users": [{"name": "user", "user": user}],
        "contexts": [{"name": "context", "context": {"cluster": "cluster", "user": "user"}}],
        "current-context": "context",
    }
    # JSON is YAML, too.
    return Success(body=json.dumps(written).encode())
