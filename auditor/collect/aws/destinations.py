"""Flows whose other end AWS names by its ARN, by a bucket, or by an address outside AWS.

The ARN of most resources states their account and region, so that the other end is known even if
it is in an account that was not scanned; what an ARN leaves out is joined by its id.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
"""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from auditor.collect.aws.regions import country_of, operator_of, partition_of
from auditor.collect.flows import flow
from auditor.model import Json, Unknown
from auditor.tables import Flow, Maybe, Processor, Store

_ARN = re.compile(
    r"arn:aws[a-z-]*:[a-z0-9-]+:(?P<region>[a-z0-9-]*):(?P<account>\d{12})?:.+",
    re.ASCII | re.DOTALL,
)
_LONGEST = 200


def to_arn(
    row: Store | Processor, mechanism: str, target: str, name: str = "", **columns: Maybe[bool]
) -> Flow:
    """Return a flow to what an ARN names; where that is, is unknown if it is no ARN.

    Args:
        name: tells it from other flows of the same row and mechanism, in place of the ARN.
    """
    match = _ARN.fullmatch(target)
    if match is None:
        why = f"its destination {target[:_LONGEST]!r} is no ARN of AWS"
        return to_outside(row, mechanism, name or target, why, **columns)
    stated: dict[str, Maybe[str]] = {}
    if match["account"]:
        stated["target_account"] = match["account"]
    if match["region"]:
        stated["target_region"] = match["region"]
        stated["target_country"] = country_of(match["region"])
        stated["target_operator"] = operator_of(match["region"])
    return flow(row, mechanism, name or target, target_id=target, **stated, **columns)


def to_arns(
    row: Store | Processor, mechanism: str, targets: Iterable[Json], **columns: Maybe[bool]
) -> Iterator[Flow]:
    """Yield a flow to each of these ARNs, once; what is no text or empty is left out."""
    for target in dict.fromkeys(each for each in targets if isinstance(each, str) and each):
        yield to_arn(row, mechanism, target, "", **columns)


def to_bucket(
    row: Store | Processor, mechanism: str, bucket: str, **columns: Maybe[bool] | Maybe[str]
) -> Flow:
    """Return a flow to a bucket that is named by its name, its ARN, or an s3:// address."""
    target = bucket_arn(row.region, bucket)
    return flow(row, mechanism, target, target_id=target, **columns)


def bucket_arn(region: Maybe[str], bucket: str) -> str:
    """Return the ARN of a bucket, without the prefix of its objects.

    Args:
        region: any region of the bucket's partition.
        bucket: 'name/prefix', 's3://name/prefix', or the ARN of either.
    """
    name = bucket.removeprefix("s3://")
    if name.startswith("arn:"):
        name = name.split(":", 5)[-1]
    partition = partition_of(region) if isinstance(region, str) else "aws"
    return f"arn:{partition}:s3:::{name.partition('/')[0]}"


def to_outside(
    row: Store | Processor, mechanism: str, name: str, why: str, **columns: Maybe[bool]
) -> Flow:
    """Return a flow to an end that is no resource of a cloud, so that where it is is unknown."""
    unknown = Unknown(why)
    return flow(
        row,
        mechanism,
        name,
        target_id="",
        target_account=unknown,
        target_region=unknown,
        target_country=unknown,
        target_operator=unknown,
        **columns,
    )


def host_of(address: str) -> str:
    """Return the host that a web address names, or the start of what is none."""
    try:
        host = urlsplit(address).hostname
    except ValueError:
        host = None
    return (host or address)[:_LONGEST]
