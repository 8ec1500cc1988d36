"""Oracle Cloud networks: where they join networks of other regions and tenancies.

A peering moves nothing by itself. It lets what keeps data be mounted and read from the other side,
which is why it is a way out as much as a copy is.

API: https://docs.oracle.com/en-us/iaas/api/#/en/iaas/20160918/RemotePeeringConnection/
"""

from collections.abc import Iterator

from auditor.collect.oci.flows import to_tenancy
from auditor.collect.oci.joints import joint
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import maybe_flag, maybe_text, text
from auditor.collect.oci.service_rows import BARE, compartment_listing, is_gone, processor_of
from auditor.collect.oci.states import state_of
from auditor.model import Unknown
from auditor.spec import Collector, Found
from auditor.tables import Flow, Gateway, Maybe, Processor

_SERVICE = "core.VirtualNetworkClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/iaas/20160918"
_OPEN = frozenset({"PEERED"})
_SHUT = frozenset({"INVALID", "NEW", "PENDING", "REVOKED"})
_ATTACHED, _DETACHED = frozenset({"ATTACHED"}), frozenset({"ATTACHING", "DETACHING", "DETACHED"})
_UNPEERED = "NEW"
_WHOSE = Unknown("the answer does not name the tenancy on the other side")


def _remote(found: Found) -> Iterator[Processor | Flow | Gateway]:
    if is_gone(found):
        return
    row = processor_of(found, "networking", "remote peering connection")
    yield row
    if text(found, "item.peeringStatus") == _UNPEERED:
        return
    yield to_tenancy(
        row,
        "mount",
        maybe_text(found, "item.peerId"),
        maybe_text(found, "item.peerTenancyId"),
        maybe_text(found, "item.peerRegionName"),
        state_of(found, "item.peeringStatus", _OPEN, _SHUT),
        name=text(found, "item.peerId") or "?",
    )
    yield joint(
        found,
        "peering",
        hub_id=text(found, "item.drgId"),
        peer_id=maybe_text(found, "item.peerId"),
        peer_account=maybe_text(found, "item.peerTenancyId"),
        active=state_of(found, "item.peeringStatus", _OPEN, _SHUT),
    )


def _local(found: Found) -> Iterator[Processor | Flow | Gateway]:
    if is_gone(found):
        return
    row = processor_of(found, "networking", "local peering gateway")
    yield row
    if text(found, "item.peeringStatus") == _UNPEERED:
        return
    yield to_tenancy(
        row,
        "mount",
        maybe_text(found, "item.peerId"),
        _other_tenancy(row, maybe_flag(found, "item.isCrossTenancyPeering")),
        row.region,
        state_of(found, "item.peeringStatus", _OPEN, _SHUT),
        name=text(found, "item.peerId") or "?",
    )
    yield joint(
        found,
        "peering",
        network_id=text(found, "item.vcnId"),
        peer_id=maybe_text(found, "item.peerId"),
        peer_account=_other_tenancy(row, maybe_flag(found, "item.isCrossTenancyPeering")),
        active=state_of(found, "item.peeringStatus", _OPEN, _SHUT),
    )


def _attachment(found: Found) -> Iterator[Processor | Flow | Gateway]:
    """Yield an attachment unless both its ends are known to be in the tenancy.

    Lines and remote peerings have attachments, too: those are rows of their own, unless they are
    another tenancy's.
    """
    crosses = maybe_flag(found, "item.isCrossTenancy")
    network = text(found, "item.networkDetails.id")
    gone = text(found, "item.lifecycleState") == "DETACHED"
    is_own = crosses is False and text(found, "item.networkDetails.type") == "VCN"
    if not gone and (is_own or (crosses is not False and not _is_row_elsewhere(found))):
        yield _attached(found, network, is_own=is_own)
    if gone or crosses is False or (crosses is not True and _is_row_elsewhere(found)):
        return
    row = processor_of(found, "networking", "attachment to a dynamic routing gateway")
    yield row
    active = state_of(found, "item.lifecycleState", _ATTACHED, _DETACHED)
    tenancy = _other_tenancy(row, crosses)
    yield to_tenancy(row, "mount", "", tenancy, row.region, active, name=network or "?")


def _attached(found: Found, network: str, *, is_own: bool) -> Gateway:
    """Return a network of the tenancy at a DRG, or what another tenancy has attached there."""
    return joint(
        found,
        "hub" if is_own else "other",
        network_id=network if is_own else "",
        hub_id=text(found, "item.drgId"),
        peer_id="" if is_own else network,
        peer_account="" if is_own else _WHOSE,
        active=state_of(found, "item.lifecycleState", _ATTACHED, _DETACHED),
    )


def _is_row_elsewhere(found: Found) -> bool:
    kind = text(found, "item.networkDetails.type")
    return kind in ("IPSEC_TUNNEL", "REMOTE_PEERING_CONNECTION", "VIRTUAL_CIRCUIT")


def _other_tenancy(row: Processor, crosses: Maybe[bool]) -> Maybe[str]:
    if isinstance(crosses, Unknown):
        return crosses
    return _WHOSE if crosses else row.account


REMOTE_PEERINGS = Collector(
    kind="oci.networking.remotepeering",
    service=_SERVICE,
    title="Peerings of networks with other regions",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_remote_peering_connections", "inspect remote-peering-connections", items=BARE
    ),
    tables=(Processor, Flow, Gateway),
    rows=_remote,
    types=("RemotePeeringConnection",),
    source=f"{_API}/RemotePeeringConnection/ListRemotePeeringConnections",
)

LOCAL_PEERINGS = Collector(
    kind="oci.networking.localpeering",
    service=_SERVICE,
    title="Peerings of networks within a region",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_local_peering_gateways", "inspect local-peering-gateways", items=BARE
    ),
    tables=(Processor, Flow, Gateway),
    rows=_local,
    types=("LocalPeeringGateway",),
    source=f"{_API}/LocalPeeringGateway/ListLocalPeeringGateways",
)

# Without a type, only attachments of networks would be listed.
ATTACHMENTS = Collector(
    kind="oci.networking.drgattachment",
    service=_SERVICE,
    title="Attachments of other tenancies to dynamic routing gateways",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_drg_attachments", "inspect drg-attachments", attachment_type="ALL", items=BARE
    ),
    tables=(Processor, Flow, Gateway),
    rows=_attachment,
    types=("DrgAttachment",),
    source=f"{_API}/DrgAttachment/ListDrgAttachments",
)
