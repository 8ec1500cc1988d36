"""Boot disks, their backups and replicas, and the replica of a block volume."""

from auditor.demo.planted import fails
from auditor.demo.tenancy.builder import (
    FRANKFURT,
    HOME,
    LONG_AGO,
    OPERATIONS,
    USER_DATA,
    WEST,
    Builder,
    ocid,
)
from auditor.demo.tenancy.plots import Ground, Plot


def _build(ground: Ground) -> None:
    estate, key = ground.estate, ground.keys[HOME]
    for name, region in (("lobby", FRANKFURT), ("kiosk", WEST)):
        disk = estate.boot_volume(HOME, name, USER_DATA, kms_key_id=key)
        original = _backup(estate, HOME, name, disk)
        _backup(estate, region, f"{name}-copy", disk, source_boot_volume_backup_id=original)
    _backup(estate, FRANKFURT, "edge", estate.boot_volume(FRANKFURT, "edge", OPERATIONS))
    _replicate_boot_disk(estate, "lounge", WEST, key)
    _replicate_volume(estate, "ledgers", FRANKFURT, key)


def _backup(estate: Builder, region: str, name: str, disk: str, **more: str) -> str:
    """Add a backup of a boot disk; it carries no tags of its own."""
    return estate.resource(
        region,
        "core.BootVolumeBackup",
        "bootvolumebackup",
        name,
        {},
        display_name=name,
        boot_volume_id=disk,
        unique_size_in_gbs=12,
        time_created=LONG_AGO,
        type="FULL",
        **more,
    )


def _replicate_boot_disk(estate: Builder, name: str, region: str, key: str) -> None:
    copy = ocid("bootvolumereplica", region, name)
    copies = [{"boot_volume_replica_id": copy}]
    disk = estate.boot_volume(HOME, name, USER_DATA, kms_key_id=key, boot_volume_replicas=copies)
    estate.resource(
        region,
        "core.BootVolumeReplica",
        "bootvolumereplica",
        name,
        {},
        display_name=name,
        boot_volume_id=disk,
        size_in_gbs=50,
        time_created=LONG_AGO,
    )


def _replicate_volume(estate: Builder, name: str, region: str, key: str) -> None:
    copy = ocid("blockvolumereplica", region, name)
    copies = [{"block_volume_replica_id": copy}]
    volume = estate.volume(HOME, name, USER_DATA, kms_key_id=key, block_volume_replicas=copies)
    estate.resource(
        region,
        "core.BlockVolumeReplica",
        "blockvolumereplica",
        name,
        {},
        display_name=name,
        block_volume_id=volume,
        size_in_gbs=200,
        time_created=LONG_AGO,
    )


_LOBBY, _BACKUP = ocid("bootvolume", HOME, "lobby"), ocid("bootvolumebackup", HOME, "lobby")
_BACKUP_COPY = ocid("bootvolumebackup", FRANKFURT, "lobby-copy")
_REPLICA = ocid("blockvolumereplica", FRANKFURT, "ledgers")
PLOT = Plot(
    build=_build,
    planted=(
        *fails(
            "a boot disk's backup was copied to Frankfurt",
            A_02=_BACKUP_COPY,
            A_04=f"{_BACKUP}/copy/{_BACKUP_COPY}",
            A_04b=f"{_LOBBY} -> {_BACKUP_COPY}",
            A_05=_BACKUP_COPY,
            A_07b=_BACKUP_COPY,
        ),
        *fails(
            "a block volume is replicated to Frankfurt",
            A_04=f"{ocid('volume', HOME, 'ledgers')}/replication/{_REPLICA}",
        ),
        *fails(
            "a block volume's replica is in Frankfurt", A_02=_REPLICA, A_05=_REPLICA, A_07b=_REPLICA
        ),
    ),
)
