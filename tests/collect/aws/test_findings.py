"""What we claim to know about where findings go, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.findings import AGGREGATORS, GUARDDUTY, HUBS, MACIE
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.spec import Collector
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

STRANGER = "999999999999"

pytestmark = pytest.mark.usefixtures("cloud")


def collect(collector: Collector, deny: str = "", **answers: Json) -> Collected:
    service = collector.service
    rules = [Rule(operation=f"{service}.{name}", answer=each) for name, each in answers.items()]
    return gather((IDENTITY, REGIONS, collector), rules=rules, deny=[deny])


def guardduty(*deny: str) -> Collected:
    destination = {"DestinationId": "1", "DestinationType": "S3", "Status": "PUBLISHING"}
    described = {"DestinationProperties": {"DestinationArn": "arn:aws:s3:::findings/guardduty"}}
    return collect(
        GUARDDUTY,
        *deny,
        ListDetectors={"DetectorIds": ["d"]},
        ListPublishingDestinations={"Destinations": [destination]},
        DescribePublishingDestination=described,
    )


def test_guardduty_exports_to_a_bucket() -> None:
    (flow,) = guardduty().flows

    resource = "detector/d/publishingDestination/1"
    assert flow.store_id == f"arn:aws:guardduty:{HOME}:{ACCOUNT}:{resource}"
    assert (flow.target_id, flow.active) == ("arn:aws:s3:::findings", True)


def test_a_refused_destination_is_a_possible_way_out() -> None:
    (flow,) = guardduty("DescribePublishingDestination").flows

    assert isinstance(flow.active, Unknown)


@pytest.mark.parametrize(("home", "rows"), [(HOME, 1), ("us-west-2", 0)])
def test_an_aggregator_is_a_row_at_its_home_only(home: str, rows: int) -> None:
    """Linked regions list it, too."""
    name = f"arn:aws:securityhub:{home}:{ACCOUNT}:finding-aggregator/1"
    flows = collect(
        AGGREGATORS,
        ListFindingAggregators={"FindingAggregators": [{"FindingAggregatorArn": name}]},
        GetFindingAggregator={
            "FindingAggregationRegion": "eu-central-1",
            "RegionLinkingMode": "ALL_REGIONS",
        },
    ).flows

    assert [flow.target_country for flow in flows] == ["DE"] * rows


def test_an_administrator_reads_the_findings() -> None:
    administrator = {"AccountId": STRANGER}
    (flow,) = collect(HUBS, GetAdministratorAccount={"Administrator": administrator}).flows

    assert (flow.mechanism, flow.target_account) == ("share", STRANGER)
    assert collect(HUBS, GetAdministratorAccount={}).processors == {}


def test_macie_writes_and_is_administered() -> None:
    target = {"bucketName": "sensitive", "kmsKeyArn": "arn"}
    answers: dict[str, Json] = {
        "GetClassificationExportConfiguration": {"configuration": {"s3Destination": target}},
        "GetAdministratorAccount": {"administrator": {"accountId": STRANGER}},
    }

    export, share = collect(MACIE, **answers).flows
    _, possible = collect(MACIE, "GetAdministratorAccount", **answers).flows

    assert export.target_id == "arn:aws:s3:::sensitive"
    assert share.target_account == STRANGER
    assert isinstance(possible.active, Unknown)
