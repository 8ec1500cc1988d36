"""What lets us into a cluster of EKS is signed for that cluster, by whoever we are there."""

import base64
import hashlib
import hmac
from dataclasses import replace
from urllib.parse import parse_qsl, quote, urlsplit

import pytest

from auditor.collect.aws.client import AwsDoor
from auditor.collect.kubernetes.client import KubernetesApi
from auditor.model import Answer, Outcome, Request
from tests.collect.aws.walking import ACCOUNT, HOME, TARGET

SECRET = "the secret of the key"
pytestmark = pytest.mark.usefixtures("cloud")


def asked(account: str = ACCOUNT) -> Request:
    return Request(
        collector="aws.eks.cluster",
        place={"target": "here", "account": account, "region": HOME},
        step="",
        service="kubernetes",
        operation="list_pods",
        parameters={"cluster": "c", "certificate_authority": ""},
        region=HOME,
        endpoint="https://abc.gr7.us-east-1.eks.amazonaws.com",
    )


@pytest.fixture
def bearers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Tokens that would have been sent."""
    sent: list[str] = []

    def keep(_: KubernetesApi, request: Request, bearer: str) -> Answer:
        sent.append(bearer)
        return Answer(outcome=Outcome.OK)

    monkeypatch.setattr(KubernetesApi, "ask", keep)
    return sent


def signature(address: str, cluster: str) -> str:
    """Compute a signature of version 4 as STS does.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
    """
    parts = urlsplit(address)
    query = sorted(parse_qsl(parts.query))
    given = dict(query)
    listed = "&".join(
        f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}"
        for name, value in query
        if name != "X-Amz-Signature"
    )
    headers = f"host:{parts.netloc}\nx-k8s-aws-id:{cluster}\n"
    empty = hashlib.sha256(b"").hexdigest()
    canonical = f"GET\n/\n{listed}\n{headers}\nhost;x-k8s-aws-id\n{empty}"
    scope = given["X-Amz-Credential"].split("/", 1)[1]
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    text = f"AWS4-HMAC-SHA256\n{given['X-Amz-Date']}\n{scope}\n{digest}"
    key = f"AWS4{SECRET}".encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def test_the_token_is_signed_for_one_cluster(
    bearers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
    AwsDoor(TARGET).ask(asked())
    (bearer,) = bearers
    coded = bearer.removeprefix("k8s-aws-v1.")
    address = base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4)).decode()
    given = dict(parse_qsl(urlsplit(address).query))

    assert urlsplit(address).netloc == f"sts.{HOME}.amazonaws.com"
    assert given["X-Amz-Expires"] == "60"
    assert given["X-Amz-Signature"] == signature(address, "c") != signature(address, "d")
    assert SECRET not in address


def test_where_we_have_no_way_into_the_account_no_token_is_made(bearers: list[str]) -> None:
    answer = AwsDoor(TARGET).ask(asked("999999999999"))

    assert (answer.outcome, answer.code, bearers) == (Outcome.DENIED, "NoRole", [])


def test_only_lists_are_asked_of_clusters() -> None:
    with pytest.raises(ValueError, match="no read"):
        AwsDoor(TARGET).ask(replace(asked(), operation="delete_pods"))
