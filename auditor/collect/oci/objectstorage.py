"""OCI Object Storage: buckets, where their copies go, and who can read them without credentials.

Objects are always encrypted at rest, with Oracle's key unless the bucket names one:
https://docs.oracle.com/en-us/iaas/Content/Object/Tasks/encryption.htm
"""

from collections.abc import Iterator, Mapping

from auditor.collect.flows import possible
from auditor.collect.oci.flows import Source, to_anybody, to_region, to_tenancy
from auditor.collect.oci.plain_rows import no_rows
from auditor.collect.oci.reading import (
    entries,
    held_by,
    maybe_flag,
    maybe_text,
    moment,
    odd,
    size_of,
    text,
)
from auditor.model import Json, Unknown
from auditor.spec import Axis, Collector, Detail, Found, Listing
from auditor.tables import UNJOINED, Flow, Maybe, Store

_SERVICE = "object_storage.ObjectStorageClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/objectstorage/20160918"
_BUCKET = {"namespace_name": "place.namespace", "bucket_name": "item.name"}
_PUBLIC = {"NoPublicAccess": False, "ObjectRead": True, "ObjectReadWithoutList": True}
_WRITES_ONLY = ("ObjectWrite", "AnyObjectWrite")


def bucket_id(region: str, namespace: str, name: str) -> str:
    """Return the id of a bucket: its OCID is not in what other resources say of it."""
    return f"oci:objectstorage:{region}:{namespace}/{name}"


def named_bucket(found: Found, namespace: str, name: str, region: Maybe[str]) -> Maybe[str]:
    """Return the id of a bucket that an answer names, or why it is unknown.

    Args:
        namespace, name: paths of the bucket's namespace and name.
        region: that the bucket is in.
    """
    parts = (maybe_text(found, namespace), maybe_text(found, name), region)
    unknown = next((each for each in parts if isinstance(each, Unknown)), None)
    return unknown or bucket_id(str(parts[2]), str(parts[0]), str(parts[1]))


def to_bucket(
    store: Source,
    mechanism: str,
    bucket: str,
    region: str,
    active: Maybe[bool] = True,
    name: str = "",
) -> Flow:
    """Return a flow to a bucket that is named by its region, namespace and name.

    It may be another tenancy's: the store that is found there says whose it is.

    Args:
        bucket: as ``bucket_id`` gives it.
    """
    return to_tenancy(store, mechanism, bucket, UNJOINED, region, active, name)


def _bucket_rows(found: Found) -> Iterator[Store | Flow]:
    namespace, name = found.place["namespace"], text(found, "item.name")
    store = Store(
        **held_by(found),
        id=bucket_id(found.place["region"], namespace, name),
        name=name,
        service="objectstorage",
        kind="bucket",
        backup=found.read("bucket.isReadOnly", absent=False) is True,
        source_id=_source(found),
        encrypted=True,
        key_id=maybe_text(found, "bucket.kmsKeyId", absent=""),
        public=_public(found),
        locked=_locked(found),
        size_bytes=size_of(found, "bucket.approximateSize"),
    )
    yield store
    yield from _replications(found, store)
    yield from _links(found, store)
    if isinstance(store.public, Unknown):
        yield possible(store, "public", store.public)
    elif store.public:
        yield to_anybody(store, "public", "*")


def _source(found: Found) -> Maybe[str]:
    """Return the bucket that fills this one; only destinations of replication are read-only."""
    read_only = maybe_flag(found, "bucket.isReadOnly", absent=False)
    if read_only is not True:
        return read_only if isinstance(read_only, Unknown) else ""
    sources = found.read("sources")
    if isinstance(sources, Unknown):
        return sources
    for source in entries(sources):
        region, name = source.get("sourceRegionName"), source.get("sourceBucketName")
        return bucket_id(str(region), found.place["namespace"], str(name))
    return Unknown("the bucket is a destination of replication, but no source is listed")


def _public(found: Found) -> Maybe[bool]:
    access = maybe_text(found, "bucket.publicAccessType")
    if isinstance(access, Unknown):
        return access
    return _PUBLIC.get(access, Unknown(f"publicAccessType {access} is not known to this version"))


