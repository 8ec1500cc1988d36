"""Tables of networks: what stands in them, their routes and rules, and where traffic can pass.

Ids are those that the provider writes into routes and rules: 'vpc-…', 'igw-…' or an OCID.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

from auditor.tables.base import UNJOINED, Maybe, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Network(Row):
    """One virtual network: a VPC of AWS, or a VCN of Oracle Cloud."""

    table: ClassVar[str] = "networks"

    name: Annotated[str, "Name that its owner gave it."]
    provider: Annotated[str, "'aws' or 'oci'."]
    account: Annotated[str, "Account or tenancy that owns it."]
    region: Annotated[str, "Region."]
    country: Annotated[Maybe[str], "Country of the region."]
    blocks: Annotated[tuple[str, ...], "Its blocks of addresses (CIDR), sorted."]
    tags: Annotated[Maybe[Mapping[str, str]], "Tags. OCI defined tags as 'namespace.key'."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subnet(Row):
    """One subnet of a network."""

    table: ClassVar[str] = "subnets"

    provider: Annotated[str, "'aws' or 'oci'."]
    network_id: Annotated[str, "Network that it is a part of."]
    route_table_id: Annotated[
        Maybe[str], "Table of its routes; '' where route tables name their subnets, as in AWS."
    ]
    lists: Annotated[
        Maybe[tuple[str, ...]], "Rule lists that bind it; () where they name their subnets."
    ]
    public_addresses: Annotated[Maybe[bool], "What is in it may have an address of the internet."]
    inbound: Annotated[Maybe[bool], "Traffic from the internet is not refused for all of it."]


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteTable(Row):
    """One table of routes."""

    table: ClassVar[str] = "route_tables"

    provider: Annotated[str, "'aws' or 'oci'."]
    network_id: Annotated[str, "Network that it is of."]
    main: Annotated[bool, "It holds for subnets of its network that no other table names."]
    subnets: Annotated[tuple[str, ...], "Subnets that it names, sorted; () in Oracle Cloud."]
    routes: Annotated[
        Maybe[tuple[str, ...]],
        "Its routes that work, as 'destination target': '0.0.0.0/0 igw-1'. Local ones are left "
        "out, and so are black holes.",
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleList(Row):
    """One list of rules on traffic."""

    table: ClassVar[str] = "rule_lists"

    provider: Annotated[str, "'aws' or 'oci'."]
    kind: Annotated[str, "security group, network ACL, security list or network security group."]
    name: Annotated[str, "Name that its owner gave it."]
    network_id: Annotated[str, "Network that it is of."]
    subnets: Annotated[tuple[str, ...], "Subnets that it names, sorted; () for other kinds."]
    rules: Annotated[
        Maybe[tuple[str, ...]],
        "Its rules in their order, as 'direction effect protocol ports peer': "
        "'in allow tcp 22-22 0.0.0.0/0'.",
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface(Row):
    """One network interface that is in use."""

    table: ClassVar[str] = "interfaces"

    provider: Annotated[str, "'aws' or 'oci'."]
    network_id: Annotated[str, "Network that it is in; '' where its subnet says so."]
    subnet_id: Annotated[str, "Subnet that it is in."]
    resource_id: Annotated[str, "What it belongs to; its own id where that is not stated."]
    lists: Annotated[Maybe[tuple[str, ...]], "Rule lists that bind it, besides its subnet's."]
    public: Annotated[Maybe[bool], "It has an IPv4 address of the internet."]
    ipv6: Annotated[Maybe[bool], "It has an IPv6 address, which every gateway can pass on."]
    answers: Annotated[bool, "Something can answer there, unlike at the address of a gateway."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway(Row):
    """One thing through which a network is joined to others, or to the internet."""

    table: ClassVar[str] = "gateways"

    provider: Annotated[str, "'aws' or 'oci'."]
    account: Annotated[str, "Account or tenancy that owns it."]
    kind: Annotated[
        str,
        "internet gateway, egress-only gateway, NAT gateway, private NAT gateway, service gateway, "
        "peering, hub (attached to a transit gateway or DRG), VPN, circuit, private link or other.",
    ]
    network_id: Annotated[Maybe[str], "Network on this side; '' where it is at a hub only."]
    hub_id: Annotated[str, "Transit gateway or DRG that it is attached to; '' without one."] = ""
    peer_id: Annotated[Maybe[str], "Network or service at the other end; '' for the internet."]
    peer_account: Annotated[Maybe[str], "Account or tenancy at the other end; '' for the internet."]
    active: Annotated[Maybe[bool], "It passes traffic on."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening(Row):
    """One way in which traffic can pass between a network and what is outside it. Derived."""

    table: ClassVar[str] = "openings"

    provider: Annotated[str, "'aws' or 'oci'."]
    account: Annotated[str, "Account or tenancy that owns the network."]
    region: Annotated[str, "Region of the network."]
    country: Annotated[Maybe[str], "Country of the region."]
    network_id: Annotated[str, "The network."]
    network: Annotated[str, "Its name."]
    direction: Annotated[str, "in: connections come from outside; out: they start inside."]
    peer: Annotated[
        Maybe[str], "'internet', 'provider services', a block of addresses, or the other network."
    ]
    peer_account: Annotated[
        Maybe[str], "Account or tenancy of the other network; '' for the internet and the provider."
    ]
    through: Annotated[str, "Kind of what it passes, as in gateways; or appliance."]
    gateway_id: Annotated[str, "What it passes: a row of gateways where it was collected."]
    traffic: Annotated[
        tuple[str, ...], "What the rules let through, as 'tcp 443' or 'all', sorted."
    ]
    reaches: Annotated[
        tuple[str, ...], "The first few of what can be reached, or can reach out, sorted."
    ]
    reached: Annotated[int, "How many there are of them."]
    data_classes: Annotated[
        Maybe[tuple[str, ...]], "Classes of data of those, where every one is a store or processor."
    ] = UNJOINED
    open: Annotated[
        Maybe[bool],
        "A route, and the rules of something that is attached, let traffic pass now.",
    ]
    tags: Annotated[Maybe[Mapping[str, str]], "Tags of the network."]
