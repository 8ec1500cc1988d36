"""Servers of the stand-ins: on a free port of this machine, for as long as a block lasts."""

import http.server
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

_HUNG_UP = (ConnectionError, TimeoutError, ssl.SSLError)


class LoopbackServer(http.server.ThreadingHTTPServer):
    """A server on a port of 127.0.0.1 that waits for no client when it ends."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, handler: type[http.server.BaseHTTPRequestHandler]) -> None:
        """Take a free port; ``listening`` answers there."""
        super().__init__(("127.0.0.1", 0), handler)

    @property
    def url(self) -> str:
        """Its address, over plain HTTP."""
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that hang up or distrust the certificate."""
        if not isinstance(sys.exception(), _HUNG_UP):
            super().handle_error(request, client_address)


_Server = TypeVar("_Server", bound=LoopbackServer)


@contextmanager
def listening(server: _Server) -> Iterator[_Server]:
    """Answer clients until the block ends."""
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
    )
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
