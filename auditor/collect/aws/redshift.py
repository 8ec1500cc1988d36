"""Amazon Redshift: clusters and their snapshots, with whom those may be restored by.

API: https://docs.aws.amazon.com/redshift/latest/APIReference/API_Operations.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import in_place, outside, to_bucket
from auditor.collect.aws.flows import shares
from auditor.collect.aws.reading import (
    encryption_key,
    entries,
    maybe_flag,
    maybe_text,
    size_in_bytes,
    tags_of,
    text,
)
from auditor.collect.aws.regions import arn, country_of_zones
from auditor.collect.aws.resources import processor_of, store_of
from auditor.collect.flows import flow, possible
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Processor, Store

_REFERENCE = "https://docs.aws.amazon.com/redshift/latest/APIReference/API_"
_MEBIBYTE = 2**20


def _cluster(found: Found) -> Iterator[Store | Processor | Flow]:
    region = found.place["region"]
    zones = [
        found.read("item.AvailabilityZone"),
        found.read("item.MultiAZSecondary.AvailabilityZone", absent=None),
    ]
    encrypted = maybe_flag(found, "item.Encrypted")
    country = country_of_zones([zone for zone in zones if isinstance(zone, str)], region)
    tags = tags_of(found.read("item.Tags", absent=[]))
    name = text(found, "item.ClusterIdentifier")
    store = store_of(
        found,
        id=cluster_arn(found, name),
        name=name,
        kind="cluster",
        country=country,
        encrypted=encrypted,
        key_id=encryption_key(encrypted, found, "item.KmsKeyId"),
        public=False,  # a database asks for a password wherever it is reached from
        locked=False,
        size_bytes=size_in_bytes(found, "item.TotalStorageCapacityInMegaBytes", _MEBIBYTE),
        created=maybe_text(found, "item.ClusterCreateTime"),
        tags=tags,
    )
    yield store
    yield from _copies(found, store)
    yield from _logs(found, store)
    yield from _unloads(found, store)
    namespace = text(found, "item.ClusterNamespaceArn")
    if namespace:  # what data shares of the cluster are named after
        yield processor_of(
            found,
            id=namespace,
            name=name,
            kind="namespace",
            public=False,
            country=country,
            tags=tags,
        )


def _unloads(found: Found, store: Store) -> Iterator[Flow]:
    """Yield what the roles of a cluster let whoever may run SQL there unload to."""
    for role in entries(found.read("item.IamRoles", absent=[])):
        name = str(role.get("IamRoleArn") or "")
        yield flow(store, "export", name, **outside(Unknown(f"wherever {name} may write to")))


def cluster_arn(found: Found, name: str, region: str = "") -> str:
    """Return the ARN of a cluster, in the place's region unless another is given."""
    region = region or found.place["region"]
    return arn("redshift", region, found.place["account"], f"cluster:{name}")


def _copies(found: Found, store: Store) -> Iterator[Flow]:
    status = found.read("item.ClusterSnapshotCopyStatus", absent={})
    if status:
        region = maybe_text(found, "item.ClusterSnapshotCopyStatus.DestinationRegion")
        yield flow(store, "backup", "snapshots", **in_place(store.account, region))


def _logs(found: Found, store: Store) -> Iterator[Flow]:
    enabled = maybe_flag(found, "logging.LoggingEnabled")
    if isinstance(enabled, Unknown):
        yield possible(store, "export", enabled, "logs")
    elif enabled and found.read("logging.LogDestinationType", absent="s3") == "s3":
        yield to_bucket(store, "export", text(found, "logging.BucketName"))
    elif enabled:  # log groups and system tables of the cluster's own account and region
        yield flow(store, "export", "logs", **in_place(store.account, store.region))


def _snapshot(found: Found) -> Iterator[Store | Flow]:
    encrypted = maybe_flag(found, "item.Encrypted")
    cluster = text(found, "item.ClusterIdentifier")
    store = store_of(
        found,
        id=text(found, "item.SnapshotArn"),
        name=text(found, "item.SnapshotIdentifier"),
        kind="snapshot",
        backup=True,
        source_id=cluster_arn(found, cluster, text(found, "item.SourceRegion")),
        encrypted=encrypted,
        key_id=encryption_key(encrypted, found, "item.KmsKeyId"),
        public=False,  # the reference knows only accounts that may restore it
        created=maybe_text(found, "item.SnapshotCreateTime"),
        tags=tags_of(found.read("item.Tags", absent=[])),
    )
    yield store
    # The reference: null if no accounts are authorised.
    listed = entries(found.read("item.AccountsWithRestoreAccess", absent=[]))
    yield from shares(store, tuple(str(each.get("AccountId") or "") for each in listed))


CLUSTERS = Collector(
    kind="aws.redshift.cluster",
    service="redshift",
    title="Redshift clusters",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeClusters",
        permission="redshift:DescribeClusters",
        parameters={"MaxRecords": 100},
        items="Clusters",
    ),
    details=(
        Detail(
            name="logging",
            operation="DescribeLoggingStatus",
            permission="redshift:DescribeLoggingStatus",
            bind={"ClusterIdentifier": "item.ClusterIdentifier"},
        ),
    ),
    tables=(Store, Processor, Flow),
    rows=_cluster,
    types=("redshift:cluster",),
    source=_REFERENCE + "DescribeClusters.html",
)

SNAPSHOTS = Collector(
    kind="aws.redshift.snapshot",
    service="redshift",
    title="Snapshots of Redshift clusters",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeClusterSnapshots",
        permission="redshift:DescribeClusterSnapshots",
        parameters={"MaxRecords": 100},
        items="Snapshots",
    ),
    tables=(Store, Flow),
    rows=_snapshot,
    types=("redshift:snapshot",),
    source=_REFERENCE + "DescribeClusterSnapshots.html",
)
