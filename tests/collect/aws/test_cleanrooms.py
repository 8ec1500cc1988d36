"""What we claim to know about collaborations and resolved identities, given what AWS answered."""

import pytest

from auditor.collect.aws.cleanrooms import MAPPINGS, MATCHINGS, MEMBERSHIPS
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

pytestmark = pytest.mark.usefixtures("cloud")

_STRANGER = "222222222222"
_ARN = f"arn:aws:cleanrooms:{HOME}:{ACCOUNT}"
_PAYMENT = {"queryCompute": {"isResponsible": True}}
_ID = "0" * 36
_MEMBERSHIP: dict[str, Json] = {
    "id": _ID,
    "arn": f"{_ARN}:membership/m",
    "collaborationArn": "c",
    "collaborationId": _ID,
    "collaborationCreatorAccountId": _STRANGER,
    "collaborationCreatorDisplayName": "x",
    "collaborationName": "ads",
    "createTime": 0,
    "updateTime": 0,
    "status": "ACTIVE",
    "memberAbilities": [],
    "paymentConfiguration": _PAYMENT,
}


def collect(status: str = "ACTIVE", deny: str = "") -> Collected:
    output = {"outputConfiguration": {"s3": {"resultFormat": "CSV", "bucket": "results"}}}
    about = {**_MEMBERSHIP, "queryLogStatus": "ENABLED", "defaultResultConfiguration": output}
    members = [
        {
            "accountId": account,
            "status": "ACTIVE",
            "displayName": "x",
            "abilities": ["CAN_QUERY"],
            "createTime": 0,
            "updateTime": 0,
            "paymentConfiguration": _PAYMENT,
        }
        for account in (ACCOUNT, _STRANGER)
    ]
    summaries = [{**_MEMBERSHIP, "status": status}]
    rules = [
        Rule(operation="cleanrooms.ListMemberships", answer={"membershipSummaries": summaries}),
        Rule(operation="cleanrooms.GetMembership", answer={"membership": about}),
        Rule(operation="cleanrooms.ListMembers", answer={"memberSummaries": members}),
    ]
    return gather((IDENTITY, REGIONS, MEMBERSHIPS), rules=rules, deny=[deny])


def test_other_members_query_and_results_go_to_a_bucket() -> None:
    results, share = collect().flows

    assert results.target_id == "arn:aws:s3:::results"
    assert share.target_account == _STRANGER
    assert isinstance(share.target_region, Unknown)  # a collaboration can span regions


def test_a_membership_that_is_over_opens_nothing() -> None:
    assert not collect("REMOVED").flows


@pytest.mark.parametrize("operation", ["ListMembers", "GetMembership"])
def test_a_refusal_leaves_a_way_out_open(operation: str) -> None:
    assert any(isinstance(flow.active, Unknown) for flow in collect(deny=operation).flows)


_WORKFLOW: dict[str, Json] = {
    "workflowName": "w",
    "workflowArn": f"arn:aws:entityresolution:{HOME}:{ACCOUNT}:matchingworkflow/w",
    "createdAt": 0,
    "updatedAt": 0,
}


def test_a_provider_resolves_identities_and_results_go_to_buckets() -> None:
    provider = {
        "providerServiceArn": f"arn:aws:entityresolution:{HOME}::providerservice/liveramp/x",
        "intermediateSourceConfiguration": {"intermediateS3Path": "s3://between/x"},
    }
    about = {
        **_WORKFLOW,
        "inputSourceConfig": [],
        "outputSourceConfig": [{"outputS3Path": "s3://matched/x", "output": []}],
        "resolutionTechniques": {"resolutionType": "PROVIDER", "providerProperties": provider},
        "roleArn": "r",
    }
    summary = {**_WORKFLOW, "resolutionType": "PROVIDER"}
    rules = [
        Rule(
            operation="entityresolution.ListMatchingWorkflows",
            answer={"workflowSummaries": [summary]},
        ),
        Rule(operation="entityresolution.GetMatchingWorkflow", answer=about),
    ]

    matched, between, share = gather((IDENTITY, REGIONS, MATCHINGS), rules=rules).flows

    assert [matched.target_id, between.target_id] == [
        "arn:aws:s3:::matched",
        "arn:aws:s3:::between",
    ]
    assert isinstance(share.target_operator, Unknown)
    assert "liveramp" in share.target_operator.reason


def test_a_refused_mapping_may_go_anywhere() -> None:
    rules = [
        Rule(
            operation="entityresolution.ListIdMappingWorkflows",
            answer={"workflowSummaries": [_WORKFLOW]},
        )
    ]

    flows = gather((IDENTITY, REGIONS, MAPPINGS), rules=rules, deny=["GetIdMappingWorkflow"]).flows

    assert {flow.mechanism for flow in flows} == {"stream", "share"}
