"""What we claim to know about QuickSight, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.quicksight import (
    DASHBOARDS,
    DATA_SETS,
    DATA_SOURCES,
    NAMESPACES,
    SETTINGS,
)
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Outcome, Unknown
from auditor.spec import Collector
from auditor.tables import Guardrail
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")

_ARN = f"arn:aws:quicksight:{HOME}:{ACCOUNT}"


def collect(collector: Collector, deny: str = "", **answers: Json) -> Collected:
    rules = [
        Rule(operation=f"quicksight.{operation}", answer=answer)
        for operation, answer in answers.items()
    ]
    return gather((IDENTITY, REGIONS, collector), rules=rules, deny=[deny])


def dashboard(*principals: str, links: tuple[str, ...] = (), deny: str = "") -> Collected:
    listed = {"Arn": f"{_ARN}:dashboard/1", "DashboardId": "1", "Name": "d"}
    given = [
        [{"Principal": each, "Actions": ["quicksight:DescribeDashboard"]} for each in several]
        for several in (principals, links)
    ]
    about = {
        "DashboardId": "1",
        "Permissions": given[0],
        "LinkSharingConfiguration": {"Permissions": given[1]},
    }
    return collect(
        DASHBOARDS,
        deny,
        ListDashboards={"DashboardSummaryList": [listed]},
        DescribeDashboardPermissions=about,
    )


@pytest.mark.parametrize("sharing", [True, False])
def test_public_sharing_is_blocked_or_not(*, sharing: bool) -> None:
    settings = {"AccountSettings": {"PublicSharingEnabled": sharing}}

    found = collect(SETTINGS, DescribeAccountSettings=settings)

    (block,) = (row for row in found.rows if isinstance(row, Guardrail))
    assert block.enforced is not sharing


def test_an_account_without_a_subscription_has_nothing() -> None:
    """The call names nothing but the account, so that is what was not found."""
    refusal = Rule(
        operation="quicksight.ListDataSets", status=404, code="ResourceNotFoundException"
    )

    found = gather((IDENTITY, REGIONS, DATA_SETS), rules=[refusal])

    assert found.records[-1].answer.outcome is Outcome.ABSENT


def test_a_namespace_keeps_data_in_the_region_of_its_capacity() -> None:
    item = {"Name": "default", "Arn": f"{_ARN}:namespace/default", "CapacityRegion": "eu-west-1"}

    found = collect(NAMESPACES, ListNamespaces={"Namespaces": [item]})

    assert found.stores["default"].country == "IE"


@pytest.mark.parametrize(("mode", "stores"), [("SPICE", 1), ("DIRECT_QUERY", 0), (None, 1)])
def test_a_data_set_keeps_data_unless_it_asks_each_time(mode: str | None, stores: int) -> None:
    item = {"Arn": f"{_ARN}:dataset/1", "Name": "d", **({"ImportMode": mode} if mode else {})}

    found = collect(DATA_SETS, ListDataSets={"DataSetSummaries": [item]})

    assert (len(found.stores), len(found.processors)) == (stores, 1 - stores)


def test_a_data_source_takes_from_a_bucket() -> None:
    manifest = {"S3Parameters": {"ManifestFileLocation": {"Bucket": "raw", "Key": "m.json"}}}
    item = {"Arn": f"{_ARN}:datasource/1", "Name": "s", "DataSourceParameters": manifest}

    (flow,) = collect(DATA_SOURCES, ListDataSources={"DataSources": [item]}).flows

    assert (flow.store_id, flow.target_id) == ("arn:aws:s3:::raw", f"{_ARN}:datasource/1")
    assert flow.target_country == "US"


def test_a_dashboard_is_for_its_own_account() -> None:
    found = dashboard(f"{_ARN}:user/default/me", links=(f"{_ARN}:namespace/default",))

    assert found.processors["d"].public is False
    assert not found.flows


def test_a_dashboard_may_be_anybodys_or_a_strangers() -> None:
    found = dashboard(
        f"arn:aws:quicksight:{HOME}:222222222222:user/default/x",
        links=("arn:aws:quicksight::::publicAnonymousUser/*",),
    )

    assert {flow.target_account for flow in found.flows} == {"*", "222222222222"}


def test_refused_permissions_leave_both_open() -> None:
    found = dashboard(deny="DescribeDashboardPermissions")

    assert {flow.mechanism for flow in found.flows} == {"public", "share"}
    assert all(isinstance(flow.active, Unknown) for flow in found.flows)
