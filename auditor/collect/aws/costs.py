"""AWS Cost Explorer: what each account was charged, by service and region, over the period.

Each page of an answer is charged to the account that asks, USD 0.01 at the time of writing. One
call per account tells the whole period; an audit can leave it out, which is then a gap.

The last months' lines are estimates until AWS closes the month's bill, and usage shows about a day
late. A line is kept whatever its amount: usage within a free tier is usage.

API: https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_GetCostAndUsage.html
"""

from collections.abc import Iterator

from auditor.collect.aws.billed import BILLABLE, services_billed_as
from auditor.collect.aws.reading import entries, text, texts
from auditor.collect.period import AFTER_PERIOD, PERIOD_START
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, Listing, dig
from auditor.tables import Spend, Witness

_METRIC = "UnblendedCost"
# What Cost Explorer writes where a charge belongs to no region.
_NOWHERE = ("global", "NoRegion", "")


def _own_costs(found: Found) -> Json:
    """Only the account's own: a management account is otherwise told everybody's."""
    account = found.place["account"]
    return {"Dimensions": {"Key": "LINKED_ACCOUNT", "Values": [account]}}


def _rows(found: Found) -> Iterator[Witness | Spend]:
    start = text(found, "item.TimePeriod.Start")
    end = text(found, "item.TimePeriod.End")
    account = found.place["account"]
    groups = found.read("item.Groups")
    yield Witness(
        id=f"bill/{account}/{start}",
        evidence=found.evidence,
        provider="aws",
        witness="bill",
        account=account,
        region="",
        covers=BILLABLE,
        complete=groups if isinstance(groups, Unknown) else isinstance(groups, list),
        period_start=start,
        period_end=end,
    )
    for group in entries(groups):
        yield _line(found, group, start, end)


def _line(found: Found, group: Json, start: str, end: str) -> Spend:
    billed, region = [*texts(dig(group, "Keys")), "", ""][:2]
    amount, currency = (dig(group, f"Metrics.{_METRIC}.{name}") for name in ("Amount", "Unit"))
    account = found.place["account"]
    return Spend(
        id=f"{account}/{start}/{billed}/{region}",
        evidence=found.evidence,
        provider="aws",
        account=account,
        region="" if region in _NOWHERE else region,
        billed_service=billed,
        services=services_billed_as(billed),
        amount=amount if isinstance(amount, str) else "",
        currency=currency if isinstance(currency, str) else "",
        period_start=start,
        period_end=end,
    )


LINES = Collector(
    kind="aws.ce.line",
    service="ce",
    title="the bill, by account, service and region (each page costs USD 0.01)",
    per=("account",),
    option="bill",
    listing=Listing(
        operation="GetCostAndUsage",
        permission="ce:GetCostAndUsage",
        parameters={
            "TimePeriod": {"Start": PERIOD_START, "End": AFTER_PERIOD},
            "Granularity": "MONTHLY",
            "Metrics": [_METRIC],
            "GroupBy": [
                {"Type": "DIMENSION", "Key": "SERVICE"},
                {"Type": "DIMENSION", "Key": "REGION"},
            ],
        },
        compose={"Filter": _own_costs},
        items="ResultsByTime",
    ),
    tables=(Witness, Spend),
    rows=_rows,
    source=(
        "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/"
        "API_GetCostAndUsage.html"
    ),
)
