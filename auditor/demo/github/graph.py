"""Executes GraphQL documents over plain nodes, held to the schema that GitHub publishes.

A node is a mapping from a field of its type to a value, or to a function of the field's
arguments. What the schema has no field for is refused as GitHub refuses it; what it has one for
and a node has not is an error of the stand-in, which names it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLResolveInfo,
    GraphQLSchema,
    OperationType,
    build_schema,
    execute_sync,
    parse,
    validate,
)
from graphql.utilities import get_operation_ast

from auditor.demo.github.costs import MOST_NODES, requested_nodes

SCHEMA = Path(__file__).with_name("schema.graphql")
Node = Mapping[str, Any]


class RefusedError(Exception):
    """A field is not answered; ``kind`` is GitHub's word for why, such as 'NOT_FOUND'."""

    def __init__(self, kind: str, message: str) -> None:
        """Take the word and a sentence."""
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for one document.

    Attributes:
        forbidden: fields such as 'Organization.samlIdentityProvider' that are refused.
        unplayed: is told of fields that the schema has and no node answers.
    """

    forbidden: frozenset[str] = frozenset()
    unplayed: Callable[[str], None] = field(default=lambda _: None)


@cache
def published_schema() -> GraphQLSchema:
    """Return the part of GitHub's schema that is kept beside this module."""
    return build_schema(SCHEMA.read_text(encoding="utf-8"))


def answer_document(
    root: Node, document: str, variables: Mapping[str, Any], context: Context
) -> dict[str, Any]:
    """Return what GitHub would answer to a document: members ``data``, ``errors`` or both."""
    schema = published_schema()
    try:
        parsed = parse(document)
    except GraphQLError as error:
        return {"errors": [_shown(error)]}
    operation = get_operation_ast(parsed)
    if operation is None or operation.operation is not OperationType.QUERY:
        return {"errors": [{"type": "FORBIDDEN", "message": "Only one query is answered here."}]}
    faults = validate(schema, parsed)
    if faults:
        return {"errors": [_shown(fault) for fault in faults]}
    nodes = requested_nodes(parsed, variables)
    if nodes > MOST_NODES:
        message = f"This query requests up to {nodes:,} possible nodes, of {MOST_NODES:,} at most."
        return {"errors": [{"type": "MAX_NODE_LIMIT_EXCEEDED", "message": message}]}
    result = execute_sync(
        schema,
        parsed,
        root,
        context,
        dict(variables),
        field_resolver=_resolve,
        type_resolver=_type_of,
    )
    return _written(result)


def _resolve(node: Node, info: GraphQLResolveInfo[Context], **arguments: Any) -> Any:
    name = f"{info.parent_type.name}.{info.field_name}"
    context = info.context
    if name in context.forbidden:
        raise RefusedError("FORBIDDEN", "Resource not accessible by integration")
    if info.field_name not in node:
        context.unplayed(name)
        raise RefusedError("NOT_PLAYED", f"the stand-in has no {name}")
    value = node[info.field_name]
    return value(**arguments) if callable(value) else value


def _type_of(node: Node, *_: object) -> str:
    return str(node["__typename"])


def _written(result: ExecutionResult) -> dict[str, Any]:
    answer: dict[str, Any] = {"data": result.data}
    if result.errors:
        answer["errors"] = [_shown(error) for error in result.errors]
    return answer


def _shown(error: GraphQLError) -> dict[str, Any]:
    shown: dict[str, Any] = {"message": error.message}
    if isinstance(error.original_error, RefusedError):
        shown["type"] = error.original_error.kind
    if error.path:
        shown["path"] = list(error.path)
    if error.locations:
        shown["locations"] = [
            {"line": place.line, "column": place.column} for place in error.locations
        ]
    return shown
