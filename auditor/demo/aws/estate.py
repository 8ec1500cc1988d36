"""The AWS half of the demo: an organisation in moto."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import boto3
from moto import mock_aws

from auditor.demo.planted import Planted
from auditor.model import Target

PLANTED: tuple[Planted, ...] = ()


@contextmanager
def aws_estate() -> Iterator[Target]:
    """Yield a target that reaches the estate, for as long as the context is open."""
    os.environ.setdefault("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
    with mock_aws():
        s3 = boto3.client("s3", "us-east-1")
        s3.create_bucket(Bucket="profiles-us")
        s3.put_bucket_tagging(
            Bucket="profiles-us",
            Tagging={"TagSet": [{"Key": "data-class", "Value": "us-user-data"}]},
        )
        s3.create_bucket(
            Bucket="profiles-copy",
            CreateBucketConfiguration={"LocationConstraint": "eu-central-1"},
        )
        yield Target(name="aws-demo", provider="aws")
