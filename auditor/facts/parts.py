"""Parts of artefacts: what was found in them, held against what their SBOMs list.

A part is listed if an SBOM about the same digest names it by its package URL, or by its name, and
states no other version. A part that is listed and was not recognised may be there all the same.
"""

import duckdb

# An SBOM is what lists; a package's own examination only finds.
_WHETHER_READ = """
CREATE TEMP TABLE lists_read AS SELECT count(*) > 0 AND coalesce(bool_and(NOT open), false)
    AND NOT EXISTS (FROM components WHERE listed AND digest IS NULL) AS wholly
FROM coverage WHERE list_contains(tables, 'components') AND provider <> 'app'
"""

_PARTS = r"""
CREATE TEMP TABLE named_parts AS
SELECT id, digest, listed, present, version, unnest([
    'name ' || lower(name), 'purl ' || lower(regexp_replace(purl, '[@?#].*$', ''))
]) AS called FROM components WHERE digest <> ''
"""

_PAIRS = """
CREATE TEMP TABLE matched_parts AS SELECT DISTINCT found.id AS found, list.id AS list
FROM named_parts AS found JOIN named_parts AS list
    ON list.digest = found.digest AND list.called = found.called
WHERE found.present AND found.listed IS NOT true AND list.listed
    AND found.called NOT IN ('name ', 'purl ')
    AND coalesce(found.version = list.version OR '' IN (found.version, list.version), true)
"""

_LISTED = """
UPDATE components SET listed = CASE WHEN id IN (SELECT found FROM matched_parts) THEN true
    WHEN digest IS NULL OR NOT (SELECT wholly FROM lists_read) THEN NULL ELSE false END
WHERE present AND listed IS NOT true
"""

_PRESENT = """
UPDATE components SET present = true
WHERE present IS NULL AND id IN (SELECT list FROM matched_parts)
"""

PART_REASONS = {("components", "listed"): "SBOMs about the artefact were not all read"}


def match_parts(database: duckdb.DuckDBPyConnection) -> None:
    """Fill which parts that were found are listed, and which that are listed were found."""
    for statement in (_WHETHER_READ, _PARTS, _PAIRS, _LISTED, _PRESENT):
        database.execute(statement)
