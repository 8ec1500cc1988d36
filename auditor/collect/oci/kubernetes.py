"""OCI Kubernetes Engine: clusters, and what runs in them; their nodes are instances.

Whoever calls the API of a cluster needs credentials, also where its address is public:
https://docs.oracle.com/en-us/iaas/Content/ContEng/Concepts/contengclustersnodes.htm
"""

from collections.abc import Iterator

from auditor.collect.kubernetes.calls import cluster_calls
from auditor.collect.oci.clusters import KUBECONFIG
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import text
from auditor.collect.oci.running import cluster_runs
from auditor.collect.oci.service_rows import (
    BARE,
    LONG_PAGE,
    compartment_listing,
    is_gone,
    processor_of,
)
from auditor.model import Json
from auditor.spec import Collector, Detail, Found
from auditor.tables import Deployment, Processor


def _rows(found: Found) -> Iterator[Processor | Deployment]:
    if not is_gone(found):
        yield processor_of(
            found,
            "oke",
            "cluster",
            name=text(found, "item.name"),
            created_at="item.metadata.timeCreated",
        )
        yield from cluster_runs(found)


def _address(found: Found) -> Json:
    """Return which address the kubeconfig is to name: a cluster without it refuses the request."""
    public = text(found, "item.endpoints.publicEndpoint")
    return {"endpoint": "PUBLIC_ENDPOINT" if public else "PRIVATE_ENDPOINT"}


CLUSTERS = Collector(
    kind="oci.oke.cluster",
    service="container_engine.ContainerEngineClient",
    title="Kubernetes clusters",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_clusters", "inspect clusters", items=BARE, limit=LONG_PAGE),
    details=(
        Detail(
            name="kubeconfig",
            operation=KUBECONFIG,
            permission="{CLUSTER_USE}",
            parameters={"create_cluster_kubeconfig_content_details": {"tokenVersion": "2.0.0"}},
            bind={"cluster_id": "item.id"},
            compose={"create_cluster_kubeconfig_content_details": _address},
            applies=lambda found: not is_gone(found),
        ),
        *cluster_calls("item.id", "kubeconfig.certificate-authority-data", "kubeconfig.server"),
    ),
    tables=(Processor, Deployment),
    rows=_rows,
    types=("ClustersCluster",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/containerengine/20180222/ClusterSummary/ListClusters",
)
