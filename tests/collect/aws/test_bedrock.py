"""Where prompts may be answered and kept, given what AWS answered."""

import pytest

from auditor.collect.aws.bedrock import GUARDRAILS, INVOCATIONS, PROFILES
from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Flow
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

COLLECTORS = (IDENTITY, REGIONS, PROFILES, GUARDRAILS, INVOCATIONS)
NO_SHARING = Rule(operation="bedrock.GetAccountDataRetention", answer={"mode": "none"})
MOMENT = "2026-01-01T00:00:00Z"

pytestmark = pytest.mark.usefixtures("cloud")


def gather_profile(*models: str) -> list[Flow]:
    profile = {
        "inferenceProfileName": "captions",
        "inferenceProfileArn": f"arn:aws:bedrock:{HOME}:{ACCOUNT}:application-inference-profile/1",
        "inferenceProfileId": "1",
        "status": "ACTIVE",
        "type": "APPLICATION",
        "models": [{"modelArn": model} for model in models],
    }
    answer = {"inferenceProfileSummaries": [profile]}
    rule = Rule(operation="bedrock.ListInferenceProfiles", answer=answer)
    return gather(COLLECTORS, rules=[rule, NO_SHARING]).flows


def test_each_other_region_of_a_profile_is_a_way_out() -> None:
    flows = gather_profile(
        f"arn:aws:bedrock:{HOME}::foundation-model/m",
        "arn:aws:bedrock:us-west-2::foundation-model/m",
        "arn:aws:bedrock:eu-west-1::foundation-model/m",
    )

    assert [(flow.mechanism, flow.target_country) for flow in flows] == [
        ("inference", "IE"),
        ("inference", "US"),
    ]


def test_a_global_profile_goes_anywhere() -> None:
    """The ARNs of its models have no region, which must not read as nowhere."""
    (flow,) = gather_profile("arn:aws:bedrock:::foundation-model/m")

    assert flow.target_country == "*"


def gather_guardrail(profile: str) -> Flow:
    guardrail = {
        "id": "g1",
        "arn": f"arn:aws:bedrock:{HOME}:{ACCOUNT}:guardrail/g1",
        "status": "READY",
        "name": "manners",
        "version": "DRAFT",
        "createdAt": MOMENT,
        "updatedAt": MOMENT,
        "crossRegionDetails": {"guardrailProfileId": profile, "guardrailProfileArn": "arn:x"},
    }
    rule = Rule(operation="bedrock.ListGuardrails", answer={"guardrails": [guardrail]})
    (flow,) = gather(COLLECTORS, rules=[rule, NO_SHARING]).flows
    return flow


def test_a_guardrail_may_be_applied_elsewhere() -> None:
    assert gather_guardrail("us.guardrail.v1:0").target_country == "US"
    assert gather_guardrail("global.guardrail.v1:0").target_country == "*"
    assert isinstance(gather_guardrail("apac.guardrail.v1:0").target_country, Unknown)


def gather_calls(mode: str, **logging: object) -> Collected:
    rules = [
        Rule(operation="bedrock.GetAccountDataRetention", answer={"mode": mode}),
        Rule(
            operation="bedrock.GetModelInvocationLoggingConfiguration",
            answer={"loggingConfig": logging} if logging else {},
        ),
    ]
    return gather(COLLECTORS, rules=rules)


def test_prompts_are_kept_where_logs_go() -> None:
    collected = gather_calls(
        "none",
        s3Config={"bucketName": "prompts"},
        cloudWatchConfig={"logGroupName": "/prompts", "roleArn": "arn:aws:iam::1:role/r"},
    )

    assert [flow.target_id for flow in collected.flows] == [
        "arn:aws:s3:::prompts",
        f"arn:aws:logs:{HOME}:{ACCOUNT}:log-group:/prompts",
    ]


def test_prompts_that_are_not_kept_leave_no_rows() -> None:
    """Every account has the setting in every region."""
    assert not gather_calls("default").processors


def test_models_of_others_may_share_prompts_with_their_makers() -> None:
    (flow,) = gather_calls("provider_data_share").flows

    assert (flow.mechanism, flow.active) == ("share", True)
    assert isinstance(flow.target_account, Unknown)


def test_a_refusal_may_hide_that_prompts_are_shared() -> None:
    (flow,) = gather(COLLECTORS, deny=["GetAccountDataRetention"]).flows

    assert isinstance(flow.active, Unknown)


def test_a_mode_that_nobody_knows_may_share_prompts() -> None:
    (flow,) = gather_calls("a_new_mode").flows

    assert flow.mechanism == "share"
    assert isinstance(flow.active, Unknown)
