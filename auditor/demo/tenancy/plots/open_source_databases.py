"""MySQL, PostgreSQL, NoSQL tables, caches and search clusters, each with copies near and far."""

from collections.abc import Mapping

from auditor.demo.planted import fails, stays_open
from auditor.demo.tenancy.active import add_active
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

_ENDS = ((FRANKFURT, "far"), (WEST, "near"))


def _build(ground: Ground) -> None:
    for region, name in _ENDS:
        _mysql(ground, region, name)
        _postgresql(ground, region, name)
        _nosql(ground.estate, region, name)
        _cache(ground.estate, region, name)
        _search(ground.estate, region, name)
    for model in ("psql.DbSystem", "redis.RedisCluster"):
        _add(ground.estate, FRANKFURT, model, "metrics", OPERATIONS)


def _add(
    estate: Builder, region: str, model: str, name: str, tags: Mapping[str, Json], **more: Json
) -> str:
    """Add a resource of one of these services, and return its OCID."""
    kind = model.replace(".", "").lower()
    fields = {"compartment_id": DATABASES, **more}
    return add_active(estate, region, model, kind, name, tags, **fields)


def _mysql(ground: Ground, away: str, name: str) -> None:
    """Add a DB system whose backups are copied, a copy, a read replica and a channel."""
    estate, key = ground.estate, ground.keys[HOME]
    policy: Json = {"is_enabled": True, "copy_policies": [{"copy_to_region": away}]}
    own: Json = {"key_generation_type": "BYOK", "key_id": key}
    system = _add(
        estate,
        HOME,
        "mysql.DbSystem",
        name,
        USER_DATA,
        backup_policy=policy,
        encrypt_data=own,
        channels=[_channel(HOME, name, name)] if name == "near" else [],
    )
    backup = _add(estate, HOME, "mysql.Backup", name, {}, db_system_id=system, encrypt_data=own)
    _add(
        estate,
        away,
        "mysql.Backup",
        name,
        {},
        db_system_id=system,
        immediate_source_backup_id=backup,
        original_source_backup_id=backup,
    )
    if name == "near":
        _add(estate, HOME, "mysql.Replica", name, {}, db_system_id=system)
    else:
        channels = [_channel(away, name, "metrics")]
        _add(estate, away, "mysql.DbSystem", "metrics", OPERATIONS, channels=channels)


def _channel(region: str, name: str, system: str) -> Json:
    """Return what replicates from some host into a DB system of the same region."""
    target = {"target_type": "DBSYSTEM", "db_system_id": ocid("mysqldbsystem", region, system)}
    return {
        "id": ocid("mysqlchannel", region, name),
        "compartment_id": DATABASES,
        "display_name": name,
        "lifecycle_state": "ACTIVE",
        "time_created": LONG_AGO,
        "is_enabled": True,
        "source": {"source_type": "MYSQL", "hostname": "feed.example.com", "port": 3306},
        "target": target,
        **USER_DATA,
    }


def _postgresql(ground: Ground, away: str, name: str) -> None:
    """Add a DB system with a standby, backups that are copied by policy, and one by hand."""
    estate = ground.estate
    copies: Json = {"kind": "DAILY", "copy_policy": {"compartment_id": "x", "regions": [away]}}
    stored: Json = {"system_type": "OCI_OPTIMIZED_STORAGE", "kms_key_id": ground.keys[HOME]}
    system = _add(
        estate,
        HOME,
        "psql.DbSystem",
        name,
        USER_DATA,
        system_role="PRIMARY_DB_SYSTEM",
        management_policy={"backup_policy": copies},
        storage_details=stored,
    )
    follows: Json = {"source_type": "DB_SYSTEM", "primary_db_system_id": system}
    role = {"system_role": "WARM_STANDBY_DB_SYSTEM"}
    standby = _add(estate, away, "psql.DbSystem", name, {}, source=follows, **role)
    estate.add(
        HOME,
        "psql",
        "DbSystemReplicaSummary",
        _path={"dbSystemId": system},
        id=standby,
        region=away,
    )
    copied: Json = [
        {"state": "COPIED", "region": away, "backup_id": ocid("psqlbackup", away, name)}
    ]
    backup = _add(estate, HOME, "psql.Backup", name, {}, db_system_id=system, copy_status=copied)
    came: Json = {"source_region": HOME, "source_backup_id": backup}
    _add(estate, away, "psql.Backup", name, {}, source_type="COPIED", source_backup_details=came)


