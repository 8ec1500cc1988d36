"""Draws cases of access at random, as ``case_files`` reads them."""

from typing import Any

from hypothesis import strategies as st

from tests.access.case_files import ACTORS, HOME, SISTER


def _maybe_list(pool: list[str]) -> st.SearchStrategy[Any]:
    return st.sampled_from(pool) | st.lists(st.sampled_from(pool), min_size=1, max_size=3)


_CONDITIONS: list[dict[str, Any]] = [
    {},
    {},
    {"StringEquals": {"aws:PrincipalTag/team": "data"}},
    {"StringNotEquals": {"aws:PrincipalTag/team": "data"}},
    {"StringEqualsIfExists": {"aws:ResourceTag/env": "prod"}},
    {"ForAllValues:StringEquals": {"aws:PrincipalTag/level": "high"}},
    {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}},
    {"Bool": {"aws:SecureTransport": "false"}},
    {"StringEquals": {"aws:PrincipalOrgID": "o-acme"}},
    {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/*"}},
    {"StringLike": {"aws:userid": "AROAAPP:*"}},
    {"StringEquals": {"aws:RequestedRegion": "us-east-1"}},
    {"StringMatches": {"aws:username": "ana"}},
    {"StringEquals": {"aws:SourceAccount": HOME}},
]
_PRINCIPALS: list[Any] = [
    "*",
    {"AWS": HOME},
    {"AWS": SISTER},
    {"AWS": ACTORS["ana"].id},
    {"AWS": [ACTORS["app"].id, ACTORS["bob"].id]},
    {"AWS": f"arn:aws:sts::{HOME}:assumed-role/app/night"},
    {"AWS": "333333333333"},
    {"Service": "logs.amazonaws.com"},
]
_ACTIONS = ["s3:GetObject", "s3:*", "*", "s3:Get*", "ec2:*", "s3:PutObject"]
_RESOURCES = [
    "*",
    "arn:aws:s3:::photos/*",
    "arn:aws:s3:::photos/private/*",
    "arn:aws:s3:::photos/*.jpg",
    "arn:aws:s3:::photos/${aws:PrincipalTag/team}/*",
    "arn:aws:s3:::music/*",
]


def statements(effect: str | None = None) -> st.SearchStrategy[dict[str, Any]]:
    """Draw one statement; of any effect, if none is named."""
    return st.builds(
        lambda effect, action, actions, resource, resources, who, principal, condition: {
            "Effect": effect,
            action: actions,
            resource: resources,
            who: principal,
            "Condition": condition,
        },
        st.just(effect) if effect else st.sampled_from(["Allow", "Allow", "Deny"]),
        st.sampled_from(["Action", "Action", "Action", "NotAction"]),
        _maybe_list(_ACTIONS),
        st.sampled_from(["Resource", "Resource", "Resource", "NotResource"]),
        _maybe_list(_RESOURCES),
        st.sampled_from(["Principal", "Principal", "Principal", "NotPrincipal"]),
        st.sampled_from(_PRINCIPALS),
        st.sampled_from(_CONDITIONS),
    )


def _documents(largest: int = 3) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(statements(), max_size=largest)


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a case."""
    raw: dict[str, Any] = {
        "because": "-",
        "expect": "allow",
        "who": draw(
            st.sampled_from(
                ["ana", "app", "root", "bob", "outside", "anybody", "service:logs.amazonaws.com"]
            )
        ),
        "identity": draw(_documents()),
        "resource": draw(_documents()),
    }
    if draw(st.booleans()):
        raw["group"] = draw(_documents(1))
    if draw(st.booleans()) and raw["who"] in ("ana", "app", "bob"):
        raw["boundary"] = draw(_documents(2))
    for name in ("scp", "rcp"):
        if draw(st.booleans()):
            raw[name] = [[{"Effect": "Allow", "Action": "*", "Resource": "*"}], draw(_documents(2))]
    return raw


@st.composite
def plain_cases(draw: st.DrawFn) -> dict[str, Any]:
    """Draw cases in which every statement is about what is asked, so that conditions decide."""
    statement = st.builds(
        lambda effect, condition: {
            "Effect": effect,
            "Action": "s3:*",
            "Resource": "*",
            "Principal": "*",
            "Condition": condition,
        },
        st.sampled_from(["Allow", "Allow", "Deny"]),
        st.sampled_from(_CONDITIONS),
    )
    some = st.lists(statement, max_size=1)
    raw: dict[str, Any] = {
        "because": "-",
        "expect": "allow",
        "who": draw(st.sampled_from(["ana", "app", "bob", "outside"])),
        "identity": [*draw(some), {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}],
        "resource": draw(some),
    }
    layer = draw(st.sampled_from(["", "boundary", "scp", "rcp"]))
    if layer == "boundary" and raw["who"] != "outside":
        raw[layer] = draw(st.lists(statement, min_size=1, max_size=2))
    elif layer in ("scp", "rcp"):
        everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
        raw[layer] = [[everything], [everything, *draw(some)]]
    return raw
