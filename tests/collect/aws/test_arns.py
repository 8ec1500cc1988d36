"""What the names of resources state, and what they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.collect.aws.arns import (
    account_in,
    bucket_arn,
    bucket_in,
    host_of,
    parts_of,
    region_in,
    resource_arn,
)
from auditor.model import Unknown


def test_an_arn_states_account_and_region() -> None:
    name = "arn:aws:sqs:eu-central-1:999999999999:q"

    assert (account_in(name), region_in(name)) == ("999999999999", "eu-central-1")


@pytest.mark.parametrize("name", ["", "logs", "arn:", "arn:aws:sqs", "arn:x:y:z:1:2\n", None, 7])
def test_what_is_no_arn_states_nothing(name: object) -> None:
    assert parts_of(name) is None
    assert (account_in(name), region_in(name)) == ("", "")


@pytest.mark.parametrize("account", ["", "aws", "99999", "123456789012\n"])
def test_an_account_that_is_none_is_not_taken_for_one(account: str) -> None:
    assert account_in(f"arn:aws:rds:us-east-1:{account}:db:x") == ""


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


@pytest.mark.parametrize("name", ["logs", "logs/2020", "s3://logs/2020"])
def test_a_bucket_has_many_names(name: str) -> None:
    assert bucket_arn(name, "us-east-1") == "arn:aws:s3:::logs"
    assert bucket_arn(name, "cn-north-1") == "arn:aws-cn:s3:::logs"


def test_a_bucket_of_no_name_has_no_arn() -> None:
    assert [bucket_arn(name, "us-east-1") for name in ("", None, 7)] == ["", "", ""]
    assert bucket_arn("logs", Unknown("unstated")) == "arn:aws:s3:::logs"


def test_a_bucket_is_one_whether_a_prefix_is_meant_or_not() -> None:
    """The door of a bucket has a slash in its name, and is not cut."""
    door = "arn:aws:s3:us-east-1:999999999999:accesspoint/door"

    assert resource_arn("arn:aws:s3:::logs/2020") == "arn:aws:s3:::logs"
    assert bucket_arn("arn:aws:s3:::logs/2020", "us-east-1") == "arn:aws:s3:::logs"
    assert bucket_arn(door, "us-east-1") == door


def test_a_log_group_is_one_whether_its_streams_are_meant_or_not() -> None:
    group = "arn:aws:logs:us-east-1:999999999999:log-group:g"

    assert resource_arn(f"{group}:*") == resource_arn(group) == group


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://user:hush@in.example.com:443/x?token=hush", "in.example.com"),
        ("in.example.com", "in.example.com"),
        ("https://[", "https://["),
    ],
)
def test_a_host_is_told_without_what_may_be_secret(address: str, host: str) -> None:
    assert host_of(address) == host


@given(st.text())
def test_anything_may_be_a_name(name: str) -> None:
    """Names are what strangers chose."""
    assert bucket_arn(name, "us-east-1").startswith("arn:" if name else "")
    assert len(host_of(name)) <= 200


def test_a_function_is_one_whichever_version_is_meant() -> None:
    function = "arn:aws:lambda:us-east-1:999999999999:function:f"

    assert resource_arn(f"{function}:live") == resource_arn(function) == function
    assert resource_arn("arn:aws:lambda:us-east-1:999999999999:layer:l:7").endswith(":layer:l:7")
