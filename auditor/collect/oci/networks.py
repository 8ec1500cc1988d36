"""Oracle Cloud networks (VCNs) and their subnets.

API: https://docs.oracle.com/en-us/iaas/api/#/en/iaas/20160918/Vcn/
"""

from collections.abc import Iterator

from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import maybe_flag, maybe_text, odd, tags_of, text
from auditor.collect.oci.regions import country_of
from auditor.collect.oci.service_rows import BARE, compartment_listing, is_gone
from auditor.model import Json, Unknown
from auditor.spec import Collector, Found
from auditor.tables import Interface, Maybe, Network, Subnet

_SERVICE = "core.VirtualNetworkClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/iaas/20160918"


def _network(found: Found) -> Iterator[Network]:
    if is_gone(found):
        return
    parts = ("cidrBlocks", "ipv6CidrBlocks", "ipv6PrivateCidrBlocks")
    blocks = {each for part in parts for each in _texts(found.read(f"item.{part}", absent=[]))}
    yield Network(
        id=text(found, "item.id"),
        evidence=found.evidence,
        name=text(found, "item.displayName"),
        provider="oci",
        account=found.place["account"],
        region=found.place["region"],
        country=country_of(found.place["region"]),
        blocks=tuple(sorted(blocks)),
        tags=tags_of(found, "item"),
    )


def _subnet(found: Found) -> Iterator[Subnet | Interface]:
    if is_gone(found):
        return
    subnet = Subnet(
        id=text(found, "item.id"),
        evidence=found.evidence,
        provider="oci",
        network_id=text(found, "item.vcnId"),
        route_table_id=maybe_text(found, "item.routeTableId"),
        lists=_lists(found.read("item.securityListIds")),
        public_addresses=_unless(found, "item.prohibitPublicIpOnVnic"),
        inbound=_unless(found, "item.prohibitInternetIngress"),
    )
    yield subnet
    # No listing names all that services attach to a subnet: what stands in it without an address
    # of the internet counts as one thing, which the subnet's own lists bind.
    yield Interface(
        id=f"{subnet.id}/attached",
        evidence=found.evidence,
        provider="oci",
        network_id=subnet.network_id,
        subnet_id=subnet.id,
        resource_id=subnet.id,
        lists=(),
        public=False,
        ipv6=False,
        answers=True,
    )


def _lists(value: Json) -> Maybe[tuple[str, ...]]:
    if isinstance(value, Unknown):
        return value
    return tuple(sorted(_texts(value))) if isinstance(value, list) else odd("lists", "a list")


def _texts(value: Json) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _unless(found: Found, path: str) -> Maybe[bool]:
    """Return the opposite of a flag that prohibits something."""
    prohibited = maybe_flag(found, path)
    return prohibited if isinstance(prohibited, Unknown) else not prohibited


NETWORKS = Collector(
    kind="oci.networking.vcn",
    service=_SERVICE,
    title="Networks (VCNs)",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_vcns", "inspect vcns", items=BARE),
    tables=(Network,),
    rows=_network,
    types=("Vcn",),
    source=f"{_API}/Vcn/ListVcns",
)
SUBNETS = Collector(
    kind="oci.networking.subnet",
    service=_SERVICE,
    title="Subnets of networks",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_subnets", "inspect subnets", items=BARE),
    tables=(Subnet, Interface),
    rows=_subnet,
    types=("Subnet",),
    source=f"{_API}/Subnet/ListSubnets",
)
