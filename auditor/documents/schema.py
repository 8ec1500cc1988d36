"""Finds what a pydantic model allows at one place of a document."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from auditor.documents.document import Location

Schema = dict[str, Any]  # JSON Schema as pydantic writes it


def allowed_keys(model: type[BaseModel], location: Location) -> tuple[str, ...]:
    """Return the settings that may stand in the mapping at ``location``, sorted."""
    names = {name for node in _nodes_at(model, location) for name in node.get("properties", {})}
    return tuple(sorted(names))


def allowed_values(model: type[BaseModel], location: Location) -> tuple[str, ...]:
    """Return the values that may stand at ``location``, as text, in the model's order."""
    values: dict[str, None] = {}
    for node in _nodes_at(model, location):
        for value in node.get("enum", [node["const"]] if "const" in node else []):
            values[str(value)] = None
    return tuple(values)


def _nodes_at(model: type[BaseModel], location: Location) -> list[Schema]:
    root = model.model_json_schema()
    nodes = list(_branches(root, root))
    for step in location:
        nodes = [
            branch
            for node in nodes
            for child in _child(node, step)
            for branch in _branches(root, child)
        ]
    return nodes


def _child(node: Schema, step: str | int) -> Iterator[Schema]:
    if isinstance(step, int):
        found = node.get("items")
    else:
        found = node.get("properties", {}).get(step, node.get("additionalProperties"))
        yield from node.get("patternProperties", {}).values()  # of maps whose names have a form
    if isinstance(found, dict):
        yield found


def _branches(root: Schema, node: Schema) -> Iterator[Schema]:
    if "$ref" in node:
        node = root["$defs"][node["$ref"].rpartition("/")[2]]
    yield node
    for key in ("anyOf", "oneOf", "allOf"):
        for branch in node.get(key, ()):
            yield from _branches(root, branch)
