"""What we claim to know about pipelines, given what AWS answered."""

import pytest

from auditor.collect.aws.codepipeline import PIPELINES
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")

_STRANGER = "222222222222"


def collect(*actions: Json, deny: str = "", **settings: Json) -> Collected:
    about = {
        "name": "p",
        "roleArn": "r",
        "stages": [{"name": "s", "actions": [*actions]}],
        **settings,
    }
    rules = [
        Rule(operation="codepipeline.ListPipelines", answer={"pipelines": [{"name": "p"}]}),
        Rule(operation="codepipeline.GetPipeline", answer={"pipeline": about}),
    ]
    return gather((IDENTITY, REGIONS, PIPELINES), rules=rules, deny=[deny])


def action(category: str = "Deploy", owner: str = "AWS", **values: Json) -> Json:
    kind = {"category": category, "owner": owner, "provider": "X", "version": "1"}
    return {"name": "a", "actionTypeId": kind, **values}


def test_artifacts_are_put_into_buckets_of_each_region() -> None:
    stores = {
        region: {"type": "S3", "location": f"artifacts-{region}"} for region in (HOME, "eu-west-1")
    }

    flows = collect(artifactStores=stores).flows

    assert {flow.target_id for flow in flows} == {
        f"arn:aws:s3:::artifacts-{HOME}",
        "arn:aws:s3:::artifacts-eu-west-1",
    }


def test_an_action_may_run_elsewhere_or_for_another_account() -> None:
    abroad, given = collect(
        action(region="eu-west-1"), action(roleArn=f"arn:aws:iam::{_STRANGER}:role/deploy")
    ).flows

    assert (abroad.target_account, abroad.target_country) == (ACCOUNT, "IE")
    assert (given.target_account, given.target_country) == (_STRANGER, "US")


def test_another_company_may_get_artifacts_but_a_source_gets_none() -> None:
    (flow,) = collect(action("Test", "ThirdParty"), action("Source", "ThirdParty")).flows

    assert isinstance(flow.target_operator, Unknown)


def test_a_refusal_leaves_ways_out_open_and_secrets_stay_out() -> None:
    (flow,) = collect(deny="GetPipeline").flows
    assert isinstance(flow.active, Unknown)
    assert "hunter2" not in repr(collect(action(configuration={"OAuthToken": "hunter2"})))
