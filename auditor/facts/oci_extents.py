"""The stores that statements reach alike, as runs of ids: many stores, few extents."""

import duckdb

# Scopes over the same plots are one extent.
_SCOPE_PLOTS = """
CREATE TEMP TABLE scope_plots AS
SELECT *, dense_rank() OVER (ORDER BY held) AS extent
FROM (SELECT scope, list_sort(list(plot)) AS held FROM meetings GROUP BY scope)
"""

_ORDERED = """
CREATE TEMP TABLE ordered AS
SELECT id, plot, row_number() OVER (ORDER BY id) AS position, region
FROM stores LEFT JOIN (SELECT plot, unnest(stores) AS id FROM plots) USING (id)
"""

_RUNS = """
CREATE TEMP TABLE runs AS
SELECT extent, min(id) AS first_store, max(id) AS last_store, count(*) AS stores
FROM (
    SELECT extent, id, position - row_number() OVER (PARTITION BY extent ORDER BY position) AS run
    FROM (SELECT DISTINCT extent, unnest(held) AS plot FROM scope_plots) JOIN ordered USING (plot)
) GROUP BY extent, run
"""

_FOUND = """
CREATE TEMP TABLE found_extents AS
SELECT extent, 'extent-' || md5(string_agg(
        concat(first_store, ' ', last_store), chr(10) ORDER BY first_store)) AS extent_id,
    sum(stores)::BIGINT AS stores, min(first_store) AS store_id
FROM runs GROUP BY extent
"""

_EXTENT_CLASSES = """
CREATE TEMP TABLE extent_classes AS
SELECT extent,
    coalesce(list_sort(list_distinct(flatten(list(data_classes)))), []) AS data_classes,
    CASE WHEN bool_or(data_classes IS NULL) THEN NULL ELSE false END AS more_classes
FROM (SELECT DISTINCT extent, unnest(held) AS plot FROM scope_plots) JOIN plots USING (plot)
GROUP BY extent
"""

_EXTENT_REGIONS = """
CREATE TEMP TABLE scope_regions AS
SELECT scope, list_distinct(flatten(list(regions))) AS regions
FROM (SELECT scope, unnest(held) AS plot FROM scope_plots)
JOIN (
    SELECT plot, list(DISTINCT coalesce(region, '?')) AS regions FROM ordered GROUP BY plot
) USING (plot) GROUP BY scope
"""

_STORE_EXTENTS = """
INSERT INTO extents BY NAME
SELECT concat_ws('/', extent_id, first_store) AS id, [] AS evidence, extent_id, first_store,
    last_store, runs.stores
FROM found_extents JOIN runs USING (extent)
WHERE extent_id IN (SELECT extent_id FROM grants)
    AND extent_id NOT IN (SELECT extent_id FROM extents)
"""


def find_extents(database: duckdb.DuckDBPyConnection) -> None:
    """Find the extents of scopes: tables ``scope_plots``, ``found_extents`` and what they hold."""
    for statement in (
        _SCOPE_PLOTS,
        _ORDERED,
        _RUNS,
        _FOUND,
        _EXTENT_CLASSES,
        _EXTENT_REGIONS,
    ):
        database.execute(statement)


def store_extents(database: duckdb.DuckDBPyConnection) -> None:
    """Write the rows of the extents that grants name."""
    database.execute(_STORE_EXTENTS)
