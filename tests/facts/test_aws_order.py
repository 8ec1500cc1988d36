"""The same evidence gives the same facts about rights, in whatever order its rows come."""

import random

from auditor.tables import Membership, Row
from tests.facts.deriving import Facts
from tests.facts.test_aws_access import (
    ANN,
    APP,
    DATA,
    ESTATE,
    FAR,
    LOGS,
    ONE,
    allow,
    derived,
    managed,
    own,
    policy,
    principal,
    says,
)
from tests.facts.test_aws_strangers import trusting

_TABLES = ("grants", "extents", "principals", "powers", "unknowns")


def rows() -> list[Row]:
    """Return an estate with several ways to everything."""
    roles = [f"arn:aws:iam::{ONE}:role/r{number}" for number in range(6)]
    person = principal("identitystore/d-1/user/u-1", "person")
    far = {"AWS": [f"arn:aws:iam::{FAR}:root", "arn:aws:iam::888888888888:root"]}
    found: list[Row] = [
        managed(False),
        own(DATA, says(allow("s3:*", f"{DATA}/*", Principal=far), {"Effect": "Odd"})),
        own(LOGS, ""),
        trusting(Principal={"AWS": roles}),
        person,
        *policy(ANN, allow(["sts:AssumeRole", "iam:*"])),
        *policy(APP, allow(["s3:GetObject", "cloudtrail:StopLogging"])),
    ]
    for role in roles:
        found += [
            principal(role, "role"),
            *policy(role, allow("sts:AssumeRole"), allow("s3:*", f"{DATA}/{role[-1]}/*")),
            own(role, says(allow("sts:AssumeRole", Principal={"AWS": [ANN, APP]})), "trust"),
            Membership(
                id=f"{role}/{person.id}", provider="aws", group_id=role, member_id=person.id
            ),
        ]
    return found


def told(facts: Facts) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of the tables in the order in which they are written."""
    return {table: facts.query(f"FROM {table}") for table in _TABLES}


def test_the_order_of_rows_changes_nothing() -> None:
    """Grants, extents, principals, powers and why something is unknown: byte for byte."""
    first = rows()
    once = told(derived(*first))
    assert len(once["grants"]) > len(ESTATE)
    shuffled = random.Random(7)
    for _ in range(3):
        shuffled.shuffle(first)
        assert told(derived(*first)) == once
