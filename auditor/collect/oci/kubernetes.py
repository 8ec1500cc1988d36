"""OCI Kubernetes Engine: clusters; their nodes are instances, and what they keep is in volumes.

Whoever calls the API of a cluster needs credentials, also where its address is public:
https://docs.oracle.com/en-us/iaas/Content/ContEng/Concepts/contengclustersnodes.htm
"""

from collections.abc import Iterator

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
from auditor.spec import Collector, Found
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
        yield cluster_runs(found)


CLUSTERS = Collector(
    kind="oci.oke.cluster",
    service="container_engine.ContainerEngineClient",
    title="Kubernetes clusters",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_clusters", "inspect clusters", items=BARE, limit=LONG_PAGE),
    tables=(Processor, Deployment),
    rows=_rows,
    types=("ClustersCluster",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/containerengine/20180222/ClusterSummary/ListClusters",
)
