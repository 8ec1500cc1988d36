"""Answers requests as GitHub would, from a described organisation."""

import json
import re
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from auditor.demo.github import (
    rest_alerts,
    rest_organization,
    rest_repositories,
    rest_rules,
    rest_settings,
)
from auditor.demo.github.faults import Fault, refusal
from auditor.demo.github.graph import Context, answer_document
from auditor.demo.github.nouns import Organization
from auditor.demo.github.organization_nodes import root_node
from auditor.demo.github.routes import find_route, link_header
from auditor.model import Json

ROUTES = (
    *rest_organization.ROUTES,
    *rest_repositories.ROUTES,
    *rest_alerts.ROUTES,
    *rest_rules.ROUTES,
    *rest_settings.ROUTES,
)
_SERVER = "/api/v3"  # below which an Enterprise Server answers
_GRAPH = ("/graphql", "/api/graphql")
_SIGNED = re.compile(r"(?:bearer|token) \S+", re.IGNORECASE)
_EXCHANGE = re.compile(r"/app/installations/\d+/access_tokens")
_NAME = re.compile(r"query\s+(\w+)")
_LIMIT = 5000  # calls an hour


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRequest:
    """A request as it came: names of headers are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpAnswer:
    """An answer to send."""

    status: int
    body: Json
    headers: dict[str, str] = field(default_factory=dict)


class Simulator:
    """One organisation on GitHub, as one token sees it. Safe to use from several threads.

    Attributes:
        calls: how often each call was made, as faults name it.
        unplayed: fields of GitHub's schema that were asked for and that nothing answers.
        forbidden: fields such as 'Organization.samlIdentityProvider' that are refused.
    """

    def __init__(self, organization: Organization) -> None:
        """Take an organisation; nothing goes wrong until ``inject``."""
        self.organization = organization
        self.calls: Counter[str] = Counter()
        self.unplayed: set[str] = set()
        self.forbidden: frozenset[str] = frozenset()
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    def inject(self, fault: Fault) -> None:
        """Let something go wrong from now on."""
        self._faults.append(fault)

    def handle(self, request: HttpRequest) -> HttpAnswer:
        """Answer one request."""
        answer = self._answer(request)
        used = min(self.calls.total(), _LIMIT - 1)
        resource = "graphql" if urlsplit(request.target).path in _GRAPH else "core"
        return HttpAnswer(
            status=answer.status,
            body=answer.body,
            headers={
                "x-ratelimit-limit": str(_LIMIT),
                "x-ratelimit-remaining": str(_LIMIT - used),
                "x-ratelimit-used": str(used),
                "x-ratelimit-reset": "4070908800",
                "x-ratelimit-resource": resource,
                "x-github-media-type": "github.v3; format=json",
                "x-github-request-id": f"STAND:IN:{self.calls.total():06X}",
                **answer.headers,
            },
        )

    def _answer(self, request: HttpRequest) -> HttpAnswer:
        parts = urlsplit(request.target)
        path = parts.path.removeprefix(_SERVER)
        if not _SIGNED.fullmatch(request.headers.get("authorization", "")):
            return _refused(401, "Bad credentials")
        if request.method == "POST" and _EXCHANGE.fullmatch(path):
            return _token()
        asked = _read(request) if parts.path in _GRAPH else None
        fault = self._fault(_call(request.method, path, asked))
        if fault is not None:
            return HttpAnswer(status=fault.status, body=fault.body, headers=dict(fault.headers))
        if asked is not None:
            return self._query(asked)
        if request.method != "GET":
            return _refused(405, "The stand-in only reads")
        return self._rest(path, dict(parse_qsl(parts.query)), request)

    def _fault(self, call: str) -> Fault | None:
        with self._lock:
            self.calls[call] += 1
            return next((each for each in self._faults if each.strikes(call)), None)

    def _query(self, asked: Mapping[str, Json]) -> HttpAnswer:
        document, variables = asked.get("query"), asked.get("variables") or {}
        if not isinstance(document, str) or not isinstance(variables, dict):
            return _refused(400, "A query attribute must be specified and must be a string.")
        context = Context(forbidden=self.forbidden, unplayed=self.unplayed.add)
        root = root_node(self.organization)
        return HttpAnswer(status=200, body=answer_document(root, document, variables, context))

    def _rest(self, path: str, query: dict[str, str], request: HttpRequest) -> HttpAnswer:
        found = find_route(ROUTES, path)
        if found is None or not self._exists(found[1]):
            return _refused(404, "Not Found")
        route, placeholders = found
        try:
            body = route.answer(self.organization, {**query, **placeholders})
            if body is None:
                return _refused(404, "Not Found")
            shown, following = route.page(body, query)
        except ValueError:
            return _refused(422, "Validation Failed")
        headers = {}
        if following is not None:
            host = request.headers.get("host", "api.github.com")
            address = f"http://{host}{urlsplit(request.target).path}"
            headers["Link"] = link_header(address, following)
        return HttpAnswer(status=200, body=shown, headers=headers)

    def _exists(self, placeholders: Mapping[str, str]) -> bool:
        owner = placeholders.get("org") or placeholders.get("owner")
        if owner is None:
            return True
        repository = placeholders.get("repo")
        return owner.lower() == self.organization.login and (
            repository is None or repository in self.organization.repositories
        )


def _call(method: str, path: str, asked: Mapping[str, Json] | None) -> str:
    if asked is None:
        return f"{method} {path}"
    name = _NAME.search(str(asked.get("query")))
    return f"query {name[1] if name else ''}"


def _read(request: HttpRequest) -> Mapping[str, Json]:
    try:
        body = json.loads(request.body)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _refused(status: int, message: str) -> HttpAnswer:
    return HttpAnswer(status=status, body=refusal(status, message))


def _token() -> HttpAnswer:
    """Give an app its token, for any key: whose key it is, is not what is tried here."""
    token: Json = {"token": "ghs_standin", "expires_at": "2099-01-01T00:00:00Z", "permissions": {}}
    return HttpAnswer(status=201, body=token)
