"""Collection, against a loop that somebody would write by hand over the same estate."""

import json
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

import botocore.session
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config
from botocore.exceptions import ClientError
from moto.core.models import botocore_stubber

from auditor.collect.aws.client import AwsDoor
from auditor.collect.door import Silence
from auditor.collect.engine import collect
from auditor.collect.period import within_period
from auditor.collect.registry import load_collectors
from auditor.demo.aws.large import REGIONS, large_estate
from auditor.demo.aws.transport import listening, silence
from auditor.demo.aws.wire import service_of
from auditor.evidence import EvidenceStore
from auditor.model import Json, Target
from benchmarks.measure import Measure, cpu_seconds
from benchmarks.synthetic import synthetic_audit

RESOURCES = 500
# What the loop below asks for; other benchmarks measure the whole catalogue.
KINDS = frozenset(
    {
        "aws.sts.identity",
        "aws.ec2.region",
        "aws.s3.bucket",
        "aws.ec2.volume",
        "aws.ec2.snapshot",
        "aws.kms.key",
        "aws.dynamodb.table",
        "aws.cloudtrail.trail",
    }
)
NOON = "2026-01-02T12:00:00Z"


def run() -> list[Measure]:
    """Measure calls and CPU of a collection; the least of three rounds, as noise only adds."""
    with large_estate(RESOURCES) as target:
        rounds = [(_measure(partial(_collect, target)), _measure(_loop)) for _ in range(3)]
    ours, by_hand = (min(each) for each in zip(*rounds, strict=True))
    return [
        Measure(name="collect.calls_of_a_loop", value=ours[1] / by_hand[1], limit=1.0),
        Measure(name="collect.cpu_of_a_loop", value=ours[0] / by_hand[0], limit=1.5),
    ]


def _measure(work: Callable[[Path], None]) -> tuple[float, int]:
    """Return CPU seconds, moto's left out, and calls of some work in an empty folder."""
    counter = _Counter()
    with counter.counting(), tempfile.TemporaryDirectory() as folder:
        seconds = cpu_seconds(lambda: work(Path(folder)))
    return seconds - counter.server, counter.calls


class _Counter:
    """Counts requests that leave for the network, and the CPU that moto spends on answers.

    What the far end spends is no cost of collecting, and it would make any two clients alike.
    """

    def __init__(self) -> None:
        self.calls = 0
        self.server = 0.0
        self._lock = Lock()

    @contextmanager
    def counting(self) -> Iterator[None]:
        def answer(event_name: str, request: AWSPreparedRequest, **more: Any) -> AWSResponse | None:
            start = time.thread_time()
            operation = ".".join(service_of(event_name.removeprefix("before-send.")))
            response = silence(operation, request) or botocore_stubber(event_name, request, **more)
            with self._lock:
                self.calls += 1
                self.server += time.thread_time() - start
            return response

        with listening(answer):
            yield


def _collect(target: Target, bundle: Path) -> None:
    ours = (each for each in load_collectors() if each.kind in KINDS)
    collectors = within_period(ours, synthetic_audit())
    store, door = EvidenceStore(bundle), AwsDoor(target)
    collect((target,), collectors, {target.name: door}, store, now=lambda: NOON, progress=Silence())
    store.close()
    door.close()


def _loop(folder: Path) -> None:
    """Ask what our collectors ask, in the plainest way, and write the answers down."""
    session = botocore.session.get_session()
    config = Config(retries={"mode": "standard"})

    def client(service: str, region: str = REGIONS[0]) -> Any:
        return session.create_client(service, region, config=config)

    with (folder / "answers.jsonl").open("w") as file:

        def keep(answer: Json) -> Json:
            file.write(json.dumps(answer, default=str) + "\n")
            return answer

        keep(client("sts").get_caller_identity())
        keep(client("ec2").describe_regions(AllRegions=True))
        _loop_buckets(client, keep)
        for region in REGIONS:
            _loop_region(client, keep, region)


def _loop_buckets(client: Any, keep: Any) -> None:
    clients = {region: client("s3", region) for region in REGIONS}
    home = clients[REGIONS[0]]
    calls = (
        "get_bucket_encryption",
        "get_bucket_replication",
        "get_bucket_policy_status",
        "get_bucket_policy",
        "get_public_access_block",
        "get_bucket_acl",
        "get_bucket_ownership_controls",
        "get_object_lock_configuration",
        "get_bucket_tagging",
        "list_bucket_inventory_configurations",
        "list_bucket_analytics_configurations",
        "get_bucket_logging",
        "get_bucket_notification_configuration",
        "get_bucket_accelerate_configuration",
        "get_bucket_website",
    )
    for page in home.get_paginator("list_buckets").paginate(MaxBuckets=1000):
        for bucket in keep(page)["Buckets"]:
            name = bucket["Name"]
            place = keep(home.get_bucket_location(Bucket=name))["LocationConstraint"]
            for call in calls:
                with suppress(ClientError):
                    keep(getattr(clients[place or REGIONS[0]], call)(Bucket=name))


def _loop_region(client: Any, keep: Any, region: str) -> None:
    ec2, kms = client("ec2", region), client("kms", region)
    dynamodb, cloudtrail = client("dynamodb", region), client("cloudtrail", region)
    for page in ec2.get_paginator("describe_volumes").paginate(MaxResults=500):
        keep(page)
    for page in ec2.get_paginator("describe_snapshots").paginate(
        OwnerIds=["self"], MaxResults=1000
    ):
        for each in keep(page)["Snapshots"]:
            keep(
                ec2.describe_snapshot_attribute(
                    SnapshotId=each["SnapshotId"], Attribute="createVolumePermission"
                )
            )
    for page in kms.get_paginator("list_keys").paginate():
        for each in keep(page)["Keys"]:
            key = each["KeyId"]
            keep(kms.describe_key(KeyId=key))
            keep(kms.get_key_policy(KeyId=key, PolicyName="default"))
            keep(kms.list_grants(KeyId=key))
            keep(kms.get_key_rotation_status(KeyId=key))
    for page in dynamodb.get_paginator("list_tables").paginate():
        for name in keep(page)["TableNames"]:
            arn = keep(dynamodb.describe_table(TableName=name))["Table"]["TableArn"]
            keep(dynamodb.list_tags_of_resource(ResourceArn=arn))
            keep(dynamodb.describe_kinesis_streaming_destination(TableName=name))
            with suppress(ClientError):
                keep(dynamodb.get_resource_policy(ResourceArn=arn))
    keep(cloudtrail.describe_trails(includeShadowTrails=False))
