"""The part of the demo tenancy that is wrong, on purpose; ``planted`` lists what must show."""

from auditor.demo.oci.credentials import TENANCY
from auditor.demo.tenancy.builder import FRANKFURT, HOME, LONG_AGO, USER_DATA, Builder, ocid

_NEVER = "2099-01-01T00:00:00Z"


def build_breaches(estate: Builder, key: str) -> None:
    """Add every breach; a key in Ashburn encrypts what is otherwise in order."""
    _buckets(estate, key)
    _volumes(estate, key)
    _databases(estate, key)
    _keys(estate)
    estate.add(
        "global",
        "audit",
        "Configuration",
        _path={"compartmentId": TENANCY},
        retention_period_days=180,
    )


def _buckets(estate: Builder, key: str) -> None:
    estate.bucket(HOME, "user-uploads", USER_DATA, kms_key_id=key)
    estate.replicate("user-uploads", FRANKFURT, "user-uploads-copy", USER_DATA)
    estate.bucket(HOME, "user-stickers", USER_DATA, kms_key_id=key, public_access_type="ObjectRead")
    estate.bucket(HOME, "user-reports", USER_DATA, kms_key_id=key)
    for name, expires in (("for-the-agency", _NEVER), ("last-year", "2025-04-01T00:00:00Z")):
        estate.add(
            HOME,
            "object_storage",
            "PreauthenticatedRequest",
            _path={"bucketName": "user-reports"},
            id=name,
            name=name,
            access_type="AnyObjectRead",
            bucket_listing_action="ListObjects",
            time_created=LONG_AGO,
            time_expires=expires,
        )


def _volumes(estate: Builder, key: str) -> None:
    estate.volume(FRANKFURT, "moderation", USER_DATA)
    replica = ocid("bootvolumereplica", FRANKFURT, "inbox")
    boot = estate.boot_volume(
        HOME,
        "inbox",
        USER_DATA,
        kms_key_id=key,
        boot_volume_replicas=[{"boot_volume_replica_id": replica}],
    )
    estate.resource(
        FRANKFURT,
        "core.BootVolumeReplica",
        "bootvolumereplica",
        "inbox",
        {},
        display_name="inbox",
        boot_volume_id=boot,
        size_in_gbs=50,
        time_created=LONG_AGO,
    )
    volume = estate.volume(HOME, "contacts", USER_DATA, kms_key_id=key)
    backup = estate.backup(HOME, "contacts", volume)
    estate.backup(FRANKFURT, "contacts-copy", volume, source_volume_backup_id=backup)


def _databases(estate: Builder, key: str) -> None:
    away = {"type": "OBJECT_STORE", "is_remote": True, "remote_region": FRANKFURT}
    kept = {"auto_backup_enabled": True, "backup_destination_details": [away]}
    estate.database(HOME, "billing", USER_DATA, kms_key_id=key, db_backup_config=kept)
    feed = estate.autonomous(HOME, "feed", USER_DATA, is_remote_data_guard_enabled=True)
    standby = estate.autonomous(FRANKFURT, "feed", USER_DATA, role="STANDBY")
    for region, one, other, there in (
        (HOME, feed, standby, FRANKFURT),
        (FRANKFURT, standby, feed, HOME),
    ):
        estate.add(
            region,
            "database",
            "AutonomousDatabasePeerSummary",
            _path={"autonomousDatabaseId": one},
            id=other,
            region=there,
        )
    trends = estate.autonomous(HOME, "trends", USER_DATA)
    clone = estate.autonomous(FRANKFURT, "trends-clone", USER_DATA, source_id=trends)
    estate.add(
        HOME,
        "database",
        "RefreshableCloneSummary",
        _path={"autonomousDatabaseId": trends},
        id=clone,
        region=FRANKFURT,
    )
    estate.autonomous_backup(HOME, "trends-away", trends, backup_destination_details=away)


def _keys(estate: Builder) -> None:
    estate.vault(FRANKFURT, "northstar-fra")
    abroad = estate.key(FRANKFURT, "northstar-fra", "consents")
    estate.bucket(HOME, "user-consents", USER_DATA, kms_key_id=abroad)
    estate.vault(HOME, "replicated", vault_type="VIRTUAL_PRIVATE", is_vault_replicable=True)
    estate.key(HOME, "replicated", "master")
    estate.add(
        HOME,
        "key_management",
        "VaultReplicaSummary",
        _path={"vaultId": ocid("vault", HOME, "replicated")},
        region=FRANKFURT,
        status="CREATED",
    )
