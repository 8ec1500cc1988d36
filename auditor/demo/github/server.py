"""Puts the stand-in on a loopback port, for unchanged clients.

A client that is given ``Server.url`` as the address of an Enterprise Server asks below
``/api/v3`` and ``/api/graphql``; one that takes it for GitHub's own API asks below ``/``.
"""

import http.server
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from auditor.demo.github.simulator import HttpRequest, Simulator
from auditor.demo.loopback import LoopbackServer, listening

TOKEN = "ghp_stand_in"
_LARGEST_BODY = 1 << 20  # bytes


class Server(LoopbackServer):
    """A stand-in on a port of 127.0.0.1.

    Attributes:
        simulator: it may be replaced between requests.
    """

    def __init__(self, simulator: Simulator) -> None:
        """Take a free port; ``serving`` also starts to listen on it."""
        super().__init__(_Handler)
        self.simulator = simulator


@contextmanager
def serving(simulator: Simulator) -> Iterator[Server]:
    """Serve a stand-in until the block ends."""
    with listening(Server(simulator)) as server:
        yield server


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60  # seconds without a request
    server: Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing: the simulator counts calls."""

    def _relay(self) -> None:
        try:
            length = int(self.headers.get("content-length") or 0)
        except ValueError:
            length = -1
        if not 0 <= length <= _LARGEST_BODY:
            self.send_error(400, "Bad content length")
            self.close_connection = True
            return
        answer = self.server.simulator.handle(
            HttpRequest(
                method=self.command,
                target=self.path,
                headers={name.lower(): value for name, value in self.headers.items()},
                body=self.rfile.read(length),
            )
        )
        body = json.dumps(answer.body).encode()
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _relay  # noqa: N815
