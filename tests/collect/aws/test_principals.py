"""Which accounts a policy lets in: never fewer than it does."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.collect.aws.principals import accounts_in_policy, lets_in_anybody
from auditor.model import Json, Unknown

US, THEM = "111111111111", "999999999999"


def read(*statements: Json) -> Json:
    return accounts_in_policy(json.dumps({"Statement": list(statements)}))


def allow(principal: Json, **more: Json) -> Json:
    return {"Effect": "Allow", "Principal": principal, "Action": "kms:*", **more}


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        ({"AWS": US}, (US,)),
        ({"AWS": [f"arn:aws:iam::{US}:root", f"arn:aws-cn:iam::{THEM}:user/a/b"]}, (US, THEM)),
        ({"AWS": f"arn:aws:sts::{THEM}:assumed-role/r/s"}, (THEM,)),
        ({"AWS": "*"}, ("*",)),
        ("*", ("*",)),
        ({"Federated": f"arn:aws:iam::{THEM}:saml-provider/p"}, (THEM,)),
    ],
)
def test_names_accounts(principal: Json, expected: tuple[str, ...]) -> None:
    assert read(allow(principal)) == expected


@pytest.mark.parametrize(
    "principal",
    [
        {"AWS": "AIDAEXAMPLE"},
        {"AWS": f"{US}0"},
        {"AWS": "arn:aws:iam::*:root"},
        {"AWS": None},
        {"Service": "logs.amazonaws.com"},
        {"CanonicalUser": "abc"},
        {"Federated": "accounts.google.com"},
        None,
        7,
    ],
)
def test_what_names_no_account_is_unknown(principal: Json) -> None:
    """A service acts for whoever asks it; a deleted user's id says nothing."""
    assert isinstance(read(allow(principal)), Unknown)


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"kms:CallerAccount": US}},
        {"StringEquals": {"AWS:SourceOwner": US}},
        {"stringequals": {"AWS:PrincipalAccount": [US]}},
        {"StringLike": {"aws:SourceAccount": US}, "StringEquals": {"kms:ViaService": "ec2"}},
        {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{US}:role/*"}},
        {"ArnEquals": {"aws:SourceArn": f"arn:aws:cloudtrail:us-east-1:{US}:trail/t"}},
    ],
)
def test_a_condition_on_the_account_binds_everybody(condition: Json) -> None:
    """AWS's own key policies let in * and bind it to the caller's account."""
    assert read(allow({"AWS": "*"}, Condition=condition)) == (US,)
    assert read(allow({"Service": "s.amazonaws.com"}, Condition=condition)) == (US,)


@pytest.mark.parametrize(
    "condition",
    [
        {"StringNotEquals": {"kms:CallerAccount": US}},
        {"StringEqualsIfExists": {"aws:PrincipalAccount": US}},
        {"ForAllValues:StringEquals": {"aws:PrincipalAccount": US}},
        {"StringLike": {"kms:CallerAccount": "*"}},
        {"StringLike": {"kms:CallerAccount": [US, "9*"]}},
        {"StringEquals": {"kms:CallerAccount": []}},
        {"StringEquals": {"kms:ViaService": "ec2.us-east-1.amazonaws.com"}},
        {"StringEquals": {"aws:PrincipalOrgID": "o-1"}},
        {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::*:role/{US}"}},
        {"ArnLike": {"aws:PrincipalArn": f"arn:aws:*:{US}:role"}},
        {"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}},
        {},
        None,
        "StringEquals",
    ],
)
def test_other_conditions_bind_nobody(condition: Json) -> None:
    """What cannot be proven narrower is everybody."""
    assert read(allow("*", Condition=condition)) == ("*",)


def test_a_policy_of_everybody_but_some_lets_in_everybody() -> None:
    assert read({"Effect": "Allow", "NotPrincipal": {"AWS": THEM}, "Action": "*"}) == ("*",)


def test_denials_are_not_counted_on() -> None:
    """They narrow, which we do not claim, and they let nobody in."""
    deny = {"Effect": "Deny", "Principal": "*", "Action": "*"}

    assert read(deny, allow({"AWS": THEM})) == (THEM,)
    assert read(deny) == ()


def test_a_lone_statement_need_not_be_in_a_list() -> None:
    assert accounts_in_policy(json.dumps({"Statement": allow({"AWS": US})})) == (US,)


def test_harmless_actions_are_left_out_only_if_all_are() -> None:
    put = {"Effect": "Allow", "Principal": {"AWS": THEM}, "Action": ["s3:PutObject"]}
    both = {**put, "Action": ["s3:PutObject", "s3:GetObject"]}
    inverse = {"Effect": "Allow", "Principal": {"AWS": THEM}, "NotAction": "s3:PutObject"}

    def harmless(action: str) -> bool:
        return action == "s3:putobject"

    results = [
        accounts_in_policy(json.dumps({"Statement": each}), harmless)
        for each in (put, both, inverse)
    ]

    assert results == [(), (THEM,), (THEM,)]


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", "{", "[" * 100_000, None, 7])
def test_what_is_no_policy_is_unknown(text: Json) -> None:
    assert isinstance(accounts_in_policy(text), Unknown)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["*", US, "AWS", "Allow"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["Statement", "Effect", "Principal", "AWS", "Condition", "StringEquals", "Action"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(_VALUES)
def test_hostile_policies_are_survived(document: Json) -> None:
    """Whoever writes a policy may want to stop the audit."""
    result = accounts_in_policy(json.dumps({"Statement": document}))

    assert isinstance(result, Unknown | tuple)


@pytest.mark.parametrize(
    ("statement", "is_public"),
    [
        ({"Principal": "*"}, True),
        ({"Principal": {"AWS": ["*"]}}, True),
        ({"Principal": {"AWS": "999999999999"}}, False),
    ],
)
def test_an_open_policy_lets_in_anybody(statement: dict[str, object], is_public: bool) -> None:
    text = json.dumps({"Statement": {"Effect": "Allow", "Action": "*", **statement}})

    assert lets_in_anybody(text) is is_public


def test_an_open_policy_with_a_condition_may_let_in_anybody() -> None:
    """The condition may name the organisation, or nothing that matters."""
    condition = {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}
    statement = {"Effect": "Allow", "Action": "*", "Principal": "*", "Condition": condition}

    assert isinstance(lets_in_anybody(json.dumps({"Statement": [statement]})), Unknown)
    assert isinstance(lets_in_anybody("no json"), Unknown)
