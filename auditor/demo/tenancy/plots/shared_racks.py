"""Exadata clusters that others house, backups and clones on them, and what autonomous shards do."""

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

_HOUSED: dict[str, Json] = {"subscription_id": "ocid1.subscription.oc1..amazon"}


def _build(ground: Ground) -> None:
    estate = ground.estate
    _clusters(estate)
    _backups(estate, ground.keys[HOME])
    _clone_of_metrics(estate)
    for region, name in ((FRANKFURT, "visits"), (WEST, "sessions")):
        _spread(estate, region, name)


def _resource(
    estate: Builder, region: str, model: str, name: str, tags: Mapping[str, Json], **more: Json
) -> str:
    """Add a resource of the databases' compartment, and return its OCID."""
    common = {"compartment_id": DATABASES, "display_name": name, "time_created": LONG_AGO}
    kind = model.rpartition(".")[2].lower().removesuffix("summary")
    return estate.resource(region, model, kind, name, tags, **{**common, **more})


def _clusters(estate: Builder) -> None:
    """Add clusters of Oracle's own and at Amazon's, and one in a cellar without user data."""
    autonomous = "database.CloudAutonomousVmCluster"
    _resource(estate, HOME, autonomous, "feeds", USER_DATA)
    _resource(estate, HOME, autonomous, "feeds-housed", USER_DATA, **_HOUSED)
    _resource(estate, HOME, autonomous, "builds-housed", OPERATIONS, **_HOUSED)
    _resource(estate, HOME, "database.CloudVmCluster", "chats-housed", USER_DATA, **_HOUSED)
    _resource(estate, HOME, "database.VmCluster", "cellar-builds", OPERATIONS)


def _backups(estate: Builder, key: str) -> None:
    """Add backups of a database here and in Frankfurt, and a server that keeps other backups."""
    database = estate.database(HOME, "invitations", USER_DATA, kms_key_id=key)
    for region, name in ((HOME, "invitations"), (FRANKFURT, "invitations-far")):
        estate.resource(
            region,
            "database.BackupSummary",
            "backup",
            name,
            {},
            compartment_id=DATABASES,
            display_name=name,
            database_id=database,
            database_size_in_gbs=80.0,
            lifecycle_state="ACTIVE",
            time_started=LONG_AGO,
            backup_destination_type="OBJECT_STORE",
        )
    _resource(
        estate,
        HOME,
        "database.BackupDestinationSummary",
        "cellar-builds",
        OPERATIONS,
        lifecycle_state="ACTIVE",
        type="NFS",
        nfs_server=["10.0.0.9"],
    )


def _clone_of_metrics(estate: Builder) -> None:
    """Add a clone that nobody knows the source of, without user data."""
    estate.resource(
        HOME,
        "database.PluggableDatabase",
        "pluggabledatabase",
        "metrics-mirror",
        OPERATIONS,
        compartment_id=DATABASES,
        container_database_id=ocid("database", HOME, "carts"),
        pdb_name="metrics-mirror",
        refreshable_clone_config={"is_refreshable_clone": True},
        time_created=LONG_AGO,
    )


def _spread(estate: Builder, away: str, name: str) -> None:
    """Add an autonomous database with one shard here and one elsewhere, and its backups there."""
    replicas = [
        {
            "name": f"{name}-{region}",
            "database": {
                "source": "ADBD_EXISTING_CLUSTER",
                "name": f"{name}-{region}",
                "supporting_resource_id": estate.autonomous(region, f"shard-{name}", USER_DATA),
            },
        }
        for region in (HOME, away)
    ]
    space = {"name": name, "original_replica": replicas[0], "data_guard_replicas": replicas[1:]}
    copied = {"type": "OBJECT_STORE", "is_remote": True, "remote_region": away}
    _resource(
        estate,
        HOME,
        "distributed_database.DistributedAutonomousDatabase",
        name,
        USER_DATA,
        lifecycle_state="ACTIVE",
        user_shard_spaces=[space],
        db_backup_config={"backup_destination_details": [copied]},
    )


_VISITS = ocid("distributedautonomousdatabase", HOME, "visits")
_SHARD = ocid("autonomousdatabase", FRANKFURT, "shard-visits")
_FAR_BACKUP = ocid("backup", FRANKFURT, "invitations-far")
PLOT = Plot(
    build=_build,
    planted=(
        *stays_open(
            "an autonomous cluster is in another cloud",
            A_10=ocid("cloudautonomousvmcluster", HOME, "feeds-housed"),
        ),
        *stays_open(
            "a cluster of user data is in another cloud",
            A_10=ocid("cloudvmcluster", HOME, "chats-housed"),
        ),
        *fails(
            "a database's backup is in Frankfurt",
            A_02=_FAR_BACKUP,
            A_05=_FAR_BACKUP,
            A_07b=_FAR_BACKUP,
        ),
        *fails(
            "an autonomous database keeps a shard in Frankfurt", A_04=f"{_VISITS}/replication/*"
        ),
        *fails("its backups are copied to Frankfurt", A_04=f"{_VISITS}/backup/*"),
        *fails("a shard of user data is in Frankfurt", A_02=_SHARD, A_07b=_SHARD),
    ),
)
