"""OCI pluggable databases that differ from their container: a key of their own, or a clone.

Any other pluggable database is where its container is, under the same key, and that one has a row.
A refreshable clone is fed by a database that the API does not name.
"""

from collections.abc import Iterator
from typing import Any

from auditor.collect.oci.hardware import cluster, held_on_cluster, subscriptions
from auditor.collect.oci.listing import PER_COMPARTMENT, in_compartment
from auditor.collect.oci.reading import GONE, NEVER_PUBLIC, held_by, maybe_text, text
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Store

_NO_SIZE = Unknown("the list of pluggable databases states no size")
_NO_SOURCE = Unknown("the API does not say which database feeds a refreshable clone")
_NOT_ASKED = Unknown("the container of a clone without a key of its own is not asked for")


def _rows(found: Found) -> Iterator[Store]:
    clone = found.read("item.refreshableCloneConfig.isRefreshableClone", absent=False)
    if text(found, "item.lifecycleState") in GONE:
        return
    if clone is False and not text(found, "item.kmsKeyId"):
        return
    yield Store(
        **_place(found),
        id=text(found, "item.id"),
        name=text(found, "item.pdbName"),
        service="database",
        kind="clone" if clone is True else "pluggable",
        backup=False,
        # It lies within its container, and is of the same class unless its own tags say otherwise.
        source_id=_NO_SOURCE if clone is True else maybe_text(found, "item.containerDatabaseId"),
        encrypted=True,
        key_id=maybe_text(found, "item.kmsKeyId", absent=""),
        public=NEVER_PUBLIC,
        locked=False,
        size_bytes=_NO_SIZE,
    )


def _place(found: Found) -> dict[str, Any]:
    container = found.read("container.id") if "container" in found.answers else _NOT_ASKED
    if isinstance(container, Unknown):
        return held_by(found) | {"region": container, "country": container}
    return held_on_cluster(found, "container.vmClusterId")


PLUGGABLE = Collector(
    kind="oci.database.pluggable",
    service="database.DatabaseClient",
    title="Pluggable databases with a key of their own, and refreshable clones",
    per=PER_COMPARTMENT,
    listing=in_compartment("list_pluggable_databases", "inspect pluggable-databases"),
    details=(
        Detail(
            name="container",
            operation="get_database",
            permission="inspect databases",
            bind={"database_id": "item.containerDatabaseId"},
            when="item.kmsKeyId",
            secrets=(
                "encryptionKeyLocationDetails.hsmPassword",
                "dbBackupConfig.backupDestinationDetails.vpcPassword",
            ),
        ),
        cluster("container.vmClusterId"),
        subscriptions("cluster.subscriptionId"),
    ),
    tables=(Store,),
    rows=_rows,
    types=("PluggableDatabase",),
    source=(
        "https://docs.oracle.com/en-us/iaas/api/#/en/database/20160918"
        "/PluggableDatabaseSummary/ListPluggableDatabases"
    ),
)
