"""Amazon GameLift: fleets of game servers, in every place in which they run.

API: https://docs.aws.amazon.com/gamelift/latest/apireference/API_DescribeFleetLocationAttributes.html
"""

from collections.abc import Iterator

from auditor.collect.aws.flow_ends import to_region
from auditor.collect.aws.reading import entries, maybe_text, text
from auditor.collect.aws.regions import REGIONS, country_of_zones
from auditor.collect.aws.resources import processor_of
from auditor.collect.flows import flow, possible
from auditor.model import Json, Unknown
from auditor.spec import Collector, Detail, Found, Listing, dig
from auditor.tables import Flow, Maybe, Processor

_CONNECTED = Unknown("which addresses players may connect from is not read by this version")


def _rows(found: Found) -> Iterator[Processor | Flow]:
    anywhere = text(found, "item.ComputeType") == "ANYWHERE"
    hardware = Unknown("the fleet runs on hardware of its owner's choice")
    fleet = processor_of(
        found,
        id=text(found, "item.FleetArn"),
        name=text(found, "item.Name") or text(found, "item.FleetId"),
        kind="fleet",
        public=_CONNECTED,
        created=maybe_text(found, "item.CreationTime"),
    )
    yield fleet
    if anywhere:
        yield possible(fleet, "edge", hardware, "hardware")
    locations = found.read("locations")
    if isinstance(locations, Unknown):
        yield possible(fleet, "edge", locations)
    for location in entries(locations):
        name = str(dig(location, "LocationState.Location") or "")
        if name != fleet.region:
            yield _location(fleet, name)


def _container_fleet(found: Found) -> Iterator[Processor | Flow]:
    fleet = processor_of(
        found,
        id=text(found, "item.FleetArn"),
        name=text(found, "item.FleetId"),
        kind="container fleet",
        public=_CONNECTED,
        created=maybe_text(found, "item.CreationTime"),
    )
    yield fleet
    locations = found.read("item.LocationAttributes")
    if isinstance(locations, Unknown):
        yield possible(fleet, "edge", locations)
    for location in entries(locations):
        name = str(location.get("Location") or "")
        if name != fleet.region:
            yield _location(fleet, name)


def _location(fleet: Processor, name: str) -> Flow:
    """Return the way to a region, a Local Zone, or a place that its owner made up a name for."""
    if name in REGIONS:
        return to_region(fleet, "edge", name)
    country = _country_of_zone(name)
    region = name.rpartition("-")[0].rpartition("-")[0]
    return flow(
        fleet,
        "edge",
        name,
        target_account=fleet.account,
        target_region=region if region in REGIONS else country,
        target_country=country,
        target_operator=fleet.operator if isinstance(country, str) else country,
    )


def _country_of_zone(name: str) -> Maybe[str]:
    """Return the country of a Local Zone, which GameLift names without its letter."""
    region = name.rpartition("-")[0].rpartition("-")[0]
    zone: Json = f"{name}a"
    if region in REGIONS:
        return country_of_zones(zone, region)
    return Unknown(f"{name[:100]} is no region and no zone in the table of this version")


FLEETS = Collector(
    kind="aws.gamelift.fleet",
    service="gamelift",
    title="GameLift fleets",
    per=("account", "region"),
    listing=Listing(
        operation="DescribeFleetAttributes",
        permission="gamelift:DescribeFleetAttributes",
        parameters={"Limit": 100},
        items="FleetAttributes",
    ),
    details=(
        Detail(
            name="locations",
            operation="DescribeFleetLocationAttributes",
            permission="gamelift:DescribeFleetLocationAttributes",
            parameters={"Limit": 100},
            bind={"FleetId": "item.FleetId"},
            items="LocationAttributes",
        ),
    ),
    tables=(Processor, Flow),
    rows=_rows,
    types=("gamelift:fleet",),
    source=(
        "https://docs.aws.amazon.com/gamelift/latest/apireference/API_DescribeFleetAttributes.html"
    ),
)

CONTAINER_FLEETS = Collector(
    kind="aws.gamelift.container-fleet",
    service="gamelift",
    title="GameLift fleets of containers",
    per=("account", "region"),
    listing=Listing(
        operation="ListContainerFleets",
        permission="gamelift:ListContainerFleets",
        parameters={"Limit": 50},
        items="ContainerFleets",
    ),
    tables=(Processor, Flow),
    rows=_container_fleet,
    types=("gamelift:containerfleet",),
    source="https://docs.aws.amazon.com/gamelift/latest/apireference/API_ListContainerFleets.html",
)
