"""What it costs to hold logs against the digests of their trail, in a whole recording.

The same log files are recorded twice: as a trail's, with signed digests beside them, so that every
byte is hashed and every digest checked; and as logs that no digest vouches for.
"""

import json
import tempfile
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import deflate

from auditor.activity.folders import SIDECAR, FolderObjects
from auditor.activity.recording import Scope, Source, record
from auditor.demo.logs.trail import Trail, trail_key
from auditor.model import LogSource
from benchmarks.measure import cpu_seconds

REPEATS = 3  # the best counts: other work on the machine must not
_START = datetime.fromisoformat("2026-01-02T00:00:00Z")
_CHECKED, _UNCHECKED = "cloudtrail", "cloudtrail lookup"


def cost_of_checking(logs: Path) -> float:
    """Return the CPU of recording logs with digests, by that of recording them without."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "logs")
        for number, path in enumerate(sorted(logs.rglob("*.json.gz"))):
            _write_trail(path, folder, f"trail-{number}")
        checked, unchecked = (
            min(cpu_seconds(partial(_record, folder, kind)) for _ in range(REPEATS))
            for kind in (_CHECKED, _UNCHECKED)
        )
    return checked / unchecked


def _write_trail(path: Path, folder: Path, name: str) -> None:
    """Deliver the events of one file as a trail of its own."""
    records = json.loads(deflate.gzip_decompress(path.read_bytes()))["Records"]
    trail = Trail(
        name=name,
        account=records[0]["recipientAccountId"],
        region=records[0]["awsRegion"],
        bucket="logs",
        key=trail_key(),
        prefix="",
    )
    for key, written in trail.write(records, _START, _START + timedelta(hours=1)).items():
        target = folder / key
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(written.data)
        if written.metadata:
            target.with_name(target.name + SIDECAR).write_text(json.dumps(written.metadata))


def _record(folder: Path, kind: str) -> None:
    source = Source(log=LogSource(name="trail", kind=kind), objects=FolderObjects(folder))
    key = trail_key()
    keys = [(key.fingerprint, region, key.listed()["Value"]) for region in _regions(folder)]
    scope = Scope(
        period_start="2026-01-02",
        after_period="2026-01-03",
        as_of="2026-01-03T00:00:00Z",
        keys=keys if kind == _CHECKED else (),
    )
    with tempfile.TemporaryDirectory() as bundle:
        record([source], scope, Path(bundle), None, lambda *_: None)


def _regions(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*/CloudTrail/*")}
