"""Oracle Cloud networks: gateways to the internet and to Oracle's own services.

They are rows of what data can pass through, without flows: nothing leaves through a gateway unless
something behind it sends, and that something is judged itself. Which traffic can pass, routes and
rules decide together.

API: https://docs.oracle.com/en-us/iaas/api/#/en/iaas/20160918/InternetGateway/
"""

from collections.abc import Callable, Iterator

from auditor.collect.oci.joints import joint
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import maybe_flag, text
from auditor.collect.oci.service_rows import BARE, compartment_listing, is_gone, processor_of
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Gateway, Maybe, Processor

_API = "https://docs.oracle.com/en-us/iaas/api/#/en/iaas/20160918"


def _internet(found: Found) -> Iterator[Processor | Gateway]:
    if not is_gone(found):
        enabled = maybe_flag(found, "item.isEnabled")
        yield processor_of(found, "networking", "internet gateway", public=enabled)
        yield _gateway(found, "internet gateway", enabled)


def _nat(found: Found) -> Iterator[Processor | Gateway]:
    if not is_gone(found):
        yield processor_of(found, "networking", "NAT gateway")  # lets nobody in
        yield _gateway(found, "NAT gateway", _unblocked(found))


def _service(found: Found) -> Iterator[Processor | Gateway]:
    if not is_gone(found):
        yield processor_of(found, "networking", "service gateway")  # lets nobody in
        yield _gateway(found, "service gateway", _unblocked(found))


def _unblocked(found: Found) -> Maybe[bool]:
    blocked = maybe_flag(found, "item.blockTraffic")
    return blocked if isinstance(blocked, Unknown) else not blocked


def _gateway(found: Found, kind: str, active: Maybe[bool]) -> Gateway:
    network = text(found, "item.vcnId")
    return joint(found, kind, network_id=network, peer_id="", peer_account="", active=active)


def _collector(
    type_: str,
    title: str,
    operation: str,
    permission: str,
    rows: Callable[[Found], Iterator[Processor | Gateway]],
) -> Collector:
    return Collector(
        kind=f"oci.networking.{type_.lower()}",
        service="core.VirtualNetworkClient",
        title=title,
        per=PER_COMPARTMENT,
        listing=compartment_listing(operation, permission, items=BARE),
        tables=(Processor, Gateway),
        rows=rows,
        types=(type_,),
        source=f"{_API}/{type_}/List{type_}s",
    )


INTERNET_GATEWAYS = _collector(
    "InternetGateway",
    "Gateways of networks to the internet",
    "list_internet_gateways",
    "inspect internet-gateways",
    _internet,
)
NAT_GATEWAYS = _collector(
    "NatGateway",
    "Gateways through which networks call the internet",
    "list_nat_gateways",
    "read nat-gateways",
    _nat,
)
SERVICE_GATEWAYS = _collector(
    "ServiceGateway",
    "Gateways of networks to Oracle's services in the region",
    "list_service_gateways",
    "inspect service-gateways",
    _service,
)
