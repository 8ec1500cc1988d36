"""Where traffic can pass between networks and what is outside them: routes and rules together.

A rule that lets the whole internet in opens nothing where no route leads to a gateway, and a route
opens nothing where nothing is attached that has a rule for it. ``None`` is unknown throughout.

Sources:
    https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
    https://docs.oracle.com/en-us/iaas/Content/Network/Tasks/managingroutetables.htm
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from auditor.access.traffic import (
    ANYWHERE,
    Block,
    Rule,
    Traffic,
    allowed,
    block_of,
    is_public,
)

INTERNET = "internet"
SERVICES = "provider services"
PUBLIC = frozenset({"internet gateway", "carrier gateway"})
OUTWARD = PUBLIC | {"NAT gateway", "egress-only gateway", "appliance", "service gateway"}
_V4, _V6 = 4, 6
_ONE_VERSION = {"NAT gateway": _V4, "egress-only gateway": _V6}
# Ports from which connections start; where an ACL lets none of them through, no answer comes.
_EPHEMERAL = (1024, 65_535)
_BY_PREFIX = {
    "igw-": "internet gateway",
    "eigw-": "egress-only gateway",
    "nat-": "NAT gateway",
    "cagw-": "carrier gateway",
    "eni-": "appliance",
    "i-": "appliance",
    "vpce-": "appliance",
    "ocid1.internetgateway.": "internet gateway",
    "ocid1.natgateway.": "NAT gateway",
    "ocid1.servicegateway.": "service gateway",
    "ocid1.privateip.": "appliance",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """One network, by its id."""

    id: str
    provider: str
    account: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subnet:
    """One subnet: its routes as pairs of destination and target, and what binds it."""

    id: str
    network_id: str
    routes: tuple[tuple[str, str], ...] | None
    lists: tuple[str, ...] | None
    public: bool | None = True
    inbound: bool | None = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """One network interface that is in use."""

    resource_id: str
    lists: tuple[str, ...] | None
    public: bool | None
    ipv6: bool | None
    answers: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """One thing that joins networks, as ``gateways`` has it."""

    id: str
    account: str
    kind: str
    network_id: str | None
    hub_id: str
    peer_id: str | None
    peer_account: str | None
    active: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Some traffic that can pass, perhaps: from or to whom, and whether that is sure."""

    peer: str
    traffic: tuple[Traffic, ...]
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate:
    """All networks, and what is in them.

    Attributes:
        subnets: network -> its subnets.
        interfaces: subnet -> what is in it.
        rules: list of rules -> its rules in order; None if they could not be read.
        shut: networks that let nothing in from the internet, whatever else; None: perhaps.
    """

    networks: Mapping[str, Network]
    subnets: Mapping[str, Sequence[Subnet]]
    interfaces: Mapping[str, Sequence[Interface]]
    rules: Mapping[str, tuple[Rule, ...] | None]
    gateways: Mapping[str, Gateway]
    shut: Mapping[str, bool | None] = field(default_factory=dict)

    def of_network(self, network: str) -> Iterator[tuple[Interface, Subnet]]:
        """Yield the interfaces in a network, each with its subnet."""
        for subnet in self.subnets_of(network):
            for each in self.interfaces.get(subnet.id, ()):
                yield each, subnet

    def subnets_of(self, network: str) -> Sequence[Subnet]:
        """Return the subnets of a network."""
        return self.subnets.get(network, ())

    def kind_of(self, target: str) -> str:
        """Return the kind of what a route leads to."""
        if target in self.gateways:
            return self.gateways[target].kind
        kinds = (kind for prefix, kind in _BY_PREFIX.items() if target.startswith(prefix))
        return next(kinds, "other")

    def is_active(self, target: str) -> bool | None:
        """Whether what a route leads to passes traffic on; unknown if it was not seen."""
        if target in self.gateways:
            return self.gateways[target].active
        return True if self.kind_of(target) == "appliance" else None

    def passages(
        self, interface: Interface, subnet: Subnet, direction: str, block: Block
    ) -> Iterator[Passage]:
        """Yield what the rules of an interface let through, from or to a block of addresses."""
        if self.networks[subnet.network_id].provider == "oci":
            yield from self._listed((subnet.lists, interface.lists), direction, block)
            return
        if interface.lists == ():  # no group binds it, and then no group refuses
            groups: Iterable[Passage] = [_whole(block)]
        else:
            groups = self._listed((interface.lists,), direction, block)
        for passage in groups:
            yield self._past_access_lists(passage, subnet.lists, direction)

    def _listed(
        self, lists: Sequence[tuple[str, ...] | None], direction: str, block: Block
    ) -> Iterator[Passage]:
        """Yield what lists of rules let through that only allow: the union of all."""
        if any(names is None for names in lists):
            yield Passage(peer=_label(block), traffic=(), sure=False)
        for name in sorted({name for names in lists for name in names or ()}):
            rules = self.rules.get(name)
            if rules is None:
                yield Passage(peer=_label(block), traffic=(), sure=False)
                continue
            for each in rules:
                if each.direction != direction:
                    continue
                for part in allowed((each,), Traffic(block=block)):
                    yield Passage(peer=_label(part.block), traffic=(part,), sure=True)
                if each.peer.startswith("pl-") or each.peer == "?":
                    yield Passage(peer=each.peer, traffic=(), sure=False)

    def _past_access_lists(
        self, passage: Passage, lists: tuple[str, ...] | None, direction: str
    ) -> Passage:
        """Return what is left of a passage once a subnet's ACL has cut it, both ways."""
        rules = [self.rules.get(name) for name in lists or ()]
        if not rules or not passage.sure:
            return Passage(peer=passage.peer, traffic=passage.traffic, sure=False)
        kept: list[Traffic] = list(passage.traffic)
        for each in rules:
            if each is None:
                return Passage(peer=passage.peer, traffic=passage.traffic, sure=False)
            forth = [rule for rule in each if rule.direction == direction]
            back = [rule for rule in each if rule.direction != direction]
            kept = [
                part for one in kept for part in allowed(forth, one) if _is_answered(back, part)
            ]
        return Passage(peer=passage.peer, traffic=tuple(kept), sure=True)


