"""What we claim to know about user pools, given what AWS answered."""

import pytest

from auditor.collect.aws.cognito_idp import POOLS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")


def collect(deny: str = "", replicas: tuple[str, ...] = (), **pool: Json) -> Collected:
    item = {"Id": "us-east-1_1", "Name": "users", "ReplicaRegions": [*replicas]}
    about = {"Id": "us-east-1_1", "Name": "users", **pool}
    logs = {"UserPoolId": "us-east-1_1", "LogConfigurations": []}
    rules = [
        Rule(operation="cognito-idp.ListUserPools", answer={"UserPools": [item]}),
        Rule(operation="cognito-idp.DescribeUserPool", answer={"UserPool": about}),
        Rule(
            operation="cognito-idp.GetLogDeliveryConfiguration",
            answer={"LogDeliveryConfiguration": logs},
        ),
    ]
    return gather((IDENTITY, REGIONS, POOLS), rules=rules, deny=[deny])


def test_users_are_encrypted_with_a_key_of_amazon_or_the_one_named() -> None:
    own = collect().stores["users"]
    key = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1"
    named = collect(KeyConfiguration={"KmsKeyArn": key}).stores["users"]

    assert (own.encrypted, own.key_id, named.key_id) == (True, "", key)


def test_mail_and_text_messages_may_be_sent_from_other_regions() -> None:
    mail = f"arn:aws:ses:eu-west-1:{ACCOUNT}:identity/example.com"

    found = collect(
        EmailConfiguration={"SourceArn": mail},
        SmsConfiguration={
            "SnsCallerArn": f"arn:aws:iam::{ACCOUNT}:role/sms",
            "SnsRegion": "ap-southeast-1",
        },
    )

    assert {flow.target_country for flow in found.flows} == {"IE", "SG"}


def test_a_replica_is_another_region() -> None:
    (flow,) = collect(replicas=("us-east-1", "eu-central-1")).flows

    assert (flow.mechanism, flow.target_region) == ("replication", "eu-central-1")


@pytest.mark.parametrize("operation", ["DescribeUserPool", "GetLogDeliveryConfiguration"])
def test_a_refusal_leaves_a_way_out_open(operation: str) -> None:
    assert any(isinstance(flow.active, Unknown) for flow in collect(operation).flows)
