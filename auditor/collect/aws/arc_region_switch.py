"""Application Recovery Controller: plans that switch an application to another region.

A plan moves no data by itself; whoever uses the application is answered in the region it names.

API: https://docs.aws.amazon.com/arc-region-switch/latest/api/API_ListPlans.html
"""

from collections.abc import Iterator

from auditor.collect.aws.arns import account_in
from auditor.collect.aws.flow_ends import in_place
from auditor.collect.aws.reading import text, texts
from auditor.collect.aws.regions import country_of
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import flow, possible
from auditor.model import Unknown
from auditor.spec import Collector, Found, Listing
from auditor.tables import Flow, Processor

_NO_PRIMARY = Unknown("both regions are in use at once")


def _rows(found: Found) -> Iterator[Processor | Flow]:
    primary = text(found, "item.primaryRegion") or _NO_PRIMARY
    name = text(found, "item.arn")
    plan = processor_of(
        found,
        id=name,
        account=account_in(name) or found.place["account"],
        name=text(found, "item.name"),
        kind="region switch plan",
        public=False,  # operators run it
        region=primary,
        country=country_of(primary),
    )
    yield plan
    regions = found.read("item.regions")
    if isinstance(regions, Unknown):
        yield possible(plan, "edge", regions)
    for region in dict.fromkeys(texts(regions)):
        if region != primary:
            yield flow(plan, "edge", region, **in_place(plan.account, region))


PLANS = Collector(
    kind="aws.arc-region-switch.plan",
    service="arc-region-switch",
    title="plans that switch applications to another region",
    per=("account",),
    listing=Listing(
        operation="ListPlans",
        permission="arc-region-switch:ListPlans",
        parameters={"maxResults": 100},
        items="plans",
    ),
    tables=(Processor, Flow),
    rows=_rows,
    types=("arc-region-switch:plan",),
    source="https://docs.aws.amazon.com/arc-region-switch/latest/api/API_ListPlans.html",
)
