"""Takes one page at a time, as botocore's own ``paginators-1`` data says how.

botocore's paginators keep the token to themselves and ask for all pages in one go; the evidence
wants each page as its own record. Where that data leaves an operation out, its model tells: a page
that was never asked for would read as nothing there.

Source: the ``paginators-1.json`` and ``service-2.json`` of each service in botocore.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import jmespath

from auditor.model import Json

# What takes a token, and what gives the next one.
_TOKENS = (
    ("NextToken", "NextToken"),
    ("nextToken", "nextToken"),
    ("NextPageToken", "NextPageToken"),
    ("PaginationToken", "PaginationToken"),
    ("pageToken", "nextPageToken"),
    ("PageToken", "NextPageToken"),
    ("ContinuationToken", "NextContinuationToken"),
    ("Marker", "NextMarker"),
    ("NextMarker", "NextMarker"),
    ("Marker", "Marker"),
    ("Token", "NextToken"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """How one operation is paged.

    Attributes:
        inputs: parameters that take the token.
        outputs: expressions that find in an answer what goes into each of them.
        more: expression that says whether there are further pages; None if only a token does.
    """

    inputs: tuple[str, ...]
    outputs: tuple[Any, ...]
    more: Any = None

    @classmethod
    def from_data(cls, data: Mapping[str, Json]) -> Self:
        """Read one operation's entry of ``paginators-1``."""
        more = data.get("more_results")
        return cls(
            inputs=_several(data["input_token"]),
            outputs=tuple(jmespath.compile(path) for path in _several(data["output_token"])),
            more=jmespath.compile(more) if more else None,
        )

    @classmethod
    def from_model(cls, model: Mapping[str, Json], operation: str) -> Self | None:
        """Read how an operation is paged from a service's model; None if it is not."""
        about = model["operations"].get(operation, {})
        given = _members(model, about.get("input"))
        answered = _members(model, about.get("output"))
        for takes, gives in _TOKENS:
            path = _find(model, answered, gives) if takes in given else ""
            if path:
                return cls(inputs=(takes,), outputs=(jmespath.compile(path),))
        return None

    def next_token(self, body: Json) -> dict[str, Json] | None:
        """Return the parameters that ask for the next page, None if this was the last."""
        if self.more is not None and not self.more.search(body):
            return None
        found = {
            name: path.search(body) for name, path in zip(self.inputs, self.outputs, strict=True)
        }
        return {name: value for name, value in found.items() if value not in (None, "")} or None


def _members(model: Mapping[str, Json], reference: Json) -> Mapping[str, Json]:
    """Return the members of a shape that another part of the model refers to."""
    name = (reference or {}).get("shape")
    members: Mapping[str, Json] = model["shapes"].get(name, {}).get("members", {})
    return members


def _find(model: Mapping[str, Json], members: Mapping[str, Json], name: str) -> str:
    """Return the path to a member: at the top, or in the one member that there is; '' if none."""
    if name in members:
        return name
    (only, *others) = members or [""]
    inner = {} if others or not only else _members(model, members[only])
    return f"{only}.{name}" if name in inner else ""


def with_empty_lists(client: Any, operation: str, body: dict[str, Json]) -> dict[str, Json]:
    """Return an answer with the lists that its wire format leaves out when they are empty.

    A flattened list has no element of its own: without items, nothing of it is sent. Any other
    list that is missing stays so.
    """
    shape = client.meta.service_model.operation_model(operation).output_shape
    for name, member in shape.members.items() if shape else ():
        if member.type_name == "list" and member.serialization.get("flattened"):
            body.setdefault(name, [])
    return body


def _several(value: Json) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
