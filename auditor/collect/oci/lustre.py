"""OCI File Storage with Lustre: file systems, and the buckets that they are linked to.

File systems are always encrypted at rest, with Oracle's key unless one is named, and have addresses
in a network of the tenancy only:
https://docs.oracle.com/en-us/iaas/Content/ContEng/Tasks/contengcreatingpersistentvolumeclaim_Provisioning_PVCs_on_Lustre.htm
Whoever may start a job on a link copies in either direction. The bucket is in the same region and
tenancy: https://docs.oracle.com/en-us/iaas/Content/lustre/object-storage-bidirectional-sync.htm
"""

from collections.abc import Iterator

from auditor.collect.oci.departures import flow_from
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.objectstorage import bucket_id
from auditor.collect.oci.reading import (
    GIBIBYTE,
    GONE,
    NEVER_PUBLIC,
    held_by,
    maybe_text,
    size_of,
    text,
)
from auditor.collect.oci.service_rows import is_gone
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Maybe, Store

_SERVICE = "lustre_file_storage.LustreFileStorageClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/lustre/20250228"


def _rows(found: Found) -> Iterator[Store]:
    if is_gone(found):
        return
    yield Store(
        **held_by(found),
        id=text(found, "item.id"),
        name=text(found, "item.displayName"),
        service="lustre",
        kind="file system",
        backup=False,
        encrypted=True,
        key_id=maybe_text(found, "item.kmsKeyId", absent=""),
        public=NEVER_PUBLIC,
        locked=False,
        size_bytes=size_of(found, "item.capacityInGBs", GIBIBYTE),
    )


def _link_rows(found: Found) -> Iterator[Flow]:
    state = text(found, "item.lifecycleState")
    if state in GONE:
        return
    active: Maybe[bool] = True
    if state != "ACTIVE":
        active = Unknown(f"the link's lifecycleState is {state}")
    system, bucket = text(found, "item.lustreFileSystemId"), _bucket(found)
    name = text(found, "item.id")
    region, account = found.place["region"], found.place["account"]
    yield flow_from(found, system, "sync", bucket, region, active, name=name, account=account)
    yield flow_from(found, bucket, "sync", system, region, active, name=name, account=account)


def _bucket(found: Found) -> str:
    """Return the bucket of 'namespace:/bucket/prefix', which is how the service writes it."""
    namespace, _, rest = text(found, "item.objectStoragePrefix").partition(":/")
    return bucket_id(found.place["region"], namespace, rest.partition("/")[0])


def _listing(operation: str, permission: str) -> Listing:
    return Listing(
        operation=operation,
        permission=permission,
        parameters={"limit": 1000},
        bind={"compartment_id": "place.compartment"},
        items="items",
    )


FILE_SYSTEMS = Collector(
    kind="oci.lustre.filesystem",
    service=_SERVICE,
    title="Lustre file systems",
    per=PER_COMPARTMENT,
    listing=_listing("list_lustre_file_systems", "inspect lustre-file-system"),
    tables=(Store,),
    rows=_rows,
    source=f"{_API}/LustreFileSystemCollection/ListLustreFileSystems",
)

LINKS = Collector(
    kind="oci.lustre.objectstoragelink",
    service=_SERVICE,
    title="Links of Lustre file systems to buckets",
    per=PER_COMPARTMENT,
    listing=_listing("list_object_storage_links", "inspect lustre-file-system"),
    tables=(Flow,),
    rows=_link_rows,
    source=f"{_API}/ObjectStorageLinkCollection/ListObjectStorageLinks",
)
