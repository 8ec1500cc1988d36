"""The door to Oracle Cloud: signs, retries and sorts errors, for every collector.

The SDK does the work and reads its own settings (configuration file, OCI_* variables, HTTPS_PROXY,
REQUESTS_CA_BUNDLE). What is done differently, and why:

- pages are asked for one by one, because the SDK's pager multiplies the retries;
- there is no circuit breaker: the SDK's is shared by the whole process, so that ten throttles in
  one region would stop every other service;
- every call has the same retry strategy, because many GETs of the SDK have none;
- bodies stay as they came, because the SDK's models drop what they do not know;
- only reads pass (``reads``), no redirect is followed, and an address that an answer names must be
  Oracle's: nothing that a cloud says can make us write, or send a signed request elsewhere.
"""

import threading
import time
from collections.abc import Callable
from functools import cache
from random import uniform
from typing import Any

from auditor.collect.kubernetes.calls import SERVICE as KUBERNETES
from auditor.collect.oci.addresses import fault_of
from auditor.collect.oci.clusters import KUBECONFIG, Clusters, read_kubeconfig
from auditor.collect.oci.outcomes import THROTTLED, accept, fail, paged_by, parse_body, refuse
from auditor.collect.oci.reads import is_read, send_only_reads
from auditor.model import Answer, Outcome, Request, Target

ATTEMPTS = 6
_UNREACHABLE_ATTEMPTS = 3  # of a host that does not answer at all
PATIENCE = 120.0  # seconds that one call may take, waits included
_LONGEST_WAIT = 20.0  # seconds

_BROKEN = "the configuration of target {name!r} does not work: {error}. {advice}"
_ADVICE = {
    "api_key": "Check the profile in the OCI configuration file, or run 'oci setup config'.",
    "instance_principal": "Run on an OCI instance that is in a dynamic group, or use a profile.",
    "resource_principal": "Run where OCI provides a resource principal, or use a profile.",
}


