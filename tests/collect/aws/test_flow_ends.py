"""What is claimed of a flow's other end, given how the answer names it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.collect.aws.flow_ends import (
    at_address,
    at_arn,
    everywhere,
    exits,
    flow_from,
    in_place,
    out_of,
    to_arn,
    to_bucket,
    to_buckets,
    to_outside,
    to_place,
    to_region,
)
from auditor.collect.aws.resources import processor_of
from auditor.model import Unknown
from auditor.spec import Found
from auditor.tables import UNJOINED
from tests.collect.aws.walking import ACCOUNT, HOME

FOUND = Found(place={"account": ACCOUNT, "region": HOME}, item={}, records={"item": (0,)})
ROW = processor_of(FOUND, id="arn:aws:x:::s", name="s", kind="function", public=False)


def test_an_arn_says_where_its_resource_is() -> None:
    """So that a queue of an account that nobody scanned is abroad for certain."""
    flow = to_arn(ROW, "stream", "arn:aws:sqs:eu-central-1:999999999999:q")

    assert (flow.target_account, flow.target_region) == ("999999999999", "eu-central-1")
    assert (flow.target_country, flow.target_operator) == ("DE", "Amazon Web Services")


def test_an_arn_in_china_says_who_runs_it() -> None:
    end = at_arn("arn:aws-cn:sqs:cn-north-1:999999999999:q")

    assert (end["target_country"], end["target_operator"]) == ("CN", "Beijing Sinnet Technology")


@pytest.mark.parametrize(
    "name", ["ec2:us-east-1:999999999999:volume/vol-1", "rds:us-east-1:999999999999:db:x"]
)
def test_what_can_stand_in_a_zone_abroad_has_no_country_by_its_region(name: str) -> None:
    """A Local Zone of us-east-1 is in Lima, and an Outpost is wherever it was delivered."""
    end = at_arn(f"arn:aws:{name}")

    assert (end["target_account"], end["target_region"]) == ("999999999999", "us-east-1")
    assert end["target_country"] is UNJOINED


def test_what_an_arn_leaves_out_is_left_to_be_joined() -> None:
    flow = to_arn(ROW, "export", "arn:aws:s3:::logs/prefix")

    assert flow.target_id == "arn:aws:s3:::logs"
    assert flow.target_account is flow.target_country is UNJOINED
    assert at_arn("arn:aws:bedrock:us-east-1::foundation-model/m").keys() >= {"target_country"}


@pytest.mark.parametrize("target", ["", "theirs", "arn:aws:sqs", "ARN:AWS:SQS:::X", None, 7])
def test_what_is_no_arn_may_be_anywhere(target: object) -> None:
    flow = to_arn(ROW, "stream", target)

    assert flow.active is True
    assert isinstance(flow.target_id, Unknown)
    assert isinstance(flow.target_country, Unknown)


def test_an_end_that_was_refused_keeps_its_reason() -> None:
    refused = Unknown("refused")

    assert to_arn(ROW, "stream", refused).target_country is refused
    assert to_bucket(ROW, "export", refused).target_country is refused


def test_what_the_answer_says_besides_comes_before_the_arn() -> None:
    target = "arn:aws:sqs:us-east-1:999999999999:q"

    flow = to_arn(ROW, "stream", target, "other", active=False, target_country="CA")

    assert (flow.active, flow.target_country) == (False, "CA")
    assert flow.id.endswith("/stream/other")


def test_a_bucket_may_have_a_stated_owner() -> None:
    flow = to_bucket(ROW, "export", "s3://logs/2020", "999999999999")

    assert (flow.target_id, flow.target_account) == ("arn:aws:s3:::logs", "999999999999")
    assert to_bucket(ROW, "export", "logs", "nobody").target_account is UNJOINED
    assert isinstance(to_bucket(ROW, "export", "").target_id, Unknown)


def test_what_may_be_a_target_may_be_a_way_out() -> None:
    """And what is none, is none; each way is told once."""
    targets = [Unknown("refused"), "", None, "s3://a/1", "s3://a/2"]
    unknown, *known = exits(ROW, "export", targets)

    assert isinstance(unknown.active, Unknown)
    assert [flow.target_id for flow in known] == ["arn:aws:s3:::a"]
    assert [*to_buckets(ROW, "export", ["", None])] == []
    assert [flow.target_id for flow in to_buckets(ROW, "export", ["a"])] == ["arn:aws:s3:::a"]


def test_an_address_outside_of_aws_may_be_anywhere() -> None:
    (flow,) = exits(ROW, "edge", ["rtmp://203.0.113.7/live"])

    assert flow.target_id == ""
    assert isinstance(flow.target_country, Unknown)
    assert "203.0.113.7" in flow.target_country.reason


def test_an_end_outside_has_no_place() -> None:
    flow = to_outside(ROW, "mount", "vpn", "at 203.0.113.9", active=False)

    assert (flow.active, flow.target_id) == (False, "")
    assert flow.target_account == Unknown("at 203.0.113.9")


def test_an_address_of_aws_tells_the_region() -> None:
    end = at_address("https://search-x-1.eu-west-1.es.amazonaws.com")
    warehouse = at_address("jdbc:redshift://x.y.us-west-2.redshift.amazonaws.com:5439/dev")

    assert (end["target_country"], warehouse["target_country"]) == ("IE", "US")
    assert isinstance(end["target_account"], Unknown)


def test_an_address_that_only_looks_like_one_of_aws_does_not() -> None:
    end = at_address("https://x.eu-west-1.es.amazonaws.com.example.com")

    assert isinstance(end["target_country"], Unknown)


def test_edges_are_everywhere() -> None:
    assert everywhere(ROW, "edge").target_country == "*"


def test_a_region_has_a_country() -> None:
    flow = to_region(ROW, "inference", "ap-northeast-1")

    assert (flow.target_account, flow.target_country) == (ACCOUNT, "JP")


def test_a_place_of_which_little_is_known() -> None:
    flow = to_place(ROW, "mount", "x", Unknown("unstated"), "xx-unknown-1")

    assert isinstance(flow.target_account, Unknown)
    assert isinstance(flow.target_country, Unknown)
    assert set(in_place("", "").values()) == {"", UNJOINED}


@pytest.mark.parametrize(
    ("source", "account", "region"),
    [
        ("arn:aws:kinesis:us-west-2:999999999999:stream/s", "999999999999", "us-west-2"),
        ("source-1", ACCOUNT, HOME),
    ],
)
def test_a_flow_out_of_another_resource_starts_where_that_is(
    source: str, account: str, region: str
) -> None:
    flow = flow_from(FOUND, source, "copy", "target")

    assert (flow.store_id, flow.account, flow.region) == (source, account, region)


def test_where_a_bucket_is_is_not_told_by_what_reads_it() -> None:
    flow = flow_from(FOUND, "arn:aws:s3:::films", "copy", "target")

    assert isinstance(flow.region, Unknown)


def test_a_flow_can_be_handed_to_the_resource_behind() -> None:
    flow = out_of("arn:aws:s3:::films", FOUND, to_region(ROW, "copy", "us-west-2"))

    assert (flow.store_id, flow.target_region) == ("arn:aws:s3:::films", "us-west-2")


@given(st.text() | st.none() | st.integers() | st.dictionaries(st.text(), st.text()))
def test_anything_may_stand_in_place_of_a_target(value: object) -> None:
    """Whoever writes a bundle chooses what stands there."""
    assert len([*exits(ROW, "export", [value])]) <= 1
    assert to_arn(ROW, "stream", value).store_id == ROW.id
    assert to_bucket(ROW, "export", value).store_id == ROW.id
