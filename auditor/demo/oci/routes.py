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
POST_READS = frozenset({"search_resources", "request_summarized_usages"})

_PARAMETER = re.compile(r"\{([^}]+)\}")


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
    tree = parse_source(client.source.read_text(encoding="utf-8"))
    found = [
        route
        for node in tree.body
        if isinstance(node, ast.ClassDef) and node.name == client.name
        for route in _read_routes(node, client)
    ]
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


def _read_routes(node: ast.ClassDef, client: Client) -> Iterator[Route]:
    for method in node.body:
        if not isinstance(method, ast.FunctionDef) or method.name.startswith("_"):
            continue
        assigned = _assignments(method)
        verb = constant(assigned.get("method"))
        if verb == "GET" or (verb == "POST" and method.name in POST_READS):
            yield _read_route(method, client, str(verb), assigned)


def _assignments(method: ast.FunctionDef) -> dict[str, ast.expr]:
    """Return what a method assigns at its top level; a dict display wins over its filtering."""
    assigned: dict[str, ast.expr] = {}
    for statement in method.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            name = statement.targets[0].id
            if name not in assigned:
                assigned[name] = statement.value
    return assigned


def _read_route(
    method: ast.FunctionDef, client: Client, verb: str, assigned: Mapping[str, ast.expr]
) -> Route:
    path = client.base_path + str(constant(assigned.get("resource_path")) or "")
    query = {name: _separator(value) for name, value in literal_items(assigned.get("query_params"))}
    return Route(
        module=client.module,
        client=client.name,
        operation=method.name,
        method=verb,
        path=path,
        parameters=tuple(_PARAMETER.findall(path)),
        query=MappingProxyType(query),
        response=_response_type(method.body[-1]),
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


def _response_type(statement: ast.stmt) -> str:
    for node in ast.walk(statement):
        if isinstance(node, ast.keyword) and node.arg == "response_type":
            return str(constant(node.value) or "")
    return ""
