"""OCI HeatWave MySQL: DB systems, their read replicas, and where their backups are copied.

Data and backups are always encrypted at rest, with Oracle's key unless one is named:
https://docs.oracle.com/en-us/iaas/mysql-database/doc/data-security.html
A lakehouse reads files of Object Storage where the DB system is: it takes data in, and its files
stay in their bucket.
"""

from collections.abc import Iterator
from typing import Any

from auditor.collect.flows import possible
from auditor.collect.oci.arrivals import arrival, unseen_copies
from auditor.collect.oci.flows import to_region
from auditor.collect.oci.mysqlchannels import channel_rows
from auditor.collect.oci.reading import (
    GIBIBYTE,
    entries,
    maybe_flag,
    maybe_text,
    odd,
    size_of,
    text,
)
from auditor.collect.oci.service_rows import (
    BARE,
    compartment_listing,
    get_detail,
    is_gone,
    member_of,
    store_of,
)
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Flow, Maybe, Processor, Store

_API = "https://docs.oracle.com/en-us/iaas/api/#/en/mysql/20190415"
_PER = ("account", "region", "compartment")
_OTHER_KEY = Unknown("the list of replicas does not say which key encrypts them")
_SOURCES = {"BACKUP": "backupId", "DBSYSTEM": "dbSystemId", "PITR": "dbSystemId"}


def _system_rows(found: Found) -> Iterator[Store | Processor | Flow]:
    if is_gone(found):
        return
    store = store_of(
        found,
        "mysql",
        "database",
        source_id=_restored_from(found),
        key_id=_key(found, "system"),
        size_bytes=size_of(found, "system.dataStorageSizeInGBs", GIBIBYTE),
    )
    yield store
    policies = found.read("item.backupPolicy.copyPolicies", absent=())
    if isinstance(policies, Unknown):
        yield possible(store, "backup", policies)
    running = maybe_flag(found, "item.backupPolicy.isEnabled")
    for position, policy in enumerate(entries(policies)):
        region = policy.get("copyToRegion")
        stated = region if isinstance(region, str) else odd("copyToRegion", "text")
        yield to_region(store, "backup", "", stated, running, f"copy/{position}")
    yield from _replicas(found, store)
    yield from channel_rows(found)


def _restored_from(found: Found) -> Maybe[str]:
    """Return the backup or DB system that this one was made from, '' if it began empty."""
    kind = maybe_text(found, "system.source.sourceType", absent="NONE")
    if isinstance(kind, Unknown) or kind == "NONE":
        return kind if isinstance(kind, Unknown) else ""
    if kind not in _SOURCES:
        return Unknown(f"it was filled from {kind[:40]}, which names no resource")
    return maybe_text(found, f"system.source.{_SOURCES[kind]}")


def _key(found: Found, root: str) -> Maybe[str]:
    # Left out by what was made before keys could be named.
    kind = maybe_text(found, f"{root}.encryptData.keyGenerationType", absent="SYSTEM")
    if kind == "BYOK":
        return maybe_text(found, f"{root}.encryptData.keyId")
    if isinstance(kind, Unknown):
        return kind
    return "" if kind == "SYSTEM" else Unknown(f"keyGenerationType {kind[:40]} is not known")


def _backup_rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    copied = text(found, "item.immediateSourceBackupId")
    system = text(found, "item.dbSystemId")
    columns: dict[str, Any] = {"source_id": copied or maybe_text(found, "item.dbSystemId")}
    store = store_of(
        found,
        "mysql",
        "backup",
        backup=True,
        key_id=_key(found, "item"),
        size_bytes=size_of(found, "item.backupSizeInGBs", GIBIBYTE),
        **columns,
    )
    yield store
    if copied:
        yield arrival(store, copied, "copy")
    elif system:
        taken_in = maybe_text(found, "item.dbSystemSnapshotSummary.region", absent="")
        yield arrival(store, system, "backup", region=taken_in or store.region)


def _replicas(found: Found, store: Store) -> Iterator[Store | Flow]:
    replicas = found.read("replicas")
    if isinstance(replicas, Unknown):
        yield unseen_copies(store, "replica", replicas)
        yield possible(store, "replication", replicas)
        return
    for replica in entries(replicas):
        member = member_of(found, replica)
        if is_gone(member) or text(member, "item.id") == store.id:
            continue
        row = store_of(
            member, "mysql", "replica", backup=True, source_id=store.id, key_id=_OTHER_KEY
        )
        yield row
        yield arrival(row, store.id, "replication", region=store.region)


DB_SYSTEMS = Collector(
    kind="oci.mysql.database",
    service="mysql.DbSystemClient",
    title="HeatWave MySQL DB systems, their read replicas and channels",
    per=_PER,
    listing=compartment_listing("list_db_systems", "inspect mysql-instances", items=BARE),
    details=(
        get_detail("system", "get_db_system", "read mysql-instances"),
        Detail(
            name="replicas",
            service="mysql.ReplicasClient",
            operation="list_replicas",
            permission="inspect mysql-instances",
            parameters={"limit": 1000},
            bind={"compartment_id": "item.compartmentId", "db_system_id": "item.id"},
            items=BARE,
        ),
    ),
    tables=(Store, Processor, Flow),
    rows=_system_rows,
    types=("MysqlDbSystem",),
    source=f"{_API}/DbSystem/ListDbSystems",
)

BACKUPS = Collector(
    kind="oci.mysql.backup",
    service="mysql.DbBackupsClient",
    title="Backups of HeatWave MySQL, and copies of backups",
    per=_PER,
    listing=compartment_listing("list_backups", "inspect mysql-backups", items=BARE),
    tables=(Store, Flow),
    rows=_backup_rows,
    types=("MysqlBackup",),
    source=f"{_API}/Backup/ListBackups",
)
