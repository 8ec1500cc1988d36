"""The door to Amazon Web Services: signs, retries and sorts errors, for every collector.

botocore does the work and reads its own configuration (endpoints, proxies, CA bundles, a profile's
region); this module only chooses credentials, takes one page at a time, and turns answers and
refusals into an :class:`~auditor.model.Answer`.
"""

import re
from threading import Lock

from botocore import xform_name
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EndpointConnectionError,
    ProfileNotFound,
)
from botocore.parsers import ResponseParserError

from auditor.collect.aws.outcomes import answer_of, harmless, has_expired, no_way_in
from auditor.collect.aws.paging import with_empty_lists
from auditor.collect.aws.regions import home_of, partition_of
from auditor.collect.aws.sdk.access import Access, own_access, role_access
from auditor.collect.aws.sdk.clients import Clients
from auditor.collect.aws.sdk.clusters import Clusters
from auditor.collect.aws.sdk.session import AGENT, new_session, pager_of
from auditor.collect.kubernetes.calls import SERVICE as KUBERNETES
from auditor.errors import CollectionError
from auditor.model import Answer, Json, Outcome, Request, Target

_READS = re.compile(r"(Get|BatchGet|List|Describe|Head|Lookup|Search)[A-Z]")
# What botocore's parsers raise at an answer of another shape than the API's.
_UNREADABLE = (ResponseParserError, ValueError, LookupError, TypeError, AttributeError)
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
        self._name = target.name
        self._options = target.options
        self._lock = Lock()
        self._accounts: dict[str, Access] = {}
        self._nowhere: dict[tuple[str, str], Answer] = {}
        self._own = ""
        profile = self._options.get("profile")
        try:
            session = new_session(profile)
            session.get_scoped_config()  # a profile must exist even if the environment has all
            region = session.get_config_variable("region") or ""
        except ProfileNotFound as error:
            raise CollectionError(f"target {target.name}: {error}") from error
        self._partition = partition_of(region)
        self._home = home_of(self._partition) or region
        self._clients = Clients(profile)
        self._clusters = Clusters(self._clients)
        self._base = own_access(session)
        if self._options.get("role_arn"):
            self._base = self._assume(self._options["role_arn"], "external_id")

    def ask(self, request: Request) -> Answer:
        """Make one read-only call for one page.

        Raises:
            ValueError: the operation is none that reads; a mistake in a collector.
            CollectionError: the target's credentials have expired for good.
        """
        in_cluster = request.service == KUBERNETES
        if not in_cluster and not _READS.match(request.operation):
            raise ValueError(f"{request.service} {request.operation} is no operation that reads")
        access = self._access(request.place.get("account", ""))
        if isinstance(access, Answer):
            return access
        if in_cluster:
            return self._clusters.ask(access, request)
        answer = self._call(access, request)
        if request.operation == "GetCallerIdentity" and access is self._base:
            self._own = self._own or (answer.body or {}).get("Account", "")
        return answer

    def close(self) -> None:
        """Let go of connections."""
        self._clients.close()

    def _access(self, account: str) -> Access | Answer:
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
                self._accounts[account] = self._assume(arn, "organization_external_id")
            return self._accounts[account]

    def _assume(self, role_arn: str, option: str) -> Access:
        extra = {"RoleSessionName": self._options.get("session_name", AGENT)}
        external_id = self._options.get(option) or self._options.get("external_id")
        if external_id:
            extra["ExternalId"] = external_id
        return role_access(self._base, self._clients, self._home, role_arn, extra)

    def _call(self, access: Access, request: Request) -> Answer:
        """Make a call; if credentials have expired on the way, once more with new ones."""
        generations = [(holder, holder.generation) for holder in access.chain]
        answer = self._try(access, request)
        for holder, generation in generations:
            if not has_expired(answer.code):
                return answer
            if holder.renew(generation):
                answer = self._try(access, request)
        if has_expired(answer.code) and has_expired(self._try(self._base, _WHO_AM_I).code):
            raise CollectionError(
                f"target {self._name}: the credentials have expired and cannot be renewed; what "
                "was collected is kept: renew them, then go on with the same bundle"
            )
        return answer

    def _try(self, access: Access, request: Request) -> Answer:
        region = _OLD_NAMES.get(request.region, request.region) or self._home
        if (request.service, region) in self._nowhere:
            return self._nowhere[request.service, region]
        try:
            refusal = access.refusal()
            if refusal is not None:
                return refusal
            account = request.place.get("account", "")
            client = self._clients.get(request.service, region, account)
            parameters = {**request.parameters, **(request.token or {})}
            with self._clients.lent.lend(access.credentials):
                body = getattr(client, xform_name(request.operation))(**parameters)
                body = with_empty_lists(client, request.operation, body)
                body = {name: _in_one_piece(value) for name, value in body.items()}
        except ClientError as error:
            return answer_of(error.response, error.operation_name, access.secrets())
        except (BotoCoreError, *_UNREADABLE) as error:
            return self._fail(error, access, request.service, region)
        return _read(request, body)

    def _fail(self, error: Exception, access: Access, service: str, region: str) -> Answer:
        """Turn a failure on our side of the network into an answer."""
        offered = self._clients.regions_of(service, partition_of(region))
        is_absent = isinstance(error, EndpointConnectionError) and region not in offered
        answer = Answer(
            outcome=Outcome.UNSUPPORTED if is_absent and offered else Outcome.FAILED,
            code=type(error).__name__ if isinstance(error, BotoCoreError) else "MalformedAnswer",
            message=harmless(str(error), access.secrets()),
        )
        if answer.outcome is Outcome.UNSUPPORTED:
            # Its tries take half a minute, which every account and collector would wait again.
            self._nowhere[service, region] = answer
        return answer


def _in_one_piece(value: Json) -> Json:
    """Return what comes as a stream whole: an object of S3, a configuration of AppConfig."""
    return value.read() if hasattr(value, "read") else value


def _read(request: Request, body: dict[str, Json]) -> Answer:
    about = body.pop("ResponseMetadata", {})
    pager = pager_of(request.service, request.operation)
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


_WHO_AM_I = Request(
    collector="", place={}, step="", service="sts", operation="GetCallerIdentity", parameters={}
)
