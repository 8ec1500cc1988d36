"""What backs databases up, spreads them, migrates them, watches them, and holds their keys."""

from collections.abc import Mapping

from auditor.demo.planted import fails, stays_open
from auditor.demo.tenancy.active import add_active
from auditor.demo.tenancy.builder import (
    DATABASES,
    FRANKFURT,
    HOME,
    OPERATIONS,
    USER_DATA,
    WEST,
    Builder,
    ocid,
)
from auditor.demo.tenancy.plots import Ground, Plot
from auditor.model import Json

_MEDIUM: Json = {
    "type": "AWS_S3",
    "name": "waiting-room",
    "region": "eu-central-1",
    "secret_access_key": "a key that must not be kept",
}
_ENDS = ((FRANKFURT, "far"), (WEST, "near"))


def _build(ground: Ground) -> None:
    estate = ground.estate
    for region, name in _ENDS:
        _spread(estate, region, name)
        _watch(estate, region, name)
        _migrate(estate, region, name)
    _protect(estate)
    _migrate_to_amazon(estate)
    _key_at_amazon(estate)


def _add(
    estate: Builder, region: str, model: str, name: str, tags: Mapping[str, Json], **more: Json
) -> str:
    """Add a resource of one of these services, and return its OCID."""
    kind = model.partition(".")[2].lower()
    fields = {"compartment_id": DATABASES, **more}
    return add_active(estate, region, model, kind, name, tags, **fields)


def _spread(estate: Builder, away: str, name: str) -> None:
    """Add a database that keeps one shard here and one elsewhere, with its backups."""
    replicas = [
        {
            "name": f"{name}-{region}",
            "database": {
                "source": "EXISTING_DB_HOME",
                "name": f"{name}-{region}",
                "db_home_id": ocid("dbhome", region, name),
                "vm_cluster_id": "",
                "container_database_id": estate.database(region, f"shard-{name}", USER_DATA),
            },
        }
        for region in (HOME, away)
    ]
    space: Json = {
        "name": name,
        "original_replica": replicas[0],
        "data_guard_replicas": replicas[1:],
    }
    _add(
        estate,
        HOME,
        "distributed_database.DistributedDatabase",
        name,
        USER_DATA,
        user_shard_spaces=[space],
        db_backup_config={"is_remote_backup_enabled": True, "remote_region": away},
    )


def _watch(estate: Builder, region: str, name: str) -> None:
    """Add a database of Ashburn that is registered with Data Safe there or elsewhere."""
    database = estate.autonomous(HOME, f"watched-{name}", USER_DATA)
    _add(
        estate,
        region,
        "data_safe.TargetDatabase",
        name,
        USER_DATA,
        associated_resource_ids=[database],
    )


def _migrate(estate: Builder, region: str, name: str) -> None:
    """Add a migration from one autonomous database to another, elsewhere."""
    ends = {
        "source": estate.autonomous(HOME, f"from-{name}", USER_DATA),
        "target": estate.autonomous(region, f"to-{name}", USER_DATA),
    }
    connections = {
        f"{end}_database_connection_id": _add(
            estate,
            HOME,
            "database_migration.OracleConnection",
            f"{name}-{end}",
            OPERATIONS,
            connection_type="ORACLE",
            database_id=database,
        )
        for end, database in ends.items()
    }
    _add(
        estate,
        HOME,
        "database_migration.OracleMigration",
        name,
        USER_DATA,
        database_combination="ORACLE",
        **connections,
    )


def _migrate_to_amazon(estate: Builder) -> None:
    """Add a migration whose data waits in a bucket of Amazon's, to a database of Amazon's."""
    source = _add(
        estate,
        HOME,
        "database_migration.OracleConnection",
        "leaving",
        OPERATIONS,
        connection_type="ORACLE",
        database_id=estate.autonomous(HOME, "leaving", USER_DATA),
    )
    target = _add(
        estate,
        HOME,
        "database_migration.MysqlConnection",
        "leaving",
        OPERATIONS,
        connection_type="MYSQL",
        technology_type="AMAZON_RDS_MYSQL",
        host="leaving.example.com",
    )
    for name, state in (("leaving", "ACTIVE"), ("left", "SUCCEEDED")):
        ends = {} if name == "left" else {"source_database_connection_id": source}
        _add(
            estate,
            HOME,
            "database_migration.OracleMigration",
            name,
            USER_DATA,
            database_combination="ORACLE",
            lifecycle_state=state,
            data_transfer_medium_details=_MEDIUM,
            **ends,
            **({"target_database_connection_id": target} if ends else {}),
        )


