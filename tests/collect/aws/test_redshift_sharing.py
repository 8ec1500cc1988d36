"""How data leaves warehouses, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.redshift_sharing import AUTHORIZATIONS, DATA_SHARES, INTEGRATIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, DATA_SHARES, AUTHORIZATIONS, INTEGRATIONS)
NAMESPACE = f"arn:aws:redshift:{HOME}:{ACCOUNT}:namespace:1"

pytestmark = pytest.mark.usefixtures("cloud")


def share_of(consumer: str, producer: str = NAMESPACE, region: str = HOME) -> list[Flow]:
    association = {
        "ConsumerIdentifier": consumer,
        "ConsumerRegion": region,
        "Status": "ACTIVE",
    }
    share = {
        "DataShareArn": f"arn:aws:redshift:{HOME}:{ACCOUNT}:datashare:1/views",
        "ProducerArn": producer,
        "DataShareAssociations": [association],
    }
    rule = Rule(operation="redshift.DescribeDataShares", answer={"DataShares": [share]})
    return gather(COLLECTORS, rules=[rule]).flows


@pytest.mark.parametrize("consumer", ["999999999999", "DataCatalog/999999999999"])
def test_a_consumer_is_an_account(consumer: str) -> None:
    (flow,) = share_of(consumer)

    assert (flow.store_id, flow.mechanism) == (NAMESPACE, "share")
    assert (flow.target_account, flow.active) == ("999999999999", True)


def test_whoever_subscribes_is_unknown() -> None:
    (flow,) = share_of("ADX")

    assert isinstance(flow.target_account, Unknown)


def test_a_consumer_abroad_carries_the_data_there() -> None:
    share, mount = share_of(ACCOUNT, region="eu-west-1")

    assert (share.mechanism, mount.mechanism) == ("share", "mount")
    assert mount.target_country == "IE"


def test_what_others_share_is_theirs() -> None:
    assert share_of(ACCOUNT, "arn:aws:redshift:us-east-1:999999999999:namespace:2") == []


def test_another_account_may_make_an_endpoint() -> None:
    entry = {"ClusterIdentifier": "events", "Grantee": "999999999999", "Status": "Authorized"}
    rule = Rule(
        operation="redshift.DescribeEndpointAuthorization",
        answer={"EndpointAuthorizationList": [entry]},
    )

    (flow,) = gather(COLLECTORS, rules=[rule]).flows

    assert flow.store_id == f"arn:aws:redshift:{HOME}:{ACCOUNT}:cluster:events"
    assert (flow.mechanism, flow.target_account) == ("share", "999999999999")


def test_an_integration_replicates_its_source() -> None:
    source = f"arn:aws:dynamodb:{HOME}:{ACCOUNT}:table/things"
    entry = {"SourceArn": source, "TargetArn": NAMESPACE, "Status": "active"}
    rule = Rule(operation="redshift.DescribeIntegrations", answer={"Integrations": [entry]})

    (flow,) = gather(COLLECTORS, rules=[rule]).flows

    assert (flow.store_id, flow.target_id, flow.active) == (source, NAMESPACE, True)
