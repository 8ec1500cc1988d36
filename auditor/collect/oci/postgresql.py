"""OCI Database with PostgreSQL: DB systems, their replicas, and copies of their backups.

Storage and backups are always encrypted, with Oracle's key unless one is named:
https://docs.oracle.com/en-us/iaas/Content/postgresql/overview.htm
"""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.arrivals import arrival
from auditor.collect.oci.databaseusers import DATABASE_USER
from auditor.collect.oci.flows import to_region
from auditor.collect.oci.principal_rows import principal, unseen
from auditor.collect.oci.reading import GIBIBYTE, entries, maybe_text, odd, size_of, text
from auditor.collect.oci.service_rows import (
    COLLECTED,
    NO_SIZE,
    compartment_listing,
    get_detail,
    is_gone,
    store_of,
)
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Flow, Maybe, Principal, Store

_SERVICE = "psql.PostgresqlClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/postgresql/20220915"
_PER = ("account", "region", "compartment")
_COPIES = ("WARM_STANDBY_DB_SYSTEM", "PILOT_LIGHT_DB_SYSTEM")
_SOURCES = {
    "BACKUP": "backupId",
    "DB_SYSTEM": "primaryDbSystemId",
    "POINT_IN_TIME_DB_SYSTEM": "dbSystemId",
}
_NOT_SHOWN = Unknown("a DB system states only what its first administrator is called")
_COPIED = {"COPIED": True, "COPYING": True, "NOT_STARTED": True, "FAILED": False}


def _system_rows(found: Found) -> Iterator[Store | Flow | Principal]:
    if is_gone(found):
        return
    copy = found.read("system.systemRole", absent="") in _COPIES
    store = store_of(
        found,
        "postgresql",
        "replica" if copy else "database",
        backup=copy,
        source_id=_source(found),
        key_id=maybe_text(found, "system.storageDetails.kmsKeyId", absent=""),
        size_bytes=NO_SIZE,
    )
    yield store
    if not copy:
        yield from _replicas(found, store)
        yield from _administrator(found, store)
    yield from _scheduled_copies(found, store)


def _administrator(found: Found, store: Store) -> Iterator[Principal]:
    """Yield the user that its database was made with, if the answer names one."""
    name = maybe_text(found, "system.adminUsername", absent="")
    if isinstance(name, Unknown):
        yield unseen(found, DATABASE_USER, f"{store.id}/user/?", name)
    elif name:
        yield principal(
            found,
            DATABASE_USER,
            id=f"{store.id}/user/{name}",
            name=f"{name} at {store.id}",
            enabled=_NOT_SHOWN,
            password=True,
            second_factor=_NOT_SHOWN,
            created=_NOT_SHOWN,
            last_used=_NOT_SHOWN,
            attributes={"target": store.id, "user": name, "access": "read write administer"},
            tags={},
        )


def _source(found: Found) -> Maybe[str]:
    """Return the backup or DB system that this one was made from, '' if it began empty."""
    kind = maybe_text(found, "system.source.sourceType", absent="NONE")
    if isinstance(kind, Unknown) or kind == "NONE":
        return kind if isinstance(kind, Unknown) else ""
    if kind not in _SOURCES:
        return Unknown(f"it was made from {kind[:40]}, which this version does not know")
    return maybe_text(found, f"system.source.{_SOURCES[kind]}")


def _replicas(found: Found, store: Store) -> Iterator[Flow]:
    replicas = found.read("replicas")
    if isinstance(replicas, Unknown):
        yield possible(store, "replication", replicas)
        return
    for replica in entries(replicas):
        target = str(replica.get("id", ""))
        yield to_region(store, "replication", target, _region(replica.get("region")))


def _scheduled_copies(found: Found, store: Store) -> Iterator[Flow]:
    # Left out by DB systems whose backups are copied nowhere.
    regions = found.read("system.managementPolicy.backupPolicy.copyPolicy.regions", absent=())
    if isinstance(regions, Unknown):
        yield possible(store, "backup", regions)
        return
    for position, region in enumerate(regions if isinstance(regions, list) else ()):
        yield to_region(store, "backup", "", _region(region), name=f"copy/{position}")


def _region(value: Json) -> Maybe[str]:
    return value if isinstance(value, str) else odd("region", "text")


def _backup_rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    copied = text(found, "item.sourceType") == "COPIED"
    origin = "backup.sourceBackupDetails.sourceBackupId" if copied else "item.dbSystemId"
    store = store_of(
        found,
        "postgresql",
        "backup",
        backup=True,
        source_id=maybe_text(found, origin),
        key_id=maybe_text(found, "backup.kmsKeyId", absent=""),
        size_bytes=size_of(found, "item.backupSize", GIBIBYTE),
    )
    yield store
    system = text(found, "item.dbSystemId")
    if system and not copied:
        yield arrival(store, system, "backup", region=store.region)
    for position, copy in enumerate(entries(found.read("item.copyStatus", absent=()))):
        state = str(copy.get("state"))
        active = _COPIED.get(state, Unknown(f"the copy's state is {state[:40]}"))
        target = copy.get("backupId")
        name = f"{position}/{copy.get('region')}"
        target_id = target if isinstance(target, str) else ""
        yield to_region(store, "copy", target_id, _region(copy.get("region")), active, name)


DB_SYSTEMS = Collector(
    kind="oci.postgresql.database",
    service=_SERVICE,
    title="PostgreSQL DB systems, their replicas and first administrators",
    per=_PER,
    listing=compartment_listing("list_db_systems", "inspect postgres-db-systems"),
    details=(
        get_detail("system", "get_db_system", "read postgres-db-systems"),
        Detail(
            name="replicas",
            operation="list_db_system_replicas",
            permission="read postgres-db-systems",
            parameters={"limit": 1000},
            bind={"db_system_id": "item.id"},
            items=COLLECTED,
        ),
    ),
    tables=(Store, Flow, Principal),
    rows=_system_rows,
    types=("PostgresqlDbSystem",),
    source=f"{_API}/DbSystem/ListDbSystems",
)

BACKUPS = Collector(
    kind="oci.postgresql.backup",
    service=_SERVICE,
    title="Backups of PostgreSQL, and copies of backups",
    per=_PER,
    listing=compartment_listing("list_backups", "inspect postgres-backups"),
    details=(get_detail("backup", "get_backup", "read postgres-backups"),),
    tables=(Store, Flow),
    rows=_backup_rows,
    types=("PostgresqlBackup",),
    source=f"{_API}/Backup/ListBackups",
)