def _protect(estate: Builder) -> None:
    """Add backups that the Recovery Service keeps, and policies that bind them."""
    database = estate.database(HOME, "protected", USER_DATA)
    for region, name, cloud in (
        (HOME, "kept", "OCI"),
        (FRANKFURT, "kept-far", "OCI"),
        (HOME, "housed", "AZURE"),
    ):
        _add(
            estate,
            region,
            "recovery.ProtectedDatabase",
            name,
            {},
            database_id=database,
            backup_cloud_location=cloud,
        )
    for region, name, of in ((HOME, "yearly", "kept"), (FRANKFURT, "yearly-far", "kept-far")):
        _add(
            estate,
            region,
            "recovery.LongTermBackup",
            name,
            {},
            protected_database_id=ocid("protecteddatabase", region, of),
        )
    for name, bound in (("free", False), ("bound", True)):
        policy = "recovery.ProtectionPolicy"
        _add(estate, HOME, policy, name, OPERATIONS, must_enforce_cloud_locality=bound)


def _key_at_amazon(estate: Builder) -> None:
    """Add a key in an account of Amazon's, and a database that depends on it."""
    key = _add(
        estate,
        HOME,
        "dbmulticloud.OracleDbAwsKey",
        "held",
        OPERATIONS,
        aws_account_id="999988887777",
        aws_key_arn="arn:aws:kms:us-east-1:999988887777:key/held",
        location="us-east-1",
        is_aws_key_enabled=True,
    )
    location: Json = {"provider_type": "AWS", "aws_encryption_key_id": key}
    estate.database(HOME, "held", USER_DATA, encryption_key_location_details=location)


def _far(kind: str, name: str = "far") -> str:
    return ocid(kind, FRANKFURT, name)


def _mine(kind: str, name: str = "far") -> str:
    return ocid(kind, HOME, name)


_SPREAD, _MIGRATION = _mine("distributeddatabase"), _mine("oraclemigration")
_LEAVING = _mine("oraclemigration", "leaving")
_SHARD, _TARGET = _far("database", "shard-far"), _far("targetdatabase")
_ARRIVED = _far("autonomousdatabase", "to-far")
_KEPT, _HOUSED = _far("protecteddatabase", "kept-far"), _mine("protecteddatabase", "housed")
_YEARLY = _far("longtermbackup", "yearly-far")
_PROTECTED = _mine("database", "protected")

PLOT = Plot(
    build=_build,
    planted=(
        *fails(
            "a shard of user data is in Frankfurt",
            A_02=_SHARD,
            A_04=f"{_SPREAD}/replication/{_SHARD}",
            A_07b=_SHARD,
        ),
        *fails("shards are backed up to Frankfurt", A_04=f"{_SPREAD}/backup/remote"),
        *fails(
            "the shard in Frankfurt is backed up there",
            A_04=f"{_SHARD}/backup/0/*",
            A_04b=f"{_SPREAD} -> {_SHARD}/backup/0/*",
        ),
        *fails(
            "a database of Ashburn is registered with Data Safe in Frankfurt",
            A_02=_TARGET,
            A_04=f"{_mine('autonomousdatabase', 'watched-far')}/sync/{_TARGET}",
            A_07b=_TARGET,
        ),
        *fails(
            "a database is migrated to Frankfurt",
            A_02=_ARRIVED,
            A_04=f"{_MIGRATION}/sync/{_ARRIVED}",
            A_04b=f"{_mine('autonomousdatabase', 'from-far')} -> {_ARRIVED}",
            A_07b=_ARRIVED,
        ),
        *fails(
            "the Recovery Service keeps backups in Frankfurt",
            A_02=_KEPT,
            A_04=f"{_PROTECTED}/backup/{_KEPT}",
            A_05=_KEPT,
        ),
        *fails("a long-term backup is in Frankfurt", A_02=_YEARLY, A_05=_YEARLY),
        *stays_open("long-term backups whose key nobody states", A_07b="ocid1.longtermbackup.*"),
        *fails("a database depends on a key at Amazon's", A_07b=_mine("database", "held")),
        *stays_open("a key is at Amazon's", A_07=_mine("oracledbawskey", "held")),
        *stays_open(
            "a database of another cloud may have its backups kept there",
            A_02=_HOUSED,
            A_04=f"{_PROTECTED}/backup/{_HOUSED}",
            A_05=_HOUSED,
        ),
        *stays_open("backups whose key nobody states", A_07b="ocid1.protecteddatabase.oc1.*"),
        *stays_open(
            "a migration leads to a database of Amazon's",
            A_04=f"{_LEAVING}/sync/*",
            A_04b=f"{_mine('autonomousdatabase', 'leaving')} -> {_LEAVING}/sync/*",
        ),
        *stays_open(
            "data of a migration waits in a bucket of Amazon's",
            A_04=f"{_LEAVING}/export/AWS_S3",
            A_04b=f"{_mine('autonomousdatabase', 'leaving')} -> {_LEAVING}/export/*",
        ),
    ),
)
