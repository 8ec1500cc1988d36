"""OCI pluggable databases that another database feeds: refreshable clones.

Any other pluggable database is part of its container, which has a row; if it has a key of its own,
that key is judged like every other. The API does not name the source of a clone, and the list does
not say on which machines its container runs.
"""

from collections.abc import Iterator

from auditor.collect.oci.listing import PER_COMPARTMENT, in_compartment
from auditor.collect.oci.reading import GONE, NEVER_PUBLIC, held_by, maybe_flag, maybe_text, text
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Store

_NO_SIZE = Unknown("the list of pluggable databases states no size")
_NO_SOURCE = Unknown("the API does not say which database feeds a refreshable clone")
_NO_PLACE = Unknown("the list of pluggable databases does not say whose machines they are on")


def _rows(found: Found) -> Iterator[Store]:
    clone = maybe_flag(found, "item.refreshableCloneConfig.isRefreshableClone", absent=False)
    # What was relocated is a database of another container now.
    if clone is False or text(found, "item.lifecycleState") in (*GONE, "RELOCATED"):
        return
    yield Store(
        **held_by(found) | {"region": _NO_PLACE, "country": _NO_PLACE},
        id=text(found, "item.id"),
        name=text(found, "item.pdbName"),
        service="database",
        kind="clone",
        backup=False,
        source_id=_NO_SOURCE,
        encrypted=True,
        key_id=maybe_text(found, "item.kmsKeyId", absent=""),
        public=NEVER_PUBLIC,
        locked=False,
        size_bytes=_NO_SIZE,
    )


CLONES = Collector(
    kind="oci.database.clone",
    service="database.DatabaseClient",
    title="Pluggable databases that are refreshed from another database",
    per=PER_COMPARTMENT,
    listing=in_compartment("list_pluggable_databases", "inspect pluggable-databases"),
    tables=(Store,),
    rows=_rows,
    types=("PluggableDatabase",),
    source=(
        "https://docs.oracle.com/en-us/iaas/api/#/en/database/20160918"
        "/PluggableDatabaseSummary/ListPluggableDatabases"
    ),
)
