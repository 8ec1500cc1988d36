"""The simulated cloud: takes one HTTP request and gives one HTTP answer, with no I/O.

    1. verify the signature                          401
    2. find the operation by host, method and path   404, 405
    3. check that the tenancy is subscribed          401, as the real cloud
    4. ask the tenancy's policies, if it says so   404, as the real cloud
    5. apply the first fault that fits
    6. answer from the estate

``transport`` and ``server`` put it behind the SDK.
"""

import re
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import unquote
from weakref import WeakKeyDictionary

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from auditor.demo.oci.authorisation import Authorisation
from auditor.demo.oci.credentials import public_keys
from auditor.demo.oci.estate import GLOBAL, Estate, OwnAddress, Resource, Tenancy
from auditor.demo.oci.faults import FaultPlan, InjectedFault, Subject
from auditor.demo.oci.journal import Entry
from auditor.demo.oci.lookup import Query, compartment_of
from auditor.demo.oci.operations import answer
from auditor.demo.oci.paging import LARGEST_PAGE
from auditor.demo.oci.routes import Route, routes_of
from auditor.demo.oci.sdk import addresses, clients_of
from auditor.demo.oci.signatures import authenticate
from auditor.demo.oci.visibility import is_denied
from auditor.demo.oci.wire import (
    DisconnectedError,
    HttpAnswer,
    HttpRequest,
    NoSuchHostError,
    ServiceError,
    Success,
    not_found,
)

UNKNOWN = "?"  # the operation of a request that fits none


class Simulator:
    """An estate behind OCI's wire protocol. Safe to use from several threads.

    Attributes:
        estate: what exists; it may be replaced between requests.
        faults: what goes wrong.
        calls: requests per operation, refused ones included.
        log: every request, in order of their answers.
    """

    def __init__(
        self,
        estate: Estate,
        *,
        keys: Mapping[str, RSAPublicKey] | None = None,
        page_size: int = LARGEST_PAGE,
        clock: Callable[[], float] = time.time,
        authorise: bool = False,
    ) -> None:
        """Take an estate.

        Args:
            keys: 'tenancy/user/fingerprint' -> public key; by default the throw-away key of
                ``credentials`` opens every tenancy of the estate.
            page_size: objects on one page at most, even where a request allows more.
            clock: seconds since 1970, UTC.
            authorise: let the policies of every tenancy decide what its caller may do, also of
                those that name no groups of his.
        """
        self.estate = estate
        self.faults = FaultPlan()
        self.calls: Counter[str] = Counter()
        self.log: list[Entry] = []
        self._keys = public_keys(estate.tenancies) if keys is None else keys
        self._page_size = page_size
        self._clock = clock
        self._authorise = authorise
        self._guards: WeakKeyDictionary[Tenancy, Authorisation] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def inject(self, fault: InjectedFault) -> None:
        """Make the requests that a rule describes go wrong."""
        self.faults.add(fault)

    def has_host(self, host: str) -> bool:
        """Say whether a name look-up of ``host`` would succeed."""
        return bool(addresses(host)) or self.estate.address(host) is not None

    def handle(self, request: HttpRequest) -> HttpAnswer:
        """Answer one request.

        Raises:
            NoSuchHostError: the host belongs to nobody.
            DisconnectedError: a fault says so.
        """
        if not self.has_host(request.host):
            raise NoSuchHostError(request.host)
        query: Query | None = None
        key_id, status = "", 0
        headers: dict[str, str] = {}
        try:
            caller = authenticate(request, self._keys, self._clock())
            key_id = caller.key_id
            query = self._understand(request, self.estate.tenancies.get(caller.tenancy))
            success = self._answer(query)
            status, body = 200, success.body
            headers.update(success.headers)
        except _InjectedAnswerError as injected:
            status, body = injected.status, injected.body
            headers.update(injected.headers)
        except ServiceError as error:
            status, body = error.status, error.body
            headers.update(error.headers)
        finally:
            headers = _with_ids(request, headers)
            self._note(request, query, key_id, status, headers["opc-request-id"])
        return HttpAnswer(status=status, headers=headers, body=body)

    def _understand(self, request: HttpRequest, tenancy: Tenancy | None) -> Query:
        path = request.path
        own = self.estate.address(request.host)
        for route, region, match in _matches(request.method, request.host, path, own):
            if tenancy is None or (own and tenancy.addresses.get(request.host) is not own):
                raise not_found()
            values = (unquote(value) for value in match.groups())
            return Query(
                route=route,
                tenancy=tenancy,
                host=request.host,
                region=region or GLOBAL,
                path=dict(zip(route.parameters, values, strict=True)),
                query=request.query,
                address=own,
                body=request.body,
                may_see=self._sight(tenancy, region or GLOBAL),
                journal=self.log,
            )
        if request.method not in ("GET", "HEAD"):
            message = f"the simulator answers reads only, not {request.method} {path}"
            raise ServiceError(405, "MethodNotAllowed", message)
        raise not_found()

    def _answer(self, query: Query) -> Success:
        subscribed = query.tenancy.subscribed
        if subscribed is not None and query.region not in (*subscribed, GLOBAL):
            message = "The required information to complete authentication was not provided."
            raise ServiceError(401, "NotAuthenticated", message)
        guard = self._guard(query.tenancy)
        if guard is not None and not guard.allows(query, compartment_of(query)):
            raise not_found()
        if self.faults:
            fault = self.faults.strike(_subject(query))
            if fault is not None:
                _suffer(fault)
        return answer(query, self._page_size)

    def _guard(self, tenancy: Tenancy) -> Authorisation | None:
        """Return what the tenancy's policies allow, None where they decide nothing."""
        if tenancy.caller is None and not self._authorise:
            return None
        with self._lock:
            if tenancy not in self._guards:
                self._guards[tenancy] = Authorisation(tenancy)
            return self._guards[tenancy]

    def _sight(self, tenancy: Tenancy, region: str) -> Callable[[Resource], bool] | None:
        """Return what says whether the caller may inspect a resource, None if he may see all."""
        guard = self._guard(tenancy)
        if guard is None and not self.faults:
            return None

        def may_see(resource: Resource) -> bool:
            allowed = guard is None or guard.may_inspect(resource, region)
            return allowed and not (self.faults and is_denied(self.faults, resource))

        return may_see

    def _note(
        self, request: HttpRequest, query: Query | None, key_id: str, status: int, request_id: str
    ) -> None:
        entry = Entry(
            request.method,
            request.host,
            request.target,
            query.route.name if query else UNKNOWN,
            status,
            self._clock(),
            key_id,
            request_id,
            query,
        )
        with self._lock:
            self.calls[entry.operation] += 1
            self.log.append(entry)


