"""Log files of an invented trail, and what a recording of them comes to."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from auditor.activity.folders import FolderObjects
from auditor.activity.recording import Scope, Source, record
from auditor.demo.logs.trail import StoredObject, Trail, trail_key
from auditor.model import Json, LogSource

ACCOUNT, REGION = "222222222222", "us-east-1"
START = datetime(2025, 10, 1, tzinfo=UTC)
USER = f"arn:aws:iam::{ACCOUNT}:user/ada"
BUCKET = "arn:aws:s3:::user-videos"
KEY = (trail_key().fingerprint, REGION, trail_key().listed()["Value"])


def trail(name: str = "main", prefix: str = "AWSLogs/", region: str = REGION) -> Trail:
    """A trail of the account."""
    return Trail(
        name=name, account=ACCOUNT, region=region, bucket="logs", key=trail_key(), prefix=prefix
    )


def event(number: int, moment: datetime, **changes: Json) -> dict[str, Json]:
    """A read of an object, as CloudTrail records it."""
    return {
        "eventVersion": "1.11",
        "eventID": f"event-{number:06}",
        "eventTime": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "eventSource": "s3.amazonaws.com",
        "eventName": "GetObject",
        "sourceIPAddress": "8.8.8.8",
        "readOnly": True,
        "managementEvent": False,
        "userIdentity": {"type": "IAMUser", "arn": USER, "accountId": ACCOUNT},
        "resources": [{"ARN": BUCKET, "type": "AWS::S3::Bucket", "accountId": ACCOUNT}],
        "requestParameters": {"bucketName": "user-videos", "key": "a"},
        "additionalEventData": {"bytesTransferredOut": 10},
        **changes,
    }


def events(count: int = 48, every: int = 30) -> list[dict[str, Json]]:
    """Reads, some minutes apart, from the first midnight on."""
    return [event(n, START + timedelta(minutes=every * n)) for n in range(count)]


def objects(hours: int = 24, **changes: Any) -> dict[str, StoredObject]:
    """Every object of a trail of so many hours."""
    told = changes.pop("told", None)
    found = trail(**changes)
    return found.write(events() if told is None else told, START, START + timedelta(hours=hours))


def lay(folder: Path, stored: Mapping[str, StoredObject]) -> Path:
    """Write objects into a folder, without their metadata, as a copy from a bucket does."""
    for key, each in stored.items():
        path = folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(each.data)
    return folder


def scope(days: int = 1, **changes: Any) -> Scope:
    """What is recorded, by default the first day."""
    last = START + timedelta(days=days)
    settings: dict[str, Any] = {
        "period_start": START.date().isoformat(),
        "after_period": last.date().isoformat(),
        "as_of": "2025-10-20T00:00:00Z",
        "keys": [KEY],
    }
    return Scope(**{**settings, **changes})


def source(folder: Path, name: str = "disk", kind: str = "cloudtrail", **about: str) -> Source:
    """A folder as a log source."""
    log = LogSource(name=name, kind=kind, folder=str(folder), **about)
    return Source(log=log, objects=FolderObjects(folder))


def recorded(
    bundle: Path, sources: Sequence[Source], about: Scope | None = None, cache: Path | None = None
) -> Path:
    """Record into a bundle, and return its folder ``activity``."""
    record(sources, about or scope(), bundle, cache, lambda *_: None)
    return bundle / "activity"


def rows(activity: Path, name: str, columns: str) -> list[Any]:
    """Rows of one of the files of a recording, or of all the summaries."""
    with duckdb.connect() as database:
        return database.execute(f"SELECT {columns} FROM '{activity}/{name}.parquet'").fetchall()


def stretches(activity: Path) -> list[Any]:
    """When, whether unchanged, whether whole, and why not."""
    return rows(activity, "recordings", 'start[12:16], "end"[12:16], integrity, whole, reason')
