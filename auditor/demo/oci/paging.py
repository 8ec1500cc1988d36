"""Pages of a listing: ``limit`` and ``page`` in, ``opc-next-page`` out.

Source: https://docs.oracle.com/en-us/iaas/Content/API/Concepts/usingapi.htm (List Pagination)
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from auditor.demo.oci.wire import invalid_parameter

LARGEST_PAGE = 1000  # objects; what most OCI listings allow
_TOKEN = re.compile(r"([0-9]{1,9})\.([0-9a-f]{16})")
_WHOLE = re.compile(r"[0-9]{1,9}")
T = TypeVar("T")

Query = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of a listing; ``next_token`` is '' on the last page."""

    items: Sequence[T]
    next_token: str


def cut_page(items: Sequence[T], query: Query, listing: str, largest: int) -> Page[T]:
    """Return the page that a request asks for.

    Args:
        listing: names the operation and place; a token of another listing is refused.
        largest: objects on one page at most, whatever the request asks for.

    Raises:
        ServiceError: 400 InvalidParameter for a bad limit or token.
    """
    size = min(read_limit(query, "limit", largest), largest)
    digest = _digest(query, listing)
    start = _read_token(query.get("page", [""])[0], digest, len(items))
    end = start + size
    return Page(items[start:end], f"{end}.{digest}" if end < len(items) else "")


def read_limit(query: Query, name: str, default: int) -> int:
    """Return a number of objects.

    Raises:
        ServiceError: 400 InvalidParameter unless it is within 1 and LARGEST_PAGE.
    """
    text = query.get(name, [str(default)])[0]
    if not _WHOLE.fullmatch(text) or not 1 <= int(text) <= LARGEST_PAGE:
        raise invalid_parameter(f"{name} must be a whole number from 1 to {LARGEST_PAGE}")
    return int(text)


def _read_token(token: str, digest: str, count: int) -> int:
    if not token:
        return 0
    match = _TOKEN.fullmatch(token)
    if match is None or match[2] != digest or not 0 < int(match[1]) < count:
        raise invalid_parameter("page is not a token of this listing")
    return int(match[1])


def _digest(query: Query, listing: str) -> str:
    filters = sorted((k, list(v)) for k, v in query.items() if k not in ("limit", "page"))
    return hashlib.sha256(repr((listing, filters)).encode()).hexdigest()[:16]
