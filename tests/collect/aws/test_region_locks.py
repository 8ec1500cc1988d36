"""What a service control policy leaves open: never less than it really does."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.collect.aws.region_locks import RegionLock, read_region_lock
from auditor.model import Json, Unknown

AT_HOME = {"StringNotEquals": {"aws:RequestedRegion": ["us-east-1", "us-west-2"]}}


def read(*statements: Json) -> RegionLock:
    lock = read_region_lock(json.dumps({"Version": "2012-10-17", "Statement": [*statements]}))
    assert isinstance(lock, RegionLock)
    return lock


def deny(**parts: Json) -> dict[str, Json]:
    """A denial of everything outside two regions, with these parts in place of its own."""
    return {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": AT_HOME, **parts}


def without_action(**parts: Json) -> dict[str, Json]:
    statement = deny(**parts)
    del statement["Action"]
    return statement


def test_a_plain_lock_holds_everybody() -> None:
    assert read(deny()) == RegionLock(allowed=("us-east-1", "us-west-2"))


def test_a_single_statement_needs_no_list() -> None:
    """AWS accepts an object where it documents a list."""
    lock = read_region_lock(json.dumps({"Statement": deny()}))

    assert lock == RegionLock(allowed=("us-east-1", "us-west-2"))


def test_global_services_and_reads_are_no_hole() -> None:
    """Every lock has to leave them out, and they create no data in a region."""
    actions = ["iam:*", "organizations:*", "ec2:DescribeRegions", "s3:ListAllMyBuckets"]

    assert read(without_action(NotAction=actions)).escapes == ()


@pytest.mark.parametrize("hole", ["s3:*", "kms:*", "*", "s3:Put*", "rds:CreateDBInstance"])
def test_a_hole_that_can_create_data_is_an_escape(hole: str) -> None:
    """What NotAction names can still be done in every region."""
    assert read(without_action(NotAction=["iam:*", hole])).escapes == (hole,)


def test_a_list_of_actions_is_no_whole_lock() -> None:
    assert read(deny(Action=["ec2:RunInstances"])).escapes == ("actions that it does not name",)


def test_named_resources_are_no_whole_lock() -> None:
    lock = read(deny(Resource="arn:aws:s3:::one/*"))

    assert lock.escapes == ("resources that it does not name",)


def test_exempt_roles_are_named() -> None:
    """A break-glass role is not bound; a pattern that anybody can take a name for binds nobody."""
    role = "arn:aws:iam::*:role/break-glass"
    some = read(deny(Condition={**AT_HOME, "ArnNotLike": {"aws:PrincipalARN": role}}))
    all_of_them = read(
        deny(Condition={**AT_HOME, "ArnNotLike": {"aws:PrincipalARN": "arn:aws:iam::*:role/*"}})
    )

    assert (some.exempt, some.escapes) == ((role,), ())
    assert all_of_them.escapes == ("principal arn:aws:iam::*:role/*",)


def test_a_condition_that_is_not_understood_is_an_escape() -> None:
    """All conditions must hold for a denial: one more is one more way round it."""
    condition = {**AT_HOME, "Bool": {"aws:MultiFactorAuthPresent": "false"}}

    assert read(deny(Condition=condition)).escapes == ("unless bool aws:multifactorauthpresent",)


def test_regions_can_be_denied_by_name() -> None:
    lock = read(deny(Condition={"StringEquals": {"aws:RequestedRegion": "eu-central-1"}}))

    assert (lock.allowed, lock.denied) == (("*",), ("eu-central-1",))


def test_patterns_are_kept_as_patterns() -> None:
    lock = read(deny(Condition={"StringNotLike": {"aws:RequestedRegion": ["us-*"]}}))

    assert (lock.allowed, lock.escapes) == (("us-*",), ())


def test_an_asterisk_that_is_no_pattern_is_an_escape() -> None:
    """StringNotEquals compares letter by letter: nothing is called us-*."""
    lock = read(deny(Condition={"StringNotEquals": {"aws:RequestedRegion": ["us-*"]}}))

    assert lock.escapes


def test_a_test_that_spares_any_value_of_none_is_not_taken_for_one() -> None:
    """ForAllValues is true of a request without the key."""
    condition = {"ForAllValues:StringNotEquals": {"aws:RequestedRegion": ["us-east-1"]}}

    assert not read(deny(Condition=condition)).limits_regions


def test_of_two_denials_the_tighter_counts() -> None:
    lock = read(without_action(NotAction=["s3:*"]), deny())

    assert lock.escapes == ()


def test_allowing_is_no_lock() -> None:
    assert read({"Effect": "Allow", "Action": "*", "Resource": "*"}) == RegionLock()


@pytest.mark.parametrize("policy", ["", "[]", "7", "{}", None, "[" * 100_000])
def test_what_is_no_policy_is_unknown(policy: Json) -> None:
    assert isinstance(read_region_lock(policy), Unknown)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


@given(
    st.dictionaries(
        st.sampled_from(["Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"]),
        _JSON,
    )
)
def test_a_stranger_part_never_tightens_a_lock(parts: dict[str, Json]) -> None:
    """Whatever stands in a denial, it is understood as the plain lock or as something weaker."""
    lock = read_region_lock(json.dumps({"Statement": [deny(**parts)]}))

    assert isinstance(lock, RegionLock)
    if lock.limits_regions and not lock.escapes:
        assert parts.get("Effect", "Deny") == "Deny"
        assert parts.get("Resource", "*") in ("*", ["*"])
        assert "NotResource" not in parts
