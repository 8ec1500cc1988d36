"""What we claim to know about Glue's data catalogue, given what AWS answered."""

import json

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.glue_catalog import DATABASES, POLICIES
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")


def collect(*tables: Json, deny: str = "", **database: Json) -> Collected:
    rules = [
        Rule(operation="glue.GetDatabases", answer={"DatabaseList": [{"Name": "d", **database}]}),
        Rule(operation="glue.GetTables", answer={"TableList": [*tables]}),
    ]
    return gather((IDENTITY, REGIONS, DATABASES), rules=rules, deny=[deny])


def test_a_database_leads_to_the_buckets_of_its_tables_once() -> None:
    tables = [
        {"Name": name, "StorageDescriptor": {"Location": f"s3://lake/{name}"}} for name in "ab"
    ]

    flows = collect(*tables).flows

    assert [(flow.mechanism, flow.target_id) for flow in flows] == [("mount", "arn:aws:s3:::lake")]


def test_a_link_to_another_region_names_its_place() -> None:
    target = {"CatalogId": "222222222222", "DatabaseName": "theirs", "Region": "eu-central-1"}

    (flow,) = collect(TargetDatabase=target).flows

    assert flow.target_id == "arn:aws:glue:eu-central-1:222222222222:database/theirs"
    assert (flow.target_account, flow.target_country) == ("222222222222", "DE")


def test_a_link_without_a_region_stays_in_this_one() -> None:
    target = {"CatalogId": ACCOUNT, "DatabaseName": "other", "Name": "t"}

    (flow,) = collect({"Name": "link", "TargetTable": target}).flows

    assert flow.target_id == f"arn:aws:glue:{HOME}:{ACCOUNT}:database/other"


def test_refused_tables_may_lie_anywhere() -> None:
    (flow,) = collect(deny="GetTables").flows

    assert isinstance(flow.active, Unknown)


def test_a_policy_opens_the_catalogue_to_another_account() -> None:
    statement = {"Effect": "Allow", "Principal": {"AWS": "222222222222"}, "Action": "glue:*"}
    policy = {"PolicyHash": "h", "PolicyInJson": json.dumps({"Statement": [statement]})}
    answer = {"GetResourcePoliciesResponseList": [policy]}
    rules = [Rule(operation="glue.GetResourcePolicies", answer=answer)]

    found = gather((IDENTITY, REGIONS, POLICIES), rules=rules)

    (flow,) = found.flows
    assert (flow.mechanism, flow.target_account) == ("share", "222222222222")
    assert found.processors["h"].public is False
