"""OCI Autonomous Database on dedicated Exadata: the container databases, and where they are copied.

Standbys and backups are settled for a container with all the databases in it:
https://docs.oracle.com/en-us/iaas/autonomous-database/doc/autonomous-data-guard.html
"""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.arrivals import to_standby, unseen_copies
from auditor.collect.oci.backupdestinations import kept_in, to_destination
from auditor.collect.oci.hardware import CONTAINER_SECRETS, autonomous_cluster, held_on
from auditor.collect.oci.keys import located_key
from auditor.collect.oci.listing import PER_COMPARTMENT, in_compartment
from auditor.collect.oci.reading import NEVER_PUBLIC, entries, maybe_flag, maybe_text, text
from auditor.collect.oci.regions import country_of
from auditor.collect.oci.service_rows import (
    COLLECTED,
    is_gone,
    member_of,
    store_of,
)
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Flow, Store

STANDBY_ROLES = ("STANDBY", "DISABLED_STANDBY", "BACKUP_COPY", "SNAPSHOT_STANDBY")
_UNNAMED = Unknown("Data Guard is on, and the answer does not say what it keeps in step")
_NO_SIZE = Unknown("the list of container databases states no size")
_DESTINATIONS = (
    "item.backupConfig.backupDestinationDetails",
    "item.associatedBackupConfigurationDetails",
)


def _rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    copy = text(found, "item.role") in STANDBY_ROLES
    store = Store(
        **held_on(
            found, subscription="cluster.subscriptionId", infrastructure="item.infrastructureType"
        ),
        id=text(found, "item.id"),
        name=text(found, "item.displayName"),
        service="autonomousdatabase",
        kind="container",
        backup=copy,
        source_id=_primary(found) if copy else "",
        encrypted=True,
        key_id=located_key(found),
        public=NEVER_PUBLIC,
        locked=False,
        size_bytes=_NO_SIZE,
    )
    yield store
    if not copy:
        yield from _standbys(found, store)
    for path in _DESTINATIONS:
        name = path.split(".")[1]
        # Left out by containers that are backed up to nowhere else.
        for position, destination in enumerate(entries(found.read(path, absent=()))):
            place = found.place["region"]
            yield from to_destination(store, destination, f"{name}/{position}", place)
    yield from _backups(found, store)


def _standbys(found: Found, store: Store) -> Iterator[Flow]:
    members = [each for each in _members(found) if each != store.id]
    for member in members:
        yield to_standby(store, member)
    # Left out by containers without Data Guard.
    kept = maybe_flag(found, "item.isDataGuardEnabled", absent=False)
    if not members and kept is not False:
        yield possible(store, "replication", kept if isinstance(kept, Unknown) else _UNNAMED)


def _backups(found: Found, store: Store) -> Iterator[Store]:
    backups = found.read("backups")
    if isinstance(backups, Unknown):
        yield unseen_copies(store, "backup", backups)
        return
    for backup in entries(backups):
        member = member_of(found, backup)
        if not is_gone(member) and text(member, "item.id") != store.id:
            yield _backup(member, store)


def _backup(member: Found, of: Store) -> Store:
    """Return a backup: in a bucket of Oracle's, or where its container is."""
    bucket = text(member, "item.backupDestinationDetails.type") == "OBJECT_STORE"
    here = member.place["region"] if bucket else of.region
    region = kept_in(member, "item.isRemoteBackup", here)
    return store_of(
        member,
        "autonomousdatabase",
        "backup",
        created_at="item.timeStarted",
        backup=True,
        source_id=maybe_text(member, "item.autonomousContainerDatabaseId"),
        key_id=Unknown("the list of backups does not say which key encrypts them"),
        locked=Unknown("the list of backups does not say whether they are locked"),
        region=region,
        country=country_of(region),
    )


def _members(found: Found) -> list[str]:
    """Return the container databases that Data Guard keeps in step, by either of two members."""
    single = found.read("item.dataguard", absent={})
    group = [*entries([single]), *entries(found.read("item.dataguardGroupMembers", absent=()))]
    ids = [each.get("autonomousContainerDatabaseId") for each in group]
    return list(dict.fromkeys(each for each in ids if isinstance(each, str)))


def _primary(found: Found) -> str | Unknown:
    group = entries(found.read("item.dataguardGroupMembers", absent=()))
    ids = [each.get("autonomousContainerDatabaseId") for each in group if _is_primary(each)]
    known = [each for each in ids if isinstance(each, str)]
    return known[0] if len(known) == 1 else Unknown("it does not say which container it copies")


def _is_primary(member: object) -> bool:
    return isinstance(member, dict) and member.get("role") == "PRIMARY"


CONTAINERS = Collector(
    kind="oci.autonomousdatabase.container",
    service="database.DatabaseClient",
    title="Autonomous container databases",
    per=PER_COMPARTMENT,
    listing=in_compartment(
        "list_autonomous_container_databases",
        "inspect autonomous-container-databases",
        *CONTAINER_SECRETS,
    ),
    details=(
        Detail(
            name="backups",
            operation="list_autonomous_container_database_backups",
            permission="inspect autonomous-container-databases",
            parameters={"limit": 1000},
            bind={"autonomous_container_database_id": "item.id"},
            items=COLLECTED,
            secrets=("items.backupDestinationDetails.vpcPassword",),
        ),
        autonomous_cluster("item.cloudAutonomousVmClusterId"),
    ),
    tables=(Store, Flow),
    rows=_rows,
    types=("AutonomousContainerDatabase",),
    source=(
        "https://docs.oracle.com/en-us/iaas/api/#/en/database/20160918"
        "/AutonomousContainerDatabase/ListAutonomousContainerDatabases"
    ),
)
