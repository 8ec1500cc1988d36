"""OCI File Storage: file systems, their replicas in other regions, and where they are mounted.

File systems are always encrypted at rest, with Oracle's key unless one is named. Nobody reads them
but through a mount target, which has an address in a network of the tenancy and none on the
internet. Snapshots are kept in their file system, under its key.
https://docs.oracle.com/en-us/iaas/Content/File/Tasks/encrypt-file-system.htm
"""

from collections.abc import Iterator, Mapping

from auditor.collect.flows import possible
from auditor.collect.oci.departures import flow_from
from auditor.collect.oci.flows import to_region
from auditor.collect.oci.listing import PER_COMPARTMENT, in_compartment
from auditor.collect.oci.reading import (
    GONE,
    NEVER_PUBLIC,
    entries,
    held_by,
    maybe_text,
    size_of,
    text,
)
from auditor.collect.oci.regions import region_in
from auditor.collect.oci.service_rows import is_gone
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import Flow, Maybe, Store

_SERVICE = "file_storage.FileStorageClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/filestorage/20171215"


def _rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    store = Store(
        **held_by(found),
        id=text(found, "item.id"),
        name=text(found, "item.displayName"),
        service="filestorage",
        kind="file system",
        backup=bool(text(found, "whole.replicationTargetId")),
        source_id=_source(found),
        encrypted=True,
        key_id=maybe_text(found, "item.kmsKeyId", absent=""),
        public=NEVER_PUBLIC,
        locked=False,
        size_bytes=size_of(found, "item.meteredBytes"),
    )
    yield store
    yield from _replications(found, store)


def _source(found: Found) -> Maybe[str]:
    """Return what fills the file system by replication, or what it was cloned from."""
    target = maybe_text(found, "whole.replicationTargetId", absent="")  # empty if it is none
    if isinstance(target, Unknown):
        return target
    if target:
        return maybe_text(found, "origin.sourceId")
    return maybe_text(found, "item.sourceDetails.parentFileSystemId", absent="")


def _first(found: Found) -> Json:
    return next((each.get("id") for each in _alive(found.read("replications"))), None)


def _alive(replications: Json) -> list[Mapping[str, Json]]:
    return [each for each in entries(replications) if each.get("lifecycleState") not in GONE]


def _replications(found: Found, store: Store) -> Iterator[Flow]:
    count = found.read("item.replicationSourceCount")
    if isinstance(count, Unknown):
        yield possible(store, "replication", count)
        return
    if count == 0:
        return
    listed = found.read("replications")
    if isinstance(listed, Unknown):
        yield possible(store, "replication", listed)
        return
    alive = _alive(listed)
    target = found.read("replication.targetId") if alive else ""
    if isinstance(target, Unknown):
        yield possible(store, "replication", target)
    elif target:
        state = text(found, "replication.lifecycleState")
        active = state == "ACTIVE" or Unknown(f"the replication's lifecycleState is {state}")
        yield to_region(store, "replication", str(target), region_in(target), active)
    if len(alive) != 1 or count != 1:
        why = Unknown(f"it is the source of {count} replications, of which one was read at most")
        yield possible(store, "replication", why, "others/?")


def _export_rows(found: Found) -> Iterator[Flow]:
    """Yield the way from a file system to its mount target, which is in the same data centre."""
    if is_gone(found):
        return
    options = found.read("export.exportOptions")
    # The reference says that an export without options is invisible to every client.
    active = options if isinstance(options, Unknown) else bool(entries(options))
    target = text(found, "item.exportSetId")
    yield flow_from(
        found,
        text(found, "item.fileSystemId"),
        "mount",
        target,
        found.place["region"],
        active,
        name=text(found, "item.id"),
        account=found.place["account"],
    )


FILE_SYSTEMS = Collector(
    kind="oci.filestorage.filesystem",
    service=_SERVICE,
    title="File systems and their replicas",
    per=("account", "region", "availability_domain", "compartment"),
    listing=Listing(
        operation="list_file_systems",
        permission="inspect file-systems",
        parameters={"limit": 1000},
        bind={
            "compartment_id": "place.compartment",
            "availability_domain": "place.availability_domain",
        },
        items=".",
    ),
    details=(
        Detail(
            name="whole",
            operation="get_file_system",
            permission="read file-systems",
            bind={"file_system_id": "item.id"},
        ),
        Detail(
            name="origin",
            operation="get_replication_target",
            permission="read replication-targets",
            bind={"replication_target_id": "whole.replicationTargetId"},
            when="whole.replicationTargetId",
        ),
        Detail(
            name="replications",
            operation="list_replications",
            permission="inspect replications",
            parameters={"limit": 1000},
            bind={
                "compartment_id": "item.compartmentId",
                "availability_domain": "item.availabilityDomain",
                "file_system_id": "item.id",
            },
            items=".",
            when="item.replicationSourceCount",
        ),
        Detail(
            name="replication",
            operation="get_replication",
            permission="read replications",
            bind={"replication_id": "replications"},
            compose={"replication_id": _first},
            when="replications",
        ),
    ),
    tables=(Store, Flow),
    rows=_rows,
    types=("FileSystem",),
    source=f"{_API}/FileSystemSummary/ListFileSystems",
)

EXPORTS = Collector(
    kind="oci.filestorage.export",
    service=_SERVICE,
    title="Exports of file systems to mount targets",
    per=PER_COMPARTMENT,
    listing=in_compartment("list_exports", "read export-sets"),
    details=(
        Detail(
            name="export",
            operation="get_export",
            permission="read export-sets",
            bind={"export_id": "item.id"},
        ),
    ),
    tables=(Flow,),
    rows=_export_rows,
    source=f"{_API}/ExportSummary/ListExports",
)
