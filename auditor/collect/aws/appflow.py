"""Amazon AppFlow: flows between AWS and other companies' services.

API: https://docs.aws.amazon.com/appflow/1.0/APIReference/API_DescribeFlow.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.flow_ends import to_bucket, to_outside
from auditor.collect.aws.reading import entries, maybe_text, text
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, Processor

_ON = frozenset({"Active"})
_OFF = frozenset({"Deprecated", "Deleted", "Draft", "Suspended"})
_ERRORED = Unknown("its last run failed; what it had written by then is not stated")
_BUCKETS = (
    "S3.bucketName",
    "Upsolver.bucketName",
    "Redshift.intermediateBucketName",
    "Snowflake.intermediateBucketName",
)
# To these, records that a destination refuses are written.
_REFUSED = tuple(
    f"{kind}.errorHandlingConfig.bucketName"
    for kind in (
        "Redshift",
        "Salesforce",
        "Snowflake",
        "EventBridge",
        "Honeycode",
        "Zendesk",
        "Marketo",
        "CustomConnector",
        "SAPOData",
    )
)
_BUCKETS_ONLY = frozenset({"S3", "Upsolver"})


def _rows(found: Found) -> Iterator[Processor | Flow]:
    tags: Json = found.read("item.tags", absent={})  # left out when there are none
    transfer = processor_of(
        found,
        id=text(found, "item.flowArn"),
        name=text(found, "item.flowName"),
        kind="flow",
        public=False,  # it copies, and cannot be called
        created=maybe_text(found, "item.createdAt"),
        tags={str(key): str(tags[key]) for key in tags} if isinstance(tags, Mapping) else {},
    )
    yield transfer
    ends = found.read("flow.destinationFlowConfigList")
    if isinstance(ends, Unknown):
        yield possible(transfer, "stream", ends)
        return
    active = _is_on(maybe_text(found, "item.flowStatus"))
    several = [each for end in entries(ends) for each in _to_end(transfer, end, active)]
    yield from {each.id: each for each in several}.values()


def _is_on(status: Maybe[str]) -> Maybe[bool]:
    if isinstance(status, Unknown):
        return status
    if status == "Errored":
        return _ERRORED
    odd = Unknown(f"{status[:40]} is no status that the reference lists")
    return status in _ON if status in _ON | _OFF else odd


def _to_end(transfer: Processor, end: Mapping[str, Json], active: Maybe[bool]) -> Iterator[Flow]:
    kind = str(end.get("connectorType"))
    properties = end.get("destinationConnectorProperties")
    for path in (*_BUCKETS, *_REFUSED):
        bucket = dig(properties, path)
        if isinstance(bucket, str):
            yield to_bucket(transfer, "stream", bucket, active=active)
    if kind not in _BUCKETS_ONLY:
        profile = str(end.get("connectorProfileName"))
        why = f"it writes to {kind[:40]}, and where that keeps data is not stated"
        yield to_outside(transfer, "stream", f"{kind}/{profile}", why, active=active)


FLOWS = Collector(
    kind="aws.appflow.flow",
    service="appflow",
    title="AppFlow flows, with their destinations",
    per=("account", "region"),
    listing=Listing(
        operation="ListFlows",
        permission="appflow:ListFlows",
        parameters={"maxResults": 100},
        items="flows",
    ),
    details=(
        Detail(
            name="flow",
            operation="DescribeFlow",
            permission="appflow:DescribeFlow",
            bind={"flowName": "item.flowName"},
        ),
    ),
    tables=(Processor, Flow),
    rows=_rows,
    types=("appflow:flow",),
    source="https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ListFlows.html",
)
