"""What guards each release branch: the rules of its repository that are in force and cover it.

A rule that may be in force can only make a branch safer. So what a rule surely asks is known, and
what no rule surely asks is unknown while one may ask it, or while rules may be there that nobody
could list.
"""

from collections.abc import Iterator

import duckdb

from auditor.access.refs import any_covers
from auditor.facts.code_history import HISTORY_REASONS, compare_versions
from auditor.model import Audit

_RULES = """
SELECT rules.id, branches.id, branches.ref, branches.is_default, rules.includes, rules.excludes,
    rules.kind = 'branch protection'
FROM branch_rules AS rules JOIN branches USING (repository_id)
WHERE rules.target IS DISTINCT FROM 'tag' AND rules.target IS DISTINCT FROM 'push'
    AND rules.enforced IS NOT false
ORDER BY rules.id, branches.id
"""

_COVERS = """
CREATE TEMP TABLE rule_covers AS
SELECT unnest(?::VARCHAR[]) AS rule_id, unnest(?::VARCHAR[]) AS branch_id,
    unnest(?::BOOLEAN[]) AS covers
"""

_GUARDED = """
CREATE TEMP TABLE guarded AS
WITH each_rule AS (
    SELECT branch_id, rules.* EXCLUDE (bypassers), enforced AND covers AS sure,
        CASE WHEN administrators THEN bypassers
            WHEN administrators IS NULL THEN NULL
            ELSE list_append(bypassers, 'role/administrator') END AS bypassers
    FROM rule_covers JOIN branch_rules AS rules ON rules.id = rule_id
), guards AS (
    SELECT branch_id, bypassers, unnest([{guards}]) AS guard FROM each_rule WHERE sure
), softened AS (
    SELECT branch_id, guard, coalesce(bool_or(bypassers = []), false) AS firm,
        count(*) > count(bypassers) AS hidden,
        list_distinct(flatten(list(bypassers))) AS bypassers
    FROM guards WHERE guard <> '' GROUP BY ALL
), passed AS (
    SELECT branch_id AS id, bool_or(hidden AND NOT firm) AS hidden,
        coalesce(list_sort(list_distinct(flatten(list(bypassers) FILTER (NOT firm)))), [])
            AS bypassers
    FROM softened GROUP BY branch_id
), listed AS (
    SELECT branches.id, NOT EXISTS (FROM coverage AS c
        WHERE open AND list_contains(tables, 'branch_rules') AND c.account = branches.account
            AND coalesce(c.region IN ('', r.region), true)
            AND coalesce(c.compartment IN ('', stores.compartment), true)) AS wholly
    FROM branches LEFT JOIN repositories AS r ON r.id = repository_id
    LEFT JOIN stores ON stores.id = repository_id
)
SELECT listed.id, any_value(wholly) AS wholly,
    coalesce(max(approvals) FILTER (sure), 0) AS approvals,
    count(*) FILTER (branch_id IS NOT NULL AND (sure IS NULL AND approvals IS DISTINCT FROM 0
        OR approvals IS NULL)) AS may_approve,
    {columns},
    list_sort(list_distinct(flatten(list(checks) FILTER (sure)))) AS checks,
    count(*) FILTER (branch_id IS NOT NULL AND (checks IS NULL OR sure IS NULL AND checks <> []))
        AS may_check,
    any_value(hidden) AS hidden, any_value(passed.bypassers) AS bypassers
FROM listed LEFT JOIN each_rule ON each_rule.branch_id = listed.id
LEFT JOIN passed ON passed.id = listed.id
GROUP BY listed.id
"""

# What each rule surely gives a branch. A guard holds where one of the rules that give it can be
# bypassed by nobody; whoever may bypass all rules that give one guard, as far as is known, counts.
_GUARDS = (
    "dismisses_stale",
    "no_force_push",
    "no_deletion",
    "no_direct_push",
    "approvals > 0",
)
_ASKED = ("dismisses_stale", "signatures", "no_force_push", "no_deletion", "no_direct_push")

_FILL = """
UPDATE branches SET {columns},
    approvals = CASE WHEN g.approvals > 0 OR g.may_approve = 0 AND wholly THEN g.approvals END,
    checks = CASE WHEN g.may_check = 0 AND wholly THEN coalesce(g.checks, []) END,
    bypassers = CASE
        WHEN g.approvals = 0 AND g.may_approve = 0 AND wholly THEN ['*']
        WHEN g.approvals > 0 AND NOT hidden THEN g.bypassers END
FROM guarded AS g WHERE g.id = branches.id
"""

_WHY = "a rule that may ask it could not be read, or was not listed"
BRANCH_REASONS = {("branches", name): _WHY for name in (*_ASKED, "approvals", "checks")} | {
    ("branches", "bypassers"): "who may bypass the rules is hidden from us",
    **HISTORY_REASONS,
}


def guard_branches(database: duckdb.DuckDBPyConnection, audit: Audit) -> None:
    """Fill the derived columns of ``branch_rules``, and from them those of ``branches``."""
    pairs = list(_pairs(database))
    database.execute(_COVERS, [[pair[at] for pair in pairs] for at in range(3)])
    asked = ", ".join(
        f"bool_or({name}) FILTER (sure) AS {name}, count(*) FILTER (branch_id IS NOT NULL "
        f"AND ({name} IS NULL OR sure IS NULL AND {name})) AS may_{name}"
        for name in _ASKED
    )
    guards = ", ".join(f"CASE WHEN {guard} THEN '{guard}' ELSE '' END" for guard in _GUARDS)
    database.execute(_GUARDED.format(columns=asked, guards=guards))
    filled = ", ".join(
        f"{name} = CASE WHEN g.{name} THEN true WHEN may_{name} = 0 AND wholly THEN false END"
        for name in _ASKED
    )
    database.execute(_FILL.format(columns=filled))
    compare_versions(database, audit, _GUARDS)


def _pairs(database: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str, bool | None]]:
    """Yield rules and branches that they cover, or may cover.

    Rulesets hold together; of protections GitHub heeds one alone for each branch.
    """
    protections: dict[str, list[tuple[int, str, bool | None]]] = {}
    for rule, branch, ref, default, includes, excludes, alone in database.execute(
        _RULES
    ).fetchall():
        inside = None if includes is None else any_covers(includes, ref, default)
        outside = None if excludes is None else any_covers(excludes, ref, default)
        if inside is False or outside is True:
            continue
        covers = True if inside and outside is False else None
        if alone:
            rank = -1 if includes == [ref] else _age(rule)
            protections.setdefault(branch, []).append((rank, rule, covers))
        else:
            yield rule, branch, covers
    for branch, several in sorted(protections.items()):
        for rule, covers in _heeded(several):
            yield rule, branch, covers


def _heeded(several: list[tuple[int, str, bool | None]]) -> Iterator[tuple[str, bool | None]]:
    """Yield the protection that counts for a branch, and those that may count instead.

    One that names the branch itself comes first, then the one that was made first.
    https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/managing-a-branch-protection-rule
    """
    doubtful = any(rank > -1 and covers is None for rank, _, covers in several)
    for rank, rule, covers in sorted(several):
        surely = covers is True and (rank == -1 or not doubtful)
        yield rule, True if surely else None
        if surely:
            return


def _age(rule: str) -> int:
    """Return the number at the end of a rule's id, which grows from rule to rule."""
    number = rule.rpartition("/")[2]
    return int(number) if number.isdecimal() else 0
