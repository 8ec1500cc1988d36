"""A bucket of Object Storage, by the real SDK."""

import gzip
import json

from auditor.activity.buckets import OciBucket
from auditor.activity.objects import Content, Listed, Refusal
from auditor.demo.oci.estate_reader import make_estate
from auditor.demo.oci.faults import InjectedFault
from auditor.demo.oci.simulator import Simulator
from tests.collect.oci.simulated import DATA, door_to, tenancy

STORED = gzip.compress(b'{"eventId": "1"}\n', mtime=0)
NAME = "ocid1.connector/20251001T000000Z_20251001T010000Z.0.log.gz"


def simulator() -> Simulator:
    """A bucket with one object."""
    bucket = {"namespace": "acme", "name": "audit", "compartment_id": DATA}
    found = Simulator(
        make_estate(tenancy({"us-ashburn-1": {"object_storage": {"Bucket": [bucket]}}}))
    )
    listed = {"objects": [{"name": NAME, "size": len(STORED), "etag": "e"}], "prefixes": []}
    for operation, body in (("list_objects", json.dumps(listed).encode()), ("get_object", STORED)):
        found.inject(
            InjectedFault(operation=rf"object_storage\..*{operation}", status=200, body=body)
        )
    return found


def test_an_object_comes_as_its_bytes() -> None:
    """What is stored is not parsed, and not inflated on the way."""
    with door_to(simulator()) as door:
        bucket = OciBucket(ask=door.ask, target="main", bucket="audit", region="us-ashburn-1")
        assert list(bucket.list("ocid1.connector/", "", "~")) == [
            Listed(key=NAME, size=len(STORED), version="e")
        ]
        assert bucket.read(NAME) == Content(data=STORED)


def test_a_bucket_that_is_not_there_is_a_refusal() -> None:
    """Oracle answers alike for what may not be seen."""
    estate = make_estate(tenancy({"us-ashburn-1": {"object_storage": {"Bucket": []}}}))
    with door_to(Simulator(estate)) as door:
        bucket = OciBucket(ask=door.ask, target="main", bucket="audit", region="us-ashburn-1")
        (refused,) = bucket.list("", "", "~")
        assert isinstance(refused, Refusal)
        assert isinstance(bucket.read("x"), Refusal)
