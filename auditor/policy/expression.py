"""One policy expression: parsed, checked against an allow-list, and written again as SQL.

The SQL that runs is never the text that a policy author wrote: it is written anew, fully
parenthesised, from the parsed tree, and only from nodes that are known here. So nothing that
was not checked can run, and nothing that can observe an unknown (``IS NULL``, ``COALESCE``,
``CASE``, a subquery) can be said at all. Everything that can be said is monotone: filling in
an unknown may turn NULL into true or false, but never true into false or back.
"""

from dataclasses import dataclass

from sqlglot import exp

from auditor.policy.names import Names
from auditor.policy.syntax import ExpressionError, Problem, parse
from auditor.policy.vocabulary import YES_NO
from auditor.policy.writer import Writer, spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """A checked expression.

    Attributes:
        text: as its author wrote it.
        sql: what DuckDB runs.
        columns: (alias, column) pairs that it reads, terms expanded, in order of appearance.
        parameters: names of the parameters that it reads, sorted.
    """

    text: str
    sql: str
    tree: exp.Expression
    columns: tuple[tuple[str, str], ...]
    parameters: tuple[str, ...]


def compile_expression(text: str, names: Names) -> Expression:
    """Parse and check one condition.

    Raises:
        ExpressionError: with everything that is wrong in it.
    """
    return compile_tree(parse(text), text, names)


def compile_tree(tree: exp.Expression, text: str, names: Names, *, term: str = "") -> Expression:
    """Check a parsed condition and write its SQL; ``term`` is its name if it defines one.

    Raises:
        ExpressionError: with everything that is wrong in it.
    """
    writer = Writer(names, text, term)
    try:
        sql, kind = writer.write(tree)
    except RecursionError as error:
        raise ExpressionError([Problem(offset=0, message="is nested too deep")]) from error
    if not writer.problems and kind != YES_NO:
        writer.report(tree, f"is {spoken(kind)}, not a condition that is true or false")
    if not writer.problems and not writer.columns and not writer.broken:
        writer.report(tree, "reads no column, so it says nothing about a row")
    if writer.problems:
        raise ExpressionError(writer.problems)
    return Expression(
        text=text,
        sql=sql,
        tree=tree,
        columns=tuple(writer.columns),
        parameters=tuple(sorted(writer.parameters)),
    )
