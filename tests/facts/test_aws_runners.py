"""Who may put code into what runs with a role, out of the fact tables."""

import pytest

from auditor.model import Json, Unknown
from auditor.tables import Membership, Row
from tests.facts.deriving import Facts
from tests.facts.test_aws_access import (
    ANN,
    APP,
    BARE,
    DATA,
    ONE,
    allow,
    derived,
    own,
    policy,
    principal,
    says,
)

FUNCTION = f"arn:aws:lambda:us-east-1:{ONE}:function:f"
INSTANCE = f"arn:aws:ec2:us-east-1:{ONE}:instance/i-1"
PROFILE = f"arn:aws:iam::{ONE}:instance-profile/app"


def runs(thing: str, role: str) -> list[Row]:
    member = Membership(id=f"{role}/{thing}", provider="aws", group_id=role, member_id=thing)
    return [principal(thing, "resource"), member]


def reading(*rows: Row) -> Facts:
    may = policy(APP, allow("s3:GetObject", f"{DATA}/*"))
    return derived(*BARE, own(APP, says(), "trust"), *may, *rows)


def paths(facts: Facts) -> list[Json]:
    rows = facts.rows("grants", "principal_id, access, given, path, through")
    return [row[2:] for row in rows if row[:2] == (ANN, "read")]


def test_who_changes_the_code_of_a_function_reads_what_its_role_reads() -> None:
    """The function itself is a resource, and is given nothing of its own."""
    may = policy(ANN, allow("lambda:UpdateFunctionCode", FUNCTION))
    facts = reading(*runs(FUNCTION, APP), *may)

    says = f"changes the code of {FUNCTION}, which acts as {APP}"
    assert paths(facts) == [(True, [says], [APP])]
    assert FUNCTION not in {row[0] for row in facts.rows("grants", "principal_id")}
    assert ("resource", False) in facts.rows("principals", "kind, human")


def test_an_instance_acts_as_the_role_of_its_profile() -> None:
    may = policy(ANN, allow("ssm:StartSession", INSTANCE))
    facts = reading(*runs(INSTANCE, PROFILE), *runs(PROFILE, APP), *may)

    assert paths(facts) == [(True, [f"commands {INSTANCE}, which acts as {APP}"], [APP])]
    assert paths(reading(*runs(INSTANCE, PROFILE), *may)) == []


@pytest.mark.parametrize("path", ["", "service-role/"])
def test_a_role_told_by_its_name_is_found_whatever_its_path(path: str) -> None:
    role = f"arn:aws:iam::{ONE}:role/{path}work"
    facts = reading(
        principal(role, "role"),
        own(role, says(), "trust"),
        *policy(role, allow("s3:GetObject", f"{DATA}/*")),
        *runs(FUNCTION, f"arn:aws:iam::{ONE}:role/work"),
        *policy(ANN, allow("lambda:UpdateFunctionCode", FUNCTION)),
    )

    ((_, _, through),) = paths(facts)
    assert through == [role]


def test_a_policy_of_a_function_that_could_not_be_read_may_let_anybody_change_it() -> None:
    refused = own(FUNCTION, Unknown("GetPolicy was denied"))
    facts = reading(*runs(FUNCTION, APP), refused)

    ((given, _, through),) = paths(facts)
    assert (given, through) == (None, [APP])
    assert "GetPolicy was denied" in " ".join(facts.why("grants", "given").values())
    assert paths(reading(*runs(FUNCTION, APP), own(FUNCTION, ""))) == []
