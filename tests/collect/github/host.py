"""A host on a loopback port that answers what a test tells it to, and the door to it."""

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from auditor.collect.github.client import GithubDoor
from auditor.model import Json, Request, Target


@dataclass(slots=True, kw_only=True)
class Reply:
    """One answer: of the REST API, or to a query."""

    status: int = 200
    body: Json = None
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None


@dataclass(slots=True, kw_only=True)
class Seen:
    """One request as it came."""

    method: str
    path: str
    body: Json
    headers: dict[str, str]


class Host(http.server.ThreadingHTTPServer):
    """Gives its replies in order, the last one again and again."""

    daemon_threads = True

    def __init__(self, replies: list[Reply]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies = replies
        self.seen: list[Seen] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Host

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""

    def _reply(self) -> None:
        content = self.rfile.read(int(self.headers.get("content-length") or 0))
        self.server.seen.append(
            Seen(
                method=self.command,
                path=self.path,
                body=json.loads(content) if content else None,
                headers={name.lower(): value for name, value in self.headers.items()},
            )
        )
        replies = self.server.replies
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        body = json.dumps(reply.body).encode() if reply.raw is None else reply.raw
        self.send_response(reply.status)
        for name, value in {**reply.headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = _reply  # noqa: N815


@dataclass(slots=True, kw_only=True)
class Visit:
    """A door, the host behind it, and how long the door waited."""

    door: GithubDoor
    host: Host
    waits: list[float]


@contextmanager
def visiting(*replies: Reply, **options: str) -> Iterator[Visit]:
    """Open the door to a host that gives these replies."""
    host = Host(list(replies))
    thread = threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    waits: list[float] = []
    target = Target(
        name="here",
        provider="github",
        options={"organization": "acme", "host": host.url, **options},
    )
    door = GithubDoor(target, wait=waits.append)
    try:
        yield Visit(door=door, host=host, waits=waits)
    finally:
        door.close()
        host.shutdown()
        thread.join()
        host.server_close()


def rest(operation: str, token: Json = None, **parameters: Json) -> Request:
    """Return a request of the REST API."""
    return _request("rest", operation, parameters, token)


def graph(operation: str, token: Json = None, **parameters: Json) -> Request:
    """Return a query."""
    return _request("graphql", operation, parameters, token)


def _request(service: str, operation: str, parameters: dict[str, Json], token: Json) -> Request:
    return Request(
        collector="github.x.y",
        place={"target": "here"},
        step="l0",
        service=service,
        operation=operation,
        parameters=parameters,
        token=token,
    )
