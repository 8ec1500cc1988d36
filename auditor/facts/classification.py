"""Says which classes of data a store or processor holds, by the audit's own rules, in SQL.

The rules apply in their order, and the first that matches decides. One that hangs on tags which
nobody could read decides that the classes are unknown: a later, wider rule may not say what it
might have said.
"""

from collections.abc import Sequence

import duckdb

from auditor.facts.globs import literal, matches
from auditor.model import ClassificationRule

UNCLASSIFIED = "no classification rule of this audit names it"
CLASSIFIED = ("stores", "processors")


def classify(database: duckdb.DuckDBPyConnection, rules: Sequence[ClassificationRule]) -> None:
    """Fill ``data_classes`` and ``classified_by`` of every store and processor.

    The reasons of what stays unknown are added to ``unknowns``, unless no rule names the row at
    all: ``UNCLASSIFIED`` says that.
    """
    if not rules:
        return
    _list_rules(database, rules)
    for table in CLASSIFIED:
        database.execute(_decisions(table, rules))
        database.execute(
            f"UPDATE {table} SET data_classes = r.data_classes, classified_by = r.name "
            f"FROM decisions AS d JOIN rules AS r ON r.number = d.rule "
            f"WHERE d.matched AND d.id = {table}.id"
        )
        database.execute(_HANGING, [table])


def _list_rules(database: duckdb.DuckDBPyConnection, rules: Sequence[ClassificationRule]) -> None:
    database.execute(
        "CREATE TEMP TABLE rules "
        "(number BIGINT, name VARCHAR, quoted VARCHAR, data_classes VARCHAR[])"
    )
    database.executemany(
        "INSERT INTO rules VALUES (?, ?, ?, ?)",
        [
            [number, rule.name, repr(rule.name), list(rule.data_classes)]
            for number, rule in enumerate(rules)
        ],
    )


def _decisions(table: str, rules: Sequence[ClassificationRule]) -> str:
    """Return SQL for the first rule of each row that is not known not to match, and its answer."""
    answers = ", ".join(f"{_condition(rule)} AS m{number}" for number, rule in enumerate(rules))
    numbers = range(len(rules))
    first = " ".join(f"WHEN m{number} IS NOT FALSE THEN {number}" for number in numbers)
    answer = " ".join(f"WHEN m{number} IS NOT FALSE THEN m{number}" for number in numbers)
    return (
        "CREATE OR REPLACE TEMP TABLE decisions AS "
        f"SELECT id, CASE {first} END AS rule, CASE {answer} END AS matched "
        f"FROM (SELECT id, {answers} FROM {table}) WHERE rule IS NOT NULL"
    )


def _condition(rule: ClassificationRule) -> str:
    """Return SQL that is true, false, or NULL if it hangs on unknown tags."""
    fixed = {
        "account": rule.accounts,
        "compartment": rule.compartments,
        "name": rule.names,
        "service": rule.services,
    }
    parts = [matches(f'"{column}"', globs) for column, globs in fixed.items() if globs]
    parts += [
        f"CASE WHEN tags IS NOT NULL THEN {matches(_tag(key), [glob])} END"
        for key, glob in rule.tags.items()
    ]
    return f"({' AND '.join(parts) or 'true'})"


def _tag(key: str) -> str:
    """Return SQL for the value of a tag, '' where there is no such tag."""
    return f"coalesce(element_at(tags, {literal(key)})[1], '')"


_HANGING = """
INSERT INTO unknowns
SELECT concat_ws('/', ?1, d.id, 'data_classes'), coalesce(u.evidence, []), ?1, d.id, 'data_classes',
       'rule ' || r.quoted || ' needs tags, and ' || coalesce(u.reason, 'they are unknown'),
       coalesce(u.permission, '')
FROM decisions AS d JOIN rules AS r ON r.number = d.rule
LEFT JOIN unknowns AS u ON u.of_table = ?1 AND u."column" = 'tags' AND u.row_id = d.id
WHERE d.matched IS NULL
"""
