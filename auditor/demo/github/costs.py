"""How many nodes a query asks for at most, as GitHub counts them before it answers.

Source: https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
"""

from collections.abc import Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
)

MOST_NODES = 500_000


def requested_nodes(document: DocumentNode, variables: Mapping[str, Any]) -> int:
    """Return the sum over all connections of their pages, times those around them."""
    fragments = {
        each.name.value: each.selection_set
        for each in document.definitions
        if isinstance(each, FragmentDefinitionNode)
    }

    def count(selections: SelectionSetNode | None, around: int) -> int:
        total = 0
        for each in selections.selections if selections else ():
            if isinstance(each, FragmentSpreadNode):
                total += count(fragments.get(each.name.value), around)
            elif isinstance(each, InlineFragmentNode):
                total += count(each.selection_set, around)
            elif isinstance(each, FieldNode):
                size = _size(each, variables)
                inside = around * (size or 1)
                total += (inside if size else 0) + count(each.selection_set, inside)
        return total

    return sum(
        count(each.selection_set, 1)
        for each in document.definitions
        if isinstance(each, OperationDefinitionNode)
    )


def _size(field: FieldNode, variables: Mapping[str, Any]) -> int:
    """Return how many items a field asks for at most; 0 if it is no connection."""
    for argument in field.arguments or ():
        if argument.name.value in ("first", "last"):
            value = argument.value
            if isinstance(value, IntValueNode):
                return int(value.value)
            if isinstance(value, VariableNode):
                return int(variables.get(value.name.value) or 0)
    return 0
