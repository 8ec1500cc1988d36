"""AWS Systems Manager: transcripts of sessions, inventories that are copied, servers outside AWS.

API: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ListResourceDataSync.html
"""

import json
from collections.abc import Iterator

from auditor.collect.aws.flow_ends import to_arn, to_bucket
from auditor.collect.aws.reading import maybe_text, text, texts
from auditor.collect.aws.regions import arn, country_of, operator_of
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import flow, possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, Listing, dig
from auditor.tables import Flow, Processor

_REFERENCE = "https://docs.aws.amazon.com/systems-manager/latest/APIReference"
_PREFERENCES = "SSM-SessionManagerRunShell"


def _session(found: Found) -> Iterator[Flow]:
    region, account = found.place["region"], found.place["account"]
    document = processor_of(
        found,
        id=arn("ssm", region, account, f"document/{_PREFERENCES}"),
        name=_PREFERENCES,
        kind="document",
        public=False,
    )
    inputs = _inputs(found.read("item.Content"))
    if isinstance(inputs, Unknown):
        yield possible(document, "copy", inputs)
        return
    bucket, group = dig(inputs, "s3BucketName"), dig(inputs, "cloudWatchLogGroupName")
    if isinstance(bucket, str) and bucket:
        yield to_bucket(document, "copy", bucket)
    if isinstance(group, str) and group:
        yield to_arn(document, "copy", arn("logs", region, account, f"log-group:{group}"))


def _inputs(content: Json) -> Json:
    if isinstance(content, Unknown):
        return content
    try:
        inputs = dig(json.loads(content), "inputs")
    except (TypeError, ValueError, RecursionError):
        inputs = None
    why = Unknown("the preferences of sessions are no JSON text with inputs")
    return inputs if isinstance(inputs, dict) else why


SESSIONS = Collector(
    kind="aws.ssm.session-preferences",
    service="ssm",
    title="where Session Manager writes what was typed and shown",
    per=("account", "region"),
    listing=Listing(
        operation="GetDocument",
        permission="ssm:GetDocument",
        parameters={"Name": _PREFERENCES, "DocumentFormat": "JSON"},
        absent_on=("InvalidDocument", "InvalidDocumentException"),  # "does not exist"
    ),
    tables=(Flow,),
    rows=_session,
    source=f"{_REFERENCE}/API_GetDocument.html",
)


def _outgoing(found: Found) -> Iterator[Processor | Flow]:
    sync = _sync_of(found)
    yield sync
    bucket = maybe_text(found, "item.S3Destination.BucketName")
    if isinstance(bucket, Unknown):
        yield possible(sync, "copy", bucket)
        return
    region = maybe_text(found, "item.S3Destination.Region")
    operator = region if isinstance(region, Unknown) else operator_of(region)
    yield to_bucket(
        sync,
        "copy",
        bucket,
        target_region=region,
        target_country=country_of(region),
        target_operator=operator,
    )


def _incoming(found: Found) -> Iterator[Processor | Flow]:
    """Yield a sync that fetches from other regions to the one in which it is configured."""
    sync = _sync_of(found)
    yield sync
    region, account = found.place["region"], found.place["account"]
    for origin in dict.fromkeys(texts(found.read("item.SyncSource.SourceRegions"))):
        yield flow(
            sync,
            "sync",
            origin,
            target_account=account,
            target_region=region,
            target_country=country_of(region),
            target_operator=operator_of(region),
        )


def _sync_of(found: Found) -> Processor:
    name = text(found, "item.SyncName")
    return processor_of(
        found,
        id=arn("ssm", found.place["region"], found.place["account"], f"resource-data-sync/{name}"),
        name=name,
        kind="resource data sync",
        public=False,  # it copies, and cannot be called
        created=maybe_text(found, "item.SyncCreatedTime"),
    )


def _syncs(kind: str, of: str, title: str) -> Collector:
    return Collector(
        kind=kind,
        service="ssm",
        title=title,
        per=("account", "region"),
        listing=Listing(
            operation="ListResourceDataSync",
            permission="ssm:ListResourceDataSync",
            parameters={"SyncType": of, "MaxResults": 50},
            items="ResourceDataSyncItems",
        ),
        tables=(Processor, Flow),
        rows=_outgoing if of == "SyncToDestination" else _incoming,
        types=("ssm:resource-data-sync",),
        source=f"{_REFERENCE}/API_ListResourceDataSync.html",
    )


OUTGOING = _syncs(
    "aws.ssm.sync-to-bucket", "SyncToDestination", "inventories that are copied to a bucket"
)
INCOMING = _syncs(
    "aws.ssm.sync-from-regions", "SyncFromSource", "inventories that are fetched from other regions"
)


def _server(found: Found) -> Iterator[Processor]:
    name = text(found, "item.InstanceId")
    kind = found.read("item.SourceType", absent="")
    said = f" ({kind[:60]})" if isinstance(kind, str) and kind else ""
    where = Unknown(f"a server outside EC2{said}, whose place the answer does not state")
    yield processor_of(
        found,
        id=arn("ssm", found.place["region"], found.place["account"], f"managed-instance/{name}"),
        name=name,
        kind="managed instance",
        public=Unknown("who can reach a server outside EC2 is not known to AWS"),
        region=where,
        country=where,
        operator="outside AWS",
        created=maybe_text(found, "item.RegistrationDate"),
    )


SERVERS = Collector(
    kind="aws.ssm.managed-instance",
    service="ssm",
    title="servers outside EC2 that Systems Manager manages",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeInstanceInformation",
        permission="ssm:DescribeInstanceInformation",
        parameters={
            "MaxResults": 50,
            "Filters": [{"Key": "ResourceType", "Values": ["ManagedInstance"]}],
        },
        items="InstanceInformationList",
    ),
    tables=(Processor,),
    rows=_server,
    types=("ssm:managed-instance",),
    source=f"{_REFERENCE}/API_DescribeInstanceInformation.html",
)
