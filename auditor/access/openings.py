"""The openings of networks: one for each way in, each way out, and each joint to another."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from auditor.access.networks import (
    INTERNET,
    OUTWARD,
    PUBLIC,
    SERVICES,
    Estate,
    Gateway,
    Interface,
    Passage,
    Subnet,
    blocks_towards,
    is_outside,
    usable,
)
from auditor.access.traffic import Traffic, block_of, labels

_LINKS = ("peering", "private NAT gateway", "VPN", "circuit", "private link", "other")
_HUB = "hub"
_ANY = "?"


@dataclass(slots=True, kw_only=True)
class Opening:
    """One way in which traffic can pass; filled while it is found.

    Attributes:
        id: names network, direction, and what tells it from others.
        open: None for perhaps.
    """

    id: str
    network_id: str
    direction: str
    peer: str | None
    peer_account: str | None
    through: str
    gateway_id: str
    open: bool | None = False
    parts: list[Traffic] = field(default_factory=list)
    resources: set[str] = field(default_factory=set)

    @property
    def traffic(self) -> tuple[str, ...]:
        """What the rules let through, in few words."""
        return labels(self.parts)

    def take(self, resource: str, passage: Passage, sure: bool | None) -> None:
        """Add what can pass at one resource; ``sure`` is false for what cannot after all."""
        if sure is False or (passage.sure and not passage.traffic):
            return
        self.parts.extend(passage.traffic)
        self.resources.add(resource)
        self.open = True if self.open or (sure and passage.sure) else None


def find_openings(estate: Estate) -> Iterator[Opening]:
    """Yield every opening of every network, once."""
    for network in sorted(estate.networks):
        yield from _ways_in(estate, network)
        yield from _ways_out(estate, network)
        yield from _links(estate, network)


def _ways_in(estate: Estate, network: str) -> Iterator[Opening]:
    """Yield the ways from the internet to each resource: one per peer and kind of traffic."""
    shut = estate.shut.get(network, False)
    found: dict[str, Opening] = {}
    for interface, subnet in estate.of_network(network):
        if shut is True or not interface.answers or False in (subnet.public, subnet.inbound):
            continue
        for destination, via in usable(subnet, estate, PUBLIC):
            active = _all(
                estate.is_active(via), subnet.public, subnet.inbound, shut is False or None
            )
            for block, sure in blocks_towards(destination, via, interface, estate):
                for passage in estate.passages(interface, subnet, "in", block):
                    if not is_outside(passage):
                        continue
                    for word in labels(passage.traffic) or (() if passage.sure else (_ANY,)):
                        name = f"{interface.resource_id}/in/{word}/{passage.peer}"
                        made = found.setdefault(
                            name, _from_internet(network, name, passage.peer, via, estate)
                        )
                        made.take(
                            interface.resource_id, _only(passage, word), _all(active, sure or None)
                        )
    yield from found.values()


def _from_internet(network: str, name: str, peer: str, via: str, estate: Estate) -> Opening:
    return Opening(
        id=name,
        network_id=network,
        direction="in",
        peer=peer,
        peer_account="",
        through=estate.kind_of(via),
        gateway_id=via,
    )


def _ways_out(estate: Estate, network: str) -> Iterator[Opening]:
    """Yield the ways out through each gateway, whoever in the network takes them."""
    found: dict[str, Opening] = {}
    for subnet in estate.subnets_of(network):
        for destination, via in usable(subnet, estate, OUTWARD):
            through = estate.kind_of(via)
            peer = _towards(destination, through)
            name = f"{network}/out/{via}/{peer}"
            found.setdefault(
                name,
                Opening(
                    id=name,
                    network_id=network,
                    direction="out",
                    peer=peer,
                    peer_account="",
                    through="service gateway" if peer == SERVICES else through,
                    gateway_id=via,
                ),
            )
    for interface, subnet in estate.of_network(network):
        for destination, via in usable(subnet, estate, OUTWARD):
            through = estate.kind_of(via)
            if not interface.answers or (through in PUBLIC and subnet.public is False):
                continue
            made = found[f"{network}/out/{via}/{_towards(destination, through)}"]
            _take_all(estate, made, interface, subnet, (destination, via), estate.is_active(via))
    yield from found.values()


def _towards(destination: str, through: str) -> str:
    if through == "service gateway" or destination.startswith("pl-"):
        return SERVICES
    block = block_of(destination)
    return INTERNET if block is None or block.prefixlen == 0 else destination


def _links(estate: Estate, network: str) -> Iterator[Opening]:
    """Yield both directions of every joint to another network, whether or not a route uses it."""
    for gateway in estate.gateways.values():
        if gateway.network_id != network:
            continue
        if gateway.hub_id:
            for end, peer, account, active in _ends(estate, gateway):
                kind = end.kind if end.kind != _HUB else "transit"
                link = gateway.hub_id if end is gateway else end.id
                yield from _joint(
                    estate, network, gateway.hub_id, link, kind, peer, account, active
                )
        elif gateway.kind in _LINKS:
            yield from _joint(
                estate,
                network,
                gateway.id,
                gateway.id,
                gateway.kind,
                gateway.peer_id,
                gateway.peer_account,
                gateway.active,
            )


def _ends(
    estate: Estate, own: Gateway
) -> Iterator[tuple[Gateway, str | None, str | None, bool | None]]:
    """Yield what is at the other ends of a hub; its owner, if that is somebody else."""
    if own.peer_account is None or own.peer_account not in ("", own.account):
        yield own, own.hub_id, own.peer_account, own.active
    for end in estate.gateways.values():
        if end.hub_id != own.hub_id or end.id == own.id or end.network_id == own.network_id:
            continue
        active = _all(own.active, end.active)
        if end.network_id:
            yield end, end.network_id, end.account, active
        else:
            yield end, end.peer_id, end.peer_account, active


def _joint(
    estate: Estate,
    network: str,
    target: str,
    link: str,
    kind: str,
    peer: str | None,
    account: str | None,
    active: bool | None,
) -> Iterator[Opening]:
    for direction in ("out",) if kind == "private link" else ("in", "out"):
        made = Opening(
            id=f"{network}/{direction}/{link}",
            network_id=network,
            direction=direction,
            peer=peer,
            peer_account=account,
            through=kind,
            gateway_id=link,
        )
        if kind == "private link":
            made.open = active
        for interface, subnet in estate.of_network(network) if kind != "private link" else ():
            if not interface.answers:
                continue
            routes = [(_ANY, target)] if subnet.routes is None else subnet.routes
            for destination, via in routes:
                if via == target:
                    _take_all(estate, made, interface, subnet, (destination, via), active)
        yield made


def _take_all(
    estate: Estate,
    made: Opening,
    interface: Interface,
    subnet: Subnet,
    route: tuple[str, str],
    active: bool | None,
) -> None:
    for block, sure in blocks_towards(*route, interface, estate):
        for passage in estate.passages(interface, subnet, made.direction, block):
            if made.peer != INTERNET or is_outside(passage):
                made.take(interface.resource_id, passage, _all(active, sure or None))


def _only(passage: Passage, word: str) -> Passage:
    parts = tuple(part for part in passage.traffic if word in ("all", part.label))
    return Passage(peer=passage.peer, traffic=parts, sure=passage.sure)


def _all(*values: bool | None) -> bool | None:
    if False in values:
        return False
    return None if None in values else True
