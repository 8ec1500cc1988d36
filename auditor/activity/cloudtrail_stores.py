"""What an event of CloudTrail was about: the stores that its resources or parameters name."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

import msgspec

from auditor.activity.cloudtrail_identity import partition_of
from auditor.activity.cloudtrail_parameters import BATCHES, NAMED
from auditor.activity.cloudtrail_records import UNREADABLE, as_text

_BARE: Final = {"queue:", "repository:"}  # ARNs of queues and of CodeCommit end in the name alone
_IN_EC2: Final = {"ebs", "ec2"}
_WITHOUT_ACCOUNT: Final = {"image/", "snapshot/"}
_PART_OF_TABLE: Final = re.compile(r"(arn:[^:]*:dynamodb:[^:]*:[^:]*:table/[^/]+)/.*", re.DOTALL)
_OBJECT: Final = re.compile(r"(arn:[^:]*:s3:::[^/]+)/.*", re.DOTALL)
_QUEUE: Final = re.compile(r"https?://[^/]+/(\d{12})/([^/?]+)")
_NO_BUCKETS: Final = ("-s3alias", "--ol-s3", "--x-s3")


class _Resource(msgspec.Struct, gc=False):
    """The part of a resource that is read; values may be of any type."""

    arn: Any = msgspec.field(name="ARN", default=None)
    exported: Any = msgspec.field(name="arn", default=None)


_decode: Final = msgspec.json.Decoder(list[_Resource]).decode


def of_resources(raw: bytes) -> tuple[str, ...]:
    """Return what the list of resources names, stores and no objects in them, each once."""
    try:
        listed = _decode(raw)
    except UNREADABLE:
        return _of_anything(raw)
    return _stores_of(each.arn or each.exported for each in listed)


def _of_anything(raw: bytes) -> tuple[str, ...]:
    try:
        listed = msgspec.json.decode(raw)
    except UNREADABLE:
        return ()
    objects = [each for each in listed if isinstance(each, dict)] if type(listed) is list else []
    return _stores_of(each.get("ARN") or each.get("arn") for each in objects)


def _stores_of(named: Iterable[Any]) -> tuple[str, ...]:
    arns = (each for each in named if isinstance(each, str) and each.startswith("arn:"))
    return tuple(dict.fromkeys(map(store_of_arn, arns)))


def store_of_arn(arn: str) -> str:
    """Return the store that an object, index or stream is part of; any other ARN as it is."""
    if ":s3:::" not in arn and ":dynamodb:" not in arn:
        return arn
    part = _OBJECT.fullmatch(arn) or _PART_OF_TABLE.fullmatch(arn)
    return part[1] if part else arn


@lru_cache(maxsize=4096)
def bucket_arn(name: str, region: str) -> str:
    """Return the ARN of a bucket; '' for access points and directories, which resources name."""
    if not name or name.startswith("arn:") or name.endswith(_NO_BUCKETS):
        return ""
    return f"arn:{partition_of(region)}:s3:::{name}"


def copied_from(source: str, region: str) -> str:
    """Return the ARN of the bucket that S3 copied from, by the header of the request."""
    source = source.lstrip("/").replace("%2F", "/").replace("%2f", "/")
    if source.startswith("arn:"):
        return source.partition("/object/")[0]
    bucket = source.partition("/")[0]
    return bucket_arn(bucket, region) or bucket


def of_parameters(service: str, named: Any, region: str, account: str) -> tuple[str, ...]:
    """Return the stores that the parameters of a request name, as ARNs; () if they name none.

    Args:
        named: what decoder_of decodes.
    """
    tables = getattr(named, BATCHES, None)
    if isinstance(tables, dict):
        return tuple(_arn(service, "table/", name, region, account) for name in sorted(tables))
    for parameter, ending in NAMED.get(service, ()):
        name = as_text(getattr(named, parameter, None))
        if name.startswith("arn:") or (name and ending):
            return (_arn(service, ending, name, region, account),)
    return ()


def _arn(service: str, ending: str, name: str, region: str, account: str) -> str:
    if name.startswith("arn:"):
        return store_of_arn(name)
    queue = _QUEUE.match(name) if service == "sqs" else None
    if queue:
        account, name = queue[1], queue[2]
    if service in _IN_EC2:
        service, account = "ec2", "" if ending in _WITHOUT_ACCOUNT else account
    if name.startswith("alias/"):  # of a key
        ending = ""
    resource = name.removeprefix("/") if ending in _BARE else ending + name.removeprefix("/")
    return f"arn:{partition_of(region)}:{service}:{region}:{account}:{resource}"
