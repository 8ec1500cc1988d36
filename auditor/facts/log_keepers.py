"""Who may change what an audit log says: the rights over the store that receives it."""

import duckdb

# Services of the provider write the logs: that is what the store is for.
_KEEPERS = """
CREATE TEMP TABLE log_keepers AS
SELECT places.store, granted.principal_id, granted.given
FROM (SELECT DISTINCT destination_id AS store FROM trails WHERE destination_id <> '') AS places
JOIN extents ON places.store BETWEEN extents.first_store AND extents.last_store
JOIN grants AS granted ON granted.extent_id = extents.extent_id
    AND granted.access IN ('administer', 'write') AND granted.agreed IS NOT false
LEFT JOIN principals ON principals.id = granted.principal_id
WHERE principals.collective IS NOT true AND principals.kind IS DISTINCT FROM 'service'
"""

_ADMINISTRATORS = """
UPDATE trails SET administrators = CASE
    WHEN one.destination_id = '' THEN []
    WHEN stores.account IN (FROM granted_wholly) AND NOT EXISTS (
        FROM log_keepers WHERE store = stores.id AND (given IS NULL OR principal_id IS NULL))
    THEN coalesce((SELECT list_sort(list(DISTINCT principal_id)) FROM log_keepers
        WHERE store = stores.id), []) END
FROM trails AS one LEFT JOIN stores ON stores.id = one.destination_id
WHERE one.id = trails.id
"""

KEEPER_REASONS = {
    ("trails", "administrators"): "the rights over its destination are not all known",
}


def find_log_keepers(database: duckdb.DuckDBPyConnection) -> None:
    """Fill ``trails.administrators``, once principals and grants are complete.

    Needs the table ``granted_wholly``, of accounts whose grants are all known.
    """
    database.execute(_KEEPERS)
    database.execute(_ADMINISTRATORS)
