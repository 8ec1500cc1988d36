"""Writes the SQL of a parsed policy expression, and collects what is wrong on the way."""

from collections.abc import Callable, Mapping

from sqlglot import exp

from auditor.documents import suggest
from auditor.policy.grammar import (
    COMPARISONS,
    CONNECTIVES,
    FORBIDDEN_HINTS,
    FUNCTION_NODES,
    NODE_PARTS,
    has_only,
)
from auditor.policy.names import Names
from auditor.policy.syntax import Problem, offset_of
from auditor.policy.vocabulary import FUNCTIONS, NUMBER, TEXT, TEXTS, YES_NO, Function

MOST_DIGITS = 15


_SPOKEN = {TEXT: "text", NUMBER: "a number", YES_NO: "true or false", TEXTS: "a list of text"}
UNKNOWN_TYPE = ""


def spoken(kind: str) -> str:
    return _SPOKEN.get(kind, f"of type {kind}")


class Writer:
    """Writes SQL for a tree and collects what is wrong on the way.

    A problem gives its part the type '' so that it is not reported again further up.
    """

    def __init__(self, names: Names, text: str, term: str = "") -> None:
        self._names = names
        self._text = text
        self._defines = term
        self._open_terms: list[str] = []
        self.problems: list[Problem] = []
        self.broken = False
        self.columns: dict[tuple[str, str], None] = {}
        self.parameters: set[str] = set()

    def report(self, node: exp.Expression, message: str, hint: str = "") -> tuple[str, str]:
        offset = 0 if self._open_terms else offset_of(node, self._text)
        if self._open_terms:
            message = f"term {self._open_terms[0]}: {message}"
        problem = Problem(offset=offset, message=message, hint=hint)
        if problem not in self.problems:
            self.problems.append(problem)
        return "NULL", UNKNOWN_TYPE

    def write(self, node: exp.Expression) -> tuple[str, str]:
        kind = type(node)
        if kind in CONNECTIVES:
            return self._connective(node, CONNECTIVES[kind])
        if kind in COMPARISONS:
            return self._comparison(node, COMPARISONS[kind])
        if kind in FUNCTION_NODES or kind is exp.Anonymous:
            return self._function(node)
        method = _NODES.get(kind)
        if method is None or not has_only(node, NODE_PARTS[kind]):
            return self._refuse(node)
        return method(self, node)

    def _refuse(self, node: exp.Expression) -> tuple[str, str]:
        hint = FORBIDDEN_HINTS.get(type(node), "docs/policy-reference.md lists what may be used")
        start = offset_of(node, self._text)
        shown = node.key if self._open_terms else " ".join(self._text[start : start + 60].split())
        return self.report(node, f"{shown!r} cannot be used in a policy", hint)

    def _condition(self, node: exp.Expression) -> str:
        sql, kind = self.write(node)
        if kind not in (YES_NO, UNKNOWN_TYPE):
            self.report(node, f"is {spoken(kind)} where a condition belongs")
        return sql

    def _connective(self, node: exp.Expression, word: str) -> tuple[str, str]:
        if not has_only(node, {"this", "expression"}):
            return self._refuse(node)
        sides = [self._condition(side) for side in (node.this, node.expression)]
        return f"({sides[0]} {word} {sides[1]})", YES_NO

    def _not(self, node: exp.Expression) -> tuple[str, str]:
        return f"(NOT {self._condition(node.this)})", YES_NO

    def _parenthesis(self, node: exp.Expression) -> tuple[str, str]:
        return self.write(node.this)

    def _comparison(self, node: exp.Expression, sign: str) -> tuple[str, str]:
        if not has_only(node, {"this", "expression"}):
            return self._refuse(node)
        (left, kind), (right, other) = self.write(node.this), self.write(node.expression)
        if UNKNOWN_TYPE in (kind, other):
            return "NULL", YES_NO
        ordered = (TEXT, NUMBER) if sign not in ("=", "<>") else (TEXT, NUMBER, YES_NO)
        if kind != other or kind not in ordered:
            message = f"cannot compare {spoken(kind)} with {spoken(other)} by {sign}"
            return self.report(node.this, message)
        return f"({left} {sign} {right})", YES_NO

    def _between(self, node: exp.Expression) -> tuple[str, str]:
        sides = [self.write(node.args[part]) for part in ("this", "low", "high")]
        kinds = {kind for _, kind in sides}
        if UNKNOWN_TYPE in kinds:
            return "NULL", YES_NO
        if len(kinds) > 1 or not kinds <= {TEXT, NUMBER}:
            return self.report(node.this, "between takes three texts or three numbers")
        value, low, high = (sql for sql, _ in sides)
        return f"(({value} >= {low}) AND ({value} <= {high}))", YES_NO

    def _in(self, node: exp.Expression) -> tuple[str, str]:
        value, kind = self.write(node.this)
        if field_node := node.args.get("field"):
            entries, of = self.write(field_node)
            if UNKNOWN_TYPE not in (kind, of) and (kind, of) != (TEXT, TEXTS):
                return self.report(node.this, f"cannot look for {spoken(kind)} in {spoken(of)}")
            return f"list_contains({entries}, {value})", YES_NO
        options = [self.write(option) for option in node.expressions]
        if any(UNKNOWN_TYPE not in (kind, of) and of != kind for _, of in options):
            return self.report(node.this, f"every entry after 'in' must be {spoken(kind)}")
        if not options:
            return self.report(node.this, "nothing follows 'in'")
        return "(" + " OR ".join(f"({value} = {option})" for option, _ in options) + ")", YES_NO

    def _like(self, node: exp.Expression) -> tuple[str, str]:
        value, kind = self.write(node.this)
        pattern = node.expression
        if type(pattern) is not exp.Literal or not pattern.is_string or "\\" in pattern.this:
            return self.report(node, "like takes a text in quotes, without a backslash")
        if kind not in (TEXT, UNKNOWN_TYPE):
            return self.report(node.this, f"is {spoken(kind)} where text belongs")
        negation = "NOT " if node.args.get("negate") else ""
        return f"({negation}({value} LIKE {_quoted(pattern.this)}))", YES_NO

    def _function(self, node: exp.Expression) -> tuple[str, str]:
        named = type(node) is exp.Anonymous
        name = node.name.lower() if named else FUNCTION_NODES[type(node)]
        allowed = {"this", "expressions"} if named else {"this", "expression"}
        if not has_only(node, allowed):
            return self._refuse(node)
        if (function := FUNCTIONS.get(name)) is None:
            hint = suggest(name, FUNCTIONS) or "functions: " + ", ".join(FUNCTIONS)
            return self.report(node, f"function {node.name!r} cannot be used in a policy", hint)
        parts = [node.this, node.args.get("expression")] if not named else node.expressions
        return self._call(node, function, [part for part in parts if part is not None])

    def _call(
        self, node: exp.Expression, function: Function, parts: list[exp.Expression]
    ) -> tuple[str, str]:
        written = [self.write(part) for part in parts]
        kinds = tuple(kind for _, kind in written)
        if UNKNOWN_TYPE in kinds:
            return "NULL", function.result
        if function.name == "length" and kinds == (TEXTS,):
            function = FUNCTIONS["len"]  # the parser takes both words for one
        if kinds != function.arguments:
            wanted = ", ".join(spoken(kind) for kind in function.arguments)
            wanted += ") or (a list of text" if function.name == "length" else ""
            return self.report(node, f"{function.name} takes ({wanted})")
        return f"{function.name}({', '.join(sql for sql, _ in written)})", function.result

    def _literal(self, node: exp.Expression) -> tuple[str, str]:
        if node.is_string:
            return _quoted(node.this), TEXT
        if not node.this.isascii() or not node.this.isdigit() or len(node.this) > MOST_DIGITS:
            return self.report(node, f"number {node.this} is not a whole number", "write 365")
        return node.this, NUMBER

    def _negative(self, node: exp.Expression) -> tuple[str, str]:
        if type(node.this) is not exp.Literal or node.this.is_string:
            return self._refuse(node)
        sql, kind = self.write(node.this)
        return f"(-{sql})", kind

    def _boolean(self, node: exp.Expression) -> tuple[str, str]:
        return ("true" if node.this else "false"), YES_NO

    def _placeholder(self, node: exp.Expression) -> tuple[str, str]:
        name = str(node.this or "")
        if (kind := self._names.parameters.get(name)) is None:
            hint = suggest(name, self._names.parameters)
            return self.report(node, f"parameter ${name} is not declared", hint)
        self.parameters.add(name)
        return f"CAST(${name} AS {kind})", kind

    def _column(self, node: exp.Expression) -> tuple[str, str]:
        if any(part.args.get("quoted") for part in (node.this, node.args.get("table")) if part):
            return self.report(node.this, "names are written without quotes")
        alias, column = str(node.args.get("table") or ""), node.name
        if not alias:
            return self._term(node)
        tables = self._names.tables
        if alias not in tables:
            hint = suggest(alias, tables) or "known here: " + ", ".join(tables)
            return self.report(node, f"{alias!r} is not known here", hint)
        if column not in tables[alias]:
            close = suggest(column, tables[alias])
            hint = close or "columns: " + ", ".join(tables[alias])
            return self.report(node.this, f"{alias} has no column {column!r}", hint)
        self.columns[alias, column] = None
        return f'"{alias}"."{column}"', tables[alias][column]

    def _term(self, node: exp.Expression) -> tuple[str, str]:
        name = node.name
        if name in self._names.broken:
            self.broken = True
            return "NULL", YES_NO
        if (tree := self._names.terms.get(name)) is None:
            known = [f"{alias}.{name}" for alias, of in self._names.tables.items() if name in of]
            hint = f"did you mean {known[0]}?" if known else ""
            hint = hint or suggest(name, self._names.terms)
            return self.report(node, f"{name!r} is neither a term nor alias.column", hint)
        if name == self._defines or name in self._open_terms:
            return self.report(node, f"term {name} is defined by itself")
        self._open_terms.append(name)
        sql = self._condition(tree)
        self._open_terms.pop()
        return sql, YES_NO


_NODES: Mapping[type[exp.Expression], Callable[[Writer, exp.Expression], tuple[str, str]]] = {
    exp.Not: Writer._not,
    exp.Paren: Writer._parenthesis,
    exp.Between: Writer._between,
    exp.In: Writer._in,
    exp.Like: Writer._like,
    exp.Literal: Writer._literal,
    exp.Neg: Writer._negative,
    exp.Boolean: Writer._boolean,
    exp.Placeholder: Writer._placeholder,
    exp.Column: Writer._column,
}


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
