"""How the other end of a flow is told from what a service calls it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.collect.aws.outlets import (
    bucket_in,
    exits,
    optional_text,
    tags_in,
    to_bucket,
    to_region,
)
from auditor.collect.aws.resources import processor_of
from auditor.model import Answer, Outcome, Unknown
from auditor.spec import Detail, Found

FOUND = Found(place={"account": "123456789012", "region": "us-east-1"}, item={"a": "b"})
JOB = processor_of(
    FOUND, id="arn:aws:polly:us-east-1:1:job/1", name="job", kind="job", public=False
)


@pytest.mark.parametrize(
    ("address", "bucket"),
    [
        ("s3://films/cut/1", "films"),
        ("s3://films", "films"),
        ("https://s3.us-east-1.amazonaws.com/films/cut", "films"),
        ("https://s3.amazonaws.com/films/cut", "films"),
        ("https://films.of.ours.s3.eu-west-1.amazonaws.com/cut", "films.of.ours"),
        ("https://films.s3.amazonaws.com.example.org/cut", ""),
        ("rtmp://203.0.113.7/live", ""),
        ("", ""),
    ],
)
def test_an_s3_address_names_its_bucket(address: str, bucket: str) -> None:
    assert bucket_in(address) == bucket


def test_an_address_outside_of_aws_may_be_anywhere() -> None:
    (flow,) = exits(JOB, "edge", ["rtmp://203.0.113.7/live"])

    assert flow.target_id == ""
    assert isinstance(flow.target_country, Unknown)
    assert "203.0.113.7" in flow.target_country.reason


def test_what_may_be_a_target_may_be_a_way_out() -> None:
    """And what is none, is none; each way is told once."""
    unknown, *known = exits(JOB, "export", [Unknown("refused"), "", "s3://a/1", "s3://a/2"])

    assert isinstance(unknown.active, Unknown)
    assert [flow.target_id for flow in known] == ["arn:aws:s3:::a"]
    assert [*to_bucket(JOB, "export", "")] == []


def test_a_region_has_a_country() -> None:
    flow = to_region(JOB, "inference", "ap-northeast-1")

    assert (flow.target_account, flow.target_country) == ("123456789012", "JP")


def test_what_an_empty_answer_leaves_out_is_unknown() -> None:
    """Only beside a member that is always there does leaving out mean something."""
    detail = Detail(name="d", operation="GetIt", permission="a:GetIt")
    for body, expected in (({"Id": "1"}, str), ({}, Unknown)):
        answers = {"d": (Answer(outcome=Outcome.OK, body=body),)}
        found = Found(place={}, item={}, answers=answers, details={"d": detail})
        assert isinstance(optional_text(found, "d.Key", beside="d.Id"), expected)


@given(st.text() | st.none() | st.integers() | st.dictionaries(st.text(), st.text()))
def test_anything_may_stand_in_place_of_an_address(value: object) -> None:
    """Whoever writes a bundle chooses what stands there."""
    assert len([*exits(JOB, "export", [value])]) <= 1
    assert isinstance(tags_in(value), dict | Unknown)
