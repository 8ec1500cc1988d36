"""Where traffic can pass: a route, a gateway, and the rules of something that is attached."""

from dataclasses import replace
from typing import Any

import pytest

from auditor.tables import Guardrail, Row
from tests.facts.deriving import Facts
from tests.facts.networking import (
    WHY,
    access_list,
    gateway,
    group,
    interface,
    network,
    reachable,
    routes,
    subnet,
)

SSH = "in allow tcp 22-22 0.0.0.0/0"
OUT = "out allow all 0-65535 0.0.0.0/0"


def openings(rows: tuple[Row, ...], columns: str = "id, open") -> list[tuple[Any, ...]]:
    """Return the openings of some networks."""
    return Facts(rows).rows("openings", columns)


def ways_in(*rows: Row) -> list[tuple[Any, ...]]:
    """Return what the internet can reach: the id and whether it is open."""
    return [each for each in openings(rows) if "/in/" in each[0]]


def test_a_rule_a_route_and_an_address_open_a_way_in() -> None:
    columns = (
        "id, direction, peer, peer_account, through, gateway_id, traffic, reaches, reached, open, "
        "network, account, country, tags"
    )

    (row,) = openings(reachable(SSH), columns)[:1]

    assert row == (
        "of/eni-1/in/tcp 22/internet",
        "in",
        "internet",
        "",
        "internet gateway",
        "igw-1",
        ["tcp 22"],
        ["of/eni-1"],
        1,
        True,
        "name of vpc-1",
        "ours",
        "US",
        {"team": "app"},
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"routes": routes()},
        {"routes": routes("0.0.0.0/0 nat-1"), "gateway": gateway("nat-1", "NAT gateway")},
        {"routes": routes("203.0.113.0/24 igw-1"), "acl": access_list(OUT)},
        {"gateway": gateway(active=False)},
        {"interface": interface(public=False)},
        {"interface": interface(answers=False)},
        {"acl": access_list("in allow tcp 443-443 0.0.0.0/0", OUT)},
        {"acl": access_list("in deny tcp 22-22 0.0.0.0/0", "in allow all 0-65535 0.0.0.0/0", OUT)},
        {"acl": access_list("in allow all 0-65535 0.0.0.0/0")},
        {"acl": access_list("in allow all 0-65535 0.0.0.0/0", "out allow tcp 0-1023 0.0.0.0/0")},
    ],
)
def test_a_rule_alone_opens_nothing(changes: dict[str, Row]) -> None:
    """No route, no gateway that works, no address, or an ACL that refuses question or answer."""
    assert [row for row in ways_in(*reachable(SSH, **changes)) if row[1] is not False] == []


def test_without_a_rule_nothing_is_open() -> None:
    assert ways_in(*reachable("in allow tcp 22-22 10.0.0.0/8", "in allow all 0-65535 sg-2")) == []


def test_the_main_table_holds_where_no_other_names_the_subnet() -> None:
    main = routes("0.0.0.0/0 igw-1", subnets=())

    assert ways_in(*reachable(SSH, routes=main)) == [("of/eni-1/in/tcp 22/internet", True)]


def test_ipv6_needs_an_address_and_a_route_of_its_own() -> None:
    rule = "in allow tcp 22-22 ::/0"
    both = ("in allow all 0-65535 ::/0", "out allow all 0-65535 ::/0")
    changes: dict[str, Row] = {
        "interface": interface(public=False, ipv6=True),
        "acl": access_list(*both),
    }

    assert ways_in(*reachable(rule, **changes)) == []
    changes["routes"] = routes("::/0 igw-1")
    assert ways_in(*reachable(rule, **changes)) == [("of/eni-1/in/tcp 22/internet", True)]


def test_an_access_list_narrows_what_a_group_lets_in() -> None:
    acl = access_list("in allow tcp 443-443 0.0.0.0/0", OUT)

    assert ways_in(*reachable("in allow all 0-65535 0.0.0.0/0", acl=acl)) == [
        ("of/eni-1/in/tcp 443/internet", True)
    ]


def test_a_block_of_the_internet_is_named() -> None:
    assert ways_in(*reachable("in allow tcp 22-22 198.51.100.0/24")) == [
        ("of/eni-1/in/tcp 22/198.51.100.0/24", True)
    ]


