"""What AWS's inventories call services and types, read from ARNs.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
"""

import re

from auditor.model import Unknown
from auditor.tables import Maybe

_ARN = re.compile(r"arn:[^:]*:([^:]+):([^:]*):[^:]*:/?([^:/]*).*", re.DOTALL)
_UNREADABLE = Unknown("the inventory names it by something that is no ARN")
# Services with one type, whose ARNs do not say it; buckets alone have an ARN without a region.
_ONLY_TYPES = {"codepipeline": "pipeline", "sns": "topic", "sqs": "queue"}


def service_of(arn: str) -> Maybe[str]:
    """Return the short name of the service in an ARN."""
    match = _ARN.fullmatch(arn)
    return match.group(1) if match else _UNREADABLE


def type_of(arn: str) -> Maybe[str]:
    """Return the type in an ARN as Resource Explorer would name it, such as 's3:bucket'."""
    match = _ARN.fullmatch(arn)
    if not match:
        return _UNREADABLE
    service, region, first = match.groups()
    if service == "s3" and not region:
        return "s3:bucket"
    return f"{service}:{_ONLY_TYPES.get(service, first)}"
