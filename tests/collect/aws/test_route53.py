"""What we claim to know about zones and their records, given what AWS answered."""

import boto3
import pytest

from auditor.collect.aws.route53 import QUERY_LOGS, ZONES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, ZONES, QUERY_LOGS)

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.fixture
def zone(cloud: None) -> str:
    answer = boto3.client("route53", HOME).create_hosted_zone(Name="x.example", CallerReference="1")
    return str(answer["HostedZone"]["Id"].rpartition("/")[2])


def record(**members: Json) -> Rule:
    whole = {"Name": "a.x.example.", "Type": "A", **members}
    return Rule(operation="route53.ListResourceRecordSets", answer={"ResourceRecordSets": [whole]})


def test_a_zone_answers_everywhere(zone: str) -> None:
    row = gather(COLLECTORS).processors["x.example."]

    assert (row.id, row.country) == (f"arn:aws:route53:::hostedzone/{zone}", "*")


@pytest.mark.parametrize(
    ("members", "countries"),
    [
        ({"Region": "eu-central-1", "SetIdentifier": "s"}, ["DE"]),
        (
            {"AliasTarget": {"HostedZoneId": "Z", "DNSName": "b.elb.eu-west-1.amazonaws.com."}},
            ["IE"],
        ),
        (
            {
                "AliasTarget": {
                    "HostedZoneId": "Z",
                    "DNSName": "s3-website.ap-south-1.amazonaws.com",
                }
            },
            ["IN"],
        ),
        ({"ResourceRecords": [{"Value": "b.eu-central-1.elb.amazonaws.com"}]}, ["DE"]),
        ({"ResourceRecords": [{"Value": "eu-central-1.example"}]}, []),
    ],
)
@pytest.mark.usefixtures("zone")
def test_records_lead_to_regions(members: dict[str, Json], countries: list[str]) -> None:
    flows = gather(COLLECTORS, rules=[record(**members)]).flows

    assert [flow.target_country for flow in flows] == countries
    assert all(flow.mechanism == "edge" for flow in flows)


@pytest.mark.usefixtures("zone")
def test_refused_records_are_a_possible_route() -> None:
    (flow,) = gather(COLLECTORS, deny=["ListResourceRecordSets"]).flows

    assert isinstance(flow.active, Unknown)


def test_queries_are_logged() -> None:
    group = f"arn:aws:logs:{HOME}:{ACCOUNT}:log-group:/dns"
    log: Json = {"Id": "1", "HostedZoneId": "Z1", "CloudWatchLogsLogGroupArn": f"{group}:*"}
    rules = [
        Rule(operation="route53.ListQueryLoggingConfigs", answer={"QueryLoggingConfigs": [log]})
    ]

    (flow,) = gather(COLLECTORS, rules=rules).flows

    assert (flow.store_id, flow.target_id) == ("arn:aws:route53:::hostedzone/Z1", group)
