"""What we claim to know about directory buckets, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.s3_directory import DIRECTORY_BUCKETS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Unknown
from auditor.tables import Store
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, DIRECTORY_BUCKETS)

pytestmark = pytest.mark.usefixtures("cloud")


def store_of(name: str) -> Store:
    bucket = {"Name": name, "CreationDate": "2026-01-02T12:00:00Z"}
    rules = [
        Rule(operation="s3.ListDirectoryBuckets", answer={"Buckets": [bucket]}),
        Rule(operation="s3.GetBucketEncryption"),
        Rule(operation="s3.GetBucketPolicy", status=404, code="NoSuchBucketPolicy"),
    ]
    return gather(COLLECTORS, rules=rules).stores[name]


def test_a_directory_bucket_is_where_its_zone_is() -> None:
    store = store_of("cache--use1-az5--x-s3")

    assert store.id == f"arn:aws:s3express:{HOME}:{ACCOUNT}:bucket/cache--use1-az5--x-s3"
    assert (store.country, store.encrypted, store.public) == ("US", True, False)


def test_a_local_zone_can_be_in_another_country() -> None:
    """The region is Virginia, the disks are in Lima."""
    assert store_of("cache--use1-lim1-az1--x-s3").country == "PE"


def test_a_zone_that_nobody_listed_is_anywhere() -> None:
    assert isinstance(store_of("cache--use1-xyz1-az1--x-s3").country, Unknown)


def test_a_refused_encryption_leaves_the_key_unknown() -> None:
    """It is encrypted in any case; with which key is another question."""
    store = store_of("cache--use1-az5--x-s3")

    assert store.encrypted is True
    assert isinstance(store.key_id, Unknown)
