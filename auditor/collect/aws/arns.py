"""What the names of AWS's resources state: ARNs, addresses of buckets, hosts.

An ARN states the account and region of what it names, except for a bucket, whose ARN has neither.

Sources:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from auditor.collect.aws.regions import partition_of
from auditor.model import Json
from auditor.tables import Maybe

_ARN = re.compile(
    r"arn:aws[a-z-]*:(?P<service>[a-z0-9-]+):(?P<region>[a-z0-9-]*):(?P<account>[^:]*):"
    r"(?P<resource>.+)",
    re.ASCII | re.DOTALL,
)
_ACCOUNT = re.compile(r"\d{12}", re.ASCII)
_ADDRESSES = (
    re.compile(r"s3[an]?://(?P<bucket>[^/]+)(/.*)?", re.DOTALL),
    re.compile(
        r"https://s3[.-]([a-z0-9-]+\.)?amazonaws\.com(\.cn)?/(?P<bucket>[^/]+)(/.*)?", re.DOTALL
    ),
    re.compile(
        r"https://(?P<bucket>[a-z0-9.-]+?)\.s3[.-]([a-z0-9-]+\.)?amazonaws\.com(\.cn)?(/.*)?",
        re.DOTALL,
    ),
)
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Arn:
    """The parts of an ARN; region and account are '' where it states none."""

    service: str
    region: str
    account: str
    resource: str


def parts_of(arn: Json) -> Arn | None:
    """Return the parts of an ARN; None if it is none."""
    match = _ARN.fullmatch(arn) if isinstance(arn, str) else None
    if match is None:
        return None
    account = match["account"] if is_account(match["account"]) else ""
    return Arn(
        service=match["service"],
        region=match["region"],
        account=account,
        resource=match["resource"],
    )


def account_in(arn: Json) -> str:
    """Return the account in an ARN; '' if there is none."""
    parts = parts_of(arn)
    return parts.account if parts else ""


def region_in(arn: Json) -> str:
    """Return the region in an ARN; '' if there is none."""
    parts = parts_of(arn)
    return parts.region if parts else ""


def is_account(value: Json) -> bool:
    """Whether this is the id of an account."""
    return isinstance(value, str) and _ACCOUNT.fullmatch(value) is not None


def resource_arn(arn: str) -> str:
    """Return the ARN of the resource itself.

    That is a bucket without a prefix, a log group without '*', a function without its version.
    """
    parts = parts_of(arn)
    if parts and parts.service == "lambda" and parts.resource.startswith("function:"):
        return ":".join(arn.split(":")[:7])
    if parts and parts.service == "s3" and not parts.region:
        return arn.partition("/")[0]
    return arn.removesuffix(":*") if parts and parts.service == "logs" else arn


def bucket_arn(name: Json, region: Maybe[str]) -> str:
    """Return the ARN of a bucket, without the prefix of its objects; '' for none.

    Args:
        name: its name, its address or its ARN, each with a prefix or without.
        region: any region of the bucket's partition.
    """
    if not isinstance(name, str) or not name:
        return ""
    if name.startswith("arn:"):
        return resource_arn(name)
    partition = partition_of(region) if isinstance(region, str) else "aws"
    bucket = bucket_in(name) or name.partition("/")[0]
    return f"arn:{partition}:s3:::{bucket}"


def bucket_in(address: str) -> str:
    """Return the bucket that an S3 address names, '' if it is none."""
    matches = (pattern.fullmatch(address) for pattern in _ADDRESSES)
    return next((match["bucket"] for match in matches if match), "")


def host_of(address: str) -> str:
    """Return the host that a web address names, or the start of what is none."""
    try:
        host = urlsplit(address).hostname
    except ValueError:
        host = None
    return (host or address)[:_LONGEST]
