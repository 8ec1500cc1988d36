"""The door to Amazon Web Services: signs, retries and sorts errors, for every collector.

botocore does the work and reads its own configuration (endpoints, proxies, CA bundles, a profile's
region); this module only chooses credentials, takes one page at a time, and turns answers and
refusals into an :class:`~auditor.model.Answer`.
"""

import re
from collections.abc import Mapping
from datetime import UTC
from functools import cache
from threading import Lock
from types import SimpleNamespace
from typing import Any

from botocore import xform_name
from botocore.config import Config
from botocore.credentials import AssumeRoleCredentialFetcher, DeferredRefreshableCredentials
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    DataNotFoundError,
    EndpointConnectionError,
    NoCredentialsError,
    ProfileNotFound,
)
from botocore.loaders import create_loader
from botocore.session import Session
from botocore.utils import parse_timestamp

from auditor.collect.aws.outcomes import answer_of, harmless, no_way_in
from auditor.collect.aws.paging import Pager, with_empty_lists
from auditor.collect.aws.regions import home_of, partition_of
from auditor.errors import CollectionError
from auditor.model import Answer, Json, Outcome, Request, Target

_READS = re.compile(r"(Get|BatchGet|List|Describe|Head|Lookup|Search)[A-Z]")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_SESSION_NAME = "auditor"
_CONFIG = Config(
    user_agent_extra=_SESSION_NAME,
    retries={"mode": "standard", "total_max_attempts": 6},
    max_pool_connections=24,  # as many as a collection has workers
    connect_timeout=10,
    read_timeout=60,
)
# What botocore's parsers raise at an answer of another shape than the API's.
_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError)
# What GetBucketLocation still says of the oldest buckets in Ireland.
_OLD_NAMES = {"EU": "eu-west-1"}


class AwsDoor:
    """Asks AWS with one target's credentials, or with a role of theirs in another account.

    Target options: ``profile``, ``role_arn``, ``external_id``, ``session_name``,
    ``organization_role``, ``organization_external_id``.

    Raises:
        CollectionError: the profile does not exist.
    """

    def __init__(self, target: Target) -> None:
        self._options = target.options
        self._lock = Lock()
        self._accounts: dict[str, _Access] = {}
        self._own = ""
        try:
            session = _new_session(self._options.get("profile"))
            session.get_scoped_config()  # a profile must exist even if the environment has all
            region = session.get_config_variable("region") or ""
        except ProfileNotFound as error:
            raise CollectionError(f"target {target.name}: {error}") from error
        self._partition = partition_of(region)
        self._home = home_of(self._partition) or region
        self._base = _Access(session, self._home)
        if self._options.get("role_arn"):
            self._base = self._base.assume(self._options["role_arn"], self._extra("external_id"))

    def ask(self, request: Request) -> Answer:
        """Make one read-only call for one page.

        Raises:
            ValueError: the operation is none that reads; a mistake in a collector.
        """
        if not _READS.match(request.operation):
            raise ValueError(f"{request.service} {request.operation} is no operation that reads")
        access = self._access(request.place.get("account", ""))
        if isinstance(access, Answer):
            return access
        answer = self._call(access, request)
        if request.operation == "GetCallerIdentity" and access is self._base:
            self._own = self._own or (answer.body or {}).get("Account", "")
        return answer

    def close(self) -> None:
        """Let go of connections."""
        with self._lock:
            for access in (self._base, *self._accounts.values()):
                access.close()

    def _access(self, account: str) -> "_Access | Answer":
        """Return the credentials for an account, or the answer to everything asked of it."""
        if not account:
            return self._base
        with self._lock:
            if not self._own:
                answer = self._call(self._base, _WHO_AM_I)
                if answer.outcome is not Outcome.OK:
                    return answer
                self._own = answer.body["Account"]
            if account == self._own:
                return self._base
            role = self._options.get("organization_role")
            if not role:
                return no_way_in(account)
            if account not in self._accounts:
                arn = f"arn:{self._partition}:iam::{account}:role/{role}"
                self._accounts[account] = self._base.assume(
                    arn, self._extra("organization_external_id")
                )
            return self._accounts[account]

    def _extra(self, option: str = "external_id") -> dict[str, str]:
        extra = {"RoleSessionName": self._options.get("session_name", _SESSION_NAME)}
        external_id = self._options.get(option) or self._options.get("external_id")
        if external_id:
            extra["ExternalId"] = external_id
        return extra

    def _call(self, access: "_Access", request: Request) -> Answer:
        try:
            refusal = access.refusal()
            if refusal is not None:
                return refusal
            region = _OLD_NAMES.get(request.region, request.region) or self._home
            client = access.client(request.service, region)
            parameters = {**request.parameters, **(request.token or {})}
            body = getattr(client, xform_name(request.operation))(**parameters)
        except ClientError as error:
            return access.explain(error)
        except (BotoCoreError, *_UNREADABLE) as error:
            return access.fail(error, request)
        return self._answer(request, with_empty_lists(client, request.operation, body))

    def _answer(self, request: Request, body: dict[str, Json]) -> Answer:
        about = body.pop("ResponseMetadata", {})
        pager = _pager(request.service, request.operation)
        token = pager.next_token(body) if pager else None
        repeated = token is not None and token == request.token
        return Answer(
            outcome=Outcome.FAILED if repeated else Outcome.OK,
            body=body,
            code="RepeatedPageToken" if repeated else "",
            request_id=about.get("RequestId", ""),
            token=None if repeated else token,
            throttled=about.get("RetryAttempts", 0),
        )