def test_what_no_group_binds_lets_everything_in() -> None:
    """So it is with network load balancers that have none."""
    assert ways_in(*reachable(interface=interface(lists=()))) == [
        ("of/eni-1/in/all/internet", True)
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"interface": interface(public=WHY)},
        {"interface": interface(lists=WHY)},
        {"interface": interface(lists=("sg-unseen",))},
        {"acl": access_list(subnets=("subnet-2",))},
        {"gateway": gateway(active=WHY)},
        {"gateway": gateway("igw-other")},
        {"routes": routes("0.0.0.0/0 igw-1", subnets=("subnet-2",))},
        {"routes": replace(routes(), routes=WHY)},
        {"acl": replace(access_list(), rules=("no rule at all",))},
    ],
)
def test_what_could_not_be_read_leaves_it_open(changes: dict[str, Row]) -> None:
    """Unknown is never shut."""
    found = ways_in(*reachable(SSH, **changes))

    assert [state for _, state in found] == [None]


def test_a_list_of_addresses_that_was_not_read_may_be_the_internet() -> None:
    assert ways_in(*reachable("in allow tcp 22-22 pl-1")) == [("of/eni-1/in/?/pl-1", None)]


@pytest.mark.parametrize(("escapes", "state"), [((), []), (WHY, [None])])
def test_a_block_of_public_access_shuts_all_networks(escapes: Any, state: list[None]) -> None:
    block = Guardrail(
        id="arn:aws:ec2:us-east-1:ours:vpc-block-public-access-options",
        provider="aws",
        account="ours",
        name="block",
        kind="public access block",
        target_id="ours",
        region="us-east-1",
        enforced=True,
        limits=("public access",),
        escapes=escapes,
    )

    assert [found for _, found in ways_in(*reachable(SSH), block)] == state


def test_a_way_out_is_one_for_all_who_take_it() -> None:
    rows = reachable(
        OUT,
        routes=routes("0.0.0.0/0 nat-1"),
        gateway=gateway("nat-1", "NAT gateway"),
        interface=interface(public=False),
    )

    (row,) = openings(
        (*rows, interface("eni-2", public=False)), "id, reaches, reached, open, peer, traffic"
    )

    assert row == (
        "vpc-1/out/nat-1/internet",
        ["of/eni-1", "of/eni-2"],
        2,
        True,
        "internet",
        ["all"],
    )


def test_a_way_out_that_nobody_can_take_is_shut() -> None:
    nat: dict[str, Row] = {
        "routes": routes("0.0.0.0/0 nat-1"),
        "gateway": gateway("nat-1", "NAT gateway"),
    }

    assert openings(reachable(**nat)) == [("vpc-1/out/nat-1/internet", False)]


def test_an_appliance_is_a_way_out() -> None:
    """A route to an interface leads through what somebody runs there."""
    rows = reachable(OUT, routes=routes("0.0.0.0/0 eni-9"))

    assert openings(rows, "through, gateway_id, open") == [("appliance", "eni-9", True)]


def test_services_of_the_provider_are_no_internet() -> None:
    rows = reachable(OUT, routes=routes("pl-6 vpce-1"))

    assert openings(rows, "peer, through") == [("provider services", "service gateway")]


def peering(name: str, side: str, account: str, *, active: bool = True) -> Row:
    """Return one side of a peering."""
    return gateway(
        f"{name}/{side}",
        "peering",
        network_id=side,
        hub_id=name,
        account=account,
        active=active,
    )


PEERED = (peering("pcx-1", "vpc-1", "ours"), peering("pcx-1", "vpc-9", "parent"))


def test_a_peering_is_open_with_a_route_and_a_rule() -> None:
    """It is an opening without them, too: whoever owns the network can add them."""
    rows = reachable("in allow all 0-65535 10.9.0.0/16", routes=routes("10.9.0.0/16 pcx-1"))
    columns = "id, peer, peer_account, through, open"

    assert openings((*rows, *PEERED), columns) == [
        ("vpc-1/in/pcx-1/vpc-9", "vpc-9", "parent", "peering", True),
        ("vpc-1/out/pcx-1/vpc-9", "vpc-9", "parent", "peering", False),
    ]
    assert [state for _, state in openings((*reachable(), *PEERED))][:2] == [False, False]


