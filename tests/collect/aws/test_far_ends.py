"""What is claimed of a flow's other end, given how the answer names it."""

import json

import pytest

from auditor.collect.aws.far_ends import (
    account_in,
    everywhere,
    lets_in_anybody,
    outside,
    region_in,
    state_of,
    tags_in,
    to_arn,
    to_arns,
    to_bucket,
    to_place,
)
from auditor.collect.aws.resources import processor_of
from auditor.model import Unknown
from auditor.spec import Found
from auditor.tables import UNJOINED
from tests.collect.aws.walking import ACCOUNT, HOME

FOUND = Found(place={"account": ACCOUNT, "region": HOME}, item={}, records={"item": (0,)})
SOURCE = processor_of(FOUND, id="arn:aws:x:::s", name="s", kind="function", public=False)


def test_an_arn_says_where_its_resource_is() -> None:
    flow = to_arn(SOURCE, "stream", "arn:aws:sqs:eu-central-1:999999999999:q")

    assert (flow.target_account, flow.target_region) == ("999999999999", "eu-central-1")
    assert flow.target_country == "DE"


def test_a_bucket_is_left_to_the_join() -> None:
    """Its ARN has neither account nor region; a prefix is no part of it."""
    flow = to_arn(SOURCE, "export", "arn:aws:s3:::logs/prefix")

    assert flow.target_id == "arn:aws:s3:::logs"
    assert flow.target_country == UNJOINED
    assert to_bucket(SOURCE, "export", "logs").target_id == flow.target_id


def test_a_log_group_is_one_whether_its_streams_are_meant_or_not() -> None:
    target = f"arn:aws:logs:{HOME}:{ACCOUNT}:log-group:g"

    assert to_arn(SOURCE, "stream", f"{target}:*").target_id == target


@pytest.mark.parametrize("target", ["", "logs", "arn:", "arn:aws:sqs", "arn:x:y:z:1:2\n"])
def test_what_is_no_arn_is_an_unknown_end(target: str) -> None:
    assert isinstance(to_arn(SOURCE, "stream", target).target_country, Unknown)
    assert (account_in(target), region_in(target)) == ("", "")


def test_no_target_is_no_flow() -> None:
    assert list(to_arns(SOURCE, "stream", ["", ""])) == []


def test_an_end_outside_has_no_place() -> None:
    flow = outside(SOURCE, "mount", "vpn", "at 203.0.113.9")

    assert flow.active is True
    assert isinstance(flow.target_account, Unknown)


def test_edges_are_everywhere() -> None:
    assert everywhere(SOURCE, "edge").target_country == "*"


def test_a_place_of_which_little_is_known() -> None:
    flow = to_place(SOURCE, "mount", "x", Unknown("unstated"), "xx-unknown-1")

    assert isinstance(flow.target_account, Unknown)
    assert isinstance(flow.target_country, Unknown)


def test_an_unheard_state_is_neither_on_nor_off() -> None:
    assert state_of("on", {"on"}, {"off"}) is True
    assert state_of("off", {"on"}, {"off"}) is False
    assert isinstance(state_of(7, {"on"}, {"off"}), Unknown)


def test_reads_both_spellings_of_tags() -> None:
    assert tags_in({"a": "b"}) == tags_in([{"key": "a", "value": "b"}]) == {"a": "b"}


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
