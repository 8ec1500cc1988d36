"""Addresses of GitHub and of GitHub Enterprise Servers, and the ids that rows have of them.

Sources: https://docs.github.com/en/rest/using-the-rest-api and
https://docs.github.com/en/enterprise-server/rest/using-the-rest-api
"""

from urllib.parse import quote, urlsplit

PUBLIC = "github.com"
_RESIDENT = ".ghe.com"  # GitHub Enterprise Cloud with data residency


def host_of(address: str | None) -> str:
    """Return the host in ids: of a server's address, or GitHub's own."""
    return (urlsplit(address).hostname or PUBLIC) if address else PUBLIC


def in_the_clear(address: str) -> bool:
    """Whether what is sent to an address can be read on the way."""
    parts = urlsplit(address)
    return parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "::1", "localhost")


def rest_address(address: str | None) -> str:
    """Return the base address of the REST API, with a slash at its end."""
    host = host_of(address)
    if not address or host == PUBLIC:
        return "https://api.github.com/"
    if host.endswith(_RESIDENT):
        return f"https://api.{host}/"
    return f"{_origin(address)}/api/v3/"


def graph_address(address: str | None) -> str:
    """Return the address that queries are sent to."""
    host = host_of(address)
    if not address or host == PUBLIC:
        return "https://api.github.com/graphql"
    if host.endswith(_RESIDENT):
        return f"https://api.{host}/graphql"
    return f"{_origin(address)}/api/graphql"


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def filled(path: str, parameters: dict[str, object]) -> tuple[str, dict[str, object]]:
    """Return a path with its placeholders filled in, and the parameters that are left over.

    Raises:
        KeyError: a placeholder has no parameter.
    """
    rest = dict(parameters)
    parts = []
    for part in path.strip("/").split("/"):
        if part.startswith("{") and part.endswith("}"):
            part = quote(str(rest.pop(part[1:-1])), safe=":")
            if part in (".", ".."):
                raise KeyError(part)
        parts.append(part)
    return "/".join(parts), rest
