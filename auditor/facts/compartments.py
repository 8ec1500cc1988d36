"""Names the way to each compartment in which something was not seen: an OCID tells nobody."""

_PATHS = """
CREATE TEMP TABLE compartment_paths AS
WITH RECURSIVE way AS (
    SELECT id, coalesce(name, '?') AS path, 1 AS depth FROM hierarchy
    WHERE provider = 'oci' AND kind = 'tenancy'
    UNION ALL
    SELECT below.id, way.path || '/' || coalesce(below.name, '?'), depth + 1
    FROM hierarchy AS below JOIN way ON below.parent_id = way.id
    WHERE below.provider = 'oci' AND below.kind = 'compartment' AND depth < 16
)
SELECT id, min(path) AS path FROM way GROUP BY id
"""

_REASONS = """
UPDATE coverage SET reason = reason || ', in compartment ' || paths.path
FROM compartment_paths AS paths
WHERE paths.id = coverage.compartment AND coverage.provider = 'oci'
    AND coverage.outcome <> 'complete' AND coverage.reason <> ''
"""

COMPARTMENT_PATHS = (_PATHS, _REASONS)
