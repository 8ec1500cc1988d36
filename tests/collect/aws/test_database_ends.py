"""Where the ends of flows are, as far as their names tell."""

from auditor.collect.aws.database_ends import at_address, at_arn, bucket_arn, is_moving, outside
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


def test_an_address_of_aws_tells_the_region() -> None:
    end = at_address("https://search-x-1.eu-west-1.es.amazonaws.com")
    warehouse = at_address("jdbc:redshift://x.y.us-west-2.redshift.amazonaws.com:5439/dev")

    assert (end["target_country"], warehouse["target_country"]) == ("IE", "US")
    assert isinstance(end["target_account"], Unknown)


def test_an_address_that_only_looks_like_one_of_aws_does_not() -> None:
    end = at_address("https://x.eu-west-1.es.amazonaws.com.example.com")

    assert isinstance(end["target_country"], Unknown)
