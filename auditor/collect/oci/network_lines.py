"""Oracle Cloud networks: lines to places outside it, and mirrors of traffic.

Where a line ends, no answer says. It may name the address of the device, or the other cloud's
region: an address has no country of its own, and a device stands where its owner put it.

API: https://docs.oracle.com/en-us/iaas/api/#/en/iaas/20160918/IPSecConnection/
"""

from collections.abc import Iterator

from auditor.collect.oci.flows import to_outside, to_store
from auditor.collect.oci.joints import joint
from auditor.collect.oci.listing import PER_COMPARTMENT
from auditor.collect.oci.reading import maybe_flag, text
from auditor.collect.oci.service_rows import BARE, compartment_listing, is_gone, processor_of
from auditor.collect.oci.states import state_of
from auditor.model import Unknown
from auditor.spec import Collector, Detail, Found
from auditor.tables import Flow, Gateway, Processor

_SERVICE = "core.VirtualNetworkClient"
_API = "https://docs.oracle.com/en-us/iaas/api/#/en/iaas/20160918"
_UP = frozenset({"AVAILABLE"})
_DOWN = frozenset({"PROVISIONING", "TERMINATING", "TERMINATED"})
_LIT = frozenset({"PROVISIONED"})
_DARK = frozenset(
    {"PENDING_PROVIDER", "VERIFYING", "PROVISIONING", "FAILED", "INACTIVE", "TERMINATING"}
)


def _vpn(found: Found) -> Iterator[Processor | Flow | Gateway]:
    if is_gone(found):
        return
    row = processor_of(found, "networking", "VPN connection")
    yield row
    address = text(found, "device.ipAddress") or "an address that was not learned"
    why = Unknown(f"the VPN ends at {address}, and where the device stands is not stated")
    active = state_of(found, "item.lifecycleState", _UP, _DOWN)
    yield to_outside(row, "mount", text(found, "item.cpeId") or "?", why, active)
    drg = text(found, "item.drgId")
    yield joint(found, "VPN", hub_id=drg, peer_id=why, peer_account=why, active=active)


def _circuit(found: Found) -> Iterator[Processor | Flow | Gateway]:
    if is_gone(found):
        return
    row = processor_of(found, "networking", "virtual circuit")
    yield row
    carrier = text(found, "item.providerName") or "its owner"
    why = Unknown(f"the circuit ends where {carrier} takes it, which the answer does not state")
    members = {"target_region": "providerRemoteRegion", "target_account": "remoteAccountId"}
    stated = {column: text(found, f"item.{member}") for column, member in members.items()}
    known = {column: value for column, value in stated.items() if value}
    active = state_of(found, "item.lifecycleState", _LIT, _DARK)
    yield to_outside(row, "mount", "circuit", why, active, **known)
    yield joint(
        found,
        "circuit",
        hub_id=text(found, "item.gatewayId"),
        peer_id=why,
        peer_account=known.get("target_account", why),
        active=active,
    )


def _mirror(found: Found) -> Iterator[Processor | Flow]:
    if is_gone(found):
        return
    row = processor_of(found, "networking", "mirror of traffic")
    yield row
    active = maybe_flag(found, "item.isVtapEnabled", absent=False)  # "FALSE (Default)"
    target = text(found, "item.targetId")
    if target:
        yield to_store(row, "stream", target, active)
        return
    address = text(found, "item.targetIp") or "?"
    why = Unknown(f"packets are mirrored to {address}, and whose that is is not stated")
    yield to_outside(row, "stream", address, why, active)


VPNS = Collector(
    kind="oci.networking.ipsecconnection",
    service=_SERVICE,
    title="VPN connections",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_ip_sec_connections", "inspect ipsec-connections", items=BARE),
    details=(
        Detail(
            name="device",
            operation="get_cpe",
            shared=True,
            permission="inspect cpes",
            bind={"cpe_id": "item.cpeId"},
        ),
    ),
    tables=(Processor, Flow, Gateway),
    rows=_vpn,
    types=("IPSecConnection",),
    source=f"{_API}/IPSecConnection/ListIPSecConnections",
)

CIRCUITS = Collector(
    kind="oci.networking.virtualcircuit",
    service=_SERVICE,
    title="FastConnect circuits, to sites and to other clouds",
    per=PER_COMPARTMENT,
    listing=compartment_listing(
        "list_virtual_circuits",
        "inspect virtual-circuits",
        "crossConnectMappings.bgpMd5AuthKey",
        items=BARE,
    ),
    tables=(Processor, Flow, Gateway),
    rows=_circuit,
    types=("VirtualCircuit",),
    source=f"{_API}/VirtualCircuit/ListVirtualCircuits",
)

MIRRORS = Collector(
    kind="oci.networking.vtap",
    service=_SERVICE,
    title="Mirrors of network traffic (VTAPs)",
    per=PER_COMPARTMENT,
    listing=compartment_listing("list_vtaps", "inspect vtaps", items=BARE),
    tables=(Processor, Flow),
    rows=_mirror,
    source=f"{_API}/Vtap/ListVtaps",
)
