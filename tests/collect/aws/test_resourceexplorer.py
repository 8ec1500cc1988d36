"""What we claim that Resource Explorer says, given what AWS answered."""

from typing import Any

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.resourceexplorer import RESOURCES, TYPES, VIEWS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Sighting, Witness
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, VIEWS, RESOURCES, TYPES)
VIEW = f"arn:aws:resource-explorer-2:{HOME}:{ACCOUNT}:view/all/1"
TABLE = f"arn:aws:dynamodb:{HOME}:{ACCOUNT}:table/t"

pytestmark = pytest.mark.usefixtures("cloud")


def rule(operation: str, **answer: Any) -> Rule:
    return Rule(operation=f"resource-explorer-2.{operation}", answer=answer)


def view(**members: Any) -> Rule:
    whole = {"ViewArn": VIEW, "Scope": f"arn:aws:iam::{ACCOUNT}:root", **members}
    return rule("GetView", View=whole)


INDEX = rule("GetIndex", Arn="arn:index", Type="LOCAL", State="ACTIVE")
DEFAULT = rule("GetDefaultView", ViewArn=VIEW)


def completeness(collected: Collected) -> list[object]:
    rows = [row for row in collected.rows if isinstance(row, Witness) and row.region]
    return [row.complete for row in rows]


def test_an_active_index_and_a_view_of_everything_name_all() -> None:
    found = gather(COLLECTORS, rules=[INDEX, DEFAULT, view()])

    assert completeness(found) == [True]


@pytest.mark.parametrize(
    ("rules", "complete"),
    [
        ([rule("GetIndex", State="CREATING"), DEFAULT, view()], False),
        ([INDEX, DEFAULT, view(Filters={"FilterString": "service:s3"})], False),
        ([INDEX, DEFAULT, view(Scope="arn:aws:organizations::9:ou/o-1/ou-2")], False),
    ],
    ids=["index", "filter", "scope"],
)
def test_less_than_everything_is_no_witness(rules: list[Rule], complete: bool) -> None:
    assert completeness(gather(COLLECTORS, rules=rules)) == [complete]


@pytest.mark.parametrize(
    "rules",
    [[INDEX], [INDEX, DEFAULT], [INDEX, DEFAULT, rule("GetView", View={"ViewArn": VIEW})]],
    ids=["no default view", "empty answer", "no scope"],
)
def test_what_the_view_shows_can_be_unknown(rules: list[Rule]) -> None:
    (complete,) = completeness(gather(COLLECTORS, rules=rules))

    assert isinstance(complete, Unknown)


def test_a_region_without_an_index_has_no_witness() -> None:
    """Silence of what is not set up is no testimony."""
    none = Rule(
        operation="resource-explorer-2.GetIndex", status=404, code="ResourceNotFoundException"
    )

    found = gather(COLLECTORS, rules=[none])

    assert completeness(found) == []
    assert found.refused == []


def test_names_resources_of_every_view() -> None:
    listed = [
        {
            "Arn": TABLE,
            "OwningAccountId": ACCOUNT,
            "Region": HOME,
            "Service": "dynamodb",
            "ResourceType": "dynamodb:table",
        },
        {"Arn": "arn:aws:iam::1:role/r", "Region": "global", "ResourceType": "iam:role"},
    ]
    rules = [rule("ListViews", Views=[VIEW]), rule("ListResources", Resources=listed)]

    rows = gather(COLLECTORS, rules=rules).rows

    table, role = [row for row in rows if isinstance(row, Sighting)]
    assert (table.resource_id, table.type, table.region) == (TABLE, "dynamodb:table", HOME)
    assert (role.region, role.service) == ("", "iam")


def test_names_the_types_that_it_can_name() -> None:
    types = [{"ResourceType": "s3:bucket", "CFNResourceTypes": ["AWS::S3::Bucket"]}]

    rows = gather(COLLECTORS, rules=[rule("ListSupportedResourceTypes", ResourceTypes=types)]).rows

    (named,) = [row for row in rows if isinstance(row, Witness) and row.name]
    assert (named.name, named.covers) == ("s3:bucket", ("AWS::S3::Bucket",))
