"""Routes of the REST API: which path is answered with what, and how its lists are paged.

A function of a route takes the organisation and the parameters of path and query, and returns the
whole answer, or None where GitHub says "Not Found".
Source: https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlencode

from auditor.demo.github.nouns import Organization
from auditor.model import Json

Asked = Mapping[str, str]
_LARGEST, _USUAL = 100, 30


@dataclass(frozen=True, kw_only=True)
class Route:
    """One path that is answered.

    Attributes:
        path: with placeholders, as in GitHub's description: '/orgs/{org}/audit-log'.
        list_at: member that holds the list; '.' if the answer is the list, '' if there is none.
        by_cursor: pages are asked for with ``after``, not with ``page``.
    """

    path: str
    answer: Callable[[Organization, Asked], Json]
    list_at: str = ""
    by_cursor: bool = False

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(self.path)))

    def match(self, path: str) -> dict[str, str] | None:
        """Return the placeholders' values, if a path is of this route."""
        found = self._pattern.fullmatch(path)
        return {key: unquote(value) for key, value in found.groupdict().items()} if found else None

    def page(self, body: Json, query: Mapping[str, str]) -> tuple[Json, dict[str, str] | None]:
        """Return one page of an answer, and the query that asks for the next; None at the end."""
        if not self.list_at:
            return body, None
        whole = body if self.list_at == "." else _member(body, self.list_at)
        assert isinstance(whole, list)
        size = min(int(query.get("per_page", _USUAL)), _LARGEST)
        start = self._start(query, size)
        part: Json = whole[start : start + size]
        shown = part if self.list_at == "." else {**_object(body), self.list_at: part}
        if start + size >= len(whole):
            return shown, None
        mark = {"after": str(start + size)} if self.by_cursor else {"page": str(start // size + 2)}
        return shown, {**query, **mark}

    def _start(self, query: Mapping[str, str], size: int) -> int:
        if self.by_cursor:
            return int(query.get("after") or 0)
        return (int(query.get("page", 1)) - 1) * size


def link_header(address: str, query: Mapping[str, str]) -> str:
    """Return the value of a Link header that leads to the next page."""
    return f'<{address}?{urlencode(query)}>; rel="next"'


def find_route(routes: Sequence[Route], path: str) -> tuple[Route, dict[str, str]] | None:
    """Return the route of a path, with the placeholders' values; None if there is none."""
    for route in routes:
        found = route.match(path)
        if found is not None:
            return route, found
    return None


def _object(body: Json) -> Mapping[str, Json]:
    assert isinstance(body, dict)
    return body


def _member(body: Json, name: str) -> Json:
    return _object(body)[name]
