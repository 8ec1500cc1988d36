"""How data moves between search domains and into them, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.opensearch_movements import (
    ACCESS_POLICIES,
    COLLECTIONS,
    INBOUND,
    OUTBOUND,
    PIPELINES,
)
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, INBOUND, OUTBOUND, COLLECTIONS, ACCESS_POLICIES, PIPELINES)
OURS = f"arn:aws:es:{HOME}:{ACCOUNT}:domain/search"
THEIRS = "arn:aws:es:eu-west-1:999999999999:domain/theirs"

pytestmark = pytest.mark.usefixtures("cloud")


def end(arn: str) -> Json:
    _, _, _, region, account, name = arn.split(":")
    domain = {"OwnerId": account, "Region": region, "DomainName": name.removeprefix("domain/")}
    return {"AWSDomainInformation": domain}


def connection(side: str, local: str, remote: str) -> list[Flow]:
    one = {
        "ConnectionId": "c-1",
        "LocalDomainInfo": end(local),
        "RemoteDomainInfo": end(remote),
        "ConnectionStatus": {"StatusCode": "ACTIVE"},
    }
    rule = Rule(operation=f"opensearch.Describe{side}Connections", answer={"Connections": [one]})
    return gather(COLLECTORS, rules=[rule]).flows


def test_whoever_connects_gets_the_data() -> None:
    (flow,) = connection("Inbound", THEIRS, OURS)

    assert (flow.store_id, flow.target_id, flow.active) == (OURS, THEIRS, True)
    assert (flow.target_account, flow.target_country) == ("999999999999", "IE")


def test_a_connection_to_others_brings_their_data() -> None:
    (flow,) = connection("Outbound", OURS, THEIRS)

    assert (flow.store_id, flow.target_id) == (THEIRS, OURS)


def test_a_connection_within_the_account_is_told_once() -> None:
    assert connection("Outbound", OURS, OURS.replace(HOME, "us-west-2")) == []


def test_a_collection_is_encrypted() -> None:
    arn = f"arn:aws:aoss:{HOME}:{ACCOUNT}:collection/1"
    summary = {"arn": arn, "name": "vectors", "kmsKeyArn": "auto"}
    rule = Rule(
        operation="opensearchserverless.ListCollections", answer={"collectionSummaries": [summary]}
    )

    store = gather(COLLECTORS, rules=[rule]).stores["vectors"]

    assert (store.id, store.encrypted, store.key_id) == (arn, True, "")


def shares_of(*principals: str) -> list[Flow]:
    listed = Rule(
        operation="opensearchserverless.ListAccessPolicies",
        answer={"accessPolicySummaries": [{"name": "readers", "type": "data"}]},
    )
    policy = (
        '{"accessPolicyDetail": {"name": "readers", "policy": [{"Rules": [], "Principal": '
        f"{list(principals)}".replace("'", '"')
        + "}]}}"
    )
    answer = Rule(operation="opensearchserverless.GetAccessPolicy", body=policy)
    return gather(COLLECTORS, rules=[listed, answer]).flows


def test_a_policy_shares_with_accounts() -> None:
    own = f"arn:aws:iam::{ACCOUNT}:role/reader"
    other = "arn:aws:iam::999999999999:role/reader"

    (flow,) = shares_of(own, f"saml/{ACCOUNT}/idp/user/x", other)

    assert (flow.mechanism, flow.target_account) == ("share", "999999999999")


def test_a_principal_without_an_account_may_be_anybody() -> None:
    (flow,) = shares_of("somebody")

    assert isinstance(flow.target_account, Unknown)


def test_a_pipeline_delivers_into_the_region_of_an_address() -> None:
    arn = f"arn:aws:osis:{HOME}:{ACCOUNT}:pipeline/clicks"
    destination = {
        "ServiceName": "OpenSearch",
        "Endpoint": "https://vpc-x-1.eu-west-1.es.amazonaws.com",
    }
    pipeline = {
        "PipelineArn": arn,
        "PipelineName": "clicks",
        "Destinations": [destination],
        "Tags": [{"Key": "a", "Value": "b"}],
    }
    rule = Rule(operation="osis.ListPipelines", answer={"Pipelines": [pipeline]})

    collected = gather(COLLECTORS, rules=[rule])
    (flow,) = collected.flows

    assert collected.processors["clicks"].tags == {"a": "b"}
    assert (flow.store_id, flow.target_country) == (arn, "IE")
    assert isinstance(flow.target_account, Unknown)


def test_a_collection_whose_key_is_left_out_may_have_any() -> None:
    """AWS's own key is 'auto'; no key at all is no answer."""
    summary = {"arn": f"arn:aws:aoss:{HOME}:{ACCOUNT}:collection/1", "name": "vectors"}
    rule = Rule(
        operation="opensearchserverless.ListCollections", answer={"collectionSummaries": [summary]}
    )

    assert isinstance(gather(COLLECTORS, rules=[rule]).stores["vectors"].key_id, Unknown)


def test_a_pipeline_writes_somewhere_even_if_no_end_is_named() -> None:
    pipeline = {"PipelineArn": f"arn:aws:osis:{HOME}:{ACCOUNT}:pipeline/x", "PipelineName": "x"}
    rule = Rule(operation="osis.ListPipelines", answer={"Pipelines": [pipeline]})

    (flow,) = gather(COLLECTORS, rules=[rule]).flows

    assert isinstance(flow.active, Unknown)
