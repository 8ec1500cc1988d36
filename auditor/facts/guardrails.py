"""What policies from above come to in each account: joins over the hierarchy.

A policy binds an account if it is attached to the account or to anything above it, if its kind is
switched on at the root, and unless the account manages the organisation.
"""

# The nodes at and above each account that some hierarchy names; complete once it ends at a root.
_ABOVE = """
CREATE TEMP TABLE above AS
WITH RECURSIVE chain AS (
    SELECT id AS account, id AS node, parent_id, switched_on, 1 AS hops
    FROM hierarchy WHERE kind = 'account'
    UNION
    SELECT chain.account, upper.id, upper.parent_id, upper.switched_on, hops + 1
    FROM chain JOIN hierarchy AS upper ON upper.id = chain.parent_id
    WHERE chain.parent_id <> '' AND hops < 16
)
SELECT account, node, parent_id, switched_on FROM chain
"""

_ROOTS = """
CREATE TEMP TABLE rooted AS
SELECT account, switched_on FROM above WHERE parent_id = '' AND node <> account
"""

# Kinds that no root has switched on stop nothing; a root that was not seen leaves it unknown.
_ENFORCED = """
UPDATE guardrails SET enforced = enforced AND (
    SELECT bool_or(list_contains(switched_on, guardrails.kind)) FROM hierarchy
    WHERE hierarchy.provider = guardrails.provider AND hierarchy.kind = 'organisation root'
)
WHERE guardrails.kind IN (
    'service control policy', 'resource control policy', 'declarative policy',
    'AI services opt-out policy'
)
"""

# A policy denies if its pattern of denied regions has the region, or that of allowed ones has not.
_BOUND = """
CREATE TEMP TABLE bound AS
SELECT regions.id AS region, bool_or(
    guardrails.enforced AND len(guardrails.escapes) = 0 AND (
        len(list_filter(denied_regions, lambda each: regions.region GLOB each)) > 0
        OR len(list_filter(allowed_regions, lambda each: regions.region GLOB each)) = 0
    )
) AS denied, bool_or(
    guardrails.enforced IS NULL OR guardrails.escapes IS NULL
    OR allowed_regions IS NULL OR denied_regions IS NULL
) AS unsure
FROM regions
JOIN above ON above.account = regions.account
JOIN guardrails ON (guardrails.target_id = above.node OR guardrails.target_id = '?')
    AND guardrails.kind = 'service control policy'
GROUP BY regions.id
"""

# False only where everything above was seen: a policy that may exist unseen keeps it unknown.
# What binds from above is of no account, and so is a gap in it.
_CREATION_DENIED = """
WITH gap AS (
    SELECT provider FROM coverage
    WHERE open AND account = '' AND list_has_any(tables, ['guardrails', 'hierarchy'])
), judged AS (
    SELECT regions.id, coalesce(bound.denied, false) AS denied, coalesce(unsure, false) AS unsure,
        regions.account IN (SELECT account FROM rooted) AS has_root,
        regions.provider IN (FROM gap) AS has_gap, accounts.management
    FROM regions LEFT JOIN bound ON bound.region = regions.id
    LEFT JOIN accounts ON accounts.id = regions.account
    WHERE regions.provider = 'aws'
)
UPDATE regions SET creation_denied = CASE
    WHEN NOT has_root THEN NULL
    WHEN judged.management THEN false
    WHEN judged.denied AND NOT judged.management THEN true
    WHEN judged.unsure OR has_gap OR judged.management IS NULL THEN NULL
    ELSE false END
FROM judged WHERE judged.id = regions.id AND regions.creation_denied IS NULL
"""

# What of Oracle Cloud can close a region: quotas, denials, and rules of a parent tenancy. A quota
# names what it stops, so that it leaves the rest; a rule leaves the regions that a tenancy has
# already.
_CLOSED_BY_ORACLE = """
WITH bound AS (
    SELECT regions.id, bool_or(
        enforced AND len(escapes) = 0 AND (
            len(list_filter(denied_regions, lambda each: regions.region GLOB each)) > 0
            OR len(list_filter(allowed_regions, lambda each: regions.region GLOB each)) = 0)
    ) AS denied, bool_or(
        enforced IS NOT FALSE AND (
            enforced IS NULL OR escapes IS NULL OR limits IS NULL
            OR allowed_regions IS NULL OR denied_regions IS NULL)
    ) AS unsure
    FROM regions JOIN guardrails ON guardrails.provider = regions.provider
        AND guardrails.target_id IN (regions.account, '?')
        AND guardrails.kind IN ('quota', 'governance rule', 'IAM denial')
    WHERE regions.provider = 'oci' GROUP BY regions.id
), gap AS (
    SELECT account FROM coverage
    WHERE provider = 'oci' AND open AND service IN ('limits', 'governance', 'identity')
        AND list_contains(tables, 'guardrails')
)
UPDATE regions SET creation_denied = CASE
    WHEN bound.denied THEN true
    WHEN bound.unsure OR every.account IN (FROM gap) OR '' IN (FROM gap) THEN NULL
    ELSE false END
FROM regions AS every LEFT JOIN bound ON bound.id = every.id
WHERE every.id = regions.id AND every.provider = 'oci'
"""

GUARDRAIL_JOINS = (_ABOVE, _ROOTS, _ENFORCED, _BOUND, _CREATION_DENIED, _CLOSED_BY_ORACLE)
