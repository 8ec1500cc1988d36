"""Where can a store's data end up: the transitive closure of the flows.

Breadth first: each round goes one flow further and keeps only ends that no shorter path
reached, so cycles end and the work is bounded by the number of pairs of start and end.
"""

import duckdb

_EDGES = """
CREATE TEMP TABLE edges AS
SELECT id AS flow, store_id, target_id AS end_id, target_account AS end_account,
       target_region AS end_region, target_country AS end_country,
       target_operator AS end_operator,
       -- An unknown end is an end of its own: two unknowns need not be one place.
       coalesce(nullif(target_id, ''), concat_ws('|', id, target_account, target_region)) AS place
FROM flows WHERE active IS NULL OR active
"""

_FIRST = """
CREATE TEMP TABLE frontier AS
SELECT store_id AS start, place, arg_min(e, flow) AS last, 1 AS hops, [min(flow)] AS path
FROM edges AS e GROUP BY store_id, place
"""

_REACHED = "CREATE TEMP TABLE reached AS FROM frontier"

_NEXT = """
CREATE OR REPLACE TEMP TABLE frontier AS
SELECT frontier.start, e.place,
       arg_min(e, list_append(frontier.path, e.flow)) AS last,
       any_value(frontier.hops) + 1 AS hops,
       min(list_append(frontier.path, e.flow)) AS path
FROM frontier JOIN edges AS e ON e.store_id = frontier.last.end_id
WHERE e.place <> frontier.start
  AND NOT EXISTS (FROM reached AS r WHERE r.start = frontier.start AND r.place = e.place)
GROUP BY frontier.start, e.place
"""

_WRITE = """
INSERT INTO reach
SELECT concat_ws(' -> ', start, place), [], start, source.data_classes, last.end_id,
       last.end_account, last.end_region, last.end_country, last.end_operator, hops, path
FROM reached LEFT JOIN endpoints AS source ON source.id = reached.start
"""


def fill_reach(database: duckdb.DuckDBPyConnection) -> None:
    """Fill the table ``reach`` from the tables ``flows`` and ``endpoints``."""
    database.execute(_EDGES)
    database.execute(_FIRST)
    database.execute(_REACHED)
    added = (1,)
    while added != (0,):  # it ends: every round adds pairs of start and end, and they are finite
        database.execute(_NEXT)
        added = database.execute("INSERT INTO reached FROM frontier").fetchone() or (0,)
    database.execute(_WRITE)
