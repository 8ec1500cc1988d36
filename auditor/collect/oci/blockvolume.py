"""OCI Block Volume: block and boot volumes, and their replicas in other places.

Volumes and replicas are always encrypted at rest, with Oracle's key unless one is named; nobody
reads them but an instance that they are attached to:
https://docs.oracle.com/en-us/iaas/Content/Block/Concepts/overview.htm
"""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.backuppolicies import POLICY_DETAILS, copied_to, policy_of
from auditor.collect.oci.flows import to_region
from auditor.collect.oci.listing import PER_COMPARTMENT, in_compartment
from auditor.collect.oci.reading import (
    GIBIBYTE,
    MEBIBYTE,
    NEVER_PUBLIC,
    entries,
    held_by,
    maybe_text,
    size_of,
    text,
)
from auditor.collect.oci.regions import region_in
from auditor.collect.oci.service_rows import is_gone
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Store

_SERVICE = "core.BlockstorageClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/iaas/20160918"
# Oracle names no type of resource for replicas, but a permission of their own.
_REPLICAS = "inspect volume-family"


def _volume_rows(found: Found, replicas: str, replica_id: str) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    store = Store(
        **held_by(found),
        id=text(found, "item.id"),
        name=text(found, "item.displayName"),
        service="blockvolume",
        kind="volume",
        backup=False,
        # Left out for a volume that was made empty, or from an image.
        source_id=maybe_text(found, "item.sourceDetails.id", absent=""),
        encrypted=True,
        key_id=maybe_text(found, "item.kmsKeyId", absent=""),
        public=NEVER_PUBLIC,
        locked=False,
        size_bytes=size_of(found, "item.sizeInMBs", MEBIBYTE),
    )
    yield store
    copies = found.read(replicas, absent=())  # left out by volumes that have none
    if isinstance(copies, Unknown):
        yield possible(store, "replication", copies)
    for copy in entries(copies):
        target = str(copy.get(replica_id, ""))
        yield to_region(store, "replication", target, region_in(target))
    region = copied_to(found)
    if isinstance(region, Unknown):
        yield possible(store, "backup", region)
    elif region:
        yield to_region(store, "backup", "", region, name=policy_of(found))


def _block_volume_rows(found: Found) -> Iterator[Store | Flow]:
    return _volume_rows(found, "item.blockVolumeReplicas", "blockVolumeReplicaId")


def _boot_volume_rows(found: Found) -> Iterator[Store | Flow]:
    return _volume_rows(found, "item.bootVolumeReplicas", "bootVolumeReplicaId")


def _replica_rows(found: Found, source: str) -> Iterator[Store]:
    if is_gone(found):
        return
    yield Store(
        **held_by(found),
        id=text(found, "item.id"),
        name=text(found, "item.displayName"),
        service="blockvolume",
        kind="replica",
        backup=True,
        source_id=maybe_text(found, source),
        encrypted=True,
        key_id=maybe_text(found, "item.kmsKeyId", absent=""),
        public=NEVER_PUBLIC,
        locked=False,
        size_bytes=size_of(found, "item.sizeInGBs", GIBIBYTE),
    )


def _block_replica_rows(found: Found) -> Iterator[Store]:
    return _replica_rows(found, "item.blockVolumeId")


def _boot_replica_rows(found: Found) -> Iterator[Store]:
    return _replica_rows(found, "item.bootVolumeId")


VOLUMES = Collector(
    kind="oci.blockvolume.volume",
    service=_SERVICE,
    title="Block volumes",
    per=PER_COMPARTMENT,
    listing=in_compartment("list_volumes", "inspect volumes"),
    details=POLICY_DETAILS,
    tables=(Store, Flow),
    rows=_block_volume_rows,
    types=("Volume",),
    source=f"{_API}/Volume/ListVolumes",
)

BOOT_VOLUMES = Collector(
    kind="oci.blockvolume.bootvolume",
    service=_SERVICE,
    title="Boot volumes",
    per=PER_COMPARTMENT,
    listing=in_compartment("list_boot_volumes", "inspect volumes"),
    details=POLICY_DETAILS,
    tables=(Store, Flow),
    rows=_boot_volume_rows,
    types=("BootVolume",),
    source=f"{_API}/BootVolume/ListBootVolumes",
)

REPLICAS = Collector(
    kind="oci.blockvolume.replica",
    service=_SERVICE,
    title="Replicas of block volumes",
    per=PER_COMPARTMENT,
    listing=in_compartment("list_block_volume_replicas", _REPLICAS),
    tables=(Store,),
    rows=_block_replica_rows,
    source=f"{_API}/BlockVolumeReplica/ListBlockVolumeReplicas",
)

BOOT_REPLICAS = Collector(
    kind="oci.blockvolume.bootreplica",
    service=_SERVICE,
    title="Replicas of boot volumes",
    per=PER_COMPARTMENT,
    listing=in_compartment("list_boot_volume_replicas", _REPLICAS),
    tables=(Store,),
    rows=_boot_replica_rows,
    source=f"{_API}/BootVolumeReplica/ListBootVolumeReplicas",
)
