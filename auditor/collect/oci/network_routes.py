"""Oracle Cloud networks: tables of routes.

API: https://docs.oracle.com/en-us/iaas/api/#/en/iaas/20160918/RouteTable/
"""

from collections.abc import Iterator

from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import entries, odd, text
from auditor.collect.oci.service_rows import BARE, compartment_listing, is_gone
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found
from auditor.tables import Maybe, RouteTable


def _rows(found: Found) -> Iterator[RouteTable]:
    if is_gone(found):
        return
    yield RouteTable(
        id=text(found, "item.id"),
        evidence=found.evidence,
        provider="oci",
        network_id=text(found, "item.vcnId"),
        main=False,  # every subnet names its own
        subnets=(),
        routes=_routes(found),
    )


def _routes(found: Found) -> Maybe[tuple[str, ...]]:
    rules = found.read("item.routeRules")
    if isinstance(rules, Unknown):
        return rules
    if not isinstance(rules, list):
        return odd("routeRules", "a list")
    written = {
        f"{_word(each.get('destination') or each.get('cidrBlock'))} "
        f"{_word(each.get('networkEntityId'))}"
        for each in entries(rules)
    }
    return tuple(sorted(written))


def _word(value: Json) -> str:
    return ("".join(value.split()) if isinstance(value, str) else "") or "?"


TABLES = Collector(
    kind="oci.networking.routetable",
    service="core.VirtualNetworkClient",
    title="Tables of routes",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_route_tables", "inspect route-tables", items=BARE),
    tables=(RouteTable,),
    rows=_rows,
    types=("RouteTable",),
    source="https://docs.oracle.com/en-us/iaas/api/#/en/iaas/20160918/RouteTable/ListRouteTables",
)
