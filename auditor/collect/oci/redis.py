"""OCI Cache (Redis and Valkey): clusters, the clusters they replicate, and backups.

A cluster names the one that it replicates; the reverse is asked nowhere. Backups can be exported
to a bucket, one by one: that leaves no lasting trace here, but the bucket has a row.
https://docs.oracle.com/en-us/iaas/Content/ocicache/overview.htm
"""

from collections.abc import Iterator

from auditor.collect.oci.arrivals import arrival
from auditor.collect.oci.reading import GIBIBYTE, maybe_text, size_of, text
from auditor.collect.oci.service_rows import compartment_listing, is_gone, store_of
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Maybe, Store

_PER = ("account", "region", "compartment")
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/ocicache/20220315"
_UNSAID = Unknown("neither the API nor its reference says whether what is at rest is encrypted")
_NO_KEY = Unknown("the API does not say which key encrypts it, if one does")
_ALONE = ("", "PRIMARY", "STANDALONE")


def _cluster_rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    role = text(found, "item.clusterRole")
    primary = text(found, "item.primaryClusterId")
    # A secondary names its primary, also if its role should be left out.
    copy = role not in _ALONE or (role == "" and primary != "")
    store = store_of(
        found,
        "redis",
        "replica" if copy else "cluster",
        backup=copy,
        source_id=_source(found) if copy else maybe_text(found, "item.backupId", absent=""),
        encrypted=_UNSAID,
        key_id=_NO_KEY,
        size_bytes=size_of(found, "item.nodeMemoryInGBs", GIBIBYTE),
    )
    yield store
    if copy and primary:
        yield arrival(store, primary, "replication")


def _source(found: Found) -> Maybe[str]:
    return maybe_text(found, "item.primaryClusterId")


def _backup_rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    store = store_of(
        found,
        "redis",
        "backup",
        backup=True,
        source_id=maybe_text(found, "item.sourceClusterId"),
        encrypted=_UNSAID,
        key_id=_NO_KEY,
        size_bytes=size_of(found, "item.backupSizeInGBs", GIBIBYTE),
    )
    yield store
    source = text(found, "item.sourceClusterId")
    if source:
        yield arrival(store, source, "backup", region=store.region)


CLUSTERS = Collector(
    kind="oci.redis.cluster",
    service="redis.RedisClusterClient",
    title="Cache clusters, and those that replicate another",
    per=_PER,
    listing=compartment_listing("list_redis_clusters", "inspect redis-clusters"),
    tables=(Store, Flow),
    rows=_cluster_rows,
    types=("RedisCluster",),
    source=f"{_API}/RedisCluster/ListRedisClusters",
)

BACKUPS = Collector(
    kind="oci.redis.backup",
    service="redis.OciCacheBackupClient",
    title="Backups of cache clusters",
    per=_PER,
    listing=compartment_listing("list_oci_cache_backups", "inspect redis-family"),
    tables=(Store, Flow),
    rows=_backup_rows,
    source=f"{_API}/OciCacheBackup/ListOciCacheBackups",
)
