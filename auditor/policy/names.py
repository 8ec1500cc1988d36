"""The names that an expression may use, in a pack and in one of its controls."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sqlglot import exp

from auditor.policy.vocabulary import BUILT_IN_PARAMETERS, aliases, all_aliases, column_types


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What an expression may speak of.

    Attributes:
        tables: alias -> (column -> DuckDB type).
        terms: term -> its parsed expression.
        parameters: parameter -> DuckDB type.
        broken: terms whose definition is at fault; not reported again where they are used.
    """

    tables: Mapping[str, Mapping[str, str]]
    terms: Mapping[str, exp.Expression] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()


def pack_names(terms: Mapping[str, exp.Expression], parameters: Iterable[tuple[str, str]]) -> Names:
    """What terms may use: every alias, every term and every parameter (name, type)."""
    return Names(
        tables={alias: column_types(table) for alias, table in all_aliases().items()},
        terms=terms,
        parameters={name: kind for name, (kind, _) in BUILT_IN_PARAMETERS.items()}
        | dict(parameters),
    )


def control_names(names: Names, table: str) -> Names:
    """What a control over ``table`` may use: the row itself and the rows that it leads to."""
    tables = {alias: column_types(of) for alias, of in aliases(table).items()}
    return replace(names, tables=tables)
