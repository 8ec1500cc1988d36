"""What may leave for GitHub: reads, our own queries, and an App's exchange of its key."""

import re
from typing import Any
from urllib.parse import urlsplit

from auditor.collect.github.queries import DOCUMENTS
from auditor.errors import CollectionError

_TOKEN = re.compile(r"/app/installations/\d+/access_tokens", re.ASCII)
_OPERATION = re.compile(r"GET (/[a-z0-9_{}/-]+)", re.ASCII)


def is_read(service: str, operation: str) -> bool:
    """Whether a call reads: a GET of the REST API, or a query of ours by its name."""
    if service == "graphql":
        return operation in DOCUMENTS
    return service == "rest" and _OPERATION.fullmatch(operation) is not None


class Reads:
    """Looks at every request before it leaves, those of a redirect and of signing in included."""

    def __init__(self, rest: str, graph: str) -> None:
        """Take the base address of the REST API and the address of queries."""
        self._origin = _origin(rest)
        self._base = urlsplit(rest).path.rstrip("/")
        self._graph = urlsplit(graph).path

    def check(self, request: Any) -> None:
        """Let a request pass.

        Raises:
            CollectionError: it writes, or would leave for another host.
        """
        address = urlsplit(str(request.url))
        if _origin(str(request.url)) != self._origin:
            raise CollectionError(f"a redirect to {address.netloc} was not followed")
        if request.method == "GET":
            return
        own = address.path.removeprefix(self._base)
        if request.method == "POST" and (address.path == self._graph or _TOKEN.fullmatch(own)):
            return
        raise CollectionError(f"{request.method} {address.path} is no read")


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc
