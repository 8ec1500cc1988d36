"""Policies as text, and by whom they are held."""

import json

import boto3
import pytest

from auditor.collect.aws.iam_policies import POLICIES, policy_text
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import PolicyDocument
from tests.collect.aws.walking import ACCOUNT, HOME, gather

OLD = {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]}
NEW = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}


def documents(*rules: Rule) -> dict[str, PolicyDocument]:
    collected = gather((IDENTITY, POLICIES), rules=rules)
    return {row.id: row for row in collected.rows if isinstance(row, PolicyDocument)}


@pytest.mark.usefixtures("cloud")
def test_the_default_version_is_the_one_that_acts() -> None:
    iam = boto3.client("iam", HOME)
    arn = iam.create_policy(PolicyName="p", PolicyDocument=json.dumps(OLD))["Policy"]["Arn"]
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=json.dumps(NEW), SetAsDefault=True)

    document = documents()[arn]

    assert (document.kind, document.account, document.resource_id) == ("identity", ACCOUNT, "")
    assert json.loads(str(document.document)) == NEW


@pytest.mark.usefixtures("cloud")
def test_policies_of_aws_belong_to_no_account() -> None:
    """The same one is listed in every account that uses it."""
    arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    version = {"Document": json.dumps(NEW), "VersionId": "v1", "IsDefaultVersion": True}
    listed = {"Arn": arn, "PolicyVersionList": [version]}
    rule = Rule(operation="iam.GetAccountAuthorizationDetails", answer={"Policies": [listed]})

    document = documents(rule)[arn]

    assert document.account == ""
    assert json.loads(str(document.document)) == NEW


@pytest.mark.usefixtures("cloud")
def test_a_policy_without_a_version_that_acts_is_unknown() -> None:
    rule = Rule(
        operation="iam.GetAccountAuthorizationDetails",
        answer={"Policies": [{"Arn": "arn:aws:iam::1:policy/p", "PolicyVersionList": []}]},
    )

    assert isinstance(documents(rule)["arn:aws:iam::1:policy/p"].document, Unknown)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"Statement": []}, '{"Statement":[]}'),
        ("%7B%22Statement%22%3A%5B%5D%7D", '{"Statement":[]}'),
        ('{"Resource": "a%20b"}', '{"Resource": "a%20b"}'),
    ],
)
def test_a_document_is_kept_as_text(given: object, expected: str) -> None:
    """Only what is encoded as a whole is decoded: an ARN may have a percent sign of its own."""
    assert policy_text(given) == expected


@pytest.mark.parametrize("given", [None, "", 7, ["x"], Unknown("refused")])
def test_what_is_no_document_is_unknown(given: object) -> None:
    assert isinstance(policy_text(given), Unknown)
