"""Amazon EC2: the regions that an account can use.

API: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html
"""

from collections.abc import Iterator

from auditor.collect.aws.reading import maybe_text, text
from auditor.collect.aws.regions import country_of, home_of, operator_of, partition_of
from auditor.model import Unknown
from auditor.spec import Axis, Collector, Found, Listing
from auditor.tables import UNJOINED, Maybe, Region

_CLOSED = "not-opted-in"


def _rows(found: Found) -> Iterator[Region]:
    name, account = text(found, "item.RegionName"), found.place["account"]
    yield Region(
        id=f"{account}/{name}",
        evidence=found.evidence,
        provider="aws",
        operator=operator_of(name),
        account=account,
        region=name,
        country=country_of(name),
        enabled=_is_enabled(found),
        home=_is_home(name),
        creation_denied=UNJOINED,
    )


def _is_enabled(found: Found) -> Maybe[bool]:
    status = maybe_text(found, "item.OptInStatus")
    return status if isinstance(status, Unknown) else status != _CLOSED


def _is_home(region: str) -> Maybe[bool]:
    home = home_of(partition_of(region))
    return region == home if home else Unknown("home region of this partition is not known")


def _value(found: Found) -> str | None:
    return None if _is_enabled(found) is False else text(found, "item.RegionName") or None


REGIONS = Collector(
    kind="aws.ec2.region",
    service="ec2",
    title="regions, with whether the account can use them",
    per=("account",),
    listing=Listing(
        operation="DescribeRegions",
        permission="ec2:DescribeRegions",
        parameters={"AllRegions": True},
        items="Regions",
    ),
    tables=(Region,),
    rows=_rows,
    axis=Axis(name="region", value=_value),
    source="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html",
)
