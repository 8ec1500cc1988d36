"""Changes the rules of a pack one at a time, to see whether its cases notice.

A mutant that every case lets pass shows a part of a rule that no case speaks of.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sqlglot import exp

from auditor.policy.cases import run_case
from auditor.policy.database import lock, open_database
from auditor.policy.expression import Expression, compile_tree
from auditor.policy.names import Names, control_names, pack_names
from auditor.policy.pack import Control, Must, Pack
from auditor.policy.syntax import ExpressionError, parse

_SWAPS: Mapping[type[exp.Expression], type[exp.Expression]] = {
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
    exp.LT: exp.LTE,
    exp.LTE: exp.LT,
    exp.GT: exp.GTE,
    exp.GTE: exp.GT,
    exp.And: exp.Or,
    exp.Or: exp.And,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One change of one control.

    Attributes:
        change: what was changed, in words.
        killed_by: name of the first case that noticed, '' if the mutant survived.
    """

    control: str
    change: str
    killed_by: str

    @property
    def survived(self) -> bool:
        """Whether no case noticed."""
        return not self.killed_by


def mutate(pack: Pack) -> tuple[Mutant, ...]:
    """Run the cases of every control against every change of it, in order."""
    found = []
    with open_database() as connection:
        lock(connection)
        for control in pack.controls:
            for change, changed in _changes(pack, control):
                runs = (run_case(connection, pack, changed, case) for case in control.cases)
                killer = next((run.case.name for run in runs if not run.holds), "")
                found.append(Mutant(control=control.id, change=change, killed_by=killer))
    return tuple(found)


def _changes(pack: Pack, control: Control) -> Iterator[tuple[str, Control]]:
    parameters = ((parameter.name, parameter.type) for parameter in pack.parameters)
    terms = {name: parse(text) for name, text in pack.terms.items()}
    names = control_names(pack_names(terms, parameters), control.table)
    if control.where:
        yield "scope dropped", replace(control, where=None)
        for change, changed in _altered(control.where, names):
            yield f"scope: {change}", replace(control, where=changed)
    for index, must in enumerate(control.must):
        others = control.must[:index] + control.must[index + 1 :]
        if others:
            yield f"clause dropped: {must.says}", replace(control, must=others)
        for change, changed in _altered(must.check, names):
            clauses = list(control.must)
            clauses[index] = Must(says=must.says, check=changed)
            yield f"{must.says}: {change}", replace(control, must=tuple(clauses))


def _altered(written: Expression, names: Names) -> Iterator[tuple[str, Expression]]:
    """Every change of one node of an expression that still is an expression."""
    yield from _compiled("negated", exp.Not(this=exp.Paren(this=written.tree.copy())), names)
    for place, node in enumerate(written.tree.walk()):
        for change in _replacements(node):
            copy = written.tree.copy()
            target = list(copy.walk())[place]
            if target is copy:
                copy = change.copy()
            else:
                target.replace(change.copy())
            what = f"{node.sql(dialect='duckdb')} became {change.sql(dialect='duckdb')}"
            yield from _compiled(what, copy, names)


def _replacements(node: exp.Expr) -> Iterator[exp.Expression]:
    swapped = _SWAPS.get(type(node))  # type: ignore[arg-type]
    if swapped:
        yield swapped(this=node.this.copy(), expression=node.expression.copy())
    if isinstance(node, exp.And | exp.Or):
        yield node.this.copy()
        yield node.expression.copy()
    if isinstance(node, exp.Not):
        yield node.this.copy()
    if isinstance(node, exp.In) and len(node.expressions) > 1:
        for index in range(len(node.expressions)):
            rest = [one.copy() for at, one in enumerate(node.expressions) if at != index]
            yield exp.In(this=node.this.copy(), expressions=rest)


def _compiled(change: str, tree: exp.Expression, names: Names) -> Iterator[tuple[str, Expression]]:
    try:
        yield change, compile_tree(tree, tree.sql(dialect="duckdb"), names)
    except ExpressionError:
        return  # such as a clause that reads no column once half of it is gone
