"""Pages of GraphQL connections, with the limits that GitHub sets on them.

Source: GitHub's documentation, "Using pagination in the GraphQL API" and "Rate limits and query
limits for the GraphQL API".
"""

from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from auditor.demo.github.graph import Node, RefusedError

_LARGEST = 100  # items of a page
T = TypeVar("T")


def connection(
    items: Sequence[T],
    node: Callable[[T], Node],
    *,
    edge: Callable[[T], Node] = lambda _: {},
    name: str = "items",
) -> Callable[..., Node]:
    """Return a field that hands out items page by page.

    Args:
        edge: further members of the edge to an item, such as its permission.
        name: what an error calls the connection.
    """

    def field(
        first: int | None = None, last: int | None = None, after: str | None = None, **_: Any
    ) -> Node:
        def cut() -> tuple[int, Sequence[T]]:
            size = _size(first, last, name)
            start = _position(after) if after else 0
            if last is not None:
                start = max(len(items) - size, 0)
            return start, items[start : start + size]

        def edges(**_: Any) -> list[Node]:
            start, page = cut()
            return [
                {"cursor": _cursor(start + index + 1), "node": node(item), **edge(item)}
                for index, item in enumerate(page)
            ]

        return {
            "totalCount": len(items),
            "pageInfo": lambda: _page_info(*cut(), len(items)),
            "nodes": lambda: [node(item) for item in cut()[1]],
            "edges": edges,
        }

    return field


def _size(first: int | None, last: int | None, name: str) -> int:
    if first is None and last is None:
        raise RefusedError(
            "MISSING_PAGINATION_BOUNDARIES",
            f"You must provide a `first` or `last` value to properly paginate the `{name}` "
            "connection.",
        )
    size = first if first is not None else (last or 0)
    if size > _LARGEST:
        raise RefusedError(
            "EXCESSIVE_PAGINATION",
            f"Requesting {size} records on the `{name}` connection exceeds the `first` limit of "
            f"{_LARGEST} records.",
        )
    return size


def _page_info(start: int, page: Sequence[object], total: int) -> Mapping[str, Any]:
    count = len(page)
    return {
        "hasNextPage": start + count < total,
        "hasPreviousPage": start > 0,
        "startCursor": _cursor(start + 1) if count else None,
        "endCursor": _cursor(start + count) if count else None,
    }


def _cursor(position: int) -> str:
    return b64encode(f"cursor:v2:{position}".encode()).decode()


def _position(cursor: str) -> int:
    try:
        return int(b64decode(cursor, validate=True).decode().removeprefix("cursor:v2:"))
    except (Error, ValueError) as error:
        raise RefusedError(
            "INVALID_CURSOR_ARGUMENTS", f"`{cursor}` does not appear to be a valid cursor."
        ) from error
