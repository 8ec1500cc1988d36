"""Sealing and verifying a bundle of 1,000,000 records, against hashing the same bytes.

The records are small (about 500 bytes), which is the hard case: what they cost beyond their
bytes is calls, not hashing. The comparison hashes each of them once, from memory.
"""

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

import zstandard

from auditor.envelope import canonical, read_records, segment_paths
from auditor.sign import Origin, ephemeral_key, seal_bundle
from auditor.verify import verify_bundle
from benchmarks.measure import Measure, cpu_seconds

RECORDS = 1_000_000
PER_SEGMENT = 50_000


def run() -> Iterator[Measure]:
    """The CPU time of both together, as a multiple of hashing the same records."""
    with tempfile.TemporaryDirectory() as temporary:
        bundle = Path(temporary) / "bundle"
        size = _write(bundle)
        key = ephemeral_key()
        origin = Origin(tool="benchmark", collections=("c-1",))
        hashing = _hashing_seconds(bundle)
        sealing = cpu_seconds(lambda: seal_bundle(bundle, key, origin))
        verifying = cpu_seconds(lambda: _verify(bundle))
    print(
        f"# {RECORDS} records, {size / 1e6:.0f} MB: hashing {hashing:.2f} s, "
        f"sealing {sealing:.2f} s, verifying {verifying:.2f} s"
    )
    yield Measure(name="sealing", value=(sealing + verifying) / hashing, limit=10, unit="x")


def _write(bundle: Path) -> int:
    (bundle / "evidence").mkdir(parents=True)
    (bundle / "evidence" / "salt").write_text(hashlib.sha256(b"benchmark").hexdigest())
    size = 0
    for number, first in enumerate(range(0, RECORDS, PER_SEGMENT), 1):
        lines = b"".join(_record(i) + b"\n" for i in range(first, first + PER_SEGMENT))
        size += len(lines)
        path = bundle / "evidence" / f"{number:06d}.jsonl.zst"
        path.write_bytes(zstandard.compress(lines, 3))
    return size


def _record(index: int) -> bytes:
    """A typical small answer: one detail of one bucket."""
    unique = hashlib.sha256(b"%d" % index).hexdigest()
    return canonical(
        {
            "account": "111122223333",
            "at": "2026-01-01T12:00:00Z",
            "body": {
                "ServerSideEncryptionConfiguration": {
                    "Rules": [
                        {
                            "ApplyServerSideEncryptionByDefault": {
                                "KMSMasterKeyID": f"arn:aws:kms:us-east-1:111122223333:{unique}",
                                "SSEAlgorithm": "aws:kms",
                            },
                            "BucketKeyEnabled": True,
                        }
                    ]
                }
            },
            "operation": "GetBucketEncryption",
            "outcome": "ok",
            "params": {"Bucket": f"bucket-{index}", "ExpectedBucketOwner": "111122223333"},
            "provider": "aws",
            "region": "us-east-1",
            "request_id": unique[:16].upper(),
            "service": "s3",
        }
    )


def _hashing_seconds(bundle: Path) -> float:
    """CPU time to hash each record once; unpacking them is not counted."""
    seconds = 0.0
    for path in segment_paths(bundle):
        for lines in read_records(path):
            seconds += cpu_seconds(lambda lines=lines: _hash(lines))  # type: ignore[misc]
    return seconds


def _hash(lines: list[bytes]) -> None:
    for line in lines:
        hashlib.sha256(line).digest()


def _verify(bundle: Path) -> None:
    faults = [step for step in verify_bundle(bundle) if step.held is False]
    assert not faults, faults
