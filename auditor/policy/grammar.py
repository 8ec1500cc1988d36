"""The parts of SQL that a policy may be made of; whatever is not here is refused."""

from collections.abc import Mapping

from sqlglot import exp

FUNCTION_NODES: Mapping[type[exp.Expression], str] = {
    exp.ArrayContains: "list_contains",
    exp.ArrayOverlaps: "list_has_any",
    exp.ArrayContainsAll: "list_has_all",
    exp.StartsWith: "starts_with",
    exp.EndsWith: "ends_with",
    exp.Contains: "contains",
    exp.Lower: "lower",
    exp.Upper: "upper",
    exp.Length: "length",
}
COMPARISONS: Mapping[type[exp.Expression], str] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
CONNECTIVES: Mapping[type[exp.Expression], str] = {exp.And: "AND", exp.Or: "OR"}
FORBIDDEN_HINTS: Mapping[type[exp.Expression], str] = {
    exp.Is: "a policy cannot see whether a value is unknown; leave the test out",
    exp.NullSafeEQ: "write = or <>",
    exp.NullSafeNEQ: "write = or <>",
    exp.Coalesce: "a policy cannot see whether a value is unknown; leave the default out",
    exp.Null: "a policy cannot see whether a value is unknown",
    exp.Any: "write list_contains(list, value)",
    exp.Case: "write it with and, or, not",
    exp.If: "write it with and, or, not",
    exp.Subquery: "use an alias such as store.country to reach another table",
    exp.Select: "use an alias such as store.country to reach another table",
    exp.Cast: "compare values of one type; dates are ISO 8601 text and compare as text",
}


NODE_PARTS: Mapping[type[exp.Expression], set[str]] = {
    exp.Not: {"this"},
    exp.Paren: {"this"},
    exp.Between: {"this", "low", "high"},
    exp.In: {"this", "field", "expressions"},
    exp.Like: {"this", "expression", "negate"},
    exp.Literal: {"this", "is_string"},
    exp.Neg: {"this"},
    exp.Boolean: {"this"},
    exp.Placeholder: {"this"},
    exp.Column: {"this", "table"},
}


def has_only(node: exp.Expression, parts: set[str]) -> bool:
    """Whether the parser put nothing into the node that would be lost in writing it."""
    return all(part in parts for part, value in node.args.items() if value)
