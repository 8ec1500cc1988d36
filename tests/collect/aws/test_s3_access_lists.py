"""The access list of a bucket, as a policy that says the same."""

import json
from typing import Any

import pytest

from auditor.collect.aws.s3 import BUCKETS
from auditor.model import Answer, Json, Outcome, Unknown
from auditor.spec import Found
from auditor.tables import Maybe, PolicyDocument
from tests.collect.aws.walking import ACCOUNT

ALL = "http://acs.amazonaws.com/groups/global/AllUsers"
LOGS = "http://acs.amazonaws.com/groups/s3/LogDelivery"
ABSENT = Answer(outcome=Outcome.ABSENT)


def said_by(*grants: Json, **answers: Answer) -> Maybe[str]:
    details = {detail.name: detail for detail in BUCKETS.details}
    listed = Answer(outcome=Outcome.OK, body={"Owner": {"ID": "own"}, "Grants": list(grants)})
    given = {**dict.fromkeys(details, ABSENT), "acl": listed, **answers}
    found = Found(
        place={"account": ACCOUNT},
        item={"Name": "box"},
        answers={name: (answer,) for name, answer in given.items()},
        records=dict.fromkeys(("item", *details), (0,)),
        details=details,
    )
    rows = [row for row in BUCKETS.rows(found) if isinstance(row, PolicyDocument)]
    return next(row.document for row in rows if row.kind == "grant")


def statements_in(document: Maybe[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(str(document))["Statement"]
    return found


def to(name: str, permission: str) -> Json:
    return {"Grantee": {"Type": "CanonicalUser", "ID": name}, "Permission": permission}


def to_group(uri: str, permission: str) -> Json:
    return {"Grantee": {"Type": "Group", "URI": uri}, "Permission": permission}


@pytest.mark.parametrize(
    ("permission", "actions"),
    [
        ("WRITE", {"s3:PutObject"}),
        ("READ_ACP", {"s3:GetBucketAcl"}),
        ("WRITE_ACP", {"s3:PutBucketAcl"}),
    ],
)
def test_a_permission_is_some_actions(permission: str, actions: set[str]) -> None:
    (statement,) = statements_in(said_by(to("other", permission)))

    assert statement["Principal"] == {"CanonicalUser": "other"}
    assert set(statement["Action"]) == actions


def test_full_control_is_all_of_them() -> None:
    (statement,) = statements_in(said_by(to("other", "FULL_CONTROL")))

    assert {"s3:PutObject", "s3:PutBucketAcl", "s3:ListBucket"} <= set(statement["Action"])


def test_reading_a_bucket_lists_it_and_reads_no_object() -> None:
    """Objects have lists of their own."""
    (statement,) = statements_in(said_by(to("other", "READ")))

    assert "s3:ListBucket" in statement["Action"]
    assert "s3:GetObject" not in statement["Action"]


def test_an_owner_alone_says_nothing() -> None:
    assert said_by(to("own", "FULL_CONTROL")) == ""


def test_the_log_delivery_of_s3_is_a_service() -> None:
    (statement,) = statements_in(said_by(to_group(LOGS, "WRITE")))

    assert statement["Principal"] == {"Service": "logging.s3.amazonaws.com"}


def test_lists_are_off_where_the_owner_owns_every_object() -> None:
    rules = {"OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}}

    said = said_by(to("other", "READ"), ownership=Answer(outcome=Outcome.OK, body=rules))

    assert said == ""


def test_a_public_list_that_is_ignored_says_nothing() -> None:
    block = {"PublicAccessBlockConfiguration": {"IgnorePublicAcls": True}}

    said = said_by(to_group(ALL, "READ"), block=Answer(outcome=Outcome.OK, body=block))

    assert said == ""


def test_a_public_list_may_be_ignored_by_the_account() -> None:
    """That was not asked, so that it is unknown and not open."""
    assert isinstance(said_by(to_group(ALL, "READ")), Unknown)


def test_a_list_that_was_refused_is_unknown() -> None:
    refused = Answer(outcome=Outcome.DENIED, code="AccessDenied")

    assert isinstance(said_by(acl=refused), Unknown)
    assert isinstance(said_by(to("other", "READ"), ownership=refused), Unknown)


def test_a_permission_that_is_not_known_is_every_action() -> None:
    (statement,) = statements_in(said_by(to("other", "NEW")))

    assert statement["Action"] == ["s3:*"]
