"""What we claim to know about AWS Config's deliveries, given what AWS answered."""

import pytest

from auditor.collect.aws.config_delivery import AGGREGATORS, AUTHORIZATIONS, CHANNELS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")


def collect(**answers: Json) -> Collected:
    rules = [Rule(operation=f"config.{name}", answer=each) for name, each in answers.items()]
    return gather((IDENTITY, REGIONS, AGGREGATORS, AUTHORIZATIONS, CHANNELS), rules=rules)


def test_a_channel_delivers_to_a_bucket_and_a_topic() -> None:
    topic = "arn:aws:sns:eu-central-1:999999999999:changes"
    channel = {"name": "default", "s3BucketName": "config", "snsTopicARN": topic}

    export, notice = collect(DescribeDeliveryChannels={"DeliveryChannels": [channel]}).flows

    assert export.target_id == "arn:aws:s3:::config"
    assert (notice.target_account, notice.target_country) == ("999999999999", "DE")


def test_an_authorization_shares_with_an_account_and_region() -> None:
    authorization = {
        "AggregationAuthorizationArn": f"arn:aws:config:{HOME}:{ACCOUNT}:aggregation-authorization",
        "AuthorizedAccountId": "999999999999",
        "AuthorizedAwsRegion": "eu-central-1",
    }
    answer = {"AggregationAuthorizations": [authorization]}

    (flow,) = collect(DescribeAggregationAuthorizations=answer).flows

    assert (flow.mechanism, flow.target_account) == ("share", "999999999999")
    assert flow.target_country == "DE"


def test_an_aggregator_is_where_others_records_are_read() -> None:
    name = f"arn:aws:config:{HOME}:{ACCOUNT}:config-aggregator/1"
    item = {"ConfigurationAggregatorName": "all", "ConfigurationAggregatorArn": name}
    answer = {"ConfigurationAggregators": [item]}

    assert collect(DescribeConfigurationAggregators=answer).processors["all"].id == name
