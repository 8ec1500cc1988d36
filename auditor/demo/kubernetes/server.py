"""Puts clusters on loopback ports, under the names that clients know them by.

Clients are unchanged: they look up the name of a cluster, which leads to a port of 127.0.0.1, and
check its certificate against the authority that the cloud has told them.
"""

import base64
import http.server
import json
import socket
import ssl
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from auditor.collect.kubernetes.calls import READS
from auditor.demo.loopback import LoopbackServer, listening
from auditor.demo.oci.authority import Authority
from auditor.model import Json

_RESOURCES = {read.path: read for read in READS.values()}
_lock = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes over the wire."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Cluster:
    """One cluster behind its API.

    Attributes:
        host: name or address that clients know it by.
        objects: what there is, by the word of the list: 'pods'.
        lets_in: whether a token opens it.
        page_size: objects on a page at most, whatever is asked for.
        refused: lists that who is let in may not see.
        faults: answers to give before any other, in order.
        asked: methods and targets of all requests.
    """

    host: str
    objects: Mapping[str, Sequence[Json]] = field(default_factory=dict)
    lets_in: Callable[[str], bool] = lambda _: True
    page_size: int = 500
    refused: frozenset[str] = frozenset()
    faults: list[Answer] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def answer(self, method: str, target: str, bearer: str) -> Answer:
        """Answer one request."""
        self.asked.append(f"{method} {target}")
        if self.faults:
            return self.faults.pop(0)
        parts = urlsplit(target)
        read = _RESOURCES.get(parts.path)
        if not self.lets_in(bearer):
            return refusal(401, "Unauthorized", "Unauthorized")
        if read is None or method != "GET":
            return refusal(404, "NotFound", "the server could not find the requested resource")
        if read.resource in self.refused:
            return refusal(403, "Forbidden", f"{read.resource} is forbidden: cannot list")
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        size = min(int(query.get("limit", self.page_size)), self.page_size)
        start = int(query.get("continue", "0"))
        several = self.objects.get(read.resource, ())
        following = str(start + size) if start + size < len(several) else ""
        page = {
            "kind": read.kind,
            "apiVersion": "v1",
            "metadata": {"resourceVersion": "1", "continue": following},
            "items": list(several[start : start + size]),
        }
        return Answer(status=200, body=json.dumps(page).encode())


def refusal(status: int, reason: str, message: str) -> Answer:
    """Return a refusal in the API's own words."""
    said = {"kind": "Status", "status": "Failure", "reason": reason, "message": message}
    return Answer(status=status, body=json.dumps({**said, "code": status}).encode())


@contextmanager
def serving(*clusters: Cluster) -> Iterator[str]:
    """Serve clusters until the block ends; yields their authority, in base64, as clouds tell it."""
    with (
        tempfile.TemporaryDirectory(prefix="simulated-kubernetes-") as folder,
        ExitStack() as stack,
    ):
        authority = Authority(Path(folder))
        ports = {
            each.host: stack.enter_context(
                listening(_Server(each, authority.context(each.host)))
            ).server_port
            for each in clusters
        }
        stack.enter_context(resolving(ports))
        yield base64.b64encode(authority.certificate_file.read_bytes()).decode()


@contextmanager
def resolving(ports: Mapping[str, int]) -> Iterator[None]:
    """Let names lead to ports of 127.0.0.1; port 0 says that there is no such name."""
    look_up = socket.getaddrinfo

    def getaddrinfo(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in ports:
            return look_up(host, port, *args, **kwargs)
        if not ports[host]:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return look_up("127.0.0.1", ports[host], *args, **kwargs)

    with _lock:
        socket.getaddrinfo = getaddrinfo
    try:
        yield
    finally:
        with _lock:
            socket.getaddrinfo = look_up


class _Server(LoopbackServer):
    def __init__(self, cluster: Cluster, context: ssl.SSLContext) -> None:
        super().__init__(_Handler)
        self.cluster = cluster
        self._context = context

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Speak TLS, in the thread of the request."""
        request.settimeout(10)
        with self._context.wrap_socket(request, server_side=True) as tunnel:
            super().finish_request(tunnel, client_address)


class _Handler(http.server.BaseHTTPRequestHandler):
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing: the cluster notes what is asked."""

    def _relay(self) -> None:
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
        answer = self.server.cluster.answer(self.command, self.path, bearer)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = _relay  # noqa: N815
