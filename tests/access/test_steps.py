"""What the steps of a decision say; and who and what cannot be decided about."""

import json
from dataclasses import replace
from typing import Any

import pytest

from auditor.access.decision import decide
from auditor.access.estate import Estate
from tests.access.case_files import ACTORS, case_of, decided


def test_steps_name_statements_in_the_order_in_which_they_count() -> None:
    """Denials first, then controls, the resource's policy, the principal's own."""
    raw = {
        "because": "-",
        "expect": "deny",
        "identity": ["allow s3:* on *", {"deny s3:* on *": {"StringEquals": {"aws:x": "y"}}}],
        "resource": "allow s3:GetObject on photos/* to 111111111111",
        "scp": ["allow * on *"],
        "boundary": "allow ec2:* on *",
    }
    decision = decided(raw)
    assert [(step.stage, step.statement, step.effect) for step in decision.steps] == [
        ("identity policy", "identity-policy#2", "deny"),
        ("service control policy", "scp-1#1", "allow"),
        ("resource policy", "bucket-policy#1", "allow"),
        ("identity policy", "identity-policy#1", "allow"),
        ("permissions boundary", "", "deny"),
    ]
    assert decision.steps[0].says == (
        "whether statement 2 of identity-policy denies s3:getobject on arn:aws:s3:::photos/* "
        "depends on aws:x"
    )


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        (
            {"StringEquals": {"aws:PrincipalTag/team": "data"}},
            "statement 1 of identity-policy allows s3:getobject on arn:aws:s3:::photos/*, because "
            "aws:principaltag/team stringequals data holds",
        ),
        (
            {"ForAnyValue:StringLikeIfExists": {"aws:PrincipalTag/team": ["x", "y"]}},
            "statement 1 of identity-policy does not allow s3:getobject on arn:aws:s3:::photos/*: "
            "its condition aws:principaltag/team foranyvalue:stringlikeifexists x or y does not "
            "hold",
        ),
    ],
)
def test_steps_say_why(condition: dict[str, Any], says: str) -> None:
    """The test that holds, or the first that does not."""
    raw = {"because": "-", "expect": "deny", "identity": {"allow s3:* on *": condition}}
    assert [step.says for step in decided(raw).steps] == [says]


def test_a_deny_that_callers_avoid_says_so() -> None:
    """And it takes nothing away."""
    raw = {
        "because": "-",
        "expect": "allow",
        "unless": {"Bool": {"aws:SecureTransport": "false"}},
    }
    decision = decided(raw)
    assert decision.verdict == "allow"
    assert decision.steps[0].says.endswith("callers choose aws:securetransport as they like")


def test_who_and_what_nobody_knows_is_unknown() -> None:
    """A wrong name is no denial."""
    estate = Estate()
    assert decide(estate, "arn:aws:iam::1:user/x", "s3:GetObject", "y").verdict == "unknown"
    assert decide(estate, "anybody", "s3:GetObject", "y").verdict == "unknown"


def test_groups_and_people_do_not_ask() -> None:
    """What they act as asks."""
    case = case_of("-", {"because": "-", "expect": "unknown", "identity": "allow s3:* on *"})
    group = replace(ACTORS["ana"], id="g", kind="group")
    estate = replace(case.estate, actors={"g": group})
    assert decide(estate, "g", case.may, case.on).verdict == "unknown"


def test_documents_in_text_are_those_in_yaml() -> None:
    """The short form of the cases is the document that it stands for."""
    statement = {
        "Effect": "Allow",
        "Action": ["s3:GetObject"],
        "Resource": ["arn:aws:s3:::photos/*"],
        "Principal": {"AWS": [ACTORS["ana"].id]},
    }
    text = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    short = {"because": "-", "expect": "allow", "resource": "allow s3:GetObject on photos/* to ana"}
    long = {"because": "-", "expect": "allow", "resource": text}
    assert case_of("-", short).estate == case_of("-", long).estate
