"""Databases on Exadata: containers and standbys, racks that stand elsewhere, keys and clones."""

from collections.abc import Mapping

from auditor.demo.planted import fails, stays_open
from auditor.demo.tenancy.builder import (
    DATABASES,
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
from auditor.model import Json

_AMAZON = "ocid1.subscription.oc1..amazon"
_OWN, _SECOND, _HOUSED = (
    ocid("cloudvmcluster", HOME, name) for name in ("own", "second", "housed")
)
_CELLAR = ocid("vmcluster", HOME, "cellar")
_SERVER = ocid("backupdestination", HOME, "cellar")


def _build(ground: Ground) -> None:
    estate = ground.estate
    _containers(estate)
    _dedicated(estate)
    _racks(estate)
    _databases(estate, ground.keys[HOME])
    _outside(estate)
    _pluggable(estate, ground.keys[HOME])


def _resource(
    estate: Builder, region: str, model: str, name: str, tags: Mapping[str, Json], **more: Json
) -> str:
    """Add a resource of the Database service, and return its OCID."""
    common = {"compartment_id": DATABASES, "display_name": name, "time_created": LONG_AGO}
    kind = model.lower().removesuffix("summary")
    return estate.resource(region, f"database.{model}", kind, name, tags, **{**common, **more})


def _container(
    estate: Builder, region: str, name: str, tags: Mapping[str, Json], **more: Json
) -> str:
    fields = {"infrastructure_type": "CLOUD", **more}
    return _resource(estate, region, "AutonomousContainerDatabase", name, tags, **fields)


def _containers(estate: Builder) -> None:
    """Add a container with a standby in Frankfurt, one with a standby in Phoenix."""
    kind = "autonomouscontainerdatabase"
    for name, away in (("timelines", FRANKFURT), ("orders", WEST)):
        group = [
            {"autonomous_container_database_id": ocid(kind, HOME, name), "role": "PRIMARY"},
            {"autonomous_container_database_id": ocid(kind, away, name), "role": "STANDBY"},
        ]
        copied = {"type": "OBJECT_STORE", "is_remote": True, "remote_region": away}
        more: dict[str, Json] = {"dataguard_group_members": group, "is_data_guard_enabled": True}
        primary = _container(
            estate,
            HOME,
            name,
            USER_DATA,
            role="PRIMARY",
            associated_backup_configuration_details=[copied],
            **more,
        )
        estate.resource(
            HOME,
            "database.AutonomousContainerDatabaseBackup",
            "autonomouscontainerdatabasebackup",
            name,
            {},
            lifecycle_state="ACTIVE",
            autonomous_container_database_id=primary,
            is_remote_backup=True,
            backup_destination_details=copied,
            time_started=LONG_AGO,
        )
        _container(estate, away, name, USER_DATA, role="STANDBY", **more)
    elsewhere = {"infrastructure_type": "CLOUD_AT_CUSTOMER"}
    _container(estate, HOME, "cellar", USER_DATA, **elsewhere)
    _container(estate, HOME, "cellar-metrics", OPERATIONS, **elsewhere)


def _dedicated(estate: Builder) -> None:
    """Add databases whose standbys only the dedicated API knows."""
    for name, away in (("ledger", FRANKFURT), ("loyalty", WEST)):
        database = estate.autonomous(HOME, name, USER_DATA, is_dedicated=True)
        estate.add(
            HOME,
            "database",
            "AutonomousDatabaseDataguardAssociation",
            _path={"autonomousDatabaseId": database},
            id=f"{name}-association",
            autonomous_database_id=database,
            peer_autonomous_database_id=estate.autonomous(
                away, name, USER_DATA, role="STANDBY", source_id=database
            ),
        )


def _racks(estate: Builder) -> None:
    """Add racks of Oracle's own, at Amazon's, and in a cellar that nobody names."""
    rack = "CloudExadataInfrastructure"
    _resource(estate, HOME, rack, "own", USER_DATA)
    _resource(estate, HOME, rack, "housed", USER_DATA, subscription_id=_AMAZON)
    _resource(estate, HOME, rack, "housed-metrics", OPERATIONS, subscription_id=_AMAZON)
    active = {"lifecycle_state": "ACTIVE", "time_zone": "US/Eastern"}
    _resource(estate, HOME, "ExadataInfrastructure", "cellar", USER_DATA, **active)
    _resource(estate, HOME, "ExadataInfrastructure", "cellar-metrics", OPERATIONS, **active)
    for name in ("own", "second"):
        _resource(estate, HOME, "CloudVmCluster", name, OPERATIONS)
    _resource(estate, HOME, "CloudVmCluster", "housed", OPERATIONS, subscription_id=_AMAZON)
    _resource(estate, HOME, "VmCluster", "cellar", USER_DATA)


def _databases(estate: Builder, key: str) -> None:
    """Add databases on clusters that are in different hands."""
    server = {"type": "NFS", "id": _SERVER}
    kept: Json = {"auto_backup_enabled": True, "backup_destination_details": [server]}
    local: Json = {"backup_destination_details": [{"type": "LOCAL"}]}
    for name, cluster, backups in (
        ("carts", _OWN, local),
        ("wishes", _HOUSED, local),
        ("coupons", _CELLAR, local),
        ("invoices", _SECOND, kept),
    ):
        estate.database(
            HOME, name, USER_DATA, kms_key_id=key, vm_cluster_id=cluster, db_backup_config=backups
        )
    amazon: Json = {"provider_type": "AWS", "aws_encryption_key_id": "ocid1.oracledbawskey.x"}
    estate.database(HOME, "vouchers", USER_DATA, encryption_key_location_details=amazon)
    sized = {"data_storage_size_in_gbs": 256}
    _resource(estate, HOME, "DbSystem", "guests", USER_DATA, subscription_id=_AMAZON, **sized)
    logs = {"data_collection_options": {"is_incident_logs_enabled": True}}
    _resource(estate, HOME, "DbSystem", "searches", USER_DATA, **sized, **logs)


def _outside(estate: Builder) -> None:
    """Add a server in a cellar that backups go to, and a vault of keys next to it."""
    _resource(
        estate,
        HOME,
        "BackupDestinationSummary",
        "cellar",
        {},
        lifecycle_state="ACTIVE",
        type="NFS",
        nfs_server=["10.0.0.7"],
        associated_databases=[{"id": ocid("database", HOME, "invoices")}],
    )
    _resource(
        estate,
        HOME,
        "KeyStore",
        "cellar",
        OPERATIONS,
        lifecycle_state="ACTIVE",
        type_details={
            "type": "ORACLE_KEY_VAULT",
            "connection_ips": ["10.0.0.8"],
            "admin_username": "auditor",
            "vault_id": "vault",
            "secret_id": "secret",
        },
    )


def _pluggable(estate: Builder, key: str) -> None:
    """Add databases inside another: with its own key, and refreshed from nobody knows where."""
    container = ocid("database", HOME, "carts")
    clone = {"refreshable_clone_config": {"is_refreshable_clone": True}}
    for name, more in (
        ("plain", dict[str, Json]()),
        ("keyed", {"kms_key_id": key}),
        ("mirror", clone),
    ):
        estate.resource(
            HOME,
            "database.PluggableDatabase",
            "pluggabledatabase",
            name,
            USER_DATA,
            container_database_id=container,
            pdb_name=name,
            time_created=LONG_AGO,
            **more,
        )


_CONTAINER, _STANDBY = (
    ocid("autonomouscontainerdatabase", region, "timelines") for region in (HOME, FRANKFURT)
)
_BACKUP = ocid("autonomouscontainerdatabasebackup", HOME, "timelines")
_LEDGER, _LEDGER_STANDBY = (
    ocid("autonomousdatabase", region, "ledger") for region in (HOME, FRANKFURT)
)
LEDGER = _LEDGER  # the demo's register says that its standby may be in Frankfurt
REGISTERED = (f"{LEDGER}/replication/*",)

_HIDDEN = tuple(
    ocid(kind, region, name)
    for kind, region, name in (
        ("autonomouscontainerdatabase", HOME, "cellar"),
        ("database", HOME, "coupons"),
        ("database", HOME, "wishes"),
        ("dbsystem", HOME, "guests"),
    )
)
_CLONE = ocid("pluggabledatabase", HOME, "mirror")

PLOT = Plot(
    build=_build,
    planted=(
        *fails(
            "a container database is kept in step with one in Frankfurt",
            A_04=f"{_CONTAINER}/replication/*",
        ),
        *fails(
            "a container's standby is in Frankfurt", A_02=_STANDBY, A_05=_STANDBY, A_07b=_STANDBY
        ),
        *fails(
            "backups of a container database are copied to Frankfurt",
            A_04=f"{_CONTAINER}/backup/associated*",
        ),
        *fails("a container's backup is in Frankfurt", A_02=_BACKUP, A_05=_BACKUP),
        *stays_open(
            "backups of containers whose key nobody states",
            A_07b="ocid1.autonomouscontainerdatabasebackup.oc1.*",
        ),
        *fails(
            "a dedicated database has a standby in Frankfurt",
            A_02=_LEDGER_STANDBY,
            A_04=f"{_LEDGER}/replication/*",
            A_05=_LEDGER_STANDBY,
            A_07b=_LEDGER_STANDBY,
        ),
        *fails("backups rest on a server that Oracle does not run", A_02=_SERVER),
        *stays_open(
            "a database is backed up to a server in nobody knows which country",
            A_04=f"{ocid('database', HOME, 'invoices')}/backup/0/NFS",
            A_05=_SERVER,
            A_06=_SERVER,
            A_07b=_SERVER,
        ),
        *stays_open("a container is at a customer's site", A_02=_HIDDEN[0], A_07b=_HIDDEN[0]),
        *stays_open("a database runs on a customer's cluster", A_02=_HIDDEN[1]),
        *stays_open("a database runs on a cluster of another cloud", A_02=_HIDDEN[2]),
        *stays_open("a DB system is in another cloud", A_02=_HIDDEN[3], A_07b=_HIDDEN[3]),
        *stays_open("a database uses a key of Amazon's", A_07b=ocid("database", HOME, "vouchers")),
        *stays_open(
            "traces of failed queries go to Oracle's operations",
            A_04=f"{ocid('dbsystem', HOME, 'searches')}/export/incident-logs",
        ),
        *stays_open("a clone is fed by nobody knows whom", A_02=_CLONE, A_07b=_CLONE),
        *stays_open(
            "a rack is in another cloud", A_10=ocid("cloudexadatainfrastructure", HOME, "housed")
        ),
        *stays_open(
            "a rack is at a customer's site", A_10=ocid("exadatainfrastructure", HOME, "cellar")
        ),
        *stays_open("a cluster is at a customer's site", A_10=_CELLAR),
        *stays_open(
            "a vault of keys is outside Oracle Cloud", A_07=ocid("keystore", HOME, "cellar")
        ),
    ),
)
