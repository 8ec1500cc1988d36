"""Roles that somebody can act as only within the policies of a session."""

import pytest

from auditor.model import Json, Unknown
from auditor.tables import Attachment, Maybe, Membership, PolicyDocument, Row
from tests.facts.test_aws_access import (
    ANN,
    APP,
    BARE,
    DATA,
    LOGS,
    ONE,
    allow,
    derived,
    granted,
    policy,
    principal,
    says,
)
from tests.facts.test_aws_strangers import READS, profile, trusting

TRUSTED = trusting(Principal={"Service": "rolesanywhere.amazonaws.com"})
PROFILE, MEMBER = profile()
WRITES = policy(APP, allow(["s3:GetObject", "s3:PutObject"]))


def limit(
    document: Maybe[str], name: str = "session", holder: str = str(PROFILE.id)
) -> tuple[Row, ...]:
    """Return a policy that limits the sessions of somebody, the profile's if nobody is named."""
    id_ = f"{holder}#{name}"
    return (
        PolicyDocument(id=id_, provider="aws", account=ONE, kind="session", document=document),
        _attached(id_, holder),
    )


def _attached(name: str, holder: str = str(PROFILE.id)) -> Attachment:
    return Attachment(
        id=f"{holder}/session/{name}",
        provider="aws",
        policy_id=name,
        holder_id=holder,
        use="session",
    )


def given(*rows: Row) -> list[Json]:
    facts = derived(*BARE, PROFILE, MEMBER, TRUSTED, *rows)
    return [(row[0], row[2], row[3]) for row in granted(facts, PROFILE.id)]


def test_a_session_has_what_role_and_limit_both_allow() -> None:
    limited = limit(says(allow("s3:GetObject", f"{DATA}/*")))

    assert given(*WRITES, *limited) == [("read", DATA, True)]


def test_several_limits_are_joined() -> None:
    first = limit(says(allow("s3:GetObject", f"{DATA}/*")))
    second = limit(says(allow("s3:PutObject", f"{LOGS}/*")), "more")

    assert given(*WRITES, *first, *second) == [("read", DATA, True), ("write", LOGS, True)]


@pytest.mark.parametrize(
    "unread",
    [limit(Unknown("it was denied")), (_attached("arn:aws:iam::aws:policy/NotCollected"),)],
    ids=["refused", "not collected"],
)
def test_a_limit_that_was_not_read_leaves_it_open(unread: tuple[Row, ...]) -> None:
    assert given(*READS, *unread) == [("read", DATA, None)]


def test_who_acts_as_the_role_without_limit_has_all_of_it() -> None:
    """Limits are of the profile, not of the role."""
    other, member = profile("p-2")
    limited = limit(says(allow("s3:GetObject", f"{LOGS}/*")))
    facts = derived(*BARE, PROFILE, MEMBER, other, member, TRUSTED, *READS, *limited)

    assert granted(facts, PROFILE.id) == []
    assert [row[0] for row in granted(facts, other.id)] == ["read"]
    assert [row[0] for row in granted(facts, APP)] == ["read"]


def test_a_limit_is_no_step_to_what_the_role_may_become() -> None:
    """The role acts as another one; within the limit it does not."""
    next_role = f"arn:aws:iam::{ONE}:role/next"
    steps = (
        principal(next_role, "role"),
        PolicyDocument(
            id=f"{next_role}#trust",
            provider="aws",
            account=ONE,
            kind="trust",
            resource_id=next_role,
            document=says(
                {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": ONE}}
            ),
        ),
        *policy(next_role, allow("s3:GetObject", f"{DATA}/*")),
        *policy(APP, allow("sts:AssumeRole", next_role)),
    )

    assert [each[0] for each in given(*steps)] == ["read"]
    assert given(*steps, *limit(says(allow("s3:GetObject")))) == []


def test_paths_and_explanations_name_role_and_limit() -> None:
    limited = limit(says(allow("s3:GetObject", f"{DATA}/*")))
    facts = derived(*BARE, PROFILE, MEMBER, TRUSTED, *READS, *limited)

    rows: list[Json] = facts.rows("grants", "principal_id, path, through")
    assert [row[1:] for row in rows if row[0] == PROFILE.id] == [
        ([f"acts as {APP} within the limits of {PROFILE.id}"], [APP])
    ]
    found = facts.explain(PROFILE.id, DATA)
    (read,) = [each for each in found.answers if each.access == "read"]
    assert read.told.verdict == "yes"
    stages = [one.stage for link in read.manners[0].links for one in link.weighed]
    assert "directory" in stages
    assert "session policy" in stages


def test_what_a_lake_lends_is_less_than_the_role_and_more_than_the_bucket_says() -> None:
    """Lake Formation: the bucket sees the role, and the user needs no right to the bucket."""
    name = f"{ANN}#lake/t/0"
    lent = (
        Membership(id=f"{APP}/{ANN}", provider="aws", group_id=APP, member_id=ANN),
        PolicyDocument(
            id=name,
            provider="aws",
            account=ONE,
            kind="session",
            document=says(allow("s3:GetObject", f"{DATA}/t/*")),
        ),
        Attachment(
            id=f"{ANN}/session/{name}", provider="aws", policy_id=name, holder_id=ANN, use="session"
        ),
    )
    facts = derived(*BARE, TRUSTED, *WRITES, *lent)

    assert [(row[0], row[2], row[3]) for row in granted(facts, ANN)] == [("read", DATA, True)]
    (path,) = [row[1] for row in facts.rows("grants", "principal_id, path") if row[0] == ANN]
    assert path == [f"acts as {APP} within the limits of {ANN}"]


@pytest.mark.parametrize(
    ("trusted", "limited", "expected"),
    [
        ("pods.eks.amazonaws.com", (), [("read", DATA, True)]),
        ("pods.eks.amazonaws.com", (says(allow("s3:GetObject", f"{LOGS}/*")),), []),
        ("pods.eks.amazonaws.com", (Unknown("it was denied"),), [("read", DATA, None)]),
        ("ec2.amazonaws.com", (), []),
        ("rolesanywhere.amazonaws.com", (), []),
    ],
    ids=["trusted", "limited", "limit not read", "another trusted", "another door"],
)
def test_a_service_account_of_a_cluster_acts_as_the_role_of_its_association(
    trusted: str, limited: tuple[Maybe[str], ...], expected: list[Json]
) -> None:
    """EKS Pod Identity: the role must trust that service, and a policy may limit the sessions."""
    name = f"arn:aws:eks:us-east-1:{ONE}:podidentityassociation/c/a-1"
    rows: list[Row] = [
        principal(name, "federation"),
        Membership(id=f"{APP}/{name}", provider="aws", group_id=APP, member_id=name),
        trusting(Principal={"Service": trusted}),
    ]
    for each in limited:
        rows += limit(each, holder=name)

    facts = derived(*BARE, *READS, *rows)
    assert [(row[0], row[2], row[3]) for row in granted(facts, name)] == expected


def test_of_a_role_an_explanation_tells_the_most_that_its_sessions_can() -> None:
    """What callers give to sessions of their own choice cannot be known before."""
    facts = derived(*BARE, TRUSTED, *READS)

    assert any("this is the most" in note for note in facts.explain(APP, DATA).notes)
    assert not any("this is the most" in note for note in facts.explain(ANN, DATA).notes)