class _Access:
    """One set of credentials, with the clients that use it."""

    def __init__(self, session: Session, home: str, *, assumed: bool = False) -> None:
        self._session = session
        self._home = home
        self._lock = Lock()
        self._clients: dict[tuple[str, str], Any] = {}
        self._untried = assumed
        self._refusal: Answer | None = None

    def assume(self, role_arn: str, extra: Mapping[str, str]) -> "_Access":
        """Return access with a role; it is assumed when first needed, and renewed by itself."""
        session = _new_session(self._session.get_config_variable("profile"))
        provider = SimpleNamespace(load_credentials=lambda: self._role_credentials(role_arn, extra))
        session.register_component("credential_provider", provider)
        return _Access(session, self._home, assumed=True)

    def refusal(self) -> Answer | None:
        """Return the answer to every call if the role may not be assumed: it is asked once.

        Raises:
            BotoCoreError, ClientError: the role could not be assumed this time.
        """
        if self._untried:
            with self._lock:
                self._assume_once()
        return self._refusal

    def client(self, service: str, region: str) -> Any:
        """Return the client of a service in a region; made once, shared by all threads."""
        client = self._clients.get((service, region))
        if client is None:
            with self._lock:
                client = self._clients.get((service, region))
                if client is None:
                    client = self._session.create_client(service, region, config=_CONFIG)
                    self._clients[service, region] = client
        return client

    def explain(self, error: ClientError) -> Answer:
        """Turn a refusal by AWS into an answer."""
        return answer_of(error.response, error.operation_name, self._secrets())

    def fail(self, error: Exception, request: Request) -> Answer:
        """Turn a failure on our side of the network into an answer."""
        region = request.region or self._home
        offered = self._session.get_available_regions(request.service, partition_of(region))
        is_absent = isinstance(error, EndpointConnectionError) and region not in offered
        return Answer(
            outcome=Outcome.UNSUPPORTED if is_absent and offered else Outcome.FAILED,
            code=type(error).__name__ if isinstance(error, BotoCoreError) else "MalformedAnswer",
            message=harmless(str(error), self._secrets()),
        )

    def close(self) -> None:
        """Let go of connections."""
        for client in self._clients.values():
            client.close()

    def _assume_once(self) -> None:
        if not self._untried:
            return
        try:
            self._session.get_credentials().get_frozen_credentials()
        except ClientError as error:
            answer = self.explain(error)
            if answer.outcome is not Outcome.DENIED:
                raise
            self._refusal = answer
        self._untried = False

    def _role_credentials(self, role_arn: str, extra: Mapping[str, str]) -> Any:
        own = self._session.get_credentials()
        if own is None:
            raise NoCredentialsError
        fetcher = AssumeRoleCredentialFetcher(
            self._create_sts, own, role_arn, extra_args=dict(extra)
        )
        return DeferredRefreshableCredentials(fetcher.fetch_credentials, "assume-role")

    def _create_sts(self, service: str, **credentials: str) -> Any:
        return self._session.create_client(service, self._home, config=_CONFIG, **credentials)

    def _secrets(self) -> tuple[str | None, ...]:
        if self._untried or self._refusal is not None:
            return ()
        try:
            credentials = self._session.get_credentials()
            secrets = (credentials.secret_key, credentials.token) if credentials else ()
        except (BotoCoreError, ClientError):
            return ()  # they could not be renewed, which is what the message is about
        return secrets


_WHO_AM_I = Request(
    collector="", place={}, step="", service="sts", operation="GetCallerIdentity", parameters={}
)


@cache
def _loader(data_path: str | None) -> Any:
    """Return the reader of service models, which keeps what it has read for all sessions."""
    return create_loader(data_path)


@cache
def _pager(service: str, operation: str) -> Pager | None:
    """Return how an operation is paged, None if it is not."""
    loader = _loader(None)
    try:
        data = loader.load_service_model(service, "paginators-1")["pagination"]
    except DataNotFoundError:
        data = {}
    if operation in data:
        return Pager.from_data(data[operation])
    return Pager.from_model(loader.load_service_model(service, "service-2"), operation)


def _new_session(profile: str | None) -> Session:
    """Return a session whose answers hold JSON only."""
    session = Session(profile=profile)
    session.register_component("data_loader", _loader(session.get_config_variable("data_path")))
    session.get_component("response_parser_factory").set_parser_defaults(
        timestamp_parser=_moment, blob_parser=str
    )
    return session


def _moment(value: Json) -> str:
    """Return a moment as ISO 8601 in UTC; one that is none is kept as it came."""
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return value
    try:
        moment = parse_timestamp(value)
    except ValueError:
        return str(value)
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return str(zoned.astimezone(UTC).isoformat()).replace("+00:00", "Z")