def test_two_networks_of_one_account_see_each_other() -> None:
    rows = (network(), network("vpc-2"), *[peering("pcx-1", f"vpc-{n}", "ours") for n in (1, 2)])

    assert {(row[0], row[1]) for row in openings(rows, "network_id, peer")} == {
        ("vpc-1", "vpc-2"),
        ("vpc-2", "vpc-1"),
    }


def hub(name: str, network: str, account: str, owner: object = "ours") -> Row:
    """Return the attachment of a network to a transit gateway."""
    return gateway(
        name, "hub", network_id=network, hub_id="tgw-1", account=account, peer_account=owner
    )


def test_a_transit_gateway_leads_to_all_that_is_attached() -> None:
    line = gateway("att-9", "VPN", network_id="", hub_id="tgw-1", peer_id=WHY, peer_account=WHY)
    rows = (
        *reachable(OUT, routes=routes("10.0.0.0/8 tgw-1")),
        hub("att-1", "vpc-1", "ours"),
        hub("att-2", "vpc-2", "parent"),
        line,
    )

    found = openings(rows, "id, peer, peer_account, through, open")

    assert [row for row in found if row[0].startswith("vpc-1/out")] == [
        ("vpc-1/out/att-2", "vpc-2", "parent", "transit", True),
        ("vpc-1/out/att-9", None, None, "VPN", True),
    ]


def test_a_transit_gateway_of_somebody_else_is_theirs() -> None:
    """What else is attached to it, only they can see."""
    rows = (network(), hub("att-1", "vpc-1", "ours", owner="parent"))

    assert openings(rows, "peer, peer_account") == [("tgw-1", "parent")] * 2


def test_a_target_of_an_unknown_kind_may_lead_anywhere() -> None:
    rows = reachable(OUT, routes=routes("10.0.0.0/8 lgw-1"))

    found = openings(rows, "id, peer_account, open")

    assert found == [("vpc-1/in/lgw-1", None, False), ("vpc-1/out/lgw-1", None, None)]


def test_a_private_link_goes_out_only() -> None:
    link = gateway("vpce-1", "private link", peer_id="svc", peer_account=WHY)

    assert openings((network(), link), "id, open") == [("vpc-1/out/vpce-1", True)]


def test_a_subnet_of_a_network_that_was_not_seen_makes_nothing() -> None:
    """Its owner's account has the network."""
    assert openings((subnet(), interface(), group(SSH))) == []


OCI = {"provider": "oci", "network_id": "vcn"}
IGW = "ocid1.internetgateway.web"


def oracle(*rules: str, **changes: object) -> tuple[Row, ...]:
    """Return a network of Oracle Cloud with one public interface."""
    values: dict[str, object] = {
        "route_table_id": "rt",
        "lists": ("sl",),
        "public_addresses": True,
        "inbound": True,
        **changes,
    }
    return (
        network("vcn", "oci"),
        replace(subnet(), **{**OCI, **values}),  # type: ignore[arg-type]
        replace(routes(f"0.0.0.0/0 {IGW}"), id="rt", provider="oci", network_id="vcn", subnets=()),
        replace(group(*rules, name="sl"), provider="oci"),
        replace(group("in allow udp 53-53 0.0.0.0/0", name="nsg"), provider="oci"),
        replace(interface(lists=("nsg",)), provider="oci"),
        replace(gateway(IGW, network_id="vcn"), provider="oci"),
    )


def test_lists_of_a_subnet_and_groups_count_together_in_oracle_cloud() -> None:
    """What one of them allows, none of the others refuses."""
    assert ways_in(*oracle(SSH)) == [
        ("of/eni-1/in/tcp 22/internet", True),
        ("of/eni-1/in/udp 53/internet", True),
    ]


@pytest.mark.parametrize("prohibited", ["public_addresses", "inbound"])
def test_what_a_subnet_prohibits_no_rule_opens(prohibited: str) -> None:
    assert ways_in(*oracle(SSH, **{prohibited: False})) == []
    assert {state for _, state in ways_in(*oracle(SSH, **{prohibited: WHY}))} == {None}


def test_routes_of_a_table_that_was_not_seen_are_unknown() -> None:
    rows = oracle(SSH, route_table_id="other")

    assert {state for _, state in ways_in(*rows)} == {None}
