"""Amazon DocumentDB elastic clusters, and their snapshots.

Other DocumentDB clusters answer to the API of Amazon RDS, and are listed there.

API: https://docs.aws.amazon.com/documentdb/latest/developerguide/API_Operations_Amazon_DocumentDB_Elastic_Clusters.html
"""

from collections.abc import Iterator

from auditor.collect.aws.reading import key_arn, maybe_text, text
from auditor.collect.aws.resources import store_of
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Maybe, Store

_REFERENCE = "https://docs.aws.amazon.com/documentdb/latest/developerguide/API_elastic_"
_NO_CLUSTER = Unknown("the answer does not name its cluster")


def _cluster(found: Found) -> Iterator[Store]:
    yield store_of(
        found,
        id=text(found, "item.clusterArn"),
        name=text(found, "item.clusterName"),
        kind="cluster",
        encrypted=True,  # elastic clusters cannot be unencrypted
        key_id=_key(found, "cluster.cluster.kmsKeyId"),
        public=False,  # it is reached through endpoints in a VPC only
        created=maybe_text(found, "cluster.cluster.createTime"),
    )


def _snapshot(found: Found) -> Iterator[Store]:
    yield store_of(
        found,
        id=text(found, "item.snapshotArn"),
        name=text(found, "item.snapshotName"),
        kind="snapshot",
        backup=True,
        source_id=text(found, "item.clusterArn") or _NO_CLUSTER,
        encrypted=True,  # like the cluster that it was made from
        key_id=_key(found, "snapshot.snapshot.kmsKeyId"),
        public=False,  # snapshots of elastic clusters cannot be shared
        created=maybe_text(found, "item.snapshotCreationTime"),
    )


def _key(found: Found, path: str) -> Maybe[str]:
    return key_arn(maybe_text(found, path), found.place["region"], found.place["account"])


CLUSTERS = Collector(
    kind="aws.docdb-elastic.cluster",
    service="docdb-elastic",
    title="DocumentDB elastic clusters",
    per=("account", "region"),
    listing=Listing(
        operation="ListClusters",
        permission="docdb-elastic:ListClusters",
        parameters={"maxResults": 100},
        items="clusters",
    ),
    details=(
        Detail(
            name="cluster",
            operation="GetCluster",
            permission="docdb-elastic:GetCluster",
            bind={"clusterArn": "item.clusterArn"},
        ),
    ),
    tables=(Store,),
    rows=_cluster,
    types=("docdb-elastic:cluster",),
    source=_REFERENCE + "ListClusters.html",
)

SNAPSHOTS = Collector(
    kind="aws.docdb-elastic.snapshot",
    service="docdb-elastic",
    title="snapshots of DocumentDB elastic clusters",
    per=("account", "region"),
    listing=Listing(
        operation="ListClusterSnapshots",
        permission="docdb-elastic:ListClusterSnapshots",
        parameters={"maxResults": 100},
        items="snapshots",
    ),
    details=(
        Detail(
            name="snapshot",
            operation="GetClusterSnapshot",
            permission="docdb-elastic:GetClusterSnapshot",
            bind={"snapshotArn": "item.snapshotArn"},
        ),
    ),
    tables=(Store,),
    rows=_snapshot,
    types=("docdb-elastic:cluster-snapshot",),
    source=_REFERENCE + "ListClusterSnapshots.html",
)