def usable(subnet: Subnet, estate: Estate, kinds: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield a subnet's routes to gateways of some kinds; if unknown, to all its network has."""
    if subnet.routes is not None:
        yield from ((to, via) for to, via in subnet.routes if estate.kind_of(via) in kinds)
        return
    for each in estate.gateways.values():
        if each.network_id == subnet.network_id and each.kind in kinds:
            yield "?", each.id


def blocks_towards(
    destination: str, via: str, interface: Interface, estate: Estate
) -> Iterator[tuple[Block, bool]]:
    """Yield the blocks that a route leads to from an interface, and whether that is sure."""
    kind = estate.kind_of(via)
    stated = block_of(destination)
    for block in (stated,) if stated else ANYWHERE:
        if _ONE_VERSION.get(kind, block.version) != block.version:
            continue
        has: bool | None = True
        if kind in PUBLIC:
            has = interface.public if block.version == _V4 else interface.ipv6
        elif block.version == _V6:
            has = interface.ipv6
        if has is not False:
            sure = stated is not None or kind == "service gateway"
            yield block, sure and has is True


def is_outside(passage: Passage) -> bool:
    """Whether addresses of the internet are on the other side; of what is unknown, perhaps."""
    block = block_of(passage.peer)
    return block is None or is_public(block)


def _label(block: Block) -> str:
    return INTERNET if block.prefixlen == 0 else str(block)


def _whole(block: Block) -> Passage:
    return Passage(peer=_label(block), traffic=(Traffic(block=block),), sure=True)


def _is_answered(back: Sequence[Rule], part: Traffic) -> bool:
    if part.protocol not in ("tcp", "udp", "all"):
        return True
    protocols = ("tcp", "udp") if part.protocol == "all" else (part.protocol,)
    first, last = _EPHEMERAL
    return any(
        next(allowed(back, Traffic(block=part.block, protocol=name, first=first, last=last)), None)
        for name in protocols
    )
