"""Where flows lead, as far as a name tells."""

import pytest

from auditor.collect.aws.transfer_ends import at_arn, bucket_arn, in_place, is_moving, tags_of_map
from auditor.model import Unknown


def test_an_arn_states_its_account_and_country() -> None:
    """So that a vault of an account that nobody scanned is abroad for certain."""
    columns = at_arn("arn:aws:backup:eu-west-1:999999999999:backup-vault:copies")

    assert columns["target_account"] == "999999999999"
    assert (columns["target_region"], columns["target_country"]) == ("eu-west-1", "IE")


def test_what_an_arn_leaves_out_is_left_to_be_joined() -> None:
    assert at_arn("arn:aws:s3:::exports") == {"target_id": "arn:aws:s3:::exports"}


@pytest.mark.parametrize("text", ["", "exports", "ARN:AWS:S3"])
def test_what_is_no_arn_leads_somewhere_unknown(text: str) -> None:
    assert all(isinstance(value, Unknown) for value in at_arn(text).values())


def test_an_account_that_is_none_is_not_taken_for_one() -> None:
    assert "target_account" not in at_arn("arn:aws:rds:us-east-1:99999:db:x")


def test_a_region_that_nobody_knows_is_in_no_country() -> None:
    assert isinstance(in_place("999999999999", "xx-new-1")["target_country"], Unknown)


def test_buckets_are_of_the_partition_that_names_them() -> None:
    assert bucket_arn("b", "us-gov-west-1") == "arn:aws-us-gov:s3:::b"
    assert bucket_arn("", "us-east-1") == ""


def test_a_state_that_nobody_knows_tells_nothing() -> None:
    assert is_moving("done", ("done",), ("failed",)) is True
    assert is_moving("failed", ("done",), ("failed",)) is False
    assert isinstance(is_moving("odd", ("done",), ("failed",)), Unknown)


def test_tags_that_are_no_map_are_unknown() -> None:
    assert tags_of_map({"a": "b"}) == {"a": "b"}
    assert isinstance(tags_of_map(["a"]), Unknown)
