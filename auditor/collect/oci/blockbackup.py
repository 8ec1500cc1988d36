"""OCI Block Volume: backups of block and boot volumes, and the copies made of them.

A copy names the backup that it was made from; that one's OCID says where it was. Backups are
always encrypted at rest: https://docs.oracle.com/en-us/iaas/Content/Block/Concepts/overview.htm
Volume group backups are not listed apart: each member is a backup of its own.
"""

from collections.abc import Iterator

from auditor.collect.oci.arrivals import arrival
from auditor.collect.oci.listing import PER_COMPARTMENT, in_compartment
from auditor.collect.oci.reading import (
    GIBIBYTE,
    NEVER_PUBLIC,
    held_by,
    maybe_flag,
    maybe_text,
    size_of,
    text,
)
from auditor.collect.oci.service_rows import is_gone
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Store

_SERVICE = "core.BlockstorageClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/iaas/20160918"


def _rows(found: Found, original: str, volume: str) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    copied_from = text(found, original)
    store = Store(
        **held_by(found),
        id=text(found, "item.id"),
        name=text(found, "item.displayName"),
        service="blockvolume",
        kind="backup",
        backup=True,
        source_id=copied_from or maybe_text(found, volume),
        encrypted=True,
        key_id=maybe_text(found, "item.kmsKeyId", absent=""),
        public=NEVER_PUBLIC,
        locked=maybe_flag(found, "item.isRetentionLockEnabled", absent=False),
        size_bytes=size_of(found, "item.uniqueSizeInGBs", GIBIBYTE),
    )
    yield store
    if not isinstance(store.source_id, Unknown):
        mechanism, region = ("copy", None) if copied_from else ("backup", store.region)
        yield arrival(store, store.source_id, mechanism, region=region)


def _backup_rows(found: Found) -> Iterator[Store | Flow]:
    return _rows(found, "item.sourceVolumeBackupId", "item.volumeId")


def _boot_backup_rows(found: Found) -> Iterator[Store | Flow]:
    return _rows(found, "item.sourceBootVolumeBackupId", "item.bootVolumeId")


BACKUPS = Collector(
    kind="oci.blockvolume.backup",
    service=_SERVICE,
    title="Backups of block volumes",
    per=PER_COMPARTMENT,
    listing=in_compartment("list_volume_backups", "inspect volume-backups and inspect volumes"),
    tables=(Store, Flow),
    rows=_backup_rows,
    types=("VolumeBackup",),
    source=f"{_API}/VolumeBackup/ListVolumeBackups",
)

BOOT_BACKUPS = Collector(
    kind="oci.blockvolume.bootbackup",
    service=_SERVICE,
    title="Backups of boot volumes",
    per=PER_COMPARTMENT,
    listing=in_compartment(
        "list_boot_volume_backups", "inspect boot-volume-backups and inspect volumes"
    ),
    tables=(Store, Flow),
    rows=_boot_backup_rows,
    types=("BootVolumeBackup",),
    source=f"{_API}/BootVolumeBackup/ListBootVolumeBackups",
)
