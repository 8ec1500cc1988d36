"""What a block of public access does to a public policy, as a policy that says so."""

import json

import pytest

from auditor.collect.aws.s3 import BUCKETS
from auditor.model import Answer, Outcome, Unknown
from auditor.spec import Found
from auditor.tables import Maybe, PolicyDocument
from tests.collect.aws.walking import ACCOUNT

ABSENT = Answer(outcome=Outcome.ABSENT)
DENIED = Answer(outcome=Outcome.DENIED, code="AccessDenied")
PUBLIC = Answer(outcome=Outcome.OK, body={"PolicyStatus": {"IsPublic": True}})
PRIVATE = Answer(outcome=Outcome.OK, body={"PolicyStatus": {"IsPublic": False}})


def blocking(setting: bool) -> Answer:
    body = {"PublicAccessBlockConfiguration": {"RestrictPublicBuckets": setting}}
    return Answer(outcome=Outcome.OK, body=body)


def said_by(**answers: Answer) -> Maybe[str]:
    details = {detail.name: detail for detail in BUCKETS.details}
    given = {**dict.fromkeys(details, ABSENT), **answers}
    found = Found(
        place={"account": ACCOUNT},
        item={"Name": "box"},
        answers={name: (answer,) for name, answer in given.items()},
        records=dict.fromkeys(("item", *details), (0,)),
        details=details,
    )
    rows = [row for row in BUCKETS.rows(found) if isinstance(row, PolicyDocument)]
    return next(row.document for row in rows if row.id.endswith("#restriction"))


@pytest.mark.parametrize("where", ["block", "account_block"])
def test_a_public_policy_that_is_restricted_serves_its_own_account(where: str) -> None:
    document = said_by(policy_status=PUBLIC, **{where: blocking(True)})

    (statement,) = json.loads(str(document))["Statement"]
    assert (statement["Effect"], statement["Principal"]) == ("Deny", "*")
    assert statement["Condition"]["StringNotEquals"] == {"aws:PrincipalAccount": ACCOUNT}
    assert "aws:PrincipalIsAWSService" in statement["Condition"]["BoolIfExists"]


def test_a_policy_that_is_not_public_is_not_restricted() -> None:
    """A block leaves alone what names other accounts and nobody else."""
    assert said_by(policy_status=PRIVATE, block=blocking(True)) == ""
    assert said_by(block=blocking(True)) == ""


def test_without_a_block_nothing_is_restricted() -> None:
    assert said_by(policy_status=PUBLIC, block=blocking(False)) == ""


def test_what_was_refused_is_unknown() -> None:
    assert isinstance(said_by(policy_status=DENIED), Unknown)
    assert isinstance(said_by(policy_status=PUBLIC, account_block=DENIED), Unknown)
