"""Where the ends of flows are, as far as their names tell."""

from auditor.collect.aws.database_ends import at_arn, bucket_arn, is_moving, outside
from auditor.model import Unknown


def test_an_arn_tells_account_and_region() -> None:
    end = at_arn("arn:aws:kinesis:eu-central-1:999999999999:stream/x")

    assert (end["target_account"], end["target_country"]) == ("999999999999", "DE")


def test_a_bucket_tells_neither() -> None:
    assert at_arn(bucket_arn("x", "cn-north-1")) == {"target_id": "arn:aws-cn:s3:::x"}


def test_what_is_no_arn_is_unknown() -> None:
    assert isinstance(at_arn("")["target_id"], Unknown)


def test_an_address_outside_is_no_store() -> None:
    end = outside("https://example.com")

    assert end["target_id"] == ""
    assert isinstance(end["target_country"], Unknown)


def test_a_state_that_nobody_knows_is_unknown() -> None:
    assert is_moving("ON", ("ON",), ("OFF",)) is True
    assert is_moving("OFF", ("ON",), ("OFF",)) is False
    assert isinstance(is_moving("NEW", ("ON",), ("OFF",)), Unknown)
