"""What we claim to know about Security Lake and Detective, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.security_lake import GRAPHS, LAKES, MEMBERSHIPS, SUBSCRIBERS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

LAKE = f"arn:aws:securitylake:{HOME}:{ACCOUNT}:data-lake/default"
GRAPH = f"arn:aws:detective:{HOME}:999999999999:graph:1"

pytestmark = pytest.mark.usefixtures("cloud")


def collect(**answers: Json) -> Collected:
    rules = [Rule(operation=name.replace("__", "."), answer=each) for name, each in answers.items()]
    several = (GRAPHS, LAKES, MEMBERSHIPS, SUBSCRIBERS)
    return gather((IDENTITY, REGIONS, *several), rules=rules)


def test_a_lake_is_collected_in_other_regions() -> None:
    here = {
        "dataLakeArn": LAKE,
        "region": HOME,
        "s3BucketArn": "arn:aws:s3:::lake",
        "replicationConfiguration": {"regions": ["eu-central-1"]},
    }
    there = {**here, "dataLakeArn": LAKE.replace(HOME, "us-west-2"), "region": "us-west-2"}

    flows = collect(securitylake__ListDataLakes={"dataLakes": [here, there]}).flows

    assert [(flow.mechanism, flow.target_id) for flow in flows] == [
        ("stream", "arn:aws:s3:::lake"),
        ("replication", LAKE.replace(HOME, "eu-central-1")),
    ]
    assert flows[1].target_country == "DE"


def subscriber(**members: Json) -> Collected:
    item = {
        "subscriberArn": "arn:s",
        "subscriberId": "1",
        "subscriberName": "siem",
        "subscriberIdentity": {"externalId": "x", "principal": "999999999999"},
        "sources": [],
        **members,
    }
    return collect(securitylake__ListSubscribers={"subscribers": [item]})


def test_a_subscriber_reads_and_is_told() -> None:
    share, post = subscriber(subscriberEndpoint="https://siem.example.com/in").flows

    assert (share.mechanism, share.target_account) == ("share", "999999999999")
    assert isinstance(post.target_country, Unknown)


def test_a_subscriber_that_was_switched_off_gets_nothing() -> None:
    assert subscriber(subscriberStatus="DEACTIVATED").flows == []


def test_a_service_that_subscribes_may_be_anybodys() -> None:
    identity = {"externalId": "x", "principal": "siem.example.com"}
    (flow,) = subscriber(subscriberIdentity=identity).flows

    assert isinstance(flow.target_account, Unknown)


def test_a_graph_is_a_store_and_a_membership_a_share() -> None:
    own = GRAPH.replace("999999999999", ACCOUNT)
    collected = collect(
        detective__ListGraphs={"GraphList": [{"Arn": own}]},
        detective__ListInvitations={"Invitations": [{"GraphArn": GRAPH, "Status": "ENABLED"}]},
    )
    (flow,) = collected.flows

    assert collected.stores["1"].id == own
    assert (flow.mechanism, flow.target_account, flow.active) == ("share", "999999999999", True)
