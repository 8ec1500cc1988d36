"""Where the other end of a flow is, by how AWS names it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.collect.aws.destinations import bucket_arn, host_of, to_arn, to_arns, to_outside
from auditor.collect.aws.resources import processor_of
from auditor.model import Unknown
from auditor.spec import Found
from auditor.tables import UNJOINED, Processor

FOUND = Found(
    place={"account": "123456789012", "region": "us-east-1"}, item={}, records={"item": (0,)}
)
ROW: Processor = processor_of(FOUND, id="arn:row", name="row", kind="rule", public=False)


def test_an_arn_states_account_and_region() -> None:
    flow = to_arn(ROW, "stream", "arn:aws:sqs:eu-central-1:999999999999:theirs")

    assert (flow.target_account, flow.target_region) == ("999999999999", "eu-central-1")
    assert (flow.target_country, flow.target_operator) == ("DE", "Amazon Web Services")


def test_what_an_arn_leaves_out_is_joined() -> None:
    flow = to_arn(ROW, "copy", "arn:aws:s3:::theirs")

    assert flow.target_id == "arn:aws:s3:::theirs"
    assert flow.target_account is flow.target_country is UNJOINED


@pytest.mark.parametrize("target", ["", "theirs", "arn:aws:sqs", "ARN:AWS:SQS:::X"])
def test_what_is_no_arn_may_be_anywhere(target: str) -> None:
    flow = to_arn(ROW, "stream", target)

    assert flow.target_id == ""
    assert isinstance(flow.target_country, Unknown)


def test_each_end_is_one_flow() -> None:
    queue = "arn:aws:sqs:us-east-1:123456789012:q"

    assert len(list(to_arns(ROW, "stream", [queue, None, "", 7, queue]))) == 1


@pytest.mark.parametrize(
    "name", ["logs", "logs/2020", "s3://logs/2020", "arn:aws:s3:::logs", "arn:aws:s3:::logs/2020"]
)
def test_a_bucket_has_many_names(name: str) -> None:
    assert bucket_arn("us-east-1", name) == "arn:aws:s3:::logs"
    assert bucket_arn("cn-north-1", name) == "arn:aws-cn:s3:::logs"


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
def test_no_name_breaks_a_flow(name: str) -> None:
    """Names are what strangers chose."""
    assert to_arn(ROW, "stream", name).store_id == ROW.id
    assert to_outside(ROW, "stream", name, host_of(name)).target_id == ""
    assert bucket_arn("us-east-1", name).startswith("arn:aws:s3:::")