def _nosql(estate: Builder, away: str, name: str) -> None:
    """Add a table that is active in two regions; each end names the other."""
    for region, other in ((HOME, away), (away, HOME)):
        table: dict[str, Json] = {
            "id": ocid("nosqltable", region, name),
            "compartment_id": DATABASES,
            "lifecycle_state": "ACTIVE",
            "name": name,
            "time_created": LONG_AGO,
            "is_multi_region": True,
            "replicas": [{"region": other, "table_id": ocid("nosqltable", other, name)}],
        }
        estate.add(region, "nosql", "Table", **table, **USER_DATA)


def _cache(estate: Builder, away: str, name: str) -> None:
    """Add a cluster with one elsewhere that follows it, and a backup."""
    cluster = "redis.RedisCluster"
    primary = _add(estate, HOME, cluster, name, USER_DATA, cluster_role="PRIMARY")
    follows = {"cluster_role": "SECONDARY", "primary_cluster_id": primary}
    _add(estate, away, cluster, name, {}, **follows)
    _add(estate, HOME, "redis.OciCacheBackup", name, {}, source_cluster_id=primary)


def _search(estate: Builder, away: str, name: str) -> None:
    """Add a cluster that one elsewhere follows, and a backup."""
    cluster, kind = "opensearch.OpensearchCluster", "opensearchopensearchcluster"
    followed = _add(
        estate, HOME, cluster, name, USER_DATA, inbound_cluster_ids=[ocid(kind, away, name)]
    )
    seed = {"display_name": "seed", "seed_cluster_id": followed, "mode": "REPLICATION_ONLY"}
    reads: Json = {"is_enabled": True, "outbound_clusters": [seed]}
    _add(estate, away, cluster, name, USER_DATA, outbound_cluster_config=reads)
    backup = "opensearch.OpensearchClusterBackup"
    _add(estate, HOME, backup, name, {}, source_cluster_id=followed)


def _far(kind: str) -> str:
    return ocid(kind, FRANKFURT, "far")


def _mine(kind: str) -> str:
    return ocid(kind, HOME, "far")


def _replica(kind: str, *, backup: bool) -> dict[str, str]:
    """Return the controls that a store of user data in Frankfurt fails."""
    return {"A_02": _far(kind), "A_07b": _far(kind)} | ({"A_05": _far(kind)} if backup else {})


_MYSQL, _PSQL = _mine("mysqldbsystem"), _mine("psqldbsystem")
_REDIS, _SEARCH = "redisrediscluster", "opensearchopensearchcluster"

PLOT = Plot(
    build=_build,
    planted=(
        *fails("MySQL's backups are copied to Frankfurt by policy", A_04=f"{_MYSQL}/backup/copy/0"),
        *fails(
            "a copy of a backup of MySQL is in Frankfurt",
            A_04=f"{_mine('mysqlbackup')}/copy/{_far('mysqlbackup')}",
            A_04b=f"{_MYSQL} -> {_far('mysqlbackup')}",
            **_replica("mysqlbackup", backup=True),
        ),
        *fails(
            "a channel takes user data into a DB system in Frankfurt",
            A_04=f"{_far('mysqlchannel')}/replication/*",
            A_10=_far("mysqlchannel"),
        ),
        *fails(
            "PostgreSQL has a standby in Frankfurt",
            A_04=f"{_PSQL}/replication/{_far('psqldbsystem')}",
            **_replica("psqldbsystem", backup=True),
        ),
        *fails(
            "PostgreSQL's backups are copied to Frankfurt by policy",
            A_04=f"{_PSQL}/backup/copy/0",
        ),
        *fails(
            "a copy of a backup of PostgreSQL is in Frankfurt",
            A_04=f"{_mine('psqlbackup')}/copy/0/{FRANKFURT}",
            A_04b=f"{_PSQL} -> {_far('psqlbackup')}",
            **_replica("psqlbackup", backup=True),
        ),
        *fails(
            "a table is active in Frankfurt, too",
            A_04=f"{_mine('nosqltable')}/replication/*",
            **_replica("nosqltable", backup=False),
        ),
        *fails(
            "a cache is followed by one in Frankfurt",
            A_02=_far(_REDIS),
            A_04=f"{_mine(_REDIS)}/replication/*",
            A_05=_far(_REDIS),
        ),
        *fails(
            "a search cluster is followed by one in Frankfurt",
            A_02=_far(_SEARCH),
            A_04=f"{_mine(_SEARCH)}/sync/*",
        ),
        *stays_open(
            "a cache whose encryption nobody states", A_06="ocid1.redis*", A_07b="ocid1.redis*"
        ),
        *stays_open(
            "a search cluster whose encryption nobody states",
            A_06="ocid1.opensearch*",
            A_07b="ocid1.opensearch*",
        ),
        *stays_open("a replica whose key nobody states", A_07b=ocid("mysqlreplica", HOME, "near")),
    ),
)
