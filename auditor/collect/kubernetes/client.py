"""Asks the API of a cluster: GET only, over TLS that the cluster's own authority vouches for.

urllib3 does the work. What is decided here: nothing but the lists of ``calls`` is asked; no
redirect is followed; an answer is cut off that is too long or takes too long; a cluster that
cannot be reached is tried once in a collection, for few seconds, because there may be many.

Source: https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks
"""

import base64
import binascii
import ssl
import time
import urllib.request
from threading import Lock
from typing import Any
from urllib.parse import urlencode, urlsplit

import urllib3

from auditor.collect.kubernetes.calls import AUTHORITY, READS
from auditor.collect.kubernetes.kept import keep, said
from auditor.model import Answer, Json, Outcome, Request

UNREACHABLE, UNTRUSTED = "Unreachable", "UntrustedCertificate"
PAGE = 500  # objects
_CONNECT, _READ, _WHOLE = 5.0, 30.0, 120.0  # seconds
_LONGEST = 64 << 20  # bytes of one page
_MOST_PAGES = 2_000
_CHUNK = 1 << 16
_LONGEST_MESSAGE = 2_000
_DEFAULT_PORT = 443
_OK, _UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _GONE, _THROTTLED = 200, 401, 403, 404, 410, 429


class KubernetesApi:
    """Asks clusters for one target. Safe to use from several threads."""

    def __init__(self, *, connect: float = _CONNECT, longest: int = _LONGEST) -> None:
        """Ask nothing yet.

        Args:
            connect: seconds that a cluster may take to answer at all.
            longest: bytes that one page may have.
        """
        self._connect = connect
        self._longest = longest
        self._lock = Lock()
        self._unreachable: dict[str, Answer] = {}

    def ask(self, request: Request, bearer: str) -> Answer:
        """Ask for one page of a list.

        A page token that the cluster no longer knows starts the list again, once: what was on the
        pages before is told twice.

        Args:
            request: its endpoint is the address of the cluster's API, which the door has checked.
            bearer: token that lets us in; it goes nowhere but into the request's header.

        Raises:
            ValueError: the operation is none of the lists; a mistake in a collector.
        """
        if request.operation not in READS:
            raise ValueError(f"{request.operation} is no read of a cluster's API")
        with self._lock:
            known = self._unreachable.get(request.endpoint)
        if known is not None:
            return known
        answer = self._try(request, bearer)
        if answer.code in (UNREACHABLE, UNTRUSTED):
            with self._lock:
                self._unreachable[request.endpoint] = answer
        return answer

    def _try(self, request: Request, bearer: str) -> Answer:
        token: dict[str, Json] = request.token or {}
        try:
            context = _context(request.parameters.get(AUTHORITY))
            status, content = self._get(request, token, bearer, context)
            if status == _GONE and token and not token.get("again"):
                token = {"again": True, "page": token["page"]}
                status, content = self._get(request, token, bearer, context)
            if status != _OK:
                return _refuse(status, content)
            body, following = keep(content, READS[request.operation].kind)
        except urllib3.exceptions.SSLError as error:
            return _fail(UNTRUSTED, f"the cluster's own authority does not vouch for it: {error}")
        except (urllib3.exceptions.HTTPError, OSError) as error:
            message = f"the cluster's API could not be reached from here: {error}"
            return _fail(UNREACHABLE, message)
        except ValueError as error:
            return _fail("UnexpectedAnswer", str(error))
        page = int(token.get("page", 0)) + 1
        if following and (following == token.get("continue") or page >= _MOST_PAGES):
            return _fail("RepeatedPage", "the answer asks for the same page again, or never ends")
        again = {"again": True} if token.get("again") else {}
        asked: Json = {"continue": following, "page": page, **again} if following else None
        return Answer(outcome=Outcome.OK, body=body, token=asked)

    def _get(
        self, request: Request, token: Json, bearer: str, context: ssl.SSLContext
    ) -> tuple[int, bytes]:
        """Return status and content of one answer.

        Raises:
            urllib3.exceptions.HTTPError, OSError: there was none.
            ValueError: it is too long.
        """
        query: dict[str, str | int] = {"limit": PAGE}
        if "continue" in token:
            query["continue"] = token["continue"]
        deadline = time.monotonic() + _WHOLE
        pool = _pool(request.endpoint, context)
        try:
            response = pool.urlopen(
                "GET",
                f"{READS[request.operation].path}?{urlencode(query)}",
                headers={
                    "Accept": "application/json",
                    "Accept-Encoding": "identity",
                    "Authorization": f"Bearer {bearer}",
                    "User-Agent": "auditor",
                },
                redirect=False,
                retries=False,
                timeout=urllib3.Timeout(connect=self._connect, read=_READ),
                preload_content=False,
                decode_content=False,
            )
            return response.status, self._read(response, deadline)
        finally:
            pool.close()

    def _read(self, response: Any, deadline: float) -> bytes:
        content = bytearray()
        while chunk := response.read(_CHUNK):
            content += chunk
            if len(content) > self._longest:
                raise ValueError(f"a page of the answer is longer than {self._longest} bytes")
            if time.monotonic() > deadline:
                raise TimeoutError(f"a page of the answer took longer than {_WHOLE:.0f} seconds")
        return bytes(content)


def _context(authority: Json) -> ssl.SSLContext:
    """Return what trusts the cluster's own authority, and no other.

    Not as strict about the form of certificates as Python 3.13 is by default: authorities of
    clusters lack what RFC 5280 demands, and are known by their keys.

    Raises:
        ValueError: there is no certificate.
    """
    try:
        written = base64.b64decode(authority if isinstance(authority, str) else "", validate=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT
        context.load_verify_locations(cadata=written.decode("ascii"))
    except (binascii.Error, UnicodeError, ssl.SSLError, ValueError) as error:
        message = f"the certificate authority of the cluster cannot be read: {error}"
        raise ValueError(message) from error
    return context


def _pool(endpoint: str, context: ssl.SSLContext) -> Any:
    """Return what connects with an address, through the proxy that the environment names."""
    parts = urlsplit(endpoint)
    host, port = parts.hostname or "", parts.port or _DEFAULT_PORT
    proxy = urllib.request.getproxies().get("https")
    if not proxy or urllib.request.proxy_bypass(host):
        return urllib3.HTTPSConnectionPool(host, port, ssl_context=context)
    user = urlsplit(proxy)
    signed_in = f"{user.username}:{user.password or ''}" if user.username else None
    headers = urllib3.make_headers(proxy_basic_auth=signed_in)
    manager = urllib3.ProxyManager(proxy, proxy_headers=headers, ssl_context=context)
    return manager.connection_from_host(host, port, "https")


def _refuse(status: int, content: bytes) -> Answer:
    """Return the answer to a request that the cluster refused; a redirect is a refusal, too."""
    reason, message = said(content)
    denied = status in (_UNAUTHORIZED, _FORBIDDEN)
    unsupported = status == _NOT_FOUND
    outcome = Outcome.UNSUPPORTED if unsupported else Outcome.FAILED
    return Answer(
        outcome=Outcome.DENIED if denied else outcome,
        code=reason[:100] or str(status),
        message=message[:_LONGEST_MESSAGE],
        throttled=int(status == _THROTTLED),
    )


def _fail(code: str, message: str) -> Answer:
    return Answer(outcome=Outcome.FAILED, code=code, message=message[:_LONGEST_MESSAGE])
