"""What goes over the wire: a request, an answer, and an error in the shape that OCI gives it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from auditor.model import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRequest:
    """One HTTP request.

    Attributes:
        host: the host that it is for; it may differ from the Host header (see ``server``).
        target: the path with its query, as signed.
        headers: with names in lower case.
    """

    method: str
    host: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""
    prefix: str = ""  # what precedes the path when a server stands for several hosts

    @property
    def path(self) -> str:
        """The path alone, still percent-encoded."""
        return self.target.partition("?")[0].removeprefix(self.prefix)

    @property
    def query(self) -> dict[str, list[str]]:
        """The decoded query parameters."""
        return parse_qs(self.target.partition("?")[2], keep_blank_values=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpAnswer:
    """One HTTP answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Success:
    """What an operation gives when it works: a JSON body and headers of its own."""

    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def list_of(key: str, views: Iterable[bytes], next_token: str, extra: bytes = b"") -> Success:
    """Return a page of objects that are JSON already.

    Args:
        key: JSON name of the list inside the answer, '' when the answer is the list.
        extra: more members of the answer, each after a comma.
    """
    body = b"[" + b",".join(views) + b"]"
    if key:
        body = b'{"' + key.encode() + b'":' + body + extra + b"}"
    return Success(body=body, headers={"opc-next-page": next_token} if next_token else {})


class ServiceError(Exception):
    """A refusal by the simulated cloud.

    Source: https://docs.oracle.com/en-us/iaas/Content/API/References/apierrors.htm
    """

    def __init__(
        self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})

    @property
    def body(self) -> bytes:
        """The error as OCI writes it."""
        return json.dumps({"code": self.code, "message": self.message}).encode()


class NoSuchHostError(Exception):
    """The simulated cloud has no such host: a client sees a failed name look-up."""


class DisconnectedError(Exception):
    """The connection breaks before an answer comes."""


def not_found() -> ServiceError:
    """Return how OCI refuses what does not exist and what may not be seen, alike."""
    message = "Authorization failed or requested resource not found."
    return ServiceError(404, "NotAuthorizedOrNotFound", message)


def invalid_parameter(message: str) -> ServiceError:
    """Return how OCI refuses a parameter."""
    return ServiceError(400, "InvalidParameter", message)


def read_body(body: bytes) -> Mapping[str, Json]:
    """Return the object that a body holds.

    Raises:
        ServiceError: 400 when it holds none.
    """
    try:
        read: Json = json.loads(body)
    except (ValueError, RecursionError):
        raise invalid_parameter("the body is not JSON") from None
    if not isinstance(read, dict):
        raise invalid_parameter("the body is not an object")
    return read
