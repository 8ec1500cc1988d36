"""Amazon CloudWatch Synthetics: canaries, their artefacts and their replicas.

Screenshots of a canary may show what users see.

API: https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/API_DescribeCanaries.html
"""

from collections.abc import Iterator, Mapping

from auditor.collect.aws.flow_ends import to_arn, to_bucket
from auditor.collect.aws.reading import entries, maybe_text, text
from auditor.collect.aws.regions import arn
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Processor


def _rows(found: Found) -> Iterator[Processor | Flow]:
    region, account = found.place["region"], found.place["account"]
    name = text(found, "item.Name")
    canary = processor_of(
        found,
        id=arn("synthetics", region, account, f"canary:{name}"),
        name=name,
        kind="canary",
        public=False,  # it calls, and cannot be called
        created=maybe_text(found, "item.Timeline.Created"),
        tags=_tags(found),
    )
    yield canary
    bucket = maybe_text(found, "item.ArtifactS3Location")
    if isinstance(bucket, Unknown):
        yield possible(canary, "copy", bucket)
    else:
        yield to_bucket(canary, "copy", bucket)
    for replica in entries(found.read("item.MultiLocationConfig.Replicas", absent=[])):
        place = str(replica.get("Location"))
        yield to_arn(canary, "replication", arn("synthetics", place, account, f"canary:{name}"))


def _tags(found: Found) -> Mapping[str, str]:
    tags: Json = found.read("item.Tags", absent={})  # left out when there are none
    return {str(key): str(tags[key]) for key in tags} if isinstance(tags, Mapping) else {}


CANARIES = Collector(
    kind="aws.synthetics.canary",
    service="synthetics",
    title="CloudWatch Synthetics canaries, with the buckets of their artefacts",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeCanaries",
        permission="synthetics:DescribeCanaries",
        parameters={"MaxResults": 20},
        items="Canaries",
    ),
    tables=(Processor, Flow),
    rows=_rows,
    types=("synthetics:canary",),
    source=(
        "https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/API_DescribeCanaries.html"
    ),
)
