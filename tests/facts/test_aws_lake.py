"""Whom Lake Formation lends what it lends: people of a directory, and everybody of an account."""

import pytest

from auditor.model import Json
from auditor.tables import Attachment, Membership, PolicyDocument, Principal, Row
from tests.facts.test_aws_access import (
    ANN,
    APP,
    BARE,
    DATA,
    ONE,
    allow,
    derived,
    granted,
    policy,
    principal,
    says,
)
from tests.facts.test_aws_strangers import CLOSED

NUMBER = "9067f1a2b3-1111"
NAMED, KNOWN = f"arn:aws:identitystore:::user/{NUMBER}", f"identitystore/d-9067f1a2b3/user/{NUMBER}"
LAKE = f"arn:aws:iam::{ONE}:role/lake"
ESTATE: tuple[Row, ...] = (
    *BARE,
    CLOSED,
    principal(LAKE, "role"),
    PolicyDocument(
        id=f"{LAKE}#trust",
        provider="aws",
        account=ONE,
        kind="trust",
        resource_id=LAKE,
        document=says(
            allow("sts:AssumeRole", Principal={"Service": "lakeformation.amazonaws.com"}),
        ).replace(', "Resource": "*"', ""),
    ),
    *policy(LAKE, allow(["s3:GetObject", "s3:PutObject"])),
)


def lent(who: str) -> tuple[Row, ...]:
    """Return what one table lends to somebody: reading of a part of the data."""
    name = f"{who}#lake/t/0"
    text = says(allow("s3:GetObject", f"{DATA}/t/*"))
    return (
        Membership(id=f"{LAKE}/{who}", provider="aws", group_id=LAKE, member_id=who),
        PolicyDocument(id=name, provider="aws", account=ONE, kind="session", document=text),
        Attachment(
            id=f"{who}/session/{name}", provider="aws", policy_id=name, holder_id=who, use="session"
        ),
    )


def person(id_: str) -> Principal:
    return principal(id_, "person")


def reading(who: str, *rows: Row) -> list[Json]:
    return [(row[0], row[2], row[3]) for row in granted(derived(*ESTATE, *rows), who)]


def test_a_person_is_found_in_the_directory_that_was_read() -> None:
    facts = derived(*ESTATE, *lent(NAMED), person(NAMED), person(KNOWN))

    assert [row[:4] for row in granted(facts, KNOWN)] == [("read", 1, DATA, True)]
    assert NAMED not in {row[0] for row in facts.rows("principals", "id")}


@pytest.mark.parametrize(
    "directories",
    [(), (KNOWN, KNOWN.replace("d-9", "d-8")), (KNOWN.replace("/user/", "/group/"),)],
    ids=["none", "two", "a group of that number"],
)
def test_a_person_whom_no_directory_tells_stays_one(directories: tuple[str, ...]) -> None:
    """Somebody has it, whoever that is."""
    known = tuple(person(each) for each in directories)

    assert reading(NAMED, *lent(NAMED), person(NAMED), *known) == [("read", DATA, True)]


ALL, LEFT = f"{ONE}:IAMPrincipals", f"{ONE}:IAM_ALLOWED_PRINCIPALS"
ASKS = policy(ANN, allow("lakeformation:GetDataAccess"))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((*lent(ALL), *ASKS), [("read", DATA, True)]),
        (lent(ALL), []),
        ((*lent(LEFT), *ASKS), [("read", DATA, None)]),
        (lent(LEFT), []),
    ],
    ids=["all who ask", "who may not ask", "what is left to IAM", "and who may not ask"],
)
def test_what_is_lent_to_all_is_of_those_who_may_ask(
    rows: tuple[Row, ...], expected: list[Json]
) -> None:
    assert reading(ANN, *rows) == expected
    assert reading(APP, *rows) == []


def test_an_explanation_names_whom_it_is_lent_to() -> None:
    found = derived(*ESTATE, *lent(ALL), *ASKS).explain(ANN, DATA)

    (read,) = [each for each in found.answers if each.access == "read"]
    assert read.told.verdict == "yes"
    why = [one.why for link in read.manners[0].links for one in link.weighed]
    assert f"a directory has {ALL} as a member of {LAKE}" in why