class OciDoor:
    """Asks Oracle Cloud with one target's credentials. Safe to use from several threads.

    The target's options: ``auth`` (api_key, instance_principal or resource_principal), ``profile``,
    ``config_file``, ``tenancy`` (by default the credentials' own) and ``patience`` (seconds).
    """

    def __init__(
        self,
        target: Target,
        *,
        attempts: int = ATTEMPTS,
        patience: float = PATIENCE,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take a target; nothing is read or asked before the first request.

        Args:
            attempts: how often one call is tried at most.
            patience: seconds after which a failed call is not tried again, where the target's
                options do not say.
            wait: sleeps between the tries.
        """
        self._target = target
        self._attempts = attempts
        self._patience = float(target.options.get("patience", patience))
        self._wait = wait
        self._lock = threading.Lock()
        self._access: _Access | Answer | None = None
        self._own = threading.local()
        self._clients: list[Any] = []
        self._clusters = Clusters()

    def ask(self, request: Request) -> Answer:
        """Make one read-only call for one page; wait out throttling within reason.

        ``get_tenancy`` without ``tenancy_id`` asks for the target's tenancy.

        Raises:
            ValueError: the operation is not a read; a mistake in a collector.
        """
        in_cluster = request.service == KUBERNETES
        if not in_cluster and not is_read(request.service, request.operation):
            raise ValueError(f"{request.operation} is not a read")
        access = self._enter()
        if isinstance(access, Answer):
            return access
        region = request.region or access.region
        if in_cluster:
            return self._clusters.ask(access.signer, request, region)
        fault = fault_of(request, region)
        if fault:
            return fail("InvalidParameter", fault)
        parameters = dict(request.parameters)
        if request.operation == "get_tenancy":
            parameters.setdefault("tenancy_id", access.tenancy)
        if request.token is not None:
            parameters[paged_by(request.token)] = request.token
        strategy = _strategy_class()(self._attempts, self._patience, self._wait)
        try:
            client = self._client(access, request.service, region, request.endpoint)
        except (TypeError, ValueError) as error:  # a client that needs an address, and has none
            return fail("ConfigurationError", str(error))
        method = getattr(client, request.operation)
        return _call(request, strategy, lambda: method(**parameters, retry_strategy=strategy))

    def close(self) -> None:
        """Let go of connections."""
        with self._lock:
            clients, self._clients = self._clients, []
        self._own = threading.local()
        for client in clients:
            client.base_client.session.close()

    def _enter(self) -> "_Access | Answer":
        """Read the credentials once; what is wrong with them answers every request."""
        with self._lock:
            if self._access is None:
                self._access = _read_access(self._target)
            return self._access

    def _client(self, access: "_Access", service: str, region: str, endpoint: str) -> Any:
        """Return this thread's client: the SDK's are not made for several threads."""
        key = (service, region, endpoint)
        if not hasattr(self._own, "clients"):
            self._own.clients = {}
        made: dict[tuple[str, str, str], Any] = self._own.clients
        if key not in made:
            made[key] = access.make_client(service, region, endpoint)
            with self._lock:
                self._clients.append(made[key])
        return made[key]


class _Access:
    """Credentials that work, and the clients made with them."""

    def __init__(self, config: dict[str, Any], signer: Any, tenancy: str, region: str) -> None:
        self.tenancy = tenancy
        self.region = region
        self.signer = signer
        self._config = config

    def make_client(self, service: str, region: str, endpoint: str) -> Any:
        """Make a client that reads only.

        Raises:
            ImportError, AttributeError: there is no such service; a mistake in a collector.
        """
        import importlib  # noqa: PLC0415

        from oci.circuit_breaker import NoCircuitBreakerStrategy  # noqa: PLC0415

        module, _, name = service.partition(".")
        settings: dict[str, Any] = {
            "signer": self.signer,
            "circuit_breaker_strategy": NoCircuitBreakerStrategy(),
            "enable_strict_url_encoding": True,
        }
        if endpoint:
            settings["service_endpoint"] = endpoint
        made = getattr(importlib.import_module(f"oci.{module}"), name)
        client = made({**self._config, "region": region}, **settings)
        client.base_client.session.max_redirects = 0
        client.base_client.deserialize_response_data = parse_body
        client.base_client.request = send_only_reads(service, client.base_client.request)
        return client


def _read_access(target: Target) -> "_Access | Answer":
    from oci.exceptions import ClientError, ServiceError  # noqa: PLC0415

    auth = target.options.get("auth") or "api_key"
    if auth not in _ADVICE:
        return fail("ConfigurationError", f"target {target.name!r} has an unknown auth {auth!r}")
    try:
        if auth == "api_key":
            return _use_profile(target)
        return _use_principal(target, auth)
    except (ClientError, ServiceError, OSError, ValueError, KeyError, RuntimeError) as error:
        message = _BROKEN.format(name=target.name, error=error, advice=_ADVICE[auth])
        return fail("ConfigurationError", message)


def _use_profile(target: Target) -> _Access:
    from oci.config import DEFAULT_LOCATION, DEFAULT_PROFILE, from_file  # noqa: PLC0415
    from oci.signer import Signer  # noqa: PLC0415

    config = from_file(
        target.options.get("config_file") or DEFAULT_LOCATION,
        target.options.get("profile") or DEFAULT_PROFILE,
    )
    signer = Signer.from_config(config)
    tenancy = target.options.get("tenancy") or config["tenancy"]
    return _Access(config, signer, tenancy, config["region"])


def _use_principal(target: Target, auth: str) -> _Access:
    from oci.auth import certificate_retriever, signers  # noqa: PLC0415

    make = {
        "instance_principal": signers.InstancePrincipalsSecurityTokenSigner,
        "resource_principal": signers.get_resource_principals_signer,
    }
    try:
        signer = make[auth]()
    except certificate_retriever.InvalidCertificateFromInstanceMetadataError as error:
        raise RuntimeError(str(error)) from error
    tenancy = target.options.get("tenancy") or signer.tenancy_id
    return _Access({}, signer, tenancy, signer.region)


@cache
def _strategy_class() -> Any:
    """Make the retry strategy: a class of the SDK's, which is imported late."""
    from oci.exceptions import ServiceError  # noqa: PLC0415
    from oci.retry import retry, retry_checkers  # noqa: PLC0415

    class Reachable(retry_checkers.BaseRetryChecker):  # type: ignore[misc]
        """Gives up sooner on a host that does not answer at all."""

        def should_retry(self, exception: Any = None, response: Any = None, **seen: Any) -> bool:  # noqa: ARG002
            answered = isinstance(exception, ServiceError)
            return answered or seen["current_attempt"] < _UNREACHABLE_ATTEMPTS

    class Patient(retry.ExponentialBackoffRetryStrategyBase):  # type: ignore[misc]
        """Tries again after throttling, a fault of the service or of the network."""

        def __init__(self, attempts: int, patience: float, wait: Callable[[float], None]) -> None:
            worthwhile = retry_checkers.TimeoutConnectionAndServiceErrorRetryChecker(
                service_error_retry_config={THROTTLED: []}
            )
            checkers = [
                worthwhile,
                Reachable(),
                retry_checkers.LimitBasedRetryChecker(attempts),
                retry_checkers.TotalTimeExceededRetryChecker(patience),
            ]
            container = retry_checkers.RetryCheckerContainer(checkers)
            super().__init__(1, 2, _LONGEST_WAIT, container)
            self.throttled = 0
            self._sleep = wait

        def do_sleep(self, attempt: int, exception: Exception) -> None:
            self.throttled += getattr(exception, "status", 0) == THROTTLED
            # Spread out: many workers are throttled at the same moment.
            self._sleep(uniform(0.5, 1) * min(2.0 ** (attempt - 1), _LONGEST_WAIT))  # noqa: S311

    return Patient


def _call(request: Request, strategy: Any, send: Callable[[], Any]) -> Answer:
    from oci.exceptions import ConnectTimeout, RequestException, ServiceError  # noqa: PLC0415

    try:
        response = send()
    except ServiceError as error:
        return refuse(error.status, error.code, error.message, error.request_id, strategy.throttled)
    except (RequestException, ConnectTimeout, OSError) as error:
        return fail(type(error).__name__, str(error), throttled=strategy.throttled)
    except ValueError as error:  # the SDK refuses a parameter
        return fail("ClientError", str(error), throttled=strategy.throttled)
    if request.operation == "get_object":
        return _download(response, strategy.throttled)
    if request.operation == KUBECONFIG:
        return read_kubeconfig(response, strategy.throttled)
    return accept(request, response.data, response.headers, strategy.throttled)


def _download(response: Any, throttled: int) -> Answer:
    """Return an object of Object Storage as its bytes: its body is no JSON."""
    from oci.exceptions import RequestException  # noqa: PLC0415

    try:
        content: bytes = response.data.content
    except (RequestException, OSError) as error:
        return fail(type(error).__name__, str(error), throttled=throttled)
    request_id = response.headers.get("opc-request-id") or ""
    return Answer(outcome=Outcome.OK, body=content, request_id=request_id, throttled=throttled)
