"""What endpoints of VPCs let pass decides where a policy asks for them."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from auditor.model import Json
from auditor.tables import Gateway, Row
from tests.facts.deriving import Facts
from tests.facts.granting import unit
from tests.facts.networking import gateway, network
from tests.facts.test_aws_access import ANN, DATA, LOGS, ONE, allow, derived, granted, own, says

NETWORK = network("vpc-1", account=ONE)
LISTED = replace(
    unit(ONE),
    provider="aws",
    collector="aws.ec2.vpc-endpoint",
    region=NETWORK.region,
    service="ec2",
)


def asked_from(key: str, name: str) -> tuple[Row, ...]:
    """Return policies of the buckets: one lets everybody in who comes that way."""
    condition = {"StringEquals": {key: name}}
    everybody = allow("s3:GetObject", f"{DATA}/*", Principal="*", Condition=condition)
    return own(DATA, says(everybody)), own(LOGS, "")


def endpoint(name: str, service: str = "s3") -> Gateway:
    return gateway(name, "service gateway", peer_id=f"com.amazonaws.us-east-1.{service}")


def policy_of(name: str, lets: str) -> Row:
    arn = f"arn:aws:ec2:us-east-1:{ONE}:vpc-endpoint/{name}"
    return own(arn, says(allow("*", lets, Principal="*")), "endpoint")


def reading(facts: Facts) -> list[Json]:
    return [(row[0], row[4], row[5]) for row in granted(facts, "anybody")]


@pytest.mark.parametrize(
    ("lets", "expected"),
    [(f"{DATA}/*", [("read", True, ["aws:sourcevpce"])]), (f"{LOGS}/*", [])],
    ids=["it passes", "it does not"],
)
def test_an_endpoints_policy_closes_the_way_that_a_bucket_asks_for(
    lets: str, expected: list[Json]
) -> None:
    """A bucket lets everybody in through one endpoint; what that lets pass, its policy says."""
    facts = derived(*asked_from("aws:SourceVpce", "vpce-1"), policy_of("vpce-1", lets))

    assert reading(facts) == expected
    (read,) = [each for each in facts.explain(ANN, DATA).answers if each.access == "read"]
    assert read.told.verdict == ("conditional" if expected else "no")


OPEN = [("read", True, ["aws:sourcevpc"])]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((), OPEN),
        ((NETWORK,), OPEN),
        ((NETWORK, replace(LISTED, complete=False)), OPEN),
        ((NETWORK, LISTED), []),
        ((NETWORK, LISTED, endpoint("vpce-1")), OPEN),
        ((NETWORK, LISTED, endpoint("vpce-1"), policy_of("vpce-1", f"{DATA}/*")), OPEN),
        ((NETWORK, LISTED, endpoint("vpce-1"), policy_of("vpce-1", f"{LOGS}/*")), []),
        ((NETWORK, LISTED, replace(endpoint("vpce-1"), active=False)), []),
        (
            (NETWORK, LISTED, endpoint("vpce-1", "console"), policy_of("vpce-1", f"{LOGS}/*")),
            OPEN,
        ),
        ((NETWORK, LISTED, replace(endpoint("vpce-1"), network_id="")), OPEN),
    ],
    ids=[
        "a network nobody saw",
        "endpoints were not asked for",
        "endpoints were not all listed",
        "no endpoints",
        "an endpoint without policy",
        "an endpoint that lets it pass",
        "an endpoint that does not",
        "an endpoint that is not connected",
        "the console asks for its users",
        "an endpoint of an unknown network",
    ],
)
def test_a_network_is_a_way_only_through_its_endpoints(
    rows: Iterable[Row], expected: list[Json]
) -> None:
    """What endpoints that were all listed let pass is decided; anything else hangs on it."""
    facts = derived(*asked_from("aws:SourceVpc", "vpc-1"), *rows)

    assert reading(facts) == expected


def test_an_explanation_says_that_nothing_comes_from_a_network() -> None:
    facts = derived(*asked_from("aws:SourceVpc", "vpc-1"), NETWORK, LISTED)

    (read,) = [each for each in facts.explain("anybody", DATA).answers if each.access == "read"]
    assert read.told.verdict == "no"
