"""OCI Autonomous Database: databases, their peers and clones in other regions, their backups.

Data is always encrypted, with a key of Oracle's unless one is named; whoever reads needs an
account of the database, wherever its endpoint can be reached from:
https://docs.oracle.com/en-us/iaas/autonomous-database-serverless/doc/security-features.html
"""

from collections.abc import Iterator

from auditor.collect.flows import possible
from auditor.collect.oci.arrivals import to_standby
from auditor.collect.oci.autonomouscontainer import STANDBY_ROLES
from auditor.collect.oci.backupdestinations import kept_in
from auditor.collect.oci.flows import to_tenancy
from auditor.collect.oci.hardware import autonomous_cluster, container, held_in_container
from auditor.collect.oci.keys import database_key, located_key, stored_key
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import (
    GIBIBYTE,
    NEVER_PUBLIC,
    entries,
    held_by,
    maybe_text,
    size_of,
    text,
)
from auditor.collect.oci.regions import country_of, region_in
from auditor.collect.oci.service_rows import is_gone
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found, Listing
from auditor.tables import UNJOINED, Flow, Maybe, Store

_SERVICE = "database.DatabaseClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/database/20160918"
_TEBIBYTE = 2**40


def _database_rows(found: Found) -> Iterator[Store | Flow]:
    if is_gone(found):
        return
    copy = text(found, "item.role") in STANDBY_ROLES
    store = Store(
        **held_in_container(
            found, subscription="item.subscriptionId", infrastructure="item.infrastructureType"
        ),
        id=text(found, "item.id"),
        name=text(found, "item.displayName") or text(found, "item.dbName"),
        service="autonomousdatabase",
        kind="replica" if copy else "database",
        backup=copy,
        source_id=_source(found, copy=copy),
        encrypted=True,
        key_id=_key(found),
        public=NEVER_PUBLIC,
        locked=False,
        size_bytes=_size(found),
    )
    yield store
    if not copy:
        yield from _copies(found, store, "peers", "replication")
        yield from _standbys(found, store)
    yield from _copies(found, store, "clones", "copy")


def _key(found: Found) -> Maybe[str]:
    """Return the key by either of the two members that say who holds it."""
    key = database_key(found, "item.encryptionKey", "provider")
    return key if isinstance(key, Unknown) else located_key(found)


def _size(found: Found) -> Maybe[int]:
    """Return the size in the unit that the API states: most kinds have one of two."""
    if found.read("item.dataStorageSizeInGBs", absent=None) is None:
        return size_of(found, "item.dataStorageSizeInTBs", _TEBIBYTE)
    return size_of(found, "item.dataStorageSizeInGBs", GIBIBYTE)


def _standbys(found: Found, store: Store) -> Iterator[Flow]:
    """Yield a flow to each standby of a database on dedicated hardware: an API of its own."""
    associations = found.read("associations", absent=())
    if isinstance(associations, Unknown):
        yield possible(store, "replication", associations, "associations/?")
        return
    for association in entries(associations):
        yield to_standby(store, str(association.get("peerAutonomousDatabaseId", "")))


def _source(found: Found, *, copy: bool) -> Maybe[str]:
    """Return the database that this one was cloned from, or that it stands by for."""
    cloned = maybe_text(found, "item.sourceId", absent="")
    if cloned or not copy:
        return cloned
    peers = found.read("peers")
    if isinstance(peers, Unknown):
        return peers
    ids = [peer.get("id") for peer in entries(peers)]
    return str(ids[0]) if len(ids) == 1 else Unknown("its peers do not say which one is primary")


def _copies(found: Found, store: Store, detail: str, mechanism: str) -> Iterator[Flow]:
    """Yield a flow to each standby or clone, which may be in another tenancy.

    Only its own row can say whose it is: the answer names a database and its region.
    https://docs.oracle.com/en/cloud/paas/autonomous-database/serverless/adbsb/autonomous-data-guard-cross-tenancy.html
    """
    copies = found.read(detail)
    if isinstance(copies, Unknown):
        yield possible(store, mechanism, copies)
        return
    for copy in entries(copies):
        target, region = str(copy.get("id", "")), copy.get("region")
        stated = region if isinstance(region, str) else region_in(target)
        yield to_tenancy(store, mechanism, target, UNJOINED, stated)


def _backup_rows(found: Found) -> Iterator[Store]:
    if is_gone(found):
        return
    taken_in = maybe_text(found, "item.region", absent=str(found.place["region"]))
    region = kept_in(found, "item.backupDestinationDetails.isRemote", taken_in)
    columns = held_by(found, created="item.timeStarted", tagged=False)
    columns |= {"region": region, "country": country_of(region)}
    yield Store(
        **columns,
        id=text(found, "item.id"),
        name=text(found, "item.displayName"),
        service="autonomousdatabase",
        kind="backup",
        backup=True,
        source_id=maybe_text(found, "item.autonomousDatabaseId"),
        encrypted=True,
        key_id=stored_key(found),
        public=NEVER_PUBLIC,
        locked=Unknown("the list of backups does not say whether they are locked"),
        size_bytes=size_of(found, "item.sizeInTBs", _TEBIBYTE),
    )


def _detail(name: str, operation: str) -> Detail:
    return Detail(
        name=name,
        operation=operation,
        permission="inspect autonomous-databases",
        parameters={"limit": 1000},
        bind={"autonomous_database_id": "item.id"},
        items="items",
    )


DATABASES = Collector(
    kind="oci.autonomousdatabase.database",
    service=_SERVICE,
    title="Autonomous databases",
    per=PER_COMPARTMENT,
    listing=Listing(
        operation="list_autonomous_databases",
        permission="inspect autonomous-databases",
        parameters={"limit": 1000},
        bind={"compartment_id": "place.compartment"},
        items=".",
        secrets=("encryptionKeyLocationDetails.hsmPassword",),
    ),
    details=(
        _detail("peers", "list_autonomous_database_peers"),
        _detail("clones", "list_autonomous_database_refreshable_clones"),
        Detail(
            name="associations",
            operation="list_autonomous_database_dataguard_associations",
            permission="inspect autonomous-databases",
            parameters={"limit": 1000},
            bind={"autonomous_database_id": "item.id"},
            items=".",
            when="item.isDedicated",
        ),
        container("item.autonomousContainerDatabaseId"),
        autonomous_cluster("container.cloudAutonomousVmClusterId"),
    ),
    tables=(Store, Flow),
    rows=_database_rows,
    types=("AutonomousDatabase",),
    source=f"{_API}/AutonomousDatabase/ListAutonomousDatabases",
)

BACKUPS = Collector(
    kind="oci.autonomousdatabase.backup",
    service=_SERVICE,
    title="Backups of autonomous databases",
    per=PER_COMPARTMENT,
    listing=Listing(
        operation="list_autonomous_database_backups",
        permission="inspect autonomous-backups",
        parameters={"limit": 1000},
        bind={"compartment_id": "place.compartment"},
        items=".",
        secrets=("backupDestinationDetails.vpcPassword",),
    ),
    tables=(Store,),
    rows=_backup_rows,
    source=f"{_API}/AutonomousDatabaseBackup/ListAutonomousDatabaseBackups",
)
