"""The wire routes of the OCI SDK, read from the source of its clients.

A generated client method states everything that a server must know: the path, the HTTP
method, the query parameters and how lists are written in them, and the type of the answer.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from auditor.demo.oci.sdk import Client, clients_of, constant, literal_items, parse_source

# Reads that are not GETs, and that the simulator answers all the same.
POST_READS = frozenset({"create_kubeconfig", "search_resources", "request_summarized_usages"})

_PARAMETER = re.compile(r"\{([^}]+)\}")
_NEXT_METHOD = "\n    def "
# What a generated method assigns first, in lines of their own.
_VERB = re.compile(r'^        method = "([A-Z]+)"$', re.MULTILINE)
_PATH = re.compile(r'^        resource_path = "([^"]*)"$', re.MULTILINE)
_QUERY = re.compile(r"^        query_params = (\{.*?^        \})$", re.MULTILINE | re.DOTALL)
_RESPONSE = re.compile(r'^ +response_type="([^"]*)"', re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One read operation of one client.

    Attributes:
        path: with the client's base path, parameters in braces.
        parameters: names of the path parameters, in order.
        query: query parameter -> separator of its lists, '' when the parameter is repeated.
        response: the SDK's name of the answer's type, '' when there is no body.
    """

    module: str
    client: str
    operation: str
    method: str
    path: str
    parameters: tuple[str, ...]
    query: Mapping[str, str]
    response: str
    pattern: re.Pattern[str]

    @property
    def name(self) -> str:
        """The operation's full name, such as ``core.BlockstorageClient.list_volumes``."""
        return f"{self.module}.{self.client}.{self.operation}"

    @property
    def literal_length(self) -> int:
        """How many characters of the path are fixed: the longer, the more specific."""
        return len(_PARAMETER.sub("", self.path))

    @property
    def shape(self) -> str:
        """The path with nameless parameters: equal for two routes that would collide."""
        return f"{self.method} {_PARAMETER.sub('{}', self.path)}"


@cache
def routes_of(client: Client) -> tuple[Route, ...]:
    """Return the reads of one client, most specific path first."""
    text = client.source.read_text(encoding="utf-8")
    start = text.index(f"\nclass {client.name}(")
    end = text.find("\nclass ", start + 1)
    # Parsing whole clients would take ten times as long: most methods write, and say it early.
    methods = text[start : end if end != -1 else len(text)].split(_NEXT_METHOD)[1:]
    found = [route for method in methods for route in _read_routes(method, client)]
    return tuple(sorted(found, key=lambda route: -route.literal_length))


@cache
def parameters_of(module: str) -> frozenset[str]:
    """Return every path and query parameter of a service module's reads."""
    return frozenset(
        name
        for client in clients_of(module)
        for route in routes_of(client)
        for name in (*route.parameters, *route.query)
    )


def _read_routes(method: str, client: Client) -> Iterator[Route]:
    """Yield what one method asks for, if it reads."""
    name = method.partition("(")[0]
    verb = _VERB.search(method)
    if verb is None or name.startswith("_"):
        return
    if verb[1] == "GET" or (verb[1] == "POST" and name in POST_READS):
        yield _read_route(name, method, client, verb[1])


def _read_route(name: str, method: str, client: Client, verb: str) -> Route:
    resource, parameters, response = (
        pattern.search(method) for pattern in (_PATH, _QUERY, _RESPONSE)
    )
    path = client.base_path + (resource[1] if resource else "")
    shown = parse_source(parameters[1]).body[0] if parameters else None
    items = literal_items(shown.value if isinstance(shown, ast.Expr) else None)
    return Route(
        module=client.module,
        client=client.name,
        operation=name,
        method=verb,
        path=path,
        parameters=tuple(_PARAMETER.findall(path)),
        query=MappingProxyType({key: _separator(value) for key, value in items}),
        response=response[1] if response else "",
        pattern=_path_pattern(path),
    )


def _path_pattern(path: str) -> re.Pattern[str]:
    literals = _PARAMETER.split(path)[::2]
    return re.compile("([^/]+)".join(re.escape(literal) for literal in literals) + "/?")


def _separator(value: ast.expr) -> str:
    """Return what separates the items of a list parameter ('multi' repeats it instead)."""
    formats = {"csv": ",", "ssv": " ", "tsv": "\t", "pipes": "|"}
    if not isinstance(value, ast.Call) or not value.args:
        return ""
    return formats.get(str(constant(value.args[-1])), "")
