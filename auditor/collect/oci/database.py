"""OCI Base Database and Exadata: DB systems, databases and their backups.

Storage is always encrypted, and databases use Transparent Data Encryption, with a key of Oracle's
unless one is named:
https://docs.oracle.com/en-us/iaas/base-database/doc/security-features-base-database-service.html
"""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.arrivals import to_standby
from auditor.collect.oci.backupdestinations import kind_elsewhere, to_destination
from auditor.collect.oci.hardware import cluster, held_on, held_on_cluster, system
from auditor.collect.oci.keys import located_key
from auditor.collect.oci.listing import PER_COMPARTMENT, in_compartment
from auditor.collect.oci.reading import (
    GIBIBYTE,
    GONE,
    NEVER_PUBLIC,
    entries,
    held_by,
    maybe_text,
    size_of,
    text,
)
from auditor.collect.oci.service_rows import is_gone
from auditor.collect.oci.vmclusters import incident_logs
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Flow, Store

_SERVICE = "database.DatabaseClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/database/20160918"
_SECRET_OF_KEY = "encryptionKeyLocationDetails.hsmPassword"
_AT_CUSTOMER = "ExadataCC"  # how shapes of Exadata Cloud@Customer are called
_NO_SIZE = Unknown("the list of databases states no size")


def _system_rows(found: Found) -> Iterator[Store | Flow]:
    # What was migrated is a VM cluster of its own now.
    if text(found, "item.lifecycleState") in (*GONE, "MIGRATED"):
        return
    store = Store(
        **held_on(found, subscription="item.subscriptionId"),
        id=text(found, "item.id"),
        name=text(found, "item.displayName"),
        service="database",
        kind="volume",
        backup=False,
        source_id=maybe_text(found, "item.sourceDbSystemId", absent=""),
        encrypted=True,
        key_id=maybe_text(found, "item.kmsKeyId", absent=""),
        public=NEVER_PUBLIC,
        locked=False,
        size_bytes=size_of(found, "item.dataStorageSizeInGBs", GIBIBYTE),
    )
    yield store
    yield from incident_logs(found, store)


def _database_rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    store = Store(
        **held_on_cluster(found, "item.vmClusterId"),
        id=text(found, "item.id"),
        name=text(found, "item.dbName"),
        service="database",
        kind="database",
        backup=False,
        encrypted=True,
        key_id=located_key(found),
        public=NEVER_PUBLIC,
        locked=False,
        size_bytes=_NO_SIZE,
    )
    yield store
    # Left out by databases that are not backed up automatically.
    destinations = found.read("item.dbBackupConfig.backupDestinationDetails", absent=())
    for position, destination in enumerate(entries(destinations)):
        yield from to_destination(store, destination, str(position), found.place["region"])
    yield from _standbys(found, store)


def _standbys(found: Found, store: Store) -> Iterator[Flow]:
    """Yield a flow to each database that Data Guard keeps in step, by either of its two APIs."""
    associations = found.read("standbys")
    if isinstance(associations, Unknown):
        yield possible(store, "replication", associations)
    group = entries(found.read("item.dataGuardGroup.members", absent=()))
    targets = [str(member.get("databaseId", "")) for member in group]
    targets += [str(peer.get("peerDatabaseId", "")) for peer in entries(associations)]
    for target in dict.fromkeys(targets):
        if target != store.id:
            yield to_standby(store, target)


def _backup_rows(found: Found) -> Iterator[Store]:
    if is_gone(found):
        return
    columns = held_by(found, created="item.timeStarted", tagged=False)
    elsewhere = _elsewhere(found)
    if elsewhere is not None:
        columns["region"] = columns["country"] = elsewhere
    yield Store(
        **columns,
        id=text(found, "item.id"),
        name=text(found, "item.displayName"),
        service="database",
        kind="backup",
        backup=True,
        source_id=maybe_text(found, "item.databaseId"),
        encrypted=True,
        key_id=located_key(found),
        public=NEVER_PUBLIC,
        locked=Unknown("the list of backups does not say whether they are locked"),
        size_bytes=size_of(found, "item.databaseSizeInGBs", GIBIBYTE),
    )


def _elsewhere(found: Found) -> Unknown | None:
    """Say why a backup is not in the region that answers for it, None if it is."""
    destination = maybe_text(found, "item.backupDestinationType", absent="")
    if destination == "" and text(found, "item.shape").startswith(_AT_CUSTOMER):
        return Unknown("it may be on the disks of its database, which are at a customer's")
    return kind_elsewhere(destination)


DB_SYSTEMS = Collector(
    kind="oci.database.dbsystem",
    service=_SERVICE,
    title="DB systems and their storage",
    per=PER_COMPARTMENT,
    listing=in_compartment("list_db_systems", "inspect db-systems"),
    tables=(Store, Flow),
    rows=_system_rows,
    types=("DbSystem",),
    source=f"{_API}/DbSystem/ListDbSystems",
)

DATABASES = Collector(
    kind="oci.database.database",
    service=_SERVICE,
    title="Databases of DB systems and VM clusters",
    per=PER_COMPARTMENT,
    listing=in_compartment(
        "list_databases",
        "inspect databases",
        _SECRET_OF_KEY,
        "dbBackupConfig.backupDestinationDetails.vpcPassword",
    ),
    details=(
        Detail(
            name="standbys",
            operation="list_data_guard_associations",
            permission="inspect databases",
            parameters={"limit": 1000},
            bind={"database_id": "item.id"},
            items=".",
        ),
        cluster("item.vmClusterId"),
        system("item.dbSystemId"),
    ),
    tables=(Store, Flow),
    rows=_database_rows,
    types=("Database",),
    source=f"{_API}/Database/ListDatabases",
)

BACKUPS = Collector(
    kind="oci.database.backup",
    service=_SERVICE,
    title="Backups of databases",
    per=PER_COMPARTMENT,
    listing=in_compartment("list_backups", "inspect db-backups", _SECRET_OF_KEY),
    tables=(Store,),
    rows=_backup_rows,
    source=f"{_API}/Backup/ListBackups",
)
