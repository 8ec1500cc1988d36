"""What databases of Oracle's use outside Oracle Cloud: backup destinations and key stores.

An NFS server or a Recovery Appliance stands at the customer's, and so does Oracle Key Vault. The
API knows their network addresses; those say nothing of a country.
"""

from collections.abc import Iterator

from auditor.collect.oci.listing import PER_COMPARTMENT, in_compartment
from auditor.collect.oci.reading import (
    GIBIBYTE,
    NEVER_PUBLIC,
    entries,
    held_by,
    maybe_text,
    size_of,
    text,
)
from auditor.collect.oci.regions import operator_of
from auditor.collect.oci.service_rows import is_gone
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Key, Maybe, Store

_SERVICE = "database.DatabaseClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/database/20160918"


def _destination_rows(found: Found) -> Iterator[Store]:
    if is_gone(found):
        return
    kind = text(found, "item.type")
    where = Unknown(f"the API names the address of {kind}, not the place where it stands")
    yield Store(
        **held_by(found)
        | {"region": where, "country": where, "operator": f"operator of {kind}, not Oracle Cloud"},
        id=text(found, "item.id"),
        name=text(found, "item.displayName"),
        service="database",
        kind="destination",
        backup=True,
        source_id=_feeder(found),
        encrypted=Unknown("the API does not say whether what it holds is encrypted"),
        key_id=Unknown("the API does not say which keys encrypt what it holds"),
        public=NEVER_PUBLIC,
        locked=Unknown("the API does not say whether backups there can be deleted"),
        size_bytes=size_of(found, "item.utilizedStorageSizeInGBs", GIBIBYTE),
    )


def _feeder(found: Found) -> Maybe[str]:
    """Return the database that is backed up there, if it is one; the row has place for one only."""
    databases = entries(found.read("item.associatedDatabases", absent=()))
    ids = [each.get("id") for each in databases]
    if len(ids) == 1 and isinstance(ids[0], str):
        return ids[0]
    return Unknown(f"{len(ids)} databases are backed up there") if ids else ""


def _key_store_rows(found: Found) -> Iterator[Key]:
    if is_gone(found):
        return
    region = found.place["region"]
    holder = f"the key is held by a key store ({text(found, 'item.typeDetails.type')})"
    why = Unknown(f"{holder} outside Oracle Cloud, and its country is not stated")
    inside = Unknown("the API does not describe the keys in a key store")
    yield Key(
        id=text(found, "item.id"),
        evidence=found.evidence,
        name=maybe_text(found, "item.displayName"),
        provider="oci",
        operator=operator_of(region),
        account=found.place["account"],
        region=region,
        country=why,
        enabled=inside,
        custody="external",
        replica_regions=inside,
        replica_countries=inside,
        principal_accounts=inside,
        rotates=inside,
    )


DESTINATIONS = Collector(
    kind="oci.database.destination",
    service=_SERVICE,
    title="Backup destinations outside Oracle Cloud: NFS servers and Recovery Appliances",
    per=PER_COMPARTMENT,
    listing=in_compartment("list_backup_destination", "inspect backup-destinations"),
    tables=(Store,),
    rows=_destination_rows,
    types=("BackupDestination",),
    source=f"{_API}/BackupDestination/ListBackupDestination",
)

KEY_STORES = Collector(
    kind="oci.database.keystore",
    service=_SERVICE,
    title="Key stores outside Oracle Cloud that encrypt databases",
    per=PER_COMPARTMENT,
    listing=in_compartment("list_key_stores", "inspect key-stores"),
    tables=(Key,),
    rows=_key_store_rows,
    source=f"{_API}/KeyStore/ListKeyStores",
)
