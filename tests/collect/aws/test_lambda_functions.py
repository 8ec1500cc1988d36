"""What we claim to know about functions and layers, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.lambda_functions import FUNCTIONS, LAYERS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, FUNCTIONS, LAYERS)
ARN = f"arn:aws:lambda:{HOME}:{ACCOUNT}:function:f"
POLICY = '{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "999999999999"}, "Action": "*"}]}'
FUNCTION: Json = {"FunctionArn": ARN, "FunctionName": "f"}
NO_POLICY = Rule(operation="lambda.GetPolicy", status=404, code="ResourceNotFoundException")

pytestmark = pytest.mark.usefixtures("cloud")


def answered(operation: str, **answer: Json) -> Rule:
    return Rule(operation=f"lambda.{operation}", answer=answer)


def functions(*rules: Rule, **function: Json) -> list[Rule]:
    """Return rules for one function; what they do not answer is not there."""
    return [
        *rules,
        answered("ListFunctions", Functions=[{**FUNCTION, **function}]),
        answered("ListFunctionUrlConfigs", FunctionUrlConfigs=[]),
        answered("ListFunctionEventInvokeConfigs", FunctionEventInvokeConfigs=[]),
        answered("ListAliases", Aliases=[]),
        answered("ListVersionsByFunction", Versions=[{**FUNCTION, "Version": "$LATEST"}]),
        NO_POLICY,
    ]


def test_a_function_keeps_its_environment_to_itself() -> None:
    rules = functions(Environment={"Variables": {"TOKEN": "hidden"}})

    collected = gather(COLLECTORS, rules=rules)
    row = collected.processors["f"]

    assert (row.id, row.kind, row.country, row.public) == (ARN, "function", "US", False)
    assert collected.flows == []
    assert "hidden" not in repr(collected.records)


def test_results_and_failures_go_where_it_says() -> None:
    destination = {"OnSuccess": {"Destination": "arn:aws:sns:eu-central-1:999999999999:done"}}
    letters = "arn:aws:sqs:us-east-1:123456789012:lost"
    rules = functions(
        answered(
            "ListFunctionEventInvokeConfigs",
            FunctionEventInvokeConfigs=[{"FunctionArn": ARN, "DestinationConfig": destination}],
        ),
        DeadLetterConfig={"TargetArn": letters},
    )

    flows = gather(COLLECTORS, rules=rules).flows

    assert {(flow.mechanism, flow.target_account, flow.target_country) for flow in flows} == {
        ("stream", ACCOUNT, "US"),
        ("stream", "999999999999", "DE"),
    }


def test_an_address_that_asks_for_no_credentials_is_public() -> None:
    url: Json = {
        "FunctionUrl": "https://x.example",
        "FunctionArn": ARN,
        "AuthType": "NONE",
        "CreationTime": "2020",
        "LastModifiedTime": "2020",
    }
    rules = functions(answered("ListFunctionUrlConfigs", FunctionUrlConfigs=[url]))

    assert gather(COLLECTORS, rules=rules).processors["f"].public is True


def test_a_policy_shares_and_aliases_may() -> None:
    """The policy that is read is the function's own; an alias has another."""
    rules = functions(
        answered("GetPolicy", Policy=POLICY), answered("ListAliases", Aliases=[{"Name": "live"}])
    )

    shares = {str(flow.target_account): flow for flow in gather(COLLECTORS, rules=rules).flows}

    assert shares["999999999999"].active is True
    assert any(isinstance(flow.active, Unknown) for flow in shares.values())


@pytest.mark.parametrize(
    "refused",
    ["GetPolicy", "ListFunctionUrlConfigs", "ListFunctionEventInvokeConfigs", "ListAliases"],
)
def test_a_refusal_is_a_possible_way_out(refused: str) -> None:
    flows = gather(COLLECTORS, rules=functions(), deny=[refused]).flows

    assert flows
    assert all(isinstance(flow.active, Unknown) for flow in flows)


def test_a_version_of_a_layer_is_shared_by_its_policy() -> None:
    name = f"arn:aws:lambda:{HOME}:{ACCOUNT}:layer:common"
    rules = [
        answered("ListLayers", Layers=[{"LayerName": "common", "LayerArn": name}]),
        answered(
            "ListLayerVersions", LayerVersions=[{"LayerVersionArn": f"{name}:3", "Version": 3}]
        ),
        answered("GetLayerVersionPolicy", Policy=POLICY),
    ]

    collected = gather(COLLECTORS, rules=rules)

    assert collected.stores["common:3"].id == f"{name}:3"
    assert [flow.target_account for flow in collected.flows] == ["999999999999"]


def test_a_published_version_may_be_shared_without_an_alias() -> None:
    environment = {"Variables": {"TOKEN": "hidden"}}
    version = {**FUNCTION, "Version": "1", "Environment": environment}

    collected = gather(
        COLLECTORS, rules=functions(answered("ListVersionsByFunction", Versions=[version]))
    )

    assert [flow.mechanism for flow in collected.flows] == ["share"]
    assert isinstance(collected.flows[0].active, Unknown)
    assert "hidden" not in repr(collected.records)
