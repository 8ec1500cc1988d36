"""What we claim to know about distributions, given what AWS answered."""

import pytest

from auditor.collect.aws.cloudfront import DISTRIBUTIONS, KEY_VALUE_STORES, REALTIME_LOGS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Answer, Json, Outcome, Unknown
from auditor.spec import malformed
from tests.collect.aws.walking import ACCOUNT, Collected, gather

COLLECTORS = (IDENTITY, DISTRIBUTIONS, REALTIME_LOGS, KEY_VALUE_STORES)
ARN = f"arn:aws:cloudfront::{ACCOUNT}:distribution/E1"

pytestmark = pytest.mark.usefixtures("cloud")


def collect(bucket: str = "", *, deny: tuple[str, ...] = (), **item: Json) -> Collected:
    whole: Json = {"Id": "E1", "ARN": ARN, "DomainName": "d.example", "Enabled": True, **item}
    logging = {"Enabled": bool(bucket), "Bucket": bucket}
    configuration = {"CallerReference": "x", "Logging": logging}
    rules = [
        Rule(
            operation="cloudfront.ListDistributions",
            answer={"DistributionList": {"Items": [whole], "Quantity": 1}},
        ),
        Rule(
            operation="cloudfront.GetDistributionConfig",
            answer={"DistributionConfig": configuration},
        ),
    ]
    return gather(COLLECTORS, rules=rules, deny=deny)


def test_a_distribution_is_at_every_edge_whatever_its_restrictions() -> None:
    """Restrictions name who may view, not where copies lie."""
    restrictions = {"GeoRestriction": {"RestrictionType": "whitelist", "Items": ["US"]}}

    collected = collect(Restrictions=restrictions, PriceClass="PriceClass_100")
    row = collected.processors["d.example"]

    assert (row.id, row.country, row.region, row.public) == (ARN, "*", "global", True)
    assert [(flow.mechanism, flow.target_country) for flow in collected.flows] == [("edge", "*")]


@pytest.mark.parametrize("domain", ["videos.s3.amazonaws.com", "videos.s3.us-east-1.amazonaws.com"])
def test_objects_of_an_origin_leave_their_bucket(domain: str) -> None:
    flows = collect(Origins={"Quantity": 1, "Items": [{"Id": "o", "DomainName": domain}]}).flows

    assert ("arn:aws:s3:::videos", "edge", "*") in {
        (flow.store_id, flow.mechanism, flow.target_country) for flow in flows
    }


def test_a_name_that_only_looks_like_a_bucket_is_none() -> None:
    origin = {"Id": "o", "DomainName": "videos.s3.amazonaws.com.example"}

    flows = collect(Origins={"Quantity": 1, "Items": [origin]}).flows

    assert {flow.store_id for flow in flows} == {ARN}


def test_logs_are_exports() -> None:
    flows = {flow.mechanism: flow for flow in collect("logs.s3.amazonaws.com").flows}

    assert flows["export"].target_id == "arn:aws:s3:::logs"


def test_refused_settings_are_a_possible_export() -> None:
    flows = {flow.mechanism: flow for flow in collect(deny=("GetDistributionConfig",)).flows}

    assert isinstance(flows["export"].active, Unknown)


@pytest.mark.parametrize(("about", "is_malformed"), [({"Quantity": 0}, False), ({}, True)])
def test_no_distributions_is_an_answer_without_items(
    about: dict[str, Json], is_malformed: bool
) -> None:
    """CloudFront leaves the list out; a list that is missing for no stated reason is a gap."""
    page = Answer(outcome=Outcome.OK, body={"DistributionList": about})

    assert malformed(DISTRIBUTIONS.listing, page) is is_malformed


def test_what_functions_at_the_edge_read_is_a_store_everywhere() -> None:
    item = {"Name": "kv", "Id": "1", "Comment": "", "ARN": "arn:aws:cloudfront::1:kv/1"}
    kept = {"Items": [item], "Quantity": 1, "MaxItems": 1}
    stream = {"KinesisStreamConfig": {"StreamARN": "arn:aws:kinesis:eu-west-1:999999999999:s"}}
    log = {"ARN": "arn:aws:cloudfront::1:realtime-log-config/l", "Name": "l", "EndPoints": [stream]}
    rules = [
        Rule(operation="cloudfront.ListKeyValueStores", answer={"KeyValueStoreList": kept}),
        Rule(
            operation="cloudfront.ListRealtimeLogConfigs",
            answer={"RealtimeLogConfigs": {"Items": [log]}},
        ),
    ]

    collected = gather(COLLECTORS, rules=rules)

    assert collected.stores["kv"].country == "*"
    assert [(flow.target_account, flow.target_country) for flow in collected.flows] == [
        ("999999999999", "IE")
    ]