class _InjectedAnswerError(Exception):
    def __init__(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        super().__init__(status)
        self.status = status
        self.body = body
        self.headers = headers


def _matches(
    method: str, host: str, path: str, own: OwnAddress | None
) -> Iterator[tuple[Route, str, re.Match[str]]]:
    """Yield each operation that a request may be, with the region that was asked."""
    if own is not None:
        places = [
            (client, own.region) for client in clients_of(own.module) if client.name == own.client
        ]
    else:
        places = [(address.client, address.region) for address in addresses(host)]
    for client, region in places:
        if not path.startswith(client.base_path):
            continue
        for route in routes_of(client):
            if route.method == method and (match := route.pattern.fullmatch(path)):
                yield route, region, match


def _subject(query: Query) -> Subject:
    values = {*query.path.values(), *(v for values in query.query.values() for v in values)}
    return Subject(
        route=query.route,
        region=query.region,
        values=frozenset(values),
        compartments=frozenset({compartment_of(query)}),
    )


def _suffer(fault: InjectedFault) -> None:
    """Do what a fault says."""
    if fault.delay:
        time.sleep(fault.delay)
    if fault.disconnect:
        raise DisconnectedError
    if fault.body is not None:
        raise _InjectedAnswerError(fault.status or 200, fault.body, fault.headers)
    if fault.status is not None:
        raise ServiceError(fault.status, fault.code, fault.message, fault.headers)


def _with_ids(request: HttpRequest, headers: Mapping[str, str]) -> dict[str, str]:
    given = request.headers.get("opc-request-id") or uuid.uuid4().hex.upper()
    completed = {
        "content-type": "application/json",
        "opc-request-id": f"{given}/{uuid.uuid4().hex.upper()}",
    }
    client_id = request.headers.get("opc-client-request-id")
    if client_id:
        completed["opc-client-request-id"] = client_id
    return {**completed, **headers}
