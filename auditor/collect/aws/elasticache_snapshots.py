"""Snapshots of Amazon ElastiCache, of clusters and of serverless caches.

Exports of snapshots to buckets leave no record in this API, only in the audit log.

API: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeSnapshots.html
"""

from collections.abc import Iterator

from auditor.collect.aws.reading import key_arn, maybe_text, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import store_of
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Maybe, Store

_REFERENCE = "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_"
# Whether a snapshot is encrypted follows its cluster, which may be gone.
_NO_KEY = Unknown("the answer names no key, and does not say whether the service's own is used")


def _snapshot(found: Found) -> Iterator[Store]:
    named = found.read("item.KmsKeyId", absent="") != ""
    yield store_of(
        found,
        id=text(found, "item.ARN"),
        name=text(found, "item.SnapshotName"),
        kind="snapshot",
        backup=True,
        source_id=_source(found),
        encrypted=True if named else _NO_KEY,
        key_id=_key(found) if named else _NO_KEY,
        public=False,  # the reference knows no way to share one
    )


def _source(found: Found) -> str:
    group = text(found, "item.ReplicationGroupId")
    cluster = text(found, "item.CacheClusterId")
    of = f"replicationgroup:{group}" if group else f"cluster:{cluster}"
    return arn("elasticache", found.place["region"], found.place["account"], of)


def _key(found: Found) -> Maybe[str]:
    name = maybe_text(found, "item.KmsKeyId", absent="")
    return key_arn(name, found.place["region"], found.place["account"])


def _serverless_snapshot(found: Found) -> Iterator[Store]:
    region, account = found.place["region"], found.place["account"]
    cache = text(found, "item.ServerlessCacheConfiguration.ServerlessCacheName")
    yield store_of(
        found,
        id=text(found, "item.ARN"),
        name=text(found, "item.ServerlessCacheSnapshotName"),
        kind="snapshot",
        backup=True,
        source_id=arn("elasticache", region, account, f"serverlesscache:{cache}"),
        encrypted=True,  # the guide: serverless caches and their snapshots always are
        key_id=_key(found),
        public=False,  # the reference knows no way to share one
        created=maybe_text(found, "item.CreateTime"),
    )


SNAPSHOTS = Collector(
    kind="aws.elasticache.snapshot",
    service="elasticache",
    title="Snapshots of ElastiCache clusters",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeSnapshots",
        permission="elasticache:DescribeSnapshots",
        parameters={"MaxRecords": 50},
        items="Snapshots",
    ),
    tables=(Store,),
    rows=_snapshot,
    types=("elasticache:snapshot",),
    source=_REFERENCE + "DescribeSnapshots.html",
)

SERVERLESS_SNAPSHOTS = Collector(
    kind="aws.elasticache.serverless-snapshot",
    service="elasticache",
    title="Snapshots of ElastiCache serverless caches",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeServerlessCacheSnapshots",
        permission="elasticache:DescribeServerlessCacheSnapshots",
        parameters={"MaxResults": 50},
        items="ServerlessCacheSnapshots",
    ),
    tables=(Store,),
    rows=_serverless_snapshot,
    types=("elasticache:serverlesscachesnapshot",),
    source=_REFERENCE + "DescribeServerlessCacheSnapshots.html",
)
