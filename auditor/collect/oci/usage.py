"""Oracle's Usage API: what was used, by service, region and compartment, over the audit's period.

Usage shows some hours late. A line is kept whatever its amount: usage that is free is usage.

API: https://docs.oracle.com/en-us/iaas/api/#/en/usage/20200107/UsageSummary/RequestSummarizedUsages
"""

from collections.abc import Iterator

from auditor.collect.oci.billed import services_billed_as
from auditor.collect.oci.reading import maybe_text, text
from auditor.collect.period import FIRST_MIDNIGHT, LAST_MIDNIGHT
from auditor.model import Json
from auditor.spec import Charges, Collector, Found, Listing
from auditor.tables import Spend

_DEEPEST = 6  # levels of compartments that there can be


def _own_tenancy(found: Found) -> Json:
    return {"tenantId": found.place["account"]}


def _rows(found: Found) -> Iterator[Spend]:
    account, billed = found.place["account"], text(found, "item.service")
    region, compartment = text(found, "item.region"), text(found, "item.compartmentId")
    amount = found.read("item.computedAmount", absent=None)
    yield Spend(
        id="/".join((account, compartment, region, billed)),
        evidence=found.evidence,
        provider="oci",
        account=account,
        compartment=compartment,
        region=maybe_text(found, "item.region", absent=""),
        billed_service=billed,
        services=services_billed_as(billed),
        amount=str(amount) if isinstance(amount, int | float) else "",
        currency=text(found, "item.currency").strip(),
        period_start=text(found, "item.timeUsageStarted")[:10],
        period_end=text(found, "item.timeUsageEnded")[:10],
    )


def _charged(found: Found) -> tuple[str, str] | None:
    """Say where something was used; a line without a compartment is nowhere that can be listed."""
    compartment = text(found, "item.compartmentId")
    return (text(found, "item.region"), compartment) if compartment else None


LINES = Collector(
    kind="oci.usage.line",
    service="usage_api.UsageapiClient",
    title="What was used, by service, region and compartment",
    per=("account",),
    listing=Listing(
        operation="request_summarized_usages",
        permission="read usage-reports",
        parameters={
            "request_summarized_usages_details": {
                "timeUsageStarted": FIRST_MIDNIGHT,
                "timeUsageEnded": LAST_MIDNIGHT,
                "granularity": "MONTHLY",
                "isAggregateByTime": True,
                "queryType": "USAGE",
                "groupBy": ["service", "region", "compartmentId"],
                "compartmentDepth": _DEEPEST,
            },
            "limit": 1000,
        },
        compose={"request_summarized_usages_details": _own_tenancy},
        items="items",
    ),
    tables=(Spend,),
    rows=_rows,
    charges=Charges(axis="compartment", names=_charged),
    source=(
        "https://docs.oracle.com/en-us/iaas/api/#/en/usage/20200107/UsageSummary/"
        "RequestSummarizedUsages"
    ),
)
