"""What the name of a log file says: whose it is, of which region and day, and what it is.

CloudTrail:     [prefix/]AWSLogs/[o-…/]ACCOUNT/CloudTrail[-Digest]/REGION/2026/10/01/ACCOUNT_…
S3:             [prefix]2026-10-01-17-05-00-TAIL, or [prefix/]ACCOUNT/REGION/BUCKET/2026/10/01/…
Connector Hub:  [prefix/]OCID/20261001T170500Z_20261001T171000Z.0.log.gz

Sources:
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
    https://docs.oracle.com/en-us/iaas/Content/connector-hub/archivelogs.htm
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from auditor.activity.folders import SIDECAR

_CLOUDTRAIL = re.compile(
    r"(?P<account>[0-9]{12})_CloudTrail(?P<digest>-Digest)?_(?P<region>[a-z]{2}[a-z0-9-]+-[0-9]+)_"
)
# What else AWS delivers into the same bucket: configuration, load balancers, insights.
_FOREIGN = re.compile(
    r"(?:^|/)AWSLogs/(?:o-[a-z0-9]+/)?[0-9]{12}/(?!CloudTrail(?:-Digest)?/)[^/]+/"
)
_PARTITION = re.compile(
    r"(?:^|/)(?P<account>[0-9]{12})/(?:CloudTrail(?:-Digest)?/)?"
    r"(?P<region>[a-z]{2}[a-z0-9-]*-[0-9]+)/"
)
_DAYS = (
    re.compile(r"(?<![0-9])(20[0-9]{2})([01][0-9])([0-3][0-9])T[0-9]{4}"),
    re.compile(r"(?<![0-9])(20[0-9]{2})-([01][0-9])-([0-3][0-9])(?![0-9])"),
    re.compile(r"(?:^|/)(20[0-9]{2})/([01][0-9])/([0-3][0-9])/"),
)
_NO_LOG = ("_sign.json", ".csv", ".csv.gz", ".parquet", ".sha256", ".md5", "/", SIDECAR)

LOG, DIGEST, OTHER = "log", "digest", "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a key says; '' for what it does not say.

    Attributes:
        role: 'log', 'digest', or 'other' for what is neither and is not read.
        stream: what the keys of one trail have in common before its account: two trails that
            deliver into one bucket are two streams, whose events may be the same.
        day: ISO 8601 date.
    """

    role: str
    stream: str = ""
    account: str = ""
    region: str = ""
    day: str = ""


def read_name(kind: str, key: str) -> Named:
    """Return what the key of a file in a log source of that kind says."""
    if key.endswith(_NO_LOG) or is_foreign(kind, key):
        return Named(role=OTHER)
    found = _CLOUDTRAIL.search(key.rpartition("/")[2])
    where = found or _PARTITION.search(key)
    digest = found is not None and found["digest"] is not None
    return Named(
        role=DIGEST if digest else LOG,
        stream=_stream(key) if found else "",
        account=where["account"] if where else "",
        region=where["region"] if where else "",
        day=_day(key),
    )


def is_foreign(kind: str, key: str) -> bool:
    """Whether a key, or what several begin with, is of something else than that kind of log."""
    if kind == "cloudtrail":
        return _FOREIGN.search(key) is not None
    return "AWSLogs/" in key and (kind != "s3 access" or "/CloudTrail" in key)


def _stream(key: str) -> str:
    folder = key.rpartition("/")[0] + "/"
    match = re.search(r"^(.*?)[0-9]{12}/CloudTrail(?:-Digest)?/", folder)
    return match[1] if match else ""


def _day(key: str) -> str:
    name = key.rpartition("/")[2]
    for text in (name, key):
        for pattern in _DAYS:
            match = pattern.search(text)
            if match is None:
                continue
            try:
                return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
            except ValueError:
                continue
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days whose files are read: those of the audit, and one more on either side.

    A file that was delivered late, or around midnight, has the name of another day than its events.
    """

    first: date
    last: date

    @classmethod
    def around(cls, start: str, after: str) -> "Days":
        """Return the days for a period that ends before the day ``after``."""
        one = timedelta(days=1)
        return cls(first=date.fromisoformat(start) - one, last=date.fromisoformat(after))

    def holds(self, day: str) -> bool:
        """Whether a file with that day in its name is read; one that names none is."""
        return not day or self.first.isoformat() <= day <= self.last.isoformat()

    @property
    def inner(self) -> tuple[date, ...]:
        """The days of the audit itself, in order."""
        count = (self.last - self.first).days - 1
        return tuple(self.first + timedelta(days=1 + number) for number in range(count))
