"""Grants on a key, as a policy that says the same."""

import json
from typing import Any

import pytest

from auditor.collect.aws.kms import KEYS
from auditor.model import Answer, Outcome, Unknown
from auditor.spec import Found
from auditor.tables import PolicyDocument
from tests.collect.aws.walking import ACCOUNT, HOME

KEY = f"arn:aws:kms:{HOME}:{ACCOUNT}:key/1"
WHO = "arn:aws:iam::210987654321:role/reader"


def document_of(answer: Answer) -> PolicyDocument:
    details = {detail.name: detail for detail in KEYS.details}
    found = Found(
        place={"account": ACCOUNT, "region": HOME},
        item={"KeyId": "1", "KeyArn": KEY},
        answers={
            **dict.fromkeys(details, (Answer(outcome=Outcome.OK, body={}),)),
            "grants": (answer,),
        },
        records=dict.fromkeys(("item", *details), (0,)),
        details=details,
    )
    rows = [row for row in KEYS.rows(found) if isinstance(row, PolicyDocument)]
    return next(row for row in rows if row.kind == "grant")


def statements_of(*grants: dict[str, Any]) -> list[dict[str, Any]]:
    made = document_of(Answer(outcome=Outcome.OK, body={"Grants": list(grants)}))
    found: list[dict[str, Any]] = json.loads(str(made.document))["Statement"]
    return found


def test_a_grant_lets_its_grantee_do_its_operations() -> None:
    grant = {"GranteePrincipal": WHO, "Operations": ["Decrypt", "CreateGrant"]}

    (statement,) = statements_of(grant)

    assert statement == {
        "Effect": "Allow",
        "Principal": {"AWS": WHO},
        "Action": ["kms:Decrypt", "kms:CreateGrant"],
        "Resource": KEY,
    }


def test_whoever_retires_a_grant_may_do_that_only() -> None:
    grant = {"GranteePrincipal": WHO, "Operations": ["Decrypt"], "RetiringPrincipal": "arn:x"}

    _, statement = statements_of(grant)

    assert (statement["Principal"], statement["Action"]) == ({"AWS": "arn:x"}, "kms:RetireGrant")


@pytest.mark.parametrize(
    "grantee",
    [
        {"GranteePrincipal": "rds.amazonaws.com"},
        {"GranteeServicePrincipal": "rds.amazonaws.com", "GranteePrincipal": WHO},
    ],
)
def test_a_service_is_named_as_one(grantee: dict[str, str]) -> None:
    (statement,) = statements_of({**grantee, "Operations": ["Decrypt"]})

    assert statement["Principal"] == {"Service": "rds.amazonaws.com"}


def test_a_context_that_must_be_there_is_a_condition() -> None:
    constraints = {"EncryptionContextSubset": {"app": "x"}}

    (statement,) = statements_of(
        {"GranteePrincipal": WHO, "Operations": ["Decrypt"], "Constraints": constraints}
    )

    assert statement["Condition"] == {"StringEquals": {"kms:EncryptionContext:app": "x"}}


def test_an_exact_context_admits_no_other_pair() -> None:
    constraints = {"EncryptionContextEquals": {"app": "x"}, "SourceArn": "arn:s"}

    (statement,) = statements_of(
        {"GranteePrincipal": WHO, "Operations": ["Decrypt"], "Constraints": constraints}
    )

    assert statement["Condition"] == {
        "StringEquals": {"kms:EncryptionContext:app": "x"},
        "ForAllValues:StringEquals": {"kms:EncryptionContextKeys": ["app"]},
        "ArnLike": {"aws:SourceArn": "arn:s"},
    }


def test_a_key_without_grants_is_known_to_have_none() -> None:
    assert document_of(Answer(outcome=Outcome.OK, body={"Grants": []})).document == ""


def test_grants_that_were_refused_are_unknown() -> None:
    made = document_of(Answer(outcome=Outcome.DENIED, code="AccessDeniedException"))

    assert isinstance(made.document, Unknown)
    assert made.document.permission == "kms:ListGrants"
