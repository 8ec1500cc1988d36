"""The part of the demo tenancy that is in order."""

from auditor.demo.oci.credentials import TENANCY
from auditor.demo.tenancy.builder import (
    DATABASES,
    FRANKFURT,
    HOME,
    LEGACY,
    LOGS,
    LONG_AGO,
    OPERATIONS,
    PROD,
    USER_DATA,
    WEST,
    Builder,
    compartment_id,
    domain_of,
    ocid,
)


def build_places(estate: Builder) -> None:
    """Add the tenancy, its regions and its compartments."""
    estate.add("global", "identity", "Tenancy", id=TENANCY, name="northstar", home_region_key="IAD")
    for name, key in ((HOME, "IAD"), (WEST, "PHX"), (FRANKFURT, "FRA")):
        estate.add(
            "global",
            "identity",
            "RegionSubscription",
            _path={"tenancyId": TENANCY},
            region_name=name,
            region_key=key,
            status="READY",
            is_home_region=name == HOME,
        )
        estate.add(
            name,
            "identity",
            "AvailabilityDomain",
            id=ocid("availabilitydomain", name, "1"),
            name=domain_of(name),
            compartment_id=TENANCY,
        )
    _compartment(estate, TENANCY, "northstar", "")
    _compartment(estate, PROD, "prod", TENANCY)
    for name in ("data", "databases", "security"):
        _compartment(estate, compartment_id(name), name, PROD)
    _compartment(estate, LOGS, "logs", TENANCY)
    _compartment(estate, LEGACY, "legacy", TENANCY, accessible=False)
    _compartment(estate, compartment_id("old"), "old", TENANCY, state="DELETED")


def _compartment(
    estate: Builder, id_: str, name: str, parent: str, *, accessible: bool = True, state: str = ""
) -> None:
    estate.add(
        "global",
        "identity",
        "Compartment",
        id=id_,
        name=name,
        lifecycle_state=state or "ACTIVE",
        is_accessible=accessible,
        **({"compartment_id": parent} if parent else {}),
    )


def build_keys(estate: Builder) -> dict[str, str]:
    """Add a vault in each American region, and return its key for user data, by region."""
    keys = {}
    for region in (HOME, WEST):
        estate.vault(region, f"northstar-{region[3:6]}")
        keys[region] = estate.key(region, f"northstar-{region[3:6]}", "user-data")
    estate.key(HOME, "northstar-ash", "operations", "SOFTWARE")
    return keys


def build_ordinary(estate: Builder, keys: dict[str, str]) -> None:
    """Add buckets, volumes and databases that nothing is wrong with."""
    _buckets(estate, keys)
    _volumes(estate, keys)
    _databases(estate, keys[HOME])
    _autonomous(estate)


def _buckets(estate: Builder, keys: dict[str, str]) -> None:
    for name in ("videos", "messages", "profiles", "thumbnails", "comments"):
        estate.bucket(HOME, f"user-{name}", USER_DATA, kms_key_id=keys[HOME])
    for name in ("messages-archive", "profiles-archive"):
        estate.bucket(WEST, f"user-{name}", USER_DATA, kms_key_id=keys[WEST])
    estate.replicate("user-videos", WEST, "user-videos-copy", USER_DATA)
    for name in ("access-logs", "build-artifacts", "metrics"):
        estate.bucket(HOME, name, OPERATIONS, compartment_id=LOGS)
    estate.add(
        HOME,
        "object_storage",
        "RetentionRule",
        _path={"bucketName": "access-logs"},
        id="keep-a-year",
        display_name="keep a year",
        duration={"time_amount": 1, "time_unit": "YEARS"},
        time_rule_locked="2025-06-01T00:00:00Z",
    )
    # What the apps load on start: everybody may read it, from anywhere.
    estate.bucket(FRANKFURT, "app-assets", OPERATIONS, public_access_type="ObjectReadWithoutList")


def _volumes(estate: Builder, keys: dict[str, str]) -> None:
    for number in range(1, 6):
        name = f"transcoder-{number}"
        replica = ocid("blockvolumereplica", WEST, name)
        more = {"block_volume_replicas": [{"block_volume_replica_id": replica}]}
        volume = estate.volume(
            HOME, name, USER_DATA, kms_key_id=keys[HOME], **(more if number == 1 else {})
        )
        backup = estate.backup(HOME, name, volume)
        if number == 1:
            estate.resource(
                WEST,
                "core.BlockVolumeReplica",
                "blockvolumereplica",
                name,
                {},
                display_name=name,
                block_volume_id=volume,
                size_in_gbs=200,
                time_created=LONG_AGO,
            )
            estate.backup(WEST, f"{name}-copy", volume, source_volume_backup_id=backup)
    for number in range(1, 5):
        estate.volume(HOME, f"build-{number}", OPERATIONS, compartment_id=PROD)
        estate.boot_volume(HOME, f"web-{number}", OPERATIONS, compartment_id=PROD)
        estate.boot_volume(WEST, f"web-west-{number}", OPERATIONS, compartment_id=PROD)
    estate.volume(FRANKFURT, "edge-cache", OPERATIONS, compartment_id=PROD)


def _databases(estate: Builder, key: str) -> None:
    for name in ("accounts", "payments"):
        estate.resource(
            HOME,
            "database.DbSystem",
            "dbsystem",
            name,
            USER_DATA,
            compartment_id=DATABASES,
            display_name=name,
            data_storage_size_in_gbs=512,
            time_created=LONG_AGO,
        )
        database = estate.database(HOME, name, USER_DATA, kms_key_id=key)
        estate.resource(
            HOME,
            "database.Backup",
            "dbbackup",
            name,
            {},
            compartment_id=DATABASES,
            display_name=name,
            database_id=database,
            database_size_in_gbs=120.5,
            lifecycle_state="ACTIVE",
            time_started="2026-11-01T08:00:00Z",
            backup_destination_type="OBJECT_STORE",
        )
    both = [ocid("database", HOME, "messages"), ocid("database", WEST, "messages")]
    group = {"members": [{"database_id": each} for each in both]}
    for region in (HOME, WEST):
        estate.database(region, "messages", USER_DATA, data_guard_group=group)


def _autonomous(estate: Builder) -> None:
    for name, tags in (("analytics", USER_DATA), ("ranking", USER_DATA), ("finance", OPERATIONS)):
        database = estate.autonomous(HOME, name, tags)
        estate.autonomous_backup(HOME, name, database)
    primary, standby = (ocid("autonomousdatabase", region, "ranking") for region in (HOME, WEST))
    estate.autonomous(WEST, "ranking", USER_DATA, role="STANDBY")
    for one, other, region in ((primary, standby, WEST), (standby, primary, HOME)):
        estate.add(
            WEST if one is standby else HOME,
            "database",
            "AutonomousDatabasePeerSummary",
            _path={"autonomousDatabaseId": one},
            id=other,
            region=region,
        )
