"""Whether rules on branches asked all through the period for what they ask at its end.

A rule that did not change since the period began asked for the same. Of one that did, its versions
tell, each from its moment to the next one's; where the host does not show them, it is unknown.
"""

import duckdb

from auditor.model import Audit

# Versions are events of the rule, or of the organisation's rule that binds a repository; each is in
# force until the next. The last is what the rule asks for at the end.
_VERSIONS = r"""
CREATE TEMP TABLE rule_versions AS
WITH told AS (
    SELECT regexp_extract(id, '^(github/[^/]+/[^/]+)/.*ruleset/(\d+)/version/[^/]+$',
        ['owner', 'number']) AS rule, "at", asks, exempts
    FROM code_events WHERE kind = 'rule change' AND contains(id, '/version/')
)
SELECT rule.owner AS owner, rule.number AS number, "at", lead("at") OVER own AS until,
    list_has_all(asks, last_value(asks) OVER whole)
        AND list_has_all(last_value(exempts) OVER whole, exempts) AS no_less
FROM told WHERE rule.number <> ''
WINDOW own AS (PARTITION BY rule ORDER BY "at" NULLS FIRST),
    whole AS (PARTITION BY rule ORDER BY "at" NULLS FIRST
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
"""

_HELD = """
CREATE TEMP TABLE versions_held AS
SELECT owner, number, min("at") <= ?1 AS whole, count(*) = count("at") AS dated,
    bool_and(no_less) FILTER (until IS NULL OR until > ?1) AS no_less,
    count(*) FILTER ((until IS NULL OR until > ?1) AND no_less IS NULL) = 0 AS read
FROM rule_versions GROUP BY owner, number
"""

_RULES = r"""
UPDATE branch_rules SET lasted = CASE
    WHEN changed <> '' AND changed < ?1 THEN true
    WHEN made <> '' AND made >= ?1 THEN false
    WHEN NOT found.no_less THEN false
    WHEN found.no_less AND found.read AND found.whole AND found.dated THEN true END
FROM (SELECT rules.id, versions_held.* FROM branch_rules AS rules LEFT JOIN versions_held
    ON versions_held.owner = regexp_extract(rules.id, '^github/[^/]+/[^/]+')
    AND versions_held.number = regexp_extract(rules.id, '/ruleset/(\d+)$', 1)) AS found
WHERE found.id = branch_rules.id
"""

# One rule that lasted is enough for what it asks; what several ask, any of them may have held.
_BRANCHES = """
UPDATE branches SET lasted = found.lasted FROM (
    WITH asked AS (
        SELECT branch_id, unnest([{guards}]) AS guard, rules.lasted
        FROM rule_covers JOIN branch_rules AS rules ON rules.id = rule_id
        WHERE enforced AND covers
    ), held AS (
        SELECT branch_id, guard, CASE WHEN bool_or(lasted) THEN true
            WHEN count(*) = count(lasted) THEN false END AS lasted
        FROM asked WHERE guard <> '' GROUP BY ALL
    )
    SELECT branches.id, CASE WHEN bool_or(NOT held.lasted) THEN false
        WHEN count(held.guard) = count(held.lasted) AND count(approvals) = count(*) THEN true
        END AS lasted
    FROM branches LEFT JOIN held ON held.branch_id = branches.id GROUP BY branches.id
) AS found WHERE found.id = branches.id
"""

_WHY = "its earlier versions were not shown, or the host does not say since when it stands"
HISTORY_REASONS = {
    ("branch_rules", "lasted"): _WHY,
    ("branches", "lasted"): "since when a rule on it stands as it does is not known",
    ("branches", "rewritten"): "the host does not tell who pushed over it, or was not asked",
}


def compare_versions(
    database: duckdb.DuckDBPyConnection, audit: Audit, guards: tuple[str, ...]
) -> None:
    """Fill ``lasted`` of rules and branches; ``rule_covers`` must be there already.

    Args:
        guards: expressions over a rule that are true where it gives one kind of guard.
    """
    start = f"{audit.period_start}T00:00:00.000Z"
    database.execute(_VERSIONS)
    for statement in (_HELD, _RULES):
        database.execute(statement, [start])
    names = ", ".join(f"CASE WHEN {guard} THEN '{guard}' ELSE '' END" for guard in guards)
    database.execute(_BRANCHES.format(guards=names))
