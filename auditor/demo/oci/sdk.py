"""What the installed OCI SDK says about itself: its clients, their addresses, its regions.

Only the head of each ``*_client.py`` is read here, so that all 330 clients are known at
little cost; ``routes`` parses the rest of a client when somebody first calls it.
"""

import ast
import importlib.util
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from oci import regions

_HEAD_CHARACTERS = 24_000
_NEXT_METHOD = "\n    def "
_PARSING = threading.Lock()
_DOMAINS = "|".join(sorted({re.escape(domain) for domain in regions.REALMS.values()}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """One client class of the SDK, by the file that it is written in.

    Attributes:
        module: the service's package, such as ``object_storage``.
        base_path: what precedes every path of the client, '' if nothing.
        templates: endpoint templates, empty when the address is that of a resource.
        regional: False when the SDK wants the address from the caller.
    """

    module: str
    name: str
    source: Path
    base_path: str
    templates: tuple[str, ...]
    regional: bool


@dataclass(frozen=True, slots=True)
class Address:
    """A client whose endpoint template fits a host, and the region that the host names."""

    client: Client
    region: str  # '' when the host names none


def root() -> Path:
    """Return the folder that the SDK is installed in.

    Raises:
        ModuleNotFoundError: the SDK is not installed.
    """
    spec = importlib.util.find_spec("oci")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("the OCI SDK is not installed: pip install 'auditor[oci]'")
    return Path(spec.origin).parent


def region_names() -> frozenset[str]:
    """Return the names of all regions that the SDK knows, in every realm."""
    return frozenset(regions.REGIONS)


@cache
def clients() -> tuple[Client, ...]:
    """Return every synchronous client of every service."""
    return tuple(
        client
        for source in sorted(root().glob("*/*_client.py"))
        if source.parent.name != "auth" and not source.name.startswith("async_")
        for client in _read_heads(source)
    )


@cache
def clients_of(module: str) -> tuple[Client, ...]:
    """Return the clients of one service module; empty when the SDK has no such module."""
    return tuple(client for client in clients() if client.module == module)


@lru_cache(maxsize=4096)
def addresses(host: str) -> tuple[Address, ...]:
    """Return every client that answers at ``host``; empty when there is no such host."""
    found: list[Address] = []
    for client, patterns in _host_patterns():
        match = next((hit for hit in (p.fullmatch(host) for p in patterns) if hit), None)
        if match is None:
            continue
        named = match.groupdict()
        region = (named.get("region") or "").lower()
        if not region or _is_in_realm(region, named.get("domain")):
            found.append(Address(client, region))
    return tuple(found)


def _is_in_realm(region: str, domain: str | None) -> bool:
    """Say whether a region exists, under that domain if one is given."""
    realm = regions.REGION_REALMS.get(region)
    return realm is not None and domain in (None, regions.REALMS[realm])


def _read_heads(source: Path) -> Iterator[Client]:
    with source.open(encoding="utf-8") as file:
        text = file.read(_HEAD_CHARACTERS)
    start = text.find(_NEXT_METHOD)
    end = text.find(_NEXT_METHOD, start + 1)
    if end == -1 and len(text) == _HEAD_CHARACTERS:
        text = source.read_text(encoding="utf-8")
        end = text.find(_NEXT_METHOD, start + 1)
    for node in parse_source(text[:end] if end != -1 else text).body:
        if isinstance(node, ast.ClassDef) and node.name.endswith("Client"):
            yield _describe(node, source)


def _describe(node: ast.ClassDef, source: Path) -> Client:
    settings: dict[str, ast.expr] = {}
    for statement in ast.walk(node):
        if (
            isinstance(statement, ast.Assign)
            and isinstance(statement.targets[0], ast.Name)
            and statement.targets[0].id == "base_client_init_kwargs"
        ):
            settings = dict(literal_items(statement.value))
            break
    per_realm = settings.get("service_endpoint_template_per_realm")
    templates = [constant(settings.get("service_endpoint_template"))]
    templates += [constant(value) for _, value in literal_items(per_realm)]
    return Client(
        module=source.parent.name,
        name=node.name,
        source=source,
        base_path=str(constant(settings.get("base_path")) or "").rstrip("/"),
        templates=tuple(str(template) for template in templates if template),
        regional=constant(settings.get("regional_client")) is not False,
    )


def parse_source(text: str) -> ast.Module:
    """Parse source, in one thread at a time: CPython 3.11 fails on several at once."""
    with _PARSING:
        return ast.parse(text)


def constant(node: ast.AST | None) -> object:
    """Return the value of a literal, None when the node is not one."""
    return node.value if isinstance(node, ast.Constant) else None


def literal_items(node: ast.AST | None) -> Iterator[tuple[str, ast.expr]]:
    """Yield the entries of a dict display whose keys are literal strings."""
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            name = constant(key)
            if isinstance(name, str):
                yield name, value


@cache
def _host_patterns() -> tuple[tuple[Client, tuple[re.Pattern[str], ...]], ...]:
    return tuple(
        (client, tuple(host_pattern(template) for template in client.templates))
        for client in clients()
        if client.templates and client.regional
    )


def host_pattern(template: str) -> re.Pattern[str]:
    """Return the pattern of the hosts that an endpoint template can become."""
    host = template.split("://", 1)[-1].split("/", 1)[0]
    parts = re.split(r"\{([^}]+)\}", host)
    text = "".join(
        _placeholder(part) if index % 2 else re.escape(part) for index, part in enumerate(parts)
    )
    return re.compile(text, re.IGNORECASE)


_PLACEHOLDERS: Mapping[str, str] = {
    "region": r"(?P<region>[a-z0-9-]+)",
    "secondLevelDomain": rf"(?P<domain>{_DOMAINS})",
}


def _placeholder(name: str) -> str:
    if name in _PLACEHOLDERS:
        return _PLACEHOLDERS[name]
    if "?" in name:
        choices = name.split("?", 1)[1].split(":")
        return "(?:" + "|".join(re.escape(choice) for choice in choices) + ")"
    if name.endswith("+Dot"):
        return r"(?:[^.]+\.)?"
    return r"[^.]+"
