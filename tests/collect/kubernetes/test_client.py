"""What the API of a cluster can and cannot do to whoever asks it."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from auditor.collect.kubernetes.calls import AUTHORITY, READS, SERVICE
from auditor.collect.kubernetes.client import UNREACHABLE, UNTRUSTED, KubernetesApi
from auditor.demo.kubernetes.objects import SECRET, pod
from auditor.demo.kubernetes.server import Answer as Wire
from auditor.demo.kubernetes.server import Cluster, refusal, resolving, serving
from auditor.model import Answer, Json, Outcome, Request

HOST = "abc.gr7.us-east-1.eks.amazonaws.com"
BEARER = "k8s-aws-v1.bearer"


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Cluster, str]]:
    cluster = Cluster(host=HOST)
    with serving(cluster) as authority:
        yield cluster, authority


@pytest.fixture
def cluster(served: tuple[Cluster, str]) -> Cluster:
    """A cluster in which nothing is wrong yet."""
    known, _ = served
    known.objects = {"pods": [pod(f"p{number}", "registry/player:1") for number in range(5)]}
    known.lets_in = BEARER.__eq__
    known.page_size, known.refused, known.faults, known.asked = 500, frozenset(), [], []
    return known


@pytest.fixture
def request_(served: tuple[Cluster, str]) -> Request:
    return Request(
        collector="",
        place={},
        step="",
        service=SERVICE,
        operation="list_pods",
        parameters={AUTHORITY: served[1], "cluster": "c"},
        endpoint=f"https://{HOST}",
    )


def pages(api: KubernetesApi, request: Request) -> list[Answer]:
    """Ask for page after page, as the walk does."""
    answers = [api.ask(request, BEARER)]
    while answers[-1].token is not None:
        answers.append(api.ask(replace(request, token=answers[-1].token), BEARER))
    return answers


def names(answers: list[Answer]) -> list[str]:
    return [each["metadata"]["name"] for page in answers for each in page.body["items"]]


def wire(body: Json) -> Wire:
    return Wire(status=200, body=json.dumps(body).encode())


def test_asks_for_every_page(cluster: Cluster, request_: Request) -> None:
    cluster.page_size = 2

    assert names(pages(KubernetesApi(), request_)) == ["p0", "p1", "p2", "p3", "p4"]
    assert cluster.asked == [
        "GET /api/v1/pods?limit=500",
        "GET /api/v1/pods?limit=500&continue=2",
        "GET /api/v1/pods?limit=500&continue=4",
    ]


def test_what_people_keep_secret_is_left_behind(cluster: Cluster, request_: Request) -> None:
    """Environment, arguments and annotations are in every answer."""
    (answer,) = pages(KubernetesApi(), request_)

    assert SECRET not in repr(answer)
    assert BEARER not in repr(answer)
    assert answer.body["items"][0]["spec"] == {
        "nodeName": "ip-10-0-0-1.ec2.internal",
        "containers": [{"name": "player", "image": "registry/player:1"}],
    }


def test_a_list_that_has_changed_meanwhile_starts_again_once(
    cluster: Cluster, request_: Request
) -> None:
    cluster.page_size = 3
    api = KubernetesApi()
    first = api.ask(request_, BEARER)
    cluster.faults = [refusal(410, "Expired", "the provided continue parameter is too old")]
    again = api.ask(replace(request_, token=first.token), BEARER)
    cluster.faults = [refusal(410, "Expired", "the provided continue parameter is too old")]
    third = api.ask(replace(request_, token=again.token), BEARER)

    assert names([again]) == ["p0", "p1", "p2"]
    assert (third.outcome, third.code) == (Outcome.FAILED, "Expired")


@pytest.mark.parametrize(
    ("status", "reason", "outcome"),
    [
        (401, "Unauthorized", Outcome.DENIED),
        (403, "Forbidden", Outcome.DENIED),
        (404, "NotFound", Outcome.UNSUPPORTED),
        (410, "Expired", Outcome.FAILED),
        (429, "TooManyRequests", Outcome.FAILED),
        (500, "InternalError", Outcome.FAILED),
    ],
)
def test_a_refusal_is_an_answer(
    cluster: Cluster, request_: Request, status: int, reason: str, outcome: Outcome
) -> None:
    cluster.faults = [refusal(status, reason, "no")]
    (answer,) = pages(KubernetesApi(), request_)

    assert (answer.outcome, answer.code, answer.message) == (outcome, reason, "no")
    assert answer.throttled == (status == 429)


def test_no_redirect_is_followed(cluster: Cluster, request_: Request) -> None:
    """It would take the token elsewhere."""
    cluster.faults = [Wire(status=302, body=b"", headers={"Location": f"https://{HOST}/elsewhere"})]
    (answer,) = pages(KubernetesApi(), request_)

    assert (answer.outcome, answer.code) == (Outcome.FAILED, "302")
    assert len(cluster.asked) == 1


HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "page of a proxy": b"<html>",
    "a number": b"7",
    "another list": json.dumps({"kind": "SecretList", "items": []}).encode(),
    "no items": json.dumps({"kind": "PodList"}).encode(),
    "items that are none": json.dumps({"kind": "PodList", "items": {}}).encode(),
    "pods that are none": json.dumps({"kind": "PodList", "items": [7]}).encode(),
    "images that are none": json.dumps(
        {"kind": "PodList", "items": [{"spec": {"containers": [{"image": 7}]}}]}
    ).encode(),
    "a token that is none": json.dumps(
        {"kind": "PodList", "items": [], "metadata": {"continue": ["x"]}}
    ).encode(),
    "half a character": b'{"kind": "PodList", "items": [{"metadata": {"name": "\\ud800"}}]}',
    "bytes that are no text": b'{"kind": "PodList", "items": [{"metadata": {"name": "\xff"}}]}',
    "deep": b'{"kind": "PodList", "items": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep beside": b'{"x": '
    + b"[" * 100_000
    + b"]" * 100_000
    + b', "kind": "PodList", "items": []}',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_list_of_pods_is_no_answer(
    cluster: Cluster, request_: Request, name: str
) -> None:
    cluster.faults = [Wire(status=200, body=HOSTILE[name])]
    (answer,) = pages(KubernetesApi(), request_)

    assert (answer.outcome, answer.code) == (Outcome.FAILED, "UnexpectedAnswer")
    assert answer.body is None


@pytest.mark.parametrize("body", [b"7", b"{}", b'{"reason": 7, "message": []}', b"[" * 100_000])
def test_a_refusal_that_says_nothing_is_known_by_its_status(
    cluster: Cluster, request_: Request, body: bytes
) -> None:
    cluster.faults = [Wire(status=503, body=body)]

    assert KubernetesApi().ask(request_, BEARER).code == "503"


def test_an_answer_that_is_too_long_is_cut_off(cluster: Cluster, request_: Request) -> None:
    answer = KubernetesApi(longest=1_000).ask(request_, BEARER)

    assert answer.outcome is Outcome.FAILED
    assert "longer than 1000 bytes" in answer.message


def test_an_answer_that_never_ends_is_cut_off(cluster: Cluster, request_: Request) -> None:
    page = {"kind": "PodList", "items": [], "metadata": {"continue": "same"}}
    cluster.faults = [wire(page), wire(page)]
    answers = pages(KubernetesApi(), request_)

    assert [each.code for each in answers] == ["", "RepeatedPage"]
    far = replace(request_, token={"continue": "x", "page": 1_999})
    cluster.faults = [wire(page)]
    assert KubernetesApi().ask(far, BEARER).code == "RepeatedPage"


def test_an_empty_list_may_be_written_as_null(cluster: Cluster, request_: Request) -> None:
    cluster.faults = [wire({"kind": "PodList", "items": None, "metadata": None})]
    (answer,) = pages(KubernetesApi(), request_)

    assert (answer.outcome, answer.body["items"]) == (Outcome.OK, [])


def test_a_cluster_that_its_authority_does_not_vouch_for_gets_no_token(
    cluster: Cluster, request_: Request
) -> None:
    """Nor does one that is out of reach, and neither is tried again."""
    with serving(Cluster(host="other")) as other:
        stranger = replace(request_, parameters={**request_.parameters, AUTHORITY: other})
        api = KubernetesApi()
        answers = [api.ask(stranger, BEARER) for _ in range(2)]

    assert [each.code for each in answers] == [UNTRUSTED, UNTRUSTED]
    assert answers[0] is answers[1]
    assert cluster.asked == []


def test_a_cluster_out_of_reach_is_tried_once(request_: Request) -> None:
    away = replace(request_, endpoint="https://away.gr7.us-east-1.eks.amazonaws.com")
    api = KubernetesApi(connect=1)
    with resolving({"away.gr7.us-east-1.eks.amazonaws.com": 0}):
        answers = [api.ask(replace(away, operation=name), BEARER) for name in READS]

    assert {each.code for each in answers} == {UNREACHABLE}
    assert answers[0].message.startswith("the cluster's API could not be reached from here")
    assert answers[0] is answers[2]


@pytest.mark.parametrize(
    "authority", ["", "!", base64.b64encode(b"no certificate").decode(), "\xff", 7, None]
)
def test_without_an_authority_nothing_is_asked(
    cluster: Cluster, request_: Request, authority: Json
) -> None:
    odd = replace(request_, parameters={AUTHORITY: authority})

    assert KubernetesApi().ask(odd, BEARER).code == "UnexpectedAnswer"
    assert cluster.asked == []


@pytest.mark.parametrize("operation", ["delete_pods", "list_secrets", "ListPods", ""])
def test_nothing_else_is_asked(cluster: Cluster, request_: Request, operation: str) -> None:
    with pytest.raises(ValueError, match="no read"):
        KubernetesApi().ask(replace(request_, operation=operation), BEARER)
    assert cluster.asked == []


def test_a_proxy_is_used_where_one_is_named(
    cluster: Cluster, request_: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It carries what it cannot read; a proxy that is not there is no way."""
    monkeypatch.setenv("HTTPS_PROXY", "http://user:hidden@127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    answer = KubernetesApi(connect=1).ask(request_, BEARER)

    assert answer.code == UNREACHABLE
    assert "hidden" not in answer.message
    assert cluster.asked == []
    monkeypatch.setenv("NO_PROXY", ".amazonaws.com")
    assert KubernetesApi().ask(request_, BEARER).outcome is Outcome.OK
