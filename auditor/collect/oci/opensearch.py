"""OCI Search with OpenSearch: clusters, the clusters that read them, and backups.

A cluster that searches or follows another is set up at the reading end. The cluster that is read
lists who reads it, in whatever region and tenancy that is:
https://docs.oracle.com/en-us/iaas/Content/search-opensearch/Concepts/crossclustersearch.htm
"""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.arrivals import arrival
from auditor.collect.oci.flows import to_store
from auditor.collect.oci.reading import GIBIBYTE, entries, maybe_text, size_of, text
from auditor.collect.oci.service_rows import compartment_listing, get_detail, is_gone, store_of
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Maybe, Store

_PER = ("account", "region", "compartment")
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/opensearch/20180828"
_UNSAID = Unknown("neither the API nor its reference says whether what is at rest is encrypted")
_NO_KEY = Unknown("the API does not say which key encrypts it, if one does")


def _cluster_rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    store = store_of(
        found,
        "opensearch",
        "cluster",
        source_id=_followed(found),
        encrypted=_UNSAID,
        key_id=_NO_KEY,
        size_bytes=size_of(found, "item.totalStorageGB", GIBIBYTE),
    )
    yield store
    readers = found.read("cluster.inboundClusterIds", absent=())  # left out: nobody is let in
    if isinstance(readers, Unknown):
        yield possible(store, "sync", readers)
        return
    for reader in readers if isinstance(readers, list) else ():
        yield to_store(store, "sync", str(reader))


def _followed(found: Found) -> Maybe[str]:
    """Return the cluster that this one keeps a copy of, '' if it follows none."""
    others = entries(found.read("item.outboundClusterConfig.outboundClusters", absent=()))
    followed = [each.get("seedClusterId") for each in others if each.get("mode") != "SEARCH_ONLY"]
    if not followed:
        return ""
    one = followed[0]
    single = len(followed) == 1 and isinstance(one, str)
    return str(one) if single else Unknown(f"it follows {len(followed)} other clusters")


def _backup_rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    store = store_of(
        found,
        "opensearch",
        "backup",
        backup=True,
        source_id=maybe_text(found, "item.sourceClusterId"),
        encrypted=_UNSAID,
        key_id=_NO_KEY,
        size_bytes=size_of(found, "item.backupSize", GIBIBYTE),
    )
    yield store
    source = text(found, "item.sourceClusterId")
    if source:
        yield arrival(store, source, "backup")


CLUSTERS = Collector(
    kind="oci.opensearch.cluster",
    service="opensearch.OpensearchClusterClient",
    title="OpenSearch clusters, and the clusters that read them",
    per=_PER,
    listing=compartment_listing("list_opensearch_clusters", "inspect opensearch-clusters"),
    details=(
        get_detail(
            "cluster",
            "get_opensearch_cluster",
            "read opensearch-clusters",
            "securityMasterUserPasswordHash",
        ),
    ),
    tables=(Store, Flow),
    rows=_cluster_rows,
    source=f"{_API}/OpensearchCluster/ListOpensearchClusters",
)

BACKUPS = Collector(
    kind="oci.opensearch.backup",
    service="opensearch.OpensearchClusterBackupClient",
    title="Backups of OpenSearch clusters",
    per=_PER,
    listing=compartment_listing(
        "list_opensearch_cluster_backups", "inspect opensearch-cluster-backups"
    ),
    tables=(Store, Flow),
    rows=_backup_rows,
    source=f"{_API}/OpensearchClusterBackup/ListOpensearchClusterBackups",
)
