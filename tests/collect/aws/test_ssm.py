"""What we claim to know about parameters and documents, given what AWS answered."""

import json

import boto3
import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.ssm import ADVANCED_PARAMETERS, DOCUMENTS, STANDARD_PARAMETERS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from tests.collect.aws.walking import ACCOUNT, HOME, Collected, gather

PARAMETERS = (IDENTITY, REGIONS, STANDARD_PARAMETERS, ADVANCED_PARAMETERS)
SSM = f"arn:aws:ssm:{HOME}:{ACCOUNT}"
KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"
CONTENT = json.dumps({"schemaVersion": "2.2", "mainSteps": []})

pytestmark = pytest.mark.usefixtures("cloud")


def listed(tier: str, **members: str) -> Rule:
    answer = {"Parameters": [{"Tier": tier, **members}]}
    return Rule(operation="ssm.DescribeParameters", words=f'"{tier}"', answer=answer)


def test_each_parameter_is_seen_once_whatever_its_tier() -> None:
    """moto's filter by tier finds none, so that the two lists are played here."""
    secret = listed("Standard", Name="/app/secret", Type="SecureString", KeyId=KEY)
    plain = listed("Advanced", Name="plain", ARN=f"{SSM}:parameter/plain", Type="String")

    collected = gather(PARAMETERS, rules=[secret, plain])
    stores = collected.stores

    assert len([row for row in collected.rows if row.table == "stores"]) == len(stores) == 2
    assert stores["/app/secret"].id == f"{SSM}:parameter/app/secret"
    assert (stores["/app/secret"].encrypted, stores["/app/secret"].key_id) == (True, KEY)
    assert isinstance(stores["plain"].encrypted, Unknown)


def share(*deny: str) -> Collected:
    name = f"{SSM}:parameter/shared"
    allow = {"Effect": "Allow", "Principal": {"AWS": "999999999999"}, "Action": "ssm:GetParameter*"}
    policy = json.dumps({"Statement": [allow]})
    advanced = listed("Advanced", Name="shared", ARN=name, Type="String")
    answered = Rule(operation="ssm.GetResourcePolicies", answer={"Policies": [{"Policy": policy}]})
    return gather(PARAMETERS, rules=[advanced, answered], deny=deny)


def test_an_advanced_parameter_can_be_shared() -> None:
    (flow,) = share().flows

    assert (flow.mechanism, flow.target_account) == ("share", "999999999999")


def test_a_refused_policy_is_a_possible_share() -> None:
    (flow,) = share("GetResourcePolicies").flows

    assert isinstance(flow.active, Unknown)


def test_a_document_for_all_is_public() -> None:
    ssm = boto3.client("ssm", HOME)
    for name, accounts in (("open", ["all"]), ("theirs", ["999999999999"]), ("ours", [])):
        ssm.create_document(Name=name, Content=CONTENT, DocumentType="Command")
        if accounts:
            ssm.modify_document_permission(
                Name=name, PermissionType="Share", AccountIdsToAdd=accounts
            )

    collected = gather((IDENTITY, REGIONS, DOCUMENTS))

    assert {name: row.public for name, row in collected.processors.items()} == {
        "open": True,
        "theirs": False,
        "ours": False,
    }
    assert {(flow.mechanism, flow.target_account) for flow in collected.flows} == {
        ("public", "*"),
        ("share", "999999999999"),
    }
