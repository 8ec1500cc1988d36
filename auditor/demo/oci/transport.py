"""Puts a simulator behind every OCI client of this process, with no socket.

The place is the transport adapter of the ``requests`` copy that the SDK carries: clients,
signers, retries and deserialisation stay as they are. Other HTTP clients are not touched.
"""

import io
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import urllib3
from oci._vendor import requests
from oci._vendor.requests.adapters import HTTPAdapter

from auditor.demo.oci.simulator import Simulator
from auditor.demo.oci.wire import DisconnectedError, HttpRequest, NoSuchHostError

_lock = threading.Lock()
_active: list[Simulator] = []
_original: Callable[..., Any] = HTTPAdapter.send


@contextmanager
def in_process(simulator: Simulator) -> Iterator[Simulator]:
    """Let every OCI client in this process talk to a simulator, in all threads.

    Clients may be made before or inside the block. Blocks nest; the last one entered answers.
    """
    with _lock:
        _active.append(simulator)
        HTTPAdapter.send = _send
    try:
        yield simulator
    finally:
        with _lock:
            _active.remove(simulator)
            if not _active:
                HTTPAdapter.send = _original


def _send(adapter: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
    with _lock:
        simulator = _active[-1] if _active else None
    if simulator is None:
        return _original(adapter, request, *args, **kwargs)
    url = urlsplit(request.url)
    asked = HttpRequest(
        method=request.method,
        host=(url.hostname or "").lower(),
        target=request.path_url,
        headers={name.lower(): _text(value) for name, value in request.headers.items()},
        body=_content(request.body),
    )
    try:
        answer = simulator.handle(asked)
    except NoSuchHostError as error:
        message = f"Failed to resolve '{error}'"
        raise requests.exceptions.ConnectionError(message, request=request) from error
    except DisconnectedError as error:
        message = "Connection aborted: remote end closed connection without response"
        raise requests.exceptions.ConnectionError(message, request=request) from error
    raw = urllib3.HTTPResponse(
        body=io.BytesIO(answer.body),
        headers={**answer.headers, "content-length": str(len(answer.body))},
        status=answer.status,
        preload_content=False,
    )
    return adapter.build_response(request, raw)


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _content(body: Any) -> bytes:
    if body is None:
        return b""
    if hasattr(body, "read"):
        body = body.read()
    return body.encode() if isinstance(body, str) else bytes(body)
