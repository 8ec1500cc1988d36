"""What we claim to know about AppFabric, given what AWS answered."""

import pytest

from auditor.collect.aws.appfabric import INGESTIONS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")

_ARN = f"arn:aws:appfabric:{HOME}:{ACCOUNT}:appbundle/1"


def collect(state: str = "enabled", deny: str = "") -> Collected:
    ingestion: Json = {
        "arn": f"{_ARN}/ingestion/1",
        "app": "SLACK",
        "tenantId": "t",
        "state": state,
    }
    destination = {"arn": f"{_ARN}/ingestion/1/ingestiondestination/1"}
    rules = [
        Rule(
            operation="appfabric.ListAppBundles", answer={"appBundleSummaryList": [{"arn": _ARN}]}
        ),
        Rule(operation="appfabric.ListIngestions", answer={"ingestions": [ingestion]}),
        Rule(
            operation="appfabric.ListIngestionDestinations",
            answer={"ingestionDestinations": [destination]},
        ),
    ]
    return gather((IDENTITY, REGIONS, INGESTIONS), rules=rules, deny=[deny])


@pytest.mark.parametrize("deny", ["", "ListIngestionDestinations"])
def test_where_logs_go_is_not_known(deny: str) -> None:
    found = collect(deny=deny)

    (flow,) = found.flows
    assert isinstance(flow.target_id, Unknown)
    assert found.processors["SLACK"].id == f"{_ARN}/ingestion/1"


def test_what_is_switched_off_sends_nothing() -> None:
    assert not collect("disabled").flows
