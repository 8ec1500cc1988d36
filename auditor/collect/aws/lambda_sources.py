"""AWS Lambda: which streams and queues hand what they hold to functions.

API: https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html
"""

import re
from collections.abc import Iterator

from auditor.collect.aws.arns import account_in, region_in, resource_arn
from auditor.collect.aws.flow_ends import to_arn
from auditor.collect.aws.reading import maybe_text, state_of, text
from auditor.collect.aws.resources import processor_of
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Processor

_ON = frozenset({"Enabled", "Enabling", "Creating", "Updating", "Disabling"})
_OFF = frozenset({"Disabled", "Deleting"})
# What is read is a view of a store: a table's stream, or a stream's consumer.
_VIEW = re.compile(r"(?P<store>.+?)(/stream/|/consumer/).+", re.DOTALL)


def _rows(found: Found) -> Iterator[Flow]:
    function = text(found, "item.FunctionArn")
    source = text(found, "item.EventSourceArn")
    if source:
        active = state_of(maybe_text(found, "item.State"), _ON, _OFF)
        yield to_arn(_end(found, source), "stream", function, active=active)
    failed = text(found, "item.DestinationConfig.OnFailure.Destination")
    if failed:
        yield to_arn(_end(found, function), "stream", failed)


def behind(arn: str) -> str:
    """Return the ARN of the store that one reads through a view of it."""
    view = _VIEW.fullmatch(arn)
    return view["store"] if view else resource_arn(arn)


def _end(found: Found, arn: str) -> Processor:
    """Return what a flow leaves, which another collector lists; it need not be of this account."""
    return processor_of(
        found,
        id=behind(arn),
        name=arn,
        kind="",
        public=False,
        account=account_in(arn) or found.place["account"],
        region=region_in(arn) or Unknown("the source's ARN names no region"),
    )


MAPPINGS = Collector(
    kind="aws.lambda.eventsourcemapping",
    service="lambda",
    title="event source mappings of Lambda functions",
    per=("account", "region"),
    listing=Listing(
        operation="ListEventSourceMappings",
        permission="lambda:ListEventSourceMappings",
        items="EventSourceMappings",
    ),
    tables=(Flow,),
    rows=_rows,
    types=("lambda:event-source-mapping",),
    source="https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html",
)
