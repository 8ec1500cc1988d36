"""Fills tags that a resource's own answers do not hold, from the answers of the tagging API.

The API tells of resources that have or had tags, each by its ARN, and of no others. So what it
does not name has no tags only if its type is one that the API covers, and if the API answered
completely for that account and region.
"""

import duckdb

from auditor.facts.naming import NAMING
from auditor.facts.tagged_types import TAGGED_TYPES

WITNESS = "tagging"

_TAGGED = f"""
CREATE TEMP TABLE tagged AS
SELECT provider, resource_name(resource_id) AS name, arg_min(tags, id) AS tags
FROM sightings WHERE witness = '{WITNESS}' AND tags IS NOT NULL GROUP BY ALL
"""

_READ = f"""
CREATE TEMP TABLE tagging AS
SELECT provider, account, region, bool_and(complete IS TRUE) AS complete,
       coalesce(string_agg(DISTINCT reason, '; ' ORDER BY reason) FILTER (reason <> ''), '')
           AS reason,
       coalesce(min(permission) FILTER (permission <> ''), '') AS permission
FROM coverage WHERE collector = provider || '.{WITNESS}.resource' GROUP BY ALL
"""

_FILL = """
UPDATE {table} SET tags = tagged.tags FROM tagged
WHERE {table}.tags IS NULL AND tagged.provider = {table}.provider
  AND tagged.name = resource_name({table}.id)
"""

_KNOWN_TO_HAVE_NONE = """
UPDATE {table} SET tags = MAP {{}} FROM tagging
WHERE {table}.tags IS NULL AND tagging.complete AND tagging.provider = {table}.provider
  AND tagging.account = {table}.account AND tagging.region = {table}.region
  AND type_of({table}.id) IN (SELECT type FROM tagged_types)
"""

_REASONS = """
UPDATE unknowns SET
    reason = unknowns.reason || CASE WHEN tagging.complete
        THEN ', and the tagging API, which does not cover every type, does not name it'
        ELSE ', and ' || tagging.reason END,
    permission = CASE WHEN unknowns.permission = '' THEN tagging.permission
        WHEN tagging.permission = '' THEN unknowns.permission
        ELSE unknowns.permission || ', ' || tagging.permission END
FROM {table} AS t JOIN tagging ON tagging.provider = t.provider
    AND tagging.account = t.account AND tagging.region = t.region
WHERE unknowns.of_table = '{table}' AND unknowns."column" = 'tags' AND unknowns.row_id = t.id
  AND t.tags IS NULL
"""


def fill_tags(database: duckdb.DuckDBPyConnection) -> None:
    """Fill ``tags`` of stores and processors, and say of the rest what the tagging API said."""
    for statement in (*NAMING, _TAGGED, _READ):
        database.execute(statement)
    database.execute(
        "CREATE TEMP TABLE tagged_types AS SELECT unnest(?) AS type", [sorted(TAGGED_TYPES)]
    )
    for table in ("stores", "processors"):
        for statement in (_FILL, _KNOWN_TO_HAVE_NONE, _REASONS):
            database.execute(statement.format(table=table))
