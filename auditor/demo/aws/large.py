"""A large estate in moto, for measurements: much of the same, in one account and two regions."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from moto import mock_aws

from auditor.demo.aws.accounts import HOME, MANAGEMENT, WEST, Builder
from auditor.demo.aws.ordinary import (
    make_bucket,
    make_key,
    make_snapshot,
    make_table,
    make_volume,
)
from auditor.model import Target

REGIONS = (HOME, WEST)
_BUCKETS, _TABLES, _KEYS = 0.2, 0.15, 0.05  # of the resources; the rest is volumes and snapshots


@contextmanager
def large_estate(resources: int) -> Iterator[Target]:
    """Yield a target that reaches about this many resources, for as long as the context is open."""
    os.environ.setdefault("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
    with mock_aws():
        for region in REGIONS:
            _fill(Builder(MANAGEMENT, region), resources // len(REGIONS))
        yield Target(name="aws-large", provider="aws", axes={"region": REGIONS})


def _fill(builder: Builder, resources: int) -> None:
    keys = [make_key(builder, f"key {number}") for number in range(int(resources * _KEYS))]
    for number in range(int(resources * _BUCKETS)):
        make_bucket(builder, f"large-{builder.region}-{number}", keys[number % len(keys)])
    for number in range(int(resources * _TABLES)):
        make_table(builder, f"large-{number}", keys[number % len(keys)])
    volumes = int(resources * (1 - _BUCKETS - _TABLES - _KEYS) / 2)
    for number in range(volumes):
        key = keys[number % len(keys)]
        make_snapshot(builder, make_volume(builder, key), key)
