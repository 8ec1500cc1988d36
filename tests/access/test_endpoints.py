"""Ways through VPC endpoints that no request can take."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.access.decision import decide
from auditor.access.documents import read_statements
from auditor.access.endpoints import Endpoints, without_closed
from auditor.access.estate import Actor, Estate, Resource
from auditor.access.patterns import matches
from auditor.access.statements import Statement
from auditor.model import Json, Unknown

ONE = "111111111111"
BUCKET = "arn:aws:s3:::photos"
ANN = f"arn:aws:iam::{ONE}:user/ann"
ENDPOINT, OTHER = "vpce-1", "vpce-2"


def read(name: str, *statements: Json) -> tuple[Statement, ...]:
    return read_statements(name, json.dumps({"Version": "2012-10-17", "Statement": [*statements]}))


def allow(action: str, resource: str = f"{BUCKET}/*", **more: Json) -> dict[str, Json]:
    return {"Effect": "Allow", "Principal": "*", "Action": action, "Resource": resource, **more}


def asking(operator: str, *names: str, key: str = "aws:SourceVpce") -> dict[str, Json]:
    return {"Condition": {operator: {key: list(names)}}}


def verdict(
    policy: tuple[Statement, ...],
    endpoints: dict[str, tuple[Statement, ...]],
    networks: dict[str, tuple[str, ...]] | None = None,
) -> str:
    """Say whether Ann may read the bucket; everybody may ask."""
    actor = Actor(id=ANN, kind="user", account=ONE, name="ann")
    bucket = Resource(id=BUCKET, service="s3", kind="bucket", account=ONE)
    seen = Endpoints(policies=endpoints, networks=networks or {})
    estate = Estate(
        actors={ANN: actor},
        resources={BUCKET: bucket},
        resource={BUCKET: without_closed(policy, seen)},
    )
    return decide(estate, ANN, "s3:GetObject", BUCKET).verdict


ONLY = read("b", allow("s3:GetObject", **asking("StringEquals", ENDPOINT)))
UNLESS = read(
    "b",
    allow("s3:GetObject"),
    {**allow("s3:*"), "Effect": "Deny", **asking("StringNotEquals", ENDPOINT)},
)
OPEN = read("e", allow("*", "*"))
ELSEWHERE = read("e", allow("*", "arn:aws:s3:::music/*"))


@pytest.mark.parametrize("policy", [ONLY, UNLESS], ids=["only through it", "unless through it"])
@pytest.mark.parametrize(
    ("endpoint", "expected"),
    [
        (OPEN, "conditional"),
        (ELSEWHERE, "deny"),
        (read("e", allow("dynamodb:*", "*")), "deny"),
        (read("e", allow("s3:Get*", "arn:aws:s3:::ph*")), "conditional"),
        (read("e", allow("s3:GetObject", "arn:aws:s3:::${aws:username}/*")), "conditional"),
        (read("e", {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}), "deny"),
        (
            read("e", {"Effect": "Allow", "Principal": "*", "NotAction": "x:*", "Resource": "*"}),
            "conditional",
        ),
        (read_statements("e", Unknown("it was denied")), "conditional"),
        (None, "conditional"),
    ],
    ids=[
        "open",
        "another bucket",
        "another service",
        "some of it",
        "a variable",
        "closed",
        "others than",
        "not read",
        "not seen",
    ],
)
def test_an_endpoint_that_lets_none_of_it_pass_is_no_way(
    policy: tuple[Statement, ...], endpoint: tuple[Statement, ...] | None, expected: str
) -> None:
    assert verdict(policy, {} if endpoint is None else {ENDPOINT: endpoint}) == expected


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        ("StringEquals", "conditional"),
        ("StringLike", "conditional"),
        ("StringEqualsIfExists", "conditional"),
        ("ForAnyValue:StringEquals", "conditional"),
    ],
)
def test_another_way_stays(operator: str, expected: str) -> None:
    policy = read("b", allow("s3:GetObject", **asking(operator, ENDPOINT, OTHER)))

    assert verdict(policy, {ENDPOINT: ELSEWHERE, OTHER: OPEN}) == expected


def test_what_comes_through_no_endpoint_passes_if_that_is_allowed() -> None:
    policy = read("b", allow("s3:GetObject", **asking("StringEqualsIfExists", ENDPOINT)))

    assert verdict(policy, {ENDPOINT: ELSEWHERE}) == "conditional"


@pytest.mark.parametrize("operator", ["StringEquals", "StringLike"])
@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        (None, "conditional"),
        ((), "deny"),
        ((ENDPOINT,), "deny"),
        ((ENDPOINT, OTHER), "conditional"),
        ((ENDPOINT, "vpce-unread"), "conditional"),
    ],
    ids=["not listed", "none", "closed", "one is open", "one was not read"],
)
def test_a_network_is_no_way_if_each_of_its_endpoints_is_closed(
    operator: str, ways: tuple[str, ...] | None, expected: str
) -> None:
    """Of a network whose endpoints were not all listed, nothing is known."""
    policy = read("b", allow("s3:GetObject", **asking(operator, "vpc-1", key="aws:SourceVpc")))
    networks = {} if ways is None else {"vpc-1": ways}

    assert verdict(policy, {ENDPOINT: ELSEWHERE, OTHER: OPEN}, networks) == expected


_PATTERNS = st.text("ab*?", max_size=4).map(lambda text: f"s3:{text}")


@given(_PATTERNS, _PATTERNS, st.text("ab", max_size=5).map(lambda text: f"s3:{text}"))
def test_what_both_allow_is_never_closed(asked: str, lets: str, action: str) -> None:
    """An action that matches both patterns passes: the endpoint stays."""
    policy = read("b", allow(asked, **asking("StringEquals", ENDPOINT)))
    (found,) = without_closed(policy, Endpoints(policies={ENDPOINT: read("e", allow(lets))}))

    if matches(asked, action) and matches(lets, action):
        assert found.tests[0].values == (ENDPOINT,)
