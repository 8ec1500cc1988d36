"""Resource Groups Tagging API: what has tags, and which, over all services of a region.

One paged call answers for every resource; without it, each would need a call of its own. It names
what has or had tags, and nothing else. What belongs to no region is told in us-east-1.

API: https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
"""

from collections.abc import Iterator

from auditor.collect.aws.inventories import service_of, type_of
from auditor.collect.aws.reading import tags_of, text
from auditor.spec import Collector, Found, Listing
from auditor.tables import Sighting


def _rows(found: Found) -> Iterator[Sighting]:
    arn, account = text(found, "item.ResourceARN"), found.place["account"]
    yield Sighting(
        id=f"tagging/{account}/{found.place['region']}/{arn}",
        evidence=found.evidence,
        provider="aws",
        witness="tagging",
        account=account,
        region=found.place["region"],
        service=service_of(arn),
        type=type_of(arn),
        resource_id=arn,
        tags=tags_of(found.read("item.Tags")),
    )


TAGGED = Collector(
    kind="aws.tagging.resource",
    service="resourcegroupstaggingapi",
    title="resources with their tags, over all services",
    per=("account", "region"),
    listing=Listing(
        operation="GetResources",
        permission="tag:GetResources",
        parameters={"ResourcesPerPage": 100},
        items="ResourceTagMappingList",
    ),
    tables=(Sighting,),
    rows=_rows,
    source=(
        "https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/"
        "API_GetResources.html"
    ),
)
