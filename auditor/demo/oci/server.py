"""Puts a simulator on a loopback port, for clients in other processes.

Two ways in, on the same port:

- an HTTPS proxy: with ``HTTPS_PROXY`` and ``REQUESTS_CA_BUNDLE`` set (``Server.environment``),
  clients ask the real host names and get the simulator's answers;
- plain HTTP, without a certificate: ``service_endpoint=server.plain_url(host)``.
"""

import http.server
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from auditor.demo.loopback import LoopbackServer, listening
from auditor.demo.oci.authority import Authority
from auditor.demo.oci.simulator import Simulator
from auditor.demo.oci.wire import DisconnectedError, HttpAnswer, HttpRequest, NoSuchHostError

_LARGEST_BODY = 1 << 20  # bytes; reads have small bodies


class Server(LoopbackServer):
    """A simulator on a port of 127.0.0.1.

    Attributes:
        simulator: it may be replaced between requests.
        authority: signs the certificates of the hosts.
    """

    def __init__(self, simulator: Simulator, authority: Authority) -> None:
        """Take a free port; ``serving`` also starts to listen on it."""
        super().__init__(_Handler)
        self.simulator = simulator
        self.authority = authority

    def environment(self) -> dict[str, str]:
        """Return the variables that lead another process's HTTPS clients here."""
        bundle = str(self.authority.certificate_file)
        return {
            "HTTPS_PROXY": self.url,
            "https_proxy": self.url,
            "NO_PROXY": "",
            "no_proxy": "",
            "REQUESTS_CA_BUNDLE": bundle,
        }

    def plain_url(self, host: str) -> str:
        """Return the address at which plain HTTP reaches a simulated host."""
        return f"{self.url}/{host}"


@contextmanager
def serving(simulator: Simulator) -> Iterator[Server]:
    """Serve a simulator until the block ends."""
    with (
        tempfile.TemporaryDirectory(prefix="simulated-oci-") as folder,
        listening(Server(simulator, Authority(Path(folder)))) as server,
    ):
        yield server


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60  # seconds without a request
    server: Server
    proxied_host = ""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing: the simulator has its own log."""

    def finish(self) -> None:
        """Close the tunnel too, which the server does not know of."""
        super().finish()
        self.connection.close()

    def do_CONNECT(self) -> None:
        """Become the host that the client wants to reach."""
        host = self.path.rpartition(":")[0].lower()
        if not self.server.simulator.has_host(host):
            self.send_error(502, "No such host")
            return
        self.proxied_host = host
        self.connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        tunnel = self.server.authority.context(host).wrap_socket(self.connection, server_side=True)
        self.rfile.close()
        self.connection = tunnel
        self.rfile = tunnel.makefile("rb", -1)
        self.wfile = tunnel.makefile("wb")
        self.close_connection = False

    def _relay(self) -> None:
        try:
            answer = self.server.simulator.handle(self._read_request())
        except NoSuchHostError:
            self.send_error(502, "No such host")
        except DisconnectedError:
            self.close_connection = True
        except ValueError:
            self.send_error(400, "Bad content length")
            self.close_connection = True
        else:
            self._write(answer)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = _relay  # noqa: N815

    def _read_request(self) -> HttpRequest:
        length = int(self.headers.get("content-length") or 0)
        if not 0 <= length <= _LARGEST_BODY:
            raise ValueError(length)
        host, prefix = self.proxied_host, ""
        if not host:
            host = self.path.lstrip("/").partition("/")[0]
            prefix = f"/{host}"
        return HttpRequest(
            method=self.command,
            host=host.lower(),
            target=self.path,
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(length) if length else b"",
            prefix=prefix,
        )

    def _write(self, answer: HttpAnswer) -> None:
        lines = [f"HTTP/1.1 {answer.status} {self.responses.get(answer.status, ('Answer',))[0]}"]
        lines += [f"{name}: {value}" for name, value in answer.headers.items()]
        lines += [f"Content-Length: {len(answer.body)}", "", ""]
        body = b"" if self.command == "HEAD" else answer.body
        self.connection.sendall("\r\n".join(lines).encode("latin-1") + body)
