"""Amazon EC2: Local Zones and Wavelength Zones that an account can use.

An ordinary availability zone is where its region is, and makes no row of its own.

API: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAvailabilityZones.html
"""

from collections.abc import Iterator

from auditor.collect.aws.reading import entries, maybe_text, text
from auditor.collect.aws.regions import country_of_zones, operator_of
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found, Listing, dig
from auditor.tables import Maybe, Region

_ORDINARY = "availability-zone"
_CLOSED = "not-opted-in"
_GUARDRAILS = Unknown("which guardrails stop the use of this zone was not evaluated")
_HOME_NAME = "United States of America"


def _rows(found: Found) -> Iterator[Region]:
    if found.read("item.ZoneType") == _ORDINARY:
        return
    region, account = found.place["region"], found.place["account"]
    yield Region(
        id=f"{account}/{text(found, 'item.ZoneName')}",
        evidence=found.evidence,
        provider="aws",
        operator=operator_of(region),
        account=account,
        # Guardrails know regions only: what lets data into the region lets it into its zones.
        region=region,
        country=_country(found),
        enabled=_is_enabled(found),
        home=False,  # identities are mastered in a region's own data centres
        creation_denied=_GUARDRAILS,
    )


def _country(found: Found) -> Maybe[str]:
    country = country_of_zones(found.read("item.ZoneName"), found.place["region"])
    names = _geographies(found.read("item.Geography", absent=[]))
    if names and (country == "US") != (_HOME_NAME in names):
        return Unknown(f"AWS says that the zone is in {', '.join(names)}, and the table does not")
    return country


def _geographies(value: Json) -> list[str]:
    return [str(dig(each, "Name")) for each in entries(value)]


def _is_enabled(found: Found) -> Maybe[bool]:
    status = maybe_text(found, "item.OptInStatus")
    return status if isinstance(status, Unknown) else status != _CLOSED


ZONES = Collector(
    kind="aws.ec2.zone",
    service="ec2",
    title="Local Zones and Wavelength Zones, with whether the account can use them",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeAvailabilityZones",
        permission="ec2:DescribeAvailabilityZones",
        parameters={"AllAvailabilityZones": True},
        items="AvailabilityZones",
    ),
    tables=(Region,),
    rows=_rows,
    source=(
        "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAvailabilityZones.html"
    ),
)
