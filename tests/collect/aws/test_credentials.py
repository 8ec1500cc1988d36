"""Credentials of the door: chains of roles, refusals, and what expires in the middle."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.awsrequest import AWSPreparedRequest
from botocore.credentials import Credentials, DeferredRefreshableCredentials
from moto import mock_aws

from auditor.collect.aws.client import AwsDoor
from auditor.collect.aws.sdk.clients import Clients, Lent
from auditor.demo.aws.transport import Rule, answering, listening
from auditor.demo.aws.wire import refusal_of, respond
from auditor.errors import CollectionError
from auditor.model import Json, Outcome, Request, Target


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with mock_aws(), monkeypatch.context() as patch:  # moto sets keys of its own
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        yield


def request_for(
    operation: str, account: str = "", service: str = "sts", **parameters: Json
) -> Request:
    return Request(
        collector="",
        place={"target": "here", "account": account},
        step="l0",
        service=service,
        operation=operation,
        parameters=parameters,
        region="us-east-1",
    )


def member(account: str) -> Request:
    return request_for("GetCallerIdentity", account)


def target(**options: str) -> Target:
    return Target(name="here", provider="aws", options={"organization_role": "reader", **options})


class Roles:
    """Watches roles being assumed, and refuses signatures as expired."""

    def __init__(self) -> None:
        self.assumed: Counter[str] = Counter()
        self.external_ids: set[str] = set()
        self.calls = 0
        self.expired: set[str] = set()
        self.last_key = ""

    def __call__(self, event_name: str, request: AWSPreparedRequest, **_: Any) -> Any:
        self.calls += 1
        body = request.body or b""
        sent = body.decode() if isinstance(body, bytes) else body
        self.last_key = _key_of(request)
        if "Action=AssumeRole" in sent:
            self.assumed[sent.partition("iam%3A%3A")[2].partition("%3A")[0]] += 1
            self.external_ids.add(sent.partition("ExternalId=")[2].partition("&")[0])
        if self.last_key in self.expired:
            refusal = refusal_of("sts", "GetCallerIdentity", 403, "ExpiredToken", "too old")
            return respond(request, *refusal)
        return None


def _key_of(request: AWSPreparedRequest) -> str:
    signature = request.headers.get("Authorization", b"")
    text = signature.decode() if isinstance(signature, bytes) else signature
    return str(text.partition("Credential=")[2].partition("/")[0])


def test_a_chain_of_roles_with_external_ids_is_walked_once() -> None:
    """The target's role is entered once, and each account from it."""
    roles = Roles()
    options = {"role_arn": "arn:aws:iam::222222222222:role/hub", "external_id": "agreed"}
    with listening(roles):
        door = AwsDoor(target(**options))
        said = [door.ask(member(f"{n:012}")) for n in (5, 6, 5, 6, 7)]

    assert [a.body["Account"] for a in said] == [f"{n:012}" for n in (5, 6, 5, 6, 7)]
    assert roles.assumed == {"222222222222": 1, **{f"{n:012}": 1 for n in (5, 6, 7)}}
    assert roles.external_ids == {"agreed"}


def test_one_client_signs_for_every_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client is made once for a service and region, whoever is asked."""
    made: Counter[tuple[str, str]] = Counter()
    create = Clients(None)._session.__class__.create_client

    def count(session: Any, service: str, region: str, **more: Any) -> Any:
        made[service, region] += 1
        return create(session, service, region, **more)

    monkeypatch.setattr("botocore.session.Session.create_client", count)
    door = AwsDoor(target())
    for number in range(20):
        door.ask(member(f"{number:012}"))
        door.ask(request_for("ListTables", f"{number:012}", "dynamodb"))

    assert made == {("sts", "us-east-1"): 1, ("dynamodb", "us-east-1"): 1}


def test_a_token_that_expires_in_the_middle_is_replaced_once() -> None:
    """The account is entered again, and the call is made once more."""
    roles = Roles()
    with listening(roles):
        door = AwsDoor(target())
        door.ask(member("222222222222"))
        roles.expired.add(roles.last_key)
        again = door.ask(member("222222222222"))

    assert again.outcome is Outcome.OK
    assert roles.assumed["222222222222"] == 2


def test_keys_that_expire_for_good_stop_the_collection() -> None:
    """Ten thousand failures would be kept as evidence of nothing; a renewed key goes on."""
    roles = Roles()
    with listening(roles):
        door = AwsDoor(target())
        door.ask(member("222222222222"))
        roles.expired |= {"testing", roles.last_key}
        with pytest.raises(CollectionError, match="here: the credentials have expired"):
            door.ask(member("222222222222"))


def test_keys_that_somebody_renews_are_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever logs in again in time needs to do nothing else."""
    roles = Roles()
    with listening(roles):
        door = AwsDoor(target())
        door.ask(member(""))
        roles.expired.add("testing")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "renewed")
        again = door.ask(member(""))

    assert again.outcome is Outcome.OK
    assert roles.last_key == "renewed"


def test_a_page_token_that_expires_is_no_expired_credential() -> None:
    """Some services use the same code; the collection goes on."""
    rule = Rule(operation="dynamodb.ListTables", status=400, code="ExpiredTokenException")
    with answering([rule]):
        answer = AwsDoor(target()).ask(request_for("ListTables", service="dynamodb"))

    assert (answer.outcome, answer.code) == (Outcome.FAILED, "ExpiredTokenException")


def test_roles_are_renewed_before_they_expire() -> None:
    """botocore does so a quarter of an hour ahead; its clock is set forward here."""
    roles = Roles()
    with listening(roles):
        door = AwsDoor(target())
        door.ask(member("222222222222"))
        first = roles.last_key
        credentials = door._accounts["222222222222"].credentials
        assert isinstance(credentials, DeferredRefreshableCredentials)
        credentials._time_fetcher = lambda: datetime.now(UTC) + timedelta(minutes=55)
        door.ask(member("222222222222"))

    assert roles.assumed["222222222222"] == 2
    assert roles.last_key != first


def test_what_is_lent_to_one_thread_is_lent_to_no_other() -> None:
    """An answer about one account must never be filed under another."""
    lent = Lent()
    with lent.lend(_keys_of("a")):
        with lent.lend(_keys_of("b")):
            inner = lent.get_frozen_credentials()
        outer = lent.get_frozen_credentials()
        with ThreadPoolExecutor(1) as pool:
            elsewhere = pool.submit(lent.get_frozen_credentials).result()

    assert (inner.access_key, outer.access_key) == ("b", "a")
    assert elsewhere is None
    assert lent.get_frozen_credentials() is None


def _keys_of(name: str) -> Credentials:
    return Credentials(name, "secret")


def test_clients_that_nobody_uses_are_let_go() -> None:
    """Two hundred and fifty services in seventeen regions must not stay in memory."""
    clients = Clients(None, most=2)
    first = clients.get("sts", "us-east-1")
    clients.get("sqs", "us-east-1")
    same = clients.get("sts", "us-east-1")
    clients.get("sns", "us-east-1")

    assert same is first
    assert [service for service, *_ in clients._clients] == ["sts", "sns"]
    clients.close()


def test_a_service_with_addresses_of_its_own_for_each_account_has_clients_for_each() -> None:
    """Timestream tells every account which address to call."""
    clients = Clients(None)

    assert clients.get("timestream-write", "us-east-1", "1") is not clients.get(
        "timestream-write", "us-east-1", "2"
    )
    assert clients.get("sqs", "us-east-1", "1") is clients.get("sqs", "us-east-1", "2")
    clients.close()
