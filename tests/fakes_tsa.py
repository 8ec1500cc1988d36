"""A timestamp authority on the loopback interface, answering as RFC 3161 says."""

import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID

from auditor.sign import SigningKey, TimestampAuthority
from tests.fakes_bundle import authority, certificate

CONFIGURATION = """\
[tsa]
default_tsa = only
[only]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
ess_cert_id_alg = sha256
"""


@cache
def tsa_key() -> SigningKey:
    """The authority's key, for timestamps and nothing else."""
    # Directly below the root: openssl does not sort the certificates that it sends along, as DER
    # demands, so it may send one only.
    key, root = ec.generate_private_key(ec.SECP256R1()), authority("root")
    own = certificate("TSA", key, root, purposes=[ExtendedKeyUsageOID.TIME_STAMPING])
    return SigningKey(private=key, certificate=own, chain=(root[1],))


def tsa_roots() -> tuple[x509.Certificate, ...]:
    """Whom one has to trust to believe the authority."""
    return (authority("root")[1],)


def answer(query: bytes, folder: Path) -> bytes:
    """What ``openssl ts`` replies."""
    (folder / "tsa.cnf").write_text(CONFIGURATION.format(folder=folder))
    (folder / "query").write_bytes(query)
    command = ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query"]
    keys = ["-inkey", "key.pem", "-signer", "signer.pem"]
    done = subprocess.run([*command, *keys], cwd=folder, capture_output=True, check=True)
    return done.stdout


def write_key(folder: Path) -> None:
    """Lay out the files that openssl reads."""
    key = tsa_key()
    private = key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(private)
    (folder / "signer.pem").write_bytes(key.certificate.public_bytes(Encoding.PEM))
    (folder / "serial").write_text("01\n")


@contextmanager
def running_tsa(reply: bytes | None = None, status: int = 200) -> Iterator[TimestampAuthority]:
    """Run the authority; with ``reply`` it says that and nothing else."""
    with tempfile.TemporaryDirectory() as temporary:
        folder, lock = Path(temporary), threading.Lock()
        write_key(folder)

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                query = self.rfile.read(int(self.headers["Content-Length"]))
                with lock:
                    body = answer(query, folder) if reply is None else reply
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield TimestampAuthority(url=f"http://127.0.0.1:{server.server_port}/", timeout=10)
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
