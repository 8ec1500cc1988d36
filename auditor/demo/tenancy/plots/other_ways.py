"""Ways out of databases, disks and images that other plots show from one side only."""

from auditor.demo.planted import fails
from auditor.demo.tenancy.active import add_active
from auditor.demo.tenancy.builder import (
    DATABASES,
    FRANKFURT,
    HOME,
    LONG_AGO,
    OPERATIONS,
    PROD,
    USER_DATA,
    WEST,
    Builder,
    ocid,
)
from auditor.demo.tenancy.plots import Ground, Plot
from auditor.model import Json


def _build(ground: Ground) -> None:
    estate = ground.estate
    _guard(estate, ground.keys[HOME])
    _refresh(estate)
    _back_up(estate)
    _keep_for_years(estate)
    _build_look_alikes(estate)


def _build_look_alikes(estate: Builder) -> None:
    """Add what holds no user data: traces sent to Oracle, an image on its way, a shared hub."""
    estate.resource(
        HOME,
        "database.DbSystem",
        "dbsystem",
        "build-numbers",
        OPERATIONS,
        compartment_id=DATABASES,
        display_name="build-numbers",
        data_storage_size_in_gbs=256,
        data_collection_options={"is_incident_logs_enabled": True},
        time_created=LONG_AGO,
    )
    estate.resource(
        HOME,
        "core.Image",
        "image",
        "build-agent",
        OPERATIONS,
        compartment_id=PROD,
        display_name="build-agent",
        lifecycle_state="EXPORTING",
        size_in_mbs=47_694,
        time_created=LONG_AGO,
    )
    add_active(
        estate,
        HOME,
        "core.DrgAttachment",
        "drgattachment",
        "monitoring",
        OPERATIONS,
        _path={"attachmentType": "ALL"},
        drg_id=ocid("drg", HOME, "hub"),
        lifecycle_state="ATTACHED",
        is_cross_tenancy=True,
        network_details={"type": "VCN", "id": ocid("vcn", HOME, "monitoring")},
    )


def _guard(estate: Builder, key: str) -> None:
    """Add a database that Data Guard keeps in step with one in Frankfurt."""
    ends = [ocid("database", region, "followers") for region in (HOME, FRANKFURT)]
    group = {"members": [{"database_id": each} for each in ends]}
    estate.database(HOME, "followers", USER_DATA, kms_key_id=key, data_guard_group=group)
    estate.database(FRANKFURT, "followers", USER_DATA, data_guard_group=group)


def _refresh(estate: Builder) -> None:
    """Add an autonomous database whose refreshed clone stays in the country."""
    source = estate.autonomous(HOME, "forecasts", USER_DATA)
    clone = estate.autonomous(WEST, "forecasts-clone", USER_DATA, source_id=source)
    estate.add(
        HOME,
        "database",
        "RefreshableCloneSummary",
        _path={"autonomousDatabaseId": source},
        id=clone,
        region=WEST,
    )


def _back_up(estate: Builder) -> None:
    """Add disks in Frankfurt that are backed up there."""
    estate.backup(FRANKFURT, "ratings", estate.volume(FRANKFURT, "ratings", USER_DATA))
    disk = estate.boot_volume(FRANKFURT, "hallway", USER_DATA)
    estate.resource(
        FRANKFURT,
        "core.BootVolumeBackup",
        "bootvolumebackup",
        "hallway",
        {},
        display_name="hallway",
        boot_volume_id=disk,
        unique_size_in_gbs=12,
        time_created=LONG_AGO,
        type="FULL",
    )


def _keep_for_years(estate: Builder) -> None:
    """Add a backup in Frankfurt that is kept for years, without user data."""
    common: dict[str, Json] = {
        "compartment_id": DATABASES,
        "lifecycle_state": "ACTIVE",
        "display_name": "build-history",
        "time_created": LONG_AGO,
    }
    protected = estate.resource(
        FRANKFURT,
        "recovery.ProtectedDatabase",
        "protecteddatabase",
        "build-history",
        {},
        database_id=estate.database(FRANKFURT, "build-history", OPERATIONS),
        backup_cloud_location="OCI",
        **common,
    )
    estate.resource(
        FRANKFURT,
        "recovery.LongTermBackup",
        "longtermbackup",
        "build-history",
        {},
        protected_database_id=protected,
        **common,
    )


_HERE, _THERE = (ocid("database", region, "followers") for region in (HOME, FRANKFURT))
_DISK, _BACKUP = (ocid(kind, FRANKFURT, "ratings") for kind in ("volume", "volumebackup"))
_BOOT, _BOOT_BACKUP = (
    ocid(kind, FRANKFURT, "hallway") for kind in ("bootvolume", "bootvolumebackup")
)
PLOT = Plot(
    build=_build,
    planted=(
        *fails(
            "a database is kept in step with one in Frankfurt",
            A_04=f"{_HERE}/replication/{_THERE}",
        ),
        *fails(
            "a database in Frankfurt is backed up there",
            A_02=_THERE,
            A_04=f"{_THERE}/backup/*",
            A_04b=f"{_HERE} -> {_THERE}/backup/*",
            A_07b=_THERE,
        ),
        *fails("a volume of user data is in Frankfurt", A_02=_DISK, A_07b=_DISK),
        *fails(
            "a volume is backed up in Frankfurt",
            A_02=_BACKUP,
            A_04=f"{_DISK}/backup/{_BACKUP}",
            A_05=_BACKUP,
            A_07b=_BACKUP,
        ),
        *fails("a boot disk of user data is in Frankfurt", A_02=_BOOT, A_07b=_BOOT),
        *fails(
            "a boot disk is backed up in Frankfurt",
            A_02=_BOOT_BACKUP,
            A_04=f"{_BOOT}/backup/{_BOOT_BACKUP}",
            A_05=_BOOT_BACKUP,
            A_07b=_BOOT_BACKUP,
        ),
    ),
)
