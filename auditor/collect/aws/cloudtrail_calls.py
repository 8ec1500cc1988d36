"""AWS CloudTrail: what it recorded in the auditor's own name, from a day before the audit on.

Only management events are recorded here, and a call shows up to 15 minutes late; so what is not
recorded says nothing. What is recorded and was never asked says that somebody else uses the name.
The event itself, with its parameters, is replaced by a digest.

API: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
"""

import re
from collections.abc import Iterator

from auditor.collect.aws.reading import maybe_text, text
from auditor.collect.period import DAY_BEFORE
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Maybe, RecordedCall

# Some services record the version of the API with the operation's name.
_VERSION = re.compile(r"\d{4}_?\d\d_?\d\d(v\d+)?$")
# What S3 records under another name than the SDK's:
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
_NAMES = {
    "GetAccountPublicAccessBlock": "GetPublicAccessBlock",
    "GetBucketObjectLockConfiguration": "GetObjectLockConfiguration",
    "GetBucketPublicAccessBlock": "GetPublicAccessBlock",
}


def _own_name(found: Found) -> Json:
    """Return the name that events have: of the role's session, or of the user."""
    name = text(found, "parent.Arn").rpartition("/")[2] or text(found, "parent.UserId")
    return [{"AttributeKey": "Username", "AttributeValue": name}]


def _rows(found: Found) -> Iterator[RecordedCall]:
    account, region = found.place["account"], found.place["region"]
    source = text(found, "item.EventSource").removesuffix(".amazonaws.com")
    name = _VERSION.sub("", text(found, "item.EventName"))
    operation = _NAMES.get(name, name)
    yield RecordedCall(
        id=f"{account}/{region}/{source}/{operation}",
        evidence=found.evidence,
        provider="aws",
        account=account,
        region=region,
        service=source,
        operation=operation,
        caller=maybe_text(found, "item.Username"),
        read_only=_is_read_only(found),
    )


def _is_read_only(found: Found) -> Maybe[bool]:
    said = maybe_text(found, "item.ReadOnly")
    known = {"true": True, "false": False}
    return said if isinstance(said, Unknown) else known.get(said, Unknown("it is not stated"))


CALLS = Collector(
    kind="aws.cloudtrail.call",
    service="cloudtrail",
    title="calls that were recorded in the auditor's own name",
    per=("account", "region"),
    parent=Listing(operation="GetCallerIdentity", permission="", service="sts"),
    listing=Listing(
        operation="LookupEvents",
        permission="cloudtrail:LookupEvents",
        parameters={"StartTime": DAY_BEFORE, "MaxResults": 50},
        compose={"LookupAttributes": _own_name},
        items="Events",
        secrets=("Events.CloudTrailEvent",),
    ),
    tables=(RecordedCall,),
    rows=_rows,
    source="https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html",
)