def _locked(found: Found) -> Maybe[bool]:
    """Whether a retention rule is past the day from which nobody can remove it."""
    rules = found.read("retention")
    if isinstance(rules, Unknown):
        return rules
    asked = moment(found.answers["retention"][0].at)
    ways = [_is_past(rule.get("timeRuleLocked"), asked) for rule in entries(rules)]
    if True in ways:
        return True
    return next((way for way in ways if isinstance(way, Unknown)), False)


def _is_past(day: Json, asked: Maybe[str]) -> Maybe[bool]:
    since = moment(day) if day is not None else ""  # left out: it never comes
    if isinstance(since, Unknown):
        return since
    return asked if isinstance(asked, Unknown) else "" < since <= asked


def _replications(found: Found, store: Store) -> Iterator[Flow]:
    policies = found.read("replication")
    if isinstance(policies, Unknown):
        yield possible(store, "replication", policies)
        return
    for policy in entries(policies):
        region = policy.get("destinationRegionName")
        stated: Maybe[str] = region if isinstance(region, str) else odd("region", "text")
        name = str(policy.get("destinationBucketName", ""))
        target = bucket_id(str(region), found.place["namespace"], name)
        yield to_region(
            store, "replication", target, stated, _running(policy), str(policy.get("id", target))
        )


def _running(policy: Mapping[str, Json]) -> Maybe[bool]:
    status = policy.get("status")
    return True if status == "ACTIVE" else Unknown(f"the replication policy's status is {status}")


def _links(found: Found, store: Store) -> Iterator[Flow]:
    """Yield a flow for each pre-authenticated request that reads: a secret address is enough."""
    requests = found.read("links")
    if isinstance(requests, Unknown):
        yield possible(store, "link", requests)
        return
    asked = moment(found.answers["links"][0].at)
    for request in entries(requests):
        if request.get("accessType") in _WRITES_ONLY and not request.get("bucketListingAction"):
            continue
        expired = _is_past(request.get("timeExpires"), asked)
        alive = expired if isinstance(expired, Unknown) else not expired
        yield to_anybody(store, "link", str(request.get("id", "")), alive)


NAMESPACE = Collector(
    kind="oci.objectstorage.namespace",
    service=_SERVICE,
    title="The Object Storage namespace of the tenancy",
    per=("account",),
    listing=Listing(operation="get_namespace", permission=""),
    tables=(),
    rows=no_rows,
    axis=Axis(name="namespace", value=lambda found: text(found, "item") or None),
    source=f"{_API}/Namespace/GetNamespace",
)

BUCKETS = Collector(
    kind="oci.objectstorage.bucket",
    service=_SERVICE,
    title="Object Storage buckets",
    per=("account", "region", "compartment", "namespace"),
    listing=Listing(
        operation="list_buckets",
        permission="inspect buckets",
        parameters={"fields": ["tags"], "limit": 1000},
        bind={"namespace_name": "place.namespace", "compartment_id": "place.compartment"},
        items=".",
    ),
    details=(
        Detail(
            name="bucket",
            operation="get_bucket",
            permission="read buckets",
            parameters={"fields": ["approximateSize"]},
            bind=_BUCKET,
        ),
        Detail(
            name="replication",
            operation="list_replication_policies",
            permission="read buckets",
            parameters={"limit": 1000},
            bind=_BUCKET,
            items=".",
        ),
        Detail(
            name="sources",
            operation="list_replication_sources",
            permission="read buckets",
            parameters={"limit": 1000},
            bind=_BUCKET,
            items=".",
            when="bucket.isReadOnly",
        ),
        Detail(
            name="links",
            operation="list_preauthenticated_requests",
            permission="read buckets",
            parameters={"limit": 1000},
            bind=_BUCKET,
            items=".",
        ),
        Detail(
            name="retention",
            operation="list_retention_rules",
            permission="read buckets",
            bind=_BUCKET,
            items="items",
        ),
        # No fact hangs on it, since it moves nothing out of the bucket: it says for reviewers when
        # objects are archived and deleted.
        Detail(
            name="lifecycle",
            operation="get_object_lifecycle_policy",
            permission="read buckets",
            bind=_BUCKET,
            when="bucket.objectLifecyclePolicyEtag",
        ),
    ),
    tables=(Store, Flow),
    rows=_bucket_rows,
    types=("Bucket",),
    source=f"{_API}/Bucket/ListBuckets",
)
