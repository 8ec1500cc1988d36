"""A synthetic AWS account of any size, answered from memory in the provider's own shapes."""

from collections.abc import Callable
from pathlib import Path

from auditor.collect.door import Silence
from auditor.collect.engine import collect
from auditor.collect.period import within_period
from auditor.collect.registry import load_collectors
from auditor.evidence import EvidenceStore
from auditor.model import (
    Answer,
    Audit,
    ClassificationRule,
    Json,
    Outcome,
    PackChoice,
    Party,
    Request,
    Target,
)

ACCOUNT = "111122223333"
NOON = "2026-01-02T12:00:00Z"
PAGE = 1000
TARGET = Target(name="synthetic", provider="aws")
REGIONS = ("us-east-1", "eu-central-1")
BUCKETS_AMONG_STORES = 0.2  # as in an ordinary account, most stores are volumes and snapshots


class SyntheticDoor:
    """Answers for an account with that many stores: buckets, volumes and snapshots."""

    def __init__(self, stores: int) -> None:
        buckets = int(stores * BUCKETS_AMONG_STORES)
        self._counts = {
            "ListBuckets": buckets,
            "DescribeVolumes": (stores - buckets) // 2,
            "DescribeSnapshots": stores - buckets - (stores - buckets) // 2,
        }

    def ask(self, request: Request) -> Answer:
        """Answer from memory."""
        make = _LISTED.get(request.operation)
        if make is None:
            return _details(request)
        name, item = make
        if request.region not in ("", REGIONS[0]):
            return _ok({name: []})
        first = request.token or 0
        last = min(first + PAGE, self._counts[request.operation])
        more = last if last < self._counts[request.operation] else None
        return _ok({name: [item(number) for number in range(first, last)]}, more)

    def close(self) -> None:
        """There is nothing to close."""


def _ok(body: Json, token: Json = None) -> Answer:
    return Answer(outcome=Outcome.OK, body=body, token=token, request_id="synthetic")


def _bucket(number: int) -> Json:
    return {"Name": f"bucket-{number:07}", "CreationDate": NOON}


def _volume(number: int) -> Json:
    return {
        "VolumeId": f"vol-{number:017x}",
        "AvailabilityZone": "us-east-1a",
        "Encrypted": True,
        "KmsKeyId": f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1",
        "Size": 8,
        "CreateTime": NOON,
        "State": "in-use",
        "Tags": [{"Key": "data-class", "Value": "us-user-data"}],
    }


def _snapshot(number: int) -> Json:
    return {
        "SnapshotId": f"snap-{number:017x}",
        "VolumeId": f"vol-{number:017x}",
        "OwnerId": ACCOUNT,
        "Encrypted": number % 100 != 0,
        "VolumeSize": 8,
        "StartTime": NOON,
        "State": "completed",
        "Tags": [],
    }


_LISTED: dict[str, tuple[str, Callable[[int], Json]]] = {
    "ListBuckets": ("Buckets", _bucket),
    "DescribeVolumes": ("Volumes", _volume),
    "DescribeSnapshots": ("Snapshots", _snapshot),
}
_ABSENT = {
    "GetBucketReplication": "ReplicationConfigurationNotFoundError",
    "GetObjectLockConfiguration": "ObjectLockConfigurationNotFoundError",
    "GetBucketPolicyStatus": "NoSuchBucketPolicy",
}
_BLOCKED = dict.fromkeys(
    ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True
)
_FIXED: dict[str, Json] = {
    "GetCallerIdentity": {"Account": ACCOUNT, "Arn": f"arn:aws:iam::{ACCOUNT}:role/auditor"},
    "DescribeRegions": {
        "Regions": [{"RegionName": name, "OptInStatus": "opt-in-not-required"} for name in REGIONS]
    },
    "GetBucketLocation": {"LocationConstraint": ""},
    "GetBucketEncryption": {
        "ServerSideEncryptionConfiguration": {
            "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
        }
    },
    "GetPublicAccessBlock": {"PublicAccessBlockConfiguration": _BLOCKED},
    "GetBucketAcl": {"Owner": {"ID": "o"}, "Grants": []},
    "GetBucketTagging": {"TagSet": [{"Key": "data-class", "Value": "us-user-data"}]},
    "DescribeSnapshotAttribute": {"CreateVolumePermissions": []},
}


def _details(request: Request) -> Answer:
    if request.operation in _ABSENT:
        return Answer(outcome=Outcome.FAILED, code=_ABSENT[request.operation])
    return _ok(_FIXED.get(request.operation, {}))


def synthetic_audit() -> Audit:
    """An audit of the synthetic account against the first pack."""
    return Audit(
        id="synthetic",
        agreement="Synthetic",
        company="Synthetic",
        as_of=NOON,
        period_start="2025-01-02",
        period_end="2026-01-02",
        tool_version="0",
        targets=(TARGET,),
        parties=(
            Party(name="AWS", roles=("trusted provider",), operators=("Amazon Web Services",)),
        ),
        boundary_accounts=(ACCOUNT,),
        classification=(
            ClassificationRule(
                name="tagged", data_classes=("us_user_data",), tags={"data-class": "us-user-data"}
            ),
        ),
        packs=(PackChoice(name="ttp-2020"),),
    )


def collect_synthetic(bundle: Path, stores: int) -> None:
    """Fill a bundle with the evidence of an account with that many stores."""
    store = EvidenceStore(bundle)
    collect(
        (TARGET,),
        within_period((c for c in load_collectors() if c.provider == "aws"), synthetic_audit()),
        {TARGET.name: SyntheticDoor(stores)},
        store,
        now=lambda: NOON,
        progress=Silence(),
    )
    store.close()
